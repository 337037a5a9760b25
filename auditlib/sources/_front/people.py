"""Who acts in Front: colleagues, what acts by itself, and customers, who are known by their contact or address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

import msgspec

from auditlib.caselog.rows import Person, Row
from auditlib.sources._front.shapes import Conversation, End, Event, Inbox, Links, Message, Recipient, Teammate
from auditlib.sources._front.words import (
    AUTOMATA,
    MAILBOXES,
    PROGRAMS,
    REMINDER,
    class_of,
    customer,
    last_part,
)
from auditlib.sources._shared.identities import identities

Who = tuple[str | None, str | None]
AUTOMATION: Who = (None, "automation")
UNKNOWN: Who = (None, "unknown")
TEAMMATE, INBOXES = "teammate", "inboxes"
Shape = TypeVar("Shape", bound=msgspec.Struct)


class Reminded(msgspec.Struct, kw_only=True):
    """A reminder as the source of an event."""

    links: Links | None = msgspec.field(name="_links", default=None)


class Acting:
    """Who did what an event or a message tells; `bots` are addresses and ids, in small letters."""

    def __init__(self, teammates: Iterable[Teammate], inboxes: Iterable[Inbox], bots: frozenset[str]) -> None:
        self._known = {told.id: told for told in teammates}
        self.bots = bots
        self.inboxes = {inbox.id: inbox.name or inbox.id for inbox in inboxes if not inbox.is_private}
        """The inboxes that a team shares: everybody's own are nobody else's business."""

    def teammate(self, told: Teammate | None) -> Who:
        """A colleague, or the program that writes as one."""
        if told is None:
            return UNKNOWN
        # A record that stands in another one may be shorter than that of the list.
        known = told if told.type else self._known.get(told.id, told)
        if known.type in AUTOMATA:
            return AUTOMATION
        return told.id, class_of(known, self.bots)

    def of(self, event: Event) -> Who:
        """Whoever caused an event."""
        kind = event.source.type if event.source else ""
        if kind == TEAMMATE:
            return self.teammate(named(event.source))
        if kind == REMINDER and event.type != REMINDER:
            told = read(event.source.data if event.source else None, Reminded)
            owner = last_part(told.links.related.owner if told and told.links and told.links.related else None)
            return self.teammate(self._known.get(owner)) if owner in self._known else AUTOMATION
        if kind in MAILBOXES:
            return None, "agent"
        return AUTOMATION if kind in PROGRAMS else UNKNOWN

    def shared(self, end: End | None) -> list[str]:
        """The shared inboxes that an event names."""
        if end is None or end.type != INBOXES:
            return []
        told = end.data if isinstance(end.data, list) else [end.data]
        found = [inbox for one in told if (inbox := read(one, Inbox))]
        return [inbox.id for inbox in found if inbox.id in self.inboxes]


def named(end: End | None) -> Teammate | None:
    """The teammate that an event names."""
    return read(end.data, Teammate) if end is not None and end.type == TEAMMATE else None


def read(told: Any, shape: type[Shape]) -> Shape | None:
    """A record that stands within another one; nothing where it is none."""
    try:
        return msgspec.convert(told, shape)
    except msgspec.ValidationError:
        return None


class People:
    """Whoever is met in the conversations of a chunk."""

    def __init__(self, acting: Acting, teammates: Iterable[Teammate]) -> None:
        self._acting = acting
        self._team = {told.id: told for told in teammates}
        self._customers: dict[tuple[str, str], Recipient] = {}

    def meet(
        self,
        conversation: Conversation,
        asked: Recipient | None,
        messages: Iterable[Message],
        others: Iterable[Teammate | None],
    ) -> None:
        """Notes who is named in a conversation: also who has left, and programs that no list shows."""
        senders = [message.sender for message in messages if message.is_inbound]
        for told in filter(None, (conversation.recipient, asked, *senders)):
            if key := customer(told):
                # A contact is reached in several ways: whatever is read together, each of them is told.
                known_by = key, (told.handle or "").strip().lower()
                self._customers.pop(known_by, None)
                self._customers[known_by] = told
        for colleague in (conversation.assignee, *(message.author for message in messages), *others):
            if colleague is not None:
                self._team.setdefault(colleague.id, colleague)

    def rows(self) -> Iterator[Row]:
        """Everybody with what they are known by."""
        for key, told in self._team.items():
            address = told.email.lower() if told.email else None
            is_machine = class_of(told, self._acting.bots) is not None
            yield Person(
                person=key, role="bot" if is_machine else "agent", name=told.name, email=address,
                is_active=not told.is_blocked,
            )  # fmt: skip
            yield from identities(key, "email", address, is_verified=True)
        yield from _of_customers(self._customers)


def _of_customers(customers: Mapping[tuple[str, str], Recipient]) -> Iterator[Row]:
    for (key, handle), told in customers.items():
        address = handle if "@" in handle.strip("@") else None
        yield Person(person=key, role="customer", name=told.name or None, email=address)
        yield from identities(key, "email", address, is_verified=True)
        if handle.startswith("+"):
            # Front knows no more of a number than that something came from it.
            yield from identities(key, "phone", handle, is_verified=False)
