"""Audits of a case log that is there already, step by step: all of its tickets at once, then later nights."""

from __future__ import annotations

import contextlib
import datetime
import os
import pathlib
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import Any

from auditlib.pipeline import nights, steps
from auditlib.pipeline.setting import Setting, seconds
from auditlib.store import engine, runs
from benchmarks import case_log
from benchmarks.alone import Cost, alone, forget_peak, peak_mib
from benchmarks.results import Finding

SIZE = 60_000
MILLION = 1_000_000
CHANGED = 5_000
BARS = ((60, 1_536), (6, 1_536))
"""CPU seconds and MiB of the first night, and of a later one, where the store has a million tickets."""
FIRST = datetime.date(2026, 10, 24)
"""The day that the first night audits, a Saturday; the next one's figures end a week, and Monday's do not."""
NIGHTS = ("first night", "a week's end", "an ordinary night")
STEPS = (
    "gate_source", "decide", "linked", "measure", "gate_measures", "figures", "gate_figures", "publish",
)  # fmt: skip
CONFIG = """\
[audit]
name = "Benchmark"
time_zone = "Europe/Berlin"
store = "{store}"
landing = "landing"

[[source]]
name = "desk"
kind = "zendesk"
connection = "desk"
since = 2025-01-01

[clock]
promised = {{ "*" = "Mon-Fri 08:00-18:00 Europe/Berlin" }}

[figures]
breakdowns = ["team", "source", "channel"]
"""


def run(size: int) -> Iterator[Finding]:
    """On SQLite."""
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "audit.toml").write_text(CONFIG.format(store="sqlite:///audit.db"))
        for number, name in enumerate(NIGHTS):
            cost = alone(night, folder, size, number)
            yield from _findings(cost, name, size, number)


def _moved(size: int) -> int:
    """How many tickets a later night is told of: new ones, and as many that go on."""
    return min(CHANGED, size // 10)


def _findings(cost: Cost, name: str, size: int, number: int) -> Iterator[Finding]:
    told = {"benchmark": "audit", "amount": size if number == 0 else _moved(size), "of": "tickets"}
    for step, (spent, peak) in cost.answer.items():
        yield Finding(way=f"{name}: {step}", cpu_seconds=spent, peak_mib=peak, **told)
    audit = sum(spent for step, (spent, _) in cost.answer.items())
    most = max(peak for _, peak in cost.answer.values())
    seconds_at_most, mib = BARS[number > 0]
    is_met = audit <= seconds_at_most and most <= mib if size >= MILLION else None
    bar = f"{seconds_at_most} s and {mib:,} MiB at a million"
    yield Finding(way=f"{name}: AUDIT", cpu_seconds=audit, peak_mib=most, bar=bar, is_met=is_met, **told)


def night(folder: str, size: int, number: int) -> Callable[[], dict[str, tuple[float, int]]]:
    """The number-th night; what it is told is in the store before anything is counted. CPU seconds and peak a step."""
    os.environ["AUDITLIB_CONFIG"] = f"{folder}/audit.toml"
    __import__("auditlib.gates.expectations", fromlist=["great_expectations"]).great_expectations()
    setting = Setting.here()
    day = (FIRST + datetime.timedelta(days=number)).isoformat()
    run = steps.begin_as_of(setting, setting.midnight_after(day))
    _told(setting, run.run, size, number, seconds(run.as_of))
    spent: dict[str, tuple[float, int]] = {}

    def work() -> dict[str, tuple[float, int]]:
        with contextlib.ExitStack() as watching:
            for name in STEPS:
                _watch(watching, name, spent)
            steps.gate_source(run.run, case_log.SOURCE)
            nights.audited(Setting.here(), run)
        return spent

    return work


def _told(setting: Setting, run: int, size: int, number: int, until: int) -> None:
    """Fills the case log with what this night has to audit."""
    company = case_log.founded(setting, size)
    since = until - round(size / case_log.A_DAY * case_log.DAY)
    if number == 0:
        case_log.found(setting, company, run)
        case_log.write(setting, company, run, size, since, until, seed=1)
    else:
        new = _moved(size) // 2
        case_log.write(setting, company, run, new, until - case_log.DAY, until, seed=10 + number)
        case_log.go_on(setting, company, run, new, until - case_log.DAY, until, seed=20 + number)
    with engine.writing(setting.store.engine) as c:
        told = {"state": "translated", "complete_until": until, "loaded_since": since}
        runs.note_source(c, run, case_log.SOURCE, **told)


def _watch(watching: contextlib.ExitStack, name: str, spent: dict[str, tuple[float, int]]) -> None:
    """The step of this name is measured until `watching` ends."""
    step = getattr(steps, name)

    def measured(*arguments: Any, **named: Any) -> Any:
        forget_peak()
        before, had = time.process_time(), spent.get(name, (0.0, 0))
        try:
            return step(*arguments, **named)
        finally:
            spent[name] = had[0] + time.process_time() - before, max(had[1], peak_mib())

    setattr(steps, name, measured)
    watching.callback(setattr, steps, name, step)
