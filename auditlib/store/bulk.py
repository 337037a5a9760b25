"""Columns in and out of the store in bulk: arrays on our side, the driver's own fast path on the other.

On SQLite that is the standard library's driver; on PostgreSQL it is COPY.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import sqlalchemy as sa

BATCH = 50_000
STREAMED = {"stream_results": True, "max_row_buffer": BATCH}


def whole_columns(connection: sa.Connection, statement: sa.Select) -> dict[str, np.ndarray]:
    """The statement's whole-number columns as int64 arrays, in the statement's order; NULLs are not allowed."""
    names = [column.name for column in statement.selected_columns]
    kind = np.dtype([(name, np.int64) for name in names])
    rows = np.fromiter(_tuples(connection, statement), dtype=kind)
    return {name: np.ascontiguousarray(rows[name]) for name in names}


def frame(connection: sa.Connection, statement: sa.Select) -> pd.DataFrame:
    """The statement's rows as a frame; whole numbers with NULLs become Int64, flags boolean, moments ISO text."""
    columns = list(statement.selected_columns)
    rows = connection.execute(statement).fetchall()
    values: list[Any] = list(zip(*rows, strict=True)) if rows else [[] for _ in columns]
    return pd.DataFrame({column.name: series(v, column.type) for column, v in zip(columns, values, strict=True)})


def series(values: Iterable[Any], kind: sa.types.TypeEngine) -> pd.Series:
    """A column in the type that its database type has in frames."""
    values = list(values)
    if isinstance(kind, sa.Boolean):
        return pd.Series([None if v is None else bool(v) for v in values], dtype="boolean")
    if isinstance(kind, sa.Integer):
        if any(v is None for v in values):
            return pd.Series(values, dtype="Int64")
        return pd.Series(np.array(values, dtype=np.int64))
    if isinstance(kind, sa.Float):
        return pd.Series(values, dtype="float64")
    return pd.Series(values, dtype="object")


def write(connection: sa.Connection, table: sa.Table, rows: pd.DataFrame) -> int:
    """Inserts the frame's rows; columns that the frame lacks keep their defaults."""
    if rows.empty:
        return 0
    columns = [column for column in table.columns if column.name in rows.columns]
    values = [_plain(rows[column.name]) for column in columns]
    tuples = zip(*values, strict=True)
    if connection.dialect.name == "postgresql":
        return _copy(connection, table, columns, tuples)
    marks = ", ".join("?" * len(columns))
    names = ", ".join(f'"{column.name}"' for column in columns)
    driver = _driver(connection)
    driver.executemany(f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', tuples)
    return len(rows)


def execute_many(connection: sa.Connection, statement: Any, parameters: Sequence[dict[str, Any]]) -> None:
    """Executes one statement for many parameters; for none it does nothing."""
    for start in range(0, len(parameters), BATCH):
        connection.execute(statement, parameters[start : start + BATCH])


def among(connection: sa.Connection, column: sa.ColumnElement, keys: Iterable[int]) -> sa.ColumnElement[bool]:
    """A condition: the column is one of the keys, however many there are."""
    listed = sorted({int(k) for k in keys})
    if connection.dialect.name == "postgresql":
        array = sa.cast(sa.literal(listed, sa.ARRAY(sa.BigInteger)), sa.ARRAY(sa.BigInteger))
        return column == sa.any_(array)
    elements = sa.func.json_each(str(listed)).table_valued("value")
    return column.in_(sa.select(elements.c.value))


def _tuples(connection: sa.Connection, statement: sa.Select) -> Iterable[tuple]:
    if connection.dialect.name == "postgresql":
        # Options of this statement only: on the connection they would stay, and a cursor can't write.
        with connection.execute(statement, execution_options=STREAMED) as result:
            for row in result:
                yield tuple(row)
        return
    compiled = statement.compile(dialect=connection.dialect, compile_kwargs={"render_postcompile": True})
    parameters = compiled.construct_params()
    values = tuple(parameters[name] for name in compiled.positiontup or ())
    yield from _driver(connection).execute(str(compiled), values)


def _copy(connection: sa.Connection, table: sa.Table, columns: list[sa.Column], tuples: Iterable[tuple]) -> int:
    names = ", ".join(f'"{column.name}"' for column in columns)
    count = 0
    with (
        _driver(connection).cursor() as cursor,
        cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy,
    ):
        for row in tuples:
            copy.write_row(row)
            count += 1
    return count


def _plain(values: pd.Series) -> list[Any]:
    """Python's own values, None for what is missing: what both drivers take fastest."""
    if values.dtype == np.float64:
        array = values.to_numpy()
        missing = np.isnan(array)
        if not missing.any():
            return array.tolist()
        return [None if m else v for v, m in zip(array.tolist(), missing.tolist(), strict=True)]
    if isinstance(values.dtype, np.dtype) and values.dtype.kind in "iub":
        return values.tolist()
    return [None if v is None or v is pd.NA or v != v else v for v in values.tolist()]


def _driver(connection: sa.Connection) -> Any:
    return connection.connection.driver_connection
