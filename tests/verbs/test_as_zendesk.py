"""What Zendesk's documented rules come to, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from auditlib.caselog.words import ActorClass, Kind, Status
from auditlib.clocks import Roster
from auditlib.span import NEVER
from auditlib.timelines import NOWHERE
from tests.verbs.made import ANN, CUSTOMER, HOUR, created, made, open_from, status

BOT = {"actor": 9, "actor_class": ActorClass.bot}
BY_AGENT = {"actor": ANN, "actor_class": ActorClass.agent}


def replied(at, ticket=0):
    return ticket, at, Kind.message, {}


def known(values):
    return [None if value != value else value for value in values.tolist()]


def test_whole_minutes_need_both_moments_in_their_order_and_a_history():
    t = made(*[created(ticket, 0) for ticket in range(7)], n=7, has_history=[True] * 6 + [False])
    began = np.array([0, 0, 0, 60, 90, NEVER, 0])
    ended = np.array([29, 30, NEVER, 60, 60, NEVER, 600])
    assert known(t.whole_minutes(began, ended, "calendar")) == [0, 1, None, 0, None, None, None]


def test_a_stay_counts_once_it_has_ended():
    rows = created(0, 0), status(600, Status.pending_customer), status(1800, Status.open), status(2400, Status.on_hold)
    t = made(*rows)
    assert known(t.whole_minutes_in((Status.new, Status.open), "calendar")) == [20]
    assert known(t.whole_minutes_in((Status.on_hold,), "calendar")) == [0]
    silent = made(*rows, has_history=[False])
    assert known(silent.whole_minutes_in((Status.new,), "calendar")) == [None]


def test_on_hours_a_time_is_told_where_all_hours_are_known_and_there_are_any_now():
    rows = [row for ticket in range(3) for row in (
        created(ticket, 8 * HOUR), status(10 * HOUR, Status.pending_customer, ticket),
        status(11 * HOUR, Status.open, ticket))]  # fmt: skip
    # The second's hours are known only from ten on, and are those that it has now; the third's are not known any more.
    roster = Roster([0, 1, 2, 2], [0, 10 * HOUR, 0, 20 * HOUR], [0, 0, 0, -1], [open_from(9, 17)])
    t = made(*rows, n=3, rosters=[("business", roster)])
    assert known(t.whole_minutes_in((Status.new,), "business")) == [60, 60, None]
    assert known(t.whole_minutes_in((Status.solved,), "business")) == [0, 0, None]
    assert known(t.whole_minutes_in((Status.new,), "calendar")) == [120, 120, 120]
    without = made(*rows, n=3)
    assert known(without.whole_minutes_in((Status.new,), "business")) == [None] * 3
    assert known(without.whole_minutes_in((Status.solved,), "business")) == [None] * 3
    assert known(without.whole_minutes(np.zeros(3, int), np.full(3, 60), "business")) == [None] * 3


def test_zendesk_counts_on_the_schedule_that_the_ticket_has_now():
    roster = Roster([0, 0], [0, 20 * HOUR], [0, 1], [open_from(9, 17), open_from(0, 24)])
    t = made(created(0, 0), status(10 * HOUR, Status.open), rosters=[("business", roster)])
    assert known(t.whole_minutes(np.array([0]), np.array([10 * HOUR]), "business")) == [600]
    assert known(t.whole_minutes_in((Status.new,), "business")) == [600]


def test_the_first_comment_of_an_agent_is_the_reply_unless_it_opened_the_ticket():
    passed_on = created(0, 0, **BY_AGENT), (0, 0, Kind.message, {"actor": CUSTOMER, "actor_class": ActorClass.customer})
    opened = created(0, 0, **BY_AGENT)
    assert made(opened, replied(0), replied(500)).zendesk_reply.tolist() == [2]
    assert made(opened, replied(500)).zendesk_reply.tolist() == [1]
    assert made(opened).zendesk_reply.tolist() == [NOWHERE]
    assert made(created(0, 0), replied(0), replied(500)).zendesk_reply.tolist() == [1]
    assert made(*passed_on, replied(60)).zendesk_reply.tolist() == [2]


def solves(*changes):
    rows = [status(1000 * (place + 1), new) for place, new in enumerate(changes)]
    return np.flatnonzero(made(created(0, 0), *rows).zendesk_solves).tolist()


def test_closing_solves_only_what_never_was_solved():
    assert solves(Status.solved, Status.closed) == [1]
    assert solves(Status.closed) == [1]
    assert solves(Status.closed, Status.open, Status.solved) == [1, 3]
    assert solves(Status.solved, Status.closed, Status.open, Status.solved) == [1, 4]
    assert solves(Status.solved, Status.solved) == [1]
    group = (0, 1000, Kind.group, {"new": int(Status.solved)})
    assert not made(created(0, 0), group).zendesk_solves.any()


@pytest.mark.parametrize(
    ("rows", "columns", "expected"),
    [
        ([created(0, 0), created(1, 0)], {}, [None, None]),
        ([created(0, 0), created(1, 0)], {"merged_into": [2, 0]}, ["merged", "merged"]),
        ([created(0, 0), created(1, 0)], {"merged_into": [99, 0]}, ["merged", None]),
        ([created(0, 0), (0, 9, Kind.deleted, {}), created(1, 0), (1, 9, Kind.restored, {})], {}, ["deleted"] * 2),
        ([created(0, 0), created(1, 0)], {"status": [Status.deleted, Status.open]}, ["deleted", None]),
        ([created(0, 0), (0, 9, Kind.deleted, {}), status(20, Status.open), created(1, 0)], {}, ["deleted", None]),
        ([created(0, 0), created(1, 0)], {"moved_on": [True, False]}, ["later_event", None]),
    ],
)
def test_what_makes_zendesks_figure_another(rows, columns, expected):
    columns = {"merged_into": [0, 0], "moved_on": [False, False]} | columns
    assert made(*rows, n=2, **columns).circumstance.tolist() == expected


def test_public_words_of_neither_side_may_be_an_agents_for_zendesk():
    rows = [created(0, 0), (0, 9, Kind.message, BOT), created(1, 0), (1, 9, Kind.group, BOT | {"new": 3})]
    rows += [created(2, 0), (2, 9, Kind.message, BOT | {"is_public": 0}), created(3, 0), (3, 9, Kind.message, BOT)]
    t = made(*rows, n=4, merged_into=[0, 0, 0, 99], moved_on=[False] * 4)
    assert t.circumstance_of_authors.tolist() == ["role_changed", None, None, "merged"]
