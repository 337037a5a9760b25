"""What a night would fetch and measure, if it were run: nothing is asked of a helpdesk, nothing is written."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from auditlib.pipeline.collecting import plan
from auditlib.pipeline.linking import redefined
from auditlib.pipeline.setting import Setting, iso, seconds
from auditlib.sources import Window
from auditlib.store import collecting, engine, learned, looking, measures, runs
from auditlib.store.runs import Run


def planned(setting: Setting, as_of: str, only: Collection[str] = ()) -> dict[str, Any]:
    """A run for a midnight in words: its kind, each source's fetching, what is known already to be measured."""
    chosen = [name for name in setting.sources if not only or name in only]
    if looking.state(setting.config.audit.store) == "absent":
        first = {name: _fetching(setting, name, plan(*_span(setting, name, as_of)), None) for name in chosen}
        return {
            "as_of": as_of,
            "kind": "night",
            "resumes": None,
            "sources": first,
            "measured": _everything("NEW_TICKET"),
        }
    with engine.reading(setting.store.engine) as c:
        kind, resumed = looking.kind_of_run(c, as_of, setting.run_facts()["config_hash"])
        held = runs.watermarks(c)
        windows = {
            name: [w for w, done in collecting.windows(c, name) if w.is_live or done is None]
            or plan(*_span(setting, name, as_of))
            for name in chosen
        }
        measured = _measured(c, setting, as_of) if kind == "night" else _everything(kind)
    sources = {name: _fetching(setting, name, windows[name], held.get(name)) for name in chosen}
    if kind != "night":
        sources = dict.fromkeys(chosen, "nothing: a past night is read from what is known already")
    return {"as_of": as_of, "kind": kind, "resumes": resumed, "sources": sources, "measured": measured}


def _span(setting: Setting, source: str, as_of: str) -> tuple:
    return setting.sources[source].since, seconds(as_of), setting.zone


def _fetching(setting: Setting, source: str, windows: list[Window], held: tuple[int, int] | None) -> str:
    if setting.sources[source].paused:
        return f"nothing: paused, {setting.sources[source].paused}"
    months = [window.name for window in windows if not window.is_live]
    later = f"{len(months)} older months ({months[0]} back to {months[-1]})" if months else "no older months"
    if held is None:
        begin = next(window.since for window in windows if window.is_live)
        return f"tickets changed since {iso(begin)}; {later} follow from the second night on"
    return f"what changed since {iso(held[0])}; then {later}"


def _measured(c: Any, setting: Setting, as_of: str) -> dict[str, Any]:
    before = runs.last_published(c)
    if before is None:
        return _everything("NEW_TICKET")
    if causes := redefined(before, setting.definitions(), setting.run_facts()["measure_hash"]):
        changed = sorted(
            name for name, version in setting.definitions().items() if before.definitions.get(name) != version
        )
        why = f"definitions changed: {', '.join(changed)}" if changed else "audit.toml says something else of measures"
        return _everything(",".join(causes)) | {"because": why}
    return _what_is_due(c, setting, before, as_of)


def _what_is_due(c: Any, setting: Setting, before: Run, as_of: str) -> dict[str, Any]:
    known: set[int] = set()
    for source in setting.sources:
        known.update(learned.since(c, source, before.run).ticket_key.tolist())
    maturing: set[int] = set()
    for table in measures.tables(setting.metrics):
        maturing.update(learned.changing_by(c, table, seconds(as_of)).tolist())
    return {
        "tickets": "what the night learns, and all that is tied to it",
        "learned_already": len(known),
        "windows_that_close": len(maturing),
    }


def _everything(cause: str) -> dict[str, Any]:
    return {"tickets": "every ticket", "cause": cause}
