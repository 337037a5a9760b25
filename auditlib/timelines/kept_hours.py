"""Which schedule a ticket kept, as of any moment."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from auditlib.caselog.words import Kind
from auditlib.timelines.events import Events

SETTLED_AT_CREATION = 60
"""A first schedule that is assigned within so many seconds of creation holds from creation."""


class KeptHours(Events):
    """Schedules as tickets were given them."""

    def schedule_at(self, ticket: np.ndarray, at: np.ndarray, default: ArrayLike) -> np.ndarray:
        """Surrogate of the schedule that tickets kept at moments; `default` (length n) where none was assigned."""
        settled = np.maximum(at, self.tickets["created_at"][ticket] + SETTLED_AT_CREATION)
        line = _line(self.events["ticket"], self.events["occurred_at"])
        place = np.searchsorted(line, _line(ticket, settled), side="right")
        before = self._previous(self.kind(Kind.schedule), place)
        assigned = self._at_position(self.events["new"], np.where(before < 0, self.m, before))
        return np.where(before >= self.starts[:-1][ticket], assigned, np.asarray(default, np.int64)[ticket])


def _line(ticket: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Tickets' moments on one line, in (ticket, time) order."""
    return ticket * (1 << 36) + at
