"""Each step of a night: it finds what it needs in the store, and may be repeated."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from auditlib.pipeline import (
    abilities,
    checking,
    collecting,
    comparing,
    describing,
    figuring,
    gating,
    issues,
    linking,
    measuring,
    translating,
)
from auditlib.pipeline.gating import Refused
from auditlib.pipeline.setting import Setting, wall_clock
from auditlib.pipeline.signing import keep_findings
from auditlib.pipeline.timelines import Bucket, bucket
from auditlib.store import access, beginning, definitions, engine, measures, runs, views, worklist
from auditlib.store import collecting as parts
from auditlib.store import figures as stored
from auditlib.store.runs import GOOD, Run
from auditlib.telling import said


def begin(day: str) -> int:
    """The run for a local day such as 2026-11-20; an unfinished one for that day is resumed."""
    return begin_as_of(Setting.here(), Setting.here().midnight_after(day)).run


def begin_as_of(setting: Setting, as_of: str) -> Run:
    """The run for a midnight, with the families' tables and the views in place."""
    names = [source.name for source in setting.config.sources]
    told = setting.run_facts() | {"day": setting.day_before(as_of)}
    run = beginning.begin(setting.store, as_of, told, names, wall_clock())
    with engine.writing(setting.store.engine) as c:
        added = measures.prepare(c, setting.metrics)
        views.create(c, setting.metrics, force=bool(added))
        access.grant(c, setting.metrics, [(lead, team.name) for team in setting.config.teams for lead in team.leads])
        for name, source in setting.sources.items():
            if source.paused:
                runs.note_source(c, run.run, name, state="paused", error=source.paused)
        for earlier in runs.unpublished(c, before=run.run):
            measures.take_back(c, setting.metrics, earlier)
        _keep_definitions(c, setting, run)
    return run


def collect(run: int, source: str, connection: Mapping[str, Any] | None = None) -> int:
    """Lands what a source has changed; gives the number of parts. A failure is recorded and raised."""
    setting = Setting.here()
    held = runs.unfinished(setting.store, run)
    if held is None or not held.is_night or setting.sources[source].paused:
        return 0
    with _recorded(setting, held, source):
        return collecting.collect(setting, held, source, connection)


def translate(run: int, source: str) -> int:
    """Reads a source's landed parts into the case log; gives how many tickets changed."""
    setting = Setting.here()
    held = runs.unfinished(setting.store, run)
    if held is None or not held.is_night or setting.sources[source].paused:
        return 0
    with engine.reading(setting.store.engine) as c:
        state = runs.sources(c, run)[source]
        waiting = parts.untranslated(c, source)
        last_looked = runs.watermarks(c).get(source, (0, 0))[0]
    if state.state == "waiting":
        raise Refused(f"{source} was not collected in run {run}; run its collect step first")
    with _recorded(setting, held, source):
        return translating.translate(setting, held, source, waiting, last_looked)


def gate_source(run: int, source: str) -> str:
    """The first gate: passed, quiet or paused; raises Refused."""
    setting = Setting.here()
    held = runs.unfinished(setting.store, run)
    if held is None:
        return gating.outcome(setting, run, source)
    if not held.is_night or setting.sources[source].paused:
        return "paused" if held.is_night else "passed"
    return gating.gate_source(setting, held, source)


def link(run: int) -> int:
    """Decides what is measured, and links it; gives the number of buckets."""
    buckets = decide(run)
    for number in range(buckets):
        linked(run, number)
    return buckets


def decide(run: int) -> int:
    """Decides what is measured; gives the number of buckets."""
    setting = Setting.here()
    held = runs.unfinished(setting.store, run)
    with engine.reading(setting.store.engine) as c:
        if held is None:
            return worklist.buckets(c, run)
        states = runs.sources(c, run)
        known = runs.watermarks(c)
    if not any(s.state in GOOD for s in states.values()) and not known:
        raise Refused("no source could be read, and none ever was: there is nothing to audit")
    if held.is_night:
        checking.refuse_mistakes(setting)
    with engine.writing(setting.store.engine) as c:
        _keep_definitions(c, setting, held)  # what was read tonight may have shown what is closed to an account
    return linking.link(setting, held)


