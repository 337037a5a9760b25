"""Tickets that chase others: which of two that begin in one second, and since when somebody waits."""

import dataclasses

import numpy as np
import pytest

from auditlib.caselog.words import ActorClass, Kind
from auditlib.timelines import Links
from auditlib.timelines.members import with_members
from tests.verbs.made import ANN, CUSTOMER, HOUR, created, made


def merged(*rows, into):
    t = made(*rows, n=len(into), merged_into=into)
    return dataclasses.replace(t, events=with_members(t.tickets["key"], t.tickets["merged_into"], dict(t.events)))


@pytest.mark.parametrize(("moments", "into", "asked"), [
    ((HOUR, HOUR), [0, 1], [0]),
    ((HOUR, HOUR), [2, 0], []),
    ((HOUR, HOUR + 9), [0, 1], [0]),
    ((HOUR + 9, HOUR), [0, 1], []),
    ((HOUR, HOUR), [1, 0], []),
])  # fmt: skip
def test_of_a_merged_ticket_and_the_other_the_later_one_chases(moments, into, asked):
    """Of one second that with the larger surrogate; a ticket that was merged into itself is no other one."""
    t = merged(created(0, moments[0]), created(1, moments[1]), into=into)
    assert t.asked_elsewhere.ticket.tolist() == asked


def test_who_asks_elsewhere_before_they_wait_here_has_not_waited():
    by_ann = {"actor": ANN, "actor_class": ActorClass.agent}
    wrote = (0, 3 * HOUR, Kind.message, {"actor": CUSTOMER, "actor_class": ActorClass.customer})
    t = made(created(0, HOUR, **by_ann), wrote, created(1, 2 * HOUR, **by_ann), n=2)
    first, second, kind = np.array([0]), np.array([1]), np.array(["parallel"], object)
    parallel = Links(first, second, kind, first > 0, first, np.array([2 * HOUR]))
    t = dataclasses.replace(t, links=parallel)
    assert t.asked_elsewhere.at.tolist() == [2 * HOUR]
    assert t.first_chases.ticket.tolist() == []
