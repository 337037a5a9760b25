"""Who has the ticket: its group and its assignee, as of any moment."""

from __future__ import annotations

import numpy as np

from auditlib.caselog.words import Kind
from auditlib.timelines.events import NOWHERE, Events


class Holders(Events):
    """Groups and people that hold a ticket."""

    def group_at(self, position: np.ndarray, ticket: np.ndarray | None = None) -> np.ndarray:
        """Surrogate of the group that held the ticket just after a position; the present one without history."""
        return self._held_at(Kind.group, self.tickets["group"], position, ticket)

    def assignee_at(self, position: np.ndarray, ticket: np.ndarray | None = None) -> np.ndarray:
        """Surrogate of the person who had the ticket just after a position; 0 for nobody."""
        return self._held_at(Kind.assignee, self.tickets["assignee"], position, ticket)

    def _held_at(self, kind: Kind, now: np.ndarray, position: np.ndarray, ticket: np.ndarray | None) -> np.ndarray:
        of = np.arange(self.n) if ticket is None else ticket
        moves = self.kind(kind)
        before = self._previous(moves, np.minimum(position, self.m - 1) + 1)
        held = self._at_position(self.events["new"], np.where(before < 0, NOWHERE, before))
        first = self.first(moves)[of]
        initial = self._at_position(self.events["old"], first)
        return np.where(before >= self.starts[:-1][of], held, np.where(first == NOWHERE, now[of], initial))
