"""A helpdesk's own database, read as a helpdesk is asked: a table and what is wanted of it in, a page out.

Some helpdesks keep their history in their database alone. A source of such a helpdesk has `TABLES`, the
columns that it reads, and asks with `get("/table", params)`; it knows neither SQL nor a driver. It is given
only those columns, so what else stands there (passwords, keys) never leaves the database. Every question is
one statement in a transaction that cannot write.

What can be asked of a table, each a parameter:

    columns   which of its columns, separated by commas; all that the source reads if left out
    order     the columns that the rows are ordered by
    after     the values of these columns in the last row that was seen
    at_least, before, one_of    a column with a value, or with a list of them
    limit     how many rows at most
    distinct  only the different values of one column
    count     only how many rows there are
"""

from __future__ import annotations

import datetime
import decimal
import json
import pathlib
import uuid
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa

from auditlib.sources import CredentialsRefused, Get, Page, Settings, SourceError

Tables = Mapping[str, Sequence[str]]
"""Table → the columns that a source reads."""

POSTGRESQL = ("postgres", "postgresql", "pgsql")


def open_database(connection: Mapping[str, Any], settings: Settings, tables: Tables) -> Get:
    """How to ask a helpdesk's database: of type sqlite (its host is the file) or postgres."""
    return Database(_engine(connection, settings), settings, tables)


class Database:
    """Asks one database, and of it only the tables and columns that a source names."""

    def __init__(self, engine: sa.Engine, settings: Settings, tables: Tables) -> None:
        self._engine, self._tables = engine, tables
        self._source = settings.name
        self._zone = str(settings.options.get("time_zone", "UTC"))

    def __call__(
        self, path: str, params: Mapping[str, Any] | None = None, *, stream: str, body: Mapping[str, Any] | None = None
    ) -> Page:
        wanted = dict(params or {})
        statement = self._statement(path.strip("/"), wanted)
        try:
            with self._engine.connect() as c:
                if c.dialect.name == "postgresql":
                    c = c.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
                    c.execute(sa.select(sa.func.set_config("TimeZone", self._zone, True)))
                    now = c.execute(sa.select(sa.func.now())).scalar_one()
                else:
                    now = c.exec_driver_sql("SELECT strftime('%s', 'now')").scalar_one()
                rows = [dict(row) for row in c.execute(statement).mappings()]
        except sa.exc.DBAPIError as error:
            raise self._refused(path, error) from None
        told = int(now.timestamp()) if isinstance(now, datetime.datetime) else int(now)
        content = json.dumps(rows, default=_plain, ensure_ascii=False).encode()
        return Page(stream=stream, url=f"{path}?{urlencode(wanted, doseq=True)}", body=content, served_at=told)

    def _statement(self, name: str, wanted: dict[str, Any]) -> sa.Select[Any]:
        if name not in self._tables:
            raise SourceError(f"{self._source}: the source reads no table {name!r}")
        table = sa.table(name, *(sa.column(column) for column in self._tables[name]))
        order = [table.c[column] for column in _words(wanted.get("order", ""))]
        if wanted.get("count"):
            found: sa.Select[Any] = sa.select(sa.func.count().label("count")).select_from(table)
        elif wanted.get("distinct"):
            found = sa.select(table.c[wanted["distinct"]]).distinct().order_by(table.c[wanted["distinct"]])
        else:
            names = _words(wanted.get("columns", "")) or self._tables[name]
            found = sa.select(*(table.c[column] for column in names)).order_by(*order)
        if wanted.get("after"):
            found = found.where(sa.tuple_(*order) > sa.tuple_(*map(_bound, wanted["after"])))
        for how in ("at_least", "before"):
            if wanted.get(how):
                column, value = wanted[how]
                found = found.where(
                    table.c[column] >= _bound(value) if how == "at_least" else table.c[column] < _bound(value)
                )
        if "one_of" in wanted:
            column, *values = wanted["one_of"]
            found = found.where(table.c[column].in_([_bound(value) for value in values]))
        return found.limit(wanted["limit"]) if wanted.get("limit") else found

    def _refused(self, path: str, error: sa.exc.DBAPIError) -> SourceError:
        """What the driver complained of, by its class: its words may hold values, and the address a password."""
        what = type(error.orig).__name__
        if what in ("InsufficientPrivilege", "InvalidPassword", "InvalidAuthorizationSpecification"):
            # As a helpdesk's 403: a stream that the account may not read.
            return CredentialsRefused(
                f"{self._source}: the database lets the account not read {path.strip('/')} ({what}).", 403
            )
        return SourceError(
            f"{self._source}: the database did not answer for {path.strip('/')} ({what}). Check that it runs, that "
            "the connection names it and its schema, and that the account may SELECT from this table."
        )


def _words(text: str) -> list[str]:
    return [word for word in text.split(",") if word]


def _bound(value: Any) -> sa.BindParameter[Any]:
    # Without a type, so that the database reads a moment as it reads its own, and SQLite compares text with text.
    return sa.bindparam(None, value, type_=sa.types.NullType(), unique=True)


def _plain(value: Any) -> Any:
    """What JSON has no word for, as text: moments with their zone if the database tells one."""
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()
    if isinstance(value, uuid.UUID | decimal.Decimal):
        return str(value)
    raise SourceError(f"a column holds a {type(value).__name__}, which no source reads")


def _engine(connection: Mapping[str, Any], settings: Settings) -> sa.Engine:
    kind = str(connection.get("conn_type") or "")
    if kind == "sqlite":
        path = pathlib.Path(str(connection.get("host") or ""))
        if not path.is_file():
            raise SourceError(f"{settings.name}: the connection {settings.connection!r} names no file of a database")
        # Opened so that it cannot be written: not even the journal of a file that somebody else is writing.
        return sa.create_engine(f"sqlite:///file:{path}?mode=ro&uri=true", poolclass=sa.NullPool)
    if kind in POSTGRESQL:
        address = sa.URL.create(
            "postgresql+psycopg",
            username=connection.get("login") or None,
            password=connection.get("password") or None,
            host=connection.get("host") or None,
            port=connection.get("port") or None,
            database=connection.get("schema") or None,
        )
        return sa.create_engine(address, pool_pre_ping=True)
    raise SourceError(
        f"{settings.name}: the connection {settings.connection!r} has the type {kind!r}; a helpdesk's database is "
        "read from SQLite or PostgreSQL: write sqlite or postgres"
    )
