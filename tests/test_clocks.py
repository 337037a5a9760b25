"""Business time: golden values, and a slow second implementation that must agree to the second."""

from __future__ import annotations

import itertools
import os
from datetime import datetime

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditlib.clocks import BeyondHorizon, OpenHours, Roster, read_holidays, read_hours, zone
from auditlib.sources._shared.zones import iana
from auditlib.span import NEVER
from tests.obvious_clock import minute_by_minute

IS_PROOF = os.environ.get("HYPOTHESIS_PROFILE") == "proof"


def examples(few: int) -> settings:
    """Few examples, or as many as a proof takes with HYPOTHESIS_PROFILE=proof."""
    return settings() if IS_PROOF else settings(max_examples=few, suppress_health_check=[HealthCheck.too_slow])


def at(text: str, where: str = "Europe/Berlin") -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=zone(where)).timestamp())


SINCE, UNTIL = at("2024-01-01", "UTC"), at("2027-01-01", "UTC")
WEEKDAYS = "Mon-Fri 09:00-17:00 Europe/Berlin"


def compiled(hours: str, holidays: tuple[tuple[str, str], ...] = ()) -> OpenHours:
    return OpenHours.compile(*read_hours(hours), holidays, SINCE, UNTIL)


def minutes(hours: str, start: str, end: str, holidays: tuple[tuple[str, str], ...] = ()) -> float:
    where = read_hours(hours)[1]
    return int(compiled(hours, holidays).seconds(at(start, where), at(end, where))[0]) / 60


# Golden values


def test_a_weekend_between_is_not_counted():
    assert minutes(WEEKDAYS, "2026-02-06T16:30", "2026-02-09T09:30") == 60
    assert (at("2026-02-09T09:30") - at("2026-02-06T16:30")) / 60 == 3900


def test_the_lost_hour_of_a_weekend_changes_nothing_in_business_time():
    assert minutes(WEEKDAYS, "2026-03-27T16:00", "2026-03-30T10:00") == 120
    assert (at("2026-03-30T10:00") - at("2026-03-27T16:00")) / 60 == 3900


def test_a_holiday_is_closed():
    holidays = (("2026-03-30", "2026-03-30"),)
    assert minutes(WEEKDAYS, "2026-03-27T16:30", "2026-03-31T09:30", holidays) == 60


def test_nothing_open_is_zero():
    assert minutes(WEEKDAYS, "2026-02-07T10:00", "2026-02-08T10:00") == 0


@pytest.mark.parametrize(("day", "expected"), [("2026-03-29", 1380), ("2026-10-25", 1500), ("2026-06-01", 1440)])
def test_round_the_clock_is_as_long_as_the_day_was(day: str, expected: int):
    following = str(np.datetime64(day) + 1)
    assert minutes("24/7 Europe/Berlin", day, following) == expected


def test_a_night_shift_that_loses_an_hour_is_five_hours():
    assert minutes("Sun 00:00-06:00 Europe/Berlin", "2026-03-28", "2026-03-30") == 300


def test_an_overnight_shift_that_loses_an_hour_is_seven_hours():
    assert minutes("Sat 22:00-06:00 Europe/Berlin", "2026-03-28T12:00", "2026-03-29T12:00") == 420


def test_zendesks_own_value_for_a_real_ticket():
    hours = compiled(f"Mon-Fri 09:00-17:00 {iana('Eastern Time (US & Canada)')}")
    start, end = at("2024-07-26T15:41:04", "UTC"), at("2024-08-01T14:45:47", "UTC")
    assert int(hours.seconds(start, end)[0] / 60 + 0.5) == 1865
    assert int((end - start) / 60 + 0.5) == 8585


def test_an_hour_that_does_not_exist_is_not_worked():
    assert minutes("Sun 02:00-03:00 Europe/Berlin", "2026-03-29", "2026-03-30") == 0
    assert minutes("Sun 02:30-04:00 Europe/Berlin", "2026-03-29", "2026-03-30") == 60


def test_an_hour_that_comes_twice_is_worked_twice():
    assert minutes("Sun 02:00-02:30 Europe/Berlin", "2026-10-25", "2026-10-26") == 60
    assert minutes("Sun 00:00-02:30 Europe/Berlin", "2026-10-25", "2026-10-26") == 180


