"""Positions of events, and what an event is, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from auditlib.caselog.words import ActorClass, Kind, Marker
from auditlib.span import NEVER
from auditlib.timelines import NOWHERE
from tests.verbs.made import ANN, BOB, CUSTOMER, created, made

BY_AGENT = {"actor": ANN, "actor_class": ActorClass.agent}
BY_CUSTOMER = {"actor": CUSTOMER, "actor_class": ActorClass.customer}
BY_COLLEAGUE = {"actor": 7, "actor_class": ActorClass.customer_side}


def said(ticket, at, **who):
    return ticket, at, Kind.message, who


def three():
    """Two tickets that meet in one second, and one without events."""
    return made(
        *(created(0, 0), said(0, 10), said(0, 20, actor=BOB), said(0, 20)),
        *(created(1, 20), said(1, 20), said(1, 30, actor=BOB)),
        n=3,
    )


def after(*positions):
    return np.array(positions)


def test_the_first_and_the_last_of_a_ticket_are_its_own():
    t = three()
    message = t.kind(Kind.message)
    assert t.first(message).tolist() == [1, 5, NOWHERE]
    assert t.last(message).tolist() == [3, 6, NOWHERE]
    assert t.first(message, after=after(1, 6, 0)).tolist() == [2, NOWHERE, NOWHERE]
    assert t.last(message, before=after(3, 5, 0)).tolist() == [2, NOWHERE, NOWHERE]
    assert t.first(message, after=after(NOWHERE, 4, 0)).tolist() == [NOWHERE, 5, NOWHERE]
    assert t.last(message, before=after(NOWHERE, 6, 0)).tolist() == [3, 5, NOWHERE]


def test_the_next_one_stands_behind_a_position_in_the_same_ticket():
    t = three()
    message = t.kind(Kind.message)
    assert t.first_behind(message, np.arange(7)).tolist() == [1, 2, 3, NOWHERE, 5, 6, NOWHERE]
    assert t.first_behind(t.kind(Kind.created), np.arange(7)).tolist() == [NOWHERE] * 7


def test_they_are_counted_for_every_ticket():
    t = three()
    assert t.count(t.kind(Kind.message)).tolist() == [3, 2, 0]
    assert t.count(t.events["actor"] == BOB).tolist() == [1, 1, 0]
    assert t.any(t.events["occurred_at"] < 20).tolist() == [True, False, False]
    assert t.any(t.events["actor"] == BOB).tolist() == [True, True, False]


def test_what_stands_at_a_position_and_nothing_where_there_is_none():
    t = three()
    where = after(0, 6, NOWHERE)
    assert t.at(where).tolist() == [0, 30, NEVER]
    assert t.is_at(t.kind(Kind.message), where).tolist() == [False, True, False]
    assert t.value_at("actor", where).tolist() == [CUSTOMER, BOB, 0]
    empty = made(n=2)
    assert empty.value_at("actor", after(NOWHERE, NOWHERE)).tolist() == [0, 0]
    assert empty.is_at(empty.kind(Kind.message), after(NOWHERE)).tolist() == [False]
    assert empty.at(after(NOWHERE)).tolist() == [NEVER]


def test_what_came_with_the_creation_is_of_its_ticket_and_second():
    t = made(created(0, 0), said(0, 0), said(0, 1), created(1, 1), created(2, 1), said(2, 1), n=3)
    assert t.creation_ends.tolist() == [1, 3, 5]
    assert made(created(0, 0), said(0, 0), said(0, 0)).creation_ends.tolist() == [2]


def test_tickets_are_units_and_so_are_what_a_verb_of_that_name_gives():
    t = three()
    assert (t.units("ticket").ticket.tolist(), t.units("ticket").number.tolist()) == ([0, 1, 2], [0, 0, 0])
    assert t.units("turn") is t.turns


@pytest.mark.parametrize("marks", [0, Marker.gratitude, Marker.refusal, Marker.gratitude | Marker.refusal])
def test_an_event_has_the_markers_that_were_found(marks):
    t = made(created(0, 0), said(0, 1, markers=marks))
    assert t.marked(Marker.refusal).tolist() == [False, bool(marks & Marker.refusal)]
    assert t.marked(Marker.gratitude).tolist() == [False, bool(marks & Marker.gratitude)]


def test_sides_are_told_apart():
    sides = (ActorClass.customer, ActorClass.customer_side, ActorClass.agent, ActorClass.bot, ActorClass.automation)
    t = made(created(0, 0), *(said(0, 1, actor_class=side) for side in sides))
    assert np.flatnonzero(t.by_customer).tolist() == [0, 1, 2]
    assert np.flatnonzero(t.by_agent).tolist() == [3]
    assert np.flatnonzero(t.by_bot).tolist() == [4]


@pytest.mark.parametrize(
    ("opened", "beside", "is_message"),
    [
        (BY_CUSTOMER, [], True),
        (BY_CUSTOMER, [said(0, 0, **BY_CUSTOMER)], False),
        (BY_CUSTOMER, [said(0, 1, **BY_CUSTOMER)], True),
        (BY_CUSTOMER, [said(0, 0, **BY_AGENT)], True),
        (BY_CUSTOMER, [said(0, 0, **BY_COLLEAGUE)], True),
        (BY_CUSTOMER, [(0, 0, Kind.group, BY_CUSTOMER)], True),
        (BY_CUSTOMER, [said(0, 0, **BY_AGENT), said(0, 0, **BY_CUSTOMER)], False),
        (BY_AGENT, [said(0, 0, **BY_AGENT)], False),
        (BY_AGENT, [said(0, 0, actor=BOB)], True),
        (BY_AGENT, [said(0, 0, **BY_CUSTOMER)], False),
        (BY_AGENT, [said(0, 0, **BY_COLLEAGUE)], False),
        (BY_AGENT, [said(0, 1, **BY_CUSTOMER)], True),
    ],
)
def test_a_creation_is_a_message_unless_its_writer_or_whom_they_wrote_down_has_one_in_that_second(
    opened, beside, is_message
):
    """Asked of the first ticket and of a second one, which begins in the second in which the first ends."""
    rows = [created(0, 0, **opened), *beside]
    also = [(1, *row[1:]) for row in rows]
    t = made(*rows, *also, n=2)
    assert t.is_message[[0, len(rows)]].tolist() == [is_message] * 2
    assert t.is_message[1 : len(rows)].tolist() == [row[2] == Kind.message for row in beside]
