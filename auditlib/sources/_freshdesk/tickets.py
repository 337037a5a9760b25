"""Freshdesk's tickets as rows of the case log: what was written and how it was rated, and the state of today."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from auditlib.caselog.rows import BadRecord, Event, Look, Notice, Rejected, Row, Ticket
from auditlib.sources import Page, Settings
from auditlib.sources._freshdesk import shapes
from auditlib.sources._freshdesk.shapes import SHAPES
from auditlib.sources._freshdesk.words import CHANNELS, OUTBOUND, PHONE, PRIORITIES, Statuses, score
from auditlib.sources._shared.records import Records, of_stream
from auditlib.sources._shared.values import key, second, word

FEEDBACK, FORWARDED = 6, 8
"""Sources of a conversation: the words beside a rating, and what was sent on to somebody else."""
CREATED, DESCRIPTION, HOURS = 0, 1, 2
"""Places of what a ticket begins with; conversations have Freshdesk's own numbers, which are larger."""
TICKET_FIELDS = ("type", "company_id")
_TICKET = re.compile(r"/tickets/(\d+)/")


def ticket_id(row: Mapping[str, Any]) -> str | None:
    """The number of the ticket that a record of a ticket is about."""
    number = row.get("id")
    return str(number) if isinstance(number, int) else None


class Reading:
    """What is known while the tickets of one chunk are read: statuses, groups, agents and the settings."""

    def __init__(self, pages: Sequence[Page], settings: Settings) -> None:
        fields = SHAPES.read(of_stream(pages, "fields"), shapes.Field)
        groups = SHAPES.read(of_stream(pages, "groups"), shapes.Group)
        agents = SHAPES.read(of_stream(pages, "agents"), shapes.Agent)
        self.said = [*fields.said, *groups.said, *agents.said]
        self.statuses = Statuses(fields.good, settings)
        self.hours = {group.id: group.business_hour_id for group in groups.good}
        self.emails = {a.id: a.contact.email for a in agents.good}
        self.bots = frozenset(settings.bots)
        self.fields = {theirs: ours for ours, theirs in settings.fields.items()}
        named = settings.scope.get("groups", ())
        self._groups = {group.id for group in groups.good if group.name in named} if named else None

    def wants_conversation(self, ticket: shapes.Ticket) -> bool:
        """Whether it is there, and in a group that is audited."""
        return not (ticket.deleted or ticket.spam) and (self._groups is None or ticket.group_id in self._groups)

    def is_bot(self, person: int | None) -> bool:
        """Whether `bots` in audit.toml names this account, by number or address."""
        return str(person) in self.bots or self.emails.get(person or 0) in self.bots


def read_tickets(pages: Sequence[Page], settings: Settings) -> Iterator[Row]:
    """Every ticket of the chunk; one that cannot be read is rejected, not raised."""
    reading = Reading(pages, settings)
    yield from reading.said
    conversations = _by_ticket(of_stream(pages, "conversations"), shapes.Conversation)
    ratings = _by_ticket(of_stream(pages, "ratings"), shapes.Rating)
    # A list may show a ticket twice: the last one is the newest.
    shown: dict[int, tuple[shapes.Ticket, int | None]] = {}
    for page in [*of_stream(pages, "tickets", "deleted", "spam"), *of_stream(pages, "ticket")]:
        read = SHAPES.one if page.stream == "ticket" else _listed
        found: Records[shapes.Ticket] = read(page, shapes.Ticket, ticket=ticket_id)
        yield from found.said
        shown |= {ticket.id: (ticket, page.served_at) for ticket in found.good}
    for ticket, looked_at in shown.values():
        try:
            rows = list(_ticket(ticket, conversations.get(ticket.id), ratings.get(ticket.id), reading))
            yield from rows
            if any(isinstance(row, Event) for row in rows):
                yield from _look(ticket, looked_at, reading)
        except BadRecord as error:
            reason = "no_time_zone" if "time zone" in str(error) else "unreadable"
            yield Rejected(ticket=str(ticket.id), reason=reason, detail=str(error))


def _listed(page: Page, shape: type[Any], ticket: Callable[[Mapping[str, Any]], str | None]) -> Records[Any]:
    return SHAPES.read([page], shape, ticket=ticket)


def _look(ticket: shapes.Ticket, looked_at: int | None, reading: Reading) -> Iterator[Look | Notice]:
    """The status with the moments that Freshdesk keeps; nothing where it does not say when it answered."""
    if looked_at is None or ticket.stats is None:
        return
    try:
        stats = msgspec.convert(ticket.stats, shapes.Stats)
    except msgspec.ValidationError:
        yield Notice(stream="tickets", field="stats")
        return
    yield Look(
        ticket=str(ticket.id),
        looked_at=looked_at,
        status=reading.statuses.of(ticket.status),
        since=second(stats.status_updated_at),
        reopened_at=None if stats.reopened_at is None else second(stats.reopened_at),
        solved_at=None if stats.resolved_at is None else second(stats.resolved_at),
    )


def _by_ticket(pages: Sequence[Page], shape: type[Any]) -> dict[int, Records[Any]]:
    """What belongs to each ticket, as the address of the page says."""
    found: dict[int, Records[Any]] = {}
    for page in pages:
        named = _TICKET.search(page.url)
        if named:
            told = SHAPES.read([page], shape, ticket=functools.partial(_named, named[1]))
            held = found.setdefault(int(named[1]), Records())
            held.good += told.good
            held.said += told.said
    return found


