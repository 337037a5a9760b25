"""Columns in and out of the store in bulk: arrays on our side, the driver's own fast path on the other.

On SQLite that is the standard library's driver; on PostgreSQL it is COPY.
"""

import functools
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
    parts: list[list[pd.Series]] = [[] for _ in columns]
    for block in _blocks(connection, statement):
        for place, told in enumerate(zip(*block, strict=True)):
            is_text = isinstance(columns[place].type, sa.Text)
            values[place].extend(_shared(told, words[place]) if is_text else told)
        if len(values[0]) >= BATCH:  # as arrays they need a quarter of the memory
            _settle(columns, values, parts)
    if values[0] or not parts[0]:
        _settle(columns, values, parts)
    whole = {column.name: _joined(part) for column, part in zip(columns, parts, strict=True)}
    return pd.DataFrame(whole, copy=False)


def _settle(columns: Sequence[sa.ColumnElement], values: list[list[Any]], parts: list[list[pd.Series]]) -> None:
    """Makes columns of the values so far."""
    for place, column in enumerate(columns):
        parts[place].append(series(values[place], column.type))
        values[place] = []


def _joined(parts: list[pd.Series]) -> pd.Series:
    """The parts of one column as one; they are given up."""
    whole = parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)
    parts.clear()
    return whole


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
    told = [(column, rows[column.name]) for column in table.columns if column.name in rows.columns]
    for start in range(0, len(rows), BATCH):
        part = [(column, values.iloc[start : start + BATCH]) for column, values in told]
        if connection.dialect.name == "postgresql":
            _copy(connection, table, [column for column, _ in told], [_plain(values) for _, values in part])
        else:
            _insert(connection, table, part)
    return len(rows)


def execute_many(connection: sa.Connection, statement: Any, parameters: Sequence[dict[str, Any]]) -> None:
    """Executes one statement for many parameters; for none it does nothing."""
    for start in range(0, len(parameters), BATCH):
        connection.execute(statement, parameters[start : start + BATCH])


def among(connection: sa.Connection, column: sa.ColumnElement, keys: Iterable[int]) -> sa.ColumnElement[bool]:
    """A condition: the column is one of the keys, however many there are."""
    listed = np.array(keys if isinstance(keys, np.ndarray | pd.Series) else list(keys), np.int64)
    if (listed[1:] <= listed[:-1]).any():
        listed = np.unique(listed)
    if connection.dialect.name == "postgresql":
        array = sa.cast(sa.literal(listed.tolist(), sa.ARRAY(sa.BigInteger)), sa.ARRAY(sa.BigInteger))
        return column == sa.any_(array)
    elements = sa.func.json_each(_as_json(listed.tobytes())).table_valued("value")
    return column.in_(sa.select(elements.c.value))


@functools.lru_cache(maxsize=2)  # a bucket's tickets are asked for in one table after another
def _as_json(keys: bytes) -> str:
    return str(np.frombuffer(keys, np.int64).tolist())


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


def _copy(connection: sa.Connection, table: sa.Table, columns: list[sa.Column], values: list[list[Any]]) -> None:
    names = ", ".join(f'"{column.name}"' for column in columns)
    with (
        _driver(connection).cursor() as cursor,
        cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy,
    ):
        for row in zip(*values, strict=True):
            copy.write_row(row)


def _insert(connection: sa.Connection, table: sa.Table, part: list[tuple[sa.Column, pd.Series]]) -> None:
    """SQLite's driver needs as long for a NULL as for five numbers: a column of nothing else is left out."""
    told = [(column, _fast(values)) for column, values in part]
    said = [(column.name, values) for column, values in told if values is not None or column.server_default is not None]
    names, marks = ", ".join(f'"{name}"' for name, _ in said), ", ".join("?" * len(said))
    tuples = zip(*[[None] * len(part[0][1]) if values is None else values for _, values in said], strict=True)
    _driver(connection).executemany(f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', tuples)


def _fast(values: pd.Series) -> list[Any] | None:
    """What SQLite's driver takes fastest: numbers for flags, and NaN, which SQLite stores as NULL; None for nothing."""
    if values.dtype == np.float64:
        numbers = values.to_numpy()
        return None if np.isnan(numbers).all() else numbers.tolist()
    if isinstance(values.dtype, pd.BooleanDtype) or values.dtype == np.bool_:
        values = values.astype("Int64" if isinstance(values.dtype, pd.BooleanDtype) else np.int64)
    plain = _plain(values)
    return plain if any(value is not None for value in plain) else None


def _plain(values: pd.Series) -> list[Any]:
    """Python's own values, None for what is missing."""
    missing = values.isna().to_numpy()
    if not missing.any():
        return values.tolist()
    plain = values.to_numpy(object).copy()
    plain[missing] = None
    return plain.tolist()


def _driver(connection: sa.Connection) -> Any:
    return connection.connection.driver_connection
