"""Events in and out of a SQLite store in bulk, against SQLAlchemy with lists of dicts."""

from __future__ import annotations

import pathlib
import tempfile
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
import sqlalchemy as sa

from auditlib.store import bulk, engine, open_store
from auditlib.store.caselog_tables import EVENTS
from auditlib.store.reading import EVENT_COLUMNS
from benchmarks import made_up
from benchmarks.alone import alone
from benchmarks.results import Finding

SIZE = 30_000
READ = sa.select(*[EVENTS.c[name] for name in EVENT_COLUMNS]).order_by(*EVENTS.primary_key)


def run(size: int) -> Iterator[Finding]:
    """So many tickets' events written and read in both ways."""
    with tempfile.TemporaryDirectory() as folder:
        made_up.write(pathlib.Path(folder), size)
        found = {way.__name__: alone(way, folder) for way in (write_dicts, write_bulk, read_dicts, read_bulk)}
    if found["read_dicts"].answer != found["read_bulk"].answer:
        raise AssertionError("the two ways of reading differ")
    for verb, bar in (("write", 2), ("read", 2)):
        slow, fast = found[f"{verb}_dicts"], found[f"{verb}_bulk"]
        told = {"benchmark": "stores", "amount": slow.answer["rows"], "of": "rows"}
        yield Finding(
            way=f"{verb}: SQLAlchemy, lists of dicts", cpu_seconds=slow.cpu_seconds, peak_mib=slow.peak_mib, **told
        )
        faster = slow.cpu_seconds / fast.cpu_seconds
        yield Finding(
            way=f"{verb}: bulk", cpu_seconds=fast.cpu_seconds, peak_mib=fast.peak_mib, against="dicts",
            times_faster=faster, bar=f"at least {bar} times", is_met=faster >= bar, **told,
        )  # fmt: skip


def write_dicts(folder: str) -> Callable[[], dict[str, int]]:
    """A list of dicts into one insert statement."""
    rows, made = _rows(folder).to_dict("records"), _store(folder, "dicts")

    def work() -> dict[str, int]:
        with engine.writing(made) as c:
            c.execute(sa.insert(EVENTS), rows)
        return {"rows": len(rows)}

    return work


def write_bulk(folder: str) -> Callable[[], dict[str, int]]:
    """A frame through `bulk.write`."""
    rows, made = _rows(folder), _store(folder, "bulk")

    def work() -> dict[str, int]:
        with engine.writing(made) as c:
            return {"rows": bulk.write(c, EVENTS, rows)}

    return work


def read_dicts(folder: str) -> Callable[[], dict[str, int]]:
    """All rows as mappings, then as columns."""
    made = _store(folder, "bulk")

    def work() -> dict[str, int]:
        with engine.reading(made) as c:
            rows = pd.DataFrame([dict(row) for row in c.execute(READ).mappings()])
        return _sums({name: rows[name].to_numpy(np.int64) for name in EVENT_COLUMNS})

    return work


def read_bulk(folder: str) -> Callable[[], dict[str, int]]:
    """All rows as columns through `bulk.whole_columns`."""
    made = _store(folder, "bulk")

    def work() -> dict[str, int]:
        with engine.reading(made) as c:
            return _sums(bulk.whole_columns(c, READ))

    return work


def _sums(columns: dict[str, np.ndarray]) -> dict[str, int]:
    return {"rows": len(columns["kind"])} | {name: int(values.sum()) for name, values in columns.items()}


def _rows(folder: str) -> pd.DataFrame:
    columns = made_up.read(pathlib.Path(folder), "events")
    rows = pd.DataFrame(columns).rename(columns={"ticket": "ticket_key"})
    rest = {"seq": np.arange(len(rows)), "basis": 1, "body_chars": 100, "raw_part": 1, "from_run": 1}
    return rows.assign(is_public=rows.is_public.astype(bool), **rest)


def _store(folder: str, name: str) -> sa.Engine:
    return open_store(f"sqlite:///{folder}/{name}.db").engine
