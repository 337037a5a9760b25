"""When a ticket was in the backlog: from being opened until it was solved, merged or deleted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from auditlib.caselog.words import Kind, Status
from auditlib.timelines.events import NOWHERE
from auditlib.timelines.stays import UNSOLVED, Staying


@dataclass(frozen=True)
class Spells:
    """Longest times in which a ticket was unsolved, in (ticket, time) order."""

    ticket: np.ndarray
    number: np.ndarray
    opened: np.ndarray
    closed: np.ndarray
    """Positions of what put it into the backlog and took it out (NOWHERE while it is there)."""
    opened_as: np.ndarray
    """created, reopened or restored."""
    closed_as: np.ndarray
    """solved, merged or deleted; None while it is there."""

    def __len__(self) -> int:
        return len(self.ticket)


class Backlog(Staying):
    """Tickets that nobody has solved yet."""

    @cached_property
    def spells(self) -> Spells:
        """Every time that a ticket was unsolved. A solve, a merge or a deletion ends it; a reopening or a
        restoration begins another. Tickets without a history have none: nobody knows when they were solved."""
        told = self.tickets["has_history"][self.events["ticket"]]
        unsolved = self.is_in(*UNSOLVED) & ~self._is_merged_after & told
        opened = np.flatnonzero(self._changes_after(unsolved) & unsolved)
        of = self.events["ticket"][opened]
        closed = self.first_behind(~unsolved, opened)
        number = np.arange(len(opened)) - np.searchsorted(of, of) + 1
        return Spells(of, number, opened, closed, self._opened_as(opened), self._closed_as(closed))

    def opened_at(self, spells: Spells) -> np.ndarray:
        """When each spell began: for the first the ticket's own creation, whatever was merged into it."""
        return np.maximum(self.at(spells.opened), self.tickets["created_at"][spells.ticket])

    def closed_at(self, spells: Spells) -> np.ndarray:
        """When each spell ended; NEVER while the ticket is in the backlog."""
        return np.maximum(self.at(spells.closed), self.opened_at(spells))

    def _opened_as(self, opened: np.ndarray) -> np.ndarray:
        is_first = opened == self.starts[:-1][self.events["ticket"][opened]]
        was_deleted = self.status_after[np.maximum(opened - 1, 0)] == Status.deleted
        return np.where(is_first, "created", np.where(was_deleted, "restored", "reopened")).astype(object)

    def _closed_as(self, closed: np.ndarray) -> np.ndarray:
        ended = closed != NOWHERE
        is_deleted = self._at_position(self.status_after, closed) == Status.deleted
        # Helpdesks close what they merge in the same second, before or after.
        merges = np.append(0, np.cumsum(self.kind(Kind.merged_into)))
        there = np.where(ended, closed, 0)
        begin, behind = self._previous(self._begins_second, there + 1), self._end_of_second(there)
        is_merged = merges[behind] - merges[np.maximum(begin, 0)] > 0
        word = np.where(is_deleted, "deleted", np.where(is_merged, "merged", "solved")).astype(object)
        word[~ended] = None
        return word

    @cached_property
    def _is_merged_after(self) -> np.ndarray:
        """Per event: whether the ticket was merged into another and nothing has shown a status since."""
        merged = self._latest(self.kind(Kind.merged_into))
        return (merged >= self.starts[:-1][self.events["ticket"]]) & (merged > self._latest(self._shows_status))
