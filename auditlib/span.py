"""A duration with its state, so that the unanswered can't be lost."""

from __future__ import annotations

from dataclasses import dataclass
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
class Span:
    """Durations of n units, in minutes, with the state of each.

    `minutes` is NaN unless the state is observed; `began` and `ended` are moments in seconds, NEVER
    where there is none. What was closed unanswered began, and never ended.
    """

    minutes: np.ndarray
    state: np.ndarray
    reason: np.ndarray
    began: np.ndarray
    ended: np.ndarray

    def __len__(self) -> int:
        return len(self.minutes)

    def where(self, applies: np.ndarray, state: State = State.not_applicable) -> Span:
        """The same, but in another state (and without minutes) wherever `applies` is false."""
        return Span(
            np.where(applies, self.minutes, np.nan),
            np.where(applies, self.state, np.int8(state)),
            np.where(applies, self.reason, np.int8(Reason.none)),
            self.began,
            np.where(applies, self.ended, NEVER),
        )

    def unmeasurable(self, cannot: np.ndarray, reason: Reason) -> Span:
        """The same, but unmeasurable for this reason wherever `cannot` is true."""
        return Span(
            np.where(cannot, np.nan, self.minutes),
            np.where(cannot, np.int8(State.unmeasurable), self.state),
            np.where(cannot, np.int8(reason), self.reason),
            self.began,
            self.ended,
        )
