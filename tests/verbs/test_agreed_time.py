"""Deadlines of agreements, by hand: changes of hours, what lies too far ahead, and what puts a deadline off."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from auditlib.caselog.words import ActorClass, Kind, Status
from auditlib.clocks import OpenHours, Roster
from auditlib.span import NEVER
from auditlib.timelines.agreements import NONE, Agreements, Within
from tests.verbs.made import ANN, CUSTOMER, GOLD, HOUR, SILVER, created, made, open_from, status

DAY = 24 * HOUR
NINE, FIVE = 9 * HOUR, 17 * HOUR
OFFICE, ALWAYS = open_from(9, 17), open_from(0, 24)
PENDING, ON_HOLD = 1 << int(Status.pending_customer), 1 << int(Status.on_hold)


def promised(within=Within.resolve, business=NONE, real=NONE, later=(0, 0), ignored=0, puts_off=0, policy=GOLD):
    return policy, int(within), business, real, *later, ignored, puts_off


def put_off(business, ignored=PENDING):
    return promised(business=business, ignored=ignored, puts_off=1)


def told(*rows, agreements, hours=(OFFICE,), spells=((0, 0),), **more):
    """Timelines with agreements; `spells` says since when which of the hours hold (-1: nobody knows)."""
    since, kept = zip(*spells, strict=True)
    roster = Roster([0] * len(spells), since, kept, hours)
    t = made(*rows, rosters={"business": roster}, **more)
    return dataclasses.replace(t, agreements=Agreements.of(agreements))


def applied(at, policy=GOLD):
    return 0, at, Kind.sla_applied, {"new": policy}


def asks(at):
    return 0, at, Kind.message, {"actor": CUSTOMER, "actor_class": ActorClass.customer}


def opened(at):
    return created(0, at), status(at, Status.open), applied(at)


def pending(*times):
    """Away and back, as often as there are two times."""
    return tuple(status(at, Status.open if place % 2 else Status.pending_customer) for place, at in enumerate(times))


def only_open(*days, until=60):
    """Hours of nine to five on some days of sixty."""
    spans = [(day * DAY + NINE, day * DAY + FIVE) for day in days]
    return OpenHours.of(np.array(spans), 0, until * DAY)


def due(*rows, **more):
    return told(*rows, **more).due_by_rules.tolist()[0]


@pytest.mark.parametrize(("since", "expected"), [(NINE + 60, FIVE + 3600), (NINE + 61, 33 * HOUR + 3600)])
def test_the_hours_that_hold_in_the_second_of_the_event_count_for_all_of_the_deadline(since, expected):
    rows = created(0, NINE), applied(NINE + 60)
    hours = {"hours": (OFFICE, ALWAYS), "spells": ((0, 0), (since, 1))}
    assert due(*rows, agreements=[promised(business=9 * HOUR)], **hours) == expected


@pytest.mark.parametrize("later", [(1, 0), (0, 1)])
def test_a_second_more_outside_opening_hours_is_a_second_more(later):
    agreed = [promised(real=600, later=later)]
    closed = NINE - 1
    assert due(created(0, closed), applied(closed), agreements=agreed) == (NINE + 601 if later[0] else closed + 601)
    assert due(created(0, NINE), applied(NINE), agreements=agreed) == NINE + 600


def test_time_of_both_kinds_is_due_on_the_calendar_behind_the_opening_hours():
    both = [promised(business=600, real=60, later=(30, 5))]
    assert due(created(0, NINE), applied(NINE), agreements=both) == NINE + 660
    assert due(created(0, 0), applied(0), agreements=both) == NINE + 630 + 65


@pytest.mark.parametrize("of", [promised(business=600), promised(real=600, later=(0, 60)), put_off(600)])
def test_where_nobody_knows_the_hours_a_deadline_is_not_known_and_not_too_far(of):
    rows = *opened(NINE), *pending(NINE + 60, NINE + 120)
    t = told(*rows, agreements=[of], spells=((0, -1),))
    assert (t.due_by_rules.tolist(), t.due_verdict.tolist()) == ([NEVER], ["not_measurable"])
    assert not t.due_dates.is_too_far.any()


@pytest.mark.parametrize(("more", "is_too_far"), [(0, False), (1, True)])
def test_opening_hours_are_looked_for_through_twenty_nine_days_to_the_second(more, is_too_far):
    always = OpenHours.of(np.array([(0, 60 * DAY)]), 0, 60 * DAY)
    t = told(created(0, NINE), applied(NINE), agreements=[promised(business=29 * DAY + more)], hours=(always,))
    assert t.due_dates.is_too_far.tolist() == [is_too_far]
    assert t.due_by_rules.tolist() == [NEVER if is_too_far else NINE + 29 * DAY]


def test_what_was_not_put_off_is_looked_for_from_its_beginning():
    hours = only_open(20, 40)
    agreed = [put_off(9 * HOUR)]
    t = told(created(0, NINE), applied(NINE), agreements=agreed, hours=(hours,))
    assert t.due_dates.is_too_far.tolist() == [True]
    away = *opened(NINE), *pending(10 * HOUR, 10 * HOUR + 60, 20 * DAY + 8 * HOUR, 20 * DAY + NINE)
    back = told(*away, agreements=agreed, hours=(hours,)).due_dates
    assert back.is_too_far.tolist()[-1] is False, "once it was put off it is looked for from there"
    assert back.due_at.tolist()[-1] == 40 * DAY + NINE + HOUR + 1


def test_what_was_put_off_too_far_stays_too_far():
    rows = *opened(NINE), *pending(NINE + 60, 35 * DAY + NINE + 60)
    t = told(*rows, agreements=[put_off(60)], hours=(only_open(0, 35, 36),))
    assert (t.due_dates.is_too_far.tolist()[-1], t.due_by_rules.tolist()) == (True, [NEVER])


def test_what_was_put_off_beyond_all_hours_that_are_told_is_not_known():
    rows = *opened(NINE), *pending(NINE, FIVE - 1)
    t = told(*rows, agreements=[put_off(60)], hours=(only_open(0),))
    assert t.due_verdict.tolist() == ["not_measurable"]


def test_only_time_since_a_deadline_began_puts_it_off():
    agreed = [promised(Within.response, business=600, ignored=PENDING, puts_off=1)]
    by_us = created(0, NINE, actor=0, actor_class=ActorClass.automation), applied(NINE)
    before = *pending(NINE + 60, NINE + 120), asks(NINE + 200)
    assert due(*by_us, *before, agreements=agreed) == NINE + 800
    within = *pending(NINE + 60)[:1], asks(NINE + 100), status(NINE + 120, Status.open)
    assert due(*by_us, *within, agreements=agreed) == NINE + 100 + 600 + 21


def test_what_ends_in_the_second_in_which_a_deadline_begins_puts_it_off_by_one_on_opening_hours_alone():
    by_us = created(0, NINE, actor=0, actor_class=ActorClass.automation), applied(NINE)
    rows = *by_us, *pending(NINE + 60)[:1], asks(NINE + 120), status(NINE + 120, Status.open)
    agreed = {"ignored": PENDING, "puts_off": 1}
    assert due(*rows, agreements=[promised(Within.response, business=600, **agreed)]) == NINE + 721
    assert due(*rows, agreements=[promised(Within.response, real=600, **agreed)]) == NINE + 720


def test_before_the_customer_of_a_ticket_that_we_opened_wrote_it_is_put_off_as_well():
    opened_by_us = created(0, NINE, actor=ANN, actor_class=ActorClass.agent), applied(NINE)
    rows = *opened_by_us, *pending(NINE + 60)[:1], asks(NINE + 120), status(NINE + 121, Status.open)
    assert due(*rows, agreements=[promised(real=600, ignored=PENDING, puts_off=1)]) == NINE + 661


def test_statuses_that_last_no_time_put_a_deadline_off_by_their_only_second():
    assert due(*opened(NINE), *pending(NINE + 60, NINE + 60), agreements=[put_off(600)]) == NINE + 601


def test_statuses_that_follow_each_other_put_a_deadline_off_as_one():
    in_a_row = status(NINE + 60, Status.pending_customer), status(NINE + 90, Status.on_hold)
    rows = *opened(NINE), *in_a_row, status(NINE + 120, Status.open)
    assert due(*rows, agreements=[put_off(600, PENDING | ON_HOLD)]) == NINE + 661
    again = *opened(NINE), *pending(NINE + 60, NINE + 90, NINE + 100, NINE + 130)
    assert due(*again, agreements=[put_off(600)]) == NINE + 662
    two = *opened(NINE), *pending(NINE + 60, NINE + 90), status(NINE + 100, Status.on_hold)
    assert due(*two, agreements=[put_off(600)]) == NINE + 631


def test_each_time_that_the_rules_run_both_ends_are_counted_anew():
    until_opened = 1 << int(Status.new)
    rows = created(0, NINE), applied(NINE), status(NINE + 60, Status.open), asks(NINE + 120)
    t = told(*rows, agreements=[put_off(600, until_opened)])
    assert t.due_dates.due_at.tolist() == [NEVER, NINE + 661, NINE + 661]


def test_the_last_second_at_the_opening_puts_a_deadline_off_by_one():
    rows = *opened(NINE - 600), *pending(NINE - 300, NINE)
    assert due(*rows, agreements=[put_off(600)]) == NINE + 601


@pytest.mark.parametrize(("since", "seconds"), [(DAY + NINE, 61), (DAY + NINE + 1, 0)])
def test_what_is_put_off_is_counted_on_the_hours_that_hold_at_the_event(since, seconds):
    late = 18 * HOUR
    rows = *opened(NINE), *pending(late, late + 60), status(DAY + NINE, Status.on_hold)
    t = told(*rows, agreements=[put_off(600)], hours=(OFFICE, ALWAYS), spells=((0, 0), (since, 1)))
    assert t.due_by_rules.tolist() == [NINE + 600 + seconds]


def test_each_agreement_has_its_own_deadlines_however_they_are_told():
    agreed = [promised(real=300, policy=SILVER), promised(real=600), promised(Within.response, real=900)]
    assert due(created(0, NINE), applied(NINE), agreements=agreed) == NINE + 600
    assert due(created(0, NINE), applied(NINE, SILVER), agreements=agreed) == NINE + 300
