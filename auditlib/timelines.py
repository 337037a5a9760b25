"""The case log as columns: the verbs in which metrics are written.

`Timelines` holds the events of one bucket in (ticket, time, sequence) order with the ticket
boundaries, cut at the watermark: first, last, count, any, turns and solves are whole-array
operations. A position is an index into the events; `NOWHERE` is the position of what is not
there. Nothing here loops over tickets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np

from auditlib.caselog.words import ActorClass, Kind, Marker, Status
from auditlib.clocks import Roster
from auditlib.span import NEVER, Reason, Span, State

NOWHERE = np.iinfo(np.int64).max
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


@dataclass(frozen=True)
class Links:
    """Later tickets of the same customer about the same issue, per earlier ticket of this bucket."""

    ticket: np.ndarray
    solved_at: np.ndarray
    came_back_at: np.ndarray

    @classmethod
    def none(cls) -> Links:
        nothing = np.zeros(0, np.int64)
        return cls(nothing, nothing, nothing)


@dataclass(frozen=True)
class Timelines:
    """Tickets of one bucket and their events up to the watermark.

    tickets: key, created_at, requester, status, group, assignee, has_history, channel and
        whatever else describes them (arrays of length n); events: ticket (row of the ticket),
        occurred_at, kind, actor, actor_class, is_public, old, new, markers (arrays of length m,
        in (ticket, time, sequence) order); `cut`: per ticket the watermark of its source;
    `mature_until`: the watermark of every source that could hold a repeat.
    """

    tickets: Mapping[str, np.ndarray]
    events: Mapping[str, np.ndarray]
    cut: np.ndarray
    rosters: Mapping[str, Roster]
    """business and promised hours; calendar time needs none."""
    schedule_mode: Literal["cumulative", "last"] = "cumulative"
    mature_until: int = 0
    links: Links = field(default_factory=Links.none)

    @property
    def n(self) -> int:
        return len(self.tickets["key"])

    @property
    def m(self) -> int:
        return len(self.events["ticket"])

    @cached_property
    def starts(self) -> np.ndarray:
        """Position of each ticket's first event; length n + 1, so that the next one ends it."""
        return np.searchsorted(self.events["ticket"], np.arange(self.n + 1))

    # what an event is

    def kind(self, kind: Kind) -> np.ndarray:
        return self.events["kind"] == kind

    def marked(self, marker: Marker) -> np.ndarray:
        return (self.events["markers"] & marker) != 0

    @cached_property
    def is_public(self) -> np.ndarray:
        return self.events["is_public"].astype(bool)

    @cached_property
    def is_message(self) -> np.ndarray:
        """Messages, and the description written at creation where the source keeps no row for it."""
        created = np.flatnonzero(self.kind(Kind.created))
        message = self.kind(Kind.message)
        described = self._has_message_at(created, message)
        found = message.copy()
        found[created[~described]] = True
        return found

    @cached_property
    def by_customer(self) -> np.ndarray:
        """The requester, or somebody else on the customer's side."""
        actor = self.events["actor_class"]
        return (actor == ActorClass.customer) | (actor == ActorClass.customer_side)

    @cached_property
    def by_agent(self) -> np.ndarray:
        """A human agent, as of that moment."""
        return self.events["actor_class"] == ActorClass.agent

    @cached_property
    def by_bot(self) -> np.ndarray:
        return self.events["actor_class"] == ActorClass.bot

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

    # first, last, count

    def first(self, mask: np.ndarray, after: np.ndarray | None = None) -> np.ndarray:
        """Position of each ticket's first such event, behind the position `after` if given; length n."""
        begin = self.starts[:-1] if after is None else np.where(after == NOWHERE, self.m, after) + 1
        found = self._next(mask, begin)
        return np.where(found < self.starts[1:], found, NOWHERE)

    def first_behind(self, mask: np.ndarray, position: np.ndarray) -> np.ndarray:
        """For each position, that of the next such event behind it in the same ticket, or NOWHERE."""
        found = self._next(mask, position + 1)
        return np.where(found < self.starts[1:][self.events["ticket"][position]], found, NOWHERE)

    def last(self, mask: np.ndarray, before: np.ndarray | None = None) -> np.ndarray:
        """Position of each ticket's last such event, ahead of the position `before` if given; length n."""
        end = self.starts[1:] if before is None else np.minimum(before, self.starts[1:])
        found = self._previous(mask, end)
        return np.where(found >= self.starts[:-1], found, NOWHERE)

    def count(self, mask: np.ndarray) -> np.ndarray:
        """How many such events each ticket has; length n."""
        return np.bincount(self.events["ticket"][mask], minlength=self.n).astype(np.int64)

    def any(self, mask: np.ndarray) -> np.ndarray:
        return self.count(mask) > 0

    def at(self, position: np.ndarray) -> np.ndarray:
        """The moment of a position; NEVER for NOWHERE."""
        return self._moments[np.minimum(position, self.m)]

    # the ticket's life

    @cached_property
    def is_opened_by_agent(self) -> np.ndarray:
        """Written down by an agent: the creator is not the customer."""
        created = self.first(self.kind(Kind.created))
        return self._at_position(self.by_agent, created)

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
    def is_outbound(self) -> np.ndarray:
        """Opened by an agent, not on a phone or at a counter, and the customer never wrote."""
        return self.is_opened_by_agent & ~self.is_voice & (self.first_ask == NOWHERE)

    @cached_property
    def began_at(self) -> np.ndarray:
        """When the clocks start: creation, or the customer's first message if an agent opened it.

        A merged ticket starts with its oldest member: its members' messages are in its own timeline.
        """
        asked = self.at(self.first_ask)
        own = np.minimum(self.tickets["created_at"], asked)
        return np.where(self.is_opened_by_agent & (asked != NEVER), asked, own)

    @cached_property
    def status(self) -> np.ndarray:
        """The status at the watermark."""
        now = self._at_position(self.events["new"], self.last(self.kind(Kind.status)))
        gone = self._at_position(self.kind(Kind.deleted), self.last_status_change)
        known = np.where(now > 0, now, np.where(self.tickets["has_history"], Status.new, self.tickets["status"]))
        return np.where(gone, Status.deleted, known)

    @cached_property
    def last_status_change(self) -> np.ndarray:
        """Position of the last change of status, deletion or restoration; of the creation without any."""
        changed = self.last(self.kind(Kind.status) | self.kind(Kind.deleted) | self.kind(Kind.restored))
        return np.where(changed == NOWHERE, self.first(self.kind(Kind.created)), changed)

    @cached_property
    def is_done(self) -> np.ndarray:
        return self._is_done(self.status)

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
    def is_reopen_by_customer(self) -> np.ndarray:
        """Per event: a reopening with a customer's message since the solve that says more than thanks.

        The message may stand in the same second as the reopening, in whatever order.
        """
        said = np.append(0, np.cumsum(self.asks))
        here = np.flatnonzero(self.reopens)
        solved = self._previous(self.solves, here)
        behind = self._end_of_second(here)
        found = np.zeros(self.m, bool)
        since = np.where(solved < 0, here, solved)
        found[here] = said[behind] - said[np.minimum(since, self.m - 1) + 1] > 0
        return found

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
        thanks = self.is_said & self.marked(Marker.gratitude)
        said = np.append(0, np.cumsum(thanks))
        here = np.flatnonzero(self.reopens)
        since = np.maximum(self._previous(self.solves, here), 0)
        found = np.zeros(self.m, bool)
        found[here] = (said[self._end_of_second(here)] - said[since] > 0) & ~self.is_reopen_by_customer[here]
        return found

    @cached_property
    def turns(self) -> Turns:
        """Every time that a customer waited, in (ticket, time) order.

        A turn opens at the first unanswered message and is not reset by further ones; a public
        human reply answers it, a solve or close ends it unanswered.
        """
        ends = self.replies | self._ends_waiting
        open_or_end = self.asks | ends
        relevant = np.flatnonzero(open_or_end)
        ticket = self.events["ticket"][relevant]
        follows_ask = np.append(False, self.asks[relevant][:-1] & (ticket[1:] == ticket[:-1]))
        # An unanswered message still waits if the event before it in its ticket was one too.
        opened = relevant[self.asks[relevant] & ~follows_ask]
        of = self.events["ticket"][opened]
        closed = self.first_behind(ends, opened)
        number = np.arange(len(opened)) - np.searchsorted(of, of) + 1
        return Turns(of, number, opened, closed, self._at_position(self.replies, closed))

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

    def followed_solve_at(self, window_seconds: int) -> np.ndarray:
        """Per ticket the first solve after which the customer came back about it within the window; else NEVER."""
        links = self.links
        soon = links.came_back_at - links.solved_at <= window_seconds
        found = np.full(self.n, NEVER)
        np.minimum.at(found, links.ticket[soon], links.solved_at[soon])
        return found

    # moments into spans

    def span(self, began: np.ndarray, ended: np.ndarray, clock: str, ticket: np.ndarray | None = None) -> Span:
        """Durations between two moments per ticket (or per unit, with each unit's ticket) on a clock.

        calendar, business or promised. A duration that never began is not applicable; one that
        has not ended is waiting; one without a known schedule is unmeasurable on business clocks.
        """
        of = np.arange(self.n) if ticket is None else ticket
        began, ended = np.asarray(began, np.int64), np.asarray(ended, np.int64)
        has_begun, has_ended = began != NEVER, (began != NEVER) & (ended != NEVER)
        state = np.where(has_ended, State.observed, np.where(has_begun, State.waiting, State.not_applicable))
        seconds, known = self._elapsed(of[has_ended], began[has_ended], ended[has_ended], clock)
        minutes = np.full(len(began), np.nan)
        minutes[has_ended] = np.where(known, seconds / 60.0, np.nan)
        span = Span(minutes, state.astype(np.int8), np.zeros(len(began), np.int8), began, ended)
        if clock != "calendar":
            unscheduled = np.zeros(len(began), bool)
            # What ended with its schedules known began with one; only the last schedule alone does not tell.
            asked = has_begun if self.schedule_mode == "last" else has_begun & ~has_ended
            unscheduled[asked] = ~self._elapsed(of[asked], began[asked], began[asked], clock)[1]
            unscheduled[has_ended] |= ~known
            span = span.unmeasurable(unscheduled, Reason.no_schedule)
        return span.unmeasurable(~self.tickets["has_history"][of], Reason.no_history)

    def running_minutes(self, span: Span, clock: str, ticket: np.ndarray | None = None) -> np.ndarray:
        """How long what has not ended runs at the watermark; NaN for everything else."""
        of = np.arange(self.n) if ticket is None else ticket
        runs = (span.state == State.waiting) | (span.state == State.closed_unanswered)
        runs &= span.began != NEVER
        seconds, known = self._elapsed(
            of[runs], span.began[runs], np.maximum(self.cut[of[runs]], span.began[runs]), clock
        )
        minutes = np.full(len(of), np.nan)
        minutes[runs] = np.where(known, seconds / 60.0, np.nan)
        return minutes

    def group_at(self, position: np.ndarray, ticket: np.ndarray | None = None) -> np.ndarray:
        """Surrogate of the group that held the ticket just after a position; the present one without history."""
        return self._held_at(Kind.group, self.tickets["group"], position, ticket)

    def assignee_at(self, position: np.ndarray, ticket: np.ndarray | None = None) -> np.ndarray:
        """Surrogate of the person who had the ticket just after a position; 0 for nobody."""
        return self._held_at(Kind.assignee, self.tickets["assignee"], position, ticket)

    # how it is done

    def _elapsed(
        self, ticket: np.ndarray, began: np.ndarray, until: np.ndarray, clock: str
    ) -> tuple[np.ndarray, np.ndarray]:
        if clock == "calendar":
            return until - began, np.ones(len(began), bool)
        if clock not in self.rosters:
            return np.zeros(len(began), np.int64), np.zeros(len(began), bool)
        return self.rosters[clock].seconds(ticket, began, until, self.schedule_mode)

    def _held_at(self, kind: Kind, now: np.ndarray, position: np.ndarray, ticket: np.ndarray | None) -> np.ndarray:
        of = np.arange(self.n) if ticket is None else ticket
        moves = self.kind(kind)
        before = self._previous(moves, np.minimum(position, self.m - 1) + 1)
        held = self._at_position(self.events["new"], np.where(before < 0, NOWHERE, before))
        first = self.first(moves)[of]
        initial = self._at_position(self.events["old"], first)
        return np.where(before >= self.starts[:-1][of], held, np.where(first == NOWHERE, now[of], initial))

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
    def _ends_waiting(self) -> np.ndarray:
        """Changes into solved or closed: they end a wait without an answer, also from solved to closed."""
        done = self._is_done(self.events["new"]) & self.kind(Kind.status)
        return (done & (self._status_before != self.events["new"])) | self.kind(Kind.deleted)

    def _is_done(self, status: np.ndarray) -> np.ndarray:
        return (status == Status.solved) | (status == Status.closed)

    def _next(self, mask: np.ndarray, position: np.ndarray) -> np.ndarray:
        """For each position, the first such event there or later, or m."""
        places = np.flatnonzero(mask)
        return np.append(places, self.m)[np.searchsorted(places, position)]

    def _previous(self, mask: np.ndarray, position: np.ndarray) -> np.ndarray:
        """For each position, the last such event ahead of it, or -1."""
        places = np.flatnonzero(mask)
        return np.append(-1, places)[np.searchsorted(places, position)]

    def _at_position(self, values: np.ndarray, position: np.ndarray) -> np.ndarray:
        """Each position's value; False or 0 for NOWHERE."""
        if not self.m:
            return np.zeros(len(position), values.dtype)
        return np.where(position < self.m, values[np.minimum(position, self.m - 1)], values.dtype.type(0))

    @cached_property
    def _moments(self) -> np.ndarray:
        """When each event happened, and NEVER past the end."""
        return np.append(self.events["occurred_at"], NEVER)

    @cached_property
    def _begins_second(self) -> np.ndarray:
        """Whether each event is the first of its ticket and second."""
        changes = np.ones(self.m, bool)
        at, ticket = self.events["occurred_at"], self.events["ticket"]
        changes[1:] = (at[1:] != at[:-1]) | (ticket[1:] != ticket[:-1])
        return changes

    def _end_of_second(self, position: np.ndarray) -> np.ndarray:
        """The first position behind the events of the same ticket and second."""
        return self._next(self._begins_second, position + 1)

    def _has_message_at(self, created: np.ndarray, message: np.ndarray) -> np.ndarray:
        """Whether the creator's own message stands in the second of creation."""
        actor = self.events["actor"]
        ends = self._end_of_second(created)
        creator = np.zeros(self.n, actor.dtype)
        creator[self.events["ticket"][created]] = actor[created]
        theirs = np.append(0, np.cumsum(message & (actor == creator[self.events["ticket"]])))
        return theirs[ends] - theirs[created] > 0
