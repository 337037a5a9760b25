"""A company that is audited in a folder of its own: configuration, store, landing, and its nights."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import os
import pathlib
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
import sqlalchemy as sa

from auditlib import pipeline
from auditlib.pipeline.setting import Setting
from auditlib.sandbox import Box

KEY = "5eed" * 8
WALL_CLOCK = "2026-11-01T03:00:00Z"
AUDIT = """\
[audit]
name = "Nordlicht Home"
time_zone = "Europe/Berlin"
store = "{store}"
landing = "landing"
"""
SANDBOX = """\
[[source]]
name = "{name}"
kind = "zendesk"
connection = "{name}"
since = {since}
statuses = {{ "Waiting on vendor" = "on_hold", "Escalated to engineering" = "open" }}
fields = {{ topic = "custom_field:360001", tier = "organization.plan" }}
bots = ["assistant@nordlicht.example", "zapier@nordlicht.example"]
options = {{ page_size = {page_size} }}
"""
FILES = """\
[[source]]
name = "{name}"
kind = "files"
connection = "{name}"
since = {since}
options = {{ folder = "{name}"{more} }}
"""
RULES = """\
[clock]
promised = { "*" = "Mon-Fri 08:00-18:00 Europe/Berlin" }

[repeat]
window_days = 7

[figures]
breakdowns = ["team", "source"]
min_n = 3
"""
TEAM = """\
[[team]]
name = "Specialists"
groups = ["{name}:Billing", "{name}:Returns", "{name}:Technical L2"]
"""


def sandbox_source(name: str = "sandbox", since: str = "2026-06-01", page_size: int = 40) -> str:
    """A sandbox as a `[[source]]`; small pages, so that a load has many parts."""
    return SANDBOX.format(name=name, since=since, page_size=page_size)


def files_source(name: str = "mail", since: str = "2026-06-01", more: str = "") -> str:
    """A folder of exports beside audit.toml as a `[[source]]`."""
    return FILES.format(name=name, since=since, more=f", {more}" if more else "")


@dataclasses.dataclass
class House:
    """One company: `night` audits a day as cron would, `tables` are what its store then holds."""

    folder: pathlib.Path
    sources: Sequence[str] = (sandbox_source(),)
    boxes: Mapping[str, Box] = dataclasses.field(default_factory=dict)
    store: str = "sqlite:///audit.db"
    rules: str = RULES
    more: str = ""
    locked_out: set[str] = dataclasses.field(default_factory=set)
    """Sources whose credentials have expired."""

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.write_config()

    def write_config(self) -> None:
        teams = [TEAM.format(name=name) for name in self.boxes]
        parts = [AUDIT.format(store=self.store), *self.sources, self.rules, *teams[:1], self.more]
        (self.folder / "audit.toml").write_text("\n".join(parts))

    def copy(self, folder: pathlib.Path) -> House:
        """The same company, with all that it knows, in another folder."""
        self.checkpoint()
        shutil.copytree(self.folder, folder)
        return dataclasses.replace(self, folder=folder)

    def checkpoint(self) -> None:
        """Everything written stands in the one file of the store."""
        if self.store.startswith("sqlite") and (self.folder / "audit.db").exists():
            with self.reading() as c:
                c.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextlib.contextmanager
    def here(self) -> Iterator[Setting]:
        """Within it, the pipeline's steps are this company's."""
        told = {
            "AUDITLIB_CONFIG": str(self.folder / "audit.toml"),
            "AUDITLIB_SURROGATE_KEY": KEY,
            "AUDITLIB_WALL_CLOCK": WALL_CLOCK,
        }
        with environment(told):
            yield Setting.here()

    def connection(self, source: str) -> dict[str, Any] | None:
        box = self.boxes.get(source)
        if box is None:
            return None
        return box.connection | ({"password": "expired"} if source in self.locked_out else {})

    def set_clocks(self, day: str) -> None:
        """The helpdesks show themselves as in the small hours after a day."""
        after = datetime.date.fromisoformat(day) + datetime.timedelta(days=1)
        for box in self.boxes.values():
            box.set_clock(f"{after}T01:30:00Z")

    def night(self, day: str, tell: Callable[[str], None] = lambda line: None) -> dict[str, Any]:
        """Audits a day that has just ended."""
        self.set_clocks(day)
        return self.again(day, tell)

    def again(self, day: str, tell: Callable[[str], None] = lambda line: None) -> dict[str, Any]:
        """Audits a day while the helpdesks stay as they are."""
        with self.here() as setting:
            return pipeline.night(setting.midnight_after(day), self.connection, tell)

    @property
    def address(self) -> str:
        """Where the store is, wherever one stands."""
        return self.store.replace("sqlite:///", f"sqlite:///{self.folder}/")

    @contextlib.contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        engine = sa.create_engine(self.address)
        with engine.connect() as connection:
            yield connection
        engine.dispose()

    def table(self, name: str) -> pd.DataFrame:
        return self.rows(f'SELECT * FROM "{name}"')

    def rows(self, query: str) -> pd.DataFrame:
        with self.reading() as c:
            found = c.exec_driver_sql(query)
            return pd.DataFrame(found.fetchall(), columns=list(found.keys()))

    def names(self) -> list[str]:
        with self.reading() as c:
            return sa.inspect(c).get_table_names()

    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table of the store."""
        return {name: self.table(name) for name in self.names()}

    def run_sources(self, run: int) -> dict[str, dict[str, Any]]:
        rows = self.rows(f"SELECT * FROM run_sources WHERE run = {run}")
        return {row["source"]: row for row in rows.to_dict("records")}


@contextlib.contextmanager
def environment(told: Mapping[str, str]) -> Iterator[None]:
    """The variables hold within it, and are as before after it."""
    before = {name: os.environ.get(name) for name in told}
    os.environ.update(told)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
