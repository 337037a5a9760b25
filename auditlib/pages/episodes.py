"""Five episodes to read: an issue's tickets as events, without anything that anybody wrote and without names."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from auditlib.caselog.words import Kind, Status
from auditlib.pages import numbers
from auditlib.pipeline import wording
from auditlib.pipeline.setting import Setting
from auditlib.pipeline.timelines import together
from auditlib.store import engine, lives, reading, showing
from auditlib.store.runs import Run
from auditlib.timelines import Timelines

MANY = 14
"""Longer stories are cut in the middle: the beginning and the end are what is read."""


def episodes(setting: Setting, run: Run, since: str, limit: int = 5) -> list[dict[str, Any]]:
    """The issues with the most contacts among those that are not older than a day."""
    with engine.reading(setting.store.engine) as c:
        chosen = showing.most(
            c, "episodes", ("contacts", "channels", "last_contact_at"), ("last_contact_at", since), limit
        )
        keys = {row["first_ticket"]: lives.ticket_key(c, run, row["first_ticket"]) for row in chosen}
        members = showing.members_of_episodes(c, run, [key for key in keys.values() if key is not None])
        named = reading.groups(c, run)
    groups = dict(zip(named.group_key, named.name, strict=True))
    return [_episode(setting, run, row, members.get(keys[row["first_ticket"]] or 0, []), groups) for row in chosen]


def safe_link(url: Any) -> str | None:
    """A link that a browser may follow; None for anything but http and https."""
    return url if isinstance(url, str) and urlsplit(url).scheme in ("http", "https") else None


def _episode(setting: Setting, run: Run, row: dict, keys: Sequence[int], groups: dict[int, str]) -> dict[str, Any]:
    with engine.reading(setting.store.engine) as c:
        facts = [facts for facts in (lives.facts(c, run, key) for key in keys) if facts]
    facts.sort(key=lambda of: (str(of["created_at"]), of["ticket"]))
    lines = _story(setting, run, [of["ticket_key"] for of in facts], groups)
    tickets = [
        {
            "ticket": of["ticket"],
            "subject": of["subject"] or "(no subject)",
            "url": safe_link(of["url"]),
            "status": of["status"],
        }
        for of in facts
    ]
    return {
        "contacts": numbers.plural(row["contacts"], "ticket"),
        "channels": numbers.plural(row["channels"], "channel"),
        "topic": row["topic"],
        "team": row["team"],
        "tickets": tickets,
        "lines": lines if len(lines) <= MANY else [*lines[: MANY - 5], None, *lines[-4:]],
        "left_out": max(0, len(lines) - MANY + 1),
    }


def _story(setting: Setting, run: Run, keys: Sequence[int], groups: dict[int, str]) -> list[dict[str, Any]]:
    """What happened in all of them, in the order of time; quiet events are left out."""
    t = together(setting, run, keys).timelines
    rows = {int(key): row for row, key in enumerate(t.tickets["key"])}
    positions = [
        p for key in keys if key in rows for p in range(int(t.starts[rows[key]]), int(t.starts[rows[key] + 1]))
    ]
    loud = [p for p in positions if not _is_routine(t, p)]
    with engine.reading(setting.store.engine) as c:
        others = lives.words(c, wording.referred(t, np.array(loud, np.int64)))
    words = wording.Words({}, groups, {}, others)
    loud.sort(key=lambda p: (int(t.events["occurred_at"][p]), p))
    return _merged([_line(setting, t, p, words, keys) for p in loud])


def _is_routine(t: Timelines, position: int) -> bool:
    """What tells nothing about the service: tags and priorities, the first status, the closing of what is solved."""
    kind, new = int(t.events["kind"][position]), int(t.events["new"][position])
    if kind == Kind.status:
        return new == Status.new or (new == Status.closed and not t.solves[position])
    return kind in (*wording.QUIET, Kind.priority)


def _line(setting: Setting, t: Timelines, position: int, words: wording.Words, keys: Sequence[int]) -> dict[str, Any]:
    at = datetime.datetime.fromtimestamp(int(t.events["occurred_at"][position]), setting.zone)
    number = [int(key) for key in keys].index(int(t.tickets["key"][int(t.events["ticket"][position])])) + 1
    return {
        "at": f"{at.day} {at:%b %H:%M}",
        "ticket": number,
        "who": wording.who(t, position, words),
        "what": [wording.what(t, position, words)],
    }


def _merged(lines: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What one did to one ticket in one minute is one line."""
    found: list[dict[str, Any]] = []
    for line in lines:
        if found and all(found[-1][name] == line[name] for name in ("at", "ticket", "who")):
            found[-1]["what"] += [phrase for phrase in line["what"] if phrase not in found[-1]["what"]]
        else:
            found.append(line)
    return found
