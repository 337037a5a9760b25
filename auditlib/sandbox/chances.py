"""Weighted choices, added up once: half a million draws are made for a large world."""

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
