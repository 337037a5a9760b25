"""On which line of a TOML text each key, table and list element stands.

The standard library's reader gives values and no lines. This index walks a text that the reader
has already accepted, so it need not judge anything: it only has to find keys, and to step over
strings and comments in which something may look like one.
"""

from __future__ import annotations

import bisect
import re
import tomllib
from collections.abc import Iterator

from auditlib.config.mistakes import Place

BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?!")'  # up to two quotes may stand right before the closing three
    r"|'''.*?'''(?!')"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*'",
    re.DOTALL,
)
BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
PLAIN = re.compile(r"[^,\]}#\r\n]*")
"""A number, a date or a truth value: it ends where the line, the list or the inline table goes on."""


def index(text: str) -> dict[Place, int]:
    """The line, counted from 1, of every key, table and list element of a valid TOML text."""
    return _Walk(text).all()


class _Walk:
    def __init__(self, text: str):
        self.text = text
        self.at = 0
        self.lines: dict[Place, int] = {}
        self.last: dict[Place, int] = {}  # array of tables → the index of its latest table
        self.breaks = [found.start() for found in re.finditer("\n", text)]

    def all(self) -> dict[Place, int]:
        table: Place = ()
        self.skip_blank()
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.pair(table)
            self.skip_blank()
        return self.lines

    def header(self) -> Place:
        """The table that a [header] or [[header]] opens."""
        starts = self.at
        is_array = self.text.startswith("[[", self.at)
        self.at += 2 if is_array else 1
        *parents, name = self.key()
        self.at = self.text.index("]", self.at) + (2 if is_array else 1)
        table = (*self.inside(parents, starts), name)
        if is_array:
            self.last[table] = self.last.get(table, -1) + 1
        return self.inside([*parents, name], starts)

    def inside(self, names: list[str], at: int) -> Place:
        """The place of a table by its names: of an array of tables, the latest is meant."""
        place: Place = ()
        for name in names:
            place = (*place, name)
            self.note(place, at)
            if place in self.last:
                place = (*place, self.last[place])
                self.note(place, at)
        return place

    def pair(self, table: Place) -> None:
        starts, place = self.at, table
        for name in self.key():
            place = (*place, name)
            self.note(place, starts)
        self.at += 1  # the equals sign
        self.skip_blank()
        self.value(place)

    def key(self) -> Iterator[str]:
        """The names of a dotted key; the walk ends before what follows them."""
        while True:
            self.skip_blank()
            found = STRING.match(self.text, self.at) or BARE_KEY.match(self.text, self.at)
            assert found, "the text was accepted by tomllib"
            self.at = found.end()
            yield _name(found[0])
            self.skip_blank()
            if self.text[self.at] != ".":
                return
            self.at += 1

    def value(self, place: Place) -> None:
        if self.text[self.at] == "[":
            self.list_of_values(place)
        elif self.text[self.at] == "{":
            self.inline_table(place)
        else:
            found = STRING.match(self.text, self.at) or PLAIN.match(self.text, self.at)
            assert found
            self.at = found.end()

    def list_of_values(self, place: Place) -> None:
        for number, _ in enumerate(self.items("]")):
            self.note((*place, number), self.at)
            self.value((*place, number))

    def inline_table(self, place: Place) -> None:
        for _ in self.items("}"):
            self.pair(place)

    def items(self, end: str) -> Iterator[None]:
        """Stops at each item of a list or an inline table, until its end is passed."""
        self.at += 1
        self.skip_blank()
        while self.text[self.at] != end:
            yield
            self.skip_blank()
            if self.text[self.at] == ",":
                self.at += 1
                self.skip_blank()
        self.at += 1

    def skip_blank(self) -> None:
        found = BLANK.match(self.text, self.at)
        assert found
        self.at = found.end()

    def note(self, place: Place, at: int) -> None:
        self.lines.setdefault(place, bisect.bisect_left(self.breaks, at) + 1)


def _name(written: str) -> str:
    if written[0] not in "\"'":
        return written
    return next(iter(tomllib.loads(f"{written} = 0")))
