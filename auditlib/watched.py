"""Timelines that remember what a formula looked at: which events decided a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import ModuleType
from typing import Any

import numpy as np

from auditlib.span import NEVER, Span
from auditlib.timelines import NOWHERE, Timelines


@dataclass(frozen=True)
class Watched(Timelines):
    """The same timelines; what is counted and whose moments are asked for is written down."""

    counted: list[np.ndarray] = field(default_factory=list)
    """Masks over the events."""
    placed: list[np.ndarray] = field(default_factory=list)
    """Positions, one a ticket."""
    followed: list[np.ndarray] = field(default_factory=list)
    """Moments of solves after which customers came back, one a ticket."""

    @classmethod
    def of(cls, t: Timelines) -> Watched:
        return cls(**{f.name: getattr(t, f.name) for f in fields(Timelines)})

    def count(self, mask: np.ndarray) -> np.ndarray:
        self.counted.append(np.asarray(mask, bool))
        return super().count(mask)

    def at(self, position: np.ndarray) -> np.ndarray:
        if len(position) == self.n:
            self.placed.append(np.asarray(position, np.int64))
        return super().at(position)

    def followed_solve_at(self, window: int | np.ndarray) -> np.ndarray:
        found = super().followed_solve_at(window)
        self.followed.append(found)
        return found


def deciding(t: Timelines, module: ModuleType, how: Mapping[str, Any], unit: int) -> list[int]:
    """Positions of the events that decided the value of one ticket (its row), the first to the last.

    A duration is decided by the events at its ends, a number by the events that were counted, and
    what rests on neither by the moments that were asked for. A module with `evidence` says it itself.
    """
    if hasattr(module, "evidence"):
        position = int(module.evidence(t, **how)[unit])
        return [] if position == NOWHERE else [position]
    watched = Watched.of(t)
    value = module.value(watched, **how)
    if isinstance(value, Span):
        return _at_moments(t, unit, [int(value.began[unit]), int(value.ended[unit])], watched.placed)
    followed = [int(moments[unit]) for moments in watched.followed]
    if any(moment != NEVER for moment in followed):
        return _at_moments(t, unit, followed, watched.placed)
    counted = np.zeros(t.m, bool)
    for mask in watched.counted:
        counted |= mask
    here = np.flatnonzero(counted & (t.events["ticket"] == unit))
    return here.tolist() or _mine(t, unit, watched.placed)


def _mine(t: Timelines, unit: int, placed: list[np.ndarray]) -> list[int]:
    found = {int(position[unit]) for position in placed} - {NOWHERE}
    return sorted(p for p in found if 0 <= p < t.m and t.events["ticket"][p] == unit)


def _at_moments(t: Timelines, unit: int, moments: list[int], placed: list[np.ndarray]) -> list[int]:
    """An event of the ticket at each moment: the one that the formula asked for, if it did."""
    asked, found = _mine(t, unit, placed), []
    at, first, last = t.events["occurred_at"], int(t.starts[unit]), int(t.starts[unit + 1])
    for moment in moments:
        here = [p for p in asked if at[p] == moment] or [p for p in range(first, last) if at[p] == moment]
        found += here[:1]
    return found
