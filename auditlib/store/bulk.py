"""Columns in and out of the store in bulk: arrays on our side, the driver's own fast path on the other.

On SQLite that is the standard library's driver; on PostgreSQL it is COPY.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
import sqlalchemy as sa

BATCH = 50_000
BLOCK = 200
"""Rows that are taken from the driver at a time: few enough to stay in the processor's cache."""
MANY_WORDS = 5_000


def whole_columns(connection: sa.Connection, statement: sa.Select) -> dict[str, np.ndarray]:
    """The statement's whole-number columns as int64 arrays, in the statement's order; NULLs are not allowed."""
    names = [column.name for column in statement.selected_columns]
    if connection.dialect.name == "sqlite":
        return _written_out(connection, statement, names)
    from auditlib.store import copying

    return copying.whole_columns(connection, statement)


def frame(connection: sa.Connection, statement: sa.Select) -> pd.DataFrame:
    """The statement's rows as a frame; whole numbers with NULLs become Int64, flags boolean, moments ISO text."""
    columns = list(statement.selected_columns)
    values: list[list[Any]] = [[] for _ in columns]
    words: list[dict[Any, Any]] = [{} for _ in columns]
    for block in _blocks(connection, statement):
        for place, told in enumerate(zip(*block, strict=True)):
            is_text = isinstance(columns[place].type, sa.Text)
            values[place].extend(_shared(told, words[place]) if is_text else told)
    found = {column.name: series(v, column.type) for column, v in zip(columns, values, strict=True)}
    return pd.DataFrame(found, copy=False)


def series(values: Iterable[Any], kind: sa.types.TypeEngine) -> pd.Series:
    """A column in the type that its database type has in frames."""
    values = values if isinstance(values, list) else list(values)
    if isinstance(kind, sa.Boolean):
        return pd.Series(pd.arrays.BooleanArray(*_filled(values, bool)))
    if isinstance(kind, sa.Integer):
        filled, missing = _filled(values, np.int64)
        return pd.Series(pd.arrays.IntegerArray(filled, missing) if missing.any() else filled)
    if isinstance(kind, sa.Float):
        return pd.Series(values, dtype="float64")
    whole = np.empty(len(values), object)
    whole[:] = values
    return pd.Series(whole, dtype="object", copy=False)


def _filled(values: list[Any], number: type) -> tuple[np.ndarray, np.ndarray]:
    """The values with 0 for None, and where it stands."""
    if None not in values:
        return np.array(values, dtype=number), np.zeros(len(values), bool)
    told = np.array(values, dtype=object)
    missing = pd.isna(told)
    told[missing] = 0
    return told.astype(number), missing


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
    listed = np.unique(np.array(keys if isinstance(keys, np.ndarray | pd.Series) else list(keys), np.int64)).tolist()
    if connection.dialect.name == "postgresql":
        array = sa.cast(sa.literal(listed, sa.ARRAY(sa.BigInteger)), sa.ARRAY(sa.BigInteger))
        return column == sa.any_(array)
    elements = sa.func.json_each(str(listed)).table_valued("value")
    return column.in_(sa.select(elements.c.value))


def _written_out(connection: sa.Connection, statement: sa.Select, names: list[str]) -> dict[str, np.ndarray]:
    """SQLite writes each column out as one text, which numpy reads: no object of Python's for each number."""
    query, values = _query(connection, statement)
    texts = ", ".join(f'group_concat("{name}")' for name in names)
    count, *written = _driver(connection).execute(f"SELECT count(*), {texts} FROM ({query})", values).fetchone()
    columns = {}
    for place, name in enumerate(names):
        # Each text goes as soon as it is read: together they are larger than the arrays.
        text, written[place] = written[place], None
        columns[name] = np.fromstring(text or "", dtype=np.int64, sep=",")
        if len(columns[name]) != count:
            raise ValueError(f"{name} holds NULLs or something other than whole numbers")
    return columns


def _blocks(connection: sa.Connection, statement: sa.Select) -> Iterator[Sequence[Sequence[Any]]]:
    """The rows, so many at a time that they are gone again before anybody looks for garbage among them."""
    if connection.dialect.name == "sqlite":
        # Our types need nothing done to SQLite's values: the driver's own rows will do.
        rows = _driver(connection).execute(*_query(connection, statement))
    else:
        rows = connection.execute(statement)
    while block := rows.fetchmany(BLOCK):
        yield block


def _shared(told: Sequence[Any], words: dict[Any, Any]) -> Iterable[Any]:
    """The same values, equal words being one object, unless they are hardly ever equal."""
    if len(words) > MANY_WORDS:
        return told
    return map(words.setdefault, told, told)


def _query(connection: sa.Connection, statement: sa.Select) -> tuple[str, tuple]:
    """The statement in the driver's own words, with its parameters."""
    compiled = statement.compile(dialect=connection.dialect, compile_kwargs={"render_postcompile": True})
    parameters = compiled.construct_params()
    return str(compiled), tuple(parameters[name] for name in compiled.positiontup or ())


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
