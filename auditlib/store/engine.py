"""A connection to the store, SQLite or PostgreSQL, with the habits that make it safe."""

import contextlib
import functools
import os
import pathlib
import sqlite3
import urllib.parse
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

# Python's driver looks for an adapter of each NULL and flag that it writes, and is slow to find that there is none:
# these two change nothing. Of what is not in it, a dictionary's `get` gives None.
_NOTHING: dict[None, None] = {}
sqlite3.register_adapter(type(None), _NOTHING.get)
sqlite3.register_adapter(bool, int)

Connection = sa.Connection
"""A transaction on the store, handed on by those who may not know what a database is."""
Engine = sa.Engine
"""The way to a store, handed on likewise."""

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "busy_timeout=60000",
    "cache_size=-262144",
    "temp_store=MEMORY",
)

LOOKING = ("busy_timeout=60000", "cache_size=-262144", "temp_store=MEMORY", "query_only=ON")

WRITERS = 7_283_414
"""The lock of PostgreSQL for which writers queue; any number that nobody else takes in this database."""


def connect(url: str, looks_only: bool = False) -> sa.Engine:
    """An engine for sqlite:///… or postgresql+psycopg://…; one that looks only can change nothing.

    SQLite is opened by Python's own driver alone: two SQLite libraries on one WAL file in one
    process corrupt it.
    """
    address = sa.make_url(url)
    if address.get_backend_name() == "postgresql":
        options = {"options": "-c default_transaction_read_only=on"} if looks_only else {}
        url_of_driver = address.set(drivername="postgresql+psycopg")
        return sa.create_engine(url_of_driver, pool_pre_ping=True, connect_args=options)
    if looks_only and address.database:
        look = functools.partial(_look, pathlib.Path(address.database))
        engine = sa.create_engine("sqlite://", creator=look, poolclass=sa.pool.QueuePool)
        sa.event.listen(engine, "begin", _begin)
        return engine
    if address.database and address.database != ":memory:":
        pathlib.Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(address)
    sa.event.listen(engine, "connect", _set_up)
    sa.event.listen(engine, "begin", _begin)
    return engine


@contextlib.contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One transaction that writes: all of it or nothing; other writers wait for it."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            # As on SQLite: part numbers, runs and publications are counted by one writer at a time.
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS})")
        yield connection


@contextlib.contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One transaction that only reads, and sees the store as it is at its beginning."""
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


def _look(path: pathlib.Path) -> sqlite3.Connection:
    """A file that is read whoever owns it; in a folder where nobody may write, nobody does meanwhile either."""
    place = f"file:{urllib.parse.quote(str(path.absolute()))}"
    try:
        connection = sqlite3.connect(f"{place}?mode=ro", uri=True, isolation_level=None, check_same_thread=False)
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        if os.access(path.parent, os.W_OK):
            raise
        connection = sqlite3.connect(f"{place}?immutable=1", uri=True, isolation_level=None, check_same_thread=False)
    for pragma in LOOKING:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _set_up(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, so that writers can take the lock at once
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
