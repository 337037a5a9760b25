"""What must be right between the sections of a file: names that others use, dates, bounds, folders."""

from __future__ import annotations

import itertools
import os
import pathlib
from collections.abc import Iterator

from auditlib.config import times
from auditlib.config.agreed_hours import agreements, calendar
from auditlib.config.keys import FAIR, STORES, store
from auditlib.config.mistakes import Place, did_you_mean, listed
from auditlib.config.reading import File, Section, label
from auditlib.config.values import Wrong, key_of, shown

Mistake = tuple[Place, str, str]
"""Where, what was found, and what would be right."""


def note_all(file: File) -> None:
    """Notes every mistake that a single value cannot show."""
    names = (same_names(file, "source"), same_names(file, "segment"))
    settings = (_store(), _kinds(file), _connections(file), _clock(file), agreements(file))
    decisions = (_teams(file), _customers(file), _conditions(file), _targets(file), _exclusions(file), _folders(file))
    comparisons = (_mix(file), _baselines(file), _fairness(file))
    for place, found, right in itertools.chain(*names, *settings, *decisions, *comparisons):
        file.mistakes.note(place, found, right)


def same_names(file: File, table: str) -> Iterator[Mistake]:
    """Names that two tables of a kind share."""
    first: dict[str, Section] = {}
    for section in file.sections[table]:
        name = section.get("name")
        if name is not None and first.setdefault(name, section) is not section:
            found = f"{label(section.place)} name = {shown(name)} is taken{_also(file, first[name])}"
            yield (*section.place, "name"), found, "give each its own name"


def _store() -> Iterator[Mistake]:
    address = os.environ.get("AUDITLIB_STORE") or f"{STORES[0]}audit.db"
    try:
        store(address)
    except Wrong as wrong:
        yield ("audit", "store"), f"the variable AUDITLIB_STORE = {shown(address)} {wrong.what}", wrong.right


def _kinds(file: File) -> Iterator[Mistake]:
    from auditlib.sources import kinds  # imports msgspec: not for DAG files

    if not file.sections["source"]:
        yield (), "there is no [[source]]", "add one; `auditlib connect KIND` prints it filled in"
    known = kinds(str(path) for path in _paths(file, "sources") if path.is_dir())
    for source in file.sections["source"]:
        kind = source.get("kind")
        if kind is not None and kind not in known:
            right = did_you_mean(kind, known, f"there are {listed(known)}")
            yield (*source.place, "kind"), f"[[source]] kind = {shown(kind)} is unknown", right


def _connections(file: File) -> Iterator[Mistake]:
    for source in file.sections["source"]:
        is_left_out = "connection" in source.values and source.get("connection") is None
        if is_left_out and "folder" not in (source.get("options") or {}):
            right = 'write connection = "zendesk", or options = { folder = "exports" } for files'
            yield (*source.place, "connection"), "[[source]] has no connection", right


def _clock(file: File) -> Iterator[Mistake]:
    checks = {"business": times.hours, "holidays": calendar(file), "promised": times.hours}
    for clock in file.sections["clock"]:
        for key, check in checks.items():
            for name, value in (clock.get(key) or {}).items():
                if name != "*":
                    yield from _unknown(file, clock, "source", name.partition(":")[0], key, name)
                try:
                    check(value)
                except Wrong as wrong:
                    found = f"[clock] {key}.{key_of(name)} = {shown(value)} {wrong.what}"
                    yield ("clock", key, name), found, wrong.right


def _teams(file: File) -> Iterator[Mistake]:
    for team in file.sections["team"]:
        since, until = team.get("since"), team.get("until")
        if since and until and until <= since:
            found = f"[[team]] until = {until} is not after since = {since}"
            yield (*team.place, "until"), found, "write the first day on which it no longer holds"
        for number, group in enumerate(team.get("groups") or ()):
            yield from _unknown(file, team, "source", group.partition(":")[0], "groups", number)
    for one, other in itertools.combinations(file.sections["team"], 2):
        if _begins_before_end(one, other) and _begins_before_end(other, one):
            yield from _shared(file, one, other)


def _begins_before_end(one: Section, other: Section) -> bool:
    since, until = one.get("since"), other.get("until")
    return not (since and until) or since < until


def _shared(file: File, one: Section, other: Section) -> Iterator[Mistake]:
    """A team twice, or a group in two teams, at the same time: figures by team would not add up."""
    right = "let one end (until) where the other begins (since), or make them one"
    name = other.get("name")
    if name is not None and name == one.get("name"):
        found = f"[[team]] name = {shown(name)} stands for two at once{_also(file, one)}"
        yield (*other.place, "name"), found, right
    for number, group in enumerate(other.get("groups") or ()):
        if group in (one.get("groups") or ()):
            found = f"[[team]] groups[{number}] = {shown(group)} is in two teams at once{_also(file, one)}"
            yield (*other.place, "groups", number), found, right


def _customers(file: File) -> Iterator[Mistake]:
    """An alias that names no source, or that two customers share: then they are one, and one entry says so."""
    first: dict[str, Section] = {}
    for customer in file.sections["customer"]:
        if len(customer.get("aliases") or ("", "")) < 2:
            found = f"[[customer]] aliases = {shown(list(customer.get('aliases')))} ties nobody to nobody"
            yield (*customer.place, "aliases"), found, "write everything that they are known by"
        for number, alias in enumerate(customer.get("aliases") or ()):
            source, colon, _ = alias.partition(":")
            if colon and "@" not in alias:
                yield from _unknown(file, customer, "source", source, "aliases", number)
            elif not colon and "@" not in alias and not alias.lstrip("+(").replace(" ", "").isdigit():
                found = f"[[customer]] aliases[{number}] = {shown(alias)} is no person and no address"
                yield (
                    (*customer.place, "aliases", number),
                    found,
                    'write "zendesk:20000001", an e-mail address or a number',
                )
            if first.setdefault(alias, customer) is not customer:
                also = _also(file, first[alias])
                found = f"[[customer]] aliases[{number}] = {shown(alias)} is another customer's{also}"
                yield (*customer.place, "aliases", number), found, "make one entry of the two"