def linked(run: int, number: int) -> Bucket | None:
    """A bucket with its links, issues and facts written; None if its run is published already."""
    setting = Setting.here()
    held = runs.unfinished(setting.store, run)
    if held is None:
        return None
    b = bucket(setting, held, number, linked=False)
    b = issues.write_links(setting, held, b)
    measuring.write_facts(setting, held, b)
    return b


def measure(run: int, family: str, number: int = 0, read: Bucket | None = None) -> int:
    """Measures one family over one bucket; gives the number of units."""
    setting = Setting.here()
    held = runs.unfinished(setting.store, run)
    if held is None:
        return 0
    return measuring.write_family(setting, held, family, read or bucket(setting, held, number))


def gate_measures(run: int) -> list[str]:
    """The second gate; gives warnings, raises Refused."""
    setting = Setting.here()
    held = runs.read(setting.store, run)
    return [] if held.state == "published" else gating.gate_measures(setting, held)


def figures(run: int) -> int:
    """Rolls measures up into figures; gives how many are new or changed."""
    setting = Setting.here()
    held = runs.unfinished(setting.store, run)
    if held is None:
        return 0
    count = figuring.write_figures(setting, held)
    comparing.write_comparisons(setting, held)
    return count


def gate_figures(run: int) -> list[str]:
    """The third gate; gives warnings, raises Refused."""
    setting = Setting.here()
    held = runs.read(setting.store, run)
    return [] if held.state == "published" else gating.gate_figures(setting, held)


def publish(run: int) -> dict[str, Any]:
    """Makes a run visible by flipping one row; says what was published. Safe to repeat."""
    setting = Setting.here()
    with engine.writing(setting.store.engine) as c:
        held = runs.get(c, run)
        states = runs.sources(c, run)
        good = [name for name, state in states.items() if state.state in GOOD]
        lacking = [name for name, state in states.items() if state.state not in (*GOOD, "paused")]
        manifest = hashlib.sha256(json.dumps(parts.manifest(c, held.knows)).encode()).hexdigest()
        runs.note_manifest(c, run, manifest)
        number = stored.publish(c, held, good, lacking, wall_clock())
        keep_findings(setting, c)
        count = stored.count_of(c, run)
    return {
        "publication": number,
        "run": run,
        "kind": held.kind,
        "as_of": held.as_of,
        "figures": count,
        "sources": good,
        "missing_sources": lacking,
    }


def _keep_definitions(c: engine.Connection, setting: Setting, run: Run) -> None:
    able = abilities.known(setting, c, run.knows)
    definitions.keep(c, run, describing.definitions(setting), describing.availability(setting, able))


def missing(run: int) -> list[str]:
    """Sources that a run is without, each with its error."""
    setting = Setting.here()
    with engine.reading(setting.store.engine) as c:
        states = runs.sources(c, run)
    return [
        f"{name}: {state.error or state.state}"
        for name, state in states.items()
        if state.state not in (*GOOD, "paused")
    ]


def mark_failed(run: int, error: str) -> None:
    """Ends a run that could not go on; the next attempt at its day resumes it."""
    setting = Setting.here()
    runs.finish(setting.store, run, "failed", error, wall_clock())


class _recorded:
    """Whatever goes wrong with a source is written into the run before it is raised."""

    def __init__(self, setting: Setting, run: Run, source: str) -> None:
        self.setting, self.run, self.source = setting, run, source

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type | None, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, Exception):
            with engine.writing(self.setting.store.engine) as c:
                runs.note_source(c, self.run.run, self.source, state="missing", error=said(error))
