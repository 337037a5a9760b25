"""One night over a helpdesk that is really there, and the store that it leaves."""

from __future__ import annotations

import contextlib
import json
import pathlib
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from auditlib import pipeline


@contextlib.contextmanager
def audited(
    folder: pathlib.Path, config: str, source: str, connection: Mapping[str, Any], as_of: str
) -> Iterator[sqlite3.Connection]:
    """The store after one night up to `as_of`; the source's connection has its name, and the store is `audit.db`."""
    (folder / "audit.toml").write_text(config)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUDITLIB_CONFIG", str(folder / "audit.toml"))
        patch.setenv(f"AIRFLOW_CONN_{source.upper()}", json.dumps(connection))
        published = pipeline.night(as_of)
    assert published["sources"] == [source]
    with sqlite3.connect(folder / "audit.db") as connected:
        connected.row_factory = sqlite3.Row
        yield connected
