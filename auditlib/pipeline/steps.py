"""Each step of a night: it finds what it needs in the store, and may be repeated."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
from typing import Any

from auditlib.pipeline import (
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
from auditlib.pipeline.setting import Setting, iso, seconds, wall_clock
from auditlib.pipeline.signing import keep_findings
from auditlib.pipeline.timelines import Bucket, bucket
from auditlib.store import access, definitions, engine, measures, runs, views, worklist
from auditlib.store import collecting as parts
from auditlib.store import figures as stored
from auditlib.store.runs import GOOD, Run
from auditlib.telling import said

log = logging.getLogger(__name__)


def begin(day: str) -> int:
    """The run for a local day such as 2026-11-20; an unfinished one for that day is resumed."""
    return begin_as_of(Setting.here(), Setting.here().midnight_after(day)).run


def begin_as_of(setting: Setting, as_of: str) -> Run:
    """The run for a midnight, with the families' tables and the views in place."""
    names = [source.name for source in setting.config.sources]
    told = setting.run_facts() | {"day": setting.day_before(as_of)}
    run = runs.begin(setting.store, as_of, told, names, wall_clock())
    with engine.writing(setting.store.engine) as c:
        added = measures.prepare(c, setting.metrics)
        views.create(c, setting.metrics, force=bool(added))
        access.grant(c, setting.metrics, [(lead, team.name) for team in setting.config.teams for lead in team.leads])
        for name, source in setting.sources.items():
            if source.paused:
                runs.note_source(c, run.run, name, state="paused", error=source.paused)
        for earlier in runs.unpublished(c, before=run.run):
            measures.take_back(c, setting.metrics, earlier)
        definitions.keep(c, run, describing.definitions(setting), describing.availability(setting))
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
        changed = _translate(setting, held, source, waiting, last_looked)
        _translated(setting, held, source)
    return changed


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


def write_leaders_file() -> str | None:
    """Writes what leaders read of the current publication as a file beside a SQLite store; gives its path."""
    setting = Setting.here()
    path = access.write_leaders_file(setting.store.engine, setting.metrics)
    return None if path is None else str(path)


def write_page(run: int | None = None) -> str:
    """Writes the leadership page of the current publication, and the leaders' file; gives the page's path."""
    from auditlib import pages

    setting = Setting.here()
    leaders = access.write_leaders_file(setting.store.engine, setting.metrics)
    return str(pages.write(setting, leaders=leaders))


def alert(run: int, kind: str, exception: BaseException | str | None = None) -> dict[str, str] | None:
    """Subject and body of a run's one alert of a kind; None if it was given already."""
    from auditlib.pipeline import alerting

    return alerting.alert(Setting.here(), run, kind, exception)


def informed(run: int) -> dict[str, str] | None:
    """Subject and body of what is told of a published night; None if it was told already."""
    from auditlib.pipeline import informing

    return informing.informed(Setting.here(), run)


def upkeep() -> dict[str, int]:
    """Removes raw pages that have expired; gives what was done."""
    setting = Setting.here()
    with engine.reading(setting.store.engine) as c:
        current = stored.current(c)
    if current is None:
        return {"expired": 0}
    limit = iso(seconds(current["as_of"]) - setting.config.audit.landing_days * 86400)
    with engine.reading(setting.store.engine) as c:
        old = stored.expiring(c, limit)
    for part, path in old:
        _remove(setting, part, path)
    return {"expired": len(old)}


def _remove(setting: Setting, part: int, path: str) -> None:
    """Takes a part out of the landing; the manifest keeps its row."""
    setting.landing.remove(path)
    with engine.writing(setting.store.engine) as c:
        stored.expired(c, part)


def _translate(setting: Setting, run: Run, source: str, waiting: list[parts.Part], last_looked: int) -> int:
    module, settings = setting.module(source), setting.sources[source]
    translation = translating.Translation(setting.store, run.run, settings, last_looked)
    changed = 0
    with engine.reading(setting.store.engine) as c:
        translation.notices = runs.notices(c, run.run, source)
    for part in waiting:
        pages = setting.landing.get(part.landed)
        with engine.writing(setting.store.engine) as c:
            counts = translation.part(c, part.part, module.read(pages, settings), part.is_backfill)
            runs.count(c, run.run, source, **counts)
            runs.note_source(c, run.run, source, notices=json.dumps(sorted(translation.notices)))
            parts.translated(c, part, run.run)
        if translation.erased.met:  # it names somebody who was erased
            _remove(setting, part.part, part.landed.path)
        changed += counts["tickets_changed"]
        log.info("%s: part %d translated, %d tickets changed so far", source, part.part, changed)
    with engine.writing(setting.store.engine) as c:
        translation.settle_roles(c)
    return changed


def _translated(setting: Setting, run: Run, source: str) -> None:
    with engine.writing(setting.store.engine) as c:
        state = runs.sources(c, run.run)[source]
        if state.state == "collected":
            since = collecting.loaded_since(parts.windows(c, source))
            runs.note_source(c, run.run, source, state="translated", loaded_since=since)


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
