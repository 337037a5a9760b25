"""Whole nights: the first load of a company's year from files, then a night on which half a percent moved."""

from __future__ import annotations

import contextlib
import os
import pathlib
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import Any

from auditlib import pipeline
from auditlib.pipeline import steps
from auditlib.pipeline.setting import Setting
from benchmarks import exports
from benchmarks.alone import Cost, alone
from benchmarks.results import Finding
from tests import postgres

SIZE = 10_000
MOVED = 5_000 / 1_000_000
"""The share of tickets that move on the second day."""
STEPS = (
    "begin_as_of", "collect", "translate", "gate_source", "decide", "linked", "measure", "gate_measures", "figures",
    "gate_figures", "publish",
)  # fmt: skip
LOADING = ("collect", "translate")
GX = "auditlib.gates.expectations"


def run(size: int) -> Iterator[Finding]:
    """On SQLite, and on PostgreSQL where this machine has one."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _nights(pathlib.Path(folder), size, "sqlite:///audit.db", "SQLite")
    binaries = postgres.binaries()
    if binaries is not None:
        with contextlib.ExitStack() as server:
            folder = server.enter_context(tempfile.TemporaryDirectory())
            url = server.enter_context(postgres.database(server.enter_context(postgres.running(binaries))))
            yield from _nights(pathlib.Path(folder), size, url, "PostgreSQL")


def _nights(folder: pathlib.Path, size: int, store: str, name: str) -> Iterator[Finding]:
    count = exports.write_first(folder, size, store)
    first = alone(night, str(folder), exports.NIGHTS[0])
    yield from _findings(first, count, f"{name}, first load")
    moved = exports.write_changed(folder, round(count * MOVED))
    second = alone(night, str(folder), exports.NIGHTS[1])
    yield from _findings(second, moved, f"{name}, {moved:,} of {count:,} moved")


def _findings(cost: Cost, tickets: int, name: str) -> Iterator[Finding]:
    """Each step, then the audit (all but collecting and translating) and the whole night."""
    told = {"benchmark": "night", "amount": tickets, "of": "tickets"}
    for step, seconds in cost.answer.items():
        yield Finding(way=f"{name}: {step}", cpu_seconds=seconds, **told)
    audit = sum(seconds for step, seconds in cost.answer.items() if step not in (*LOADING, "imports"))
    yield Finding(way=f"{name}: AUDIT", cpu_seconds=audit, peak_mib=cost.peak_mib, **told)
    yield Finding(way=f"{name}: NIGHT", cpu_seconds=cost.cpu_seconds, peak_mib=cost.peak_mib, **told)


def night(folder: str, day: str) -> Callable[[], dict[str, float]]:
    """A night of the folder's audit.toml; gives the CPU seconds of each step."""
    os.environ["AUDITLIB_CONFIG"] = f"{folder}/audit.toml"
    spent: dict[str, float] = {}

    def work() -> dict[str, float]:
        with _timed("imports", spent):
            __import__(GX, fromlist=["great_expectations"]).great_expectations()
        with contextlib.ExitStack() as watching:
            for name in STEPS:
                _watch(watching, name, spent)
            pipeline.night(Setting.here().midnight_after(day))
        return spent

    return work


def _watch(watching: contextlib.ExitStack, name: str, spent: dict[str, float]) -> None:
    """The step of this name is timed until `watching` ends."""
    step = getattr(steps, name)

    def timed(*arguments: Any, **named: Any) -> Any:
        with _timed(name, spent):
            return step(*arguments, **named)

    setattr(steps, name, timed)
    watching.callback(setattr, steps, name, step)


@contextlib.contextmanager
def _timed(name: str, spent: dict[str, float]) -> Iterator[None]:
    before = time.process_time()
    yield
    spent[name] = spent.get(name, 0.0) + time.process_time() - before
