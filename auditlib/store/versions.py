"""Versioned rows: the one mechanism by which the store knows what was known, and when.

Every row of a versioned table carries `from_run` (the run that first knew it) and `to_run`
(the run that replaced or withdrew it; NULL while it holds). Values are never overwritten.
The line of a past night, which must never touch what is current, writes rows whose `to_run`
is their `from_run`: they were never open, and belong to that run alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import sqlalchemy as sa

from auditlib.store import bulk


@dataclass(frozen=True)
class Merged:
    """What a merge did: rows added, rows withdrawn, and the keys of both."""

    added: pd.DataFrame
    withdrawn: pd.DataFrame

    @property
    def is_empty(self) -> bool:
        return self.added.empty and self.withdrawn.empty


def known_to(table: sa.Table, run: int) -> sa.ColumnElement[bool]:
    """A condition: the row held when this run knew the world.

    Nearly every row was known by then: `+ 0` keeps the database from looking them up by it.
    """
    return (table.c.from_run + 0 <= run) & (table.c.to_run.is_(None) | (table.c.to_run > run))


def holding(table: sa.Table) -> sa.ColumnElement[bool]:
    """A condition: the row holds now, whether or not a run was published."""
    return table.c.to_run.is_(None)


def own_line(table: sa.Table, run: int) -> sa.ColumnElement[bool]:
    """A condition: the row was written by a past night's run, for itself alone."""
    return (table.c.from_run == run) & (table.c.to_run == run)


def merge(
    connection: sa.Connection,
    table: sa.Table,
    identity: Sequence[str],
    rows: pd.DataFrame,
    run: int,
    scope: sa.ColumnElement[bool],
    ignoring: Sequence[str] = (),
) -> Merged:
    """Makes the rows the ones that hold within the scope, and says what that changed.

    Within the scope (all rows of these tickets, of this source …) rows that are new are added,
    rows that differ are withdrawn and added, rows that are missing are withdrawn. A second call
    with the same rows changes nothing. Columns in `ignoring` do not make rows differ.
    """
    names = [c.name for c in table.columns if c.name not in ("from_run", "to_run") and c.name in rows.columns]
    held = bulk.frame(
        connection,
        sa.select(*[table.c[n] for n in names], *_hidden_keys(table, names), table.c.from_run).where(
            holding(table), scope
        ),
    )
    compared = [n for n in names if n not in ignoring]
    same_held, same_new = _same(held, rows, list(identity), compared)
    withdrawn, added = held[~same_held], rows.loc[~same_new, names]
    _withdraw(connection, table, withdrawn, run)
    bulk.write(connection, table, added.assign(from_run=run))
    return Merged(added.reset_index(drop=True), withdrawn.reset_index(drop=True))


def replace(connection: sa.Connection, table: sa.Table, old: pd.DataFrame, new: pd.DataFrame, run: int) -> None:
    """Withdraws the old rows (as they were read, with from_run) and adds the new ones."""
    _withdraw(connection, table, old, run)
    names = [c.name for c in table.columns if c.name not in ("from_run", "to_run") and c.name in new.columns]
    bulk.write(connection, table, new[names].assign(from_run=run))


def append_line(
    connection: sa.Connection, table: sa.Table, rows: pd.DataFrame, run: int, scope: sa.ColumnElement[bool]
) -> None:
    """Writes the rows of a past night's run, for itself alone; what it wrote in the scope before is replaced."""
    connection.execute(sa.delete(table).where(own_line(table, run), scope))
    bulk.write(connection, table, rows.assign(from_run=run, to_run=run))


def take_back(connection: sa.Connection, tables: Iterable[sa.Table], run: int) -> None:
    """Undoes what a run wrote into versioned tables: as if it had never been."""
    for table in tables:
        connection.execute(sa.delete(table).where(table.c.from_run == run))
        connection.execute(sa.update(table).where(table.c.to_run == run).values(to_run=None))


def _hidden_keys(table: sa.Table, names: Sequence[str]) -> list[sa.Column]:
    return [c for c in table.primary_key if c.name not in names and c.name != "from_run"]


def _same(
    held: pd.DataFrame, rows: pd.DataFrame, identity: list[str], names: list[str]
) -> tuple[np.ndarray, np.ndarray]:
    """Which held rows and which new rows are one and the same, by identity and by value."""
    same_held, same_new = np.zeros(len(held), bool), np.zeros(len(rows), bool)
    if held.empty or rows.empty:
        return same_held, same_new
    at = _index(rows, identity).get_indexer(_index(held, identity))
    old = np.flatnonzero(at >= 0)
    new = at[old]
    equal = np.ones(len(old), bool)
    for name in names:
        equal &= _equal(held[name].to_numpy()[old], rows[name].to_numpy()[new])
    same_held[old[equal]] = True
    same_new[new[equal]] = True
    return same_held, same_new


def _index(rows: pd.DataFrame, identity: list[str]) -> pd.Index:
    if len(identity) == 1:
        return pd.Index(rows[identity[0]])
    return pd.MultiIndex.from_frame(rows[identity])


def _equal(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    if a.dtype == object or b.dtype == object:
        a, b = a.astype(object), b.astype(object)
        nothing = pd.isna(a) & pd.isna(b)
        something = ~(pd.isna(a) | pd.isna(b))
        equal = nothing
        equal[something] = a[something] == b[something]
        return equal
    if a.dtype.kind == "f" or b.dtype.kind == "f":
        return (a == b) | (np.isnan(a.astype(float)) & np.isnan(b.astype(float)))
    return a == b


def _withdraw(connection: sa.Connection, table: sa.Table, rows: pd.DataFrame, run: int) -> None:
    """Closes rows that held before this run; rows of this very run vanish, nobody ever saw them."""
    keys = [c.name for c in table.primary_key]
    mine = rows["from_run"] == run if len(rows) else pd.Series([], dtype=bool)
    this_row = sa.and_(*[table.c[k] == sa.bindparam(f"key_{k}") for k in keys])
    close = sa.update(table).where(this_row).values(to_run=run)
    bulk.execute_many(connection, close, _parameters(rows[~mine], keys))
    bulk.execute_many(connection, sa.delete(table).where(this_row), _parameters(rows[mine], keys))


def _parameters(rows: pd.DataFrame, keys: list[str]) -> list[dict]:
    values = [rows[k].tolist() for k in keys]
    return [{f"key_{k}": v for k, v in zip(keys, row, strict=True)} for row in zip(*values, strict=True)]
