"""What figures are made of: one row a ticket or other unit, with what it contributes and where it belongs."""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

BASIS = {"created": "created_at", "replied": "first_reply_at", "solved": "last_solved_at", "judged": "judged_solved_at"}
"""Moments of the ticket that put it into a period; a unit's own are named after themselves: opened → opened_at."""
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
NOBODY = "(none)"
NEVER = np.datetime64("NaT", "D")


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
    belongs: dict[str, np.ndarray | pd.Categorical]
    segments: np.ndarray | pd.Categorical
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
        return dataclasses.replace(self, belongs={name: v[rows] for name, v in self.belongs.items()}, **taken)

    def packed(self) -> np.ndarray:
        """Who contributes what, as four whole numbers a row: what is hashed, and compared.

        What has not ended counts as not ended: how long it runs is told by the watermark, and a
        figure does not change because a night has passed.
        """
        rows = np.empty((len(self), 4), np.int64)
        rows[:, 0], rows[:, 1] = self.key, self.number
        rows[:, 2] = np.where(self.observed, self.contribution, 0.0).view(np.int64)
        rows[:, 3] = self.observed
        return rows


def hashed(packed: np.ndarray) -> str:
    """A hash of who contributes what; the rows are in the order of their surrogates."""
    return hashlib.sha256(np.ascontiguousarray(packed).data).hexdigest()


def with_customers(tickets: pd.DataFrame) -> pd.DataFrame:
    """The tickets with `whose`, a number for each customer (who has none is one alone), instead of names.

    The number follows from the name alone, so that members of two nights may be put together. Words
    become categories: they are told apart once, not once a figure.
    """
    whose = pd.util.hash_array(tickets.customer.fillna(tickets.ticket).to_numpy(object)).view(np.int64)
    words = [name for name in ("segments", "assignee", *ATTRIBUTES, *TEAMS, *AS_OF) if name in tickets]
    coded = {name: pd.Categorical(tickets[name].fillna("" if name == "segments" else NOBODY)) for name in words}
    return tickets.drop(columns=["customer", "ticket"]).assign(whose=whose, **coded)


def members(
    rows: pd.DataFrame,
    column: str,
    unit: str,
    basis: str,
    attributed_at: str,
    zone: ZoneInfo,
    of: str,
    team: str | None = None,
    at_least: float = 1.0,
    stands: bool = False,
) -> Members:
    """The members of a figure out of measures with their tickets' facts.

    The frame has `whose` (see `with_customers`). `unit` is the measure's (minutes, share or count); for minutes it
    has `running`, how long what has not ended runs at the watermark. `of` is what the unit is called, `team` the
    column of the team that it is charged to, where it has one of its own. What `stands` counts in every period at
    whose end it has begun and is not over; what it contributes is that it is there.
    """
    moment = BASIS.get(basis, f"{basis}_at")
    in_scope = np.flatnonzero((rows.exclusion_code.isna() & rows[moment].notna()).to_numpy())
    names = ["ticket_key"] if of == "ticket" else [of, "ticket_key"]
    rows = rows.take(in_scope[np.lexsort([rows[name].to_numpy(np.int64)[in_scope] for name in names])])
    number = np.zeros(len(rows), np.int64) if of == "ticket" else rows[of].to_numpy(np.int64)
    if stands:
        contribution, known, unmeasurable, observed, waiting = _present(len(rows))
    else:
        contribution, known, unmeasurable, observed, waiting = _contribution(rows, column, unit)
    return Members(
        rows.ticket_key.to_numpy(np.int64),
        number,
        contribution,
        known,
        unmeasurable,
        observed,
        waiting,
        rows.whose.to_numpy(np.int64),
        local_days(rows[moment], zone),
        local_days(rows["closed_at"], zone) if stands else np.full(len(rows), NEVER),
        _belongs(rows, attributed_at, team),
        rows.segments.array,
        rows.causes.fillna("").to_numpy(object),
        at_least,
    )


def _belongs(rows: pd.DataFrame, attributed_at: str, team: str | None) -> dict[str, np.ndarray | pd.Categorical]:
    belongs: dict[str, np.ndarray | pd.Categorical] = {name: _then(rows, name, attributed_at) for name in ATTRIBUTES}
    belongs["agent"] = (
        rows[AGENTS.get(attributed_at, "solver")].fillna(rows["assignee"].astype(object)).to_numpy(object)
    )
    belongs["team"] = rows[f"team_{attributed_at}"].array
    if team:
        # What nobody took, such as a turn without an answer, is charged to the team that had the ticket.
        own = rows[team].to_numpy(object)
        belongs["team"] = np.where(pd.isna(own), rows["team"].to_numpy(object), own)
    if "responder" in rows:
        belongs["agent"] = rows["responder"].fillna(NOBODY).to_numpy(object)
    return belongs


def _then(rows: pd.DataFrame, name: str, attributed_at: str) -> np.ndarray | pd.Categorical:
    """An attribute as of the unit's own moment, else of the ticket's, else as it is now."""
    if f"{name}_then" in rows:
        return rows[f"{name}_then"].fillna(NOBODY).to_numpy(object)
    as_of = f"{name}_{attributed_at}"
    return rows[as_of if as_of in rows else name].array


def local_days(moments: pd.Series, zone: ZoneInfo) -> np.ndarray:
    """The local day of each moment, as datetime64[D]; NaT where there is none."""
    there = moments.notna().to_numpy()
    found = np.full(len(moments), NEVER)
    # They all end in Z: without it numpy reads a million of them in a moment.
    seconds = moments.to_numpy(object)[there].astype("U19").astype("datetime64[s]")
    found[there] = pd.DatetimeIndex(seconds, tz="UTC").tz_convert(zone).tz_localize(None).to_numpy()
    return found


def _present(n: int) -> tuple:
    yes, no = np.ones(n, bool), np.zeros(n, bool)
    return np.ones(n), yes, no, yes, no


def _contribution(rows: pd.DataFrame, column: str, unit: str) -> tuple:
    if unit != "minutes":
        known = rows[column].notna().to_numpy(bool)
        value = np.zeros(len(rows))
        value[known] = rows[column].to_numpy(object)[known].astype(float)
        nothing = np.zeros(len(rows), bool)
        return value, known, nothing, known.copy(), nothing
    state = rows[f"{column}_state"].to_numpy(object)
    observed, waiting = state == "observed", state == "waiting"
    value = np.where(observed, rows[column].to_numpy(float), np.where(waiting, rows["running"].to_numpy(float), np.inf))
    known = (observed | waiting | (state == "closed_unanswered")) & ~np.isnan(value)
    return np.where(known, value, 0.0), known, state == "unmeasurable", observed, waiting