def test_part_of_a_day_clips_a_shift():
    holidays = (("2026-12-24T12:00", "2026-12-24T24:00"),)
    assert minutes(WEEKDAYS, "2026-12-24", "2026-12-25", holidays) == 180


def test_a_holiday_ends_an_overnight_shift_at_midnight_and_drops_no_more():
    holidays = (("2026-12-25", "2026-12-25"),)
    nights = "Mon-Sun 22:00-06:00 Europe/Berlin"
    assert minutes(nights, "2026-12-24T12:00", "2026-12-26T12:00", holidays) == 120 + 360
    sunday_night = "Sun 22:00-06:00 Europe/Berlin"
    assert minutes(sunday_night, "2026-02-01", "2026-02-03") == 480
    assert minutes(sunday_night, "2026-02-01", "2026-02-03", (("2026-02-01", "2026-02-01"),)) == 360


def test_overlapping_hours_count_once():
    assert minutes("Mon 09:00-13:00 12:00-17:00 UTC", "2026-02-02", "2026-02-03") == 480


def test_no_hours_at_all_are_zero_hours():
    never = OpenHours.compile((), "UTC", (), SINCE, UNTIL)
    assert never.seconds([SINCE], [UNTIL]).tolist() == [0]
    with pytest.raises(BeyondHorizon):
        never.add(SINCE, 1)


# Due times


def test_a_due_time_on_the_closing_is_the_closing():
    hours = compiled(WEEKDAYS)
    assert hours.add(at("2026-02-06T16:30"), 30 * 60)[0] == at("2026-02-06T17:00")
    assert hours.add(at("2026-02-06T16:30"), 31 * 60)[0] == at("2026-02-09T09:01")


def test_no_time_to_add_is_now_even_while_closed():
    assert compiled(WEEKDAYS).add(at("2026-02-07T12:00"), 0)[0] == at("2026-02-07T12:00")


# Refusals


def test_nothing_is_extrapolated():
    hours = compiled(WEEKDAYS)
    for start, end in ((SINCE - 1, SINCE), (UNTIL, UNTIL + 1)):
        with pytest.raises(BeyondHorizon, match="longer"):
            hours.seconds([start], [end])
    with pytest.raises(BeyondHorizon):
        hours.add(UNTIL - 86_400, 86_400 * 7)


def test_an_interval_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="before it starts"):
        compiled(WEEKDAYS).seconds([SINCE, SINCE + 2], [SINCE, SINCE + 1])
    with pytest.raises(ValueError, match="negative"):
        compiled(WEEKDAYS).add(SINCE, -1)


def test_moments_that_are_no_whole_seconds_are_refused():
    with pytest.raises(ValueError, match="integers"):
        compiled(WEEKDAYS).seconds([SINCE + 0.5], [SINCE + 1])


def test_no_intervals_give_no_seconds():
    assert compiled(WEEKDAYS).seconds([], []).tolist() == []


@pytest.mark.parametrize("interval", [(-1, 5), (10080, 10081), (60, 60), (60, 50), (0, 10081)])
def test_intervals_that_are_not_of_a_week_are_refused(interval: tuple[int, int]):
    with pytest.raises(ValueError, match="Monday 00:00"):
        OpenHours.compile([interval], "UTC", (), SINCE, UNTIL)


@pytest.mark.parametrize(
    ("holiday", "words"),
    [
        (("2026-12-26", "2026-12-25"), "ends before"),
        (("24.12.2026", "2026-12-25"), "such as"),
        (("2026-12-24T12:00", "2026-12-24T25:00"), "24:00"),
        (("2026-12-24T12:00+01:00", "2026-12-24T13:00"), "such as"),
    ],
)
def test_holidays_that_make_no_sense_are_refused(holiday: tuple[str, str], words: str):
    with pytest.raises(ValueError, match=words):
        OpenHours.compile([(0, 60)], "UTC", [holiday], SINCE, UNTIL)


# Tickets that change their schedule