def _named(number: str, record: Mapping[str, Any]) -> str:
    return number


def _ticket(
    ticket: shapes.Ticket, said: Records[Any] | None, rated: Records[Any] | None, reading: Reading
) -> Iterator[Row]:
    second(ticket.updated_at)  # It steers the fetching: a ticket whose changes cannot be placed is rejected.
    if not reading.wants_conversation(ticket):
        yield _without_history(ticket, reading)
        return
    if said is None:
        return  # Changed after the window, or told by another chunk: not delivered by this one.
    problems = [*said.said, *(rated.said if rated else ())]
    yield from problems
    if any(isinstance(problem, Rejected) for problem in problems):
        return
    events = [*_opening(ticket, reading)]
    events += [e for c in {c.id: c for c in said.good}.values() for e in _written(ticket, c, reading)]
    events += [_rating(ticket, rating) for rating in {r.id: r for r in (rated.good if rated else ())}.values()]
    yield _now(ticket, reading)
    yield from sorted(events, key=lambda event: (event.occurred_at, event.seq))
    if ticket.source is not None and ticket.source not in CHANNELS:
        yield Notice(stream="tickets", field=f"source={ticket.source}")


def _now(ticket: shapes.Ticket, reading: Reading) -> Ticket:
    fields = _fields(ticket, reading)
    return Ticket(
        ticket=str(ticket.id),
        created_at=second(ticket.created_at),
        status=reading.statuses.of(ticket.status),
        requester=key(ticket.requester_id),
        organization=key(ticket.company_id),
        channel=CHANNELS.get(ticket.source or 0, "unknown"),
        subject=ticket.subject,
        priority=PRIORITIES.get(ticket.priority or 0),
        group=key(ticket.group_id),
        assignee=key(ticket.responder_id),
        topic=fields.get("topic"),
        language=fields.get("language"),
        tier=fields.get("tier"),
        region=fields.get("region"),
        tags=tuple(ticket.tags or ()),
        fields={theirs: fields[ours] for theirs, ours in reading.fields.items() if ours in fields},
    )


def _without_history(ticket: shapes.Ticket, reading: Reading) -> Ticket:
    """Only that it exists: in the trash there is nothing to tell, and outside the scope nothing is asked."""
    gone = ticket.deleted or ticket.spam
    return Ticket(
        ticket=str(ticket.id),
        created_at=second(ticket.created_at),
        status="deleted" if gone else reading.statuses.of(ticket.status),
        group=key(ticket.group_id),
        has_history=False,
    )


def _opening(ticket: shapes.Ticket, reading: Reading) -> Iterator[Event]:
    """Its creation with the description, by the customer, or by an agent whom Freshdesk does not name."""
    by_agent = ticket.source in (PHONE, OUTBOUND)
    whose = "agent" if by_agent else "bot" if reading.is_bot(ticket.requester_id) else None
    at, number, text = second(ticket.created_at), str(ticket.id), ticket.description_text
    who = None if by_agent else key(ticket.requester_id)
    yield Event(ticket=number, seq=CREATED, occurred_at=at, kind="created", actor=who, actor_class=whose)
    yield Event(ticket=number, seq=DESCRIPTION, occurred_at=at, kind="message", actor=who, actor_class=whose, body=text)
    hours = key(reading.hours.get(ticket.group_id or 0))
    if hours is not None:
        # Freshdesk's clocks keep the hours of the group that has the ticket now, from the beginning.
        yield Event(ticket=number, seq=HOURS, occurred_at=at, kind="schedule", actor_class="system", new=hours)


def _written(ticket: shapes.Ticket, told: shapes.Conversation, reading: Reading) -> Iterator[Event]:
    if told.source == FEEDBACK:
        return  # The words beside a rating: they ask for nothing, and the rating is read where it stands.
    yield Event(
        ticket=str(ticket.id),
        seq=told.id,
        occurred_at=second(told.created_at),
        kind="message",
        actor=key(told.user_id),
        actor_class=_class(told, reading),
        # What is sent on to a third party is public in Freshdesk, but the customer never sees it.
        is_public=not told.private and told.source != FORWARDED,
        body=told.body_text,
    )


def _class(told: shapes.Conversation, reading: Reading) -> str | None:
    if told.user_id is None:
        return "unknown"
    return "bot" if reading.is_bot(told.user_id) else None


def _rating(ticket: shapes.Ticket, told: shapes.Rating) -> Event:
    """The answer as it stands now: what it was before a change, Freshdesk does not tell."""
    return Event(
        ticket=str(ticket.id),
        seq=-told.id,
        occurred_at=second(told.updated_at),
        kind="rating",
        actor=key(told.user_id),
        new=score(told.ratings) + (" with comment" if told.feedback else ""),
    )


def _fields(ticket: shapes.Ticket, reading: Reading) -> dict[str, str]:
    """Our names of the mapped fields → their values on this ticket."""
    values: dict[str, Any] = {f"custom_field:{name}": value for name, value in (ticket.custom_fields or {}).items()}
    values |= {name: getattr(ticket, name) for name in TICKET_FIELDS}
    found = {ours: word(values.get(theirs)) for theirs, ours in reading.fields.items()}
    return {ours: value for ours, value in found.items() if value is not None}