def _conditions(file: File) -> Iterator[Mistake]:
    """Sources and teams that `when` names."""
    for section in file.sections["segment"] + file.sections["exclude"]:
        for table in ("source", "team"):
            for name in (section.get("when") or {}).get(table, ()):
                yield from _unknown(file, section, table, name, "when", table)


def _targets(file: File) -> Iterator[Mistake]:
    first: dict[tuple[object, ...], Section] = {}
    for target in file.sections["target"]:
        for table in ("segment", "team"):
            if target.get(table):
                yield from _unknown(file, target, table, target.get(table), table)
        yield from _bounds(target)
        same = tuple(target.get(key) for key in ("metric", "statistic", "since", "segment", "team"))
        if None not in same[:3] and first.setdefault(same, target) is not target:
            found = f"[[target]] is a second one for the same figure and day{_also(file, first[same])}"
            yield target.place, found, "keep one, or give the later one a later since"


def _bounds(target: Section) -> Iterator[Mistake]:
    bounds = [key for key in ("at_most", "at_least") if target.get(key) is not None]
    if {"at_most", "at_least"} <= target.values.keys() and len(bounds) != 1:
        found = f"[[target]] has {' and '.join(bounds) or 'neither at_most nor at_least'}"
        yield (*target.place, *bounds[1:]), found, "write one of at_most and at_least"
    is_rate = target.get("statistic") == "rate" and "_per_" not in (target.get("metric") or "")
    for key in bounds:
        if is_rate and not 0 <= target.get(key) <= 1:
            found = f"[[target]] {key} = {target.get(key):g} is no rate"
            yield (*target.place, key), found, "write a number from 0 to 1, such as 0.85 for 85 %"


def _mix(file: File) -> Iterator[Mistake]:
    """A mix by what figures are not broken down by; the default only says so in its view."""
    for figures in file.sections["figures"]:
        name, broken_down = figures.get("mix_by"), figures.get("breakdowns") or ()
        is_written = ("figures", "mix_by") in file.mistakes.lines
        if is_written and name and broken_down and (name,) not in broken_down:
            found = f"[figures] mix_by = {shown(name)} is none of breakdowns"
            yield ("figures", "mix_by"), found, f"add {shown(name)} to breakdowns, or choose one of them"


def _baselines(file: File) -> Iterator[Mistake]:
    first: dict[tuple[object, ...], Section] = {}
    for baseline in file.sections["baseline"]:
        if baseline.get("team"):
            yield from _unknown(file, baseline, "team", baseline.get("team"), "team")
        same = tuple(baseline.get(key) for key in ("metric", "since", "team"))
        if None not in same[:2] and first.setdefault(same, baseline) is not baseline:
            found = f"[[baseline]] is a second one for the same metric and day{_also(file, first[same])}"
            yield baseline.place, found, "keep one"


def _fairness(file: File) -> Iterator[Mistake]:
    known = [*FAIR, *(one.get("name") for one in file.sections["segment"] if one.get("name"))]
    for fairness in file.sections["fairness"]:
        for number, name in enumerate(fairness.get("by_contract") or ()):
            if name not in known:
                found = f"[fairness] by_contract[{number}] = {shown(name)} is no attribute and no [[segment]]"
                right = did_you_mean(name, known, f"there are {listed(known)}")
                yield ("fairness", "by_contract", number), found, right


def _exclusions(file: File) -> Iterator[Mistake]:
    for exclusion in file.sections["exclude"]:
        ticket, when = exclusion.get("ticket"), exclusion.get("when")
        if {"ticket", "when"} <= exclusion.values.keys() and bool(ticket) == bool(when):
            found = f"[[exclude]] has {'both ticket and when' if ticket else 'neither ticket nor when'}"
            yield exclusion.place, found, 'write one of ticket = "zendesk:90210" and when = { tag = "test" }'
        if ticket:
            yield from _unknown(file, exclusion, "source", ticket.partition(":")[0], "ticket")


def _folders(file: File) -> Iterator[Mistake]:
    for key in ("metrics", "sources"):
        for number, path in enumerate(_paths(file, key)):
            if not path.is_dir():
                found = f"[extend] {key}[{number}] names a folder that is not there: {path}"
                yield ("extend", key, number), found, "make it, or take it out"


def _paths(file: File, key: str) -> Iterator[pathlib.Path]:
    for extend in file.sections["extend"]:
        yield from (file.folder / written for written in extend.get(key) or ())


def _unknown(file: File, section: Section, table: str, name: str, *at: str | int) -> Iterator[Mistake]:
    """A name of a table that the file does not have, used by a section at one of its keys."""
    known = {one.get("name"): one for one in file.sections[table]}
    if name not in known and None not in known:  # a name that is wrong itself may be the one that is meant
        found = f"{label(section.place)} {at[0]} names {shown(name)}, which is no [[{table}]] of this file"
        yield (*section.place, *at), found, did_you_mean(name, known, f"there are {listed(known) or 'none'}")


def _also(file: File, section: Section) -> str:
    return f": line {file.mistakes.lines[section.place]} has it too"
