"""Comings into the backlog and out of it, by hand."""

from __future__ import annotations

from auditlib.caselog.words import Kind, Status
from auditlib.span import NEVER
from tests.verbs.made import (
    created,
    made,
    status,
)


def told_spells(t):
    s = t.spells
    closed = [None if at == NEVER else int(at) for at in t.closed_at(s)]
    return list(zip(s.ticket.tolist(), t.opened_at(s).tolist(), closed, s.opened_as, s.closed_as, strict=True))


def test_a_merge_takes_out_of_the_backlog_whichever_second_half_of_the_update_comes_first():
    closes, merges = status(2000, Status.closed), (0, 2000, Kind.merged_into, {"new": 2})
    for order in ((closes, merges), (merges, closes)):
        assert told_spells(made(created(0, 1000), *order)) == [(0, 1000, 2000, "created", "merged")]
    earlier = (0, 1999, Kind.merged_into, {"new": 2})
    assert told_spells(made(created(0, 1000), earlier, closes)) == [(0, 1000, 1999, "created", "merged")]


def test_what_is_merged_as_it_is_created_was_in_the_backlog_for_no_time():
    rows = created(0, 1000), status(1000, Status.closed), (0, 1000, Kind.merged_into, {"new": 2})
    assert told_spells(made(*rows)) == [(0, 1000, 1000, "created", "merged")]


def test_a_ticket_that_shows_a_status_after_its_merge_is_back():
    rows = created(0, 1000), (0, 2000, Kind.merged_into, {"new": 2}), status(3000, Status.open)
    solved = status(4000, Status.solved)
    assert told_spells(made(*rows, solved)) == [
        (0, 1000, 2000, "created", "merged"),
        (0, 3000, 4000, "reopened", "solved"),
    ]


def test_another_tickets_merge_and_deletion_say_nothing_of_this_one():
    rows = created(0, 1000), (0, 2000, Kind.deleted, {}), (0, 2000, Kind.merged_into, {"new": 9})
    rows += created(1, 2000), status(3000, Status.solved, ticket=1), status(4000, Status.open, ticket=1)
    assert told_spells(made(*rows, n=2)) == [
        (0, 1000, 2000, "created", "deleted"),
        (1, 2000, 3000, "created", "solved"),
        (1, 4000, None, "reopened", None),
    ]


def test_what_is_restored_unsolved_comes_back_and_what_is_solved_does_not():
    rows = created(0, 1000), (0, 2000, Kind.deleted, {}), (0, 3000, Kind.restored, {}), status(4000, Status.solved)
    rows += (0, 5000, Kind.deleted, {}), (0, 6000, Kind.restored, {})
    assert told_spells(made(*rows)) == [
        (0, 1000, 2000, "created", "deleted"),
        (0, 3000, 4000, "restored", "solved"),
    ]
