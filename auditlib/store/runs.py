"""Runs: which night is being audited, what it may know, how it ended."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import sqlalchemy as sa

from auditlib.store import Store, StoreError, bulk, engine
from auditlib.store.run_tables import ALERTS, RUN_SOURCES, RUNS, WATERMARKS

GOOD = ("passed", "quiet")
"""States of a source that count: all its rows were collected and passed the gate."""


@dataclass(frozen=True)
class Run:
    """A run as its row says."""

    run: int
    kind: str
    as_of: str
    state: str
    knows: int
    config_hash: str
    measure_hash: str
    definitions: Mapping[str, str]

    @property
    def is_night(self) -> bool:
        return self.kind == "night"


@dataclass(frozen=True)
class SourceState:
    """What a source gave to a run."""

    source: str
    state: str
    error: str | None
    complete_until: int | None
    loaded_since: int | None
    counts_until: int | None
    """Its tickets count up to this moment: never past the midnight, never past what is known completely."""


def get(c: sa.Connection, run: int) -> Run:
    """A run by its number."""
    row = c.execute(sa.select(RUNS).where(RUNS.c.run == run)).mappings().first()
    if row is None:
        raise StoreError(f"there is no run {run}; `auditlib runs` lists them")
    return Run(
        run=row["run"],
        kind=row["kind"],
        as_of=row["as_of"],
        state=row["state"],
        knows=row["knows"],
        config_hash=row["config_hash"],
        measure_hash=row["measure_hash"],
        definitions=json.loads(row["definitions"]),
    )


def read(store: Store, run: int) -> Run:
    with engine.reading(store.engine) as c:
        return get(c, run)


def unfinished(store: Store, run: int) -> Run | None:
    """A run whose steps may still write; None once it is published, for then repeating a step changes nothing.

    One that failed goes on with the step that is repeated. A step of a run that ended otherwise is
    refused: a later run may have taken its place.
    """
    with engine.writing(store.engine) as c:
        failed = (RUNS.c.run == run) & (RUNS.c.state == "failed")
        c.execute(sa.update(RUNS).where(failed).values(state="running", reason=None, finished_at=None))
        held = get(c, run)
    if held.state in ("abandoned", "refused"):
        raise StoreError(f"run {run} is {held.state}, so nothing is added to it; start the night again")
    return None if held.state == "published" else held


def last_published(c: sa.Connection, before: int | None = None) -> Run | None:
    """The latest published night, perhaps before a run; None if there is none."""
    query = sa.select(sa.func.max(RUNS.c.run)).where(RUNS.c.state == "published", RUNS.c.kind == "night")
    if before is not None:
        query = query.where(RUNS.c.run < before)
    number = c.scalar(query)
    return None if number is None else get(c, number)


def last_good(c: sa.Connection, source: str, before: int) -> int:
    """The latest published night before a run that had this source; 0 if there is none."""
    had = (RUN_SOURCES.c.run == RUNS.c.run) & (RUN_SOURCES.c.source == source) & RUN_SOURCES.c.state.in_(GOOD)
    query = sa.select(sa.func.max(RUNS.c.run)).join(RUN_SOURCES, had)
    return c.scalar(query.where(RUNS.c.state == "published", RUNS.c.kind == "night", RUNS.c.run < before)) or 0


def unpublished(c: sa.Connection, before: int) -> list[int]:
    """Earlier runs whose measures nobody may see; what came before a publication was taken back before it."""
    published = sa.select(sa.func.max(RUNS.c.run)).where(RUNS.c.state == "published", RUNS.c.run < before)
    query = sa.select(RUNS.c.run).where(
        RUNS.c.run < before,
        RUNS.c.run > sa.func.coalesce(published.scalar_subquery(), 0),
    )
    return list(c.scalars(query.order_by(RUNS.c.run.desc())))


def finish(store: Store, run: int, state: str, reason: str | None, now: str) -> None:
    """Ends a run as refused or failed; one that is published or refused stays so."""
    mine = (RUNS.c.run == run) & RUNS.c.state.in_(("running", "failed"))
    with engine.writing(store.engine) as c:
        c.execute(sa.update(RUNS).where(mine).values(state=state, reason=reason, finished_at=now))


def sources(c: sa.Connection, run: int) -> dict[str, SourceState]:
    """What each source gave to a run, by name."""
    rows = c.execute(
        sa.select(
            RUN_SOURCES.c.source,
            RUN_SOURCES.c.state,
            RUN_SOURCES.c.error,
            RUN_SOURCES.c.complete_until,
            RUN_SOURCES.c.loaded_since,
            RUN_SOURCES.c.counts_until,
        )
        .where(RUN_SOURCES.c.run == run)
        .order_by(RUN_SOURCES.c.source)
    )
    return {row.source: SourceState(*row) for row in rows}


def note_source(c: sa.Connection, run: int, source: str, **values: Any) -> None:
    """Records what a source gave to a run."""
    c.execute(sa.update(RUN_SOURCES).where(RUN_SOURCES.c.run == run, RUN_SOURCES.c.source == source).values(**values))


def notices(c: sa.Connection, run: int, source: str) -> set[tuple[str, str]]:
    """What a source was seen to say in a run that nobody knows: (stream, field)."""
    this = (RUN_SOURCES.c.run == run) & (RUN_SOURCES.c.source == source)
    return {tuple(pair) for pair in json.loads(c.scalar(sa.select(RUN_SOURCES.c.notices).where(this)) or "[]")}


def note_quarantined(c: sa.Connection, run: int, source: str, tickets: int) -> None:
    """Records how many tickets went into quarantine; the other records that were read went into the case log."""
    note_source(
        c, run, source, records_quarantined=tickets, records_out=sa.func.coalesce(RUN_SOURCES.c.records_in, 0) - tickets
    )


def cuts(c: sa.Connection, run: int) -> dict[str, int]:
    """The watermark of each source that counts in a run."""
    return {name: s.counts_until for name, s in sources(c, run).items() if s.counts_until is not None}


def count(c: sa.Connection, run: int, source: str, **more: int) -> None:
    """Adds to a source's counts in a run."""
    raised = {name: sa.func.coalesce(RUN_SOURCES.c[name], 0) + number for name, number in more.items()}
    note_source(c, run, source, **raised)


