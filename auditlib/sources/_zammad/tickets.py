"""Zammad's tickets as rows of the case log: each with its whole history, or rejected with a reason."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from auditlib.caselog.rows import BadRecord, Event, Notice, Rejected, Row, Ticket
from auditlib.sources import Page, Settings
from auditlib.sources._shared.records import Records, listed, of_stream
from auditlib.sources._shared.values import key, second, word
from auditlib.sources._zammad import shapes
from auditlib.sources._zammad.company import known_attributes, levels_of_groups
from auditlib.sources._zammad.history import BEGIN, ROOM, History
from auditlib.sources._zammad.shapes import SHAPES
from auditlib.sources._zammad.words import CHANNELS, States, priority

PREFIX = "custom_field:"
HOURS = 2
"""Behind a change of the group, the hours that the new one keeps."""
_TICKET = re.compile(r"/(\d+)(?:\?|$)")


def ticket_id(row: Mapping[str, Any]) -> str | None:
    """The number of the ticket that a record of a ticket is about."""
    number = row.get("id")
    return str(number) if isinstance(number, int) else None


class Reading:
    """What is known while the tickets of one chunk are read: states, groups, service levels and the settings."""

    def __init__(self, pages: Sequence[Page], settings: Settings) -> None:
        states = SHAPES.read(of_stream(pages, "states"), shapes.State)
        groups = SHAPES.read(of_stream(pages, "groups"), shapes.Group)
        levels = SHAPES.read(of_stream(pages, "levels"), shapes.Level)
        self.attributes, said = known_attributes(pages, "Ticket")
        self.said = [*states.said, *groups.said, *levels.said, *said]
        self.states = States(states.good, settings)
        self.bots = frozenset(settings.bots)
        mapped = {theirs: ours for ours, theirs in settings.fields.items() if theirs.startswith(PREFIX)}
        self.fields = {theirs.removeprefix(PREFIX): ours for theirs, ours in mapped.items()}
        self.calendars = levels_of_groups(levels.good)
        named = settings.scope.get("groups", ())
        self._groups = {group.id for group in groups.good if group.name in named} if named else None

    def wants_history(self, ticket: shapes.Ticket) -> bool:
        """Whether it is there, and in a group that is audited."""
        removed = self.states.of(ticket.state_id, ticket.state) == "deleted"
        return not removed and (self._groups is None or ticket.group_id in self._groups)


def read_tickets(pages: Sequence[Page], settings: Settings) -> Iterator[Row]:
    """Every ticket of the chunk; one that cannot be read is rejected, not raised."""
    reading = Reading(pages, settings)
    yield from reading.said
    histories = _histories(pages)
    articles, bad = _articles(pages)
    found = SHAPES.read(of_stream(pages, "tickets"), shapes.Ticket, ticket=ticket_id)
    known = reading.attributes | set(reading.fields)
    yield from (row for row in found.said if not (isinstance(row, Notice) and row.field in known))
    yield from (row for row in bad if isinstance(row, Notice))
    rejected = {row.ticket: row for row in bad if isinstance(row, Rejected)}
    yield from rejected.values()
    values = {row.get("id"): row for p in of_stream(pages, "tickets") for row in listed(p) if isinstance(row, dict)}
    # A list may show a ticket twice: the last one is the newest.
    for ticket in {ticket.id: ticket for ticket in found.good}.values():
        if str(ticket.id) in rejected:
            continue
        try:
            yield from _ticket(ticket, histories.get(ticket.id), articles, reading, values[ticket.id])
        except BadRecord as error:
            reason = "no_time_zone" if "time zone" in str(error) else "unreadable"
            yield Rejected(ticket=str(ticket.id), reason=reason, detail=str(error))


def _histories(pages: Sequence[Page]) -> dict[int, Records[shapes.Entry]]:
    found = {}
    for page in of_stream(pages, "history"):
        number = _number(page)
        found[number] = SHAPES.read([page], shapes.Entry, "history", ticket=functools.partial(_named, str(number)))
    return found


def _articles(pages: Sequence[Page]) -> tuple[dict[int, dict[int, shapes.Article]], list[Notice | Rejected]]:
    """Ticket under which they are shown → its articles by number, and what there is to say of others."""
    found: dict[int, dict[int, shapes.Article]] = {}
    said: list[Notice | Rejected] = []
    for page in of_stream(pages, "articles"):
        number = _number(page)
        told = SHAPES.read([page], shapes.Article, ticket=functools.partial(_named, str(number)))
        found[number] = {article.id: article for article in told.good}
        said += told.said
    return found, said


def _named(number: str, record: Mapping[str, Any]) -> str:
    return number


def _number(page: Page) -> int:
    named = _TICKET.search(page.url)
    return int(named[1]) if named else 0


def _ticket(
    ticket: shapes.Ticket,
    told: Records[shapes.Entry] | None,
    articles: Mapping[int, Mapping[int, shapes.Article]],
    reading: Reading,
    values: Mapping[str, Any],
) -> Iterator[Row]:
    second(ticket.updated_at)  # It steers the fetching: a ticket whose changes cannot be placed is rejected.
    if not reading.wants_history(ticket):
        yield _without_history(ticket, reading)
        return
    if told is None or ticket.id not in articles:
        return  # Changed after the window, or told by another chunk: not delivered by this one.
    yield from told.said
    if any(isinstance(problem, Rejected) for problem in told.said):
        return
    logged = any(entry.object == "Ticket::Article" for entry in told.good)
    shown = {n: a for listed_there in articles.values() for n, a in listed_there.items()} if logged else {}
    history = History(
        ticket, told.good, shown or articles[ticket.id], reading.states, reading.bots, reading.fields, values
    )
    yield _now(ticket, history, reading, values)
    events = [*history.events, *_hours(history.events, reading.calendars)]
    yield from sorted(events, key=lambda event: (event.occurred_at, event.seq))
    if ticket.create_article_type is not None and ticket.create_article_type not in CHANNELS:
        yield Notice(stream="tickets", field=f"create_article_type={ticket.create_article_type}")


def _hours(events: Sequence[Event], calendars: Mapping[str, str]) -> Iterator[Event]:
    """The hours that a ticket keeps change with its group."""
    before = None
    for event in events:
        hours = calendars.get(event.new or "") if event.kind == "group" else None
        if hours is not None and hours != before:
            seq = BEGIN + ROOM * 5 if event.seq < 0 else event.seq + HOURS
            yield Event(
                ticket=event.ticket,
                seq=seq,
                occurred_at=event.occurred_at,
                kind="schedule",
                actor_class="automation",
                old=before,
                new=hours,
            )
            before = hours


def _now(ticket: shapes.Ticket, history: History, reading: Reading, values: Mapping[str, Any]) -> Ticket:
    found = {ours: word(values.get(theirs)) for theirs, ours in reading.fields.items()}
    fields = {ours: value for ours, value in found.items() if value is not None}
    return Ticket(
        ticket=str(ticket.id),
        created_at=second(ticket.created_at),
        status=reading.states.of(ticket.state_id, ticket.state),
        requester=key(ticket.customer_id),
        opened_by=None if ticket.created_by_id in (ticket.customer_id, None) else key(ticket.created_by_id),
        organization=key(ticket.organization_id),
        channel=CHANNELS.get(ticket.create_article_type or "", "unknown"),
        subject=ticket.title,
        priority=priority(ticket.priority),
        group=key(ticket.group_id),
        assignee=history.owner,
        topic=fields.get("topic"),
        language=fields.get("language"),
        tier=fields.get("tier"),
        region=fields.get("region"),
        merged_into=history.merged_into,
        tags=history.tags,
        fields={f"{PREFIX}{theirs}": fields[ours] for theirs, ours in reading.fields.items() if ours in fields},
    )


def _without_history(ticket: shapes.Ticket, reading: Reading) -> Ticket:
    """Only that it exists: a removed ticket is gone for whoever works here, and outside the scope none is asked."""
    return Ticket(
        ticket=str(ticket.id),
        created_at=second(ticket.created_at),
        status=reading.states.of(ticket.state_id, ticket.state),
        group=key(ticket.group_id),
        has_history=False,
    )
