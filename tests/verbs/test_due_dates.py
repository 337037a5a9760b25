"""Request Tracker's due dates, by hand: what its own page's examples leave out."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from auditlib.caselog.words import ActorClass, Kind, Status
from auditlib.clocks import OpenHours, Roster
from auditlib.span import NEVER
from auditlib.timelines.agreements import NONE, Agreements, Within
from tests.verbs.made import BOB, CUSTOMER, GOLD, HOUR, SILVER, created, made, open_from, status

PENDING = 1 << int(Status.pending_customer)


def promised(policy, within, business=NONE, real=NONE, ignored=0, puts_off=0):
    return policy, int(within), business, real, 0, 0, ignored, puts_off


def timelines(*rows, agreements, hours=None, **more):
    held = {"business": Roster([0], [0], [0], [hours])} if hours else {}
    return dataclasses.replace(made(*rows, rosters=held, **more), agreements=Agreements.of(agreements))


def applied(at, policy, ticket=0):
    return ticket, at, Kind.sla_applied, {"new": policy}


def says(at, due, actor=0, ticket=0):
    return ticket, at, Kind.due, {"new": due, "actor": actor}


def asks(at):
    return 0, at, Kind.message, {"actor": CUSTOMER, "actor_class": ActorClass.customer}


def test_without_hours_a_due_date_is_not_measurable_and_says_so():
    t = timelines(created(0, 1000), applied(1000, GOLD), agreements=[promised(GOLD, Within.response, business=60)])
    assert t.due_by_rules.tolist() == [NEVER]
    assert t.due_verdict.tolist() == ["not_measurable"]


def test_the_earlier_of_two_deadlines_counts_and_one_that_is_not_there_counts_for_none():
    both = [promised(GOLD, Within.response, real=600), promised(GOLD, Within.resolve, real=300)]
    rows = created(0, 1000), applied(1000, GOLD)
    assert timelines(*rows, agreements=both).due_by_rules.tolist() == [1300]
    assert timelines(*rows, agreements=both[:1]).due_by_rules.tolist() == [1600]
    assert timelines(*rows, agreements=[promised(SILVER, Within.response, real=1)]).due_by_rules.tolist() == [NEVER]


def test_an_agreement_that_is_taken_away_leaves_nothing_to_compare():
    rows = created(0, 1000), applied(1000, GOLD), says(1000, 1060), applied(2000, 0)
    t = timelines(*rows, agreements=[promised(GOLD, Within.response, real=60)])
    assert (t.due_by_rules.tolist(), t.due_told.tolist(), t.due_verdict.tolist()) == ([NEVER], [1060], [None])
    assert t.due_dates.agrees.tolist() == [True]


def test_time_that_is_over_puts_a_deadline_off_and_time_that_lasts_does_not():
    pending, opened = status(1100, Status.pending_customer), status(1400, Status.open)
    slow = [promised(GOLD, Within.resolve, real=600, ignored=PENDING, puts_off=1)]
    rows = created(0, 1000), status(1000, Status.open), applied(1000, GOLD), pending
    assert timelines(*rows, agreements=slow).due_dates.due_at.tolist() == [1600, NEVER]
    assert timelines(*rows, opened, asks(1500), agreements=slow).due_dates.due_at.tolist() == [1600, NEVER, 1900, 1900]
    blind = [promised(GOLD, Within.resolve, real=600, ignored=PENDING)]
    assert timelines(*rows, opened, agreements=blind).due_dates.due_at.tolist() == [1600, NEVER, 1600]


def test_in_opening_hours_it_counts_both_ends_of_what_puts_a_deadline_off():
    begin = 10 * HOUR
    rows = created(0, begin), status(begin, Status.open), applied(begin, GOLD)
    rows += status(begin + 100, Status.pending_customer), status(begin + 160, Status.open)
    slow = [promised(GOLD, Within.resolve, business=600, ignored=PENDING, puts_off=1)]
    t = timelines(*rows, agreements=slow, hours=open_from(9, 17))
    assert t.due_by_rules.tolist() == [begin + 600 + 61]
    # What runs out at the closing is due at the next opening; one second before, it is due at once.
    late = created(0, 17 * HOUR - 600), applied(17 * HOUR - 600, GOLD)
    agreed = [promised(GOLD, Within.response, business=600), promised(SILVER, Within.response, business=599)]
    assert timelines(*late, agreements=agreed, hours=open_from(9, 17)).due_by_rules.tolist() == [33 * HOUR]
    silver = late[0], applied(17 * HOUR - 600, SILVER)
    assert timelines(*silver, agreements=agreed, hours=open_from(9, 17)).due_by_rules.tolist() == [17 * HOUR - 1]


def test_whoever_owns_it_is_not_asked_even_by_what_they_wrote_before():
    loop = [promised(GOLD, Within.response, real=60), promised(GOLD, Within.keep_in_loop, real=900)]
    rows = created(0, 1000), applied(1000, GOLD), asks(1100)
    owned = (0, 1200, Kind.assignee, {"new": CUSTOMER}), status(1300, Status.open)
    other = (0, 1200, Kind.assignee, {"new": BOB}), status(1300, Status.open)
    assert timelines(*rows, *owned, agreements=loop).due_by_rules.tolist() == [1100 + 900]
    assert timelines(*rows, *other, agreements=loop).due_by_rules.tolist() == [1000 + 60]


def test_a_due_date_is_compared_as_its_history_says_behind_each_second():
    rows = created(0, 1000), applied(1000, GOLD), says(1000, 1060), asks(2000), says(2000, 2060), says(2500, 9000, BOB)
    t = timelines(*rows, agreements=[promised(GOLD, Within.response, real=60)])
    assert t.due_dates.told_at.tolist() == [1060, 2060]
    assert t.due_dates.agrees.tolist() == [True, False], "the oldest question counts, not the last one"
    assert t.due_verdict.tolist() == ["set_by_hand"]
    assert np.array_equal(t.due_told, [9000])


def test_one_deadline_that_is_not_known_or_too_far_leaves_both_open():
    real, hours, far = {"real": 600}, {"business": 600}, {"business": 240 * HOUR}
    rows = created(0, 9 * HOUR), applied(9 * HOUR, GOLD)
    for one, other in (("response", "resolve"), ("resolve", "response")):
        known, unknown, beyond = (
            promised(GOLD, Within[name], **of) for name, of in ((one, real), (other, hours), (other, far))
        )
        assert timelines(*rows, agreements=[known, unknown]).due_verdict.tolist() == ["not_measurable"]
        week = [(1440 * day + 540, 1440 * day + 1020) for day in range(7)]
        office = OpenHours.compile(tuple(week), "Etc/UTC", (), 0, 60 * 86_400)
        t = timelines(*rows, agreements=[known, beyond], hours=office)
        assert (t.due_by_rules.tolist(), t.due_dates.is_too_far.tolist()) == ([NEVER], [True])


def test_a_ticket_without_events_has_no_agreement_and_no_due_date():
    rows = created(0, 1000), applied(1000, GOLD), says(1000, 1060)
    t = timelines(*rows, agreements=[promised(GOLD, Within.response, real=60)], n=2)
    assert (t.agreed_now.tolist(), t.due_told.tolist()) == ([GOLD, 0], [1060, NEVER])
    assert t.due_verdict.tolist() == ["agrees", None]


@pytest.mark.parametrize(
    ("moved", "columns", "expected"),
    [
        ((), {}, ["unknown"] * 2),
        ((), {"merged_into": [2, 0]}, ["merged"] * 2),
        ((), {"merged_into": [99, 0]}, ["merged", "unknown"]),
        (((0, 1500, Kind.merged_into, {"new": 2}),), {}, ["merged"] * 2),
        (((0, 1500, Kind.merged_into, {"new": 99}),), {}, ["merged", "unknown"]),
    ],
)
def test_tickets_that_met_are_merged_whoever_went_into_whom(moved, columns, expected):
    second = created(1, 1000), applied(1000, GOLD, ticket=1)
    rows = created(0, 1000), applied(1000, GOLD), *moved, *second
    t = timelines(*rows, agreements=[promised(GOLD, Within.response, real=60)], n=2, **columns)
    assert t.due_circumstance.tolist() == expected


@pytest.mark.parametrize(
    ("kind", "more", "reason"),
    [
        (Kind.message, {}, "others_wrote"),
        (Kind.message, {"is_public": 0}, "unknown"),
        (Kind.status, {"new": Status.open}, "unknown"),
    ],
)
def test_others_wrote_where_they_wrote_what_everybody_can_read(kind, more, reason):
    theirs = 0, 1100, kind, {"actor": 7, "actor_class": ActorClass.customer_side, **more}
    t = timelines(created(0, 1000), applied(1000, GOLD), theirs, agreements=[promised(GOLD, Within.response, real=60)])
    assert t.due_circumstance.tolist() == [reason]


def test_the_rules_run_when_a_ticket_is_deleted_and_when_it_is_taken_back():
    gone, back = (0, 1100, Kind.deleted, {}), (0, 1200, Kind.restored, {})
    noted = 0, 1300, Kind.message, {"is_public": 0}
    deleted = 1 << int(Status.deleted)
    agreed = [promised(GOLD, Within.response, real=60, ignored=deleted)]
    t = timelines(created(0, 1000), applied(1000, GOLD), gone, back, noted, agreements=agreed)
    assert t.due_dates.at.tolist() == [1000, 1100, 1200]
    assert t.due_dates.due_at.tolist() == [1060, NEVER, 1060]


def test_a_customer_whom_nobody_knows_does_not_own_what_nobody_owns():
    rows = created(0, 1000, actor=0), applied(1000, GOLD)
    assert timelines(*rows, agreements=[promised(GOLD, Within.response, real=60)]).due_by_rules.tolist() == [1060]


def test_after_an_answer_the_next_question_begins_anew():
    answered = 0, 1100, Kind.message, {}
    rows = created(0, 1000), applied(1000, GOLD), asks(1050), answered, asks(1200), asks(1300)
    t = timelines(*rows, agreements=[promised(GOLD, Within.response, real=60)])
    assert t.due_dates.due_at.tolist() == [1060, 1060, NEVER, 1260, 1260]
