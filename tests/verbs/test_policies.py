"""Which policy, version and priority held when, by hand."""

from __future__ import annotations

import numpy as np

from auditlib.caselog.words import Kind, Status
from auditlib.span import NEVER
from auditlib.timelines.policies import ANY_PRIORITY, UNKNOWN_POLICY, Policies, Promised
from tests.verbs.made import (
    GOLD,
    NORMAL,
    SILVER,
    URGENT,
    created,
    made,
    status,
)


def spells(*rows, n=1, **columns):
    targets = [
        (GOLD, 0, Promised.first_reply, NORMAL, 60, False),
        (GOLD, 5000, Promised.first_reply, NORMAL, 30, False),
    ]
    found = made(*rows, n=n, policies=[*targets, (SILVER, 0, Promised.first_reply, NORMAL, 90, False)], **columns)
    told = found.policy_spells
    names = ("ticket", "policy", "version", "priority", "began", "ended")
    return [tuple(int(getattr(told, name)[row]) for name in names) for row in range(len(told.ticket))]


def applied(at, policy, ticket=0):
    return ticket, at, Kind.sla_applied, {"new": policy}


def ranked(at, new, old=0, ticket=0):
    return ticket, at, Kind.priority, {"new": new, "old": old}


def test_a_ticket_of_which_nothing_is_told_has_the_policy_that_fits_at_its_present_priority():
    assert spells(created(0, 1000), policy=[GOLD], priority=[NORMAL]) == [(0, GOLD, 0, NORMAL, 1000, NEVER)]


def test_what_was_told_once_is_believed_and_what_fits_is_not():
    rows = created(0, 1000), applied(3000, GOLD)
    assert spells(*rows, policy=[SILVER], priority=[NORMAL]) == [
        (0, 0, -1, NORMAL, 1000, 3000),
        (0, GOLD, 0, NORMAL, 3000, NEVER),
    ]


def test_the_first_change_of_the_priority_says_what_it_was_before():
    rows = created(0, 1000), applied(1000, GOLD), ranked(2000, URGENT, old=NORMAL), ranked(3000, NORMAL, old=URGENT)
    assert spells(*rows, priority=[NORMAL]) == [
        (0, GOLD, 0, NORMAL, 1000, 2000),
        (0, GOLD, 0, URGENT, 2000, 3000),
        (0, GOLD, 0, NORMAL, 3000, NEVER),
    ]


def test_of_a_policy_that_goes_and_one_that_comes_in_the_same_second_the_one_that_comes_holds():
    rows = created(0, 1000), applied(1000, GOLD), applied(2000, 0), applied(2000, SILVER), applied(3000, SILVER)
    assert spells(*rows, priority=[NORMAL]) == [
        (0, GOLD, 0, NORMAL, 1000, 2000),
        (0, SILVER, 2, NORMAL, 2000, NEVER),
    ]


def test_of_policies_given_in_one_second_the_last_one_holds():
    for first, last in ((GOLD, SILVER), (SILVER, GOLD)):
        rows = created(0, 1000), applied(1000, first), applied(1000, 0), applied(1000, last), applied(2000, 0)
        assert [row[1] for row in spells(*rows, priority=[NORMAL])] == [last, 0]


def test_of_a_policy_that_comes_and_one_that_goes_in_one_second_the_one_that_came_holds():
    rows = created(0, 1000), applied(1000, GOLD), applied(2000, SILVER), applied(2000, 0)
    assert [row[1] for row in spells(*rows, priority=[NORMAL])] == [GOLD, SILVER]


def test_a_priority_in_the_second_of_a_policy_is_no_policy():
    rows = created(0, 1000), applied(1000, GOLD), ranked(1000, NORMAL), applied(2000, 0), ranked(2000, URGENT)
    assert [row[1:4] for row in spells(*rows)] == [(GOLD, 0, NORMAL), (0, -1, URGENT)]


def test_policies_of_which_nobody_told_are_told_apart_and_other_events_are_no_new_promise():
    rows = created(0, 1000), applied(1000, GOLD), status(6000, Status.pending_customer), applied(7000, 98)
    assert [row[1:5] for row in spells(*rows, applied(8000, 0), priority=[NORMAL])] == [
        (GOLD, 0, NORMAL, 1000),
        (98, -1, NORMAL, 7000),
        (0, -1, NORMAL, 8000),
    ]


def test_a_version_holds_for_what_is_applied_after_it():
    rows = created(0, 1000), applied(1000, GOLD), applied(6000, GOLD)
    assert [row[2:5] for row in spells(*rows, priority=[NORMAL])] == [(0, NORMAL, 1000), (1, NORMAL, 6000)]


def test_each_ticket_has_spells_of_its_own_and_an_untold_one_none():
    rows = created(0, 1000), applied(1000, GOLD), created(1, 1000), created(2, 1000), applied(1000, SILVER, ticket=3)
    rows = *rows[:-1], created(3, 1000), rows[-1]
    found = spells(*rows, n=4, tells_policies=[True, True, False, True], has_history=[True, True, True, False],
                   policy=[SILVER, UNKNOWN_POLICY, GOLD, GOLD], priority=[NORMAL, URGENT, NORMAL, NORMAL])  # fmt: skip
    assert found == [(0, GOLD, 0, NORMAL, 1000, NEVER), (1, UNKNOWN_POLICY, -1, URGENT, 1000, NEVER)]
    assert spells() == []


def test_a_policy_that_promises_the_same_at_every_priority_does_not_begin_anew_with_another_one():
    rows = created(0, 1000), applied(1000, GOLD), ranked(2000, URGENT, old=NORMAL), applied(3000, SILVER)
    targets = [
        (GOLD, 0, Promised.first_reply, ANY_PRIORITY, 60, False),
        (SILVER, 0, Promised.first_reply, URGENT, 90, False),
    ]
    told = made(*rows, policies=targets, priority=[URGENT]).policy_spells
    found = list(zip(told.policy.tolist(), told.priority.tolist(), told.began.tolist(), strict=True))
    assert found == [(GOLD, ANY_PRIORITY, 1000), (SILVER, URGENT, 3000)]
    first = made(*rows[:2], policies=targets, priority=[URGENT]).targets
    assert (first.seconds.tolist(), first.priority.tolist()) == ([60], [ANY_PRIORITY])


def test_a_version_that_promises_nothing_is_a_version_all_the_same():
    gold = (GOLD, 0, int(Promised.first_reply), NORMAL, 60, False)
    policies = Policies.of([gold], also=[(GOLD, 500), (SILVER, 0)])
    assert policies.in_force(np.array([GOLD, GOLD, SILVER]), np.array([499, 500, 1])).tolist() == [0, 1, 2]
    assert policies.targets(np.array([0, 1, 2]), np.array([NORMAL] * 3))[0].tolist() == [0]
