"""Targets of service levels: each thing that was promised of a ticket, by when, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

import numpy as np

from auditlib.span import NEVER
from auditlib.timelines.policies import UNKNOWN_POLICY, spread
from auditlib.timelines.promised import Promisable
from auditlib.timelines.service_levels import ServiceLevels

LATE_SHARE = 0.1
"""A priority that is changed with less than this share of the target left is changed late."""


class TargetState(IntEnum):
    """What became of a target."""

    achieved = 1
    breached = 2
    """It was not kept by the due moment, whether or not it was later."""
    active = 3
    """It runs, or pauses, and is not due yet."""
    cancelled = 4
    """The ticket was merged away or deleted first, or the promise was taken back."""
    no_policy = 5
    """Nothing was promised of this ticket."""
    fulfilled_without_reply = 6
    """Solved in time, but without the reply that was promised."""
    unmeasurable = 7
    """It is not known which policy applies, what it says, or which hours it counts."""


@dataclass(frozen=True)
class Targets:
    """One row a target instance, in (ticket, number) order; a ticket without any has one row that says why.

    policy and priority are surrogates, valid_from tells the policy's version, promised is 0 where there is no
    target; `due_at` is NEVER while the clock pauses, or if it ended so; `fulfilled_at` while nothing ended it.
    """

    ticket: np.ndarray
    number: np.ndarray
    policy: np.ndarray
    valid_from: np.ndarray
    promised: np.ndarray
    priority: np.ndarray
    seconds: np.ndarray
    is_business: np.ndarray
    applied_at: np.ndarray
    due_at: np.ndarray
    fulfilled_at: np.ndarray
    state: np.ndarray
    is_late_downgrade: np.ndarray

    def __len__(self) -> int:
        return len(self.ticket)

    @property
    def words(self) -> np.ndarray:
        """The states in words."""
        return np.array(["", *[state.name for state in TargetState]], object)[self.state]

    @property
    def breaks_at(self) -> np.ndarray:
        """When each active target is overdue without any new event; NEVER for all others."""
        return np.where((self.state == TargetState.active) & (self.due_at != NEVER), self.due_at, NEVER - 1) + 1


@dataclass(frozen=True)
class _Pairs:
    """A spell's target (rows) for each run that it limits, in (run, time) order."""

    spell: np.ndarray
    target: np.ndarray
    run: np.ndarray


