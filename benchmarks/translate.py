"""Raw Zendesk pages into case-log rows, and on into the store, against pandas.json_normalize."""

from __future__ import annotations

import json
import pathlib
import tempfile
from collections.abc import Callable, Iterator

import pandas as pd

from auditlib.caselog.rows import Event, Ticket
from auditlib.pipeline.translating import Translation
from auditlib.sources import zendesk
from auditlib.store import engine, open_store
from benchmarks import raw_pages
from benchmarks.alone import alone
from benchmarks.results import Finding

SIZE = 5_000
TIMES = 5
"""What must not be lost again; docs/performance.md names the bar in tickets a second and what is missing."""


def run(size: int) -> Iterator[Finding]:
    """The same pages read three ways."""
    with tempfile.TemporaryDirectory() as folder:
        raw_pages.write(pathlib.Path(folder), size)
        slow, fast = alone(normalized, folder), alone(read, folder)
        whole = alone(translated, folder, str(pathlib.Path(folder).with_suffix(".db")))
    told = {"benchmark": "translate", "amount": fast.answer["tickets"], "of": "tickets"}
    yield Finding(
        way="pandas.json_normalize, audits only", cpu_seconds=slow.cpu_seconds, peak_mib=slow.peak_mib, **told
    )
    faster = slow.cpu_seconds / fast.cpu_seconds
    yield Finding(
        way="read()", cpu_seconds=fast.cpu_seconds, peak_mib=fast.peak_mib, against="json_normalize",
        times_faster=faster, bar=f"at least {TIMES} times", is_met=faster >= TIMES, **told,
    )  # fmt: skip
    yield Finding(
        way="read, resolve, mark, merge, write", cpu_seconds=whole.cpu_seconds, peak_mib=whole.peak_mib, **told
    )


def read(folder: str) -> Callable[[], dict[str, int]]:
    """Case-log rows of every chunk; gives how many tickets and events."""
    chunks, settings = raw_pages.read(pathlib.Path(folder)), raw_pages.settings()

    def work() -> dict[str, int]:
        count = {"tickets": 0, "events": 0}
        for pages in chunks:
            for row in zendesk.read(pages, settings):
                count["tickets"] += type(row) is Ticket
                count["events"] += type(row) is Event
        return count

    return work


def normalized(folder: str) -> Callable[[], int]:
    """A flat frame of all changes and comments, as the usual script makes it; gives its rows."""
    chunks = raw_pages.read(pathlib.Path(folder))

    def work() -> int:
        frames = []
        for pages in chunks:
            audits = [audit for page in pages if page.stream == "audits" for audit in json.loads(page.body)["audits"]]
            if audits:
                meta = ["id", "ticket_id", "created_at", "author_id"]
                frames.append(pd.json_normalize(audits, "events", meta, meta_prefix="of_audit_"))
        return sum(map(len, frames))

    return work


def translated(folder: str, database: str) -> Callable[[], int]:
    """The chunks in the store, one transaction each; gives how many tickets changed."""
    chunks, settings = raw_pages.read(pathlib.Path(folder)), raw_pages.settings()
    store = open_store(f"sqlite:///{database}")
    translation = Translation(store, 1, settings, last_looked=0)

    def work() -> int:
        changed = 0
        for number, pages in enumerate(chunks, start=1):
            with engine.writing(store.engine) as c:
                changed += translation.part(c, number, zendesk.read(pages, settings))["tickets_changed"]
        with engine.writing(store.engine) as c:
            translation.settle_roles(c)
        pathlib.Path(database).unlink()
        return changed

    return work
