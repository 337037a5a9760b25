"""What each source's account may read of what its helpdesk could tell: as far as a run knew it."""

from __future__ import annotations

import json
from collections.abc import Mapping

import sqlalchemy as sa

from auditlib.store.run_tables import RUN_SOURCES


def note(c: sa.Connection, run: int, source: str, told: Mapping[str, str | None]) -> None:
    """Adds what a part told: capability → why it is not there, or None. What was closed once in a run stays closed."""
    this = (RUN_SOURCES.c.run == run) & (RUN_SOURCES.c.source == source)
    known = json.loads(c.scalar(sa.select(RUN_SOURCES.c.abilities).where(this)) or "{}")
    both = {name: known.get(name) or told.get(name) for name in known.keys() | told.keys()}
    c.execute(sa.update(RUN_SOURCES).where(this).values(abilities=json.dumps(both, sort_keys=True)))


def closed(c: sa.Connection, knows: int) -> dict[str, dict[str, str]]:
    """Source → capability → why it is not there, as it was told last by what a run knew."""
    told = sa.select(RUN_SOURCES.c.source, RUN_SOURCES.c.abilities).where(
        RUN_SOURCES.c.abilities != "{}", RUN_SOURCES.c.run <= knows
    )
    latest: dict[str, dict[str, str | None]] = {}
    for row in c.execute(told.order_by(RUN_SOURCES.c.run)):
        latest.setdefault(row.source, {}).update(json.loads(row.abilities))
    return {source: {name: why for name, why in known.items() if why} for source, known in latest.items()}
