"""A duration with its state, so that the unanswered can't be lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np

NEVER = np.iinfo(np.int64).max
"""The moment of what has not happened."""


class State(IntEnum):
    """What is known of a duration."""

    observed = 1
    """It began and ended; the minutes are its length."""
    waiting = 2
    """It began and has not ended by the watermark: no minutes yet, and never a zero."""
    closed_unanswered = 3
    """Nobody ended it: the case was closed instead. It stays at risk in every percentile."""
    not_applicable = 4
    """It never began."""
    unmeasurable = 5
    """It cannot be known; the reason says why."""


class Reason(IntEnum):
    """Why a measure is unmeasurable."""

    none = 0
    no_schedule = 1
    no_history = 2
    not_told = 3
    quarantined = 4
    deleted = 5


@dataclass(frozen=True)
class Parts:
    """Parts of tickets' time, in (ticket, time) order: each one's ticket, and when it began and ended.

    `ended` is NEVER for what had not ended at the watermark, which is at most one part a ticket.
    """

    ticket: np.ndarray
    began: np.ndarray
    ended: np.ndarray

    def __len__(self) -> int:
        return len(self.ticket)

    def ended_ones(self) -> Parts:
        """Those that have ended."""
        over = self.ended != NEVER
        return Parts(self.ticket[over], self.began[over], self.ended[over])


@dataclass(frozen=True)
class Span:
    """Durations of n units, in minutes, with the state of each.

    `minutes` is NaN unless the state is observed; `began` and `ended` are moments in seconds, NEVER
    where there is none. What was closed unanswered began, and never ended.

    A sum of parts has `accrued`, the minutes of its parts that have ended. Its `began` is since when it
    runs on from there, NEVER while it does not run. Where it was closed unanswered, its minutes are those
    up to the close.

    `seen_until`: up to which moment it is known that what waits still does, where another source decides that too;
    the ticket's own watermark if it is None.
    """

    minutes: np.ndarray
    state: np.ndarray
    reason: np.ndarray
    began: np.ndarray
    ended: np.ndarray
    accrued: np.ndarray | None = None
    seen_until: np.ndarray | None = None

    def __len__(self) -> int:
        return len(self.minutes)

    def where(self, applies: np.ndarray, state: State = State.not_applicable) -> Span:
        """The same, but in another state (and without minutes) wherever `applies` is false."""
        return replace(
            self,
            minutes=np.where(applies, self.minutes, np.nan),
            state=np.where(applies, self.state, np.int8(state)),
            reason=np.where(applies, self.reason, np.int8(Reason.none)),
            ended=np.where(applies, self.ended, NEVER),
        )

    def unmeasurable(self, cannot: np.ndarray, reason: Reason) -> Span:
        """The same, but unmeasurable for this reason wherever `cannot` is true."""
        return replace(
            self,
            minutes=np.where(cannot, np.nan, self.minutes),
            state=np.where(cannot, np.int8(State.unmeasurable), self.state),
            reason=np.where(cannot, np.int8(reason), self.reason),
        )
