"""Which earlier tickets a new one may be about: those of its customer that were solved before, or were open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

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
    askers = _Askers.of(t, in_scope, longest)
    parts = [*_after_a_solve(t, askers), *_while_open(t, askers)]
    earlier, later, solve = (np.concatenate([part[place] for part in parts]) for place in range(3))
    order = np.argsort(earlier * t.n + later, kind="stable")
    earlier, later, solve = earlier[order], later[order], solve[order]
    again = np.append(False, (earlier[1:] == earlier[:-1]) & (later[1:] == later[:-1]))[: len(order)]
    return Candidates(earlier[~again], later[~again], solve[~again])


def _after_a_solve(t: Timelines, askers: _Askers) -> Iterator[tuple]:
    solves = np.flatnonzero(t.solves)
    of, at = t.events["ticket"][solves], t.events["occurred_at"][solves]
    for later, which in (askers.behind(of, at, at + askers.longest), askers.following(of)):
        came = t.tickets["created_at"][later]
        gap = came - at[which]
        again_at = t.at(t.first_behind(t.reopens, solves[which]))
        holds = _was_there(t, of[which], later) & (gap >= 0) & (gap <= askers.longest) & (again_at > came)
        yield of[which][holds], later[holds], solves[which][holds]


def _while_open(t: Timelines, askers: _Askers) -> Iterator[tuple]:
    """Each ticket is open from its creation and from each reopening, until the next solve."""
    reopens = np.flatnonzero(t.reopens)
    of = np.concatenate([np.arange(t.n), t.events["ticket"][reopens]])
    begin = np.concatenate([t.tickets["created_at"], t.events["occurred_at"][reopens]])
    end = np.concatenate([t.at(t.first_solve), t.at(t.first_behind(t.solves, reopens))])
    for later, which in (askers.behind(of, begin, np.minimum(begin + askers.longest, end)), askers.following(of)):
        came = t.tickets["created_at"][later]
        holds = _was_there(t, of[which], later) & (begin[which] <= came) & (came < end[which])
        yield of[which][holds], later[holds], np.full(holds.sum(), NOWHERE)


def _was_there(t: Timelines, earlier: np.ndarray, later: np.ndarray) -> np.ndarray:
    """Whether a ticket is older than another; of two of one second the smaller surrogate, so that no circle closes."""
    key, created = t.tickets["key"], t.tickets["created_at"]
    before, after = created[earlier], created[later]
    found, same = before < after, np.flatnonzero(before == after)
    found[same] = key[earlier[same]] < key[later[same]]
    return found


@dataclass(frozen=True)
class _Askers:
    """The contacts of all customers in order of (customer, creation), and who of them asks again soon."""

    t: Timelines
    in_scope: np.ndarray
    is_contact: np.ndarray
    longest: int
    whose: np.ndarray
    next_at: np.ndarray
    """When the customer of each ticket in scope next made contact; behind every moment if they never did."""
    later: np.ndarray
    asked: np.ndarray
    """One sortable number of customer and moment for each contact."""

    @classmethod
    def of(cls, t: Timelines, in_scope: np.ndarray, longest: int) -> _Askers:
        customer, created = t.tickets["customer"], t.tickets["created_at"]
        whose = pd.factorize(customer)[0].astype(np.int64)
        order = np.flatnonzero(customer != 0)
        line = whose[order] * SPAN + created[order]
        sorting = np.argsort(line)
        order, line = order[sorting], line[sorting]
        is_contact = in_scope & t.is_contact & (created < t.cut)
        asks = is_contact[order]
        upcoming = np.append(np.where(asks, line, NEVER), NEVER)
        upcoming = np.minimum.accumulate(upcoming[::-1])[::-1][1:]
        upcoming[1:][line[1:] == line[:-1]] = 0  # of two of one second, either may be the later
        moments = np.bincount(whose, 1 + t.count(t.solves | t.reopens))
        upcoming[moments[whose[order]] > MOST] = 0  # whoever is cut to the latest is so with all that they asked
        next_at = np.full(t.n, NEVER)
        next_at[order] = np.where(in_scope[order], upcoming - whose[order] * SPAN, NEVER)
        return cls(t, in_scope, is_contact, longest, whose, next_at, order[asks], line[asks])

    def behind(self, of: np.ndarray, at: np.ndarray, until: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(later ticket, place in `of`) for the moments `at` of their customer's tickets up to their creation.

        `until`: nobody who came later is meant.
        """
        places = np.flatnonzero(self.next_at[of] <= until)  # few ask again so soon
        line = self.whose[of[places]] * SPAN + at[places]
        order = np.argsort(line, kind="stable")
        places, line = places[order], line[order]
        since = np.maximum(self.asked - self.longest, self.asked // SPAN * SPAN)
        begin, end = np.searchsorted(line, since), np.searchsorted(line, self.asked, side="right")
        return _ranges(self.later, places, np.maximum(begin, end - MOST), end)

    def following(self, of: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(later ticket, place in `of`) for all moments of the ticket that a follow-up names."""
        later, earlier = self._follow_ups
        is_followed = np.zeros(self.t.n, bool)
        is_followed[earlier] = True
        places = np.flatnonzero(is_followed[of])  # few of the millions: only these have to be in order
        places = places[np.argsort(of[places], kind="stable")]
        line = of[places]
        return _ranges(later, places, np.searchsorted(line, earlier), np.searchsorted(line, earlier, side="right"))

    @cached_property
    def _follow_ups(self) -> tuple[np.ndarray, np.ndarray]:
        """Contacts that follow up on a ticket in scope, by the helpdesk's own record; and that ticket."""
        key, follows = self.t.tickets["key"], self.t.tickets["follow_up_of"]
        later = np.flatnonzero(self.is_contact & (follows != 0))
        if not len(later):
            return later, later
        order = np.argsort(key)
        earlier = order[np.searchsorted(key, follows[later], sorter=order).clip(max=self.t.n - 1)]
        is_known = (key[earlier] == follows[later]) & self.in_scope[earlier]
        return later[is_known], earlier[is_known]


def _ranges(later: np.ndarray, places: np.ndarray, begin: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each later ticket with every place in its range."""
    count = end - begin
    nth = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    return np.repeat(later, count), places[np.repeat(begin, count) + nth] if len(places) else nth


def anchors(t: Timelines, pairs: Candidates) -> np.ndarray:
    """When each earlier ticket was last solved; the moment of its creation where it was open."""
    solved_at = t.at(pairs.solve)
    return np.where(solved_at == NEVER, t.tickets["created_at"][pairs.earlier], solved_at)
