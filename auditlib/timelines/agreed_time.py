"""When the time of an agreement's deadline is used up, as Request Tracker counts it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from auditlib.span import NEVER
from auditlib.timelines.agreements import NONE
from auditlib.timelines.policies import spread
from auditlib.timelines.stays import Staying

LOOKS_AHEAD = 29 * 24 * 60 * 60
"""Opening hours that lie farther ahead are never found: it looks for them through thirty days, less one."""


@dataclass(frozen=True)
class Dues:
    """When deadlines are over (NEVER: there is none, or it is not known), whether that is known, and whether the
    tracker does not look so far for it."""

    at: np.ndarray
    is_known: np.ndarray
    is_too_far: np.ndarray


class AgreedTime(Staying):
    """Deadlines of agreements: opening hours first, then the calendar."""

    def agreed_due(self, position: np.ndarray, policy: np.ndarray, within: np.ndarray, began: np.ndarray) -> Dues:
        """When what runs since a moment is due, as of each position: on the hours, in the status and by the
        agreement that hold there."""
        row = self.agreements.deadline(policy, within)
        there = np.flatnonzero(row >= 0)
        there = there[~self._is_ignored(row[there], self.status_after[position[there]])]
        due, known, far = np.full(len(row), NEVER), np.ones(len(row), bool), np.zeros(len(row), bool)
        due[there], known[there], far[there] = self._used_up(position[there], row[there], began[there])
        return Dues(due, known, far)

    def _used_up(
        self, position: np.ndarray, row: np.ndarray, began: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        a, known, far = self.agreements, np.ones(len(row), bool), np.zeros(len(row), bool)
        business, real = a.business[row].copy(), a.real[row].copy()
        later = np.flatnonzero((a.later_business[row] > 0) | (a.later_real[row] > 0))
        opens, known[later], _ = self._opening(position[later], began[later], np.zeros(len(later), np.int64))
        closed = later[opens != began[later]]
        for minutes, more in ((business, a.later_business[row]), (real, a.later_real[row])):
            minutes[closed] = np.where(more[closed] > 0, np.maximum(minutes[closed], 0) + more[closed], minutes[closed])
        on_hours = business != NONE
        put_off = self._put_off(position, row, began, on_hours)
        since = began + np.where(on_hours, 0, put_off)
        for seconds, counts in ((put_off, on_hours & (put_off > 0)), (business, on_hours)):
            on = np.flatnonzero(counts)
            since[on], is_known, is_far = self._opening(position[on], since[on], seconds[on])
            known[on] &= is_known
            far[on] |= is_far
        return np.where(known, since + np.maximum(real, 0), NEVER), known, far

    def _opening(
        self, position: np.ndarray, began: np.ndarray, seconds: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The first open second behind so many others, or the moment itself where the hours are not known: what
        runs out at the closing is due at the next opening."""
        if "business" not in self.rosters:
            return began, np.zeros(len(began), bool), np.zeros(len(began), bool)
        of, held = self.events["ticket"][position], self.at(position) + 1
        found = self.rosters["business"].due(of, began, seconds + 1, "last", held)
        known = found != NEVER
        opens = np.where(known, found - 1, began)
        return opens, known, opens > began + LOOKS_AHEAD

    def _put_off(self, position: np.ndarray, row: np.ndarray, began: np.ndarray, on_hours: np.ndarray) -> np.ndarray:
        """Seconds since a moment in statuses that do not count, once they are over. In opening hours both ends are
        counted, and statuses that follow each other are one; less than nothing where these are not known."""
        found = np.zeros(len(row), np.int64)
        away = np.flatnonzero(self.agreements.puts_off[row])
        pair, status, begins, ended = self._statuses_over(position[away])
        one = away[pair]
        begins = np.maximum(begins, began[one])
        counts = self._is_ignored(row[one], status) & (begins <= ended)
        goes_on = np.append(counts[1:] & (one[1:] == one[:-1]), False)[: len(one)]
        one, begins, ended, ends = one[counts], begins[counts], ended[counts], (ended + ~goes_on)[counts]
        passed, hours = ended - begins, on_hours[one]
        if "business" in self.rosters:
            at = position[one][hours]
            passed[hours], _ = self.rosters["business"].seconds(
                self.events["ticket"][at], begins[hours], ends[hours], "last", held_at=self.at(at) + 1
            )
        np.add.at(found, one, passed)
        return found

    def _statuses_over(self, position: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """What tickets were in before the status at each position: of which position, status, beginning and end.
        Unlike `stays` they begin with the ticket, whoever opened it."""
        turns = np.flatnonzero(self._changes_after(self.status_after))
        first = np.searchsorted(turns, self.starts[self.events["ticket"][position]])
        pair, turn = spread(first, np.searchsorted(turns, position, side="right") - 1)
        return pair, self.status_after[turns[turn]], self.at(turns[turn]), self.at(turns[turn + 1])

    def _is_ignored(self, row: np.ndarray, status: np.ndarray) -> np.ndarray:
        """Whether a deadline does not count in a status."""
        return (self.agreements.ignored[row] & (1 << status.astype(np.int64))) != 0
