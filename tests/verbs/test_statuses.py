"""Statuses, solves and what undoes them, by hand: what no page's example shows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from auditlib.caselog.words import ActorClass, Kind, Status
from auditlib.clocks import Roster
from auditlib.span import NEVER, State
from auditlib.timelines import Links
from tests.verbs.made import (
    HOUR,
    created,
    made,
    open_from,
    status,
)


def test_only_a_change_of_status_hides_a_status():
    assert made(created(0, 0), (0, 60, Kind.group, {"new": Status.deleted})).status_after.tolist() == [Status.new] * 2
    assert made(created(0, 0), status(60, Status.deleted)).status_after.tolist() == [Status.new, Status.deleted]


def test_whoever_made_the_last_solve_solved_it():
    rule = {"actor": 0, "actor_class": ActorClass.automation}
    reopened = status(2000, Status.open)
    by_agent = made(created(0, 0), status(1000, Status.solved, **rule), reopened, status(3000, Status.solved))
    by_rule = made(created(0, 0), status(1000, Status.solved), reopened, status(3000, Status.solved, **rule))
    assert (by_agent.is_solved_by_human.tolist(), by_rule.is_solved_by_human.tolist()) == ([True], [False])


def came_back(t, *links):
    """(ticket, when it was solved, when the customer came back about it in another ticket)"""
    ticket, solved_at, at = (np.array(column) for column in zip(*links, strict=True))
    later, kind = np.full(len(links), t.n - 1), np.full(len(links), "repeat", object)
    found = Links(ticket, later, kind, np.zeros(len(links), bool), solved_at, at)
    return replace(t, links=found, mature_until=1 << 33)


def test_a_return_undoes_the_solve_before_it_and_no_other_tickets():
    rows = [row for ticket in range(3) for row in (created(ticket, 500), status(1000 + ticket, Status.solved, ticket))]
    t = came_back(made(*rows, created(3, 0), n=4), (0, 1000, 90_000), (2, 1002, 4000))
    lasting, is_sure = t.solve_lasting(7 * 86_400)
    assert (t.at(lasting) == np.array([NEVER, 1001, NEVER, NEVER])).all()
    assert is_sure.tolist() == [False, True, False, False]


def test_a_return_says_nothing_of_a_later_solve():
    rows = created(0, 500), status(1000, Status.solved), status(3000, Status.open), status(5000, Status.solved)
    t = came_back(made(*rows, created(1, 2000), n=2), (0, 1000, 2000))
    assert t.at(t.solve_lasting(7 * 86_400)[0]).tolist() == [5000, NEVER]


def test_what_is_solved_at_once_is_solved_and_what_has_no_history_was_not_solved_beforehand():
    assert made(created(0, 0), status(60, Status.solved)).first_resolution.tolist() == [1]
    t = made(created(0, 0), has_history=[False], status=[Status.solved])
    assert (t.is_done.tolist(), t.is_solved_beforehand.tolist()) == ([True], [False])


def test_by_the_last_schedule_a_sum_goes_by_that_of_the_last_solve_or_of_the_watermark_if_it_is_open():
    morning, day = open_from(0, 6), open_from(0, 12)
    rows = created(0, 0), status(5 * HOUR, Status.pending_customer), status(7 * HOUR, Status.open)
    rows += status(8 * HOUR, Status.solved), status(9 * HOUR, Status.open)

    def pending(*more, changes_at):
        roster = Roster(np.array([0, 0]), np.array([0, changes_at]), np.array([0, 1]), [morning, day])
        t = replace(made(*rows, *more, rosters=[("business", roster)]), schedule_mode="last")
        span = t.time_in((Status.pending_customer,), "business")
        return t.running_minutes(span, "business")[0] if span.state[0] == State.waiting else span.minutes[0]

    solved = status(11 * HOUR, Status.solved)
    assert pending(solved, changes_at=10 * HOUR) == 120
    assert pending(solved, changes_at=12 * HOUR) == 60
    assert pending(changes_at=12 * HOUR) == 120
