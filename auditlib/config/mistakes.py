"""Mistakes of a configuration: each with file, line, what was found and what would be right."""

from __future__ import annotations

import dataclasses
import difflib
import pathlib
from collections.abc import Callable, Iterable, Mapping

Place = tuple[str | int, ...]
"""Where in the file: ("source", 0, "since") is the key `since` of the first [[source]]."""


@dataclasses.dataclass(frozen=True)
class Problem:
    """One mistake of one line."""

    file: pathlib.Path
    line: int | None
    found: str
    right: str

    def __str__(self) -> str:
        place = str(self.file) if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.found}; {self.right}"


class ConfigError(Exception):
    """The configuration cannot be used; the message has one line for each of its `problems`."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(problems)
        super().__init__(self.problems)  # the only argument: the error survives a process boundary

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class Mistakes:
    """The mistakes of one file, collected so that all of them are told at once."""

    def __init__(self, file: pathlib.Path, lines: Mapping[Place, int]):
        self.file = file
        self.lines = lines
        self._noted: list[tuple[Place, Problem]] = []

    def note(self, place: Place, found: str, right: str) -> None:
        """Remembers a mistake at a place of the file."""
        self._noted.append((place, Problem(self.file, nearest_line(self.lines, place), found, right)))

    def raise_any(self, matters: Callable[[Place], bool] = lambda place: True) -> None:
        """Raises ConfigError with the mistakes whose place matters, in the order of the file."""
        problems = [problem for place, problem in self._noted if matters(place)]
        if problems:
            raise ConfigError(sorted(problems, key=lambda problem: problem.line or 0))


def nearest_line(lines: Mapping[Place, int], place: Place) -> int:
    """The line of a place, or of what encloses it where the place itself is not written."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """A question with the known word that is nearest, or what to say if none is near."""
    near = difflib.get_close_matches(word.lower(), {name.lower(): name for name in known}, n=1, cutoff=0.6)
    if not near:
        return otherwise
    return f"did you mean {next(name for name in known if name.lower() == near[0])}?"


def listed(words: Iterable[str]) -> str:
    """Words in one line, separated by commas."""
    return ", ".join(words)
