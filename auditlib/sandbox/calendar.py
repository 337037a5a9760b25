"""When customers write: more each week, on working days, and by day."""

from __future__ import annotations

from bisect import bisect
from itertools import accumulate
from random import Random

from auditlib.sandbox.company import Region
from auditlib.sandbox.instants import DAY, HOUR

GROWTH = 0.5
BY_WEEKDAY = [0.45, 1.25, 1.15, 1.05, 1.0, 0.95, 0.5]
BY_HOUR = [1, 1, 1, 1, 1, 2, 4, 7, 11, 13, 13, 12, 10, 11, 11, 10, 9, 8, 7, 7, 6, 5, 3, 2]
SUNDAY = 3 * DAY
"""The first Sunday of 1970 began this many seconds into it."""


class Arrivals:
    """Draws the moments at which issues begin."""

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end
        days = max(1, -(-(end - start) // DAY))
        weights = []
        for day in range(days):
            weekday = (start + day * DAY - SUNDAY) // DAY % 7
            weights.append(BY_WEEKDAY[weekday] * (1 + GROWTH * day / days))
        self.days = list(accumulate(weights))
        self.hours = list(accumulate(BY_HOUR))

    def moment(self, rng: Random, region: Region) -> int:
        """A moment in the world at which somebody in that region would write."""
        day = min(bisect(self.days, rng.random() * self.days[-1]), len(self.days) - 1)
        hour = bisect(self.hours, rng.random() * self.hours[-1])
        at = self.start + day * DAY + (hour - region.utc_offset_hours) * HOUR + rng.randrange(HOUR)
        return min(max(at, self.start), self.end - 1)
