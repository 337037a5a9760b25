"""How long a ticket stayed in what state: times during which something held, and status by status."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from auditlib.caselog.words import Status
from auditlib.span import NEVER, Parts, Span, State
from auditlib.timelines.coming_back import ComingBack
from auditlib.timelines.events import NOWHERE
from auditlib.timelines.spans import Spans

UNSOLVED = (Status.new, Status.open, Status.pending_customer, Status.on_hold)


@dataclass(frozen=True)
class Stays:
    """Times that tickets spent in one status each; a ticket's stays tile its life up to the watermark."""

    ticket: np.ndarray
    status: np.ndarray
    began: np.ndarray
    ended: np.ndarray

    def __len__(self) -> int:
        return len(self.ticket)


class Staying(ComingBack, Spans):
    """Time between events, told by what holds after each of them."""

    @cached_property
    def stays(self) -> Stays:
        """Each ticket's statuses from the beginning of its case to the watermark, in order, without gap or overlap."""
        where = np.flatnonzero(self._changes_after(self.status_after))
        of = self.events["ticket"][where]
        began = np.maximum(self.at(where), self.began_at[of])
        follows = np.append(of[1:] == of[:-1], False)[: len(of)]
        ended = np.where(follows, np.append(began[1:], 0)[: len(of)], self.cut[of])
        lasts = (ended > began) & self.tickets["has_history"][of]
        return Stays(of[lasts], self.status_after[where][lasts], began[lasts], ended[lasts])

    def while_(self, holds: np.ndarray) -> Parts:
        """Times during which something holds that is told for the time after each event.

        Nothing counts before the case began: an agent's preparations before the customer wrote are not its time.
        """
        where = np.flatnonzero(self._changes_after(holds) & holds)
        of = self.events["ticket"][where]
        began, ended = np.maximum(self.at(where), self.began_at[of]), self.at(self.first_behind(~holds, where))
        lasts = ended > began
        return Parts(of[lasts], began[lasts], ended[lasts])

    def is_in(self, *statuses: Status) -> np.ndarray:
        """Per event: whether the ticket is in one of these statuses just after it."""
        wanted = np.isin(np.arange(max(Status) + 1), statuses)
        return wanted[self.status_after]

    def time_in(self, statuses: tuple[Status, ...], clock: str) -> Span:
        """How long a ticket was in these statuses in all; known once it is solved, closed or deleted."""
        parts = self.while_(self.is_in(*statuses))
        return self.total(parts, clock, self.sum_state, self.began_at, self.sums_end_at)

    @cached_property
    def sum_state(self) -> np.ndarray:
        """Per ticket the state of sums that grow while it is unsolved: observed, or waiting."""
        is_over = self.is_done | (self.status == Status.deleted)
        return np.where(is_over, State.observed, State.waiting)

    @cached_property
    def sums_end_at(self) -> np.ndarray:
        """Per ticket when such sums were settled: its last solve, or the watermark."""
        return np.where(self.is_done & (self.last_solve != NOWHERE), self.at(self.last_solve), self.cut)

    @cached_property
    def first_resolution(self) -> np.ndarray:
        """The first solve of the case; what was solved before the customer wrote was another matter."""
        asked_later = self.is_opened_by_us & (self.first_ask != NOWHERE)
        return self.first(self.solves, after=np.where(asked_later, self.first_ask, self.starts[:-1] - 1))

    @cached_property
    def is_solved_beforehand(self) -> np.ndarray:
        """Whether a ticket is solved and no solve lies in its case: nothing was left when the customer wrote."""
        return self.is_done & (self.first_resolution == NOWHERE) & self.tickets["has_history"]

    @cached_property
    def is_unsettled_after(self) -> np.ndarray:
        """Per event: whether the last solve is still to come just after it; always, while the ticket is not solved."""
        last = np.where(self.is_done, self.last_solve, NOWHERE)
        return np.arange(self.m) < last[self.events["ticket"]]

    def solve_lasting(self, window_seconds: int) -> tuple[np.ndarray, np.ndarray]:
        """The first solve of each case that nothing undid within the window, and whether that is sure by now.

        A reopening undoes a solve, and so does the customer who comes back about the same issue. A reopening
        that only thanks, or that an agent takes back within minutes, undoes nothing.
        """
        undone = self._undone_within(window_seconds)
        begins = self.first_resolution
        lasting = self.solves & ~undone
        position = self.first(lasting, after=np.where(begins == NOWHERE, NOWHERE, begins - 1))
        solved_at = self.at(position)
        return position, (solved_at != NEVER) & (solved_at < self.mature_until - window_seconds)

    def _undone_within(self, window_seconds: int) -> np.ndarray:
        where = np.flatnonzero(self.solves)
        of, solved_at = self.events["ticket"][where], self.at(where)
        undoing = self.reopens & ~self.is_flip & ~self.is_thanks_only_reopen
        reopened_at = self.at(self.first_behind(undoing, where))
        came_back_at = self._first_return(of, solved_at)
        undone_at = np.minimum(reopened_at, came_back_at)
        found = np.zeros(self.m, bool)
        found[where] = (undone_at != NEVER) & (
            undone_at <= np.minimum(solved_at, NEVER - window_seconds) + window_seconds
        )
        return found

    def _first_return(self, ticket: np.ndarray, solved_at: np.ndarray) -> np.ndarray:
        """When the customer first came back about it after each solve; NEVER if they did not."""
        links = self.comings_back
        order = np.lexsort((links.came_back_at, links.ticket))
        of, at = links.ticket[order], links.came_back_at[order]
        place = np.searchsorted(_line(of, at), _line(ticket, solved_at))
        there = np.minimum(place, max(len(of) - 1, 0))
        if not len(of):
            return np.full(len(ticket), NEVER)
        return np.where((place < len(of)) & (of[there] == ticket), at[there], NEVER)

    def _changes_after(self, told: np.ndarray) -> np.ndarray:
        """Whether something told per event differs from what was told at the ticket's event before, if any."""
        changes = np.ones(self.m, bool)
        ticket = self.events["ticket"]
        changes[1:] = (told[1:] != told[:-1]) | (ticket[1:] != ticket[:-1])
        return changes


def _line(ticket: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Tickets' moments on one line, in (ticket, time) order."""
    return ticket * (1 << 36) + at
