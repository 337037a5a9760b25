"""Who has the ticket: its group and its assignee as of any moment, their stays and the transfers between them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from auditlib.caselog.words import Kind
from auditlib.timelines.events import NOWHERE, Events


@dataclass(frozen=True)
class Stays:
    """Holders one after the other: from each change to another holder until the next.

    A spell with nobody is a pause, and the same holder logged again is none: neither begins a stay.
    """

    position: np.ndarray
    """Of the change with which each stay begins; one that holds from creation on has no change."""
    ticket: np.ndarray
    came_from: np.ndarray
    """The holder before; 0 if there was none."""
    went_to: np.ndarray


class Holders(Events):
    """Groups and people that hold a ticket."""

    def group_at(self, position: np.ndarray, ticket: np.ndarray | None = None) -> np.ndarray:
        """Surrogate of the group that held the ticket just after a position; the present one without history."""
        return self.held_at(Kind.group, position, self.tickets["group"], ticket)

    def assignee_at(self, position: np.ndarray, ticket: np.ndarray | None = None) -> np.ndarray:
        """Surrogate of the person who had the ticket just after a position; 0 for nobody."""
        return self.held_at(Kind.assignee, position, self.tickets["assignee"], ticket)

    def held_at(
        self,
        kind: Kind,
        position: np.ndarray,
        now: np.ndarray,
        ticket: np.ndarray | None = None,
        among: np.ndarray | None = None,
    ) -> np.ndarray:
        """What changes of a kind had set just after a position (length n, or each with its ticket).

        `now` (length n) holds where the ticket has no such change; `among` says which changes count.
        """
        of = np.arange(self.n) if ticket is None else ticket
        moves = self.kind(kind) if among is None else among
        before = self._previous(moves, np.minimum(position, self.m - 1) + 1)
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
        return self._stations(self._group_stays, Kind.group, self.tickets["group"])

    @cached_property
    def assignee_stations(self) -> np.ndarray:
        """How many stays with people each ticket has; length n."""
        stays = self._stays(Kind.assignee)
        return self._stations(stays, Kind.assignee, self.tickets["assignee"])

    @cached_property
    def transfers(self) -> np.ndarray:
        """Changes from one group to another, but for those that nobody human made before an agent's first act."""
        stays = self._group_stays
        is_touched = stays.position >= self.first(self.agent_acts)[stays.ticket]
        found = np.zeros(self.m, bool)
        found[stays.position[is_touched & (stays.came_from != 0)]] = True
        return found

    @cached_property
    def bounces(self) -> np.ndarray:
        """Transfers back to the group from which the transfer before had come."""
        stays = self._group_stays
        moved = np.flatnonzero(self.transfers[stays.position])
        before, after = moved[:-1], moved[1:]
        back = (stays.ticket[before] == stays.ticket[after]) & (stays.came_from[before] == stays.went_to[after])
        found = np.zeros(self.m, bool)
        found[stays.position[after[back]]] = True
        return found

    def next_agent_act(self, position: np.ndarray) -> np.ndarray:
        """For each position, that of the first act by a human agent in a later second of the ticket, or NOWHERE.

        What stands in the same second belongs to the same update, such as the note to a transfer.
        """
        return self.first_behind(self.agent_acts, self._end_of_second(position) - 1)

    @cached_property
    def _group_stays(self) -> Stays:
        return self._stays(Kind.group)

    def _stays(self, kind: Kind) -> Stays:
        held = np.flatnonzero(self.kind(kind) & (self.events["new"] != 0))
        ticket, holder = self.events["ticket"][held], self.events["new"][held]
        initial = self._at_position(self.events["old"], self.first(self.kind(kind)))[ticket]
        goes_on = np.append(False, ticket[1:] == ticket[:-1])[: len(held)]
        came_from = np.where(goes_on, np.append(0, holder[:-1])[: len(held)], initial)
        begins = holder != came_from
        return Stays(held[begins], ticket[begins], came_from[begins], holder[begins])

    def _stations(self, stays: Stays, kind: Kind, now: np.ndarray) -> np.ndarray:
        first = self.first(self.kind(kind))
        from_the_start = np.where(first == NOWHERE, now, self._at_position(self.events["old"], first)) != 0
        return np.bincount(stays.ticket, minlength=self.n) + from_the_start
