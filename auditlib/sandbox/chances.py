"""Chance: weighted choices, added up once because a large world draws millions, and spans of time."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Chances(Generic[T]):
    """Things to draw from, each with its weight."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        self.things = list(weights)
        self.bounds = list(accumulate(weights.values()))

    def draw(self, rng: Random) -> T:
        """One of the things."""
        at = bisect(self.bounds, rng.random() * self.bounds[-1])
        return self.things[min(at, len(self.things) - 1)]


def soon(rng: Random, seconds: int) -> int:
    """A span around so many seconds, rarely much longer."""
    return max(20, round(seconds * rng.lognormvariate(0.0, 0.7)))


def a_moment(rng: Random) -> int:
    """From twenty seconds to less than five minutes."""
    return rng.randint(20, 290)
