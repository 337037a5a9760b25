"""HubSpot's tickets as rows of the case log: each with its whole history, or rejected with a reason."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from auditlib.caselog.rows import BadRecord, Event, Group, Notice, Organization, Person, Rejected, Row, Ticket
from auditlib.sources import Page, Settings
from auditlib.sources._hubspot import service_levels, shapes, surveys
from auditlib.sources._hubspot.history import Told
from auditlib.sources._hubspot.shapes import SHAPES
from auditlib.sources._hubspot.words import (
    CHANNELS,
    COMPANY,
    CUSTOM,
    OWNER,
    PRIORITY,
    STAGE,
    TEAM,
    Owners,
    Stages,
    contact,
    user,
)
from auditlib.sources._shared.identities import identities
from auditlib.sources._shared.records import listed, of_stream
from auditlib.sources._shared.values import second

RESULTS = "results"
_THREAD = re.compile(r"/threads/(\d+)/")
_TICKET = re.compile(r"associatedTicketId=(\d+)")


def ticket_id(row: Mapping[str, Any]) -> str | None:
    """The number of the ticket that a record of a ticket is about."""
    return row["id"] if isinstance(row.get("id"), str) else None


class Reading:
    """What is known while the tickets of one chunk are read."""

    def __init__(self, pages: Sequence[Page], settings: Settings) -> None:
        pipelines = SHAPES.read(of_stream(pages, "pipelines"), shapes.Pipeline, RESULTS)
        owners = SHAPES.read(of_stream(pages, "owners"), shapes.Owner, RESULTS)
        self.said = [*pipelines.said, *owners.said]
        self.stages, self.owners = Stages(pipelines.good, settings), Owners(owners.good, settings.bots)
        self.teams = {team.id: team.name for owner in owners.good for team in owner.teams}
        self.fields = {f.removeprefix(CUSTOM): ours for ours, f in settings.fields.items() if f.startswith(CUSTOM)}
        self.of_company = sorted({f.removeprefix(COMPANY) for f in settings.fields.values() if f.startswith(COMPANY)})
        named = settings.scope.get("groups", ())
        self._teams = {team for team, name in self.teams.items() if name in named} if named else None

    def is_in_scope(self, ticket: shapes.Record) -> bool:
        """Whether the team that has it is audited."""
        return self._teams is None or ticket.properties.get(TEAM) in self._teams


def read_tickets(pages: Sequence[Page], settings: Settings) -> Iterator[Row]:
    """Every row of one chunk; a ticket that cannot be read is rejected, not raised."""
    reading = Reading(pages, settings)
    yield from reading.said
    yield from (Group(group=team, name=name) for team, name in sorted(reading.teams.items()))
    contacts = SHAPES.read(of_stream(pages, "contacts"), shapes.Record, RESULTS)
    yield from contacts.said
    found = SHAPES.read(of_stream(pages, "tickets"), shapes.Record, RESULTS, ticket=ticket_id)
    yield from found.said
    requesters = _requesters(pages)
    messages, spoilt = _messages(pages)
    answers, unread = surveys.answers(pages)
    spoilt += unread
    yield from spoilt
    bad = {row.ticket for row in spoilt if isinstance(row, Rejected)}
    organizations = {record.id: record.properties.get("associatedcompanyid") for record in contacts.good}
    actors: set[str] = set()
    # Only those that this chunk was fetched for are told whole in it: an answer may repeat another one's.
    shown = (row for page in of_stream(pages, "search") for row in listed(page, RESULTS) if isinstance(row, dict))
    wanted = {row.get("id") for row in shown} - bad
    for ticket in {ticket.id: ticket for ticket in found.good if ticket.id in wanted}.values():
        try:
            rows = list(_ticket(ticket, messages.get(ticket.id, ()), requesters.get(ticket.id), organizations, reading))
            if reading.is_in_scope(ticket):
                rows += _beside(ticket, answers.get(ticket.id, ()), contact(requesters.get(ticket.id)))
        except BadRecord as error:
            reason = "no_time_zone" if "time zone" in str(error) else "unreadable"
            yield Rejected(ticket=ticket.id, reason=reason, detail=str(error))
            continue
        actors |= {row.actor for row in rows if isinstance(row, Event) and row.actor}
        yield from rows
    yield from _people(contacts.good, actors, reading)
    yield from _organizations(pages, reading)
    yield from _archived(pages)


def _requesters(pages: Sequence[Page]) -> dict[str, str]:
    """Ticket → the first of its contacts."""
    told = SHAPES.read(of_stream(pages, "requesters"), shapes.Association, RESULTS)
    return {row.origin.id: str(row.to[0].toObjectId) for row in told.good if row.to}


def _messages(pages: Sequence[Page]) -> tuple[dict[str, list[shapes.Message]], list[Notice | Rejected]]:
    """Ticket → what was written in its conversations, and what there is to say of what cannot be read."""
    owner: dict[str, str] = {}
    found: dict[str, list[shapes.Message]] = defaultdict(list)
    said: list[Notice | Rejected] = []
    for page in of_stream(pages, "threads"):
        ticket = named[1] if (named := _TICKET.search(page.url)) else ""
        told = SHAPES.read([page], shapes.Thread, RESULTS, ticket=functools.partial(_its, ticket))
        owner |= {thread.id: ticket for thread in told.good}
        said += told.said
    for page in of_stream(pages, "messages"):
        thread = named[1] if (named := _THREAD.search(page.url)) else ""
        ticket = owner.get(thread, "")
        records = SHAPES.read([page], shapes.Message, RESULTS, ticket=functools.partial(_its, ticket))
        found[ticket] += records.good
        said += records.said
    # A list that moves while it is paged shows a message twice.
    return {ticket: list({message.id: message for message in told}.values()) for ticket, told in found.items()}, said


def _its(ticket: str, record: Mapping[str, Any]) -> str:
    return ticket


def _ticket(
    ticket: shapes.Record,
    messages: Sequence[shapes.Message],
    requester: str | None,
    organizations: Mapping[str, str | None],
    reading: Reading,
) -> Iterator[Row]:
    values = ticket.properties
    status = reading.stages.of(values.get(STAGE))
    if not reading.is_in_scope(ticket):
        at, group = second(ticket.createdAt), values.get(TEAM)
        yield Ticket(ticket=ticket.id, created_at=at, status=status, group=group, has_history=False)
        return
    asked = contact(requester) or _first_visitor(messages, reading.owners)
    told = Told(ticket, messages, asked, reading.stages, reading.owners, reading.fields)
    fields = {ours: value for field, ours in reading.fields.items() if (value := values.get(field))}
    yield Ticket(
        ticket=ticket.id,
        created_at=told.created_at,
        status=status,
        requester=asked,
        opened_by=told.opener if told.opener != asked else None,
        organization=organizations.get(requester or "") or None,
        channel=CHANNELS.get(values.get("source_type") or "", "unknown"),
        subject=values.get("subject"),
        priority=(values.get(PRIORITY) or "").lower() or None,
        group=values.get(TEAM) or None,
        assignee=reading.owners.person(values.get(OWNER)),
        topic=fields.get("topic"),
        language=fields.get("language"),
        tier=fields.get("tier"),
        region=fields.get("region"),
        fields={f"{CUSTOM}{field}": value for field in reading.fields if (value := values.get(field))},
    )
    yield from sorted(told.events, key=lambda event: (event.occurred_at, event.seq))


def _beside(ticket: shapes.Record, answers: Sequence[shapes.Record], requester: str | None) -> Iterator[Row]:
    """How it was rated, and what HubSpot says of its own service levels."""
    told = (surveys.rating(ticket.id, answer, requester) for answer in answers)
    yield from sorted((e for e in told if e is not None), key=lambda e: (e.occurred_at, e.seq))
    yield from service_levels.own_figures(ticket.id, ticket.properties)


def _first_visitor(messages: Sequence[shapes.Message], owners: Owners) -> str | None:
    incoming = sorted((m for m in messages if m.direction == "INCOMING"), key=lambda m: (m.createdAt, m.id))
    senders = (sender.actorId for message in incoming for sender in message.senders)
    return next((owners.who(actor)[0] for actor in senders if actor), None)


def _people(contacts: Sequence[shapes.Record], actors: set[str], reading: Reading) -> Iterator[Row]:
    for owner in reading.owners.all.values():
        person, email = user(owner.user), (owner.email or "").lower() or None
        if person:
            role = "bot" if reading.owners.class_of(person) == "bot" else "agent"
            name = " ".join(part for part in (owner.firstName, owner.lastName) if part) or None
            yield Person(person=person, role=role, name=name, email=email, is_active=not owner.archived)
            yield from identities(person, "email", email, is_verified=True)
    for record in {record.id: record for record in contacts}.values():
        values, person = record.properties, contact(record.id)
        email = (values.get("email") or "").lower() or None
        name = " ".join(part for part in (values.get("firstname"), values.get("lastname")) if part) or None
        assert person is not None
        yield Person(
            person=person,
            role="bot" if reading.owners.class_of(person) == "bot" else "customer",
            name=name,
            email=email,
            language=values.get("hs_language"),
            organization=values.get("associatedcompanyid") or None,
        )
        yield from identities(person, "email", email, is_verified=True)
        yield from identities(person, "phone", values.get("phone"), values.get("mobilephone"), is_verified=True)
    known = {contact(record.id) for record in contacts} | {user(owner.user) for owner in reading.owners.all.values()}
    for actor in sorted(actors - known):
        # An address that wrote is somebody on the customer's side; a visitor is not a contact yet.
        email = reading.owners.addresses.get(actor)
        yield Person(person=actor, role="agent" if actor.startswith("A-") else "customer", email=email)
        yield from identities(actor, "email", email, is_verified=True)


def _organizations(pages: Sequence[Page], reading: Reading) -> Iterator[Row]:
    found = SHAPES.read(of_stream(pages, "companies"), shapes.Record, RESULTS)
    yield from found.said
    for company in {company.id: company for company in found.good}.values():
        fields = {name: value for name in reading.of_company if (value := company.properties.get(name))}
        yield Organization(organization=company.id, name=company.properties.get("name") or "", fields=fields)


def _archived(pages: Sequence[Page]) -> Iterator[Row]:
    """What lies in the recycling bin: that it existed, and when it came."""
    found = SHAPES.read(of_stream(pages, "archived"), shapes.Record, RESULTS, ticket=ticket_id)
    yield from found.said
    for ticket in found.good:
        at, group = second(ticket.createdAt), ticket.properties.get(TEAM)
        yield Ticket(ticket=ticket.id, created_at=at, status="deleted", group=group, has_history=False)