LONG, SHORT = "Mon-Fri 09:00-17:00 UTC", "Mon-Fri 09:00-12:00 UTC"


def test_a_change_of_schedule_splits_the_interval_or_the_last_one_counts_for_all():
    # Monday 09:00 to Tuesday 17:00; short hours from Tuesday 00:00 on: 480 + 180, or 2 x 180.
    monday, tuesday = at("2026-02-02", "UTC"), at("2026-02-03", "UTC")
    roster = Roster([0, 0], [monday, tuesday], [0, 1], [compiled(LONG), compiled(SHORT)])
    whole = [0], [monday], [tuesday + 17 * 3600]
    assert roster.seconds(*whole)[0].tolist() == [660 * 60]
    assert roster.seconds(*whole, mode="last")[0].tolist() == [360 * 60]


def test_a_schedule_taken_at_the_end_is_not_yet_held():
    monday, tuesday = at("2026-02-02", "UTC"), at("2026-02-03", "UTC")
    roster = Roster([0, 0], [monday, tuesday], [0, 1], [compiled(LONG), compiled(SHORT)])
    assert roster.seconds([0], [monday], [tuesday], mode="last")[0].tolist() == [480 * 60]


def test_without_a_schedule_nothing_is_measurable_and_nothing_is_zero():
    roster = Roster([1, 1], [SINCE + 100, SINCE + 200], [0, -1], [compiled("24/7 UTC")])
    ticket = [0, 1, 1, 1, 1, 2]
    start = [SINCE + 100, SINCE + 99, SINCE + 100, SINCE + 100, SINCE + 200, SINCE + 100]
    end = [SINCE + 150, SINCE + 150, SINCE + 150, SINCE + 200, SINCE + 201, SINCE + 150]
    seconds, is_measurable = roster.seconds(ticket, start, end)
    assert seconds.tolist() == [-1, -1, 50, 100, -1, -1]
    assert is_measurable.tolist() == [False, False, True, True, False, False]
    assert roster.seconds(ticket, start, end, mode="last")[0].tolist() == [-1, 51, 50, 100, -1, -1]


def test_a_spell_that_is_replaced_at_once_never_was():
    roster = Roster([0, 0, 0], [SINCE - 9, SINCE - 5, SINCE - 5], [0, -1, 0], [compiled("24/7 UTC")])
    assert roster.seconds([0], [SINCE], [SINCE + 5])[0].tolist() == [5]


def test_no_spells_and_no_tickets_are_no_error():
    roster = Roster([], [], [], [compiled(LONG)])
    assert roster.seconds([0], [SINCE], [SINCE])[1].tolist() == [False]
    assert roster.seconds([], [], [])[0].tolist() == []


def test_a_roster_of_different_horizons_is_refused():
    other = OpenHours.compile([(0, 60)], "UTC", (), SINCE, UNTIL - 1)
    with pytest.raises(ValueError, match="one horizon"):
        Roster([0], [SINCE], [0], [compiled(LONG), other])
    with pytest.raises(ValueError, match="cumulative or last"):
        Roster([0], [SINCE], [0], [other]).seconds([0], [SINCE], [SINCE], mode="first")  # type: ignore[arg-type]


# What people write


def test_hours_are_read_as_they_are_written():
    assert read_hours("Sat 10:00-14:00 UTC") == (((7800, 8040),), "UTC")
    assert read_hours("24/7 UTC") == (((0, 10080),), "UTC")
    assert read_hours("Sun 22:00-06:00 Asia/Kathmandu") == (((9960, 10440),), "Asia/Kathmandu")
    assert len(read_hours("Mon-Fri 09:00-12:00 13:00-17:00, Sat 10:00-14:00 Europe/Berlin")[0]) == 11
    assert [opens // 1440 for opens, _ in read_hours("Sat-Mon 08:00-09:00 UTC")[0]] == [0, 5, 6]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mon-Fri 09:00-17:00", "time zone"),
        ("24/7", "time zone"),
        ("Mon-Fri 09:00-17:00 Europe/Berln", "Europe/Berlin"),
        ("Mon-Fri 09:00-17:00 ../../etc/passwd", "not a time zone"),
        ("Mo-Fr 09:00-17:00 UTC", "Mon, Tue"),
        ("Mon-Fri 9-17 UTC", "09:00-17:00"),
        ("Mon-Fri 09:00-17:60 UTC", "24:00"),
        ("Mon-Fri 09:00-09:00 UTC", "00:00-24:00"),
        ("Mon, Wed 09:00-17:00 UTC", "'Mon' is not days and times"),
        ("Mon 09:00-17:00, UTC", "'' is not days and times"),
        ("", "time zone"),
    ],
)
def test_mistakes_in_hours_say_what_would_be_right(text: str, words: str):
    with pytest.raises(ValueError, match=words):
        read_hours(text)


