"""Which earlier tickets a new one may be about: those of its customer that were solved before, or were open."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from auditlib.span import NEVER
from auditlib.timelines import NOWHERE, Timelines

DAY = 24 * 60 * 60
LONGEST_WINDOW = 30 * DAY
MOST = 50
"""Of a customer's solves (and openings) before a ticket, so many of the latest are looked at: who writes
more in a month is a machine or a whole company, and each would be compared with each."""
SPAN = 1 << 34
"""More seconds than any moment has, so that a customer and a moment make one sortable number."""


@dataclass(frozen=True)
class Candidates:
    """Pairs of an earlier and a later ticket (rows); `solve`: position of the solve before the later one.

    `solve` is NOWHERE where the earlier ticket was open when the later one came.
    """

    earlier: np.ndarray
    later: np.ndarray
    solve: np.ndarray

    def at(self, chosen: np.ndarray) -> Candidates:
        """These pairs only."""
        return Candidates(self.earlier[chosen], self.later[chosen], self.solve[chosen])


def candidates(t: Timelines, in_scope: np.ndarray, longest: int = LONGEST_WINDOW) -> Candidates:
    """All pairs that may be linked, each once, by (earlier, later).

    The later ticket is the customer's own (or a call that was written down) and in scope, and came at most
    `longest` seconds after a solve of the earlier one that held until then, or while that was open. Both are
    of one customer, or the later one follows up on the earlier one by the helpdesk's own record.
    """
    is_contact = in_scope & t.is_contact & (t.tickets["created_at"] < t.cut)
    askers = _Askers.of(t, is_contact)
    parts = [
        *_after_a_solve(t, in_scope, is_contact, longest, askers),
        *_while_open(t, in_scope, is_contact, longest, askers),
    ]
    earlier, later, solve = (np.concatenate([part[place] for part in parts]) for place in range(3))
    order = np.argsort(earlier * t.n + later, kind="stable")
    earlier, later, solve = earlier[order], later[order], solve[order]
    again = np.append(False, (earlier[1:] == earlier[:-1]) & (later[1:] == later[:-1]))[: len(order)]
    return Candidates(earlier[~again], later[~again], solve[~again])


def _after_a_solve(
    t: Timelines, in_scope: np.ndarray, is_contact: np.ndarray, longest: int, askers: _Askers
) -> list[tuple]:
    solves = np.flatnonzero(t.solves)
    solves = solves[in_scope[t.events["ticket"][solves]]]
    of, at = t.events["ticket"][solves], t.events["occurred_at"][solves]
    found = []
    for later, which in (_of_customer(askers, of, at, longest), _of_follow_ups(t, is_contact, of)):
        gap = t.tickets["created_at"][later] - at[which]
        again_at = t.at(t.first_behind(t.reopens, solves[which]))
        holds = (
            _was_there(t, of[which], later)
            & (gap >= 0)
            & (gap <= longest)
            & (again_at > t.tickets["created_at"][later])
        )
        found.append((of[which][holds], later[holds], solves[which][holds]))
    return found


def _while_open(
    t: Timelines, in_scope: np.ndarray, is_contact: np.ndarray, longest: int, askers: _Askers
) -> list[tuple]:
    """Each ticket is open from its creation and from each reopening, until the next solve."""
    reopens = np.flatnonzero(t.reopens)
    of = np.concatenate([np.arange(t.n), t.events["ticket"][reopens]])
    begin = np.concatenate([t.tickets["created_at"], t.events["occurred_at"][reopens]])
    end = np.concatenate([t.at(t.first_solve), t.at(t.first_behind(t.solves, reopens))])
    kept = in_scope[of]
    of, begin, end = of[kept], begin[kept], end[kept]
    created = t.tickets["created_at"]
    found = []
    for later, which in (_of_customer(askers, of, begin, longest), _of_follow_ups(t, is_contact, of)):
        came = created[later]
        holds = _was_there(t, of[which], later) & (begin[which] <= came) & (came < end[which])
        found.append((of[which][holds], later[holds], np.full(holds.sum(), NOWHERE)))
    return found


def _was_there(t: Timelines, earlier: np.ndarray, later: np.ndarray) -> np.ndarray:
    """Whether a ticket is older than another; of two of one second the smaller surrogate, so that no circle closes."""
    key, created = t.tickets["key"], t.tickets["created_at"]
    same_second = created[earlier] == created[later]
    return (created[earlier] < created[later]) | (same_second & (key[earlier] < key[later]))


@dataclass(frozen=True)
class _Askers:
    """Customers with several tickets: whose each ticket is, and the contacts in order of (customer, creation)."""

    whose: np.ndarray
    several: np.ndarray
    later: np.ndarray
    asked: np.ndarray
    """One sortable number of customer and moment for each contact."""

    @classmethod
    def of(cls, t: Timelines, is_contact: np.ndarray) -> _Askers:
        customer = t.tickets["customer"]
        whose = pd.factorize(customer)[0].astype(np.int64)
        # Whoever has a single ticket came back with no other.
        several = (customer != 0) & (np.bincount(whose)[whose] > 1) if t.n else np.zeros(0, bool)
        later = np.flatnonzero(is_contact & several)
        asked = whose[later] * SPAN + t.tickets["created_at"][later]
        order = np.argsort(asked)  # looking up what is in order is several times as fast
        return cls(whose, several, later[order], asked[order])


def _of_customer(askers: _Askers, of: np.ndarray, at: np.ndarray, longest: int) -> tuple[np.ndarray, np.ndarray]:
    """(later ticket, place in `of`) for the moments `at` of their customer's tickets up to their creation."""
    places = np.flatnonzero(askers.several[of])
    line = askers.whose[of[places]] * SPAN + at[places]
    order = np.argsort(line, kind="stable")
    places, line = places[order], line[order]
    since = np.maximum(askers.asked - longest, askers.asked // SPAN * SPAN)
    begin, end = np.searchsorted(line, since), np.searchsorted(line, askers.asked, side="right")
    return _ranges(askers.later, places, np.maximum(begin, end - MOST), end)


def _of_follow_ups(t: Timelines, is_contact: np.ndarray, of: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(later ticket, place in `of`) for all moments of the ticket that a follow-up names."""
    key, follows = t.tickets["key"], t.tickets["follow_up_of"]
    later = np.flatnonzero(is_contact & (follows != 0))
    if not len(later):
        return later, np.zeros(0, np.int64)
    order = np.argsort(key)
    earlier = order[np.searchsorted(key, follows[later], sorter=order).clip(max=t.n - 1)]
    is_known = key[earlier] == follows[later]
    later, earlier = later[is_known], earlier[is_known]
    is_followed = np.zeros(t.n, bool)
    is_followed[earlier] = True
    places = np.flatnonzero(is_followed[of])  # few of the millions: only these have to be in order
    places = places[np.argsort(of[places], kind="stable")]
    line = of[places]
    return _ranges(later, places, np.searchsorted(line, earlier), np.searchsorted(line, earlier, side="right"))


def _ranges(later: np.ndarray, places: np.ndarray, begin: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each later ticket with every place in its range."""
    count = end - begin
    nth = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    return np.repeat(later, count), places[np.repeat(begin, count) + nth] if len(places) else nth


def anchors(t: Timelines, pairs: Candidates) -> np.ndarray:
    """When each earlier ticket was last solved; the moment of its creation where it was open."""
    solved_at = t.at(pairs.solve)
    return np.where(solved_at == NEVER, t.tickets["created_at"][pairs.earlier], solved_at)
