"""Business time to the second: values that were worked out by hand, and what is refused."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest

from auditlib.clocks import BeyondHorizon, OpenHours, read_hours, zone
from auditlib.sources._shared.zones import iana


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


def test_several_intervals_a_day_and_a_lunch_across_a_change_of_clocks():
    hours = "Mon-Fri 09:00-12:00 13:00-17:00, Sat 10:00-14:00 Europe/Berlin"
    assert minutes(hours, "2026-03-27", "2026-03-31") == 7 * 60 + 4 * 60 + 7 * 60
    assert minutes(hours, "2026-03-27T11:30", "2026-03-27T13:30") == 60


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