def test_holidays_come_from_a_calendar():
    berlin = read_holidays("DE-BE", [2026])
    assert ("2026-03-08", "2026-03-08") in berlin
    assert ("2026-03-08", "2026-03-08") not in read_holidays("DE", [2026])


@pytest.mark.parametrize(("calendar", "words"), [("XX", "country"), ("DE-XX", "BE"), ("none.csv", "no file")])
def test_an_unknown_calendar_is_refused(calendar: str, words: str):
    with pytest.raises(ValueError, match=words):
        read_holidays(calendar, [2026])


def test_holidays_come_from_a_file(tmp_path):
    file = tmp_path / "closed.csv"
    file.write_text("date,until,name\n2026-12-24T12:00,,Eve\n2026-12-25,2026-12-26,Christmas\n")
    found = read_holidays("closed.csv", [], tmp_path)
    assert found == (("2026-12-24T12:00", "2026-12-24"), ("2026-12-25", "2026-12-26"))
    assert minutes(WEEKDAYS, "2026-12-24", "2026-12-27", found) == 180


@pytest.mark.parametrize(("lines", "words"), [("day\n2026-12-24\n", "column date"), ("date\n24.12.\n", "line 2")])
def test_mistakes_in_a_file_of_holidays_name_the_line(tmp_path, lines: str, words: str):
    (tmp_path / "closed.csv").write_text(lines)
    with pytest.raises(ValueError, match=words):
        read_holidays("closed.csv", [], tmp_path)


# Any schedule, any zone, against the second implementation


ZONES = ("Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC")
ZONES += ("America/Havana", "Pacific/Chatham", "America/Los_Angeles", "Africa/Casablanca")
BEGIN, END = at("2025-06-01", "UTC"), at("2026-12-01", "UTC")
"""No longer than the moments need: ten thousand schedules are compiled for it."""
CHANGES = [at(f"2026-{day}", "UTC") for day in ("03-08", "03-29", "04-05", "10-04", "10-25", "11-01")]
DATES = st.sampled_from([f"2026-{m:02}-{d:02}" for m in (3, 4, 10, 11) for d in (1, 5, 8, 25, 29)])
TIMES = st.sampled_from(["T00:00", "T00:30", "T02:30", "T12:00", "T24:00"])


