"""What agents promise to do by when, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

import numpy as np

from auditlib.caselog.dues import By
from auditlib.caselog.words import Marker
from auditlib.clocks import OpenHours
from auditlib.span import NEVER
from auditlib.timelines.events import NOWHERE
from auditlib.timelines.falling_due import due_moments
from auditlib.timelines.spans import Spans
from auditlib.timelines.talk import Talk


class Kept(IntEnum):
    """What became of a promise. A vague or an ambiguous one cannot be decided."""

    undecidable = 0
    kept = 1
    late = 2
    broken = 3
    superseded = 4
    withdrawn = 5
    pending = 6


@dataclass(frozen=True)
class Promises:
    """Public messages in which a human of ours promises something, in (ticket, time) order; one promise each."""

    ticket: np.ndarray
    number: np.ndarray
    position: np.ndarray
    """The message that promises."""
    due_at: np.ndarray
    """NEVER where nobody can say by when."""
    on_hours: np.ndarray
    """Whether opening hours decide when it is due."""
    is_vague: np.ndarray
    is_ambiguous: np.ndarray
    state: np.ndarray
    fulfilled: np.ndarray
    """The position of the message that kept it, in time or late; NOWHERE if none did."""

    def __len__(self) -> int:
        return len(self.ticket)


class Promising(Talk, Spans):
    """Promises and what keeps them."""

    @cached_property
    def promises(self) -> Promises:
        """Every promise with its due moment and what became of it."""
        made = np.flatnonzero(self._promises_something)
        of = self.events["ticket"][made]
        is_vague = ~self.marked(Marker.promise)[made]
        due_at, on_hours = self._falls_due(made, is_vague)
        due_at = np.where(due_at > self.at(made), due_at, NEVER)
        is_ambiguous = ~is_vague & (due_at == NEVER)
        number = np.arange(len(made)) - np.searchsorted(of, of) + 1
        state, fulfilled = self._promises_became(made, due_at)
        on_hours &= due_at != NEVER
        return Promises(of, number, made, due_at, on_hours, is_vague, is_ambiguous, state, fulfilled)

    @cached_property
    def keeps_promises(self) -> np.ndarray:
        """Public human messages that say something: no receipt, no further promise, unless they solve the case."""
        says = self.replies & ~self._promises_something & ~self.marked(Marker.acknowledgement)
        second = np.cumsum(self._begins_second)
        solved = np.isin(second, second[self.solves & self.by_agent])
        return says | (self.replies & solved)

    @cached_property
    def chased_after_due(self) -> np.ndarray:
        """Per promise: whether the customer wrote after it was due and before it was fulfilled."""
        promises = self.promises
        asked = np.append(0, np.cumsum(self.asks))
        behind = self._behind_moment(promises.ticket, promises.due_at)
        until = np.minimum(promises.fulfilled, self.starts[1:][promises.ticket])
        return asked[np.maximum(until, behind)] > asked[behind]

    @cached_property
    def _promises_something(self) -> np.ndarray:
        return self.replies & (self.marked(Marker.promise) | self.marked(Marker.vague_promise))

    def _promises_became(self, made: np.ndarray, due_at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """State and fulfilling message of each promise: what comes first until it is due decides."""
        fulfilled = self.first_behind(self.keeps_promises, made)
        renewed = self.first_behind(self.replies & self.marked(Marker.promise), made)
        taken_back = self.first_behind(self.is_said & self.marked(Marker.withdrawal), made)
        first = np.minimum(np.minimum(fulfilled, renewed), taken_back)
        in_time = np.where(first == fulfilled, Kept.kept, np.where(first == renewed, Kept.superseded, Kept.withdrawn))
        # What the source tells up to the watermark decides; whatever falls due there is not over.
        missed = np.where(due_at >= self.mature_until, Kept.pending, Kept.broken)
        missed = np.where(fulfilled != NOWHERE, Kept.late, missed)
        state = np.where(self.at(first) <= due_at, in_time, missed)
        state = np.where(due_at == NEVER, Kept.undecidable, state)
        return state, np.where((state == Kept.kept) | (state == Kept.late), fulfilled, NOWHERE)

    def _falls_due(self, made: np.ndarray, is_vague: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """When each promise falls due, NEVER if that cannot be said, and whether opening hours decided it."""
        code, at = self.events["new"][made], self.at(made)
        due_at, on_hours = np.full(len(made), NEVER), np.zeros(len(made), bool)
        readable = ~is_vague & (code > 0) & (code & 15 != By.ambiguous)
        for clock in ("business", "local"):
            if clock not in self.rosters:
                continue
            roster = self.rosters[clock]
            open_ = np.flatnonzero(readable & (due_at == NEVER))
            kept = roster.kept(self.events["ticket"][made[open_]], at[open_])
            for number in np.unique(kept[kept >= 0]):
                rows = open_[kept == number]
                hours: OpenHours = roster.schedules[number]
                due_at[rows] = due_moments(hours, at[rows], code[rows])
                on_hours[rows] = (clock == "business") & (code[rows] & 15 != By.minutes)
        return due_at, on_hours

    def _behind_moment(self, ticket: np.ndarray, moment: np.ndarray) -> np.ndarray:
        """For each moment of a ticket, the position of its first event later than that, or where its events end."""
        if not self.m:
            return np.zeros(len(ticket), np.int64)
        at = self.events["occurred_at"]
        begin, stride = at.min(), at.max() - at.min() + 2
        key = self.events["ticket"] * stride + (at - begin)
        return np.searchsorted(key, ticket * stride + np.clip(moment - begin, -1, stride - 1), side="right")
