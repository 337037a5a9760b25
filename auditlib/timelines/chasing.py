"""Customers who ask again before anybody answered: by what they did, and by what they said."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from auditlib.caselog.words import Marker
from auditlib.span import NEVER
from auditlib.timelines.events import NOWHERE
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
    def chased_elsewhere(self) -> np.ndarray:
        """Per ticket how often the customer opened another ticket about it while this one was open.

        The first message of one that was merged into this stands in this timeline too, with its
        second: where it chases there, it is not counted again.
        """
        parallel = self.links.at(self.links.kind == "parallel")
        told = _second(self.chases.ticket, self.at(self.chases.position))
        is_told = np.isin(_second(parallel.ticket, parallel.came_back_at), told)
        return np.bincount(parallel.ticket[~is_told], minlength=self.n)

    @cached_property
    def first_chase(self) -> np.ndarray:
        """The row of `chases` with each ticket's first; -1 without any."""
        found = np.full(self.n, -1)
        found[self.chases.ticket[::-1]] = np.arange(len(self.chases))[::-1]
        return found

    @cached_property
    def chased_from(self) -> np.ndarray:
        """Position of what had happened last when each ticket's customer first asked again; NOWHERE if they never did.

        In the ticket itself that is the message; where another ticket asks, the last event before it came.
        """
        first = self.first_chase
        here = np.full(self.n, NOWHERE)
        here[first >= 0] = self.chases.position[first[first >= 0]]
        parallel, at = self.links.at(self.links.kind == "parallel"), np.full(self.n, NEVER)
        np.minimum.at(at, parallel.ticket, parallel.came_back_at)
        is_elsewhere = at < self.at(here)
        happened = _second(self.events["ticket"], self.events["occurred_at"])
        until = np.searchsorted(happened, _second(np.arange(self.n), np.where(is_elsewhere, at, 0)), side="right")
        return np.where(is_elsewhere, until - 1, here)


def _second(ticket: np.ndarray, at: np.ndarray) -> np.ndarray:
    """One number for a ticket and a moment."""
    return (ticket.astype(np.int64) << 34) + at
