"""When a team works: local weekly hours and holidays, compiled to intervals of UTC seconds."""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

MINUTES_A_DAY = 1440


class Weekly(NamedTuple):
    """Weekly hours as Zendesk writes them (minutes since Sunday), in force from a day on."""

    since: date
    intervals: tuple[tuple[int, int], ...]


class Holiday(NamedTuple):
    """A run of whole local days on which nobody works."""

    name: str
    first: date
    last: date


class OpenHours:
    """Open intervals of one schedule, answering in working seconds."""

    def __init__(self, opens: list[int], closes: list[int]) -> None:
        self.opens = opens
        self.closes = closes
        self.before = [0]
        for opened, closed in zip(opens, closes, strict=True):
            self.before.append(self.before[-1] + closed - opened)

    def worked(self, at: int) -> int:
        """Working seconds from the beginning of the calendar to the moment."""
        i = bisect_right(self.opens, at) - 1
        return 0 if i < 0 else self.before[i] + min(at, self.closes[i]) - self.opens[i]

    def between(self, begin: int, end: int) -> int:
        """Working seconds between two moments."""
        return self.worked(end) - self.worked(begin)

    def after(self, at: int, seconds: int) -> int:
        """The moment at which so many working seconds have passed."""
        target = self.worked(at) + max(1, seconds)
        i = min(bisect_right(self.before, target - 1), len(self.opens)) - 1
        return self.opens[i] + target - self.before[i]

    def close_of_day(self, at: int, days: int = 0) -> int:
        """When work ends on the day of the moment, or on a later working day."""
        i = min(bisect_right(self.closes, at) + days, len(self.closes) - 1)
        return self.closes[i]


def compiled(zone: str, weeks: tuple[Weekly, ...], holidays: tuple[Holiday, ...], first: date, last: date) -> OpenHours:
    """The open hours of a schedule between two days, with every change of hours and of clocks."""
    tz = ZoneInfo(zone)
    opens: list[int] = []
    closes: list[int] = []
    day = first
    while day <= last:
        if not any(h.first <= day <= h.last for h in holidays):
            for begin, end in _minutes_of(day, weeks):
                opened, closed = _utc(day, begin, tz), _utc(day, end, tz)
                if closed > opened:
                    opens.append(opened)
                    closes.append(closed)
        day += timedelta(days=1)
    return OpenHours(opens, closes)


def _minutes_of(day: date, weeks: tuple[Weekly, ...]) -> list[tuple[int, int]]:
    in_force = [w for w in weeks if w.since <= day] or [weeks[0]]
    midnight = day.isoweekday() % 7 * MINUTES_A_DAY
    cut = [(max(begin - midnight, 0), min(end - midnight, MINUTES_A_DAY)) for begin, end in in_force[-1].intervals]
    return sorted((begin, end) for begin, end in cut if begin < end)


def _utc(day: date, minute: int, tz: ZoneInfo) -> int:
    wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)
    return int(wall.replace(tzinfo=tz).astimezone(UTC).timestamp())
