"""Waits, stays, resolution and backlog of any ticket agree with plain loops over what happened."""

import dataclasses
import datetime
import itertools
import random
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import strategies as st

from auditlib import metrics
from auditlib.caselog.words import Status
from auditlib.clocks import OpenHours, Roster
from auditlib.metric import facts
from auditlib.span import NEVER, Span, State
from auditlib.worked_examples import Example, timelines
from tests.obvious.clock import day_by_day
from tests.obvious.waits import DONE, Life
from tests.proofs.batches import cases

ZONE = ZoneInfo("Europe/Berlin")
OFFICE = tuple((day * 1440 + 540, day * 1440 + 1020) for day in range(5))
# Days on one of which the clocks are put forward, so that they are an hour shorter together.
MONDAY = datetime.datetime(2026, 3, 23, tzinfo=ZONE)
DAYS = 12
AS_OF = MONDAY + datetime.timedelta(days=DAYS)
STATUSES = ("new", "open", "pending_customer", "on_hold", "solved", "closed")
ACTS = st.sampled_from(
    [("customer", "writes"), ("customer", "writes"), ("customer", "thanks"), ("agent Ann", "writes")]
    + [("agent Ann", "notes"), ("agent Ann", "notes: 19 letters"), ("agent Ann", "assignee: Ann")]
    + [("automation", "assignee: Bea"), ("bot", "writes"), ("unknown", "writes"), ("agent Ann", "group: billing")]
    + [("agent Ann", f"status: {status}") for status in STATUSES] * 2
    + [("system", "status: open"), ("agent Ann", "deletes"), ("agent Ann", "restores")]
)
OPENINGS = st.sampled_from([("customer", "writes"), ("customer", "writes"), ("agent Ann", "writes")])
MINUTES = st.integers(0, DAYS * 1440 - 61)
LIVES = st.tuples(OPENINGS, st.lists(st.tuples(MINUTES, ACTS), max_size=12))
MEASURED = {
    column: (family, module, how)
    for family, of in metrics.load_all().items()
    for module in of.values()
    for column, how in facts(module).columns.items()
    if family in ("waits", "backlog") or column.endswith(("resolution_minutes", "resolution_business_minutes"))
}
DURATIONS = [column for column, (_, module, _) in MEASURED.items() if facts(module).unit == "minutes"]
BUSINESS = [column for column in MEASURED if column.endswith("_business_minutes")]
BY_STATUS = {
    "customer_wait_by_status_minutes": ("new", "open", "on_hold"),
    "waiting_on_customer_minutes": ("pending_customer",),
    "new_or_open_minutes": ("new", "open"),
    "new_minutes": ("new",),
    "on_hold_minutes": ("on_hold",),
}


def rows(ticket, life):
    """A life as rows of an example, in order; whoever opened it wrote at its first minute."""
    opening, acts = life
    ordered = sorted(acts, key=lambda act: act[0])
    first = ordered[0][0] if ordered else 0
    return [(ticket, minute, *act) for minute, act in [(first, opening), *ordered]]


def example(happened):
    return Example(
        f"Example: made up as of {AS_OF:%Y-%m-%d %H:%M}",
        tuple(
            {"ticket": ticket, "when": _at(minute).strftime("%Y-%m-%d %H:%M"), "who": who, "what": what}
            for ticket, minute, who, what in happened
        ),
        (),
    )


def lives(happened):
    """Ticket → its life in plain loops, in the order of first appearance."""
    cut = int(AS_OF.timestamp())
    found = {}
    for ticket, minute, who, what in happened:
        found.setdefault(ticket, []).append({"at": int(_at(minute).timestamp()), "who": who, "what": what})
    return {ticket: Life(of, cut) for ticket, of in found.items()}


def _at(minute):
    """So many minutes after the first local midnight, whatever the clocks show."""
    return (MONDAY.astimezone(datetime.UTC) + datetime.timedelta(minutes=minute)).astimezone(ZONE)


def told(several):
    return [row for number, life in enumerate(several, 1) for row in rows(f"T{number}", life)]


def measured(t, column):
    _, module, how = MEASURED[column]
    return module.value(t, **how)


def states(span):
    return [State(int(state)).name for state in span.state]


