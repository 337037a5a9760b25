"""One ticket's life: what happened, what was measured, and which events decided it."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from auditlib.metric import facts
from auditlib.pipeline import wording
from auditlib.pipeline.measuring import family_frame
from auditlib.pipeline.setting import Setting, iso
from auditlib.pipeline.timelines import Bucket, together
from auditlib.pipeline.wording import QUIET, Words
from auditlib.store import engine, lives, measures, reading
from auditlib.store.runs import Run
from auditlib.timelines import NOWHERE, Timelines
from auditlib.watched import deciding

OWN = ("ticket_key", "turn", "from_run", "to_run", "causes", "changes_at")


def life(setting: Setting, run: Run, key: int) -> dict[str, Any] | None:
    """A ticket as a published night knew it: story, measures, turns, scope, links, teams.

    None if it was created after that night. Nothing in it was written by a customer.
    """
    with engine.reading(setting.store.engine) as c:
        keys = lives.tied_to(c, run, key)
    b = together(setting, run, keys)
    rows = np.flatnonzero(b.timelines.tickets["key"] == key)
    if not len(rows):
        return None
    row, t = int(rows[0]), b.timelines
    story = _story(setting, run, b, row)
    lines = {position: line["line"] for line in story for position in line["positions"]}
    decided = _measures(setting, run, b, row, lines)
    turns = _turns(setting, run, t, row, key, lines)
    cited = {line for found in (*decided, *turns) for line in found["decided_by"]}
    for line in story:
        if not line["briefly"] and line["line"] in cited:
            line["briefly"] = line["what"]
    with engine.reading(setting.store.engine) as c:
        described = lives.facts(c, run, key)
        links, episode = lives.links(c, run, key), lives.episode(c, run, key)
    return {
        "story": story,
        "measures": decided,
        "turns": turns,
        "links": [_link(setting, link) for link in links],
        "episode": None if episode is None else {n: episode[n] for n in ("contacts", "channels")},
        **_described(described),
    }


def local(setting: Setting, at: int) -> str:
    """A moment in the zone of audit.toml, to the minute."""
    return datetime.datetime.fromtimestamp(at, setting.zone).strftime("%Y-%m-%d %H:%M")


def _described(row: Mapping[str, Any]) -> dict[str, Any]:
    names = ("url", "channel", "priority", "topic", "language", "tier", "region", "status", "organization", "assignee")
    teams = {name.removeprefix("team_") if name != "team" else "now": _plain(row.get(name)) for name in TEAMS}
    out = {"code": _plain(row.get("exclusion_code")), "reason": _plain(row.get("exclusion_reason"))}
    return {name: _plain(row.get(name)) for name in names} | {
        "teams": teams,
        "exclusion": out if out["code"] else None,
        "reliability": _plain(row.get("reliability")),
    }


TEAMS = ("team_created", "team_reply", "team_solve", "team")


def _story(setting: Setting, run: Run, b: Bucket, row: int) -> list[dict[str, Any]]:
    """What happened, a line for all that one person did in one second."""
    t = b.timelines
    positions = np.arange(int(t.starts[row]), int(t.starts[row + 1]))
    words = _words(setting, run, b, positions)
    lines: list[dict[str, Any]] = []
    before = None
    for position in positions.tolist():
        act = (int(t.events["occurred_at"][position]), int(t.events["actor"][position]))
        if act != before:
            who = wording.who(t, position, words)
            at = {"at": iso(act[0]), "local": local(setting, act[0]), "who": who}
            lines.append({"line": len(lines) + 1, **at, "what": [], "briefly": [], "positions": []})
        line, before = lines[-1], act
        line["positions"].append(position)
        phrase = wording.what(t, position, words)
        for told in ("what",) if int(t.events["kind"][position]) in QUIET else ("what", "briefly"):
            if phrase not in line[told]:
                line[told].append(phrase)
    return lines


def _words(setting: Setting, run: Run, b: Bucket, positions: np.ndarray) -> Words:
    with engine.reading(setting.store.engine) as c:
        groups = reading.groups(c, run)
        names = dict(zip(groups.group_key, groups.name, strict=True))
        others = lives.words(c, wording.referred(b.timelines, positions))
        return Words(reading.agents(c, run), names, b.teams, others)


def _measures(setting: Setting, run: Run, b: Bucket, row: int, lines: Mapping[int, int]) -> list[dict[str, Any]]:
    """Each measure of the ticket as it was published, with the lines of the story that decided it."""
    t, key, found = b.timelines, int(b.timelines.tickets["key"][row]), []
    for family, modules in setting.metrics.items():
        if measures.unit(modules) != "ticket":
            continue
        now = family_frame(setting, run, family, b)
        anew = now[now.ticket_key == key].to_dict("records")
        for name, module, how, held in _columns(setting, run, family, key):
            value, state = _plain(held.get(name)), _plain(held.get(f"{name}_state"))
            again = _plain(anew[0].get(name)) if anew else None
            decided = sorted({lines[p] for p in deciding(t, module, how, row) if p in lines})
            found.append(
                {
                    "measure": name,
                    "value": value,
                    "unit": facts(module).unit,
                    "state": state,
                    "decided_by": decided if _says_something(value, state) else [],
                    "would_be": None if _same(value, again) else again,
                    "differs": not _same(value, again),
                }
            )
    return found


def _columns(setting: Setting, run: Run, family: str, key: int) -> Iterator[tuple]:
    modules = setting.metrics[family]
    with engine.reading(setting.store.engine) as c:
        rows = lives.measured(c, run, measures.table(family, modules), key)
    for module in modules.values():
        for name, how in facts(module).columns.items():
            yield name, module, how, rows[0] if rows else {}


def _turns(setting: Setting, run: Run, t: Timelines, row: int, key: int, lines: Mapping[int, int]) -> list[dict]:
    """Every time that the customer waited, with the lines at which it began and ended."""
    found: dict[int, dict[str, Any]] = {}
    for family, modules in setting.metrics.items():
        if measures.unit(modules) == "turn":
            with engine.reading(setting.store.engine) as c:
                for held in lives.measured(c, run, measures.table(family, modules), key):
                    own = {name: _plain(value) for name, value in held.items() if name not in OWN}
                    found.setdefault(int(held["turn"]), {}).update(own)
    mine = np.flatnonzero(t.turns.ticket == row)
    ends = {int(t.turns.number[i]): (int(t.turns.opened[i]), int(t.turns.closed[i])) for i in mine}
    return [
        {"turn": number, **own, "decided_by": [lines[p] for p in ends.get(number, ()) if p != NOWHERE and p in lines]}
        for number, own in sorted(found.items())
    ]


def _link(setting: Setting, link: Mapping[str, Any]) -> dict[str, Any]:
    told = {name: _plain(link[name]) for name in ("solved_at", "came_back_at")}
    moments = {name: None if at is None else iso(int(at)) for name, at in told.items()}
    return {name: link[name] for name in ("earlier", "later", "kind", "layer", "score")} | moments


def _says_something(value: Any, state: Any) -> bool:
    return value is not None or state in ("waiting", "closed_unanswered")


def _same(a: Any, b: Any) -> bool:
    if a is None or b is None:
        return a is b
    if isinstance(a, str) or isinstance(b, str):
        return bool(a == b)
    return math.isclose(float(a), float(b), rel_tol=1e-9)


def _plain(value: Any) -> Any:
    """A value of the store or of a frame as Python's own; None for what is missing."""
    if value is None or str(value) in ("nan", "<NA>", "NaT"):
        return None
    return value.item() if hasattr(value, "item") else value
