"""What is wrong before a night begins: names that only the store or the metrics know, and connections."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from auditlib.config import ConfigError, Problem
from auditlib.metric import facts
from auditlib.opening import opened
from auditlib.pipeline.setting import Setting
from auditlib.places import SQL
from auditlib.sources import Get, Introduction, SourceError
from auditlib.store import collecting, engine, lives, runs
from auditlib.waiting import Manners

NEEDED = ("tickets", "audits", "history", "users", "people", "groups", "queues", "organizations")
"""Streams without which a night cannot be collected; others depend on plans and are told as notes."""


@dataclass(frozen=True)
class Finding:
    """What a check found: ok, note or wrong."""

    what: str
    state: str
    told: str


def targets(setting: Setting) -> list[Problem]:
    """Targets of metrics that nobody publishes, each with its line."""
    known = figure_names(setting)
    promised = (SQL / "views" / "20_headlines.sql").read_text()
    wrong = []
    for number, target in enumerate(setting.config.targets):
        if target.metric not in known and f"'{target.metric}'" not in promised:
            near = difflib.get_close_matches(target.metric, known, n=1)
            right = f"did you mean {near[0]}?" if near else "`auditlib metrics` lists them"
            found = f'metric = "{target.metric}" is published by no metric'
            wrong.append(setting.config.problem("target", number, "metric", found=found, right=right))
    return wrong


def exclusions(setting: Setting) -> list[Problem]:
    """Exclusions of tickets that do not exist, each with its line; judged only where all history is loaded."""
    named = {n: e.ticket for n, e in enumerate(setting.config.exclusions) if e.ticket}
    with engine.reading(setting.store.engine) as c:
        there = lives.known_tickets(c, named.values())
        whole = {name for name in setting.sources if _is_loaded(c, name)}
    return [
        setting.config.problem(
            "exclude",
            number,
            "ticket",
            found=f'ticket = "{ticket}" does not exist',
            right="correct the number, or remove the exclusion",
        )
        for number, ticket in named.items()
        if ticket not in there and ticket.partition(":")[0] in whole
    ]


def refuse_mistakes(setting: Setting) -> None:
    """Stops a run whose configuration excludes what does not exist; the error names file and line."""
    problems = exclusions(setting)
    if problems:
        raise ConfigError(problems)


def figure_names(setting: Setting) -> list[str]:
    """The names of all figures that are published."""
    modules = [module for of in setting.metrics.values() for module in of.values()]
    return sorted({figure.name for module in modules for figure in facts(module).figures})


def asked(setting: Setting, source: str) -> Get:
    """How to ask a source with little patience: a check says soon that nobody answers."""
    home, little = setting.config.folder, Manners(attempts=2)
    return opened(setting.module(source), setting.sources[source], home=home, manners=little)


def connection(setting: Setting, source: str) -> Iterator[Finding]:
    """What a source says when each of its streams is asked once."""
    settings = setting.sources[source]
    if settings.paused:
        yield Finding(source, "note", f"paused: {settings.paused}")
        return
    try:
        told: Introduction = setting.module(source).introduce(asked(setting, source), settings)
    except SourceError as error:
        yield Finding(source, "wrong", str(error))
        return
    count = "" if told.tickets is None else f", {told.tickets:,} tickets"
    yield Finding(source, "ok", f"{told.account}{count}")
    for stream, outcome in told.streams.items():
        if outcome != "ok":
            is_needed = stream in NEEDED or settings.kind == "files" or not _any_ok(told.streams)
            yield Finding(f"{source} {stream}", "wrong" if is_needed else "note", outcome)
    for status in unmapped(told):
        right = f'add statuses = {{ "{status}" = "…" }} to the source, with one of ours'
        yield Finding(f"{source} statuses", "wrong", f"the status {status!r} has no meaning yet; {right}")


def unmapped(told: Introduction) -> list[str]:
    """The helpdesk's statuses that `audit.toml` must map."""
    return [status for status, ours in told.statuses.items() if ours is None]


def _any_ok(streams: Mapping[str, str]) -> bool:
    return any(outcome == "ok" for outcome in streams.values())


def _is_loaded(c: Any, source: str) -> bool:
    windows = collecting.windows(c, source)
    return source in runs.watermarks(c) and all(done is not None for window, done in windows if not window.is_live)
