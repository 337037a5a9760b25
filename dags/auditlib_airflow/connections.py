"""The helpdesks' connections: Airflow keeps them, in whatever backend; the library gets plain words."""

from __future__ import annotations

from typing import Any

from airflow.sdk import Connection
from airflow.sdk.exceptions import AirflowNotFoundException

from auditlib import config

WITHOUT = {"files"}
"""Kinds of sources that ask nobody and so need no connection."""


def connection_of(source: str) -> dict[str, Any] | None:
    """What `pipeline.collect` needs to reach a source; None if Airflow knows no such connection.

    None is not an error here: the library then looks for the variable itself, and if that is missing
    too, it records in the run what was looked for and how to write it.
    """
    settings = config.load().source(source)
    if settings.kind in WITHOUT:
        return None
    try:
        return _plain(Connection.get(settings.connection))
    except AirflowNotFoundException:
        return None


def _plain(connection: Connection) -> dict[str, Any]:
    fields = ("conn_type", "host", "schema", "login", "password", "port")
    return {name: getattr(connection, name) for name in fields} | {"extra": connection.extra_dejson}