@st.composite
def schedules(draw) -> tuple:
    step = draw(st.sampled_from([1, 15, 30, 60]))
    begin = st.integers(0, 10_079 // step).map(lambda n: n * step)
    length = st.integers(1, 2000 // step).map(lambda n: n * step)
    pairs = draw(st.lists(st.tuples(begin, length), max_size=8))
    intervals = tuple((opens, opens + lasts) for opens, lasts in pairs)
    closed = draw(st.lists(st.tuples(DATES, TIMES), max_size=3))
    parts = [(day + time, f"{day}T24:00") if time < "T24" else (day, day) for day, time in closed]
    return intervals, draw(st.sampled_from(ZONES)), tuple(parts)


@st.composite
def moments(draw, count: int) -> list[int]:
    """Moments in order, near a change of some zone's clocks or anywhere."""
    near = draw(st.sampled_from([*CHANGES, at("2025-06-15", "UTC")]))
    steps = draw(st.lists(st.integers(-2 * 86_400, 2 * 86_400), min_size=count, max_size=count))
    return sorted(near + step for step in steps)


@examples(60)
@given(schedules(), moments(2))
def test_the_compiled_clock_agrees_with_looking_at_the_wall_every_minute(schedule: tuple, ends: list[int]):
    hours = OpenHours.compile(*schedule, BEGIN, END)
    assert hours.seconds(*ends)[0] == minute_by_minute(*schedule, *ends)


@examples(60)
@given(schedules(), moments(3))
def test_business_time_is_additive_and_never_more_than_calendar_time(schedule: tuple, points: list[int]):
    a, b, c = points
    first, second, whole = OpenHours.compile(*schedule, BEGIN, END).seconds([a, b, a], [b, c, c])
    assert 0 <= whole <= c - a
    assert first + second == whole


@examples(60)
@given(schedules(), moments(1), st.integers(1, 100_000))
def test_adding_is_the_inverse_of_counting(schedule: tuple, start: list[int], wanted: int):
    hours = OpenHours.compile(*schedule, BEGIN, END)
    if hours.seconds(start, END)[0] < wanted:
        with pytest.raises(BeyondHorizon):
            hours.add(start, wanted)
    else:
        due = hours.add(start, wanted)
        assert hours.seconds(start, due)[0] == wanted
        assert hours.seconds(start, due - 1)[0] == wanted - 1, "it is the first such moment"


@examples(40)
@given(st.data())
def test_a_roster_agrees_with_splitting_every_interval_by_hand(data):
    known = [OpenHours.compile(*data.draw(schedules()), BEGIN, END) for _ in range(3)]
    spell = st.tuples(st.integers(0, 4), moments(1), st.integers(-1, 2))
    spells = [(ticket, since, hours) for ticket, (since,), hours in data.draw(st.lists(spell, max_size=12))]
    asked = [(data.draw(st.integers(0, 5)), *data.draw(moments(2))) for _ in range(4)]
    columns = [list(column) for column in zip(*spells, strict=True)] or [[], [], []]
    roster = Roster(*columns, known)
    for mode in ("cumulative", "last"):
        found, is_measurable = roster.seconds(*zip(*asked, strict=True), mode=mode)
        expected = [by_hand(spells, known, *one, mode) for one in asked]
        assert found.tolist() == expected
        assert is_measurable.tolist() == [seconds >= 0 for seconds in expected]


def by_hand(spells: list, known: list[OpenHours], ticket: int, start: int, end: int, mode: str) -> int:
    mine = sorted((since, row, hours) for row, (owner, since, hours) in enumerate(spells) if owner == ticket)
    held = {since: hours for since, _, hours in mine if since <= max(start, end - 1)}
    if mode == "last":
        held = {start: held[max(held)]} if held else {}
    before = [since for since in held if since <= start]
    if not before:
        return -1
    cuts = [max(before), *sorted(since for since in held if since > start), end]
    parts = [(held[cut], max(cut, start), following) for cut, following in itertools.pairwise(cuts)]
    if any(hours < 0 for hours, _, _ in parts):
        return -1
    return sum(int(known[hours].seconds(begin, finish)[0]) for hours, begin, finish in parts)


def test_a_published_example_of_two_schedules_comes_to_both_of_its_answers():
    """dbt_zendesk's decision log, ticket 941606: 959.46 minutes over both schedules, 689.46 on the last alone.

    Its authors read 17:01:38 as minute 17:02, and 1:25 and 1:46 as 1.25 and 1.46 minutes.
    """
    since, until = at("2020-09-01", "UTC"), at("2020-11-01", "UTC")
    written = "Mon-Sun 12:00-02:00 UTC", "Mon-Fri 15:00-00:30 UTC"
    chicago, san_francisco = (OpenHours.compile(*read_hours(text), (), since, until) for text in written)
    created, changed, replied = (
        at(f"2020-09-{moment}", "UTC") for moment in ("29T17:02", "30T19:01:15", "30T19:01:28")
    )
    roster = Roster([0, 0], [created, changed], [0, 1], [chicago, san_francisco])
    whole = [0], [created], [replied]
    assert abs(roster.seconds(*whole)[0][0] / 60 - 959.46) < 0.01
    assert abs(roster.seconds(*whole, mode="last")[0][0] / 60 - 689.46) < 0.01
    # To the second: 17:01:38, changed at 19:01:25, answered at 19:01:46.
    created, changed, replied = (
        at(f"2020-09-{moment}", "UTC") for moment in ("29T17:01:38", "30T19:01:25", "30T19:01:46")
    )
    exact = Roster([0, 0], [created, changed], [0, 1], [chicago, san_francisco])
    assert exact.seconds([0], [created], [replied])[0].tolist() == [(538 * 60 + 22) + (421 * 60 + 25) + 21]


def test_the_last_schedule_may_be_one_that_came_later():
    monday, tuesday = at("2026-02-02", "UTC"), at("2026-02-03", "UTC")
    roster = Roster([0, 0], [monday, tuesday], [0, 1], [compiled(LONG), compiled(SHORT)])
    whole = [0], [monday], [monday + 86_400]
    assert roster.seconds(*whole, mode="last")[0].tolist() == [480 * 60]
    assert roster.seconds(*whole, mode="last", held_at=tuesday + 1)[0].tolist() == [180 * 60]


def test_several_intervals_a_day_and_a_lunch_across_a_change_of_clocks():
    hours = "Mon-Fri 09:00-12:00 13:00-17:00, Sat 10:00-14:00 Europe/Berlin"
    assert minutes(hours, "2026-03-27", "2026-03-31") == 7 * 60 + 4 * 60 + 7 * 60
    assert minutes(hours, "2026-03-27T11:30", "2026-03-27T13:30") == 60


# Due times of tickets that change their schedule


def test_a_due_time_runs_on_the_schedule_held_at_each_moment():
    # Monday 09:00 to 17:00 are 480 minutes; from Tuesday on only the mornings are open.
    monday, tuesday = at("2026-02-02", "UTC"), at("2026-02-03", "UTC")
    roster = Roster([0, 0], [monday, tuesday], [0, 1], [compiled(LONG), compiled(SHORT)])
    wanted = np.array([480, 481, 480 + 180, 480 + 181]) * 60
    due = roster.due([0] * 4, [monday] * 4, wanted)
    expected = ["2026-02-02T17:00", "2026-02-03T09:01", "2026-02-03T12:00", "2026-02-04T09:01"]
    assert due.tolist() == [at(moment, "UTC") for moment in expected]
    assert roster.due([0], [monday], [480 * 60], "last", tuesday + 86_400) == at("2026-02-04T11:00", "UTC")


def test_a_due_time_that_never_comes_or_cannot_be_known_is_never():
    never = OpenHours.compile((), "UTC", (), SINCE, UNTIL)
    roster = Roster([0, 1, 1], [SINCE, SINCE, SINCE + 60], [0, 1, -1], [never, compiled("24/7 UTC")])
    due = roster.due([0, 0, 1, 1, 2], [SINCE] * 5, [1, 0, 60, 61, 1])
    assert due.tolist() == [NEVER, SINCE, SINCE + 60, NEVER, NEVER]
    with pytest.raises(BeyondHorizon):
        roster.due([1], [SINCE - 1], [1])
    with pytest.raises(ValueError, match="negative"):
        roster.due([1], [SINCE], [-1])


@examples(40)
@given(st.data())
def test_a_due_time_is_the_first_moment_at_which_so_much_has_passed(data):
    known = [OpenHours.compile(*data.draw(schedules()), BEGIN, END) for _ in range(3)]
    spell = st.tuples(st.integers(0, 3), moments(1), st.integers(-1, 2))
    spells = [(ticket, since, hours) for ticket, (since,), hours in data.draw(st.lists(spell, min_size=1, max_size=9))]
    roster = Roster(*[list(column) for column in zip(*spells, strict=True)], known)
    ticket, (start,), wanted = data.draw(st.integers(0, 4)), data.draw(moments(1)), data.draw(st.integers(1, 400_000))
    due = roster.due([ticket], [start], [wanted])
    if due[0] == NEVER:
        assert not 0 <= wanted <= roster.seconds([ticket], [start], [END])[0][0]
    else:
        assert roster.seconds([ticket], [start], due)[0] == wanted
        assert roster.seconds([ticket], [start], due - 1)[0] == wanted - 1
