"""Which schedule a ticket kept, as of any moment."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from auditlib.caselog.words import Kind
from auditlib.timelines.holders import Holders

SETTLED_AT_CREATION = 60
"""A first schedule that is assigned within so many seconds of creation holds from creation."""


class KeptHours(Holders):
    """Schedules as tickets were given them."""

    def schedule_at(self, ticket: np.ndarray, at: np.ndarray, default: ArrayLike) -> np.ndarray:
        """Surrogate of the schedule that tickets kept at moments; `default` (length n) where none was assigned."""
        settled = np.maximum(at, self.tickets["created_at"][ticket] + SETTLED_AT_CREATION)
        line = _line(self.events["ticket"], self.events["occurred_at"])
        place = np.searchsorted(line, _line(ticket, settled), side="right")
        return self.held_at(Kind.schedule, place - 1, np.asarray(default, np.int64), ticket)


def _line(ticket: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Tickets' moments on one line, in (ticket, time) order."""
    return ticket * (1 << 36) + at
