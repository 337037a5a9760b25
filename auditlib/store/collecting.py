"""Landed parts, cursors and windows: what is fetched, and where fetching goes on."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from auditlib.landing import Landed
from auditlib.sources import Window
from auditlib.store.run_tables import CURSORS, LANDING_PARTS, WINDOWS


@dataclass(frozen=True)
class Part:
    """A landed part."""

    part: int
    landed: Landed
    complete_until: int | None
    is_backfill: bool = False
    """Whether it is of an older month, which was loaded later than the newest weeks."""


def next_part(c: sa.Connection) -> int:
    return (c.scalar(sa.select(sa.func.max(LANDING_PARTS.c.part))) or 0) + 1


def windows(c: sa.Connection, source: str) -> list[tuple[Window, int | None]]:
    """A source's windows, the live one first, then the months from new to old, each with the run that finished it."""
    rows = c.execute(sa.select(WINDOWS).where(WINDOWS.c.source == source).order_by(WINDOWS.c.since.desc()))
    return [(Window(row.window_name, row.since, row.until), row.done_run) for row in rows]


def plan(c: sa.Connection, source: str, planned: Sequence[Window], is_again: bool = False) -> None:
    """Writes down the windows of a source's history, once; or those that are read once more."""
    told = [{"window_name": w.name, "since": w.since, "until": w.until} for w in planned]
    c.execute(sa.insert(WINDOWS), [{"source": source, "is_again": is_again, **window} for window in told])


def again(c: sa.Connection, source: str) -> list[int | None]:
    """Of each window that is to be read once more the run that did it, or None."""
    return list(c.scalars(sa.select(WINDOWS.c.done_run).where(WINDOWS.c.source == source, WINDOWS.c.is_again)))


def not_again(c: sa.Connection, source: str) -> None:
    """Takes back the windows that were to be read once more."""
    c.execute(sa.delete(WINDOWS).where(WINDOWS.c.source == source, WINDOWS.c.is_again))


def window_done(c: sa.Connection, source: str, window: Window, run: int) -> None:
    this = (WINDOWS.c.source == source) & (WINDOWS.c.window_name == window.name) & WINDOWS.c.done_run.is_(None)
    c.execute(sa.update(WINDOWS).where(this).values(done_run=run))


def cursors(c: sa.Connection, source: str, window: Window) -> dict[str, Mapping[str, Any]]:
    """Stream → where fetching goes on in a window."""
    this = (CURSORS.c.source == source) & (CURSORS.c.window_name == window.name)
    return {row.stream: json.loads(row.cursor) for row in c.execute(sa.select(CURSORS).where(this))}


def record_part(
    c: sa.Connection,
    part: int,
    run: int,
    source: str,
    window: Window,
    stream: str,
    landed: Landed,
    cursor: Mapping[str, Any],
    complete_until: int | None,
) -> None:
    """Writes a landed part into the manifest and moves its stream's cursor, in one transaction."""
    c.execute(
        sa.insert(LANDING_PARTS).values(
            part=part,
            run=run,
            source=source,
            window_name=window.name,
            stream=stream,
            path=landed.path,
            sha256=landed.sha256,
            pages=landed.pages,
            bytes=landed.bytes,
            complete_until=complete_until,
        )
    )
    this = {"source": source, "window_name": window.name, "stream": stream}
    c.execute(sa.delete(CURSORS).where(*(CURSORS.c[name] == value for name, value in this.items())))
    c.execute(sa.insert(CURSORS).values(**this, cursor=json.dumps(dict(cursor), sort_keys=True), run=run))


def untranslated(c: sa.Connection, source: str) -> list[Part]:
    """Landed parts of a source that are not in the case log yet: tickets last, otherwise in the order of landing.

    People and organizations are fetched after the tickets, so that nobody in them is missing; they are
    read before them, so that tickets find the plan of their organization and who is an agent.
    """
    query = (
        sa.select(LANDING_PARTS)
        .where(LANDING_PARTS.c.source == source, LANDING_PARTS.c.translated_by.is_(None))
        .order_by(LANDING_PARTS.c.stream == "tickets", LANDING_PARTS.c.part)
    )
    rows = c.execute(query)
    return [Part(row.part, landed_of(row), row.complete_until, row.window_name != "live") for row in rows]


def landed_of(row: sa.Row) -> Landed:
    """Where a part of the manifest lies."""
    return Landed(row.path, row.sha256, row.pages, row.bytes)


def translated(c: sa.Connection, part: Part, run: int) -> None:
    c.execute(sa.update(LANDING_PARTS).where(LANDING_PARTS.c.part == part.part).values(translated_by=run))


def complete_until(c: sa.Connection, run: int, source: str) -> int | None:
    """How far the run's collection of the live window reaches; None if it proves nothing."""
    return c.scalar(
        sa.select(sa.func.max(LANDING_PARTS.c.complete_until)).where(
            LANDING_PARTS.c.source == source,
            LANDING_PARTS.c.run == run,
            LANDING_PARTS.c.window_name == "live",
        )
    )


def manifest(c: sa.Connection, run: int) -> list[tuple[int, str]]:
    """Number and checksum of every part that a run read."""
    query = sa.select(LANDING_PARTS.c.part, LANDING_PARTS.c.sha256).where(LANDING_PARTS.c.translated_by <= run)
    return [tuple(row) for row in c.execute(query.order_by(LANDING_PARTS.c.part))]
