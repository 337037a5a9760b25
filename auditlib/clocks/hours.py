"""The open hours of one schedule, compiled to UTC seconds and answered for whole arrays."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray

from auditlib.clocks.zones import DAY, stretches, zone

MINUTE = 60
MINUTES_A_WEEK = 10_080
WEEK = 7 * DAY
A_MONDAY = 4 * DAY  # 1970-01-05 00:00
BUCKET = 12  # bits: 4096 seconds
NEVER = np.iinfo(np.int64).max
CHUNK = 65_536  # moments whose lookups stay in the processor's cache: twice as fast as all at once

Moments = NDArray[np.int64]


class BeyondHorizon(ValueError):
    """A moment outside the time for which hours were compiled. Nothing is extrapolated."""


@dataclasses.dataclass(frozen=True, eq=False)
class OpenHours:
    """The open time of one schedule within [since, until), in UTC epoch seconds.

    The open time before a moment that follows opening i is min(moment - lead[i], total[i]):
    the first while open, the second once closed. Opening 0 is none: it comes before them all.
    Time is cut into buckets of about an hour that know the opening in force as they begin, so
    finding i is a lookup and a step or two: nine times as fast as a binary search.
    """

    since: int
    until: int
    lead: Moments
    """Each opening less the open time before it."""
    total: Moments
    """The open time up to each closing."""
    following: Moments
    """The opening after each."""
    entering: NDArray[np.intp]
    """The opening in force as each bucket begins."""
    steps: int
    """The most openings within one bucket."""
    zone: str = "UTC"
    """Whose days they are."""

    @classmethod
    def compile(
        cls,
        intervals: Iterable[tuple[int, int]],
        time_zone: str,
        holidays: Iterable[tuple[str, str]],
        since: int,
        until: int,
    ) -> OpenHours:
        """The hours of a week, less holidays, as UTC seconds of the horizon [since, until).

        `intervals` are local minutes since Monday 00:00, half open; they may overlap, run past
        Sunday midnight (10080), or be none at all. `holidays` are pairs of local dates, both
        closed, or of local times ("2026-12-24T12:00", "2026-12-24T24:00"); they clip what they
        touch and never drop the rest of a shift. A mistake in either is a ValueError.
        """
        if since >= until:
            raise ValueError(f"a horizon from {since} until {until} is empty")
        weekly, closed = _weekly(intervals), _closed(holidays)
        local = _less(_repeated(weekly, since, until), closed)
        hours = cls.of(_instants(local, time_zone, since, until), since, until)
        return dataclasses.replace(hours, zone=time_zone)

    @classmethod
    def of(cls, spans: Moments, since: int, until: int) -> OpenHours:
        """The hours that are open in sorted, disjoint [opens, closes) of the horizon."""
        opens, total = spans[:, 0], np.append(0, np.cumsum(spans[:, 1] - spans[:, 0]))
        buckets = np.arange(since >> BUCKET, (until >> BUCKET) + 1) << BUCKET
        entering = np.searchsorted(opens, buckets, side="right")
        return cls(
            since,
            until,
            lead=np.append(since, opens - total[:-1]),
            total=total,
            following=np.append(opens, NEVER),
            entering=entering,
            steps=int(np.diff(entering, append=len(opens)).max()),
        )

    def seconds(self, start: ArrayLike, end: ArrayLike) -> Moments:
        """Open seconds in each [start, end), int64. Moments are UTC epoch seconds.

        Raises BeyondHorizon for a moment outside the horizon, ValueError for end < start.
        """
        start, end = moments(start, end)
        self.check(start, end)
        open_seconds = np.empty(len(start), np.int64)
        for part in chunks(len(start)):
            open_seconds[part] = self.before(end[part]) - self.before(start[part])
        return open_seconds

    def add(self, start: ArrayLike, seconds: ArrayLike) -> Moments:
        """The first moment at which so many open seconds have passed since start; int64 epoch seconds.

        A due time that falls on the closing is the closing, not the next opening. Raises
        BeyondHorizon where the horizon ends before that, ValueError for negative seconds.
        """
        start, wanted = moments(start, seconds)
        self.check(start, start)
        if np.any(wanted < 0):
            raise ValueError(f"{wanted.min()} open seconds cannot pass: they are negative")
        target = self.before(start) + wanted
        if len(target) and target.max() > self.total[-1]:
            raise BeyondHorizon(f"the open time asked for passes only after the horizon's end, {self.until}")
        due = target + self.lead[np.searchsorted(self.total, target, side="left")]
        return np.where(wanted == 0, start, due)

    def before(self, moments: Moments) -> Moments:
        """Open seconds from the horizon's beginning to each moment; unchecked, for few moments at a time."""
        latest = self.entering.take((moments >> BUCKET) - (self.since >> BUCKET))
        for _ in range(self.steps):
            latest += moments >= self.following.take(latest)
        return np.minimum(moments - self.lead.take(latest), self.total.take(latest))

    def spans(self) -> Moments:
        """The openings and closings, one row each: sorted, disjoint, half open."""
        return np.stack([self.following[:-1], (self.lead + self.total)[1:]], axis=1)

    def check(self, start: Moments, end: Moments) -> None:
        """Nothing, if every [start, end) lies within the horizon and none ends before it starts."""
        if not len(start):
            return
        if np.any(end < start):
            worst = int(np.argmin(end - start))
            raise ValueError(f"an interval ends at {end[worst]}, before it starts at {start[worst]}")
        if start.min() < self.since or end.max() > self.until:
            raise BeyondHorizon(
                f"moments from {start.min()} to {end.max()} leave the compiled horizon "
                f"[{self.since}, {self.until}): compile the hours for a longer time"
            )


