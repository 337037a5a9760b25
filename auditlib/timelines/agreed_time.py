"""When the time of an agreement's deadline is used up, as Request Tracker counts it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from auditlib.span import NEVER
from auditlib.timelines.agreements import NONE, Agreements
from auditlib.timelines.policies import spread
from auditlib.timelines.stays import Staying

LOOKS_AHEAD = 29 * 24 * 60 * 60
"""Opening hours that lie farther ahead are never found: it looks for them through thirty days, less one."""


@dataclass(frozen=True)
class Dues:
    """When deadlines are over (NEVER: there is none), whether that is known, and whether nobody looked so far."""

    at: np.ndarray
    is_known: np.ndarray
    is_too_far: np.ndarray


class AgreedTime(Staying):
    """Deadlines of agreements: opening hours first, then the calendar."""

    def agreed_due(self, position: np.ndarray, policy: np.ndarray, within: np.ndarray, began: np.ndarray) -> Dues:
        """When what runs since a moment is due, as of each position: on the hours, in the status and by the
        agreement that hold there."""
        a, row = self.agreements, self.agreements.deadline(policy, within)
        status = self.status_after[position]
        there = np.flatnonzero((row >= 0) & ~_is_in(a, row, status))
        due, known, far = np.full(len(row), NEVER), np.ones(len(row), bool), np.zeros(len(row), bool)
        due[there], known[there], far[there] = self._used_up(position[there], row[there], began[there])
        return Dues(due, known, far)

    def _used_up(
        self, position: np.ndarray, row: np.ndarray, began: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        a, known, far = self.agreements, np.ones(len(row), bool), np.zeros(len(row), bool)
        business, real, since = a.business[row].copy(), a.real[row].copy(), began.copy()
        later = np.flatnonzero((a.later_business[row] > 0) | (a.later_real[row] > 0))
        opens, known[later], _ = self._opening(position[later], began[later], np.zeros(len(later), np.int64))
        closed = later[known[later] & (opens != began[later])]
        for minutes, more in ((business, a.later_business[row]), (real, a.later_real[row])):
            minutes[closed] = np.where(more[closed] > 0, np.maximum(minutes[closed], 0) + more[closed], minutes[closed])
        away = np.flatnonzero(a.puts_off[row] > 0)
        hours = away[business[away] != NONE]
        put_off = self._put_off(position, row, began, business != NONE)
        since[away] += np.where(business[away] == NONE, put_off[away], 0)
        off = hours[put_off[hours] > 0]
        since[off], known[off], far[off] = self._opening(position[off], began[off], put_off[off])
        on = np.flatnonzero((business != NONE) & known & ~far)
        since[on], known[on], far[on] = self._opening(position[on], since[on], business[on])
        return np.where(known & ~far, since + np.maximum(real, 0), NEVER), known, far

    def _opening(
        self, position: np.ndarray, began: np.ndarray, seconds: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The first open second behind so many others: what runs out at the closing is due at the next opening."""
        if "business" not in self.rosters:
            return began, np.zeros(len(began), bool), np.zeros(len(began), bool)
        of, held = self.events["ticket"][position], self.at(position) + 1
        found = self.rosters["business"].due(of, began, seconds + 1, "last", held)
        known = found != NEVER
        far = known & (found - 1 > began + LOOKS_AHEAD)
        return np.where(known, found - 1, began), known, far

    def _put_off(self, position: np.ndarray, row: np.ndarray, began: np.ndarray, on_hours: np.ndarray) -> np.ndarray:
        """Seconds since a moment in statuses that do not count, of stays that are over; both ends are counted."""
        found = np.zeros(len(row), np.int64)
        away = np.flatnonzero(self.agreements.puts_off[row] > 0)
        stays, of = self.stays, self.events["ticket"][position[away]]
        pair, stay = spread(*(np.searchsorted(stays.ticket, of, side=side) for side in ("left", "right")))
        one = away[pair]
        begins, ended = np.maximum(stays.began[stay], began[one]), stays.ended[stay]
        over = _is_in(self.agreements, row[one], stays.status[stay])
        over &= (ended <= self.at(position[one])) & (ended > begins)
        one, begins, ended = one[over], begins[over], ended[over]
        passed, hours = ended - begins, on_hours[one]
        if hours.any() and "business" in self.rosters:
            at = position[one][hours]
            spent, known = self.rosters["business"].seconds(
                self.events["ticket"][at], begins[hours], ended[hours] + 1, "last", held_at=self.at(at) + 1
            )
            passed[hours] = np.where(known, spent, 0)
        np.add.at(found, one, passed)
        return found


def _is_in(a: Agreements, row: np.ndarray, status: np.ndarray) -> np.ndarray:
    """Whether a deadline is ignored in a status."""
    return (np.append(a.ignored, 0)[row] & (1 << status.astype(np.int64))) != 0
