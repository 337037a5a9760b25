"""Promises in what agents write: who of us will do something, by when, and what makes it none.

A grammar of our own, sentence by sentence: somebody of us *will* do something that the customer waits
for, and the same sentence says by when. A question, a condition and somebody else's words promise
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditlib.caselog.dues import Due, Reader
from auditlib.caselog.phrases.pack import Pack, any_of
from auditlib.caselog.words import Marker

SENTENCE_END = re.compile(r"(?<!\d)[.!?](?=\s|$)|\n\n")
SENTENCE = 300
"""Characters either side of a commitment that may belong to its sentence."""
JOINED = r",?\s(?:and |at |um |à |a )?"
"""What may stand between two parts of one due: tomorrow, at noon."""


class Promises:
    """One language's promises, compiled."""

    def __init__(self, pack: Pack) -> None:
        self.hints = pack.hints
        self.commits = re.compile(any_of(pack.commits))
        self.due = re.compile(any_of(pack.due))
        self.more = re.compile(JOINED + any_of(pack.due))
        self.vague = re.compile(any_of(pack.vague))
        self.conditions = re.compile(any_of(pack.conditions))
        self.depends = re.compile(any_of(pack.depends))
        self.reader = Reader(pack.calendar)

    def found(self, text: str) -> Iterator[tuple[Marker, int, Due | None]]:
        """The first promise with a due, and the first without: one of each kind a message, and where."""
        if not any(hint in text for hint in self.hints):
            return
        kinds: dict[Marker, tuple[Marker, int, Due | None]] = {}
        for commit in self.commits.finditer(text):
            begins, ends = sentence_around(text, commit)
            if self._binds_nobody(text, begins, commit.start(), ends):
                continue
            if due := self._due(text, begins, commit.start(), ends):
                kinds.setdefault(Marker.promise, (Marker.promise, commit.start(), due))
            elif self.vague.search(text, begins, ends):
                kinds.setdefault(Marker.vague_promise, (Marker.vague_promise, commit.start(), None))
        yield from kinds.values()

    def _binds_nobody(self, text: str, begins: int, commits: int, ends: int) -> bool:
        """Whether the sentence asks, quotes, or makes it depend on something."""
        asks = text[ends : ends + 1] == "?"
        quotes = text.count('"', begins, commits) % 2 == 1 or text.rfind("“", begins, commits) > text.rfind(
            "”", begins, commits
        )
        depends = self.conditions.search(text, begins, commits) or self.depends.search(text, begins, ends)
        return asks or quotes or bool(depends)

    def _due(self, text: str, begins: int, commits: int, ends: int) -> Due | None:
        said = self.due.search(text, commits, ends) or self.due.match(text, begins)
        if not said:
            return None
        more = self.more.match(text, said.end(), ends)
        return self.reader.read(said[0] + more[0] if more else said[0])


def sentence_around(text: str, inside: re.Match[str]) -> tuple[int, int]:
    """Where the sentence begins and ends, at most `SENTENCE` characters either side."""
    first, last = max(0, inside.start() - SENTENCE), min(len(text), inside.end() + SENTENCE)
    begins = max((end.end() for end in SENTENCE_END.finditer(text, first, inside.start())), default=first)
    end = SENTENCE_END.search(text, inside.end(), last)
    while begins < inside.start() and text[begins].isspace():
        begins += 1
    return begins, end.start() if end else last
