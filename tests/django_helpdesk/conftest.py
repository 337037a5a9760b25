"""One private django-helpdesk for all tests of this folder, with five weeks of history lived in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import ModuleType

import pytest

from auditlib.caselog.rows import Row
from auditlib.opening import opened
from auditlib.sources import Get, Settings, Window, django_helpdesk
from tests.django_helpdesk import history
from tests.django_helpdesk.server import Application, running

SINCE = 1_767_225_600  # 2026-01-01
LIVE = Window("live", SINCE)


@pytest.fixture(scope="session")
def application(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    """A running django-helpdesk whose clock the test sets."""
    with running(tmp_path_factory.mktemp("django-helpdesk")) as started:
        yield started


@pytest.fixture(scope="session")
def tickets(application: Application) -> dict[str, int]:
    """The numbers of the tickets that `history.py` names, once all of it is lived."""
    return history.write(application)


@pytest.fixture(scope="session")
def module() -> ModuleType:
    return django_helpdesk


@pytest.fixture(scope="session")
def get(tickets: dict[str, int], application: Application) -> Get:
    return asking(application)


@pytest.fixture(scope="session")
def rows(get: Get) -> Sequence[Row]:
    """All rows that the source reads of the five weeks."""
    return collect(get)


def asking(application: Application) -> Get:
    """How the audit asks the application's database."""
    return opened(django_helpdesk, configured(), connection(application))


def connection(application: Application) -> dict[str, str]:
    """The connection that an operator would create."""
    return {"conn_type": "sqlite", "host": str(application.database)}


def configured(**changes: object) -> Settings:
    """What audit.toml would say of this helpdesk."""
    said = {"name": "dh", "kind": "django_helpdesk", "connection": "dh", "since": SINCE}
    said |= {"fields": {"topic": "custom_field:category"}, "options": {"channel": "custom_field:reached_by"}}
    return Settings(**{**said, **changes})


def collect(get: Get, settings: Settings | None = None, window: Window = LIVE) -> list[Row]:
    """Every row of one whole collection."""
    settings = settings or configured()
    return [
        row
        for chunk in django_helpdesk.fetch(get, {}, window, settings)
        for row in django_helpdesk.read(chunk.pages, settings)
    ]
