"""How often the text rules are right: their markers against what the labelled messages mean."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from auditlib.caselog.text import Found, markers, strip
from auditlib.caselog.words import Marker

HELD_OUT = {
    "held_out": "written before the rules were widened, by somebody who did not widen them",
    "held_out_again": "written before the rules were widened, by who widened them",
    "held_out_after": "written after the rules were widened, in words as unlike them as could be thought of",
}
"""Files of messages that no rule was changed for, and how independent of the rules they are."""


@dataclass(frozen=True)
class Labelled:
    """A message written for this purpose, and what it means."""

    says: str
    by_customer: bool
    means: frozenset[Marker]
    due: str | None
    """Of a dated promise: by when, as `Due` says it."""
    of: str
    """Its file's name: labelled, or a held-out one, because of which no rule was ever changed."""

    @property
    def is_held_out(self) -> bool:
        return self.of != "labelled"

    def found(self) -> Mapping[Marker, Found]:
        """What the rules see in it."""
        return _found(self.says, self.by_customer)


@dataclass(frozen=True)
class Score:
    """How often a marker was found where it is meant, where it is not, and not where it is."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float | None:
        """Of what was found, the share that is meant; None if nothing was."""
        found = self.right + self.wrong
        return self.right / found if found else None

    @property
    def recall(self) -> float | None:
        """Of what is meant, the share that was found; None if nothing is."""
        meant = self.right + self.missed
        return self.right / meant if meant else None


@cache
def messages() -> tuple[Labelled, ...]:
    """All labelled messages: those that rules may be tuned on, then those that are held out."""
    return tuple(
        Labelled(
            one["says"],
            one["by"] == "customer",
            frozenset(Marker[name] for name in one["means"]),
            one.get("due"),
            file,
        )
        for file in ("labelled", *HELD_OUT)
        for one in _read(file)["message"]
    )


def scores(of: Iterable[Labelled]) -> dict[Marker, Score]:
    """Each marker's score over some messages."""
    chosen = [(message.means, set(message.found())) for message in of]
    return {
        marker: Score(
            sum(marker in means and marker in found for means, found in chosen),
            sum(marker not in means and marker in found for means, found in chosen),
            sum(marker in means and marker not in found for means, found in chosen),
        )
        for marker in Marker
    }


def former_scores(file: str) -> dict[Marker, Score]:
    """What the rules before these scored on a file of held-out messages: kept, because those rules are gone."""
    return {Marker[name]: Score(*counts) for name, counts in _read("former_scores")[file].items()}


def dues(of: Iterable[Labelled]) -> tuple[int, int]:
    """Of the dated promises that were found: how many were read as they are meant, and how many there are."""
    read = [(m.due, str(m.found()[Marker.promise].due)) for m in of if m.due and Marker.promise in m.found()]
    return sum(meant == said for meant, said in read), len(read)


@cache  # the page of each metric that rests on markers asks for all of them
def _found(says: str, by_customer: bool) -> Mapping[Marker, Found]:
    return {one.marker: one for one in markers(strip(says), by_customer)}


@cache
def _read(file: str) -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name(f"{file}.toml").read_text("utf-8"))
