"""Measures side by side with what describes their tickets, column by column, taken where it is asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import TypeAlias
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from auditlib.span import NEVER

Words: TypeAlias = "np.ndarray | pd.Categorical"
ATTRIBUTES = ("channel", "priority", "topic", "language", "tier", "region", "source")
TEAMS = ("team_created", "team_reply", "team_solve", "team_judged_solve", "team_chase", "team")
CHANGING = ("topic", "priority", "tier", "region")
MOMENTS = ("created", "reply", "solve", "judged_solve", "chase")
AS_OF = tuple(f"{name}_{moment}" for name in CHANGING for moment in MOMENTS)
AGENTS = {
    "created": "first_assignee", "reply": "replier", "solve": "solver", "judged_solve": "judged_solver",
    "chase": "chased",
}  # fmt: skip
"""Whose work it is, by the moment that a metric is charged to; who has it now where that has not come."""
DESCRIBED = (
    "exclusion_code", "customer", "ticket", "created_at", "first_reply_at", "last_solved_at", "judged_solved_at",
    "segments", "assignee", *ATTRIBUTES, *TEAMS, *AS_OF, *AGENTS.values(),
)  # fmt: skip
"""The facts of tickets that figures need beside their measures."""
CODED = ("segments", "assignee", *ATTRIBUTES, *TEAMS, *AS_OF)
"""Words that many tickets share."""
NOBODY = "(none)"
NO_DAY = np.datetime64("NaT", "D")


def needed(moments: Iterable[str], charged: Collection[str], parts: Iterable[str]) -> list[str]:
    """The facts of tickets that some figures need: few of the sixty, and reading them is most of the work.

    moments: those that put units into periods; charged: the moments that figures are charged to; parts: by what they
    are broken down.
    """
    wanted = {"exclusion_code", "customer", "ticket", "segments", *moments}
    for part in parts:
        if part == "agent":
            wanted |= {"assignee", *(AGENTS.get(at, "solver") for at in charged)}
        else:
            wanted |= {part, *(f"{part}_{at}" for at in charged)}
    return [name for name in DESCRIBED if name in wanted]


@dataclass(frozen=True)
class Tickets:
    """The facts of tickets, in the order of their surrogates.

    Words become categories, and moments local days, once and not once a figure.
    """

    rows: pd.DataFrame
    zone: ZoneInfo
    _words: dict[str, Words] = field(default_factory=dict)
    _days: dict[str, np.ndarray] = field(default_factory=dict)

    def __contains__(self, name: object) -> bool:
        return name in DESCRIBED or name == "whose"

    def __getitem__(self, name: str) -> Words:
        """A fact of each ticket; KeyError if it was not read, because nobody said that it would be asked for."""
        if name not in self._words:
            self._words[name] = self._told(name)
        return self._words[name]

    def _told(self, name: str) -> Words:
        if name == "whose":
            return self._whose()
        if name in CODED:
            return pd.Categorical(self.rows[name].fillna("" if name == "segments" else NOBODY))
        return self.rows[name].to_numpy(object)

    def _whose(self) -> np.ndarray:
        """A number for each customer (who has none is one alone), instead of names.

        It follows from the name alone, so that members of two nights may be put together.
        """
        return pd.util.hash_array(self.rows.customer.fillna(self.rows.ticket).to_numpy(object)).view(np.int64)

    def days(self, moment: str) -> np.ndarray:
        """The local day of a moment of each ticket."""
        if moment not in self._days:
            self._days[moment] = local_days(self.rows[moment], self.zone)
        return self._days[moment]


@dataclass(frozen=True)
class Described:
    """A family's units with their tickets: `units` are its own columns, `place` is each one's row in `tickets`.

    `of` is what the unit is called.
    """

    units: pd.DataFrame
    tickets: Tickets
    place: np.ndarray
    of: str
    _orders: dict[tuple[str, bool], np.ndarray] = field(default_factory=dict)
    _days: dict[str, np.ndarray] = field(default_factory=dict)

    @property
    def key(self) -> np.ndarray:
        """The surrogate of each unit's ticket."""
        return self.units.ticket_key.to_numpy(np.int64)

    @property
    def number(self) -> np.ndarray:
        """Which unit of its ticket it is; 0 for the ticket itself."""
        return np.zeros(len(self.units), np.int64) if self.of == "ticket" else self.units[self.of].to_numpy(np.int64)

    def __contains__(self, name: object) -> bool:
        return name in self.units or name in self.tickets

    def __getitem__(self, name: str) -> Words:
        """A column of the family, else of the tickets."""
        if name not in self.units:
            return self.tickets[name][self.place]
        told = self.units[name]
        return told.to_numpy() if isinstance(told.dtype, np.dtype) else told.array

    def days(self, moment: str) -> np.ndarray:
        """The local day of a moment, as datetime64[D]; NaT where there is none."""
        if moment not in self._days:
            if moment in self.units:
                self._days[moment] = local_days(self.units[moment], self.tickets.zone)
            else:
                self._days[moment] = self.tickets.days(moment)[self.place]
        return self._days[moment]

    def seconds(self, moment: str) -> np.ndarray:
        """A moment in seconds since 1970; `auditlib.span.NEVER` where there is none."""
        told = self.units[moment] if moment in self.units else self.tickets.rows[moment].take(self.place)
        return in_seconds(told)

    def in_order(self, moment: str, everybody: bool) -> np.ndarray:
        """Places of the units that have a moment and are in scope (or of `everybody`), by ticket and number."""
        if (moment, everybody) not in self._orders:
            there = ~np.isnat(self.days(moment))
            if not everybody:
                there &= pd.isna(self["exclusion_code"])
            chosen = np.flatnonzero(there)
            self._orders[moment, everybody] = chosen[np.lexsort((self.number[chosen], self.key[chosen]))]
        return self._orders[moment, everybody]

    def where(self, column: str, word: str) -> Described:
        """The units of which a column says this."""
        chosen = (self.units[column] == word).to_numpy(bool, na_value=False)
        return Described(self.units[chosen].reset_index(drop=True), self.tickets, self.place[chosen], self.of)


def local_days(moments: pd.Series, zone: ZoneInfo) -> np.ndarray:
    """The local day of each moment, as datetime64[D]; NaT where there is none."""
    seconds = in_seconds(moments)
    there = seconds != NEVER
    found = np.full(len(moments), NO_DAY)
    days = pd.DatetimeIndex(seconds[there].astype("datetime64[s]"), tz="UTC").tz_convert(zone)
    found[there] = days.tz_localize(None).to_numpy()
    return found


def in_seconds(moments: pd.Series) -> np.ndarray:
    """Moments in seconds since 1970; NEVER where there is none."""
    there = moments.notna().to_numpy()
    found = np.full(len(moments), NEVER)
    # They all end in Z: without it numpy reads a million of them in a moment.
    found[there] = moments.to_numpy(object)[there].astype("U19").astype("datetime64[s]").astype(np.int64)
    return found
