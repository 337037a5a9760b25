"""Customers who ask again before anybody answered: by what they did, and by what they said."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from auditlib.caselog.words import Marker, Status
from auditlib.span import NEVER
from auditlib.timelines.events import NOWHERE
from auditlib.timelines.members import merged_rows
from auditlib.timelines.spans import Spans
from auditlib.timelines.talk import Talk

PARTS_SECONDS = 30 * 60
"""Messages that follow each other sooner are parts of one."""
PATIENCE_SECONDS = 4 * 60 * 60
"""Who writes again after so much opening time without an answer chases, whatever they say."""


@dataclass(frozen=True)
class Chases:
    """Times that a customer asked again while they waited, in (ticket, time) order."""

    ticket: np.ndarray
    position: np.ndarray
    """The first message of each."""
    turn: np.ndarray
    """The turn (row of `turns`) in which they waited."""
    is_structural: np.ndarray
    is_lexical: np.ndarray

    def __len__(self) -> int:
        return len(self.ticket)


@dataclass(frozen=True)
class Elsewhere:
    """Times that a customer opened another ticket about one that was open, in (ticket, time) order."""

    ticket: np.ndarray
    at: np.ndarray


@dataclass(frozen=True)
class Patience:
    """One row for each ticket whose customer asked again while they waited: since when they did, and when."""

    ticket: np.ndarray
    began: np.ndarray
    ended: np.ndarray


class Chasing(Talk, Spans):
    """Asking again while waiting."""

    @cached_property
    def chases(self) -> Chases:
        """Messages of an open turn that ask again: after four hours of opening time, or in so many words.

        What is written within thirty minutes of the customer's message before is a part of that
        message. Where nobody knows any opening hours, the four hours are those of the calendar.
        """
        asked = np.flatnonzero(self.asks)
        turn = np.searchsorted(self.turns.opened, asked, side="right") - 1
        previous = asked[np.maximum(np.arange(len(asked)) - 1, 0)]
        at = self.events["occurred_at"]
        begins_turn = self.turns.opened[turn] == asked
        is_part = ~begins_turn & (at[asked] - at[previous] < PARTS_SECONDS)
        # What a message says, its parts may say.
        whole = np.flatnonzero(~is_part)
        says = self.marked(Marker.update_request)[asked].astype(np.int64)
        lexical = np.zeros(len(asked), bool)
        if len(whole):
            lexical[whole] = np.add.reduceat(says, whole) > 0
        again = np.flatnonzero(~begins_turn)
        waited = self._waited_long(asked[again], previous[again])
        chased, waited = again[waited | lexical[again]], waited[waited | lexical[again]]
        where = asked[chased]
        return Chases(self.events["ticket"][where], where, turn[chased], waited, lexical[chased])

    def _waited_long(self, again: np.ndarray, before: np.ndarray) -> np.ndarray:
        """Whether so much opening time lies between two messages; of the calendar where hours are unknown."""
        since, until = self.at(before), self.at(again)
        of = self.events["ticket"][again]
        opened, known = self._elapsed(of, since, until, "business")
        return np.where(known, opened, until - since) >= PATIENCE_SECONDS

    @cached_property
    def asked_elsewhere(self) -> Elsewhere:
        """Other tickets about it that the customer opened while this one was open, in (ticket, time) order.

        One that is merged into this is about it, whatever links say; its first message stands in this timeline
        too, with its second: where it chases there, it is not counted again. One that begins with thanks asks nothing.
        """
        thanks = self._at_position(self.marked(Marker.gratitude), self.first_ask)
        parallel = self.links.at((self.links.kind == "parallel") & ~thanks[self.links.later])
        merged = self._merged_while_open[~thanks[self._merged_while_open]]
        into, came = self._into[merged], self.tickets["created_at"][merged]
        told = np.isin(_second(into, came), _second(self.chases.ticket, self.at(self.chases.position)))
        ticket = np.append(parallel.ticket, into[~told])
        at = np.append(parallel.came_back_at, came[~told])
        order = np.argsort(_second(ticket, at))
        return Elsewhere(ticket[order], at[order])

    @cached_property
    def _into(self) -> np.ndarray:
        """Per ticket the row of the one that it was merged into; -1 for none."""
        return merged_rows(self.tickets["key"], self.tickets["merged_into"])

    @cached_property
    def _merged_while_open(self) -> np.ndarray:
        """Tickets that a customer opened while the older one that they were merged into was open."""
        rows = np.flatnonzero((self._into >= 0) & self.is_contact)
        into, created, key = self._into[rows], self.tickets["created_at"], self.tickets["key"]
        is_later = (created[rows] > created[into]) | ((created[rows] == created[into]) & (key[rows] > key[into]))
        rows, into = rows[is_later], into[is_later]
        was = self._at_position(self.status_after, self._last_by(into, created[rows]))
        return rows[~self._is_done(was) & (was != Status.deleted)]

    def _last_by(self, ticket: np.ndarray, moment: np.ndarray) -> np.ndarray:
        """The position of what had happened last in tickets at moments when they were there."""
        happened = _second(self.events["ticket"], self.events["occurred_at"])
        return np.searchsorted(happened, _second(ticket, moment), side="right") - 1

    @cached_property
    def first_chases(self) -> Patience:
        """Each first time that a customer asked again while they waited, here or in another ticket.

        Who opens another ticket in the second in which they begin to wait has not waited.
        """
        other, turns = self.asked_elsewhere, self.turns
        opened = _second(turns.ticket, self.at(turns.opened))
        turn = np.searchsorted(opened, _second(other.ticket, other.at)) - 1
        # An answer of the very second came after the question.
        while_waiting = (turn >= 0) & (turns.ticket[turn] == other.ticket) & (other.at <= self.at(turns.closed[turn]))
        turn = np.append(self.chases.turn, turn[while_waiting])
        at = np.append(self.at(self.chases.position), other.at[while_waiting])
        ticket = turns.ticket[turn]
        order = np.argsort(_second(ticket, at))
        ticket, turn, at = ticket[order], turn[order], at[order]
        first = np.searchsorted(ticket, np.unique(ticket))
        return Patience(ticket[first], self.at(turns.opened[turn[first]]), at[first])

    @cached_property
    def chased_from(self) -> np.ndarray:
        """Position of what had happened last when each ticket's customer first asked again; NOWHERE if they never did.

        In the ticket itself that is the message; where another ticket asks, the last event before it came.
        """
        here, at = np.full(self.n, NOWHERE), np.full(self.n, NEVER)
        here[self.chases.ticket[::-1]] = self.chases.position[::-1]  # of several the first is written last
        np.minimum.at(at, self.asked_elsewhere.ticket, self.asked_elsewhere.at)
        is_elsewhere = at < self.at(here)
        return np.where(is_elsewhere, self._last_by(np.arange(self.n), np.where(is_elsewhere, at, 0)), here)


def _second(ticket: np.ndarray, at: np.ndarray) -> np.ndarray:
    """One number for a ticket and a moment."""
    return (ticket.astype(np.int64) << 34) + at
