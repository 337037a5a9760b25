"""Which schedule a ticket kept, as of any moment."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from auditlib.caselog.words import Kind
from auditlib.timelines.events import NOWHERE, Events

SETTLED_AT_CREATION = 60
"""A first schedule that is assigned within so many seconds of creation holds from creation."""


class KeptHours(Events):
    """Schedules as tickets were given them."""

    def schedule_at(self, ticket: np.ndarray, at: np.ndarray, default: ArrayLike) -> np.ndarray:
        """Surrogate of the schedule that tickets kept at moments; `default` (length n) where none was assigned."""
        where = np.flatnonzero(self.kind(Kind.schedule))
        of, since = self.events["ticket"][where], self.at(where)
        is_first = np.append(True, of[1:] != of[:-1])[: len(where)]
        soon = since - self.tickets["created_at"][of] <= SETTLED_AT_CREATION
        line = _line(of, np.where(is_first & soon, 0, since))
        before = np.searchsorted(line, _line(ticket, at), side="right") - 1
        assigned = self._at_position(self.events["new"], np.append(where, NOWHERE)[before])
        is_own = np.append(of, NOWHERE)[before] == ticket
        return np.where(is_own, assigned, np.asarray(default, np.int64)[ticket])


def _line(ticket: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Tickets' moments on one line, in (ticket, time) order."""
    return ticket * (1 << 36) + at
