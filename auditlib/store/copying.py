"""Whole-number columns out of PostgreSQL by COPY in its binary form: bytes that numpy reads as they are.

It stays in the transaction of its connection, so it sees the same moment as everything else that is read.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import psycopg
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

HEADER = 19
"""Signature, flags and the length of an extension that nobody uses."""
WIDTH = 8
BLOCK = 1 << 24


def whole_columns(connection: sa.Connection, statement: sa.Select) -> dict[str, np.ndarray]:
    """The statement's columns as int64 arrays, in the statement's order; a NULL is refused."""
    names = [column.name for column in statement.selected_columns]
    fields = [part for n in names for part in ((f"width of {n}", ">i4"), (n, ">i8"))]
    row = np.dtype([("fields", ">i2"), *fields])
    blocks: dict[str, list[np.ndarray]] = {name: [] for name in names}
    for some in _rows(connection, statement, row):
        if any((some[f"width of {name}"] != WIDTH).any() for name in names):
            raise ValueError(f"one of {', '.join(names)} holds NULL, where only whole numbers are expected")
        for name in names:
            blocks[name].append(some[name].astype(np.int64))
    return {name: np.concatenate(found) if found else np.zeros(0, np.int64) for name, found in blocks.items()}


def _rows(connection: sa.Connection, statement: sa.Select, row: np.dtype) -> Iterator[np.ndarray]:
    """The answer's rows, many at a time."""
    driver = connection.connection.driver_connection
    assert driver is not None
    held, at = bytearray(), HEADER
    with driver.cursor() as cursor, cursor.copy(f"COPY ({_written(driver, statement)}) TO STDOUT (FORMAT BINARY)") as c:
        for data in c:
            held += data
            if len(held) >= BLOCK:
                whole = (len(held) - at) // row.itemsize
                yield np.frombuffer(bytes(held[at : at + whole * row.itemsize]), row)
                held, at = held[at + whole * row.itemsize :], 0
    whole = (len(held) - at) // row.itemsize  # the last two bytes say that it ends
    if len(held) - at - whole * row.itemsize != 2:
        raise ValueError("PostgreSQL told something else than rows of whole numbers: a column holds NULL")
    yield np.frombuffer(bytes(held[at : at + whole * row.itemsize]), row)


def _written(driver: psycopg.Connection, statement: sa.Select) -> str:
    """The statement with every column as a bigint and its values written out, since COPY takes none."""
    inner = statement.compile(dialect=postgresql.psycopg.dialect(), compile_kwargs={"render_postcompile": True})
    columns = ", ".join(_bigint(column) for column in statement.selected_columns)
    asked = psycopg.ClientCursor(driver).mogrify(str(inner), inner.params)
    # The order of a subquery is kept where nothing is done to its rows but a cast.
    return f"SELECT {columns} FROM ({asked}) AS asked"


def _bigint(column: sa.ColumnElement) -> str:
    between = "::int" if isinstance(column.type, sa.Boolean) else ""
    return f'asked."{column.name}"{between}::bigint'
