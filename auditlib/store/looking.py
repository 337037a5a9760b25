"""Looking at a store from outside, without creating, migrating or changing anything."""

from __future__ import annotations

import pathlib
from typing import Any

import sqlalchemy as sa
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from auditlib.places import SQL
from auditlib.store import beginning, engine
from auditlib.store.run_tables import RUNS, VALIDATION_RESULTS


def state(url: str) -> str:
    """absent, behind (its schema is older than this code), ahead, or current; raises if it cannot be reached.

    `leaders` is what a leader has of a store: the views of figures, and nothing beneath.
    """
    address = sa.make_url(url)
    if address.get_backend_name() == "sqlite" and not pathlib.Path(address.database or "").exists():
        return "absent"
    opened = engine.connect(url, looks_only=True)
    try:
        with engine.reading(opened) as c:
            revision = MigrationContext.configure(c).get_current_revision()
    except sa.exc.ProgrammingError:  # it is there, and not for this role
        revision = None
    if revision is None:
        with engine.reading(opened) as c:
            return "leaders" if _has_figures(c) else "absent"
    settings = Config()
    settings.set_main_option("script_location", str(SQL / "migrations"))
    known = [script.revision for script in ScriptDirectory.from_config(settings).walk_revisions()]
    if revision == known[0]:
        return "current"
    return "behind" if revision in known else "ahead"


def _has_figures(c: sa.Connection) -> bool:
    there = sa.inspect(c)
    return "scorecard" in {*there.get_view_names(), *there.get_table_names()}


def headlines(c: sa.Connection) -> list[dict[str, Any]]:
    """The headlines of the newest week, if leaders have that view."""
    if "headlines" not in sa.inspect(c).get_view_names():
        return []
    rows = [dict(row) for row in c.execute(sa.text("SELECT * FROM headlines WHERE period = 'week'")).mappings()]
    newest = max((str(row.get("period_start") or "") for row in rows), default="")
    return [row for row in rows if str(row.get("period_start") or "") == newest]


def broken_rules(c: sa.Connection, run: int) -> list[dict[str, Any]]:
    """The rules that a run broke, the critical ones first."""
    table = VALIDATION_RESULTS
    query = sa.select(table).where(table.c.run == run, table.c.state != "pass")
    rows = c.execute(query.order_by(table.c.severity, table.c.gate, table.c.rule))
    return [dict(row) for row in rows.mappings()]


def kind_of_run(c: sa.Connection, as_of: str, config_hash: str) -> tuple[str, int | None]:
    """What a run for a midnight would be (night, replay, reconstruction), and the unfinished one it would resume."""
    unfinished = sa.select(RUNS.c.run).where(
        RUNS.c.state.in_(("running", "failed")), RUNS.c.as_of == as_of, RUNS.c.config_hash == config_hash
    )
    kind, _ = beginning.kind_of(c, as_of, 0)
    return kind, c.scalar(unfinished)
