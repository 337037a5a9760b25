"""What Front's events leave to be understood: what was snoozed, what was passed on, and what never went out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from auditlib.sources._front.people import named
from auditlib.sources._front.shapes import Comment, Conversation, Event, Message, Recipient
from auditlib.sources._front.words import (
    ARCHIVE,
    COMMENTS,
    FORWARD,
    INBOUND,
    MOVES,
    REMINDER,
    SENDING_ERROR,
    SNOOZED,
    WRITTEN,
    customer,
)

ONE_ACT = 1.0
"""Seconds within which two events are one act of one person."""
TO_UNDO = 60.0
"""Seconds within which a message can be held back, at most: https://dev.frontapp.com/reference/channels"""
PASSED_ON = 60.0
"""Seconds between a message that is passed on and the event that says so, at most."""


def as_meant(log: Sequence[Event], messages: Sequence[Message]) -> Iterator[Event]:
    """The events; what somebody archives while their own message can still be held back, is archived as it goes out."""
    for event in log:
        by = named(event.source) if event.type == ARCHIVE else None
        sent = [m.created_at for m in messages if not m.is_inbound and by and m.author and m.author.id == by.id]
        goes = min((at for at in sent if event.emitted_at < at <= event.emitted_at + TO_UNDO), default=None)
        between = goes is not None and any(
            event.emitted_at <= other.emitted_at <= goes and (other.type in MOVES or other.type == INBOUND)
            for other in log
            if other is not event
        )
        yield event if goes is None or between else msgspec.structs.replace(event, emitted_at=goes)


def moves(log: Sequence[Event], today: str) -> dict[str, str]:
    """The status from each event on that tells one; `log` in its order, `today` the status of now.

    What is archived by a reminder, or brought back by one, or snoozed today, was snoozed. The archiving along with
    it is the same act.
    """
    told = [event for event in log if event.type in MOVES or event.type == INBOUND]
    followers = [*(event.type for event in told), REMINDER if today == SNOOZED else ""][1:]
    by_reminder = {e.id: e.emitted_at for e in told if e.type == ARCHIVE and e.source and e.source.type == REMINDER}
    found: dict[str, str] = {}
    for event, follower in zip(told, followers, strict=True):
        if event.type == ARCHIVE and (event.id in by_reminder or follower == REMINDER):
            found[event.id] = SNOOZED
        elif event.type == ARCHIVE and any(abs(at - event.emitted_at) <= ONE_ACT for at in by_reminder.values()):
            continue
        elif event.type in MOVES:
            found[event.id] = MOVES[event.type]
    return found


def went_out(messages: Sequence[Message], log: Sequence[Event]) -> list[Message]:
    """The messages that were received, or sent: neither drafts nor what could not be sent in the end."""
    last = {about(event): event.type for event in log if event.type in (*WRITTEN, SENDING_ERROR)}
    return [m for m in messages if m.was_written and (m.is_inbound or last.get(m.id) != SENDING_ERROR)]


def passed_on(messages: Sequence[Message], log: Sequence[Event], conversation: Conversation) -> set[str]:
    """The messages that went to somebody else than the customer.

    Nobody says whether the event names what was forwarded, or the message that forwards it. So it is the one that is
    named, if it did not go to the customer, or else the nearest that did not.
    """
    customers = set(_reached_by([*(m.sender for m in messages if m.is_inbound), conversation.recipient]))
    others = {
        message.id: message.created_at
        for message in messages
        if not message.is_inbound and not customers.intersection(_reached_by(message.addressees))
    }
    found = set[str]()
    for event in log:
        if event.type != FORWARD:
            continue
        near = {n: away for n, at in others.items() if (away := abs(at - event.emitted_at)) <= PASSED_ON}
        named = about(event)
        found.update([named] if named in others else sorted(near, key=near.__getitem__)[:1])
    return found


def notes(log: Sequence[Event], comments: Mapping[str, Comment]) -> dict[str, Comment]:
    """The comments by the event that tells each first: one that mentions somebody is told twice."""
    found: dict[str, Comment] = {}
    seen = set[str]()
    for event in log:
        comment = comments.get(event.id)
        if comment is None and event.type == COMMENTS[0]:
            found[event.id] = Comment(id="")  # Of one that was deleted no words are told.
        elif comment is not None and comment.id not in seen:
            seen.add(comment.id)
            found[event.id] = comment
    return found


def about(event: Event) -> str | None:
    """The message that an event is about."""
    number = event.target.data.get("id") if event.target and isinstance(event.target.data, dict) else None
    return number if isinstance(number, str) else None


def _reached_by(people: Iterable[Recipient | None]) -> Iterator[str]:
    """Contacts and addresses, in small letters."""
    for told in people:
        if told is not None:
            yield from filter(None, (customer(told), (told.handle or "").strip().lower()))
