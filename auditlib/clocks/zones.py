"""Time zones from the tzdata package, and the moments at which a zone changes its clocks."""

from __future__ import annotations

import difflib
import functools
from datetime import datetime
from importlib import resources
from zoneinfo import ZoneInfo

DAY = 86_400


@functools.cache
def zone(name: str) -> ZoneInfo:
    """The zone of an IANA name; a ValueError that offers likely names if there is none.

    It is read from the tzdata package, never from the machine: the same release of the audit
    gives the same business minutes everywhere.
    """
    if name not in _names():
        likely = difflib.get_close_matches(name, _names(), n=3, cutoff=0.5)
        remedy = " or ".join(likely) if likely else "an IANA name such as Europe/Berlin"
        raise ValueError(f"{name!r} is not a time zone; write {remedy}")
    with resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


@functools.lru_cache(maxsize=256)
def stretches(where: ZoneInfo, since: int, until: int) -> tuple[tuple[int, int, int], ...]:
    """The horizon cut at changes of the clocks: (first second, end, seconds ahead of UTC)."""
    found: list[tuple[int, int, int]] = []
    begin, end = since, since
    while end < until:
        following = min(end + DAY, until)
        if _ahead(where, following) != _ahead(where, begin):
            following = _change(where, end, following)
            found.append((begin, following, _ahead(where, begin)))
            begin = following
        end = following
    if begin < until:
        found.append((begin, until, _ahead(where, begin)))
    return tuple(found)


def _change(where: ZoneInfo, before: int, after: int) -> int:
    """The first second with the new offset. No zone changes its clocks twice in a day."""
    old = _ahead(where, before)
    while after - before > 1:
        middle = (before + after) // 2
        if _ahead(where, middle) == old:
            before = middle
        else:
            after = middle
    return after


def _ahead(where: ZoneInfo, moment: int) -> int:
    ahead = datetime.fromtimestamp(moment, where).utcoffset()
    assert ahead is not None  # a ZoneInfo always knows its offset
    return int(ahead.total_seconds())


@functools.cache
def _names() -> frozenset[str]:
    return frozenset(resources.files("tzdata").joinpath("zones").read_text().split())
