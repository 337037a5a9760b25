"""What shows that a human looks after a ticket, by hand."""

from __future__ import annotations

from auditlib.caselog.words import ActorClass, Kind, Status
from auditlib.span import NEVER
from tests.verbs.made import (
    ANN,
    BOB,
    created,
    made,
    status,
)


def test_what_shows_that_a_human_looks_after_a_ticket():
    rows = [
        created(0, 1000),
        (0, 1100, Kind.message, {"is_public": 0, "body_chars": 19}),
        (0, 1200, Kind.message, {"is_public": 0, "body_chars": 20}),
        (0, 1300, Kind.message, {"is_public": 1, "body_chars": 3}),
        (0, 1400, Kind.assignee, {"new": ANN}),
        (0, 1500, Kind.assignee, {"new": BOB, "actor": 0, "actor_class": ActorClass.automation}),
        (0, 1600, Kind.group, {"new": 3}),
        status(1700, Status.pending_customer),
        (0, 1800, Kind.field, {"is_public": 0, "body_chars": 99}),
        (0, 1900, Kind.message, {"is_public": 0, "body_chars": 99, "actor_class": ActorClass.bot}),
    ]
    assert made(*rows).human_acts.nonzero()[0].tolist() == [2, 3, 4, 6]


def test_an_agents_opening_shows_that_a_human_is_there():
    opened = created(0, 1000, actor=ANN, actor_class=ActorClass.agent)
    assert made(opened).human_acts.tolist() == [True]


def test_whoever_had_it_before_the_first_change_had_it_from_its_creation():
    rows = created(0, 1000), (0, 2000, Kind.assignee, {"old": ANN, "new": 0}), (0, 3000, Kind.assignee, {"new": BOB})
    rows += created(1, 1000), (1, 2000, Kind.assignee, {"new": 0, "old": 0}), (1, 3000, Kind.assignee, {"new": BOB})
    rows += created(2, 1000), created(3, 1000)
    t = made(*rows, n=4, assignee=[BOB, 0, ANN, 0])
    assert t.first_assigned_at.tolist() == [1000, 3000, 1000, NEVER]
