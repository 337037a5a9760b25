"""How fast `figures` grows: four weeks of nightly publications, counted row by row, and the year that they make."""

from __future__ import annotations

import datetime
import os
import pathlib
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pandas as pd
import sqlalchemy as sa

from auditlib.caselog.words import Kind, Status
from auditlib.pipeline import nights as whole
from auditlib.pipeline import steps
from auditlib.pipeline.setting import Setting, seconds
from auditlib.store import bulk, caselog, engine, runs
from auditlib.store import caselog_tables as t
from auditlib.store.run_tables import RUNS
from benchmarks import audit, case_log
from benchmarks.alone import alone
from benchmarks.results import Finding

SIZE = 4_000
"""Tickets a year."""
LOADED, DAYS = datetime.date(2026, 8, 30), 28
"""The Sunday up to which the history is loaded at once, and how many nights follow: a month's end is among them."""
HISTORY = 91
"""Days that are loaded: nothing that a later night changes lies further back."""
MOST = 500_000
BREAKDOWNS = """\

[[segment]]
name = "vip"
when = { tier = ["premium"] }

[[segment]]
name = "returns"
when = { topic = ["returns"] }
"""
BROKEN_DOWN = """\
breakdowns = ["team", "channel", "priority", "topic", "language", "tier", "region", "source", "segment",
              ["team", "channel"]]
"""


def run(size: int) -> Iterator[Finding]:
    """Rows that one night adds, and a year's: thirteen times four weeks. Loading does not count: it is done once."""
    with tempfile.TemporaryDirectory() as folder:
        config = audit.CONFIG.format(store="sqlite:///audit.db")
        config = config.replace('breakdowns = ["team", "source", "channel"]\n', BROKEN_DOWN)
        (pathlib.Path(folder) / "audit.toml").write_text(config + BREAKDOWNS)
        cost = alone(nights, folder, size)
    added, changed = (cost.answer[name] for name in ("figures", "changed"))
    told = {"benchmark": "a_year", "cpu_seconds": cost.answer["cpu_seconds"], "of": "rows"}
    yield Finding(way=f"{size:,} tickets a year: {HISTORY} days at once", amount=cost.answer["first"], **told)
    yield Finding(way=f"the {DAYS} nights after them", amount=added, peak_mib=cost.peak_mib, **told)
    yield Finding(way="… of which changed an earlier one", amount=changed, **told)
    year = round(added * 365 / DAYS)
    yield Finding(way="… in a year", amount=year, bar=f"fewer than {MOST:,} rows", is_met=year < MOST, **told)


def nights(folder: str, size: int) -> Callable[[], dict[str, Any]]:
    """The loading night and those after it; gives what they added to `figures`."""
    os.environ["AUDITLIB_CONFIG"] = f"{folder}/audit.toml"
    setting = Setting.here()
    told = _Told(setting, size)

    def work() -> dict[str, Any]:
        spent = 0.0
        for number in range(1 + DAYS):
            day = (LOADED + datetime.timedelta(days=number)).isoformat()
            run = steps.begin_as_of(setting, setting.midnight_after(day))
            told.tell(run.run, seconds(run.as_of))
            before = time.process_time()
            steps.gate_source(run.run, case_log.SOURCE)
            whole.audited(Setting.here(), run)
            spent += time.process_time() - before if number else 0.0
            print(day, _counted(), f"{spent:.0f} s", file=sys.stderr, flush=True)
        return _counted() | {"cpu_seconds": spent}

    return work


class _Told:
    """A company's tickets, told as a helpdesk would: first all at once, then each night what has moved."""

    def __init__(self, setting: Setting, size: int) -> None:
        self.setting, self.company = setting, case_log.founded(setting, size)
        first = seconds(setting.midnight_after(LOADED.isoformat())) - HISTORY * case_log.DAY
        last = seconds(setting.midnight_after((LOADED + datetime.timedelta(days=DAYS)).isoformat()))
        count = round(size / 365 * (HISTORY + DAYS))
        random = np.random.default_rng(1)
        keys = np.unique(random.integers(1, 1 << 62, 2 * count))[::2][:count]
        parts = [
            case_log.lives(random, self.company, keys[at : at + case_log.AT_A_TIME], first, last)
            for at in range(0, count, case_log.AT_A_TIME)
        ]
        self.tickets = pd.concat([tickets for tickets, _ in parts], ignore_index=True).set_index("ticket_key")
        self.events = pd.concat([events for _, events in parts], ignore_index=True)
        self.since, self.told_until = first, 0

    def tell(self, run: int, until: int) -> None:
        """Writes what happened up to a moment, and the tickets as they then stood, as new to a run."""
        known = self.events[self.events.occurred_at < until]
        events = known[known.occurred_at >= self.told_until]
        keys = events.ticket_key.unique()
        tickets = self.tickets.loc[keys].reset_index()
        status = known[known.kind == int(Kind.status)].groupby("ticket_key").new.last()
        tickets["status"] = status.reindex(keys).fillna(int(Status.new)).to_numpy(np.int64)
        is_new = (tickets.created_at >= self.told_until).to_numpy()
        span = events.groupby("ticket_key").occurred_at.agg(["min", "max"]).loc[keys]
        changes = {"ticket_key": keys, "cause": np.where(is_new, "NEW_TICKET", "LATE_EVENT").astype(object)}
        changes |= {"first_event_at": span["min"].to_numpy(), "last_event_at": span["max"].to_numpy()}
        if not self.told_until:
            case_log.found(self.setting, self.company, run)
        with engine.writing(self.setting.store.engine) as c:
            held = t.TICKETS.c.ticket_key == sa.bindparam("held")
            close = sa.update(t.TICKETS).where(held, t.TICKETS.c.to_run.is_(None)).values(to_run=run)
            bulk.execute_many(c, close, [{"held": key} for key in keys[~is_new].tolist()])
            bulk.write(c, t.TICKETS, tickets.assign(from_run=run))
            bulk.write(c, t.EVENTS, events.assign(from_run=run))
            caselog.note_changes(c, run, pd.DataFrame(changes))
            done = {"state": "translated", "complete_until": until, "loaded_since": self.since}
            runs.note_source(c, run, case_log.SOURCE, **done)
        self.told_until = until


def _counted() -> dict[str, int]:
    """Rows that the loading night wrote, all later ones, and how many of these replace another."""
    with engine.reading(Setting.here().store.engine) as c:
        loaded = c.scalar(sa.select(sa.func.min(RUNS.c.run)))
        rows = "SELECT count(*) FROM figures WHERE publication_run"
        asked = {"first": f"{rows} <= {loaded}", "figures": f"{rows} > {loaded}"}
        asked["changed"] = f"{asked['figures']} AND supersedes IS NOT NULL"
        return {name: int(c.scalar(sa.text(query)) or 0) for name, query in asked.items()}
