"""Hours of a week, in minutes since Monday: put together, and taken away from each other."""

from __future__ import annotations

from collections.abc import Iterable

Hours = tuple[int, int]


def merged(hours: Iterable[Hours]) -> list[Hours]:
    """The same hours in order, none of them twice."""
    found: list[Hours] = []
    for begin, end in sorted(hours):
        if found and begin < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return found


def without(hours: Iterable[Hours], taken: Iterable[Hours]) -> list[Hours]:
    """What is left of hours when others are taken away."""
    left = list(hours)
    for begin, end in taken:
        left = [
            part for one in left for part in ((one[0], min(one[1], begin)), (max(one[0], end), one[1]))
            if part[0] < part[1]
        ]  # fmt: skip
    return left
