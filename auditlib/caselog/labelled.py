"""How often the text rules are right: their markers against what the labelled messages mean."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from auditlib.caselog.text import Found, markers, strip
from auditlib.caselog.words import Marker


@dataclass(frozen=True)
class Labelled:
    """A message written for this purpose, and what it means."""

    says: str
    by_customer: bool
    means: frozenset[Marker]
    due: str | None
    """Of a dated promise: by when, as `Due` says it."""
    is_held_out: bool
    """No rule was ever changed because of it."""

    def found(self) -> dict[Marker, Found]:
        """What the rules see in it."""
        return {one.marker: one for one in markers(strip(self.says), self.by_customer)}


@dataclass(frozen=True)
class Score:
    """How often a marker was found where it is meant, where it is not, and not where it is."""

    right: int
    wrong: int
    missed: int

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
            held_out,
        )
        for file, held_out in (("labelled.toml", False), ("held_out.toml", True))
        for one in tomllib.loads(Path(__file__).with_name(file).read_text("utf-8"))["message"]
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


def dues(of: Iterable[Labelled]) -> tuple[int, int]:
    """Of the dated promises that were found: how many were read as they are meant, and how many there are."""
    read = [(m.due, str(m.found()[Marker.promise].due)) for m in of if m.due and Marker.promise in m.found()]
    return sum(meant == said for meant, said in read), len(read)
