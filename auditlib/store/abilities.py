"""What each source's account may read of what its helpdesk could tell: as far as a run knew it."""

from __future__ import annotations

import json
from collections.abc import Mapping

import sqlalchemy as sa

from auditlib.store.run_tables import RUN_SOURCES

Told = Mapping[str, str | None]
"""Capability → why it is not there; None: it is."""


def note(c: sa.Connection, run: int, source: str, told: Told) -> None:
    """Adds what a part told. What was closed once in a run stays closed in it."""
    known = told_in(c, run, source)
    keep(c, run, source, {name: known.get(name) or told.get(name) for name in known.keys() | told.keys()})


def told_in(c: sa.Connection, run: int, source: str) -> dict[str, str | None]:
    """What the parts of one run told."""
    return json.loads(c.scalar(sa.select(RUN_SOURCES.c.abilities).where(_this(run, source))) or "{}")


def keep(c: sa.Connection, run: int, source: str, told: Told) -> None:
    """Makes this what one run told."""
    words = json.dumps(dict(told), sort_keys=True, ensure_ascii=False)
    c.execute(sa.update(RUN_SOURCES).where(_this(run, source)).values(abilities=words))


def closed(c: sa.Connection, knows: int) -> dict[str, dict[str, str]]:
    """Source → capability → why it is not there, as it was told last by what a run knew."""
    told = sa.select(RUN_SOURCES.c.source, RUN_SOURCES.c.abilities).where(
        RUN_SOURCES.c.abilities != "{}", RUN_SOURCES.c.run <= knows
    )
    latest: dict[str, dict[str, str | None]] = {}
    for row in c.execute(told.order_by(RUN_SOURCES.c.run)):
        latest.setdefault(row.source, {}).update(json.loads(row.abilities))
    return {source: {name: why for name, why in known.items() if why} for source, known in latest.items()}


def _this(run: int, source: str) -> sa.ColumnElement[bool]:
    return (RUN_SOURCES.c.run == run) & (RUN_SOURCES.c.source == source)
