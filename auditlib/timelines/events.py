"""The events of one bucket as columns, and positions in them.

A position is an index into the events; `NOWHERE` is the position of what is not there. First,
last, count and any are whole-array operations over the ticket boundaries.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, Protocol

import numpy as np

from auditlib.caselog.words import ActorClass, Kind, Marker
from auditlib.clocks import Roster
from auditlib.span import NEVER
from auditlib.timelines.agreements import Agreements
from auditlib.timelines.links import Links
from auditlib.timelines.policies import Policies

NOWHERE = np.iinfo(np.int64).max


class Units(Protocol):
    """What metrics are measured on: each unit's ticket (row) and its number within the ticket, from 1."""

    @property
    def ticket(self) -> np.ndarray: ...

    @property
    def number(self) -> np.ndarray: ...


@dataclass(frozen=True)
class Whole:
    """The tickets themselves as units."""

    ticket: np.ndarray
    number: np.ndarray


@dataclass(frozen=True)
class Events:
    """Tickets of one bucket and their events up to the watermark.

    tickets: key, created_at, requester, status, group, assignee, has_history, channel and
        whatever else describes them (arrays of length n); events: ticket (row of the ticket),
        occurred_at, kind, actor, actor_class, is_public, old, new, markers, body_chars (arrays of length m,
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
    policies: Policies = field(default_factory=Policies.none)
    agreements: Agreements = field(default_factory=Agreements.none)

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

    def units(self, of: str) -> Units:
        """The units of a kind, in (ticket, number) order: the tickets, or what the verb of that name gives."""
        if of == "ticket":
            return Whole(np.arange(self.n), np.zeros(self.n, np.int64))
        found: Units = getattr(self, f"{of}s")
        return found

    @cached_property
    def creation_ends(self) -> np.ndarray:
        """Position of the last event in the second of each ticket's first: what came with its creation."""
        return self._end_of_second(self.starts[:-1]) - 1

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

    # first, last, count

    def first(self, mask: np.ndarray, after: np.ndarray | None = None) -> np.ndarray:
        """Position of each ticket's first such event, behind the position `after` if given; length n."""
        places, of = self._places(mask)
        if after is not None:
            behind = places > after[of]
            places, of = places[behind], of[behind]
        found = np.full(self.n, NOWHERE)
        found[of[::-1]] = places[::-1]  # of several the one that is written last stays
        return found

    def first_behind(self, mask: np.ndarray, position: np.ndarray) -> np.ndarray:
        """For each position, that of the next such event behind it in the same ticket, or NOWHERE."""
        found = self._next(mask, position + 1)
        return np.where(found < self.starts[1:][self.events["ticket"][position]], found, NOWHERE)

    def last(self, mask: np.ndarray, before: np.ndarray | None = None) -> np.ndarray:
        """Position of each ticket's last such event, ahead of the position `before` if given; length n."""
        places, of = self._places(mask)
        if before is not None:
            ahead = places < before[of]
            places, of = places[ahead], of[ahead]
        found = np.full(self.n, NOWHERE)
        found[of] = places  # of several the one that is written last stays
        return found

    def count(self, mask: np.ndarray) -> np.ndarray:
        """How many such events each ticket has; length n."""
        return np.bincount(self.events["ticket"][mask], minlength=self.n).astype(np.int64)

    def any(self, mask: np.ndarray) -> np.ndarray:
        return self.count(mask) > 0

    def at(self, position: np.ndarray) -> np.ndarray:
        """The moment of a position; NEVER for NOWHERE."""
        return self._moments[np.minimum(position, self.m)]

    def is_at(self, mask: np.ndarray, position: np.ndarray) -> np.ndarray:
        """Whether such an event stands at each position; False for NOWHERE."""
        return self._at_position(mask, position)

    def value_at(self, column: str, position: np.ndarray) -> np.ndarray:
        """What the event at each position has in a column, such as its actor; 0 for NOWHERE."""
        return self._at_position(self.events[column], position)

    # how it is done

    def _places(self, mask: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Where such events stand, and of which ticket each is."""
        places = np.flatnonzero(mask)
        return places, self.events["ticket"][places]

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
        """Whether the creator's own message stands in that second, or the customer's whom an agent wrote down."""
        actor, of = self.events["actor"], self.events["ticket"]
        ends = self._end_of_second(created)
        creator, is_agent = np.zeros(self.n, actor.dtype), np.zeros(self.n, bool)
        creator[of[created]], is_agent[of[created]] = actor[created], self.by_agent[created]
        whose = (actor == creator[of]) | (self.by_customer & is_agent[of])
        theirs = np.append(0, np.cumsum(message & whose))
        return theirs[ends] - theirs[created] > 0
