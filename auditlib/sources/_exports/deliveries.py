"""Which files of a folder belong together, and which of them are new."""

from __future__ import annotations

import dataclasses
import fnmatch
import re
from collections.abc import Iterable, Mapping
from typing import Any

from auditlib.sources import SourceError

TABLES = (".csv", ".tsv", ".txt", ".parquet", ".jsonl", ".ndjson")
LOGS = (".xes",)
PATTERNS = {"tickets": "tickets*", "events": "events*", "people": "people*"}
"""Which files are read; `options` may name others by the same keys."""


@dataclasses.dataclass(frozen=True)
class Delivery:
    """Files that tell the same tickets: tickets-2026-03.csv and events-2026-03.csv."""

    name: str
    tickets: str | None = None
    events: str | None = None

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(file for file in (self.tickets, self.events) if file)


def deliveries(names: Iterable[str], options: Mapping[str, Any]) -> list[Delivery]:
    """The folder's deliveries, in the order of their names: a later one replaces what an earlier one told."""
    names = sorted(names)
    tickets, events = (_matching(names, kind, options) for kind in ("tickets", "events"))
    events |= {_bare(name, LOGS): name for name in names if _ends(name, LOGS)}
    if tickets and (lonely := sorted(set(events) - set(tickets))):
        found = events[lonely[0]]
        raise SourceError(f"{found} has no tickets beside it; they would be in tickets{lonely[0]} with the same ending")
    return [Delivery(key, tickets.get(key), events.get(key)) for key in sorted({*tickets, *events})]


def people(names: Iterable[str], options: Mapping[str, Any]) -> list[str]:
    """The files that list people."""
    return sorted(_matching(sorted(names), "people", options).values())


def _matching(names: list[str], kind: str, options: Mapping[str, Any]) -> dict[str, str]:
    """What `*` stands for → file; files that are no tables are left alone."""
    pattern = options.get(kind, PATTERNS[kind])
    shape = re.compile(fnmatch.translate(pattern).replace(".*", "(.*)"))
    found: dict[str, str] = {}
    for name in names:
        if _ends(name, TABLES) and (match := shape.match(name)):
            key = _bare("".join(match.groups()), TABLES)
            if key in found:
                raise SourceError(f"{found[key]} and {name} would tell the same; remove one of them")
            found[key] = name
    return found


def _ends(name: str, endings: tuple[str, ...]) -> bool:
    return name.lower().removesuffix(".gz").endswith(endings)


def _bare(name: str, endings: tuple[str, ...]) -> str:
    bare = re.sub(r"\.gz$", "", name, flags=re.IGNORECASE)
    ending = next((ending for ending in endings if bare.lower().endswith(ending)), "")
    return bare[: len(bare) - len(ending)]
