"""Front's conversations as rows of the case log: each with its whole history, or rejected with a reason."""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from auditlib.caselog.rows import BadRecord, Group, Notice, Rejected, Row, Ticket
from auditlib.sources import Page, Settings
from auditlib.sources._front import shapes
from auditlib.sources._front.desk import conversation_id, rows
from auditlib.sources._front.history import Told, first_inbox, placed
from auditlib.sources._front.people import Acting, People, named
from auditlib.sources._front.shapes import SHAPES
from auditlib.sources._front.words import (
    CHANNELS,
    COMMENTS,
    CUSTOM,
    DELETED,
    KNOWN,
    MERGED,
    MOVE,
    STATUSES,
    WRITTEN,
    customer,
    second,
    ticket_of,
    today,
)
from auditlib.sources._shared.records import Records, of_stream
from auditlib.sources._shared.statuses import Statuses
from auditlib.sources._shared.values import word

_CONVERSATION = re.compile(r"/conversations/([^/]+)/")
Said = list[Notice | Rejected]


@dataclasses.dataclass
class Held:
    """What is known of one conversation."""

    events: dict[str, shapes.Event] = dataclasses.field(default_factory=dict)
    comments: dict[str, shapes.Comment] = dataclasses.field(default_factory=dict)
    """By the event that tells them."""
    messages: dict[str, shapes.Message] = dataclasses.field(default_factory=dict)


class Reading:
    """What is known while the conversations of one chunk are read."""

    def __init__(self, pages: Sequence[Page], settings: Settings) -> None:
        told = ((stream, shape) for stream, shape in (("teammates", shapes.Teammate), ("inboxes", shapes.Inbox)))
        teammates, inboxes = (_listed(pages, stream, shape) for stream, shape in told)
        self.said: Said = [*teammates.said, *inboxes.said]
        self.teammates: list[shapes.Teammate] = teammates.good
        self.acting = Acting(teammates.good, inboxes.good, frozenset(bot.lower() for bot in settings.bots))
        self.statuses = Statuses(STATUSES, settings)
        self.fields = {f.removeprefix(CUSTOM): ours for ours, f in settings.fields.items() if f.startswith(CUSTOM)}
        wanted = settings.scope.get("groups", ())
        self._wanted = {key for key, name in self.acting.inboxes.items() if name in wanted} if wanted else None

    def is_in_scope(self, events: Iterable[shapes.Event]) -> bool:
        """Whether the inbox that has it is audited."""
        return self._wanted is None or inbox_of(events, self.acting) in self._wanted

    def values(self, conversation: shapes.Conversation) -> dict[str, str]:
        """The mapped fields, by our names."""
        held = conversation.custom_fields or {}
        told = {ours: word(held.get(name)) for name, ours in self.fields.items()}
        return {ours: value for ours, value in told.items() if value}


def inbox_of(events: Iterable[shapes.Event], acting: Acting) -> str | None:
    """The shared inbox in which a conversation is: the latest to which it was moved, or the one where it began."""
    log = sorted(events, key=placed)
    moved = [inbox for event in log if event.type == MOVE for inbox in acting.shared(event.target)[:1]]
    return moved[-1] if moved else first_inbox(log, acting)


def events_of(pages: Iterable[Page]) -> list[shapes.Event]:
    """The events of one conversation that can be read; the others are rejected later."""
    return [event for page in pages for event in SHAPES.rows(rows(page), "events", shapes.Event).good]


def has_messages(events: Iterable[shapes.Event]) -> bool:
    """Whether anything came in or went out, as events tell; a discussion has comments alone."""
    return any(event.type in WRITTEN for event in events)


def read_tickets(pages: Sequence[Page], settings: Settings) -> Iterator[Row]:
    """Every row of one chunk; a conversation that cannot be read is rejected, not raised."""
    reading = Reading(pages, settings)
    yield from reading.said
    yield from (Group(group=key, name=name) for key, name in reading.acting.inboxes.items())
    yield from _unnamed(pages)
    held, said = _held(pages)
    yield from said
    bad = {row.ticket for row in said if isinstance(row, Rejected)}
    people = People(reading.acting, reading.teammates)
    for number, told in held.items():
        if ticket_of(number) in bad:
            continue
        try:
            yield from list(_conversation(number, told, reading, people))
        except BadRecord as error:
            yield Rejected(ticket=ticket_of(number), reason="unreadable", detail=str(error))
    yield from people.rows()


def _listed(pages: Sequence[Page], stream: str, shape: type[Any]) -> Records[Any]:
    return SHAPES.rows([row for page in of_stream(pages, stream) for row in rows(page)], stream, shape)


def _unnamed(pages: Sequence[Page]) -> Iterator[Rejected]:
    """Events in the list of all of them that do not say what they are about; the others are read with their own."""
    for page in of_stream(pages, "events"):
        for row in rows(page):
            if conversation_id(row) is None:
                detail = "events: an event names no conversation, as Front's own do"
                yield Rejected(ticket=None, reason="missing_field", detail=detail)