@cases(LIVES)
def test_stays_tile_the_life_of_every_ticket(several):
    happened = told(several)
    t = timelines(example(happened))
    stays = t.stays
    for number, life in enumerate(lives(happened).values()):
        own = stays.ticket == number
        began, ended = stays.began[own], stays.ended[own]
        assert began[0] == life.began_at
        assert ended[-1] == life.cut
        assert (began[1:] == ended[:-1]).all()
        assert (ended > began).all()


@cases(LIVES)
def test_time_by_status_agrees_with_plain_loops(several):
    happened = told(several)
    t = timelines(example(happened))
    for column, statuses in BY_STATUS.items():
        span = measured(t, column)
        running = t.running_minutes(span, "calendar")
        for number, life in enumerate(lives(happened).values()):
            settled = life.status in (*DONE, "deleted")
            seconds = life.in_status(*statuses)
            assert states(span)[number] == ("observed" if settled else "waiting"), column
            assert (span.minutes if settled else running)[number] * 60 == pytest.approx(seconds), column


@cases(LIVES)
def test_waits_by_messages_agree_with_plain_loops(several):
    happened = told(several)
    t = timelines(example(happened))
    span, paused = measured(t, "customer_wait_minutes"), measured(t, "paused_while_customer_waited_minutes")
    running, pausing = t.running_minutes(span, "calendar"), t.running_minutes(paused, "calendar")
    for number, life in enumerate(lives(happened).values()):
        state = life.turns[-1]["state"] if life.turns else "not_applicable"
        assert states(span)[number] == state
        if state in ("observed", "closed_unanswered"):
            assert span.minutes[number] * 60 == pytest.approx(life.waited())
        if state == "waiting":
            assert running[number] * 60 == pytest.approx(life.waited())
        if state == "closed_unanswered":
            # Nobody answered: in a percentile the wait goes on to the watermark.
            goes_on = life.cut - life.turns[-1]["closed"]
            assert running[number] * 60 == pytest.approx(life.waited() + goes_on)
        if life.turns:
            known = paused.minutes if states(paused)[number] == "observed" else pausing
            assert known[number] * 60 == pytest.approx(life.paused())


@cases(LIVES)
def test_the_longest_time_unattended_agrees_with_plain_loops(several):
    happened = told(several)
    t = timelines(example(happened))
    for column, clock in (("unattended_minutes", "calendar"), ("unattended_business_minutes", "business")):
        span = measured(t, column)
        running = t.running_minutes(span, clock)
        for number, life in enumerate(lives(happened).values()):
            if not life.turns:
                assert states(span)[number] == "not_applicable"
                continue
            longest = max(_seconds(clock, began, ended) for began, ended in life.gaps())
            waits = life.turns[-1]["state"] == "waiting"
            assert states(span)[number] == ("waiting" if waits else "observed")
            assert (running if waits else span.minutes)[number] * 60 == pytest.approx(longest)


@cases(LIVES)
def test_who_is_lost_is_lost_at_the_minute_foretold(several):
    happened = told(several)
    t = timelines(example(happened))
    _, module, how = MEASURED["is_lost"]
    lost, foretold = module.value(t, **how), module.changes_at(t, **how)
    for number in np.flatnonzero(foretold != NEVER):
        assert np.isnan(lost[number])
        own = example(rows("T1", several[number]))
        assert np.isnan(module.value(timelines(own, int(foretold[number]) - 1), **how)).all()
        assert module.value(timelines(own, int(foretold[number])), **how) == [1]


@cases(LIVES)
def test_nobody_is_said_not_to_be_lost_while_they_may_be_yet(several):
    happened = told(several)
    t = timelines(example(happened))
    _, module, how = MEASURED["is_lost"]
    lost = module.value(t, **how)
    for number, life in enumerate(lives(happened).values()):
        waits = bool(life.turns) and life.turns[-1]["state"] == "waiting"
        assert waits <= (lost[number] != 0)
        assert np.isnan(lost[number]) <= (waits or not life.turns)


@cases(LIVES)
def test_the_backlog_agrees_with_plain_loops_and_adds_up_every_day(several):
    happened = told(several)
    t = timelines(example(happened))
    spells = t.spells
    opened, closed = t.opened_at(spells), t.closed_at(spells)
    days = [int((MONDAY + datetime.timedelta(days=day)).timestamp()) for day in range(DAYS + 1)]
    for number, life in enumerate(lives(happened).values()):
        own = spells.ticket == number
        told_so = [(s["opened"], NEVER if s["closed"] is None else s["closed"], s["as"]) for s in life.spells]
        assert list(zip(opened[own], closed[own], spells.opened_as[own], strict=True)) == told_so
        left = [s["left"] for s in life.spells]
        assert list(spells.closed_as[own]) == left
    for begin, end in itertools.pairwise(days):
        came = ((opened >= begin) & (opened < end)).sum()
        went = ((closed >= begin) & (closed < end)).sum()
        stood = [((opened < midnight) & (closed >= midnight)).sum() for midnight in (begin, end)]
        assert stood[1] == stood[0] + came - went


