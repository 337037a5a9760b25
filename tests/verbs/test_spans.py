"""Times and sums of times on schedules that change or are not known, by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from auditlib.caselog.words import Status
from auditlib.clocks import Roster
from auditlib.span import NEVER, Parts, Reason, State
from tests.verbs.made import (
    CUT,
    HOUR,
    created,
    made,
    open_from,
    status,
)


def test_a_sum_goes_by_the_schedule_of_each_part_or_by_that_of_the_moment_when_it_was_settled():
    morning, day = open_from(0, 6), open_from(0, 12)
    roster = Roster(np.array([0, 0]), np.array([0, 8 * HOUR]), np.array([0, 1]), [morning, day])
    rows = created(0, 0), status(2 * HOUR, Status.pending_customer), status(9 * HOUR, Status.open)
    rows += (status(11 * HOUR, Status.solved),)
    t = made(*rows, rosters=[("business", roster)])
    statuses = (Status.new, Status.open)
    assert t.time_in(statuses, "business").minutes.tolist() == [240.0]
    assert replace(t, schedule_mode="last").time_in(statuses, "business").minutes.tolist() == [240.0]
    # In the hours of the morning alone nothing passes from nine to eleven.
    until_eight = status(8 * HOUR - 1, Status.solved)
    reopened = made(*rows[:2], until_eight, rosters=[("business", roster)])
    assert reopened.time_in((Status.pending_customer,), "business").minutes.tolist() == [240.0]


def test_business_time_without_a_known_schedule_is_unmeasurable_and_calendar_time_is_not():
    t = made(created(0, 0), status(3600, Status.solved))
    span = t.time_in((Status.new, Status.open), "business")
    assert (int(span.state[0]), int(span.reason[0])) == (State.unmeasurable, Reason.no_schedule)
    assert t.time_in((Status.new, Status.open), "calendar").minutes.tolist() == [60.0]


def from_eight(mode="cumulative"):
    """A ticket of the first night, whose hours are known from eight in the morning on; it is open at the watermark."""
    roster = Roster(np.array([0]), np.array([8 * HOUR]), np.array([0]), [open_from(0, 24)])
    return replace(made(created(0, 0), rosters=[("business", roster)]), schedule_mode=mode)


def told(span):
    return [(State(int(state)).name, minutes) for state, minutes in zip(span.state, span.minutes.tolist(), strict=True)]


def test_a_time_that_began_before_its_hours_were_known_is_unmeasurable_in_either_mode():
    for mode in ("cumulative", "last"):
        t = from_eight(mode)
        for ended in (9 * HOUR, NEVER):
            ((state, _),) = told(t.span(np.array([0]), np.array([ended]), "business"))
            assert state == "unmeasurable"
            ((state, _),) = told(t.span(np.array([0]), np.array([ended]), "calendar"))
            assert state == ("waiting" if ended == NEVER else "observed")
        assert told(t.span(np.array([8 * HOUR]), np.array([9 * HOUR]), "business")) == [("observed", 60.0)]
        assert told(t.span(np.array([8 * HOUR]), np.array([NEVER]), "business"))[0][0] == "waiting"
    assert told(from_eight().time_in((Status.new,), "business"))[0][0] == "unmeasurable", "it is still new"
    assert told(from_eight().time_in((Status.new,), "calendar"))[0][0] == "waiting"


def test_what_runs_has_run_since_it_began():
    t = from_eight()
    running = t.span(np.array([9 * HOUR]), np.array([NEVER]), "business")
    assert t.running_minutes(running, "business").tolist() == [(CUT - 9 * HOUR) / 60]


def test_more_than_so_many_minutes_have_passed_a_second_later():
    roster = Roster(np.array([0]), np.array([0]), np.array([0]), [open_from(9, 17)])
    t = made(created(0, 0), rosters=[("business", roster)])
    assert t.passes_at(np.array([0]), 90, "business", np.array([0])).tolist() == [10 * HOUR + 1800 + 1]
    assert t.passes_at(np.array([0]), 90, "promised", np.array([0])).tolist() == [NEVER]


def test_a_sum_ends_with_its_last_part():
    rows = created(0, 0), status(HOUR, Status.pending_customer), status(3 * HOUR, Status.open)
    t = made(*rows, status(4 * HOUR, Status.solved))
    assert t.time_in((Status.pending_customer,), "calendar").ended.tolist() == [3 * HOUR]
    assert made(*rows).time_in((Status.pending_customer,), "calendar").ended.tolist() == [NEVER]


def test_a_sum_that_nobody_settled_goes_by_the_schedule_at_the_end_of_its_last_part():
    morning, day = open_from(0, 6), open_from(0, 12)
    roster = Roster(np.array([0, 0]), np.array([0, 8 * HOUR]), np.array([0, 1]), [morning, day])
    t = replace(made(created(0, 0), rosters=[("business", roster)]), schedule_mode="last")
    parts = Parts(np.array([0, 0]), np.array([5 * HOUR, 7 * HOUR]), np.array([7 * HOUR, 9 * HOUR]))
    settled = t.total(parts, "business", np.array([State.observed]), np.array([0]))
    assert settled.minutes.tolist() == [240.0], "all four hours are within those of the later schedule"
