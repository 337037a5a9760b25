"""The waits and works that service levels limit: when each began and ended, and when its clock ran."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from auditlib.caselog.words import Kind, Status
from auditlib.span import NEVER
from auditlib.timelines.events import NOWHERE
from auditlib.timelines.policies import Promised, spread
from auditlib.timelines.stays import Staying

ACTIVE = (Status.new, Status.open, Status.on_hold)
RUNS_IN = {
    Promised.requester_wait: ACTIVE,
    Promised.agent_work: (Status.new, Status.open),
    Promised.resolution: (*ACTIVE, Status.pending_customer),
    Promised.pausable_update: ACTIVE,
    Promised.periodic_update: (*ACTIVE, Status.pending_customer),
}
"""The statuses in which each clock runs; those for replies run until the reply, whatever the status."""
UNTIL_SOLVED = (Promised.requester_wait, Promised.agent_work, Promised.resolution)
UPDATES = (Promised.pausable_update, Promised.periodic_update)


@dataclass(frozen=True)
class Runs:
    """One row for each wait or work that a target may limit, in (ticket, promised) order, and its clock.

    `ended` is NEVER while it lasts; `is_kept` says that it ended with what is promised (a reply, a solve, an
    update), `is_cancelled` that the ticket was deleted or merged away instead. `pieces` are the times in
    which the clock ran: the row of the run, from when to when.
    """

    ticket: np.ndarray
    promised: np.ndarray
    opened: np.ndarray
    ended: np.ndarray
    is_kept: np.ndarray
    is_cancelled: np.ndarray
    pieces: tuple[np.ndarray, np.ndarray, np.ndarray]

    def __len__(self) -> int:
        return len(self.ticket)


class Promisable(Staying):
    """What a service level can be about."""

    @cached_property
    def merged_away_at(self) -> np.ndarray:
        """When each ticket went into another; its last event where the helpdesk does not say; NEVER if it did not."""
        told = self.at(self.first(self.kind(Kind.merged_into)))
        last = self.at(np.where(self.starts[1:] > self.starts[:-1], self.starts[1:] - 1, NOWHERE))
        return np.where((told == NEVER) & (self.tickets["merged_into"] != 0), last, told)

    @cached_property
    def promisable(self) -> Runs:
        """Everything that a target may limit, of every ticket that a customer waits for."""
        parts = [self._replies_awaited(), *[self._until_solved(one) for one in UNTIL_SOLVED]]
        parts += [self._updates(one) for one in UPDATES]
        ticket, promised, opened, ended, kept, cancelled = (
            np.concatenate(column) for column in zip(*parts, strict=True)
        )
        merged = self.merged_away_at[ticket]
        cancelled = cancelled | ((merged != NEVER) & (ended >= merged))
        ended = np.minimum(ended, merged)
        there = (opened < merged) & self.tickets["has_history"][ticket]
        order = np.flatnonzero(there)[np.lexsort((opened[there], promised[there], ticket[there]))]
        whole = (column[order] for column in (ticket, promised, opened, ended, kept & ~cancelled, cancelled))
        return self._running(*whole)

    def _replies_awaited(self) -> tuple[np.ndarray, ...]:
        turns = self.turns
        promised = np.where(turns.number == 1, Promised.first_reply, Promised.next_reply)
        gone = self._at_position(self.kind(Kind.deleted), turns.closed)
        return turns.ticket, promised, self.at(turns.opened), self.at(turns.closed), turns.is_answered, gone

    def _until_solved(self, promised: Promised) -> tuple[np.ndarray, ...]:
        of = np.flatnonzero(~self.is_outbound)
        is_gone = self.status == Status.deleted
        ended = np.where(self.is_done, self.at(self.last_solve), NEVER)
        ended = np.where(is_gone, self.at(self.last(self.kind(Kind.deleted))), ended)
        return of, np.full(len(of), promised), self.began_at[of], ended[of], self.is_done[of], is_gone[of]

    def _updates(self, promised: Promised) -> tuple[np.ndarray, ...]:
        """From each public human message to the next, or to the solve that makes another needless."""
        told = np.flatnonzero(self.replies)
        behind = self.first_behind(self.replies | self._ends_waiting, told)
        gone = self._at_position(self.kind(Kind.deleted), behind)
        is_reply = self._at_position(self.replies, behind)
        of = self.events["ticket"][told]
        return of, np.full(len(of), promised), self.at(told), self.at(behind), is_reply, gone

    def _running(
        self,
        ticket: np.ndarray,
        promised: np.ndarray,
        opened: np.ndarray,
        ended: np.ndarray,
        kept: np.ndarray,
        cancelled: np.ndarray,
    ) -> Runs:
        """The runs with the times in which their clocks ran."""
        stays = self.stays
        stay_ended = np.where(stays.ended == self.cut[stays.ticket], NEVER, stays.ended)
        by_reply = np.flatnonzero(~np.isin(promised, list(RUNS_IN)))
        rest = np.flatnonzero(np.isin(promised, list(RUNS_IN)))
        first, last = (np.searchsorted(stays.ticket, ticket[rest], side=side) for side in ("left", "right"))
        row, stay = spread(first, last)
        run = rest[row]
        # The first status holds from the beginning of the case: what an agent wrote before it owes nobody an update.
        since = np.where(stay == first[row], self.began_at[ticket[run]], stays.began[stay])
        began = np.maximum(since, opened[run])
        until = np.minimum(stay_ended[stay], ended[run])
        runs_in = np.zeros((max(Promised) + 1, max(Status) + 1), bool)
        for one, statuses in RUNS_IN.items():
            runs_in[one, list(statuses)] = True
        ran = runs_in[promised[run], stays.status[stay]] & (began < until)
        whole = (
            np.append(by_reply, run[ran]),
            np.append(opened[by_reply], began[ran]),
            np.append(ended[by_reply], until[ran]),
        )
        order = np.lexsort((whole[1], whole[0]))
        pieces = (whole[0][order], whole[1][order], whole[2][order])
        return self._owed(Runs(ticket, promised, opened, ended, kept, cancelled, pieces))

    def _owed(self, runs: Runs) -> Runs:
        """The runs without updates that nobody owed: what ended in its own second, as a reply that solves, and a
        message on a ticket that stayed solved."""
        row, began, ended = runs.pieces
        keep = np.isin(np.arange(len(runs)), row) | ~np.isin(runs.promised, UPDATES)
        place = np.cumsum(keep) - 1
        return Runs(
            runs.ticket[keep],
            runs.promised[keep],
            runs.opened[keep],
            runs.ended[keep],
            runs.is_kept[keep],
            runs.is_cancelled[keep],
            (place[row], began, ended),
        )
