"""`auditlib connect`: the connection to create, what the helpdesk says of itself, what the audit can tell of it."""

from __future__ import annotations

import datetime
import os
import pathlib
import zoneinfo
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from auditlib.commands.answers import DONE, WRONG, Answer, WrongUse, answered, table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

    from auditlib.config import Config
    from auditlib.sources import Capabilities, Get, Introduction, Settings

A_YEAR = 365


@click.command()
@click.argument("kind")
@click.option(
    "--name", help="The source in audit.toml, or the name of a new one, permanent in ticket ids; by default KIND."
)
@click.option("--folder", help="For files: the folder with the exports.")
@click.option("--share", type=click.FloatRange(0, 1, min_open=True), default=0.3, show_default=True,
              help="How much of the rate limit the first load may take.")  # fmt: skip
@answered
def connect(kind: str, name: str | None, folder: str | None, share: float) -> Answer:
    """Say which connection to create, test it, fill in audit.toml.

    KIND is a kind of helpdesk: zendesk, request_tracker, files, or a source of your own. Once the
    connection is there, each stream is asked once. Nothing is stored.

    \b
    auditlib connect zendesk
    auditlib connect files --folder exports
    auditlib connect request_tracker --name rt --share 0.2
    """
    from auditlib.commands.filled_in import block

    config = configured()
    extra = config.extend.sources if config else ()
    module = known(kind, extra)
    settings, since = settings_of(config, kind, name, folder, share)
    found = _introduced(module, settings)
    written = block(found.told, settings, since, _folder(config, module, settings, folder))
    return _answer(found, settings, written, _covered(config, module, found.capabilities))


def known(kind: str, extra: Sequence[str]) -> ModuleType:
    """The module of a kind of helpdesk; one that is misspelt is refused with the nearest."""
    from auditlib import sources
    from auditlib.config.mistakes import did_you_mean

    kinds = sources.kinds(extra)
    if kind not in kinds:
        right = did_you_mean(kind, kinds, f"the kinds are {', '.join(kinds)}")
        raise WrongUse(f"there is no kind {kind!r}; {right}")
    return sources.load(kind, extra)


def configured() -> Config | None:
    """audit.toml, if it is there and names a source: the first connection is often made before it does."""
    from auditlib import config

    path = pathlib.Path(os.environ.get("AUDITLIB_CONFIG") or "audit.toml")
    return config.load() if path.exists() and config.source_names() else None


def settings_of(
    config: Config | None, kind: str, name: str | None, folder: str | None, share: float
) -> tuple[Settings, datetime.date]:
    """The settings of the source in audit.toml, or those that it would begin with, and from which day on."""
    from dataclasses import replace

    from auditlib.sources import Settings

    own = name or kind
    named = [s for s in config.sources if s.kind == kind and s.name == own] if config else []
    options = {"folder": str(pathlib.Path(folder).resolve())} if folder else {}
    if config and named:
        zone = zoneinfo.ZoneInfo(config.audit.time_zone)
        since = datetime.datetime.fromtimestamp(named[0].since, zone).date()
        held = replace(named[0], max_share_of_rate_limit=share)
        return (replace(held, options={**held.options, **options}) if options else held), since
    since = (datetime.datetime.now(datetime.UTC).date() - datetime.timedelta(days=A_YEAR)).replace(day=1)
    begin = int(datetime.datetime.combine(since, datetime.time(), datetime.UTC).timestamp())
    return Settings(
        name=own, kind=kind, connection=own, since=begin, max_share_of_rate_limit=share, options=options
    ), since


@dataclass(frozen=True)
class Found:
    """What came of asking a helpdesk."""

    told: Introduction | None = None
    capabilities: Capabilities | None = None
    seconds_an_answer: float | None = None
    """How long its answers took just now: what a load depends on where no limit is told."""
    trouble: str | None = None
    how: tuple[str, ...] = ()
    """What to create, where there is no connection yet."""


def _introduced(module: ModuleType, settings: Settings) -> Found:
    """What the helpdesk says when each stream is asked once; or how to create the connection."""
    from auditlib.commands.connecting import instructions, variable
    from auditlib.sources import SourceError

    is_folder = hasattr(module, "open_folder")
    if is_folder and not settings.options.get("folder"):
        return Found(how=("Put the exports into a folder and name it: auditlib connect files --folder exports",))
    how = () if is_folder else tuple(instructions(settings.kind, settings.connection, module.__doc__ or ""))
    if not is_folder and not os.environ.get(variable(settings.connection)):
        return Found(how=how)
    try:
        get = asked(module, settings)
        told = module.introduce(get, settings)
        return Found(told, _able(module, get, settings, told), getattr(get, "seconds_an_answer", None))
    except SourceError as error:
        return Found(trouble=str(error), how=how)


