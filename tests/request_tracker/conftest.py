"""One private Request Tracker for all tests of this folder, with five weeks of history written into it."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence

import pytest

from auditlib.caselog.rows import Row
from auditlib.http import open_session
from auditlib.sources import Get, Settings, Window, request_tracker
from tests.request_tracker import history
from tests.request_tracker.server import PASSWORD, Tracker, running, what_is_missing

SINCE = 1_767_225_600  # 2026-01-01
UNTIL = 1_776_675_600  # 2026-04-20 09:00, when the written history ends
FIVE_WEEKS = Window("five weeks", SINCE, UNTIL)
FIELDS = {"topic": "custom_field:Root cause"}
OPTIONS = {"rating": "custom_field:CSAT", "channel": "custom_field:Channel"}


@pytest.fixture(scope="session")
def tracker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tracker]:
    """A running Request Tracker 5 whose clock the test sets."""
    missing = what_is_missing()
    if missing:
        warnings.warn(missing, stacklevel=1)
        pytest.skip(missing)
    with running(tmp_path_factory.mktemp("request-tracker"), history.STARTS_AT) as started:
        yield started


@pytest.fixture(scope="session")
def tickets(tracker: Tracker) -> dict[str, str]:
    """The numbers of the tickets that `history.py` names, once all of it is written."""
    return history.write(tracker)


@pytest.fixture(scope="session")
def settings() -> Settings:
    return configured()


@pytest.fixture(scope="session")
def ask(tracker: Tracker) -> Callable[..., Get]:
    """How an account of the tracker asks it: `ask()` for the auditor, `ask("shortsighted")` for another."""

    def session(login: str = "reader") -> Get:
        return open_session(connection(tracker, login), configured())

    return session


@pytest.fixture(scope="session")
def rows(tickets: dict[str, str], ask: Callable[..., Get]) -> Sequence[Row]:
    """All rows that the source reads of the five weeks; what tests write later is behind them."""
    return collect(ask())


def connection(tracker: Tracker, login: str = "reader") -> dict[str, str]:
    """The connection that an operator would create."""
    return {"conn_type": "http", "host": tracker.url, "login": login, "password": PASSWORD}


def configured(**changes: object) -> Settings:
    """What audit.toml would say of this tracker."""
    said = {"name": "rt", "kind": "request_tracker", "connection": "rt", "since": SINCE}
    said |= {"fields": FIELDS, "options": OPTIONS, "statuses": {"awaiting parts": "on_hold"}}
    return Settings(**{**said, **changes})


def collect(get: Get, settings: Settings | None = None, window: Window = FIVE_WEEKS) -> list[Row]:
    """Every row of one whole collection."""
    settings = settings or configured()
    chunks = request_tracker.fetch(get, {}, window, settings)
    return [row for chunk in chunks for row in request_tracker.read(chunk.pages, settings)]
