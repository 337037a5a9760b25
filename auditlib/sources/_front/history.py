"""One conversation's events and messages as events of the case log, in the order in which they happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from auditlib.caselog import rows
from auditlib.sources._front.people import AUTOMATION, UNKNOWN, Acting, Who, named
from auditlib.sources._front.shapes import Comment, Conversation, Event, Message
from auditlib.sources._front.words import (
    ARCHIVE,
    ARCHIVED,
    ASSIGN,
    DELETED,
    FORWARD,
    GONE,
    INBOUND,
    MERGED,
    MOVE,
    MOVES,
    OPEN,
    REMINDER,
    SNOOZED,
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
        self._log = sorted(events, key=placed)
        self._comments = _once(self._log, comments)
        self.messages = sorted((m for m in messages if m.was_written), key=placed)
        self._moves, self._forwarded = _moves(self._log), _forwarded(self._log)
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
        """Whether what happened leads to what the conversation is today."""
        if self._status == DELETED or self._is_gone:
            return self._is_gone == (self._status == DELETED)
        return self._now["status"] == self._statuses.of(self._status)

    @property
    def group(self) -> str | None:
        """The inbox in which it is now."""
        return self._now["group"] or None

    @property
    def opener(self) -> Who:
        """Whoever wrote the first message."""
        return self._author(self.messages[0]) if self.messages else UNKNOWN

    def _beginning(self) -> int:
        """Its creation; of one that others were merged into, the oldest message of all."""
        created = second(self._conversation.created_at)
        if self.messages and any(event.type == MERGED for event in self._log):
            return min(created, second(self.messages[0].created_at))
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
        if self._status != DELETED:
            self._gone(place, moment, "restored", self._sender(event))
        self._moved(place + 1, moment, "status", self._sender(event), self._statuses.of(OPEN))

    def _sender(self, event: Event) -> Who:
        """Whoever wrote the message that an event is about."""
        number = event.target.data.get("id") if event.target and isinstance(event.target.data, dict) else None
        found = next((message for message in self.messages if message.id == number), None)
        return self._author(found) if found else UNKNOWN

    def _gone(self, place: int, moment: int, kind: str, by: Who) -> None:
        if self._is_gone != (kind == "deleted"):
            self._is_gone = not self._is_gone
            self._add(place, moment, kind, by)

    def _written(self, message: Message, place: int) -> None:
        body = message.text if message.text is not None else plain(message.body, "text/html")
        is_forwarded = not message.is_inbound and message.id in self._forwarded
        # Nothing is written before the conversation is there: what was brought in with it began it.
        when = max(self.begun, second(message.created_at))
        is_public = message.type != "internal" and not is_forwarded
        self._add(place, when, "message", self._author(message), is_public=is_public, body=body)

    def _author(self, message: Message) -> Who:
        if message.is_inbound:
            who = customer(message.sender)
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


def _once(log: Sequence[Event], comments: Mapping[str, Comment]) -> dict[str, Comment]:
    """The comments by the event that tells each first: one that mentions somebody is told twice."""
    found: dict[str, Comment] = {}
    seen = set[str]()
    for event in log:
        comment = comments.get(event.id)
        if comment is not None and comment.id not in seen:
            seen.add(comment.id)
            found[event.id] = comment
    return found


def _forwarded(log: Sequence[Event]) -> set[str]:
    return {
        str(event.target.data.get("id"))
        for event in log
        if event.type == FORWARD and event.target and isinstance(event.target.data, dict)
    }


def _moves(log: Sequence[Event]) -> dict[str, str]:
    """The status from each event on that tells one. What is archived by a reminder, or along with it, is snoozed."""
    snoozes = [e for e in log if e.type == ARCHIVE and e.source and e.source.type == REMINDER]
    seconds, numbers = {second(e.emitted_at) for e in snoozes}, {e.id for e in snoozes}
    return {
        event.id: SNOOZED if event.id in numbers else MOVES[event.type]
        for event in log
        if event.type in MOVES
        and not (event.type == ARCHIVE and event.id not in numbers and second(event.emitted_at) in seconds)
    }
