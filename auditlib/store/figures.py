"""Figures in and out of the store: append-only, only what changed is written."""

from __future__ import annotations

import json
from collections.abc import Iterable

import numpy as np
import pandas as pd
import sqlalchemy as sa

from auditlib.store import bulk, runs
from auditlib.store.figure_tables import FIGURE_CHANGES, FIGURES, RESTATEMENT_PARTS
from auditlib.store.run_tables import CURRENT_PUBLICATION, LANDING_PARTS, PUBLICATIONS, RUN_SOURCES, RUNS, WORKLIST
from auditlib.store.runs import Run

LAST_DIGITS = 1e-12
_PLACE = tuple(
    FIGURES.c[name]
    for name in (
        "period",
        "period_start",
        "segment",
        "breakdown",
        "breakdown_value",
        "breakdown_2",
        "breakdown_value_2",
    )
)
OWN = ("figure_id", "publication_run", "supersedes")


def columns() -> list[str]:
    """What a figure says, without what makes it one publication's own."""
    return [column.name for column in FIGURES.c if column.name not in OWN]


def hidden_before(
    c: sa.Connection, run: Run, reason: str, starts: Iterable[str] | None = None
) -> dict[str, frozenset[tuple[str, ...]]]:
    """Metric → cells that nights published before a run hid for a reason; perhaps of some periods only."""
    f = FIGURES.c
    nights = sa.select(RUNS.c.run).where(RUNS.c.state == "published", RUNS.c.kind == "night", RUNS.c.run < run.run)
    asked = sa.true() if starts is None else f.period_start.in_(list(starts))
    query = sa.select(f.metric, *_PLACE).where(f.suppressed_reason == reason, f.publication_run.in_(nights), asked)
    return _by_metric(c, query)


def _by_metric(c: sa.Connection, query: sa.Select) -> dict[str, frozenset[tuple[str, ...]]]:
    found: dict[str, set[tuple[str, ...]]] = {}
    for metric, *told in c.execute(query.distinct()):
        found.setdefault(metric, set()).add(tuple(told))
    return {metric: frozenset(cells) for metric, cells in found.items()}


def hidden_now(
    c: sa.Connection, run: Run, reason: str, starts: Iterable[str] | None, with_own: bool
) -> dict[str, frozenset[tuple[str, ...]]]:
    """The same of what leaders see just before a run is published, or (`with_own`) once it is."""
    f = FIGURES.c
    told: sa.ColumnElement[bool] = f.publication_run == run.run
    if run.is_night:
        until = RUNS.c.run <= run.run if with_own else RUNS.c.run < run.run
        nights = sa.select(RUNS.c.run).where(RUNS.c.state == "published", RUNS.c.kind == "night", until)
        told = f.publication_run.in_(nights)
    asked = sa.true() if starts is None else f.period_start.in_(list(starts))
    newest = (
        sa.select(f.cell_id, sa.func.max(f.publication_run).label("newest")).where(told, asked).group_by(f.cell_id)
    ).subquery()
    query = sa.select(f.metric, *_PLACE).join(
        newest, (f.cell_id == newest.c.cell_id) & (f.publication_run == newest.c.newest)
    )
    return _by_metric(c, query.where(f.suppressed_reason == reason))


def none() -> pd.DataFrame:
    """No figures."""
    return pd.DataFrame(columns=columns())


def latest_published(c: sa.Connection, run: Run, starts: Iterable[str] | None = None) -> pd.DataFrame:
    """The figures that leaders see just before a run is published, one a cell; perhaps of some periods only."""
    nights = sa.select(RUNS.c.run).where(RUNS.c.state == "published", RUNS.c.kind == "night", RUNS.c.run < run.run)
    asked = sa.true() if starts is None else FIGURES.c.period_start.in_(list(starts))
    newest = (
        sa.select(FIGURES.c.cell_id, sa.func.max(FIGURES.c.publication_run).label("newest"))
        .where(FIGURES.c.publication_run.in_(nights), asked)
        .group_by(FIGURES.c.cell_id)
        .subquery()
    )
    query = sa.select(FIGURES).join(
        newest, (FIGURES.c.cell_id == newest.c.cell_id) & (FIGURES.c.publication_run == newest.c.newest)
    )
    return bulk.frame(c, query)


def causes(c: sa.Connection, run: Run, since: int) -> dict[int, str]:
    """Ticket → why nights measured it, after a run and up to another (comma between)."""
    nights = sa.select(RUNS.c.run).where(RUNS.c.kind == "night", RUNS.c.run > since, RUNS.c.run <= run.run)
    later = WORKLIST.c.run.in_(nights)
    found: dict[int, str] = {}
    for key, told in c.execute(sa.select(WORKLIST.c.ticket_key, WORKLIST.c.causes).where(later)):
        found[key] = f"{found[key]},{told}" if key in found else str(told)
    return found


