"""Intercom's customer tickets that are no conversations: what a form or a teammate opened, with states of its own.

A ticket that began as a conversation keeps its number and is read as that conversation. Back-office and tracker
tickets are the team's own, beside a conversation, and never read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from auditlib.caselog.rows import BadRecord, Notice, Person, Rejected, Row, Ticket
from auditlib.sources import Page, Settings
from auditlib.sources._intercom import shapes
from auditlib.sources._intercom.conversations import MOST, Reading, noted, number_of, present
from auditlib.sources._intercom.parts import Told
from auditlib.sources._intercom.shapes import SHAPES, Author, Conversation, Part, Source
from auditlib.sources._intercom.words import ATTRIBUTES, is_known, key
from auditlib.sources._shared.records import Records, of_stream
from auditlib.sources._shared.text import plain

SUBMITTED, FORM = "submitted", "ticket"
TITLE, DESCRIPTION = "_default_title_", "_default_description_"
OF_TICKET = "ticket_attribute_updated_by_"


def read_tickets(pages: Sequence[Page], settings: Settings) -> Iterator[Row]:
    """Every ticket of the chunk that is no conversation."""
    reading = Reading(pages, settings)
    yield from reading.said
    found = SHAPES.read(of_stream(pages, "tickets"), shapes.Ticket, "tickets", ticket=number_of)
    yield from found.said
    for ticket in {str(told.id): told for told in found.good}.values():
        status = reading.states.of(_state(ticket))
        if not reading.is_in_scope(ticket):
            yield Ticket(ticket=str(ticket.id), created_at=ticket.created_at, status=status,
                         group=key(ticket.team_assignee_id), has_history=False)  # fmt: skip
    former: dict[str, Person] = {}
    for page in of_stream(pages, "ticket"):
        yield from _whole(page, reading, former)
    yield from former.values()


def _whole(page: Page, reading: Reading, former: dict[str, Person]) -> Iterator[Row]:
    one = SHAPES.one(page, shapes.Ticket, ticket=number_of)
    yield from one.said
    for ticket in one.good:
        parts = _parts(ticket)
        yield from parts.said
        if any(isinstance(problem, Rejected) for problem in parts.said):
            return
        told = [_as_part(part) for part in parts.good]
        try:
            yield from _read(ticket, told, reading)
        except BadRecord as error:
            yield Rejected(ticket=str(ticket.id), reason="unreadable", detail=str(error))
        noted((part.author for part in told), reading, former)


def _read(ticket: shapes.Ticket, parts: list[Part], reading: Reading) -> Iterator[Row]:
    for part in parts:
        if not is_known(part.part_type):
            yield Notice(stream="ticket parts", field=f"part_type={part.part_type}")
    first = next((part.before for part in parts if part.before), None)
    whole, shown = _as_conversation(ticket, parts), len(parts)
    total = ticket.ticket_parts.get("total_count")
    if shown >= MOST or (isinstance(total, int) and total > shown):
        yield Notice(stream="ticket parts", field=f"a ticket has {MOST} parts or more, and its oldest are not shown")
        yield present(whole, reading, has_history=False)
        return
    # Where no part tells a change, the ticket has been in its state from the beginning.
    began = first or (_state(ticket) if not any(part.ticket_state for part in parts) else SUBMITTED)
    told = Told(whole, parts, reading.states, reading.bots, reading.fields, began)
    yield present(whole, reading)
    yield from sorted(told.events, key=lambda event: (event.occurred_at, event.seq))


def _parts(ticket: shapes.Ticket) -> Records[shapes.TicketPart]:
    held = ticket.ticket_parts
    if not isinstance(held, dict) or not isinstance(held.get("ticket_parts"), list):
        problem = Rejected(
            ticket=str(ticket.id),
            reason="missing_field",
            detail="ticket: there is no list of ticket_parts, which Intercom always sends",
        )
        return Records(said=[problem])
    return SHAPES.rows(held["ticket_parts"], "ticket parts", shapes.TicketPart, lambda row: str(ticket.id))


def _as_part(told: shapes.TicketPart) -> Part:
    """A ticket's part like a conversation's, with its words without markup and its change of an attribute by name."""
    changed = told.updated_attribute_data if isinstance(told.updated_attribute_data, dict) else None
    is_change = told.part_type.startswith(OF_TICKET) and changed is not None
    details = {name: {"name": _label((changed or {}).get(name))} for name in ("attribute", "value")}
    return Part(
        id=told.id,
        part_type=ATTRIBUTES + told.part_type.removeprefix(OF_TICKET) if is_change else told.part_type,
        created_at=told.created_at,
        body=plain(told.body, "text/html"),
        author=told.author,
        assigned_to=told.assigned_to,
        state=FORM,
        redacted=told.redacted,
        event_details=details if is_change else None,
        ticket_state=told.ticket_state,
        before=told.previous_ticket_state,
    )


def _label(told: Any) -> str | None:
    label = told.get("label") if isinstance(told, dict) else None
    return label if isinstance(label, str) else None


def _as_conversation(ticket: shapes.Ticket, parts: list[Part]) -> Conversation:
    """The ticket's own fields where a conversation has them; its description is the first message."""
    attributes: Mapping[str, Any] = ticket.ticket_attributes or {}
    contacts = (ticket.contacts.contacts if ticket.contacts else None) or []
    customer = Author(type="user", id=contacts[0].id if contacts else None)
    opened = (part.author for part in parts if part.created_at == ticket.created_at and part.author)
    creator = next((author for author in opened if author.type in ("user", "lead", "admin")), customer)
    title, description = (attributes.get(name) for name in (TITLE, DESCRIPTION))
    return Conversation(
        id=ticket.id,
        created_at=ticket.created_at,
        updated_at=ticket.updated_at,
        state=_state(ticket),
        title=title if isinstance(title, str) else None,
        admin_assignee_id=ticket.admin_assignee_id,
        team_assignee_id=ticket.team_assignee_id,
        source=Source(
            type=FORM, body=plain(description, "text/html") if isinstance(description, str) else None, author=creator
        ),
        contacts=ticket.contacts,
        custom_attributes=dict(attributes),
    )


def _state(ticket: shapes.Ticket) -> str:
    """The category of its state; a workspace names its states itself."""
    return (ticket.ticket_state.category if ticket.ticket_state else None) or SUBMITTED
