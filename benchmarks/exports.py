"""A company's year as the files source reads it, and a day after it on which some tickets moved."""

from __future__ import annotations

import datetime
import json
import pathlib

import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet

from auditlib.sandbox.build import END, START
from auditlib.sandbox.company import founded
from auditlib.sandbox.files import EVENTS, write_files
from auditlib.sandbox.instants import moment

CONFIG = """\
[audit]
name = "Benchmark"
time_zone = "Europe/Berlin"
store = "{store}"
landing = "landing"

[[source]]
name = "files"
kind = "files"
since = 2025-11-01
options = {{ folder = "exports" }}

[clock]
business = {{ "*" = "Mon-Fri 09:00-17:00 Europe/Berlin" }}

[figures]
breakdowns = ["team", "source", "channel"]
"""
NIGHTS = ("2026-10-31", "2026-11-01")
"""The last day of the year, and the day on which tickets moved."""


def write_first(folder: pathlib.Path, tickets: int, store: str) -> int:
    """The configuration and the year's two files; gives how many tickets there are."""
    (folder / "audit.toml").write_text(CONFIG.format(store=store))
    exports = folder / "exports"
    count = write_files(founded(1, moment(START), moment(END), tickets), 1, tickets, exports)
    complete_until(exports, "2026-11-01T00:00:00Z")
    return count


def write_changed(folder: pathlib.Path, changed: int) -> int:
    """A delivery of the newest tickets, in which customers wrote again; gives how many."""
    exports = folder / "exports"
    tickets = pa.parquet.read_table(exports / "tickets.parquet")
    tickets = tickets.sort_by("created_at").slice(max(0, tickets.num_rows - changed))
    events = pa.parquet.read_table(exports / "events.parquet")
    theirs = events.filter(pa.compute.is_in(events["ticket"], tickets["ticket"]))
    pa.parquet.write_table(tickets, exports / "tickets-2.parquet")
    pa.parquet.write_table(pa.concat_tables([theirs, _written_again(tickets)]), exports / "events-2.parquet")
    complete_until(exports, "2026-11-02T00:00:00Z")
    return tickets.num_rows


def _written_again(tickets: pa.Table) -> pa.Table:
    """A message of each ticket's customer on the second day."""
    at = datetime.datetime(2026, 11, 1, 9, tzinfo=datetime.UTC)
    rows = [
        {
            "ticket": ticket, "seq": 9_000, "occurred_at": at, "kind": "message", "actor": requester,
            "actor_class": "customer", "is_public": True, "body": "It happens again. Can you have another look?",
        }
        for ticket, requester in zip(tickets["ticket"].to_pylist(), tickets["requester"].to_pylist(), strict=True)
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, schema=EVENTS)


def complete_until(exports: pathlib.Path, at: str) -> None:
    """Says up to when the folder is complete."""
    (exports / "manifest.json").write_text(json.dumps({"complete_until": at}))