def chunks(length: int) -> Iterator[slice]:
    """Slices that cover so many rows, each small enough for the processor's cache."""
    return (slice(first, first + CHUNK) for first in range(0, length, CHUNK))


def moments(first: ArrayLike, second: ArrayLike) -> tuple[Moments, Moments]:
    """Both as int64 arrays of one length; a ValueError if they hold anything but integers."""
    one, other = np.broadcast_arrays(np.atleast_1d(first), np.atleast_1d(second))
    for array in (one, other):
        if len(array) and array.dtype.kind not in "iu":
            raise ValueError(f"moments are whole epoch seconds (integers), not {array.dtype}")
    return one.astype(np.int64, copy=False), other.astype(np.int64, copy=False)


def _weekly(intervals: Iterable[tuple[int, int]]) -> Moments:
    """The week's intervals in seconds since Monday 00:00, one row each."""
    week = [(int(opens), int(closes)) for opens, closes in intervals]
    for opens, closes in week:
        if not (0 <= opens < MINUTES_A_WEEK and opens < closes <= opens + MINUTES_A_WEEK):
            raise ValueError(
                f"({opens}, {closes}) is no interval of a week: it opens at a minute from 0 to "
                f"{MINUTES_A_WEEK - 1} since Monday 00:00 and closes later, at most a week later"
            )
    return _spans(week) * MINUTE


def _closed(holidays: Iterable[tuple[str, str]]) -> Moments:
    """The holidays in local seconds, one row each, half open."""
    closed = []
    for first, last in holidays:
        closed.append((_local(first, 0), _local(last, DAY)))
        if closed[-1][0] >= closed[-1][1]:
            raise ValueError(f"the holiday from {first} to {last} ends before it begins")
    return _spans(closed)


def _local(text: str, of_a_date: int) -> int:
    """A local date or time as seconds of a clock that knows no zones."""
    try:
        day, _, time = text.partition("T")
        midnight = int(np.datetime64(day, "D").astype(np.int64)) * DAY
        if not time:
            return midnight + of_a_date
        hour, minute = (int(part) for part in time.split(":"))
    except ValueError:
        raise ValueError(f"{text!r} is not a local day or time such as 2026-12-24T12:00") from None
    if not 0 <= hour * 60 + minute <= 24 * 60 or minute > 59:
        raise ValueError(f"{text!r} names no time of a day; write 00:00 to 24:00")
    return midnight + (hour * 60 + minute) * MINUTE


def _repeated(weekly: Moments, since: int, until: int) -> Moments:
    """The week's intervals in every local week that the horizon may touch, in any zone."""
    first = (since - A_MONDAY) // WEEK - 2
    last = (until - A_MONDAY) // WEEK + 2
    mondays = A_MONDAY + np.arange(first, last, dtype=np.int64) * WEEK
    return (mondays[:, None, None] + weekly[None]).reshape(-1, 2)


def _instants(local: Moments, time_zone: str, since: int, until: int) -> Moments:
    """The UTC seconds at which the zone's wall clock shows a time within the local spans."""
    pieces = []
    for begin, end, ahead in stretches(zone(time_zone), since, until):
        piece = np.clip(local - ahead, begin, end)
        pieces.append(piece[piece[:, 0] < piece[:, 1]])
    return _less(np.concatenate(pieces), _spans([]))


def _less(spans: Moments, closed: Moments) -> Moments:
    """What is in at least one span and in no closed one: sorted, disjoint, merged where they meet."""
    count, away = len(spans), len(closed)
    edges = np.concatenate([spans[:, 0], spans[:, 1], closed[:, 0], closed[:, 1]])
    shut = count + 1  # weighs more than all spans together
    weights = np.repeat([1, -1, -shut, shut], [count, count, away, away])
    order = np.argsort(edges, kind="stable")
    edges, depth = edges[order], np.cumsum(weights[order])
    is_settled = np.append(edges[1:] != edges[:-1], True)[: len(edges)]
    edges, is_open = edges[is_settled], depth[is_settled] > 0
    changes = np.flatnonzero(np.diff(is_open, prepend=False))
    return edges[changes].reshape(-1, 2)


def _spans(pairs: list[tuple[int, int]]) -> Moments:
    return np.array(pairs, np.int64).reshape(-1, 2)
