"""Rows of the views, as pages and reports show them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from auditlib.store import measures
from auditlib.store.link_tables import MEMBERSHIPS
from auditlib.store.runs import Run

Row = dict[str, Any]


def rows(
    c: sa.Connection, view: str, order: Sequence[str] = (), since: tuple[str, str] | None = None, **equal: Any
) -> list[Row]:
    """A view's rows whose columns have these values, and perhaps one not before a day; moments as ISO 8601 text."""
    query = sa.select(sa.text("*")).select_from(sa.table(view)).where(*_conditions(equal))
    if since is not None:
        query = query.where(_not_before(*since))
    found = c.execute(query.order_by(*[sa.column(name) for name in order])).mappings()
    return [{name: _plain(value) for name, value in row.items()} for row in found]


def batches(c: sa.Connection, view: str, size: int = 5_000) -> Iterator[list[tuple[Any, ...]]]:
    """All rows of a view, so many at a time, ordered by their columns; moments as ISO 8601 text."""
    names = columns(c, view)
    chosen: list[sa.ColumnElement[Any]] = [sa.column(name) for name in names]
    query: Any = sa.select(*chosen).select_from(sa.table(view))
    found = c.execution_options(stream_results=True).execute(query.order_by(*map(sa.column, names)))
    for rows in found.partitions(size):
        yield [tuple(_plain(value) for value in row) for row in rows]


def columns(c: sa.Connection, view: str) -> list[str]:
    """A view's columns, in order."""
    return [column["name"] for column in sa.inspect(c).get_columns(view)]


def views(c: sa.Connection) -> list[str]:
    """The views that are there, by name."""
    return sorted(sa.inspect(c).get_view_names())


def may_read(c: sa.Connection, view: str) -> bool:
    """Whether a view is there, and this login may read it."""
    there = sa.inspect(c)
    if view not in {*there.get_view_names(), *there.get_table_names()}:
        return False
    if c.dialect.name != "postgresql":
        return True
    return bool(c.scalar(sa.select(sa.func.has_table_privilege(view, "SELECT"))))


def counts(c: sa.Connection, view: str, column: str, **equal: Any) -> dict[Any, int]:
    """How many of a view's rows have each value of a column, the most frequent first."""
    value: sa.ColumnElement[Any] = sa.column(column)
    number = sa.func.count()
    query = sa.select(value, number).select_from(sa.table(view)).where(*_conditions(equal))
    return {key: int(n) for key, n in c.execute(query.group_by(value).order_by(number.desc(), value))}


def most(c: sa.Connection, view: str, by: Sequence[str], since: tuple[str, str], limit: int) -> list[Row]:
    """The first rows of a view by falling values, among those whose moment is not before a day."""
    query = sa.select(sa.text("*")).select_from(sa.table(view)).where(_not_before(*since)).limit(limit)
    found = c.execute(query.order_by(*[sa.column(name).desc() for name in by])).mappings()
    return [{name: _plain(value) for name, value in row.items()} for row in found]


def members_of_episodes(c: sa.Connection, run: Run, episodes: Sequence[int]) -> dict[int, list[int]]:
    """Episode → surrogates of its tickets, as a run knows them."""
    mine = measures.in_run(MEMBERSHIPS, run) & MEMBERSHIPS.c.episode.in_(list(episodes))
    found: dict[int, list[int]] = {}
    for row in c.execute(sa.select(MEMBERSHIPS).where(mine).order_by(MEMBERSHIPS.c.ticket_key)):
        found.setdefault(row.episode, []).append(row.ticket_key)
    return found


def _conditions(equal: dict[str, Any]) -> list[sa.ColumnElement[bool]]:
    return [sa.column(name) == value for name, value in equal.items()]


def _not_before(column: str, day: str) -> sa.ColumnElement[bool]:
    return sa.cast(sa.column(column), sa.Text) >= day


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value
