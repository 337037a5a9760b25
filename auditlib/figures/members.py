"""What figures are made of: one row a ticket or turn, with what it contributes and where it belongs."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

BASIS = {"created": "created_at", "replied": "first_reply_at", "solved": "last_solved_at"}
"""Moments of the ticket that put it into a week; a unit's own are named after themselves: opened → opened_at."""
ATTRIBUTES = ("channel", "priority", "topic", "language", "tier", "region", "source")
TEAMS = ("team_created", "team_reply", "team_solve", "team")
DESCRIBED = (
    "exclusion_code", "customer", "ticket", "created_at", "first_reply_at", "last_solved_at", *ATTRIBUTES, *TEAMS,
)  # fmt: skip
"""The facts of tickets that figures need beside their measures."""
NOBODY = "(none)"


@dataclass(frozen=True)
class Members:
    """Units of one figure, in scope and with a moment in a period.

    key, number: which unit (the number within its ticket; 0 for the ticket itself);
    contribution: minutes, a count, or 0 and 1; is_known: whether it contributes; observed: whether a
    duration ended; is_waiting: whether it may still end; customer: whose; week: first local day
    of its week; belongs: team, channel … (object arrays).
    """

    key: np.ndarray
    number: np.ndarray
    contribution: np.ndarray
    is_known: np.ndarray
    is_unmeasurable: np.ndarray
    observed: np.ndarray
    is_waiting: np.ndarray
    customer: np.ndarray
    week: np.ndarray
    belongs: dict[str, np.ndarray]
    causes: np.ndarray
    at_least: float = 1.0
    """From which contribution on a unit counts in a rate."""

    def __len__(self) -> int:
        return len(self.key)

    def at(self, rows: np.ndarray) -> Members:
        """These rows only."""
        return Members(
            self.key[rows],
            self.number[rows],
            self.contribution[rows],
            self.is_known[rows],
            self.is_unmeasurable[rows],
            self.observed[rows],
            self.is_waiting[rows],
            self.customer[rows],
            self.week[rows],
            {name: values[rows] for name, values in self.belongs.items()},
            self.causes[rows],
            self.at_least,
        )

    def hash(self, rows: np.ndarray) -> str:
        """A hash of who contributes what; the rows are in the order of their surrogates.

        What has not ended counts as not ended: how long it runs is told by the watermark, and a
        figure does not change because a night has passed.
        """
        packed = np.empty((len(rows), 4), np.int64)
        packed[:, 0], packed[:, 1] = self.key[rows], self.number[rows]
        ended = np.where(self.observed[rows], self.contribution[rows], 0.0)
        packed[:, 2] = ended.view(np.int64)
        packed[:, 3] = self.observed[rows]
        return hashlib.sha256(packed.tobytes()).hexdigest()


def with_customers(tickets: pd.DataFrame) -> pd.DataFrame:
    """The tickets with `whose`, a number for each customer (who has none is one alone), instead of names."""
    whose = pd.factorize(tickets.customer.fillna(tickets.ticket), sort=True)[0]
    return tickets.drop(columns=["customer", "ticket"]).assign(whose=whose)


def members(
    rows: pd.DataFrame,
    column: str,
    statistic_of: str,
    basis: str,
    attributed_at: str,
    zone: ZoneInfo,
    of: str,
    team: str | None = None,
    at_least: float = 1.0,
) -> Members:
    """The members of a figure out of measures with their tickets' facts.

    The frame has `whose` (see `with_customers`). `statistic_of` is the measure's unit (minutes, share
    or count); for minutes it has `running`, how long what has not ended runs at the watermark. `of` is what the
    unit is called, `team` the column of the team that it is charged to, where it has one of its own.
    """
    moment = BASIS.get(basis, f"{basis}_at")
    in_scope = np.flatnonzero((rows.exclusion_code.isna() & rows[moment].notna()).to_numpy())
    unit = ["ticket_key"] if of == "ticket" else [of, "ticket_key"]
    rows = rows.take(in_scope[np.lexsort([rows[name].to_numpy(np.int64)[in_scope] for name in unit])])
    number = np.zeros(len(rows), np.int64) if of == "ticket" else rows[of].to_numpy(np.int64)
    contribution, is_known, unmeasurable, observed, is_waiting = _contribution(rows, column, statistic_of)
    belongs = {name: _words(rows[name]) for name in ATTRIBUTES}
    belongs["team"] = _words(rows[team or f"team_{attributed_at}"])
    if team:
        # What nobody took, such as a turn without an answer, is charged to the team that had the ticket.
        belongs["team"] = np.where(belongs["team"] == NOBODY, _words(rows["team"]), belongs["team"])
    return Members(
        rows.ticket_key.to_numpy(np.int64),
        number,
        contribution,
        is_known,
        unmeasurable,
        observed,
        is_waiting,
        rows.whose.to_numpy(np.int64),
        weeks(rows[moment], zone),
        belongs,
        rows.causes.fillna("").to_numpy(object),
        at_least,
    )


def weeks(moments: pd.Series, zone: ZoneInfo) -> np.ndarray:
    """First local day (a Monday) of each moment's week, as datetime64[D]."""
    # They all end in Z: without it numpy reads a million of them in a moment.
    seconds = moments.to_numpy(object).astype("U19").astype("datetime64[s]")
    days = pd.DatetimeIndex(seconds, tz="UTC").tz_convert(zone).tz_localize(None).to_numpy().astype("datetime64[D]")
    return days - (days.astype(np.int64) + 3) % 7  # 1970-01-01 was a Thursday


def _contribution(rows: pd.DataFrame, column: str, unit: str) -> tuple:
    if unit != "minutes":
        known = rows[column].notna().to_numpy(bool)
        value = np.zeros(len(rows))
        value[known] = rows[column].to_numpy(object)[known].astype(float)
        nothing = np.zeros(len(rows), bool)
        return value, known, nothing, known.copy(), nothing
    state = rows[f"{column}_state"].to_numpy(object)
    observed = state == "observed"
    running = np.isin(state, ("waiting", "closed_unanswered"))
    value = np.where(observed, rows[column].to_numpy(float), rows["running"].to_numpy(float))
    known = (observed | running) & ~np.isnan(value)
    return np.where(known, value, 0.0), known, state == "unmeasurable", observed, state == "waiting"


def _words(values: pd.Series) -> np.ndarray:
    return values.fillna(NOBODY).to_numpy(object)
