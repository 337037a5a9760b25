"""All ticket metrics and turns from arrays in ticket order, against pandas and DuckDB for the same columns."""

from __future__ import annotations

import pathlib
import tempfile
from collections.abc import Callable, Iterator

import numpy as np

from auditlib import metrics
from auditlib.clocks import OpenHours
from auditlib.metric import facts
from auditlib.span import Span
from auditlib.timelines import Links, Timelines
from benchmarks import duckdb_sql, idiomatic_pandas, made_up
from benchmarks.alone import alone
from benchmarks.results import Finding

SIZE = 500_000
BUCKET = 250_000
BAR = "at least 4 times, not slower than DuckDB, at most half the memory from a million on"
COMPARED = (
    "first_reply_minutes", "first_reply_business_minutes", "full_resolution_minutes",
    "full_resolution_business_minutes", "reopens", "customer_reopens", "next_reply_minutes",
    "next_reply_business_minutes", "is_one_touch",
)  # fmt: skip


def run(size: int) -> Iterator[Finding]:
    """Both ways over the same tickets; their columns have to be equal."""
    with tempfile.TemporaryDirectory() as folder:
        where = pathlib.Path(folder)
        made_up.write(where, size)
        slow = alone(idiomatic_pandas.measured, folder, size)
        sql = alone(duckdb_sql.measured, folder, size)
        fast = alone(measured, folder, size)
        for name in COMPARED:
            ours = np.load(where / "ours" / f"{name}.npy")
            for way in ("pandas", "duckdb"):
                np.testing.assert_array_equal(ours, np.load(where / way / f"{name}.npy"), err_msg=f"{way}: {name}")
    told = {"benchmark": "metric_core", "amount": size, "of": "tickets"}
    yield Finding(way="idiomatic pandas", cpu_seconds=slow.cpu_seconds, peak_mib=slow.peak_mib, **told)
    yield Finding(way="DuckDB SQL", cpu_seconds=sql.cpu_seconds, peak_mib=sql.peak_mib, **told)
    faster, share = slow.cpu_seconds / fast.cpu_seconds, fast.peak_mib / slow.peak_mib
    # In a small run the imports are most of the memory.
    is_met = faster >= 4 and fast.cpu_seconds <= sql.cpu_seconds and (share <= 0.5 if size >= 1_000_000 else True)
    yield Finding(
        way="timelines", cpu_seconds=fast.cpu_seconds, peak_mib=fast.peak_mib, against="pandas", times_faster=faster,
        share_of_memory=share, bar=BAR, is_met=is_met, **told,
    )  # fmt: skip


def measured(folder: str, size: int) -> Callable[[], None]:
    """The columns that pandas computes, saved as files of the folder `ours`, bucket by bucket."""
    where = pathlib.Path(folder)
    modules = [module for of in metrics.load_all().values() for module in of.values()]
    schedules = made_up.hours()
    wanted = {name: (m, how) for m in modules for name, how in facts(m).columns.items() if name in COMPARED}

    def work() -> None:
        found: dict[str, list[np.ndarray]] = {name: [] for name in wanted}
        for first in range(0, size, BUCKET):
            t = timelines(where, first, min(first + BUCKET, size), schedules)
            for name, (module, how) in wanted.items():
                value = module.value(t, **how)
                found[name].append(value.minutes if isinstance(value, Span) else value)
        (where / "ours").mkdir()
        for name, parts in found.items():
            np.save(where / "ours" / f"{name}.npy", np.concatenate(parts))

    return work


def timelines(
    folder: pathlib.Path, first: int, last: int, schedules: list[OpenHours], links: Links | None = None
) -> Timelines:
    """The tickets from the first to before the last, as a bucket."""
    tickets = made_up.named(made_up.read(folder, "tickets", slice(first, last)))
    owner = np.load(folder / "events" / "ticket.npy", mmap_mode="r")
    events = made_up.read(folder, "events", slice(*np.searchsorted(owner, [first, last])))
    events["ticket"] = events["ticket"] - first
    cut = np.full(last - first, made_up.AS_OF)
    hours = {"business": made_up.roster(first, last, schedules)}
    return Timelines(tickets, events, cut, hours, mature_until=made_up.AS_OF, links=links or Links.none())
