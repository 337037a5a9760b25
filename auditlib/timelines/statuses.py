"""The status through a ticket's life: solves and reopens."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from auditlib.caselog.words import Kind, Status
from auditlib.timelines.events import NOWHERE, Events


class Statuses(Events):
    """What the changes of status say."""

    @cached_property
    def status(self) -> np.ndarray:
        """The status at the watermark."""
        now = self._at_position(self.events["new"], self.last(self.kind(Kind.status)))
        gone = self._at_position(self.kind(Kind.deleted), self.last_status_change)
        known = np.where(now > 0, now, np.where(self.tickets["has_history"], Status.new, self.tickets["status"]))
        return np.where(gone, Status.deleted, known)

    @cached_property
    def last_status_change(self) -> np.ndarray:
        """Position of the last change of status, deletion or restoration; of the creation without any."""
        changed = self.last(self.kind(Kind.status) | self.kind(Kind.deleted) | self.kind(Kind.restored))
        return np.where(changed == NOWHERE, self.first(self.kind(Kind.created)), changed)

    @cached_property
    def is_done(self) -> np.ndarray:
        return self._is_done(self.status)

    @cached_property
    def solves(self) -> np.ndarray:
        """Changes from a status that is not done into solved or closed."""
        now_done = self._is_done(self.events["new"]) & self.kind(Kind.status)
        return now_done & ~self._is_done(self._status_before)

    @cached_property
    def reopens(self) -> np.ndarray:
        """Changes from solved or closed back to new, open, pending or on hold."""
        new = self.events["new"]
        back = self.kind(Kind.status) & (new >= Status.new) & (new <= Status.on_hold)
        return back & self._is_done(self._status_before)

    @cached_property
    def first_solve(self) -> np.ndarray:
        return self.first(self.solves)

    @cached_property
    def last_solve(self) -> np.ndarray:
        return self.last(self.solves)

    @cached_property
    def is_solved_by_human(self) -> np.ndarray:
        """Whether a human agent made the last solve."""
        return self._at_position(self.by_agent, self.last_solve)

    @cached_property
    def _status_before(self) -> np.ndarray:
        """Per event: the status just before it, by the history (what the event itself claims as old is not needed)."""
        # A deletion hides a status and a restoration shows it again: neither is a change from or to it.
        changes = np.flatnonzero(self.kind(Kind.status) & (self.events["new"] != Status.deleted))
        ticket = self.events["ticket"][changes]
        before = np.append(0, self.events["new"][changes][:-1])
        first = np.append(True, ticket[1:] != ticket[:-1]) if len(changes) else np.zeros(0, bool)
        found = np.zeros(self.m, np.int64)
        found[changes] = np.where(first, self.events["old"][changes], before)
        return found

    def _is_done(self, status: np.ndarray) -> np.ndarray:
        return (status == Status.solved) | (status == Status.closed)
