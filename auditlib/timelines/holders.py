"""Who has the ticket: its group and its assignee as of any moment, their stays and the transfers between them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from auditlib.caselog.words import Kind
from auditlib.span import Parts
from auditlib.timelines.events import NOWHERE, Events

SAYS_SOMETHING = 20
"""Letters that a note to a transfer has at least if it gives any context."""
CONTEXT_SECONDS = 10 * 60


@dataclass(frozen=True)
class Moves:
    """Changes to another holder, in (ticket, time) order; each begins a stay.

    A spell with nobody is a pause, and the same holder logged again is no change: neither is a move.
    """

    position: np.ndarray
    ticket: np.ndarray
    came_from: np.ndarray
    """The holder before; 0 if there was none."""
    went_to: np.ndarray


class Holders(Events):
    """Groups and people that hold a ticket."""

    def group_at(self, position: np.ndarray, ticket: np.ndarray | None = None) -> np.ndarray:
        """Surrogate of the group that held the ticket just after a position; the present one without history."""
        return self._held_at(Kind.group, self.tickets["group"], position, ticket)

    def assignee_at(self, position: np.ndarray, ticket: np.ndarray | None = None) -> np.ndarray:
        """Surrogate of the person who had the ticket just after a position; 0 for nobody."""
        return self._held_at(Kind.assignee, self.tickets["assignee"], position, ticket)

    @cached_property
    def first_group(self) -> np.ndarray:
        """Surrogate of the group that each ticket first came to; 0 if to none."""
        return self._first_holder(Kind.group, self.tickets["group"])

    @cached_property
    def first_assignee(self) -> np.ndarray:
        """Surrogate of the person whom each ticket first came to; 0 if to nobody."""
        return self._first_holder(Kind.assignee, self.tickets["assignee"])

    def _first_holder(self, kind: Kind, now: np.ndarray) -> np.ndarray:
        moves = self.kind(kind)
        first = self.first(moves)
        initial = np.where(first == NOWHERE, now, self._at_position(self.events["old"], first))
        came = self._at_position(self.events["new"], self.first(moves & (self.events["new"] != 0)))
        return np.where(initial != 0, initial, came)

    def _held_at(self, kind: Kind, now: np.ndarray, position: np.ndarray, ticket: np.ndarray | None) -> np.ndarray:
        of = np.arange(self.n) if ticket is None else ticket
        moves = self.kind(kind)
        # What has not come yet is as of the ticket's last event, and never of the next ticket's.
        before = self._previous(moves, np.minimum(position, self.starts[1:][of] - 1) + 1)
        held = self._at_position(self.events["new"], np.where(before < 0, NOWHERE, before))
        first = self.first(moves)[of]
        initial = self._at_position(self.events["old"], first)
        return np.where(before >= self.starts[:-1][of], held, np.where(first == NOWHERE, now[of], initial))

    # stays and transfers

    @cached_property
    def agent_acts(self) -> np.ndarray:
        """Messages, notes, assignments and changes of group or status by human agents."""
        moved = self.kind(Kind.assignee) | self.kind(Kind.group) | self.kind(Kind.status)
        return self.by_agent & (self.is_message | moved)

    @cached_property
    def group_stations(self) -> np.ndarray:
        """How many stays in groups each ticket has; length n."""
        return self._stations(self._group_moves, Kind.group, self.tickets["group"])

    @cached_property
    def assignee_stations(self) -> np.ndarray:
        """How many stays with people each ticket has; length n."""
        moves = self._moves(Kind.assignee)
        return self._stations(moves, Kind.assignee, self.tickets["assignee"])

    @cached_property
    def transfers(self) -> np.ndarray:
        """Changes from one group to another, but for those that nobody human made before an agent's first act."""
        moves = self._group_moves
        is_touched = moves.position >= self.first(self.agent_acts)[moves.ticket]
        found = np.zeros(self.m, bool)
        found[moves.position[is_touched & (moves.came_from != 0)]] = True
        return found

    @cached_property
    def bounces(self) -> np.ndarray:
        """Transfers back to the group from which the transfer before had come."""
        moves = self._group_moves
        transfers = np.flatnonzero(self.transfers[moves.position])
        before, after = transfers[:-1], transfers[1:]
        back = (moves.ticket[before] == moves.ticket[after]) & (moves.came_from[before] == moves.went_to[after])
        found = np.zeros(self.m, bool)
        found[moves.position[after[back]]] = True
        return found

    def waits_after(self, begins: np.ndarray, until: np.ndarray) -> Parts:
        """Times from events until the first of others in a later second, none of them twice.

        What stands in the same second belongs to the same update, such as the note to a transfer. Of several
        that wait for the same end, only the first waits.
        """
        where = np.flatnonzero(begins)
        of, ends = self.events["ticket"][where], self.first_behind(until, self._end_of_second(where) - 1)
        again = np.append(False, (of[1:] == of[:-1]) & (ends[1:] == ends[:-1]))[: len(where)]
        return Parts(of[~again], self.at(where[~again]), self.at(ends[~again]))

    @cached_property
    def transfers_without_note(self) -> np.ndarray:
        """Transfers to which no agent wrote an internal note: in the ten minutes before, or with it."""
        where = np.flatnonzero(self.transfers)
        notes = self.by_agent & self.is_message & ~self.is_public & (self.events["body_chars"] >= SAYS_SOMETHING)
        note = self._previous(notes, self._end_of_second(where))
        is_here = note >= self.starts[:-1][self.events["ticket"][where]]
        is_fresh = self.at(where) - self.at(np.maximum(note, 0)) <= CONTEXT_SECONDS
        found = np.zeros(self.m, bool)
        found[where[~(is_here & is_fresh)]] = True
        return found

    @cached_property
    def _group_moves(self) -> Moves:
        return self._moves(Kind.group)

    def _moves(self, kind: Kind) -> Moves:
        held = np.flatnonzero(self.kind(kind) & (self.events["new"] != 0))
        ticket, holder = self.events["ticket"][held], self.events["new"][held]
        initial = self._at_position(self.events["old"], self.first(self.kind(kind)))[ticket]
        goes_on = np.append(False, ticket[1:] == ticket[:-1])[: len(held)]
        came_from = np.where(goes_on, np.append(0, holder[:-1])[: len(held)], initial)
        begins = holder != came_from
        return Moves(held[begins], ticket[begins], came_from[begins], holder[begins])

    def _stations(self, moves: Moves, kind: Kind, now: np.ndarray) -> np.ndarray:
        first = self.first(self.kind(kind))
        from_the_start = np.where(first == NOWHERE, now, self._at_position(self.events["old"], first)) != 0
        return np.bincount(moves.ticket, minlength=self.n) + from_the_start
