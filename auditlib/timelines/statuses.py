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
        """The status at the watermark; where no event ever told one, the one that the helpdesk shows."""
        created = self._at_position(self.events["new"], self.first(self.kind(Kind.created)))
        known = self.any(self._shows_status | self.kind(Kind.deleted)) | (created > 0)
        last = np.where(self.starts[1:] > self.starts[:-1], self.starts[1:] - 1, NOWHERE)
        now = np.where(last == NOWHERE, Status.new, self._at_position(self.status_after, last))
        return np.where(known, now, self.tickets["status"])

    @cached_property
    def status_after(self) -> np.ndarray:
        """Per event: the status just after it; what a ticket had before its first change holds from the beginning.

        A deletion hides the status, and a restoration shows it again.
        """
        last = self._latest(self._shows_status)
        # What was shown last of another ticket says nothing of this one.
        told = last >= self.starts[:-1][self.events["ticket"]]
        shown = np.where(told, self.events["new"][last], self._first_status[self.events["ticket"]])
        hides = self.kind(Kind.deleted) | (self.kind(Kind.status) & (self.events["new"] == Status.deleted))
        turned = self._latest(hides | self.kind(Kind.restored) | self._shows_status)
        is_hidden = hides[turned] & (turned >= self.starts[:-1][self.events["ticket"]])
        return np.where(is_hidden, Status.deleted, shown)

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

    @cached_property
    def _shows_status(self) -> np.ndarray:
        return self.kind(Kind.status) & (self.events["new"] != Status.deleted)

    @cached_property
    def _first_status(self) -> np.ndarray:
        """Per ticket the status that it was created with: what its first change says, or the creation, or new."""
        changed = self._at_position(self.events["old"], self.first(self._shows_status))
        created = self._at_position(self.events["new"], self.first(self.kind(Kind.created)))
        return np.where(changed > 0, changed, np.where(created > 0, created, Status.new))

    def _latest(self, mask: np.ndarray) -> np.ndarray:
        """Per event the position of the latest such event there or earlier, whatever its ticket; -1 for none."""
        return np.append(-1, np.flatnonzero(mask))[np.cumsum(mask)]

    def _is_done(self, status: np.ndarray) -> np.ndarray:
        return (status == Status.solved) | (status == Status.closed)
