"""Business time a second time: slow, plain, and without a line of auditlib.

Two ways to count what the compiled clock counts: every minute for itself, which no one can
misread, and day by day as most scripts do it, which the benchmark races against.
"""

from __future__ import annotations

import functools
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from zoneinfo import ZoneInfo

Intervals = tuple[tuple[int, int], ...]
Holidays = tuple[tuple[str, str], ...]


def minute_by_minute(intervals: Intervals, zone: str, holidays: Holidays, start: int, end: int) -> int:
    """Open seconds in [start, end): looks at the wall clock at the beginning of every minute.

    Right for every zone whose offset is a whole number of minutes, so for all since 1972.
    """
    where = _zone(zone)
    return sum(
        min(minute + 60, end) - max(minute, start)
        for minute in range(start - start % 60, end, 60)
        if shows_open(datetime.fromtimestamp(minute, where), intervals, holidays)
    )


def shows_open(wall: datetime, intervals: Intervals, holidays: Holidays) -> bool:
    """Whether the wall clock shows an opening time that is no holiday."""
    of_week = wall.weekday() * 1440 + wall.hour * 60 + wall.minute
    is_hours = any(opens <= of_week + week < closes for opens, closes in intervals for week in (0, 10080))
    return is_hours and not any(_covers(wall, first, last) for first, last in holidays)


def _covers(wall: datetime, first: str, last: str) -> bool:
    begins = first if "T" in first else f"{first}T00:00"
    ends = last if "T" in last else f"{last}T24:00"
    shown = wall.strftime("%Y-%m-%dT%H:%M")
    return begins <= shown < ends


def day_by_day(intervals: Intervals, zone: str, holidays: set[date], start: int, end: int) -> int:
    """Open seconds in [start, end), whole-day holidays only, looping over the days between."""
    where = _zone(zone)
    day = datetime.fromtimestamp(start, where).date()
    final = datetime.fromtimestamp(end, where).date()
    seconds = 0
    while day <= final:
        if day not in holidays:
            for opens, closes in intervals:
                if opens // 1440 == day.weekday():
                    begin, finish = (_instant(day, minute % 1440, where) for minute in (opens, closes))
                    seconds += max(0, min(finish, end) - max(begin, start))
        day += timedelta(days=1)
    return seconds


@functools.cache
def _zone(name: str) -> ZoneInfo:
    """The zone of the tzdata package: the machine's own may be older and know other rules."""
    with resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


def _instant(day: date, minute: int, where: ZoneInfo) -> int:
    wall = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=where)
    return int(wall.astimezone(UTC).timestamp())
