"""The same stories and many more against the same definitions, formula by formula, without a night."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import random

import numpy as np
import pytest
from hypothesis import settings

from auditlib.span import NEVER, State
from auditlib.timelines import Timelines
from auditlib.timelines.policies import Promised
from auditlib.timelines.targets import TargetState
from tests.conftest import PROFILE
from tests.edge_cases.company import BERLIN, at
from tests.edge_cases.in_memory import PRIORITIES, timelines
from tests.edge_cases.measured import COUNTS, DURATIONS, IN_LAST_MODE, value
from tests.edge_cases.oracle import Case
from tests.edge_cases.promises import targets
from tests.edge_cases.stories import Story, made_up, written

CUT = at("2026-06-01 00:00")
CASES = settings.get_profile("proof").max_examples if PROFILE == "proof" else 150
UNSOLVED = ("new", "open", "pending", "hold")


@functools.cache
def stories() -> tuple[Story, ...]:
    """All that were written, and as many random ones as the profile says; none of a ticket that is gone."""
    own = [story for story in written() if story.deleted_at is None]
    more = made_up(CASES, 17, own[-1].number + 1, at("2025-06-01 00:00"), CUT + 86_400)
    return tuple(story for story in [*own, *more] if story.created_at < CUT)


@functools.cache
def cases(last_only: bool = False) -> tuple[Case, ...]:
    into = {story.merged_into: story for story in stories() if story.merged_into}
    return tuple(Case(s, CUT, [into[s.number]] if s.number in into else [], last_only) for s in stories())


@functools.cache
def wanted(column: str, last_only: bool = False) -> tuple:
    """What a measure of every ticket should be."""
    return tuple((COUNTS | DURATIONS)[column](case) for case in cases(last_only))


@functools.cache
def wanted_targets() -> tuple[list[tuple[str, str, float, str, bool]], ...]:
    merges = [{"merged_at": c.story.updates[-1].at} if c.story.merged_into else {} for c in cases()]
    return tuple(sorted(targets(case, **merged)) for case, merged in zip(cases(), merges, strict=True))


def measured() -> Timelines:
    return timelines(stories(), CUT)


@pytest.mark.parametrize("column", DURATIONS)
def test_durations_are_as_defined(column):
    _compare_durations(measured(), column)


@pytest.mark.parametrize("column", IN_LAST_MODE)
def test_durations_by_the_last_schedule_alone_are_as_defined(column):
    _compare_durations(dataclasses.replace(measured(), schedule_mode="last"), column, last_only=True)


def _compare_durations(t: Timelines, column: str, last_only: bool = False) -> None:
    span = value(t, column)
    expected = wanted(column, last_only)
    minutes = np.array([np.nan if minutes is None else minutes for minutes, _ in expected])
    differs = ~np.isclose(span.minutes, minutes, rtol=0, atol=1e-6, equal_nan=True)
    differs |= span.state != np.array([State[state] for _, state in expected])
    for row in np.flatnonzero(differs)[:1]:
        found = span.minutes[row], State(int(span.state[row])).name
        raise AssertionError(f"{found}, but {expected[row]} of\n{stories()[row].told()}")


@pytest.mark.parametrize("column", COUNTS)
def test_counts_are_as_defined(column):
    found = value(measured(), column)
    expected = np.array([np.nan if one is None else float(one) for one in wanted(column)])
    for row in np.flatnonzero(~((found == expected) | (np.isnan(found) & np.isnan(expected))))[:1]:
        raise AssertionError(f"{found[row]}, but {expected[row]} of\n{stories()[row].told()}")


def test_targets_are_as_defined():
    found = measured().targets
    words = {number: word for word, number in PRIORITIES.items()}
    shown: dict[int, list] = {}
    for row in np.flatnonzero(found.promised):
        one = (
            Promised(int(found.promised[row])).name, words[int(found.priority[row])], found.seconds[row] / 60,
            TargetState(int(found.state[row])).name, bool(found.is_late_downgrade[row]),
        )  # fmt: skip
        shown.setdefault(int(found.ticket[row]), []).append(one)
    for row, expected in enumerate(wanted_targets()):
        assert sorted(shown.get(row, [])) == expected, stories()[row].told()


def test_the_backlog_of_every_midnight_is_who_was_unsolved_then():
    t = measured()
    opened, closed = t.opened_at(t.spells), t.closed_at(t.spells)
    came, went = (np.sort(moments) for moments in (opened, closed))
    stood = [int(np.searchsorted(came, m) - np.searchsorted(went, m)) for m in MIDNIGHTS]
    assert stood == list(wanted_backlog())


@functools.cache
def wanted_backlog() -> tuple[int, ...]:
    lives = [
        (max(a, case.created_at), z)
        for case in cases()
        for status, a, z in case.stays
        if status in UNSOLVED and z > case.created_at
    ]
    began, ended = (np.sort(np.array(moments)) for moments in zip(*lives, strict=True))
    return tuple(int(np.searchsorted(began, m) - np.searchsorted(ended, m)) for m in MIDNIGHTS)


def _midnight(days: int) -> int:
    day = datetime.date(2025, 4, 28) + datetime.timedelta(days=days)
    return int(datetime.datetime(day.year, day.month, day.day, tzinfo=BERLIN).timestamp())


MIDNIGHTS = tuple(_midnight(days) for days in range(400))


def test_business_time_is_within_the_calendar_and_statuses_tile_the_life():
    t = measured()
    for name in DURATIONS:
        if name.endswith("_business_minutes") and name.replace("_business", "") in DURATIONS:
            business, calendar = (value(t, one).minutes for one in (name, name.replace("_business", "")))
            assert not (business < 0).any()
            assert not (business > calendar + 1e-9).any()
    stays = t.stays
    spent = np.bincount(stays.ticket, stays.ended - stays.began, t.n)
    assert (spent == CUT - np.minimum(t.began_at, CUT)).all()


def test_neither_the_order_of_tickets_nor_strangers_matter():
    chance = random.Random(5)
    some = chance.sample(stories(), len(stories()) // 2)
    whole = {s.number for s in some} | {s.merged_into for s in some if s.merged_into}
    whole |= {s.number for s in stories() if s.merged_into and s.merged_into in whole}
    few = [s for s in stories() if s.number in whole]
    everybody, alone = measured(), timelines(few, CUT)
    rows = np.flatnonzero([s.number in whole for s in stories()])
    for column in (*DURATIONS, *COUNTS):
        all_of_them, theirs = (value(t, column) for t in (everybody, alone))
        if column in DURATIONS:
            assert (all_of_them.state[rows] == theirs.state).all(), column
            all_of_them, theirs = all_of_them.minutes, theirs.minutes
        np.testing.assert_array_equal(all_of_them[rows], theirs, column)


def test_what_comes_after_the_watermark_changes_nothing():
    earlier = at("2026-02-01 00:00")
    seen = [s for s in stories() if s.created_at < earlier]
    later, then = timelines(seen, earlier), timelines([s.until(earlier) for s in seen if not s.merged_into], earlier)
    rows = np.flatnonzero([not s.merged_into for s in seen])
    for column in COUNTS:
        np.testing.assert_array_equal(value(later, column)[rows], value(then, column), column)
    assert (value(later, "first_reply_minutes").ended[rows] == value(then, "first_reply_minutes").ended).all()
    assert (value(then, "first_reply_minutes").ended != NEVER).any()
