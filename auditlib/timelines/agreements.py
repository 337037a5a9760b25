"""What service agreements promise, as arrays: the deadlines of those whose lengths audit.toml tells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np

NONE = -1
"""Seconds of a deadline that does not count such time."""


class Within(IntEnum):
    """What a deadline is about."""

    response = 1
    keep_in_loop = 2
    resolve = 3


@dataclass(frozen=True)
class Agreements:
    """One row a deadline, in (policy, within) order.

    policy: surrogate; within: `Within`; business, real: seconds of opening hours and then of the calendar (NONE
    where it counts none); later_business, later_real: what is added outside opening hours; ignored: a bit for
    each status in which there is no such deadline; puts_off: whether time in them puts it off.
    """

    policy: np.ndarray
    within: np.ndarray
    business: np.ndarray
    real: np.ndarray
    later_business: np.ndarray
    later_real: np.ndarray
    ignored: np.ndarray
    puts_off: np.ndarray

    @classmethod
    def of(cls, rows: Iterable[tuple[int, ...]]) -> Agreements:
        """Agreements of deadlines, each as the fields say."""
        ordered = sorted(rows)
        columns = zip(*ordered, strict=True) if ordered else [[]] * len(fields(cls))
        return cls(*(np.array(list(column), np.int64) for column in columns))

    @classmethod
    def none(cls) -> Agreements:
        return cls.of([])

    def is_described(self, policy: np.ndarray) -> np.ndarray:
        """Whether it is told what these policies promise."""
        return np.isin(policy, self.policy)

    def deadline(self, policy: np.ndarray, within: np.ndarray) -> np.ndarray:
        """Row of each policy's deadline; -1 where it has none such."""
        names = np.unique(np.append(self.policy, policy))
        width = max(Within) + 1
        held = np.searchsorted(names, self.policy) * width + self.within
        asked = np.searchsorted(names, policy) * width + within
        place = np.searchsorted(held, asked)
        return np.where(np.append(held, -1)[place] == asked, place, -1)