@cases(LIVES)
def test_business_time_is_within_the_calendar_and_resolutions_are_in_their_order(several):
    t = timelines(example(told(several)))
    found = {column: measured(t, column) for column in DURATIONS}
    for column in BUSINESS:
        business, calendar = found[column].minutes, found[column.replace("_business", "")].minutes
        assert (np.isnan(business) == np.isnan(calendar)).all(), column
        known = ~np.isnan(business)
        assert ((business[known] >= 0) & (business[known] <= calendar[known])).all(), column
    first, full = found["first_resolution_minutes"].minutes, found["full_resolution_minutes"].minutes
    net, durable = found["net_resolution_minutes"].minutes, found["durable_resolution_minutes"].minutes
    for smaller, larger in ((first, full), (net, full), (first, durable)):
        both = ~np.isnan(smaller) & ~np.isnan(larger)
        assert (smaller[both] <= larger[both] + 1e-9).all()


@cases(LIVES)
def test_statuses_add_up_to_the_resolution_of_what_was_never_reopened(several):
    happened = told(several)
    t = timelines(example(happened))
    sums = sum(
        measured(t, column).minutes for column in ("customer_wait_by_status_minutes", "waiting_on_customer_minutes")
    )
    first = measured(t, "first_resolution_minutes").minutes
    for number, life in enumerate(lives(happened).values()):
        is_plain = len(life.solves) == 1 and life.status in DONE and not life.in_status("deleted")
        if is_plain and not np.isnan(first[number]):
            assert sums[number] == pytest.approx(first[number])


@cases(LIVES)
def test_net_resolution_leaves_out_pending_and_nothing_else(several):
    happened = told(several)
    found = measured(timelines(example(happened)), "net_resolution_minutes").minutes
    for net, life in zip(found, lives(happened).values(), strict=True):
        if not np.isnan(net):
            until = life.solves[-1]
            counted = [s for s in life.stays if s[0] not in ("pending_customer", "deleted")]
            seconds = sum(max(0, min(ended, until) - max(began, life.began_at)) for _, began, ended in counted)
            assert net * 60 == pytest.approx(seconds)


@cases(st.tuples(LIVES, MINUTES))
def test_adjacent_times_add_up(several):
    """What is waited up to a moment, and from then on, comes to what is waited in all."""
    several = [(life, minute) for life, minute in several if rows("T1", life)[0][1] < minute]
    happened = told([life for life, _ in several])
    if not happened:
        return
    after = timelines(example(happened))
    early = np.array([int(_at(minute).timestamp()) for _, minute in several])
    seen = after.events["occurred_at"] < early[after.events["ticket"]]
    before = dataclasses.replace(after, events={name: it[seen] for name, it in after.events.items()}, cut=early)
    # An agent's ticket in which the customer has not written by then is no case yet.
    is_case = before.began_at == after.began_at
    for clock, statuses in itertools.product(("calendar", "business"), BY_STATUS.values()):
        first, both = (_so_far(t, statuses, clock) for t in (before, after))
        for number, life in enumerate(lives(happened).values()):
            since = sum(
                _seconds(clock, max(began, int(early[number])), ended)
                for status, began, ended in life.stays
                if status in statuses and ended > early[number]
            )
            if is_case[number]:
                assert both[number] * 60 == pytest.approx(first[number] * 60 + since)


@cases(LIVES)
def test_neither_the_order_of_rows_nor_strangers_matter(several):
    happened = told(several)
    shuffled = _shuffled(happened, random.Random(repr(several)))
    names = list(dict.fromkeys(row[0] for row in shuffled))
    some = [f"T{number}" for number in range(1, len(several) + 1, 2)]
    one, other = timelines(example(happened)), timelines(example(shuffled))
    alone = timelines(example([row for row in happened if row[0] in some]))
    for column, (_, module, how) in MEASURED.items():
        here, there, fewer = (_units(t, module, module.value(t, **how)) for t in (one, other, alone))
        assert {(int(names[ticket][1:]) - 1, number): value for (ticket, number), value in there.items()} == here, (
            column
        )
        told_of_some = {unit: value for unit, value in here.items() if unit[0] % 2 == 0}
        assert {(2 * ticket, number): value for (ticket, number), value in fewer.items()} == told_of_some, column


