"""Any schedule in any zone, held by any ticket at any moment, agrees with slow and obvious ways to count."""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass

import pytest
from hypothesis import strategies as st

from auditlib.clocks import BeyondHorizon, OpenHours, Roster
from auditlib.span import NEVER
from tests.obvious.clock import minute_by_minute
from tests.proofs.batches import cases
from tests.test_clocks import at

ZONES = ("Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC")
ZONES += ("America/Havana", "Pacific/Chatham", "America/Los_Angeles", "Africa/Casablanca")
BEGIN, END = at("2025-06-01", "UTC"), at("2026-12-01", "UTC")
"""No longer than the moments need: ten thousand schedules are compiled for it."""
CHANGES = [at(f"2026-{day}", "UTC") for day in ("03-08", "03-29", "04-05", "10-04", "10-25", "11-01")]
DATES = st.sampled_from([f"2026-{m:02}-{d:02}" for m in (3, 4, 10, 11) for d in (1, 5, 8, 25, 29)])
TIMES = st.sampled_from(["T00:00", "T00:30", "T02:30", "T12:00", "T24:00"])
NEAR = st.sampled_from([*CHANGES, at("2025-06-15", "UTC")])
STEPS = st.integers(-2 * 86_400, 2 * 86_400)


@st.composite
def schedules(draw) -> tuple:
    step = draw(st.sampled_from([1, 15, 30, 60]))
    begin = st.integers(0, 10_079 // step).map(lambda n: n * step)
    length = st.integers(1, 2000 // step).map(lambda n: n * step)
    pairs = draw(st.lists(st.tuples(begin, length), max_size=8))
    intervals = tuple((opens, opens + lasts) for opens, lasts in pairs)
    closed = draw(st.lists(st.tuples(DATES, TIMES), max_size=3))
    parts = [(day + time, f"{day}T24:00") if time < "T24" else (day, day) for day, time in closed]
    return intervals, draw(st.sampled_from(ZONES)), tuple(parts)


def moments(count: int) -> st.SearchStrategy[list[int]]:
    """Moments in order, near a change of some zone's clocks or anywhere."""
    steps = st.lists(STEPS, min_size=count, max_size=count)
    return st.builds(lambda near, some: sorted(near + step for step in some), NEAR, steps)


KEPT = st.tuples(schedules(), moments(3), st.integers(1, 100_000))


@cases(KEPT)
def test_the_compiled_clock_agrees_with_looking_at_the_wall_every_minute(some):
    for schedule, (start, _, end), _ in some:
        hours = OpenHours.compile(*schedule, BEGIN, END)
        assert hours.seconds(start, end)[0] == minute_by_minute(*schedule, start, end)


@cases(KEPT)
def test_business_time_is_additive_and_never_more_than_calendar_time(some):
    for schedule, (a, b, c), _ in some:
        first, second, whole = OpenHours.compile(*schedule, BEGIN, END).seconds([a, b, a], [b, c, c])
        assert 0 <= whole <= c - a
        assert first + second == whole


@cases(KEPT)
def test_adding_is_the_inverse_of_counting(some):
    for schedule, (start, *_), wanted in some:
        hours = OpenHours.compile(*schedule, BEGIN, END)
        if hours.seconds(start, END)[0] < wanted:
            with pytest.raises(BeyondHorizon):
                hours.add(start, wanted)
        else:
            due = hours.add(start, wanted)
            assert hours.seconds(start, due)[0] == wanted
            assert hours.seconds(start, due - 1)[0] == wanted - 1, "it is the first such moment"


@dataclass(frozen=True)
class Ticket:
    """A schedule of its own; when it kept its own or one of its neighbours' (-1: nobody knows which); what is asked."""

    schedule: tuple
    spells: list[tuple[int, int]]
    asked: list[list[int]]
    wanted: int


TICKETS = st.builds(
    Ticket, schedules(), st.lists(st.tuples(NEAR, STEPS, st.integers(-1, 2)), max_size=6).map(
        lambda spells: [(near + step, hours) for near, step, hours in spells]
    ), st.lists(moments(2), min_size=1, max_size=4), st.integers(1, 400_000),
)  # fmt: skip


def held(some: list[Ticket]) -> tuple[Roster, list[OpenHours], list[list[tuple[int, int]]]]:
    """A roster of all spells in any order, the schedules, and each ticket's own spells in the roster's order."""
    known = [OpenHours.compile(*ticket.schedule, BEGIN, END) for ticket in some]
    spells = [
        (number, since, hours if hours < 0 else (number + hours) % len(some))
        for number, ticket in enumerate(some)
        for since, hours in ticket.spells
    ]
    random.Random(repr(spells)).shuffle(spells)
    own: list[list[tuple[int, int]]] = [[] for _ in some]
    for number, since, hours in spells:
        own[number].append((since, hours))
    columns = [list(column) for column in zip(*spells, strict=True)] or [[], [], []]
    return Roster(*columns, known), known, own


@pytest.mark.parametrize("mode", ["cumulative", "last"])
def test_a_roster_agrees_with_splitting_every_interval_by_hand(mode):
    @cases(TICKETS)
    def judge(some):
        roster, known, own = held(some)
        asked = [(number, *ends) for number, ticket in enumerate(some) for ends in ticket.asked]
        found, is_measurable = roster.seconds(*zip(*asked, strict=True), mode=mode)
        expected = [by_hand(own[number], known, start, end, mode) for number, start, end in asked]
        assert found.tolist() == expected
        assert is_measurable.tolist() == [seconds >= 0 for seconds in expected]

    judge()


def by_hand(spells: list, known: list[OpenHours], start: int, end: int, mode: str) -> int:
    mine = sorted((since, row, hours) for row, (since, hours) in enumerate(spells))
    kept = {since: hours for since, _, hours in mine if since <= max(start, end - 1)}
    if mode == "last":
        kept = {start: kept[max(kept)]} if kept else {}
    before = [since for since in kept if since <= start]
    if not before:
        return -1
    cuts = [max(before), *sorted(since for since in kept if since > start), end]
    parts = [(kept[cut], max(cut, start), following) for cut, following in itertools.pairwise(cuts)]
    if any(hours < 0 for hours, _, _ in parts):
        return -1
    return sum(int(known[hours].seconds(begin, finish)[0]) for hours, begin, finish in parts)


@cases(TICKETS)
def test_a_due_time_is_the_first_moment_at_which_so_much_has_passed(some):
    roster, _, _ = held(some)
    everybody = range(len(some))
    starts, wanted = [ticket.asked[0][0] for ticket in some], [ticket.wanted for ticket in some]
    due = roster.due(everybody, starts, wanted)
    never = due == NEVER
    left = roster.seconds(everybody, starts, [END] * len(some))[0]
    assert not ((wanted <= left) & (left >= 0) & never).any()
    there = [number for number in everybody if not never[number]]
    began, ends = [starts[number] for number in there], due[~never]
    enough = [wanted[number] for number in there]
    assert roster.seconds(there, began, ends)[0].tolist() == enough
    assert roster.seconds(there, began, ends - 1)[0].tolist() == [seconds - 1 for seconds in enough]