class PromisedTargets(ServiceLevels, Promisable):
    """Service levels as they held, judged by durations."""

    @cached_property
    def targets(self) -> Targets:
        """Every target of every ticket whose helpdesk tells its policies.

        The target of a policy at a priority is frozen when it is applied; the clock that it limits is the
        ticket's own, so a target applied late has run since the beginning. A change of priority or policy
        before the due moment replaces a target; one that is breached stays so.
        """
        pairs, runs, spells, p = self._pairs, self.promisable, self.policy_spells, self.policies
        seconds, business = p.seconds[pairs.target], p.is_business[pairs.target]
        due, known = self._due(pairs.run, seconds, business)
        began, replaced = spells.began[pairs.spell], spells.ended[pairs.spell]
        ended = runs.ended[pairs.run]
        stopped = np.minimum(np.minimum(ended, replaced), self.cut[runs.ticket[pairs.run]])
        is_breached, is_replaced = due < stopped, replaced < ended
        state = np.select(
            [~known, is_breached, is_replaced | runs.is_cancelled[pairs.run], ended == NEVER, runs.is_kept[pairs.run]],
            [TargetState.unmeasurable, TargetState.breached, TargetState.cancelled, TargetState.active,
             TargetState.achieved],
            TargetState.fulfilled_without_reply,
        )  # fmt: skip
        follows = np.append(False, pairs.run[1:] == pairs.run[:-1])[: len(pairs.run)]
        is_followed = np.append(follows[1:], False)[: len(pairs.run)]
        shown = ~(is_replaced & ~is_breached & is_followed)
        late = follows & self._is_late(pairs, due, seconds, business)
        ends = np.where((state == TargetState.cancelled) | (state == TargetState.unmeasurable), NEVER, ended)
        found = {
            "ticket": runs.ticket[pairs.run],
            "policy": spells.policy[pairs.spell],
            "valid_from": p.valid_from[spells.version[pairs.spell]] if len(p.policy) else seconds,
            "promised": runs.promised[pairs.run],
            "priority": spells.priority[pairs.spell],
            "seconds": seconds,
            "is_business": business,
            "applied_at": np.maximum(began, runs.opened[pairs.run]),
            "due_at": np.where(known, due, NEVER),
            "fulfilled_at": ends,
            "state": state,
            "is_late_downgrade": late,
        }
        return self._numbered({name: column[shown] for name, column in found.items()}, runs.opened[pairs.run][shown])

    def first_of(self, ticket: np.ndarray, at: np.ndarray) -> np.ndarray:
        """The earliest of each ticket's moments; NEVER without any. Length n."""
        found = np.full(self.n, NEVER)
        np.minimum.at(found, ticket, at)
        return found

    @cached_property
    def _pairs(self) -> _Pairs:
        spells, runs = self.policy_spells, self.promisable
        spell, target = self.policies.targets(spells.version, spells.priority)
        width = int(max(runs.promised.max(initial=0), self.policies.promised.max(initial=0))) + 1
        held = runs.ticket * width + runs.promised
        asked = spells.ticket[spell] * width + self.policies.promised[target]
        pair, run = spread(*(np.searchsorted(held, asked, side=side) for side in ("left", "right")))
        spell, target = spell[pair], target[pair]
        began, opened = spells.began[spell], runs.opened[run]
        meets = ((began <= opened) | (began < runs.ended[run])) & (spells.ended[spell] > opened)
        spell, target, run = spell[meets], target[meets], run[meets]
        order = np.lexsort((spells.began[spell], run))
        return _Pairs(spell[order], target[order], run[order])

    def _due(self, run: np.ndarray, seconds: np.ndarray, business: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """When each run's clock has used up its target, and whether that can be known; NEVER while it pauses."""
        runs = self.promisable
        of, began, ended = runs.pieces
        ticket = runs.ticket[run]
        first, last = (np.searchsorted(of, run, side=side) for side in ("left", "right"))
        row, piece = spread(first, last)
        begins, until = began[piece], np.maximum(np.minimum(ended[piece], self.cut[ticket[row]]), began[piece])
        ran, known = until - begins, np.ones(len(row), bool)
        on_hours = business[row]
        ran[on_hours], known[on_hours] = self._elapsed(
            ticket[row][on_hours], begins[on_hours], until[on_hours], "business"
        )
        ran = np.where(known, ran, 0)
        so_far = np.cumsum(ran) - ran
        head = np.searchsorted(row, np.arange(len(run)))
        so_far -= np.append(so_far, 0)[head][row]
        # The first piece in which it is used up; else the last one, had it gone on.
        goes_on = ended[piece] == runs.ended[run][row]
        reaches = (so_far + ran >= seconds[row]) | goes_on
        reached = np.flatnonzero(reaches)[np.unique(row[reaches], return_index=True)[1]]
        due = np.full(len(run), NEVER)
        left, until = (seconds[row] - so_far)[reached], ended[piece][reached]
        due[row[reached]] = self._passed(ticket[row[reached]], begins[reached], left, on_hours[reached], until)
        return due, ~np.isin(np.arange(len(run)), row[~known])

    def _passed(
        self, ticket: np.ndarray, began: np.ndarray, seconds: np.ndarray, business: np.ndarray, until: np.ndarray
    ) -> np.ndarray:
        """When so many seconds have passed, of opening hours or of the calendar."""
        found = began + seconds
        if "business" in self.rosters:
            on = business
            found[on] = self.rosters["business"].due(ticket[on], began[on], seconds[on], self.schedule_mode, until[on])
        return found

    def _is_late(self, pairs: _Pairs, due: np.ndarray, seconds: np.ndarray, business: np.ndarray) -> np.ndarray:
        """Whether a priority was lowered when the target before was nearly due, or over."""
        spells = self.policy_spells
        almost = np.ceil(seconds * (1 - LATE_SHARE)).astype(np.int64)
        nearly_due = self._due(pairs.run, almost, business)[0]
        before = np.maximum(np.arange(len(due)) - 1, 0)
        lowered = (spells.priority[pairs.spell] != spells.priority[pairs.spell][before]) & (due > due[before])
        return lowered & (spells.began[pairs.spell] >= nearly_due[before])

    def _numbered(self, found: dict[str, np.ndarray], opened: np.ndarray) -> Targets:
        """The targets with a row for each ticket that has none, numbered within their tickets."""
        spells = self.policy_spells
        unknown = (spells.policy == UNKNOWN_POLICY) | ((spells.policy > 0) & (spells.version < 0))
        blind = np.setdiff1d(spells.ticket[unknown], found["ticket"])
        rest = np.setdiff1d(np.intersect1d(spells.ticket, self.promisable.ticket), np.append(found["ticket"], blind))
        empty = np.append(blind, rest)
        state = np.repeat([TargetState.unmeasurable, TargetState.no_policy], [len(blind), len(rest)])
        fill = {
            "ticket": empty,
            "applied_at": self.tickets["created_at"][empty],
            "due_at": np.full(len(empty), NEVER),
            "fulfilled_at": np.full(len(empty), NEVER),
            "state": state,
        }
        whole = {
            # In whole numbers throughout: surrogates have more digits than a float.
            name: np.append(column, fill.get(name, np.zeros(len(empty), column.dtype))).astype(column.dtype)
            for name, column in found.items()
        }
        opened = np.append(opened, fill["applied_at"])
        order = np.lexsort((whole["applied_at"], whole["promised"], opened, whole["ticket"]))
        whole = {name: column[order] for name, column in whole.items()}
        of = whole["ticket"]
        return Targets(number=np.arange(len(of)) - np.searchsorted(of, of) + 1, **whole)