def _so_far(t, statuses, clock):
    span = t.time_in(tuple(Status[name] for name in statuses), clock)
    return np.where(span.state == State.observed, span.minutes, t.running_minutes(span, clock))


def _seconds(clock, began, ended):
    if clock == "calendar":
        return ended - began
    return day_by_day(OFFICE, "Europe/Berlin", set(), began, ended)


def _shuffled(happened, chance: random.Random):
    """The rows in any order in which those of one ticket and minute keep theirs."""
    moments = list(dict.fromkeys((row[0], row[1]) for row in happened))
    chance.shuffle(moments)
    # The first row of a ticket says who opened it, so it leads its ticket.
    firsts = {row[0]: row for row in reversed(happened)}
    rest = [row for moment in moments for row in happened if row[:2] == moment and row is not firsts[row[0]]]
    leads = list(firsts.values())
    chance.shuffle(leads)
    return leads + rest


def _units(t, module, value):
    units = t.units(facts(module).of)
    keys = list(zip(units.ticket.tolist(), units.number.tolist(), strict=True))
    if isinstance(value, Span):
        return dict(zip(keys, zip(value.minutes.astype(str), states(value), strict=True), strict=True))
    return dict(zip(keys, np.asarray(value).astype(str), strict=True))


ORDINARY = (("customer", "writes"), [
    (0, ("agent Ann", "assignee: Ann")), (600, ("agent Ann", "status: pending_customer")),
    (700, ("customer", "writes")), (800, ("agent Ann", "writes")), (1600, ("agent Ann", "status: solved")),
])  # fmt: skip


def test_without_a_history_nothing_is_known_and_nothing_stood_in_the_backlog():
    t = timelines(example(told([ORDINARY, ORDINARY])))
    t = dataclasses.replace(t, tickets={**t.tickets, "has_history": np.array([False, True])})
    assert set(t.stays.ticket) == set(t.spells.ticket) == {1}
    for column in MEASURED:
        if column in DURATIONS and MEASURED[column][0] != "backlog":
            assert states(measured(t, column)) == ["unmeasurable", "observed"], column
    assert list(np.isnan(measured(t, "is_lost"))) == [True, False]


def test_without_known_hours_business_time_is_unmeasurable_and_never_zero():
    t = timelines(example(told([ORDINARY, ORDINARY])))
    hours = OpenHours.compile(OFFICE, "Europe/Berlin", (), int(MONDAY.timestamp()) - 86400, t.cut[0] + 86400)
    # The first ticket's hours are known only from the third day on.
    since = [int(_at(2 * 1440).timestamp()), int(MONDAY.timestamp())]
    t = dataclasses.replace(t, rosters={"business": Roster([0, 1], since, [0, 0], [hours])})
    for column in BUSINESS:
        assert states(measured(t, column)) == ["unmeasurable", "observed"], column
    assert list(np.isnan(measured(t, "is_lost"))) == [True, False]


def test_by_the_last_schedule_alone_every_part_of_a_sum_is_on_that_schedule():
    t = timelines(example(told([ORDINARY])))
    begin = int(MONDAY.timestamp())
    office, always = (
        OpenHours.compile(week, "Europe/Berlin", (), begin - 86400, t.cut[0] + 86400)
        for week in (OFFICE, ((0, 7 * 1440),))
    )
    # The office's hours until a minute before the ticket is solved, then all day and night.
    changed = Roster([0, 0], [begin - 86400, int(_at(1599).timestamp())], [0, 1], [office, always])
    last = dataclasses.replace(t, rosters={"business": changed}, schedule_mode="last")
    for column in ("full_resolution", "net_resolution", "customer_wait_by_status"):
        business = measured(last, f"{column}_business_minutes").minutes[0]
        assert business == measured(last, f"{column}_minutes").minutes[0], column
    summed = measured(dataclasses.replace(last, schedule_mode="cumulative"), "net_resolution_business_minutes")
    assert summed.minutes[0] < measured(last, "net_resolution_minutes").minutes[0]
