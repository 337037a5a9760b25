"""Published figures that somebody asks about: found by their id, or by what they are about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from auditlib.store.figure_tables import FIGURES
from auditlib.store.run_tables import PUBLICATIONS

Row = dict[str, Any]


def by_id(c: sa.Connection, beginning: str, limit: int = 5) -> list[Row]:
    """Published figures whose id begins like this, each with its publication and the midnight that it speaks of."""
    last = beginning[:-1] + chr(ord(beginning[-1]) + 1)
    query = _published().where(FIGURES.c.figure_id >= beginning, FIGURES.c.figure_id < last)
    return _rows(c, query.order_by(FIGURES.c.figure_id).limit(limit))


def latest(c: sa.Connection, until: int, about: Mapping[str, str]) -> list[Row]:
    """The figures about something (metric, period, statistic …) as a night's publication showed them, one a cell."""
    told = [FIGURES.c[name] == value for name, value in about.items()]
    night = PUBLICATIONS.c.kind == "night"
    newest: dict[str, Row] = {}
    query = _published().where(*told, night, PUBLICATIONS.c.publication <= until).order_by(PUBLICATIONS.c.publication)
    for row in _rows(c, query):
        newest[row["cell_id"]] = row
    return sorted(newest.values(), key=lambda row: (row["statistic"], row["weighting"], row["breakdown_value"]))


def history(c: sa.Connection, cells: Sequence[str]) -> dict[str, list[Row]]:
    """Cell → every figure that a night published of it, in order."""
    found: dict[str, list[Row]] = {cell: [] for cell in cells}
    query = _published().where(FIGURES.c.cell_id.in_(cells), PUBLICATIONS.c.kind == "night")
    for row in _rows(c, query.order_by(PUBLICATIONS.c.publication)):
        found[row["cell_id"]].append(row)
    return found


def publications(c: sa.Connection) -> list[int]:
    """The numbers of the nights' publications, in order."""
    query = sa.select(PUBLICATIONS.c.publication).where(PUBLICATIONS.c.kind == "night")
    return list(c.scalars(query.order_by(PUBLICATIONS.c.publication)))


def names(c: sa.Connection, column: str) -> Sequence[str]:
    """The values of a column of the figures, such as every metric's name."""
    return sorted(c.scalars(sa.select(FIGURES.c[column]).distinct()))


def _published() -> sa.Select[Any]:
    told = (PUBLICATIONS.c.publication, PUBLICATIONS.c.kind.label("publication_kind"), PUBLICATIONS.c.as_of)
    return sa.select(FIGURES, *told).join(PUBLICATIONS, PUBLICATIONS.c.run == FIGURES.c.publication_run)


def _rows(c: sa.Connection, query: sa.Select[Any]) -> list[Row]:
    return [dict(row) for row in c.execute(query).mappings()]
