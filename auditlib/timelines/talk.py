"""What customers and agents say to each other: asking, replying, turns, and reopening by writing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from auditlib.caselog.words import ActorClass, Kind, Marker
from auditlib.span import NEVER, Span, State
from auditlib.timelines.events import NOWHERE
from auditlib.timelines.statuses import Statuses

VOICE = ("phone", "voice", "counter")
LIVE = ("chat", "messaging")
FLIP_SECONDS = 5 * 60


@dataclass(frozen=True)
class Turns:
    """Times that customers waited: from the first unanswered message to the human reply that ended it."""

    ticket: np.ndarray
    number: np.ndarray
    opened: np.ndarray
    closed: np.ndarray
    """Positions of the message and of what ended the wait (NOWHERE while it lasts)."""
    is_answered: np.ndarray

    def __len__(self) -> int:
        return len(self.ticket)


class Talk(Statuses):
    """Messages between a customer and those who answer, and how a case begins."""

    @cached_property
    def is_said(self) -> np.ndarray:
        """Messages from the customer's side."""
        return self.is_message & self.by_customer

    @cached_property
    def asks(self) -> np.ndarray:
        """Messages from the customer's side that say more than thanks."""
        return self.is_said & ~self.marked(Marker.gratitude)

    @cached_property
    def replies(self) -> np.ndarray:
        """Public messages by human agents; whether they answer depends on what came before."""
        return self.is_message & self.by_agent & self.is_public

    @cached_property
    def notes(self) -> np.ndarray:
        """Messages by human agents that customers cannot see."""
        return self.is_message & self.by_agent & ~self.is_public

    @cached_property
    def is_opened_by_agent(self) -> np.ndarray:
        """Begun by an agent in their own words; what they only passed on is the customer's from the first second."""
        created = self.first(self.kind(Kind.created))
        return self._at_position(self.by_agent, created) & self._came_with_creation(self.is_message & self.by_agent)

    @cached_property
    def is_opened_by_machine(self) -> np.ndarray:
        """Begun by a bot, a rule or the helpdesk; a customer's message that they entered is the customer's."""
        created, of = self.first(self.kind(Kind.created)), self.events["actor_class"]
        by_machine = np.isin(self._at_position(of, created), (ActorClass.bot, ActorClass.automation, ActorClass.system))
        return by_machine & ~self._came_with_creation(self.is_said)

    def _came_with_creation(self, mask: np.ndarray) -> np.ndarray:
        """Per ticket whether such an event stands in the second of its creation; what was merged into it is older."""
        places, of = self._places(mask)
        created_at = self.at(self.first(self.kind(Kind.created)))
        at_once = self.events["occurred_at"][places] == created_at[of]
        return np.bincount(of[at_once], minlength=self.n) > 0

    @cached_property
    def is_opened_by_us(self) -> np.ndarray:
        """Begun by an agent or a machine: the customer's case begins when they write."""
        return self.is_opened_by_agent | self.is_opened_by_machine

    @cached_property
    def is_voice(self) -> np.ndarray:
        return np.isin(self.tickets["channel"], VOICE)

    @cached_property
    def is_live(self) -> np.ndarray:
        return np.isin(self.tickets["channel"], LIVE)

    @cached_property
    def first_ask(self) -> np.ndarray:
        """The customer's first message; it counts even if it only thanks, since it began the case."""
        return self.first(self.is_said)

    @cached_property
    def first_reply(self) -> np.ndarray:
        """The first public reply by a human after the customer's first message."""
        return self.first(self.replies, after=self.first_ask)

    @cached_property
    def first_substantive_reply(self) -> np.ndarray:
        """The first such reply that does more than say that the request was received."""
        return self.first(self.replies & ~self.marked(Marker.acknowledgement), after=self.first_ask)

    def or_closed_unanswered(self, waited: Span) -> Span:
        """Waits of tickets: those that last although the ticket is solved or closed were closed unanswered."""
        return waited.where(~((waited.state == State.waiting) & self.is_done), State.closed_unanswered)

    @cached_property
    def is_contact(self) -> np.ndarray:
        """Brought up by the customer: written by them, or written down when they called or came."""
        return ~self.is_opened_by_agent | self.is_voice

    @cached_property
    def repliers(self) -> np.ndarray:
        """Per ticket how many human agents wrote to the customer."""
        where = np.flatnonzero(self.replies)
        pairs = np.unique(np.column_stack([self.events["ticket"][where], self.events["actor"][where]]), axis=0)
        return np.bincount(pairs[:, 0], minlength=self.n)

    @cached_property
    def is_outbound(self) -> np.ndarray:
        """Opened by an agent, not on a phone or at a counter, and the customer never wrote."""
        return self.is_opened_by_agent & ~self.is_voice & (self.first_ask == NOWHERE)

    @cached_property
    def is_by_machine(self) -> np.ndarray:
        """Opened by a bot, a rule or the helpdesk, not on a phone or at a counter, and the customer never wrote."""
        return self.is_opened_by_machine & ~self.is_voice & (self.first_ask == NOWHERE)

    @cached_property
    def began_at(self) -> np.ndarray:
        """When the clocks start: creation, or the customer's first message if an agent or a machine opened it.

        A merged ticket starts with its oldest member: its members' messages are in its own timeline.
        """
        asked = self.at(self.first_ask)
        own = np.minimum(self.tickets["created_at"], asked)
        return np.where(self.is_opened_by_us & (asked != NEVER), asked, own)

    @cached_property
    def turns(self) -> Turns:
        """Every time that a customer waited, in (ticket, time) order.

        A turn opens at the first unanswered message and is not reset by further ones; a public
        human reply answers it, a solve or close ends it unanswered.
        """
        opened = np.flatnonzero(self.opens_turn)
        of = self.events["ticket"][opened]
        closed = self.first_behind(self.ends_turn, opened)
        number = np.arange(len(opened)) - np.searchsorted(of, of) + 1
        return Turns(of, number, opened, closed, self._at_position(self.replies, closed))

    @cached_property
    def opens_turn(self) -> np.ndarray:
        """Messages with which a customer began to wait: nothing unanswered stands before them."""
        relevant = np.flatnonzero(self.asks | self.ends_turn)
        ticket = self.events["ticket"][relevant]
        follows_ask = np.append(False, self.asks[relevant][:-1] & (ticket[1:] == ticket[:-1]))
        # An unanswered message still waits if the event before it in its ticket was one too.
        found = np.zeros(self.m, bool)
        found[relevant] = self.asks[relevant] & ~follows_ask[: len(relevant)]
        return found

    @cached_property
    def ends_turn(self) -> np.ndarray:
        """What ends a customer's wait: a public human reply, a solve, a close or a deletion."""
        return self.replies | self._ends_waiting

    @cached_property
    def answers(self) -> np.ndarray:
        """Public human replies after a customer's message; in a live session a run of them is one."""
        begun = np.append(0, np.cumsum(self.is_said))[:-1]
        at_start = np.append(begun, 0)[np.minimum(self.starts[:-1], self.m)]
        answering = self.replies & (begun > at_start[self.events["ticket"]])
        talk = np.flatnonzero(answering | self.is_said)
        ticket = self.events["ticket"][talk]
        again = np.append(False, answering[talk][:-1] & (ticket[1:] == ticket[:-1]))
        found = answering.copy()
        found[talk[again & self.is_live[ticket]]] = False
        return found

    # reopening

    def reopens_after(self, said: np.ndarray) -> np.ndarray:
        """Per event: a reopening with such a message since the solve.

        The message may stand in the same second as the reopening, in whatever order.
        """
        before = np.append(0, np.cumsum(said))
        here = np.flatnonzero(self.reopens)
        solved = self._previous(self.solves, here)
        # What was solved before its history begins has no solve; the one before it is another ticket's.
        since = np.where(solved < self.starts[:-1][self.events["ticket"][here]], here, solved)
        found = np.zeros(self.m, bool)
        found[here] = before[self._end_of_second(here)] - before[since + 1] > 0
        return found

    @cached_property
    def is_reopen_by_customer(self) -> np.ndarray:
        """Per event: a reopening with a customer's message since the solve that says more than thanks."""
        return self.reopens_after(self.asks)

    @cached_property
    def is_flip(self) -> np.ndarray:
        """Per event: a reopening without the customer that was solved again within five minutes."""
        here = np.flatnonzero(self.reopens)
        solved = self.first_behind(self.solves, here)
        quick = (solved != NOWHERE) & (self.at(solved) - self.at(here) <= FLIP_SECONDS)
        found = np.zeros(self.m, bool)
        found[here] = quick & ~self.is_reopen_by_customer[here] & self.by_agent[here]
        return found

    @cached_property
    def is_thanks_only_reopen(self) -> np.ndarray:
        """Per event: a reopening that the customer caused by thanking."""
        return self.reopens_after(self.is_said & self.marked(Marker.gratitude)) & ~self.is_reopen_by_customer

    @cached_property
    def _ends_waiting(self) -> np.ndarray:
        """Changes into solved or closed: they end a wait without an answer, also from solved to closed."""
        done = self._is_done(self.events["new"]) & self.kind(Kind.status)
        return (done & (self._status_before != self.events["new"])) | self.kind(Kind.deleted)
