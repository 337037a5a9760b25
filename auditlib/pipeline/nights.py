"""One whole night in this process, step by step, as cron and the command line run it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from auditlib.pipeline import steps
from auditlib.pipeline.setting import Setting
from auditlib.store import engine, runs
from auditlib.store.runs import Run
from auditlib.telling import said


def night(
    as_of: str,
    connections: Callable[[str], Mapping[str, Any] | None] = lambda source: None,
    tell: Callable[[str], None] = lambda line: None,
    only: Collection[str] = (),
) -> dict[str, Any]:
    """One whole night in this process; a source that fails does not stop the others.

    `only`: the sources to fetch, if not all; the others stay as they were last known, and are missing.
    """
    setting = Setting.here()
    run = steps.begin_as_of(setting, as_of)
    tell(f"run {run.run}: {run.kind} as of {run.as_of}")
    for source in setting.sources:
        if only and source not in only:
            _leave_out(setting, run, source)
        else:
            _one_source(run.run, source, connections, tell)
    try:
        return audited(setting, run, tell)
    except Exception as error:
        if runs.read(setting.store, run.run).state == "running":  # a gate that refused has said so already
            steps.mark_failed(run.run, said(error))
        raise


def _leave_out(setting: Setting, run: Run, source: str) -> None:
    if run.is_night and not setting.sources[source].paused:
        with engine.writing(setting.store.engine) as c:
            runs.note_source(c, run.run, source, state="missing", error="left out by --source")


def _one_source(
    run: int,
    source: str,
    connections: Callable[[str], Mapping[str, Any] | None],
    tell: Callable[[str], None],
) -> None:
    try:
        tell(f"collect {source}: {steps.collect(run, source, connections(source))} parts landed")
        tell(f"translate {source}: {steps.translate(run, source)} tickets new or changed")
        tell(f"gate {source}: {steps.gate_source(run, source)}")
    except Exception as error:  # recorded with the run; the others go on, and the run ends red
        tell(f"{source} is missing: {said(error)}")


def audited(setting: Setting, run: Run, tell: Callable[[str], None] = lambda line: None) -> dict[str, Any]:
    """All that comes after the sources: from the case log to what leaders see."""
    buckets = steps.decide(run.run)
    tell(f"link: {buckets} bucket{'s' if buckets > 1 else ''}")
    for number in range(buckets):
        # No issue crosses buckets, so each is linked and measured at once, and read only once.
        read = steps.linked(run.run, number)
        for family in setting.metrics:
            tell(f"measure {family}: {steps.measure(run.run, family, number, read)} units")
    for warning in steps.gate_measures(run.run):
        tell(f"warning: {warning}")
    tell(f"figures: {steps.figures(run.run)} new or changed")
    for warning in steps.gate_figures(run.run):
        tell(f"warning: {warning}")
    published = steps.publish(run.run)
    tell(f"published as number {published['publication']}")
    return published
