"""Business seconds a second: the compiled clock and the roster against a loop over days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from auditlib.clocks import OpenHours, Roster, read_holidays, read_hours
from benchmarks.alone import cpu_seconds
from benchmarks.results import Finding
from tests.obvious.clock import day_by_day

SINCE, UNTIL = 1_704_067_200, 1_767_225_600  # 2024 and 2025
SCHEDULES = (
    ("Mon-Fri 09:00-17:00 Europe/Berlin", "DE-BE"),
    ("Mon-Fri 08:00-12:00 13:00-18:00, Sat 10:00-14:00 America/New_York", "US"),
    ("Mon-Sat 09:30-18:30 Asia/Kolkata", "IN"),
    ("24/7 UTC", None),
)
SIZE = 200_000
"""Tickets, with ten intervals each."""
LOOPED = 2_000  # as many as the loop over days gets


def run(size: int) -> Iterator[Finding]:
    """Intervals a second of CPU: four ways of the compiled clock, and the loop over days beside them."""
    tickets, intervals = size, 10 * size
    hours = [compiled(*schedule) for schedule in SCHEDULES]
    random = np.random.default_rng(1)
    start = random.integers(SINCE, UNTIL - 60 * 86_400, intervals)
    end = start + random.exponential(3 * 86_400, intervals).astype(np.int64) % (59 * 86_400)
    quarter = intervals // len(hours)
    parts = [slice(place * quarter, (place + 1) * quarter) for place in range(len(hours))]
    roster, ticket = a_roster(hours, random, tickets, intervals)
    slow = cpu_seconds(lambda: loop(start, end)) / LOOPED
    yield Finding(benchmark="clocks", way="loop over days", amount=LOOPED, of="intervals", cpu_seconds=slow * LOOPED)
    for name, way in {
        "OpenHours.seconds": lambda: [
            one.seconds(start[part], end[part]) for one, part in zip(hours, parts, strict=True)
        ],
        "Roster.seconds, in order": lambda: roster.seconds(ticket, start, end),
        "Roster.seconds, last": lambda: roster.seconds(ticket, start, end, mode="last"),
        "OpenHours.add": lambda: [
            one.add(start[part], end[part] % 28_800) for one, part in zip(hours, parts, strict=True)
        ],
    }.items():
        yield _finding(name, intervals, cpu_seconds(way), slow)


def _finding(name: str, intervals: int, spent: float, slow: float) -> Finding:
    faster = slow * intervals / spent
    bar = {"bar": "at least 50 times", "is_met": faster >= 50}
    told = {"benchmark": "clocks", "way": name, "amount": intervals, "of": "intervals", "against": "the loop"}
    return Finding(**told, cpu_seconds=spent, times_faster=faster, **bar)


def a_roster(
    hours: list[OpenHours], random: np.random.Generator, tickets: int, intervals: int
) -> tuple[Roster, np.ndarray]:
    """Tickets, a tenth of which change their schedule once, and their intervals in order."""
    changed = np.arange(0, tickets, 10)
    owner = np.append(np.arange(tickets), changed)
    since = np.append(np.full(tickets, SINCE), random.integers(SINCE, UNTIL, len(changed)))
    roster = Roster(owner, since, random.integers(0, len(hours), len(owner)), hours)
    return roster, np.sort(random.integers(0, tickets, intervals))


def compiled(text: str, calendar: str | None) -> OpenHours:
    holidays = read_holidays(calendar, [2024, 2025]) if calendar else ()
    return OpenHours.compile(*read_hours(text), holidays, SINCE, UNTIL)


def loop(start: np.ndarray, end: np.ndarray) -> None:
    """A few of the intervals on the first schedule, one day after the other."""
    text, calendar = SCHEDULES[0]
    intervals, where = read_hours(text)
    closed = {date.fromisoformat(first) for first, _ in read_holidays(str(calendar), [2024, 2025])}
    for begin, finish in zip(start[:LOOPED].tolist(), end[:LOOPED].tolist(), strict=True):
        day_by_day(intervals, where, closed, begin, finish)
