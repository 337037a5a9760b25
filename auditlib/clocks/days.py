"""The local days of a schedule: which are worked, and when each closes."""

from __future__ import annotations

import dataclasses
import datetime

import numpy as np

from auditlib.clocks.hours import Moments, OpenHours
from auditlib.clocks.zones import DAY, zone

EPOCH = datetime.date(1970, 1, 1).toordinal()


@dataclasses.dataclass(frozen=True, eq=False)
class Days:
    """Consecutive local days of one schedule, numbered since 1970-01-01; days outside of them are none of ours.

    A day closes with its last open second; a day without any opening hours, at its midnight.
    """

    first: int
    starts: Moments
    """When each day begins, and when the last one ends."""
    closes: Moments
    worked: Moments
    """The numbers of the days with opening hours, in order."""
    zone: str

    @classmethod
    def of(cls, hours: OpenHours) -> Days:
        """All whole days within the horizon of the hours."""
        where = zone(hours.zone)
        first = hours.since // DAY + 2
        days = range(first, hours.until // DAY - 1)
        starts = np.array([_midnight(day, where) for day in days], np.int64)
        begins, ends = starts[:-1], starts[1:]
        spans = hours.spans()
        last = np.searchsorted(spans[:, 0], ends) - 1
        shuts = np.append(spans[:, 1], hours.since)[last]
        is_worked = shuts > begins
        closes = np.where(is_worked, np.minimum(shuts, ends), ends)
        return cls(first, starts, closes, first + np.flatnonzero(is_worked), hours.zone)

    def day(self, at: Moments) -> Moments:
        """The day on which a moment lies."""
        return self.first + np.searchsorted(self.starts, at, side="right") - 1

    def end(self, day: Moments) -> Moments:
        """The midnight that ends a day; that of UTC for days far away."""
        return self._of(self.starts[1:], day)

    def close(self, day: Moments) -> Moments:
        """When work ends on a day; its midnight where nobody works, that of UTC for days far away."""
        return self._of(self.closes, day)

    def working_day(self, day: Moments, count: Moments) -> Moments:
        """The working day that comes so many working days after a day."""
        place = np.searchsorted(self.worked, day, side="right") + count - 1
        known = np.append(self.worked, self.first + len(self.closes))
        return known[np.minimum(place, len(self.worked))]

    def next_close(self, at: Moments) -> Moments:
        """The first close of a working day behind a moment."""
        closes = self.closes[self.worked - self.first]
        return np.append(closes, self.starts[-1])[np.searchsorted(closes, at, side="right")]

    def wall(self, day: Moments, minute: Moments) -> Moments:
        """The moment at which the wall clock shows so many minutes of a day; 1440 is its midnight."""
        where = zone(self.zone)
        told = [_midnight(int(d), where, int(m)) for d, m in zip(day, minute, strict=True)]
        return np.array(told, np.int64).reshape(len(day))

    def _of(self, known: Moments, day: Moments) -> Moments:
        place = day - self.first
        is_known = (place >= 0) & (place < len(known))
        return np.where(is_known, known[np.clip(place, 0, len(known) - 1)], (day + 1) * DAY)


def _midnight(day: int, where: datetime.tzinfo, minute: int = 0) -> int:
    wall = datetime.datetime.combine(datetime.date.fromordinal(EPOCH + day), datetime.time(), where)
    return int((wall + datetime.timedelta(minutes=minute)).timestamp())