def watermarks(c: sa.Connection) -> dict[str, tuple[int, int]]:
    """How far each source is known completely, and since when: (complete_until, loaded_since)."""
    return {row.source: (row.complete_until, row.loaded_since) for row in c.execute(sa.select(WATERMARKS))}


def advance(c: sa.Connection, run: int, source: str, complete_until: int, loaded_since: int) -> None:
    """Moves a source's watermark; it never goes back."""
    held = watermarks(c).get(source)
    if held is None:
        c.execute(
            sa.insert(WATERMARKS).values(
                source=source, complete_until=complete_until, loaded_since=loaded_since, run=run
            )
        )
        return
    values = {
        "complete_until": max(held[0], complete_until),
        "loaded_since": min(held[1], loaded_since),
        "run": run,
    }
    c.execute(sa.update(WATERMARKS).where(WATERMARKS.c.source == source).values(**values))


def note_manifest(c: sa.Connection, run: int, manifest: str) -> None:
    """Records the hash over everything that a run read."""
    c.execute(sa.update(RUNS).where(RUNS.c.run == run, RUNS.c.state != "published").values(manifest_hash=manifest))


def listed(store: Store) -> pd.DataFrame:
    """All runs, the newest first."""
    with engine.reading(store.engine) as c:
        return bulk.frame(c, sa.select(RUNS).order_by(RUNS.c.run.desc()))


def alert_once(store: Store, run: int, kind: str, body: str) -> bool:
    """Records an alert; False if this run gave one already."""
    with engine.writing(store.engine) as c:
        if c.scalar(sa.select(sa.func.count()).select_from(ALERTS).where(ALERTS.c.run == run, ALERTS.c.kind == kind)):
            return False
        c.execute(sa.insert(ALERTS).values(run=run, kind=kind, body=body))
        return True
