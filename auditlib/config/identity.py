"""Which configuration a figure rests on: hashes that change with its meaning and with nothing else.

They are taken from what was read, not from the text: comments, the order of keys and of tables,
and defaults that are written out make no difference. Only exclusions keep their order, because
the first that matches gives a ticket its reason. Folders and files count as they stand relative
to the file, so that two checkouts agree; a CSV file of holidays counts with its content.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import pathlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from auditlib.config.shape import Config

if TYPE_CHECKING:
    from auditlib.config.agreements import Agreement
    from auditlib.sources import Settings

READ = ("name", "kind", "scope", "statuses", "fields", "bots")
"""What decides how a source's tickets are read, and which of them are out of scope."""
CHOSEN = ("since", "paused")
"""What decides which of its tickets there are, and what is said of the source."""


def fingerprint(config: Config) -> str:
    """A hash of everything that changes what a figure means or shows.

    Left out are the audit's name, schedule, publish_by, store and landing, the alerts, and a
    source's connection, folder and share of the rate limit: they say when and where the audit
    works and who hears of it.
    """
    return _hash(
        {
            "measured": _measured(config),
            "chosen": _unordered(_of(source, "name", *CHOSEN) for source in config.sources),
            "time_zone": config.audit.time_zone,
            "targets": _unordered(config.targets),
            "figures": config.figures,
            "baselines": _unordered(config.baselines),
            "by_contract": sorted(config.fairness.by_contract),
            "decided_by": [exclusion.by for exclusion in config.exclusions],
        }
    )


def measure_fingerprint(config: Config) -> str:
    """Hashes of what changes the measures of tickets, section by section: where one differs, they are measured again.

    Clocks, the repeat windows, statuses, mapped fields, bots and a source's options change
    measured values; teams change who is named beside them (the responder's team of a turn); the
    scope, an exclusion with its `why`, and segments are columns of each ticket; extensions bring
    metrics and sources. Targets, breakdowns, the time zone of the periods and a source's since only
    decide which tickets are rolled up and how: they change figures and no measure.
    """
    return json.dumps({section: _hash(told)[:16] for section, told in _measured(config).items()}, sort_keys=True)


def changed_sections(before: str, now: str) -> set[str]:
    """Sections of audit.toml in which two of these fingerprints differ."""
    one, other = (json.loads(told) if told.startswith("{") else {"everything": told} for told in (before, now))
    return {section for section in {*one, *other} if one.get(section) != other.get(section)}


def _measured(config: Config) -> dict[str, Any]:
    return {
        "sources": _unordered(map(_source, config.sources)),
        "topics": {source.name: source.topics for source in config.sources if source.topics},
        "clock": dataclasses.replace(config.clock, holidays=_holidays(config)),
        "repeat": config.repeat,
        "customers": [sorted(customer.aliases) for customer in config.customers],
        "segments": _unordered(config.segments),
        "teams": _unordered(dataclasses.replace(team, leads=()) for team in config.teams),
        "exclusions": [dataclasses.replace(exclusion, by="") for exclusion in config.exclusions],
        "extend": [_relative(config, config.extend.metrics), _relative(config, config.extend.sources)],
    }


def _source(source: Settings) -> dict[str, Any]:
    options = {key: value for key, value in source.options.items() if key != "folder"}
    # Named only where there are some: nobody else's measures are measured again for them.
    agreed = {"agreements": {name: _agreed(one) for name, one in source.agreements.items()}}
    return {"options": options, **_of(source, *READ), **(agreed if source.agreements else {})}


def _agreed(agreement: Agreement) -> Agreement:
    return dataclasses.replace(agreement, holidays=agreement.holidays and _calendar(agreement.holidays))


def _of(source: Settings, *keys: str) -> dict[str, Any]:
    return {key: getattr(source, key) for key in keys}


def _holidays(config: Config) -> dict[str, str]:
    """The calendars by name; a file by a hash of its content, since its days may change."""
    return {name: _calendar(one) for name, one in config.clock.holidays.items()}


def _calendar(one: str) -> str:
    return hashlib.sha256(pathlib.Path(one).read_bytes()).hexdigest() if os.path.isabs(one) else one


def _relative(config: Config, paths: Iterable[str]) -> list[str]:
    return [pathlib.Path(os.path.relpath(path, config.folder)).as_posix() for path in paths]


def _unordered(items: Iterable[Any]) -> list[str]:
    return sorted(map(_written, items))


def _hash(value: Any) -> str:
    return hashlib.sha256(_written(value).encode()).hexdigest()


def _written(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=_plain)


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    return value.isoformat()  # days are all that is left
