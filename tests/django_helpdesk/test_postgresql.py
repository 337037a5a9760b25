"""The same database on PostgreSQL, with its own types, read by an account that may do nothing but read."""

from __future__ import annotations

import contextlib
import sqlite3
from urllib.parse import urlsplit

import psycopg
import pytest

from auditlib.opening import opened
from auditlib.sources import CredentialsRefused, django_helpdesk
from tests.django_helpdesk.conftest import collect, configured
from tests.django_helpdesk.server import Application
from tests.postgres import cluster, postgres_url  # noqa: F401

MOMENTS, TRUTHS = {"created", "modified", "date"}, {"public", "on_hold", "is_staff", "is_active"}


@pytest.fixture
def connection(postgres_url: str, application: Application, tickets: dict[str, int]) -> dict:  # noqa: F811
    """A copy of the application's tables, as Django makes them there, and the reader's connection."""
    with (
        contextlib.closing(sqlite3.connect(application.database)) as theirs,
        psycopg.connect(_plain(postgres_url), autocommit=True) as ours,
    ):
        reader = f"reader_of_{urlsplit(postgres_url).path.lstrip('/')}"
        ours.execute(f"CREATE ROLE {reader} LOGIN PASSWORD 'x'")
        for table, columns in django_helpdesk.TABLES.items():
            names = ", ".join(columns)
            rows = theirs.execute(f"SELECT {names} FROM {table}").fetchall()
            ours.execute(f"CREATE TABLE {table} ({', '.join(map(_column, columns))}, secret text)")
            for row in rows:
                values = [_value(*told) for told in zip(columns, row, strict=True)]
                ours.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(row))})", values)
            ours.execute(f"GRANT SELECT ({names}) ON {table} TO {reader}")
    at = urlsplit(postgres_url)
    return {
        "conn_type": "postgres", "host": at.hostname, "port": at.port or 5432, "schema": at.path.lstrip("/"),
        "login": reader, "password": "x",
    }  # fmt: skip


def _plain(url: str) -> str:
    return url.replace("+psycopg", "")


def _column(name: str) -> str:
    if name in MOMENTS:
        return f"{name} timestamptz"
    if name in TRUTHS:
        return f"{name} boolean"
    whole = (
        name == "id" or (name.endswith("_id") and name != "message_id") or name in ("status", "new_status", "priority")
    )
    return f"{name} {'integer' if whole else 'text'}"


def _value(name: str, value: object) -> object:
    if name in MOMENTS:
        return f"{value}+00:00"
    return bool(value) if name in TRUTHS else value


def test_postgresql_tells_what_sqlite_tells(connection: dict, rows: list) -> None:
    get = opened(django_helpdesk, configured(), connection)
    for size in (2, 200):
        told = collect(get, configured(options={"channel": "custom_field:reached_by", "page_size": size}))
        assert {repr(row) for row in told} == {repr(row) for row in rows}


def test_a_column_that_the_account_may_not_read_stops_it(connection: dict, postgres_url: str) -> None:  # noqa: F811
    with psycopg.connect(_plain(postgres_url), autocommit=True) as ours:
        ours.execute(f"REVOKE SELECT (comment) ON helpdesk_followup FROM {connection['login']}")
    get = opened(django_helpdesk, configured(), connection)
    with pytest.raises(CredentialsRefused, match="helpdesk_followup"):
        collect(get)
    told = django_helpdesk.introduce(get, configured()).streams
    assert "SELECT on helpdesk_followup" in told.pop("followups")
    assert set(told.values()) == {"ok"}