def write(c: sa.Connection, run: Run, rows: pd.DataFrame, parts: pd.DataFrame, changes: pd.DataFrame) -> None:
    """Replaces what this run has written: figures that are new or changed, why they changed, and from what."""
    mine = sa.select(FIGURES.c.figure_id).where(FIGURES.c.publication_run == run.run)
    c.execute(sa.delete(RESTATEMENT_PARTS).where(RESTATEMENT_PARTS.c.figure_id.in_(mine)))
    c.execute(sa.delete(FIGURE_CHANGES).where(FIGURE_CHANGES.c.publication_run == run.run))
    c.execute(sa.delete(FIGURES).where(FIGURES.c.publication_run == run.run))
    bulk.write(c, FIGURES, rows)
    bulk.write(c, RESTATEMENT_PARTS, parts)
    bulk.write(c, FIGURE_CHANGES, changes.assign(publication_run=run.run))


def changed(before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """The rows of `now` that say something else than `before` says of their cell, with what they supersede.

    Which sources a figure rests on and how sure it is are part of what it says.
    """
    compared = columns()
    old = before.set_index("cell_id").reindex(now.cell_id).reset_index()
    same = np.ones(len(now), bool)
    for name in compared:
        a, b = old[name].to_numpy(object), now[name].to_numpy(object)
        nothing = pd.isna(a) & pd.isna(b)
        same &= nothing | (~(pd.isna(a) | pd.isna(b)) & _equal(FIGURES.c[name], a, b))
    return now.assign(supersedes=old.figure_id.to_numpy(object))[~same].reset_index(drop=True)


def _equal(column: sa.Column, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Whether values are the same; the last digits of numbers follow from the order of adding them."""
    if isinstance(column.type, sa.Float):
        return np.isclose(a.astype(float), b.astype(float), rtol=LAST_DIGITS, atol=LAST_DIGITS)
    return a == b


def withdrawn(before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Cells that had a figure and have no member any more."""
    gone = before[~before.cell_id.isin(now.cell_id) & before.suppressed_reason.ne("no member any more")]
    return gone.reset_index(drop=True)


def visible(c: sa.Connection, run: Run) -> pd.DataFrame:
    """The figures as they would be seen if the run were published: what gate 3 looks at."""
    mine = bulk.frame(c, sa.select(FIGURES).where(FIGURES.c.publication_run == run.run))
    if not run.is_night:
        return mine
    # Of the periods in which it wrote something: nothing else has changed since it was looked at.
    before = latest_published(c, run, None if mine.empty else mine.period_start.unique().tolist())
    return pd.concat([before[~before.cell_id.isin(mine.cell_id)], mine], ignore_index=True)


def publish(c: sa.Connection, run: Run, sources: list[str], missing: list[str], now: str) -> int:
    """Makes a run visible: one row flips, in the transaction of the caller; gives the publication's number.

    A run that was published already, or that a later run has overtaken, is left as it is.
    """
    held = runs.get(c, run.run)
    if held.state == "published":
        return int(c.scalar(sa.select(PUBLICATIONS.c.publication).where(PUBLICATIONS.c.run == run.run)) or 0)
    if held.state != "running":
        raise runs.StoreError(f"run {run.run} is {held.state}: it can't be published; start the night again")
    number = int(c.scalar(sa.select(sa.func.max(PUBLICATIONS.c.publication))) or 0) + 1
    count = count_of(c, run.run)
    c.execute(
        sa.insert(PUBLICATIONS).values(
            publication=number,
            run=run.run,
            kind=run.kind,
            as_of=run.as_of,
            published_at=now,
            sources=json.dumps(sources),
            missing_sources=json.dumps(missing),
            figures=count,
        )
    )
    done = {"state": "published", "publication": number, "finished_at": now}
    c.execute(sa.update(RUNS).where(RUNS.c.run == run.run).values(**done))
    if run.is_night:
        c.execute(sa.delete(CURRENT_PUBLICATION))
        c.execute(sa.insert(CURRENT_PUBLICATION).values(only=1, publication=number, run=run.run))
    return number


def count_of(c: sa.Connection, run: int) -> int:
    """How many figures a run added."""
    query = sa.select(sa.func.count()).select_from(FIGURES).where(FIGURES.c.publication_run == run)
    return int(c.scalar(query) or 0)


def current(c: sa.Connection) -> dict | None:
    """The publication that leaders see, with its run; None if there is none."""
    query = sa.select(PUBLICATIONS).join(
        CURRENT_PUBLICATION, CURRENT_PUBLICATION.c.publication == PUBLICATIONS.c.publication
    )
    row = c.execute(query).mappings().first()
    return None if row is None else dict(row)


def counts(c: sa.Connection, run: int) -> pd.DataFrame:
    """What each source gave to a run."""
    return bulk.frame(c, sa.select(RUN_SOURCES).where(RUN_SOURCES.c.run == run))


def expiring(c: sa.Connection, before: str) -> list[tuple[int, str]]:
    """Landed parts of runs that began before a moment and are still there: number and path."""
    old = sa.select(RUNS.c.run).where(RUNS.c.as_of < before)
    query = sa.select(LANDING_PARTS.c.part, LANDING_PARTS.c.path).where(
        LANDING_PARTS.c.run.in_(old), ~LANDING_PARTS.c.is_expired, LANDING_PARTS.c.translated_by.is_not(None)
    )
    return [tuple(row) for row in c.execute(query)]


def expired(c: sa.Connection, part: int) -> None:
    c.execute(sa.update(LANDING_PARTS).where(LANDING_PARTS.c.part == part).values(is_expired=True))
