"""A TOML file read into sections: values that are right by themselves, and the mistakes of all others."""

from __future__ import annotations

import dataclasses
import os
import pathlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from auditlib.config import lines
from auditlib.config.keys import TABLES, Key, Table
from auditlib.config.mistakes import ConfigError, Mistakes, Place, Problem, did_you_mean, listed
from auditlib.config.values import Wrong, key_of, shown

Sections = Mapping[str, "list[Section]"]


@dataclasses.dataclass(frozen=True)
class Section:
    """One table of the file: the values that are right, and where they stand."""

    place: Place
    values: Mapping[str, Any]
    """A key that is missing or wrong is absent; one that may be left out has its default."""

    def get(self, key: str) -> Any:
        return self.values.get(key)


@dataclasses.dataclass(frozen=True)
class File:
    """A configuration as it was read: its sections by table, and what was wrong with them."""

    path: pathlib.Path
    sections: Sections
    mistakes: Mistakes

    @property
    def folder(self) -> pathlib.Path:
        """The folder to which the file's relative paths are relative."""
        return self.path.resolve().parent


def read(path: str | os.PathLike[str] | None) -> File:
    """The file's sections; raises ConfigError only where it is no TOML at all."""
    file = pathlib.Path(path or os.environ.get("AUDITLIB_CONFIG") or "audit.toml")
    text = _text(file)
    data = _parsed(file, text)
    mistakes = Mistakes(file, lines.index(text))
    _note_unknown((), data, TABLES, mistakes)
    return File(file, {name: list(_sections(name, data, mistakes)) for name in TABLES}, mistakes)


def label(place: Place) -> str:
    """The table as its header is written: [audit] or [[source]]."""
    name = str(place[0])
    return f"[[{name}]]" if name in TABLES and TABLES[name].is_many else f"[{name}]"


def _text(file: pathlib.Path) -> str:
    try:
        return file.read_text("utf-8-sig")  # Windows editors begin a file with a mark that TOML refuses
    except FileNotFoundError:
        right = "write one, or name another with the variable AUDITLIB_CONFIG"
        raise ConfigError([Problem(file, None, "there is no such file", right)]) from None
    except (OSError, UnicodeDecodeError) as error:
        right = "it should be a readable text file in UTF-8"
        raise ConfigError([Problem(file, None, f"cannot be read ({error})", right)]) from None


def _parsed(file: pathlib.Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found, _, at = str(error).rpartition(" (at ")
        at_line = re.match(r"line (\d+)", at)
        line = int(at_line[1]) if at_line else text.count("\n") + 1
        right = "texts stand in quotes, lists in [ ], and each key once (https://toml.io)"
        raise ConfigError([Problem(file, line, f"this is no TOML: {found or error}", right)]) from None


def _sections(name: str, data: Mapping[str, Any], mistakes: Mistakes) -> Iterator[Section]:
    table = TABLES[name]
    found = data.get(name, [] if table.is_many else {})
    if not table.is_many and isinstance(found, dict):
        yield _section((name,), found, table, mistakes)
    elif table.is_many and isinstance(found, list):
        yield from (_one_of_many((name, number), one, table, mistakes) for number, one in enumerate(found))
    else:
        yield _misplaced((name,), found, mistakes)


def _one_of_many(place: Place, found: Any, table: Table, mistakes: Mistakes) -> Section:
    if isinstance(found, dict):
        return _section(place, found, table, mistakes)
    return _misplaced(place, found, mistakes)


def _misplaced(place: Place, found: Any, mistakes: Mistakes) -> Section:
    """An empty section in place of what is no table, or a table with the wrong brackets."""
    is_table = isinstance(found, dict) or (isinstance(found, list) and all(isinstance(one, dict) for one in found))
    what = f"{place[0]} stands in the wrong brackets" if is_table else f"{place[0]} = {shown(found)} is no table"
    mistakes.note(place, what, f"write {label(place)} above its keys")
    return Section(place, {})


def _section(place: Place, found: Mapping[str, Any], table: Table, mistakes: Mistakes) -> Section:
    _note_unknown(place, found, table.keys, mistakes, table.hint)
    values = {}
    for name, key in table.keys.items():
        try:
            values[name] = _value(name, key, found)
        except Wrong as wrong:
            mistakes.note((*place, name, *wrong.at), f"{label(place)} {wrong.what}", wrong.right)
    return Section(place, values)


def _value(name: str, key: Key, found: Mapping[str, Any]) -> Any:
    if name not in found:
        if key.is_required:
            raise Wrong(f"has no {name}", f"write {name} = {key.example}")
        return key.default
    try:
        return key.check(found[name])
    except Wrong as wrong:
        what = f"{_written(name, found[name], wrong.at)} {wrong.what}"
        raise Wrong(what, wrong.right, *wrong.at) from None


def _written(name: str, value: Any, at: Place) -> str:
    """A key and its value as they are written; of a table or list, the part that is meant."""
    for step in at:
        name = f"{name}[{step}]" if isinstance(step, int) else f"{name}.{key_of(step)}"
        value = value[step]
    return f"{name} = {shown(value)}"


def _note_unknown(
    place: Place, found: Mapping[str, Any], known: Mapping[str, Any], mistakes: Mistakes, hint: str = ""
) -> None:
    for name in found:
        if name not in known:
            right = did_you_mean(name, known, f"there are {listed(known)}")
            where = label(place) if place else "the file"
            mistakes.note((*place, name), f"{where} knows no {name}", right + hint)
