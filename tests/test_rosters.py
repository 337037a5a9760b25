"""Tickets that change their schedule: each interval, and each due time, on the hours held at every moment."""

from __future__ import annotations

import numpy as np
import pytest

from auditlib.clocks import BeyondHorizon, OpenHours, Roster, read_hours
from auditlib.span import NEVER
from tests.test_clocks import SINCE, UNTIL, at, compiled

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


# Due times


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