def _held(pages: Sequence[Page]) -> tuple[dict[str, Held], Said]:
    """What the pages tell of each conversation, as their addresses name it."""
    found: dict[str, Held] = defaultdict(Held)
    said: Said = []
    for page in of_stream(pages, "history", "messages"):
        number = _number(page)
        held = found[number]
        if page.stream == "messages":
            messages = _its(number, SHAPES.rows(rows(page), "messages", shapes.Message), said)
            held.messages |= {message.id: message for message in messages}
            continue
        for event in _its(number, SHAPES.rows(rows(page), "events", shapes.Event), said):
            held.events[event.id] = event
            if event.type in COMMENTS and event.target is not None and event.target.data is not None:
                comments = _its(number, SHAPES.rows([event.target.data], "comments", shapes.Comment), said)
                held.comments.update((event.id, comment) for comment in comments)
    return found, said


def _number(page: Page) -> str:
    """The conversation that was asked for."""
    found = _CONVERSATION.search(page.url)
    return found[1] if found else ""


def _its(number: str, told: Records[Any], said: Said) -> list[Any]:
    """The records of one conversation that can be read; it is rejected with any that cannot."""
    ticket = ticket_of(number)
    said += [msgspec.structs.replace(row, ticket=ticket) if isinstance(row, Rejected) else row for row in told.said]
    return told.good


def _conversation(number: str, held: Held, reading: Reading, people: People) -> Iterator[Row]:
    """The rows of one conversation, as its newest event shows it."""
    latest = max(held.events.values(), key=placed, default=None)
    if latest is None:
        raise BadRecord("no event tells of it, and at least one has led to it")
    about = SHAPES.rows([latest.conversation], "conversations", shapes.Conversation, lambda row: ticket_of(number))
    yield from about.said
    for conversation in about.good:
        yield from _told(conversation, held, reading, people)


def _told(conversation: shapes.Conversation, held: Held, reading: Reading, people: People) -> Iterator[Row]:
    now = today(conversation)
    status = "deleted" if now == DELETED else reading.statuses.of(now)
    if not reading.is_in_scope(held.events.values()):
        shown = _shown(conversation, status, None, reading, inbox_of(held.events.values(), reading.acting))
        yield from (shown, *_merged(held, shown))
        return
    told = Told(
        conversation, now, held.events.values(), held.comments, held.messages.values(), reading.statuses,
        reading.acting, reading.values(conversation),
    )  # fmt: skip
    if not told.messages:
        return  # The draft of something new, or a discussion.
    shown = _shown(conversation, status, told, reading)
    yield from (shown, *_merged(held, shown))
    if told.adds_up:
        yield from sorted(told.events, key=lambda event: (event.occurred_at, event.seq))
    else:
        yield Notice(stream="events", field="a conversation is in another state than its events lead to")
    yield from _strange(held, told)
    ends = [named(end) for event in held.events.values() for end in (event.source, event.target)]
    commented = [comment.author for comment in held.comments.values()]
    people.meet(conversation, told.asked, told.messages, [*ends, *commented])


def _merged(held: Held, into: Ticket) -> Iterator[Ticket]:
    """Those that were merged into a conversation: they are gone, and no more is told of them than that they were."""
    ends = [event.target for event in held.events.values() if event.type == MERGED and event.target is not None]
    numbers = [told.get("id") if isinstance(told, dict) else told for end in ends for told in _listed_in(end)]
    for ticket in dict.fromkeys(ticket_of(number) for number in numbers if isinstance(number, str)):
        if ticket and ticket != into.ticket:
            # When it was created nobody says any more; what it brought along is no older than the other one.
            yield Ticket(ticket=ticket, created_at=into.created_at, status="closed", merged_into=into.ticket,
                         has_history=False)  # fmt: skip


def _listed_in(end: shapes.End) -> list[Any]:
    """What an event of a merge names: ids, or records with one; which, is not published."""
    return end.data if isinstance(end.data, list) else [end.data]


def _strange(held: Held, told: Told) -> Iterator[Notice]:
    """Words that nobody knows."""
    for kind in {event.type for event in held.events.values()} - KNOWN:
        yield Notice(stream="events", field=f"type={kind}")
    first = told.messages[0].type if told.messages else None
    if first and first not in CHANNELS:
        yield Notice(stream="messages", field=f"type={first}")


def _shown(
    conversation: shapes.Conversation, status: str, told: Told | None, reading: Reading, group: str | None = None
) -> Ticket:
    values = reading.values(conversation)
    messages = told.messages if told else []
    requester = customer(told.asked if told else conversation.recipient)
    opener = told.opener[0] if told else None
    return Ticket(
        ticket=ticket_of(conversation.id),
        created_at=told.begun if told else second(conversation.created_at),
        status=status,
        requester=requester,
        opened_by=opener if opener != requester else None,
        channel=CHANNELS.get(messages[0].type or "", "unknown") if messages else "unknown",
        subject=conversation.subject,
        group=told.group if told else group,
        assignee=conversation.assignee.id if conversation.assignee else None,
        topic=values.get("topic"),
        language=values.get("language"),
        tier=values.get("tier"),
        region=values.get("region"),
        tags=tuple(tag.name for tag in conversation.tags or () if tag.name),
        fields={f"{CUSTOM}{name}": values[ours] for name, ours in reading.fields.items() if ours in values},
        has_history=told is not None and told.adds_up,
    )
