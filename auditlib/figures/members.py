"""What figures are made of: one row a ticket or other unit, with what it contributes and where it belongs."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from auditlib.figures.described import AGENTS, ATTRIBUTES, NO_DAY, NOBODY, Described, Words

BASIS = {"created": "created_at", "replied": "first_reply_at", "solved": "last_solved_at", "judged": "judged_solved_at"}
"""Moments of the ticket that put it into a period; a unit's own are named after themselves: opened → opened_at."""
PARTS = (*ATTRIBUTES, "agent", "team")
"""By what figures can be broken down, beside segments."""


@dataclass(frozen=True)
class Members:
    """Units of one figure, in scope and with a moment in a period.

    key, number: which unit (the number within its ticket; 0 for the ticket itself);
    contribution: minutes, a count, or 0 and 1; is_known: whether it contributes; observed: whether a
    duration ended; is_waiting: whether it may still end; customer: whose; day: its local day;
    until: the local day on which it stops standing, NaT for never; belongs: team, channel …
    (object arrays or categories); segments: those of audit.toml, as `,premium,vip,`.
    """

    key: np.ndarray
    number: np.ndarray
    contribution: np.ndarray
    is_known: np.ndarray
    is_unmeasurable: np.ndarray
    observed: np.ndarray
    is_waiting: np.ndarray
    customer: np.ndarray
    day: np.ndarray
    until: np.ndarray
    belongs: Mapping[str, Words]
    segments: Words
    causes: np.ndarray
    at_least: float = 1.0
    """From which contribution on a unit counts in a rate."""

    def __len__(self) -> int:
        return len(self.key)

    def at(self, rows: np.ndarray) -> Members:
        """These rows only."""
        taken = {
            field.name: getattr(self, field.name)[rows]
            for field in dataclasses.fields(self)
            if field.name not in ("belongs", "at_least")
        }
        b = self.belongs
        belongs = b.at(rows) if isinstance(b, Belongs) else {name: words[rows] for name, words in b.items()}
        return dataclasses.replace(self, belongs=belongs, **taken)

    def packed(self, places: np.ndarray | slice = slice(None)) -> np.ndarray:
        """Who contributes what, as four whole numbers a row, of some rows or all: what is hashed, and compared.

        What has not ended counts as not ended: how long it runs is told by the watermark, and a
        figure does not change because a night has passed.
        """
        observed = self.observed[places]
        rows = np.empty((len(observed), 4), np.int64)
        rows[:, 0], rows[:, 1] = self.key[places], self.number[places]
        rows[:, 2] = np.where(observed, self.contribution[places], 0.0).view(np.int64)
        rows[:, 3] = observed
        return rows


def hashed(packed: np.ndarray) -> str:
    """A hash of who contributes what; the rows are in the order of their surrogates."""
    return hashlib.sha256(np.ascontiguousarray(packed).data).hexdigest()


def members(
    rows: Described,
    column: str,
    unit: str,
    basis: str,
    attributed_at: str,
    team: str | None = None,
    at_least: float = 1.0,
    stands: bool = False,
    running: np.ndarray | None = None,
    everybody: bool = False,
) -> Members:
    """The members of a figure out of measures with their tickets' facts.

    `unit` is the measure's (minutes, share or count); for minutes `running` says how long what has not ended runs at
    the watermark. `team` is the column of the team that it is charged to, where it has one of its own. What `stands`
    counts in every period at whose end it has begun and is not over; what it contributes is that it is there.
    `everybody`: also those whom no figure counts, because they are excluded.
    """
    moment = BASIS.get(basis, f"{basis}_at")
    chosen = rows.in_order(moment, everybody)
    if stands:
        contribution, known, unmeasurable, observed, waiting = _present(len(chosen))
    else:
        contribution, known, unmeasurable, observed, waiting = _contribution(rows, column, unit, running, chosen)
    return Members(
        rows.key[chosen],
        rows.number[chosen],
        contribution,
        known,
        unmeasurable,
        observed,
        waiting,
        rows["whose"][chosen],
        rows.days(moment)[chosen],
        rows.days("closed_at")[chosen] if stands else np.full(len(chosen), NO_DAY),
        Belongs(rows, attributed_at, team, chosen),
        rows["segments"][chosen],
        rows["causes"][chosen],
        at_least,
    )


class Belongs(Mapping[str, Words]):
    """Team, agent, channel … of each member, worked out when it is asked for."""

    def __init__(self, rows: Described, attributed_at: str, team: str | None, chosen: np.ndarray) -> None:
        self._rows, self._at, self._team, self._chosen = rows, attributed_at, team, chosen
        self._told: dict[str, Words] = {}

    def at(self, rows: np.ndarray) -> Belongs:
        """Of some of the members only."""
        return Belongs(self._rows, self._at, self._team, self._chosen[rows])

    def __contains__(self, name: object) -> bool:
        return name in PARTS

    def __iter__(self) -> Iterator[str]:
        return iter(PARTS)

    def __len__(self) -> int:
        return len(PARTS)

    def __getitem__(self, name: str) -> Words:
        if name not in self._told:
            self._told[name] = self._found(name)
        return self._told[name]

    def _found(self, name: str) -> Words:
        rows, chosen = self._rows, self._chosen
        if name == "agent":
            own = "responder" if "responder" in rows else AGENTS.get(self._at, "solver")
            otherwise = (
                np.full(len(chosen), NOBODY, object) if own == "responder" else _objects(rows["assignee"][chosen])
            )
            return _filled(rows[own][chosen], otherwise)
        if name == "team":
            # What nobody took, such as a turn without an answer, is charged to the team that had the ticket.
            if self._team:
                return _filled(rows[self._team][chosen], _objects(rows["team"][chosen]))
            return rows[f"team_{self._at}"][chosen]
        if name not in PARTS:
            raise KeyError(name)
        # An attribute as of the unit's own moment, else of the ticket's, else as it is now.
        if f"{name}_then" in rows:
            return _filled(rows[f"{name}_then"][chosen], np.full(len(chosen), NOBODY, object))
        as_of = f"{name}_{self._at}"
        return rows[as_of if as_of in rows else name][chosen]


def _objects(words: Words) -> np.ndarray:
    return np.asarray(words, object)


def _filled(words: Words, otherwise: np.ndarray) -> np.ndarray:
    told = _objects(words)
    return np.where(pd.isna(told), otherwise, told)


def _present(n: int) -> tuple:
    yes, no = np.ones(n, bool), np.zeros(n, bool)
    return np.ones(n), yes, no, yes, no


def _contribution(rows: Described, column: str, unit: str, running: np.ndarray | None, chosen: np.ndarray) -> tuple:
    told = rows[column][chosen]
    if unit != "minutes":
        known = ~np.asarray(pd.isna(told), bool)
        value = np.zeros(len(chosen))
        value[known] = np.asarray(told, object)[known].astype(float)
        nothing = np.zeros(len(chosen), bool)
        return value, known, nothing, known.copy(), nothing
    state = rows[f"{column}_state"][chosen]
    observed, waiting = state == "observed", state == "waiting"
    runs = np.full(len(chosen), np.nan) if running is None else running[chosen]
    value = np.where(observed, told.astype(float), np.where(waiting, runs, np.inf))
    known = (observed | waiting | (state == "closed_unanswered")) & ~np.isnan(value)
    return np.where(known, value, 0.0), known, state == "unmeasurable", observed, waiting
