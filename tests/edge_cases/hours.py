"""Opening hours by looking at the wall clock every quarter of an hour, and the moments between in proportion."""

from __future__ import annotations

import bisect
import functools
import itertools
from datetime import datetime

from tests.edge_cases.company import CLOSED, SCHEDULES, TOLD, at
from tests.obvious.clock import _zone, shows_open

QUARTER = 15 * 60
BEGIN, END = at("2024-12-01 00:00"), at("2027-01-01 00:00")


@functools.cache
def _opened(name: str) -> list[int]:
    """Seconds open from BEGIN up to each quarter of an hour; every zone here shifts by whole quarters."""
    _, zone, intervals, closed = SCHEDULES[name] if name != "told" else (0, "Europe/Berlin", TOLD, CLOSED)
    wall = _zone(zone)
    quarters = (shows_open(datetime.fromtimestamp(q, wall), intervals, closed) for q in range(BEGIN, END, QUARTER))
    return [0, *itertools.accumulate(QUARTER * is_open for is_open in quarters)]


def until(name: str, moment: int) -> int:
    """Open seconds from BEGIN until a moment; `told` are the hours that customers are told."""
    opened = _opened(name)
    quarter, rest = divmod(moment - BEGIN, QUARTER)
    return opened[quarter] + rest * (opened[quarter + 1] > opened[quarter])


def reached(name: str, moment: int, seconds: int) -> int:
    """The first moment from this one on by which so many seconds were open."""
    opened, wanted = _opened(name), until(name, moment) + seconds
    quarter = bisect.bisect_left(opened, wanted)
    return max(moment, BEGIN + quarter * QUARTER - (opened[quarter] - wanted))
