"""How a run begins: a night that is new or resumed, or a past one that is told again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from auditlib.store import Store, engine, runs
from auditlib.store.run_tables import RUN_SOURCES, RUNS
from auditlib.store.runs import Run


def begin(store: Store, as_of: str, facts: Mapping[str, Any], sources: list[str], now: str) -> Run:
    """The run for a midnight: an unfinished one is resumed, otherwise a new one begins.

    A midnight at or after the latest published one is a night. An earlier one is a replay of
    what was known then if it was really run, or else a reconstruction; neither touches what is
    current.
    """
    with engine.writing(store.engine) as c:
        open_run = c.execute(
            sa.select(RUNS.c.run, RUNS.c.config_hash).where(
                RUNS.c.state.in_(("running", "failed")), RUNS.c.as_of == as_of
            )
        ).first()
        if open_run is not None and open_run.config_hash == facts["config_hash"]:
            c.execute(sa.update(RUNS).where(RUNS.c.run == open_run.run).values(state="running", reason=None))
            return runs.get(c, open_run.run)
        abandoned = RUNS.c.state.in_(("running", "failed"))
        c.execute(sa.update(RUNS).where(abandoned).values(state="abandoned", finished_at=now))
        number = (c.scalar(sa.select(sa.func.max(RUNS.c.run))) or 0) + 1
        kind, knows = kind_of(c, as_of, number)
        c.execute(
            sa.insert(RUNS).values(
                run=number, kind=kind, as_of=as_of, state="running", knows=knows, started_at=now, **facts
            )
        )
        _expect_sources(c, number, knows, kind, sources)
        return runs.get(c, number)


def kind_of(c: sa.Connection, as_of: str, number: int) -> tuple[str, int]:
    """What a run for a midnight is (night, replay, reconstruction), and the run up to which it knows the world."""
    latest = runs.last_published(c)
    if latest is None or as_of >= latest.as_of:
        return "night", number
    really_run = c.scalar(
        sa.select(sa.func.max(RUNS.c.run)).where(
            RUNS.c.as_of == as_of, RUNS.c.kind == "night", RUNS.c.state == "published"
        )
    )
    if really_run is not None:
        return "replay", really_run
    return "reconstruction", latest.run


def _expect_sources(c: sa.Connection, number: int, knows: int, kind: str, names: list[str]) -> None:
    known = runs.sources(c, knows) if kind == "replay" else {}
    held = runs.watermarks(c) if kind == "reconstruction" else {}
    for name in names:
        values: dict[str, Any] = {"state": "waiting"}
        if name in known:
            was = known[name]
            values = {"state": was.state, "counts_until": was.counts_until, "loaded_since": was.loaded_since}
            values["complete_until"] = was.complete_until
        elif name in held:
            values = {"state": "passed", "complete_until": held[name][0], "loaded_since": held[name][1]}
        elif kind != "night":
            values = {"state": "missing", "error": "not known at that time"}
        c.execute(sa.insert(RUN_SOURCES).values(run=number, source=name, **values))
