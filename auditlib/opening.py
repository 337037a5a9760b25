"""How a source is asked: in a folder, in the helpdesk's own database, or over HTTP as most are."""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

from auditlib.sources import Get, Settings
from auditlib.waiting import Manners

Connection = Mapping[str, Any]


def opened(
    module: ModuleType,
    settings: Settings,
    connection: Connection | None = None,
    *,
    home: pathlib.Path | None = None,
    manners: Manners | None = None,
) -> Get:
    """A `Get` for one source; without a connection, with that of the variable AIRFLOW_CONN_…."""
    from auditlib import http

    if hasattr(module, "open_folder"):
        folder = settings.options.get("folder") or (connection or {}).get("host") or settings.connection
        return module.open_folder((home or pathlib.Path()) / str(folder))
    known = connection or http.connection_from_env(settings.connection)
    if hasattr(module, "TABLES"):
        from auditlib.store.elsewhere import open_database

        return open_database(known, settings, module.TABLES)
    open_session: Callable[..., Get] = http.open_session
    return open_session(known, settings, manners)
