"""Which schedule held when, with numbers that were worked out by hand."""

from __future__ import annotations

import numpy as np

from auditlib.caselog.words import Kind
from tests.verbs.made import (
    created,
    made,
)


def given(*moments):
    rows = [created(0, 1000), *[(0, at, Kind.schedule, {"new": schedule}) for at, schedule in moments]]
    return made(*rows, created(1, 1000), (1, 1061, Kind.schedule, {"new": 9}), n=2)


def test_a_schedule_holds_from_when_it_was_given_and_the_default_before():
    t = given((1500, 7), (1600, 8))
    moments = np.array([1000, 1499, 1500, 1599, 1600, 9000])
    assert t.schedule_at(np.zeros(6, int), moments, [5, 6]).tolist() == [5, 5, 7, 7, 8, 8]
    assert t.schedule_at(np.ones(3, int), np.array([1060, 1061, 2000]), [5, 6]).tolist() == [6, 9, 9]


def test_each_ticket_has_a_first_schedule_of_its_own():
    rows = [(0, Kind.created, 0), (0, Kind.schedule, 7), (9, Kind.schedule, 8)]
    t = made(*[(ticket, 1000 + at, kind, {"new": new}) for ticket in range(3) for at, kind, new in rows], n=3)
    assert t.schedule_at(np.arange(3), np.array([1008] * 3), [5] * 3).tolist() == [7, 7, 7]
    assert t.schedule_at(np.arange(3), np.array([1009] * 3), [5] * 3).tolist() == [8, 8, 8]


def test_only_the_first_schedule_holds_from_creation_and_only_within_a_minute():
    t = given((1010, 7), (1050, 8))
    assert t.schedule_at(np.zeros(3, int), np.array([1000, 1049, 1050]), [5, 6]).tolist() == [7, 7, 8]
    at_once, later = given((1060, 7)), given((1061, 7))
    assert at_once.schedule_at(np.array([0]), np.array([1000]), [5, 6]).tolist() == [7]
    assert later.schedule_at(np.array([0, 0]), np.array([1060, 1061]), [5, 6]).tolist() == [5, 7]


def test_without_any_schedule_the_default_of_each_ticket_holds():
    t = made(created(0, 1000), created(1, 1000), n=2)
    assert t.schedule_at(np.array([1, 0]), np.array([5000, 5000]), [5, 6]).tolist() == [6, 5]
