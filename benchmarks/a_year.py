"""How fast `figures` grows: four weeks of nightly publications, counted row by row, and the year that they make."""

from __future__ import annotations

import datetime
import os
import pathlib
import tempfile
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd
import pyarrow as pa
import sqlalchemy as sa

from auditlib import pipeline
from auditlib.pipeline.setting import Setting
from auditlib.store import engine
from auditlib.store.run_tables import RUNS
from benchmarks import exports
from benchmarks.alone import alone
from benchmarks.results import Finding

SIZE = 4_000
"""Tickets a year."""
LOADED, DAYS = datetime.date(2026, 8, 30), 28
"""The Sunday up to which the year is loaded at once, and how many nights follow: a month's end is among them."""
LOADING = 2
"""Nights in which it is loaded: the newest five weeks first, then all older months, which files tell at once."""
MOST = 500_000
BREAKDOWNS = """\

[[segment]]
name = "vip"
when = { tier = ["enterprise"] }

[[segment]]
name = "returns"
when = { topic = ["returns"] }
"""
BROKEN_DOWN = """\
breakdowns = ["team", "channel", "priority", "topic", "language", "tier", "region", "source", "segment",
              ["team", "channel"]]
"""
HISTORY = {"status": "status", "group": "group", "assignee": "assignee"}
"""What a ticket shows is what its last event of this kind said."""


def run(size: int) -> Iterator[Finding]:
    """Rows that one night adds, and a year's: thirteen times four weeks. Loading does not count: it is done once."""
    with tempfile.TemporaryDirectory() as folder:
        made = exports.write_first(pathlib.Path(folder), size, "sqlite:///audit.db")
        _prepare(pathlib.Path(folder))
        cost = alone(nights, folder)
    added, changed = (cost.answer[name] for name in ("figures", "changed"))
    told = {"benchmark": "a_year", "cpu_seconds": cost.answer["cpu_seconds"], "of": "rows"}
    yield Finding(way=f"{made:,} tickets, loaded in {LOADING} nights", amount=cost.answer["first"], **told)
    yield Finding(way=f"{made:,} tickets, {DAYS} nights", amount=added, peak_mib=cost.peak_mib, **told)
    yield Finding(way="… of which changed an earlier one", amount=changed, **told)
    year = round(added * 365 / DAYS)
    yield Finding(way="… in a year", amount=year, bar=f"fewer than {MOST:,} rows", is_met=year < MOST, **told)


def nights(folder: str) -> Callable[[], dict[str, Any]]:
    """The loading nights and those after them; gives what they added to `figures`."""
    where = pathlib.Path(folder)
    os.environ["AUDITLIB_CONFIG"] = str(where / "audit.toml")
    told = _Told(where / "whole")

    def work() -> dict[str, Any]:
        import time

        spent = 0.0
        for number in range(LOADING + DAYS):
            day = LOADED + datetime.timedelta(days=number)
            told.deliver(where / "exports", number, day)
            before = time.process_time()
            pipeline.night(Setting.here().midnight_after(day.isoformat()))
            spent += time.process_time() - before if number >= LOADING else 0.0
        return _counted() | {"cpu_seconds": spent}

    return work


def _prepare(folder: pathlib.Path) -> None:
    """The whole year beside the folder that is read, and the breakdowns of a large company."""
    (folder / "exports").rename(folder / "whole")
    (folder / "exports").mkdir()
    config = (folder / "audit.toml").read_text().replace('breakdowns = ["team", "source", "channel"]\n', BROKEN_DOWN)
    (folder / "audit.toml").write_text(config + BREAKDOWNS)


class _Told:
    """The year's tickets and events, told as a helpdesk would: each night what has moved since the last one."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.tickets = pd.read_parquet(folder / "tickets.parquet", dtype_backend="pyarrow")
        self.events = pd.read_parquet(folder / "events.parquet", dtype_backend="pyarrow")
        self.told_until = pd.Timestamp("1970-01-01", tz="UTC")

    def deliver(self, folder: pathlib.Path, number: int, day: datetime.date) -> None:
        """The tickets that moved up to a day, with all of their events and as they then stood."""
        until = pd.Timestamp(day + datetime.timedelta(days=1), tz="Europe/Berlin").tz_convert("UTC")
        known = self.events[self.events.occurred_at < until]
        moved = known.ticket[known.occurred_at >= self.told_until].unique()
        events = known[known.ticket.isin(moved)]
        tickets = self.tickets[self.tickets.ticket.isin(moved)].set_index("ticket")
        for column, kind in HISTORY.items():
            last = events[events.kind == kind].groupby("ticket").new.last()
            tickets[column] = last.reindex(tickets.index)
        tickets["status"] = tickets.status.fillna("new")
        merged = events.ticket[events.kind == "merged_into"].unique()
        tickets["merged_into"] = tickets.merged_into.where(tickets.index.isin(merged))
        for name, frame in (("tickets", tickets.reset_index()), ("events", events)):
            table = pa.Table.from_pandas(frame, preserve_index=False)
            pa.parquet.write_table(table, folder / f"{name}-{number:03}.parquet")
        exports.complete_until(folder, until.strftime("%Y-%m-%dT%H:%M:%SZ"))
        self.told_until = until


def _counted() -> dict[str, int]:
    """Rows that the loading nights wrote, all later ones, and how many of these replace another."""
    with engine.reading(Setting.here().store.engine) as c:
        loaded = c.scalars(sa.select(RUNS.c.run).order_by(RUNS.c.run)).all()[LOADING - 1]
        rows = "SELECT count(*) FROM figures WHERE publication_run"
        asked = {"first": f"{rows} <= {loaded}", "figures": f"{rows} > {loaded}"}
        asked["changed"] = f"{asked['figures']} AND supersedes IS NOT NULL"
        return {name: int(c.scalar(sa.text(query)) or 0) for name, query in asked.items()}