def _able(module: ModuleType, get: Get, settings: Settings, told: Introduction) -> Capabilities:
    """What the helpdesk can tell to this account: nothing that rests on a stream that is closed to it."""
    if hasattr(module, "capabilities_of"):
        return module.capabilities_of(get, settings)
    closed = {stream for stream, said in told.streams.items() if said != "ok"}
    lost = {name for name, streams in getattr(module, "NEEDS", {}).items() if streams & closed}
    lost |= {"ratings"} if settings.options.get("ratings") == "none" else set()
    return module.CAPABILITIES.without(lost)


def asked(module: ModuleType, settings: Settings) -> Get:
    """How to ask with little patience: whoever waits at a terminal wants to know soon."""
    from auditlib.opening import opened
    from auditlib.waiting import Manners

    return opened(module, settings, manners=Manners(attempts=2))


def _folder(config: Config | None, module: ModuleType, settings: Settings, typed: str | None) -> str | None:
    """The folder as audit.toml names it: relative to itself."""
    if not hasattr(module, "open_folder"):
        return None
    home = config.folder if config else pathlib.Path.cwd()
    path = pathlib.Path(settings.options.get("folder") or typed or "exports")
    return str(path.relative_to(home)) if path.is_relative_to(home) else str(path)


def _answer(found: Found, settings: Settings, written: str, covered: list[dict[str, Any]]) -> Answer:
    told, load = found.told, _first_load(found, settings)
    data: dict[str, Any] = {"source": settings.name, "kind": settings.kind, "is_tested": told is not None}
    data |= {"error": found.trouble, "connection": found.how, "audit_toml": written, "metrics": covered}
    shown: list[Any] = [f"What went wrong: {found.trouble}"] if found.trouble else []
    shown += found.how
    if told is not None:
        data |= {"account": told.account, "streams": dict(told.streams), "first_load": load, "notes": list(told.notes)}
        shown += [f"{told.account}: each stream was asked once.", table("stream", "", rows=list(told.streams.items()))]
        shown += [*(note for note in told.notes if not note.startswith("The first load")), load["sentence"]]
    shown += ["", "For audit.toml:", "", written, "What it will tell:"]
    shown.append(table("family", "metric", "measured", "why not", rows=[tuple(row.values()) for row in covered]))
    again = f"auditlib connect {settings.kind}" + (f" --name {settings.name}" if settings.name != settings.kind else "")
    shown.append(f"Then: {'auditlib check' if told else again}")
    return Answer(data, shown, WRONG if found.trouble else DONE)


def _covered(config: Config | None, module: ModuleType, capabilities: Capabilities | None) -> list[dict[str, Any]]:
    """Each metric: whether this helpdesk can tell what it needs."""
    from auditlib import metrics

    rows = []
    for family, modules in metrics.load_all(config.extend.metrics if config else ()).items():
        for name, metric in modules.items():
            told, needs = capabilities or module.CAPABILITIES, metric.METRIC.needs
            lacking = told.missing(needs)
            why = f"the helpdesk does not tell {', '.join(lacking).replace('_', ' ')}" if lacking else None
            why = "from the first run on, by our nightly looks at the statuses" if told.is_by_looks(needs) else why
            rows.append({"family": family, "metric": name, "measured": "no" if lacking else "yes", "why": why})
    return rows


def _first_load(found: Found, settings: Settings) -> dict[str, Any]:
    """Requests and hours of the first load: under the share of the rate limit, or as fast as it answered just now."""
    told = found.told
    if told is None or told.requests_for_first_load is None:
        return {"requests": None, "hours": None, "sentence": "The first load takes no requests that count."}
    requests, limit, share = told.requests_for_first_load, told.requests_per_minute, settings.max_share_of_rate_limit
    hours, why = None, "how long depends: its rate limit is not told"
    if limit:
        hours, why = requests / (limit * share) / 60, f"at {share:.0%} of {limit:,} requests a minute"
    elif found.seconds_an_answer is not None:
        pace = found.seconds_an_answer
        hours, why = requests * pace / 3600, f"at {pace * 1000:.0f} ms an answer as just now; it tells no rate limit"
    time = why if hours is None else f"{f'about {hours:.1f} hours' if hours >= 0.1 else 'some minutes'} {why}"
    sentence = f"The first load takes {requests:,} requests, {time}; the newest five weeks come first."
    return {"requests": requests, "hours": hours, "sentence": sentence}
