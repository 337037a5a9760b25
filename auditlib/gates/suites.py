"""Suites of rules as `expectations/*.toml` writes them; every mistake is named with its place."""

from __future__ import annotations

import dataclasses
import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "expectations"
SEVERITIES = ("critical", "warning", "info")
NEEDED = ("id", "type", "kwargs", "severity", "notes")
OPTIONAL = ("quarantine", "row_condition")


class GateError(Exception):
    """A rule, or what was handed to it, cannot be used; says where it stands and what would be right."""


@dataclasses.dataclass(frozen=True)
class Rule:
    """One expectation: Great Expectations' `type` and `kwargs`, and what we make of a failure."""

    id: str
    type: str
    kwargs: Mapping[str, Any]
    severity: str
    notes: str
    quarantine: bool
    row_condition: str | None
    place: str
    """Where it stands, for messages: events.toml, entry 3 (EVT-003)."""


@dataclasses.dataclass(frozen=True)
class Suite:
    """The rules of one table, its row-count floor, and how much quarantine is too much."""

    name: str
    rules: tuple[Rule, ...]
    floor: int = 1
    """Fewer rows are refused, unless the night is proven quiet."""
    key: str | None = None
    """The column of the tickets that quarantine takes whole."""
    max_share: float = 0.0
    """The share of tickets in quarantine above which everything is refused …"""
    few: int = 0
    """… unless they are so few: one bad ticket of a small night is no reason to refuse it."""


def columns_of(suite: str | Path, extra: Iterable[Mapping[str, Any]] = ()) -> set[str]:
    """The columns that a suite's rules speak of: what has to be read for it, and no more."""
    read = read_suite(suite, extra)
    found = {read.key} if read.key else set()
    for rule in read.rules:
        found |= {value for word, value in rule.kwargs.items() if word in ("column", "column_A", "column_B")}
        found |= {column for word in ("column_list", "column_set") for column in rule.kwargs.get(word, ())}
        found |= set(re.findall(r"[a-z_]\w*", rule.row_condition or "", re.IGNORECASE))
    return found


def read_suite(suite: str | Path, extra: Iterable[Mapping[str, Any]] = (), folder: Path | None = None) -> Suite:
    """The suite of a name in `folder` (default: expectations/) or of a path, with the extra entries.

    Raises GateError for whatever is unknown, missing or repeated.
    """
    path = suite if isinstance(suite, Path) else (folder or FOLDER) / f"{suite}.toml"
    content = _content(path)
    _only_known(content, ("expectations", "floor", "quarantine"), path.name)
    rules = [
        *_rules(content.get("expectations", []), path.name),
        *_rules(list(extra), f"extra rules for {path.name}"),
    ]
    if not rules:
        raise GateError(f"{path.name} holds no [[expectations]]: a gate without rules passes everything")
    _check_repeats(rules)
    limits = _floor(content.get("floor", {}), path.name) | _quarantine(content.get("quarantine", {}), path.name)
    read = Suite(path.stem, tuple(rules), **limits)
    if read.key is None and any(rule.quarantine for rule in rules):
        raise GateError(f'{path.name} has rules that quarantine; add [quarantine] key = "ticket", max_share = 0.02')
    return read


def _content(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        known = ", ".join(sorted(file.stem for file in path.parent.glob("*.toml"))) or "none"
        raise GateError(f"there is no suite {path.name}; there are: {known}") from None
    except tomllib.TOMLDecodeError as mistake:
        raise GateError(f"{path.name} is not TOML: {mistake}") from None


def _rules(entries: Sequence[Mapping[str, Any]], source: str) -> list[Rule]:
    return [
        _rule(entry, f"{source}, entry {number} ({entry.get('id', 'without id')})")
        for number, entry in enumerate(entries, 1)
    ]


def _rule(entry: Mapping[str, Any], place: str) -> Rule:
    _only_known(entry, NEEDED + OPTIONAL, place)
    missing = [word for word in NEEDED if word not in entry]
    if missing:
        raise GateError(f"{place}: {' and '.join(missing)} missing; every rule has {', '.join(NEEDED)}")
    _check_types(entry, place)
    if entry["severity"] not in SEVERITIES:
        raise GateError(f"{place}: severity {entry['severity']!r}; write {', '.join(SEVERITIES)}")
    rule = Rule(
        **{word: entry[word] for word in NEEDED},
        quarantine=entry.get("quarantine", False),
        row_condition=entry.get("row_condition"),
        place=place,
    )
    if rule.quarantine and (rule.severity != "critical" or "mostly" in rule.kwargs):
        raise GateError(f"{place}: a rule that quarantines is critical and has no mostly; max_share is its limit")
    return rule


def _check_types(entry: Mapping[str, Any], place: str) -> None:
    for word, kind in {"kwargs": Mapping, "quarantine": bool}.items():
        if not isinstance(entry.get(word, kind()) if kind is bool else entry[word], kind):
            raise GateError(f"{place}: {word} is no {'table { … }' if kind is Mapping else 'true or false'}")
    for word in ("id", "type", "severity", "notes", "row_condition"):
        text = entry.get(word, "absent")
        if not isinstance(text, str) or not text.strip():
            raise GateError(f"{place}: {word} is empty or no text; notes say what a failure means and what to do")


def _check_repeats(rules: Sequence[Rule]) -> None:
    """Two rules with one id, or that ask the same, would be counted as one somewhere."""
    seen: dict[str, Rule] = {}
    for rule in rules:
        for identity in (rule.id, repr((rule.type, sorted(rule.kwargs.items()), rule.row_condition))):
            if identity in seen:
                raise GateError(f"{rule.place} repeats {seen[identity].place}; change the id or leave one out")
            seen[identity] = rule


def _floor(table: Mapping[str, Any], source: str) -> dict[str, Any]:
    _only_known(table, ("rows",), f"{source}, [floor]")
    rows = table.get("rows", 1)
    if type(rows) is not int or rows < 1:
        raise GateError(f"{source}, [floor]: rows = {rows!r}; write 1 or more: rules pass on a table without rows")
    return {"floor": rows}


def _quarantine(table: Mapping[str, Any], source: str) -> dict[str, Any]:
    place = f"{source}, [quarantine]"
    _only_known(table, ("key", "max_share", "few"), place)
    if table and not {"key", "max_share"} <= set(table):
        raise GateError(f"{place} needs key (the tickets' column) and max_share (such as 0.02)")
    if not 0 <= table.get("max_share", 0) <= 1 or type(table.get("few", 0)) is not int:
        raise GateError(f"{place}: max_share is a share from 0 to 1, few a whole number of tickets")
    return dict(table)


def _only_known(found: Mapping[str, Any], known: Sequence[str], place: str) -> None:
    for word in found:
        if word not in known:
            likely = difflib.get_close_matches(word, known, n=1) or [", ".join(known)]
            raise GateError(f"{place}: {word!r} is not known here; write {likely[0]}")
