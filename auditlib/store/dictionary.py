"""What the store holds, in sentences: each view and table with its columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType

import sqlalchemy as sa

from auditlib.store import measures
from auditlib.store import views as stored
from auditlib.store.columns import METADATA, Moment

Families = Mapping[str, Mapping[str, ModuleType]]
KINDS = (
    (Moment, "moment"),
    (sa.Boolean, "true or false"),
    (sa.SmallInteger, "small whole number"),
    (sa.Integer, "whole number"),
    (sa.Float, "number"),
    (sa.LargeBinary, "bytes"),
    (sa.Text, "text"),
)


@dataclass(frozen=True)
class Column:
    """A column: its name, what kind of value it holds (empty for views), and its sentence."""

    name: str
    kind: str
    sentence: str


@dataclass(frozen=True)
class Entry:
    """A view or a table."""

    name: str
    sentence: str
    columns: tuple[Column, ...]


def views(families: Families) -> list[Entry]:
    """Every view that leaders open."""
    return [
        Entry(view.name, view.sentence, tuple(Column(name, "", told) for name, told in view.columns.items()))
        for view in stored.views(families)
    ]


def tables(families: Families) -> list[Entry]:
    """Every table, those of these families included."""
    mine = {table.name for table in measures.tables(families)}
    # The metadata may know families of other configurations in the same process.
    return [
        Entry(table.name, table.comment or "", tuple(_column(column) for column in table.columns))
        for table in METADATA.sorted_tables
        if table.name in mine or not table.info.get("family")
    ]


def _column(column: sa.Column) -> Column:
    kind = next((word for of, word in KINDS if isinstance(column.type, of)), str(column.type).lower())
    return Column(column.name, kind, column.comment or "")
