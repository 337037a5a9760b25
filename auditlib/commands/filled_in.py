"""A helpdesk's introduction as a filled-in block of audit.toml."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping

from auditlib.commands.agreed import agreements
from auditlib.sources import Introduction, Settings

OURS = "new, open, pending_customer, on_hold, solved or closed"
MEANT = {
    "topic": ("topic", "category", "reason", "subject area", "root cause"),
    "language": ("language", "locale"),
    "tier": ("tier", "plan", "support level"),
    "region": ("region", "country"),
}
"""Attribute of ours → titles of fields that probably mean it."""


def block(told: Introduction | None, settings: Settings, since: datetime.date, folder: str | None = None) -> str:
    """The `[[source]]` of a helpdesk, and its groups as teams to sort; without an introduction the bare one."""
    lines = ["[[source]]", f"name = {_text(settings.name)}", f"kind = {_text(settings.kind)}"]
    if folder is None:
        lines.append(f"connection = {_text(settings.connection)}")
    lines.append(f"since = {since.isoformat()}")
    if folder is None:
        lines.append(f"max_share_of_rate_limit = {settings.max_share_of_rate_limit:g}")
    else:
        lines.append(f"options = {{ folder = {_text(folder)} }}")
    if told is not None:
        lines += [*_statuses(told, settings), *_fields(told, settings), *_bots(settings)]
        lines += agreements(told.agreements, settings.agreements)
        lines += [*_groups(told, settings.name), *_hours(told)]
    return "\n".join(lines) + "\n"


def _statuses(told: Introduction, settings: Settings) -> Iterable[str]:
    unknown = {status: "open" for status, ours in told.statuses.items() if ours is None}
    if unknown or settings.statuses:
        decide = f"    # to decide: {', '.join(unknown)} as {OURS}" if unknown else ""
        yield f"statuses = {_table({**settings.statuses, **unknown})}{decide}"
    known = ", ".join(f"{status} = {ours}" for status, ours in told.statuses.items() if ours is not None)
    if known:
        yield f"# statuses that are understood: {known}"


def _fields(told: Introduction, settings: Settings) -> Iterable[str]:
    meant = dict(settings.fields)
    for ours, titles in MEANT.items():
        for name, title in told.fields.items():
            if title.lower() in titles and ours not in meant:
                meant[ours] = name
    if meant:
        yield f"fields = {_table(meant)}"
    yield from _topics(told.choices.get(meant.get("topic", "topic"), ()), settings)
    for name, title in told.fields.items():
        if name not in meant.values():
            yield f"# a field: {_text(name)} is {title}"


def _topics(words: Iterable[str], settings: Settings) -> Iterable[str]:
    if settings.topics:
        yield f"topics = {_table(settings.topics)}"
    own = [word for word in words if word not in settings.topics]
    if own:
        yield f"# topics = {_table({word: word for word in own})}    # as your other helpdesks call them"


def _bots(settings: Settings) -> Iterable[str]:
    if settings.bots:
        yield f"bots = [{', '.join(map(_text, settings.bots))}]"


def _groups(told: Introduction, source: str) -> Iterable[str]:
    if told.groups:
        yield f"# scope = {{ groups = [{', '.join(map(_text, told.groups))}] }}    # only these; all if left out"
        for group in told.groups:
            yield from ("", "[[team]]", f"name = {_text(group)}", f"groups = [{_text(f'{source}:{group}')}]")


def _hours(told: Introduction) -> Iterable[str]:
    yield ""
    if told.schedules:
        yield f"# opening hours come from the helpdesk: {', '.join(told.schedules)}"
    else:
        yield "# The helpdesk tells no opening hours; in the file's own [clock]:"
        yield '# business = { "*" = "Mon-Fri 09:00-17:00 Europe/Berlin" }'


def _table(values: Mapping[str, str]) -> str:
    return "{ " + ", ".join(f"{_key(key)} = {_text(value)}" for key, value in values.items()) + " }"


def _key(key: str) -> str:
    return key if key.replace("_", "").replace("-", "").isalnum() and key.isascii() else _text(key)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
