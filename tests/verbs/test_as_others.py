"""Where Intercom's and Jira's own clocks begin and end, by hand."""

from __future__ import annotations

import numpy as np

from auditlib.caselog.words import ActorClass, Kind, Status
from auditlib.span import NEVER
from auditlib.timelines import NOWHERE
from tests.verbs.made import ANN, CUSTOMER, created, made, status

BY_AGENT = {"actor": ANN, "actor_class": ActorClass.agent}


def asks(at):
    return 0, at, Kind.message, {"actor": CUSTOMER, "actor_class": ActorClass.customer}


def test_a_time_is_told_once_both_moments_have_come_in_their_order():
    t = made(*[created(ticket, 0) for ticket in range(5)], n=5)
    began, ended = np.array([0, 60, 60, 60, NEVER]), np.array([90, 60, 59, NEVER, NEVER])
    found = t.seconds_between(began, ended).tolist()
    assert [None if value != value else value for value in found] == [90, 0, None, None, None]


def test_only_what_happens_in_a_later_second_than_the_contacts_first_words_counts():
    before = status(1000, Status.solved), asks(1000), status(1000, Status.open)
    after = status(1001, Status.solved), status(1002, Status.open), status(1003, Status.solved)
    t = made(created(0, 0, **BY_AGENT), status(500, Status.solved), status(600, Status.open), *before, *after)
    assert np.flatnonzero(t.intercom_closes).tolist() == [6, 8]
    assert np.flatnonzero(t.intercom_reopens).tolist() == [7]


def test_jiras_response_is_a_comment_for_customers_or_the_solve_before_it():
    moved, noted, replied = (
        (0, 100, Kind.group, {"new": 3}), (0, 200, Kind.message, {"is_public": 0}), (0, 400, Kind.message, {}),
    )  # fmt: skip
    assert made(created(0, 0), moved, noted, asks(300), replied).jira_response.tolist() == [4]
    assert made(created(0, 0), moved, status(300, Status.solved), replied).jira_response.tolist() == [2]
    assert made(created(0, 0, **BY_AGENT), (0, 0, Kind.message, {}), moved, replied).jira_response.tolist() == [3]
    assert made(created(0, 0), moved, noted).jira_response.tolist() == [NOWHERE]
