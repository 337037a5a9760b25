"""Who came back after which solve, and what belongs to one issue, by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from auditlib.caselog.words import ActorClass, Status
from auditlib.span import NEVER
from auditlib.timelines import NOWHERE, Links
from tests.verbs.made import ANN, created, made, status

DAY = 86_400


def linked(t, *links, issue=None):
    """(earlier, later, solved at, came back at), perhaps with a kind and whether an incident brought them."""
    rows = [(*link, *("repeat", False)[len(link) - 4 :]) for link in links]
    earlier, later, solved_at, at, kind, competes = zip(*rows, strict=True)
    return replace(t, mature_until=1 << 33, links=Links(
        np.array(earlier), np.array(later), np.array(kind, object), np.array(competes, bool), np.array(solved_at),
        np.array(at), issue,
    ))  # fmt: skip


SOLVED_TWICE = [
    row for ticket in range(3) for row in (
        created(ticket, 500), status(1000, Status.solved, ticket), status(3000, Status.open, ticket),
        status(3000, Status.solved, ticket))
]  # fmt: skip
"""Three tickets of four events each: solved at 1000, opened and solved again at 3000."""


def test_coming_back_is_charged_to_the_solve_before_it_and_silence_to_the_last_one():
    t = linked(made(*SOLVED_TWICE, created(3, 2000), n=4), (1, 3, 1000, 2000))
    assert t.settled_at.tolist() == [3000, 3000, 3000, NEVER]
    assert t.judged_solve.tolist() == [3, 5, 11, NOWHERE]


def test_of_two_solves_in_one_second_the_first_is_judged():
    again = status(3000, Status.open), status(3000, Status.solved)
    assert made(*SOLVED_TWICE[:4], *again, n=1).judged_solve.tolist() == [3]


def test_who_comes_back_because_of_an_incident_came_back_and_nobody_is_charged():
    t = linked(made(*SOLVED_TWICE, created(3, 4000), n=4), (0, 3, 3000, 4000, "repeat", True))
    assert t.repeats.tolist() == [-1, -1, -1, 0]
    assert t.followed_solve_at(DAY).tolist() == [NEVER] * 4
    assert len(t.comings_back.ticket) == 0


def test_only_a_return_after_a_solve_comes_back():
    t = made(*SOLVED_TWICE, created(3, 4000), created(4, 4000), n=5)
    t = linked(t, (0, 3, 3000, 4000), (1, 4, NEVER, 4000, "parallel", False))
    assert t.comings_back.ticket.tolist() == [0]
    assert t.returned_after(np.full(5, 3000)).tolist() == [4000, NEVER, NEVER, NEVER, NEVER]
    assert t.repeats.tolist() == [-1, -1, -1, 0, -1]
    assert t.parallel_to.tolist() == [-1, -1, -1, -1, 1]


def test_the_next_contact_is_the_customers_and_counts_only_in_scope():
    by_agent = {"actor": ANN, "actor_class": ActorClass.agent}
    rows = [created(ticket, 1000 * (ticket + 1)) for ticket in range(7)]
    rows[1] = created(1, 2000, **by_agent)
    out = np.full(7, None, object)
    out[2] = "X5"
    t = made(*rows, n=7, customer=[1, 1, 1, 1, 0, 0, 8], exclusion=out)
    assert t.next_contact_at.tolist() == [4000, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER]


def test_different_words_of_an_issue_are_counted_even_if_some_have_none():
    t = linked(made(*[created(ticket, 1000) for ticket in range(4)], n=4), (0, 1, 0, 0), issue=np.array([0, 0, 2, 2]))
    words = np.array(["email", None, "email", "email"], object)
    everybody = np.ones(4, bool)
    assert t.different_in_issue(words, everybody).tolist() == [2, 2, 1, 1]
    assert t.different_in_issue(words, np.array([True, False, True, True])).tolist() == [1, 1, 1, 1]
    assert t.different_in_issue(words, ~everybody).tolist() == [0, 0, 0, 0]
    assert t.in_issue(np.array([True, False, True, True])).tolist() == [1, 1, 2, 2]
