"""Whether anybody looks after a ticket: customers who wait, what humans do meanwhile, and who has it first."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from auditlib.caselog.words import Kind
from auditlib.span import NEVER, Parts, State
from auditlib.timelines.events import NOWHERE
from auditlib.timelines.talk import Talk

SAYS_SOMETHING = 20
"""Characters that an internal note has at least if it says something."""


class Attention(Talk):
    """Waits by messages, and the acts of humans in them."""

    @cached_property
    def waits(self) -> Parts:
        """The customer's turns as parts of their tickets' time."""
        turns = self.turns
        return Parts(turns.ticket, self.at(turns.opened), self.at(turns.closed))

    @cached_property
    def wait_state(self) -> np.ndarray:
        """Per ticket the state of the wait in all: that of the last turn, not applicable without any."""
        turns = self.turns
        last = np.searchsorted(turns.ticket, np.arange(self.n), side="right") - 1
        had = np.isin(np.arange(self.n), turns.ticket)
        state = np.full(self.n, State.not_applicable)
        closed, answered = turns.closed[last[had]], turns.is_answered[last[had]]
        ended = np.where(answered, State.observed, State.closed_unanswered)
        state[had] = np.where(closed == NOWHERE, State.waiting, ended)
        return state

    @cached_property
    def is_waiting_after(self) -> np.ndarray:
        """Per event: whether the customer waits for an answer just after it."""
        turns = self.turns
        until = np.where(turns.closed == NOWHERE, self.starts[1:][turns.ticket], turns.closed)
        opened = np.bincount(turns.opened, minlength=self.m + 1)
        closed = np.bincount(until, minlength=self.m + 1)
        return np.cumsum(opened - closed)[: self.m] > 0

    @cached_property
    def human_acts(self) -> np.ndarray:
        """What shows that a human looks after the ticket: a public message, a note that says something, handing it on.

        Edits of fields and statuses do not: they are done to many tickets at once. Nor does leaving it to nobody.
        """
        notes = self.is_message & ~self.is_public & (self.events["body_chars"] >= SAYS_SOMETHING)
        hands_on = (self.kind(Kind.assignee) | self.kind(Kind.group)) & (self.events["new"] != 0)
        return self.replies | (self.by_agent & (notes | hands_on))

    @cached_property
    def unattended(self) -> Parts:
        """Times between two acts of humans while the customer waited, from when they began to wait."""
        begins = self.is_waiting_after & self.human_acts
        begins[self.turns.opened] = True
        ends = self.human_acts.copy()
        ends[self.turns.closed[self.turns.closed != NOWHERE]] = True
        where = np.flatnonzero(begins)
        return Parts(self.events["ticket"][where], self.at(where), self.at(self.first_behind(ends, where)))

    @cached_property
    def first_assigned_at(self) -> np.ndarray:
        """When a person first had the ticket; its creation, if somebody had it from the beginning."""
        moves = self.kind(Kind.assignee)
        first = self.first(moves)
        initial = np.where(first == NOWHERE, self.tickets["assignee"], self._at_position(self.events["old"], first))
        created = self.tickets["created_at"]
        found = self.at(self.first(moves & (self.events["new"] != 0)))
        return np.where(initial != 0, created, np.where(found == NEVER, NEVER, np.maximum(found, created)))
