"""Airflow for tests: its own home, set before anything imports airflow; a small helpdesk to audit."""

from __future__ import annotations

import atexit
import json
import os
import pathlib
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage

ROOT = pathlib.Path(__file__).parents[2]
DAGS = ROOT / "dags"
HOME = pathlib.Path(tempfile.mkdtemp(prefix="airflow-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
os.environ |= {
    "AIRFLOW_HOME": str(HOME),
    "AIRFLOW__CORE__DAGS_FOLDER": str(DAGS),
    "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{HOME}/airflow.db",
    "AIRFLOW__LOGGING__LOGGING_LEVEL": "WARNING",
}
sys.path.append(str(DAGS))  # as Airflow does for whatever lies beside the DAG files

import pytest  # noqa: E402
from aiosmtpd.controller import Controller  # noqa: E402
from aiosmtpd.handlers import Message  # noqa: E402

from auditlib.sandbox.build import World, world  # noqa: E402
from auditlib.sandbox.server import Box, serve  # noqa: E402
from tests.dags.nights import Night  # noqa: E402


@pytest.fixture(scope="session")
def airflow_db() -> None:
    """Airflow's metadata database, made once."""
    from airflow.models.pool import Pool
    from airflow.utils import db

    db.initdb()
    Pool.create_or_update_pool("helpdesk_api", 4, "helpdesks asked at once", include_deferred=False)


@pytest.fixture(scope="session")
def company() -> World:
    """An invented company with about 200 tickets."""
    return world(200)


@pytest.fixture
def helpdesk(company: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Box]:
    """The company's helpdesk, as Airflow's connection `sandbox`."""
    with serve(company, "2026-10-01T00:00:00Z") as box:
        monkeypatch.setenv("AIRFLOW_CONN_SANDBOX", connection_to(box))
        yield box


@pytest.fixture
def night(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Night]:
    """Writes an audit.toml with such sources and alerts, and gives its nights."""

    def write(*sources: str, alerts: str = "", folder: str = ".") -> Night:
        night = Night(tmp_path / folder)
        night.write(sources or ("sandbox",), alerts)
        monkeypatch.setenv("AUDITLIB_CONFIG", str(night.config))
        return night

    return write


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[EmailMessage]]:
    """What a mail server on loopback received; it is Airflow's connection `mail`."""
    received: list[EmailMessage] = []
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(Letters(received), hostname="127.0.0.1", port=port)
    server.start()
    try:
        monkeypatch.setenv("AIRFLOW_CONN_MAIL", _mail_connection(port))
        yield received
    finally:
        server.stop()


class Letters(Message):
    """Keeps each letter that comes."""

    def __init__(self, received: list[EmailMessage]) -> None:
        super().__init__(EmailMessage)
        self.received = received

    def handle_message(self, message: EmailMessage) -> None:
        self.received.append(message)


def _mail_connection(port: int) -> str:
    people = {"to": "oncall@acme.example", "from_email": "audit@acme.example"}
    plain = {"disable_ssl": True, "disable_tls": True}
    return json.dumps({"conn_type": "smtp", "host": "127.0.0.1", "port": port, "extra": people | plain})


def connection_to(box: Box, password: str | None = None) -> str:
    """An Airflow connection to the helpdesk, as a variable holds it."""
    login, password = f"{box.email}/token", password or box.token
    return json.dumps({"conn_type": "http", "host": box.url, "login": login, "password": password})
