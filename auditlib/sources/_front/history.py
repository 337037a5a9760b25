"""One conversation's events and messages as events of the case log, in the order in which they happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from auditlib.caselog import rows
from auditlib.sources._front.people import AUTOMATION, UNKNOWN, Acting, Who, named
from auditlib.sources._front.shapes import Comment, Conversation, Event, Message, Recipient
from auditlib.sources._front.unsaid import about, as_meant, moves, notes, passed_on, went_out
from auditlib.sources._front.words import (
    ARCHIVED,
    ASSIGN,
    DELETED,
    GONE,
    INBOUND,
    MERGED,
    MOVE,
    OPEN,
    TRASH,
    UNASSIGN,
    WRITTEN,
    customer,
    second,
    ticket_of,
)
from auditlib.sources._shared.statuses import Statuses
from auditlib.sources._shared.text import plain

BEGIN, ROOM = -100, 2
"""The place of what it begins with, and places for each thing that follows, as it happened, to the millisecond."""


class Told:
    """The events of one conversation; `status` is its word of today."""

    def __init__(
        self,
        conversation: Conversation,
        status: str,
        events: Iterable[Event],
        comments: Mapping[str, Comment],
        messages: Iterable[Message],
        statuses: Statuses,
        acting: Acting,
        fields: Mapping[str, str],
    ) -> None:
        self._conversation, self._status, self._statuses, self._acting = conversation, status, statuses, acting
        log = sorted(events, key=placed)
        self.messages = sorted(went_out(list(messages), log), key=placed)
        self._log = sorted(as_meant(log, self.messages), key=placed)
        self._comments = notes(self._log, comments)
        self._moves = moves(self._log, status)
        self._forwarded = passed_on(self.messages, self._log, conversation)
        self.begun = self._beginning()
        self.events: list[rows.Event] = []
        self._now = {"status": self._first_status(), "assignee": "", "group": ""}
        self._is_gone = False
        self._begins(fields)
        happened: list[Message | Event] = [*self.messages, *self._log]
        for place, told in enumerate(sorted(happened, key=placed)):
            self._written(told, ROOM * place) if isinstance(told, Message) else self._read(told, ROOM * place)

    @property
    def adds_up(self) -> bool:
        """Whether what happened leads to what the conversation is today, and nobody's question was solved unseen."""
        was_asked = bool(self.messages) and self.messages[0].is_inbound
        if was_asked and self._first_status() != self._statuses.of(OPEN):
            return False
        if self._status == DELETED or self._is_gone:
            return self._is_gone == (self._status == DELETED)
        return self._now["status"] == self._statuses.of(self._status)

    @property
    def group(self) -> str | None:
        """The inbox in which it is now."""
        return self._now["group"] or None

    @property
    def asked(self) -> Recipient | None:
        """Whose it is: of whoever wrote first, or else of whom it is to."""
        wrote = next((message.sender for message in self.messages if message.is_inbound), None)
        to = next((told for message in self.messages[:1] for told in message.addressees), None)
        return wrote or self._conversation.recipient or to

    @property
    def opener(self) -> Who:
        """Whoever wrote the first message."""
        return self._author(self.messages[0]) if self.messages else UNKNOWN

    def _beginning(self) -> int:
        """Its creation; of one that others were merged into, or that was brought in answered, the oldest message."""
        created = second(self._conversation.created_at)
        older = [message for message in self.messages if second(message.created_at) < created]
        was_answered = len(older) > 1 and not all(message.is_inbound for message in older)
        if was_answered or any(event.type == MERGED for event in self._log):
            return min([created, *(second(message.created_at) for message in older)])
        return created

    def _first_status(self) -> str:
        """It begins open where something came in first; else as what it first became says, or it never moved."""
        first = next((event for event in self._log if event.type == INBOUND or event.id in self._moves), None)
        if first is None:
            return self._statuses.of(OPEN if self._status == DELETED else self._status)
        is_opened = first.type != INBOUND and self._moves[first.id] == OPEN
        return self._statuses.of(ARCHIVED if is_opened else OPEN)

    def _begins(self, fields: Mapping[str, str]) -> None:
        by = self.opener
        self._add(BEGIN, self.begun, "created", by)
        self._add(BEGIN + 1, self.begun, "status", by, new=self._now["status"])
        held = self._conversation.assignee
        # Who has held it since no event tells of, has held it from the beginning.
        if held is not None and not any(event.type in (ASSIGN, UNASSIGN) for event in self._log):
            self._now["assignee"] = held.id
            self._add(BEGIN + 2, self.begun, "assignee", by, new=held.id)
        if first := first_inbox(self._log, self._acting):
            self._now["group"] = first
            self._add(BEGIN + 3, self.begun, "group", by, new=first)
        for place, (ours, value) in enumerate(fields.items()):
            kind, new = ("topic", value) if ours == "topic" else ("field", f"{ours}={value}")
            self._add(BEGIN + 4 + place, self.begun, kind, by, new=new)

    def _read(self, event: Event, place: int) -> None:
        moment, by = max(self.begun, second(event.emitted_at)), self._acting.of(event)
        if event.id in self._comments:
            comment = self._comments[event.id]
            who = self._acting.teammate(comment.author) if comment.author else by
            self._add(place, moment, "message", who, is_public=False, body=comment.body)
        elif event.type in (ASSIGN, UNASSIGN):
            self._moved(place, moment, "assignee", by, _holder(event) if event.type == ASSIGN else "")
        elif event.type == MOVE:
            inbox = next(iter(self._acting.shared(event.target)), None)
            if inbox is not None:
                self._moved(place, moment, "group", by, inbox)
        elif event.id in self._moves:
            self._moved(place, moment, "status", by, self._statuses.of(self._moves[event.id]))
        elif event.type in GONE:
            self._gone(place, moment, GONE[event.type], by)
        elif event.type == INBOUND:
            self._answered(event, place, moment)

    def _answered(self, event: Event, place: int, moment: int) -> None:
        """What comes in opens what was archived or snoozed, and no event says so."""
        is_trashed_later = any(other.type == TRASH and placed(other) > placed(event) for other in self._log)
        if self._status != DELETED or is_trashed_later:
            self._gone(place, moment, "restored", self._sender(event))
        self._moved(place + 1, moment, "status", self._sender(event), self._statuses.of(OPEN))

    def _sender(self, event: Event) -> Who:
        """Whoever wrote the message that an event is about."""
        found = next((message for message in self.messages if message.id == about(event)), None)
        return self._author(found) if found else UNKNOWN

    def _gone(self, place: int, moment: int, kind: str, by: Who) -> None:
        if self._is_gone != (kind == "deleted"):
            self._is_gone = not self._is_gone
            self._add(place, moment, kind, by)

    def _written(self, message: Message, place: int) -> None:
        body = message.text if message.text is not None else plain(message.body, "text/html")
        # Nothing is written before the conversation is there: what was brought in with it began it.
        when = max(self.begun, second(message.created_at))
        is_public = message.type != "internal" and message.id not in self._forwarded
        self._add(place, when, "message", self._author(message), is_public=is_public, body=body)

    def _author(self, message: Message) -> Who:
        if message.is_inbound:
            who = customer(message.sender or self._conversation.recipient)
            return (who, None) if who else UNKNOWN
        return self._acting.teammate(message.author) if message.author else AUTOMATION

    def _moved(self, seq: int, moment: int, kind: str, by: Who, new: str) -> None:
        old, self._now[kind] = self._now[kind], new
        if old != new:
            self._add(seq, moment, kind, by, old=old or None, new=new or None)

    def _add(self, seq: int, moment: int, kind: str, by: Who, **more: Any) -> None:
        ticket = ticket_of(self._conversation.id)
        self.events.append(
            rows.Event(ticket=ticket, seq=seq, occurred_at=moment, kind=kind, actor=by[0], actor_class=by[1], **more)
        )


def first_inbox(log: Sequence[Event], acting: Acting) -> str | None:
    """The shared inbox in which it began: where its first message came in or went out."""
    found = (inbox for event in log if event.type in WRITTEN for inbox in acting.shared(event.source))
    return next(found, None)


def _holder(event: Event) -> str:
    holder = named(event.target)
    if holder is None:
        raise rows.BadRecord("an event of the type assign names no teammate, as Front's own do")
    return holder.id


def placed(told: Event | Message) -> tuple[float, bool, int, str]:
    """When something happened, and what was written before what that changed."""
    number = told.id.rpartition("_")[2]
    # Ids count upwards, in digits and letters.
    counted = int(number, 36) if number.isalnum() and number.isascii() else 0
    if isinstance(told, Event):
        return told.emitted_at, True, counted, told.id
    return told.created_at, False, counted, told.id
