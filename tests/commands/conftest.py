"""A small helpdesk that was audited for two nights by the command line itself, once for all tests."""

from __future__ import annotations

import dataclasses
import datetime
import json
import pathlib
import shutil
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from click.testing import CliRunner, Result

from auditlib.commands import auditlib
from auditlib.sandbox import Box, World, serve, world

ROOT = pathlib.Path(__file__).parents[2]
NIGHTS = ("2026-10-25", "2026-10-26")
MORNING = "2026-10-26T09:00:00+01:00"
"""After the second night, and after it should have been published."""


@dataclasses.dataclass
class Desk:
    """A folder with audit.toml and a store, and the command line in it."""

    folder: pathlib.Path
    connection: str | None

    @property
    def config(self) -> pathlib.Path:
        return self.folder / "audit.toml"

    def __call__(self, *words: str, **environment: str | None) -> Result:
        """What `auditlib words…` says, and how it ends."""
        variables: Mapping[str, str | None] = {
            "AUDITLIB_CONFIG": str(self.config), "AIRFLOW_CONN_SANDBOX": self.connection, **environment,
        }  # fmt: skip
        return CliRunner().invoke(auditlib, list(words), env=dict(variables), prog_name="auditlib")

    def data(self, *words: str, **environment: str | None) -> Any:
        """The same as data."""
        return json.loads(self(*words, "--json", **environment).stdout)

    def change(self, old: str, new: str) -> None:
        """Changes a line of audit.toml."""
        text = self.config.read_text()
        assert old in text, old
        self.config.write_text(text.replace(old, new, 1))

    def line_of(self, text: str) -> int:
        return next(n for n, line in enumerate(self.config.read_text().splitlines(), 1) if text in line)


@pytest.fixture(scope="session")
def company() -> World:
    return world(tickets=120, seed=7)


@pytest.fixture(scope="session")
def box(company: World) -> Iterator[Box]:
    with serve(company, now=f"{NIGHTS[0]}T01:30:00Z") as running:
        yield running


@pytest.fixture(scope="session")
def audited(box: Box, tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, list[Result]]:
    """The desk after two nights, and what each night said. Nothing may be written into it."""
    folder = tmp_path_factory.mktemp("audited")
    shutil.copy(ROOT / "audit.toml", folder)
    login = f"{box.email}/token"
    connection = {"conn_type": "http", "host": box.url, "login": login, "password": box.token}
    desk, said = Desk(folder, json.dumps(connection)), []
    for day in NIGHTS:
        box.set_clock(f"{day}T01:30:00Z")
        said.append(desk("run", "--as-of", day, "--json"))
        assert said[-1].exit_code == 0, said[-1].output
    return desk, said


@pytest.fixture
def cli(audited: tuple[Desk, list[Result]]) -> Desk:
    """The command line on the audited desk, to look only."""
    return audited[0]


@pytest.fixture
def copied(audited: tuple[Desk, list[Result]], tmp_path: pathlib.Path) -> Desk:
    """A copy of the audited desk, to do something with."""
    shutil.copytree(audited[0].folder, tmp_path / "copy")
    return Desk(tmp_path / "copy", audited[0].connection)


@pytest.fixture
def fresh(tmp_path: pathlib.Path) -> Desk:
    """A desk where nothing was audited yet, and no connection is there."""
    shutil.copy(ROOT / "audit.toml", tmp_path)
    return Desk(tmp_path, None)


@pytest.fixture
def within(monkeypatch: pytest.MonkeyPatch) -> Callable[[Desk], None]:
    """Makes this process itself one of a desk, for what has no verb."""

    def enter(desk: Desk) -> None:
        monkeypatch.setenv("AUDITLIB_CONFIG", str(desk.config))
        if desk.connection:
            monkeypatch.setenv("AIRFLOW_CONN_SANDBOX", desk.connection)

    return enter


def local(text: str) -> str:
    """A moment of the answer key in UTC, as the story writes it."""
    at = datetime.datetime.fromisoformat(text).astimezone(datetime.UTC)
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
