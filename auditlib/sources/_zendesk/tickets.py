"""Zendesk's tickets as rows of the case log: each with its whole history, or rejected with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from auditlib.caselog.rows import BadRecord, Notice, Rejected, Row, Ticket, VendorMetric
from auditlib.sources import Page, Settings
from auditlib.sources._shared.values import key, second, word
from auditlib.sources._zendesk import chats, shapes, surveys, updates
from auditlib.sources._zendesk.events import History
from auditlib.sources._zendesk.fields import OF_TICKET, kinds
from auditlib.sources._zendesk.policies import missed
from auditlib.sources._zendesk.records import Records, of_stream, records, ticket_of
from auditlib.sources._zendesk.words import CHANNEL, Statuses

COUNTS = ("reopens", "replies", "assignee_stations", "group_stations")
MINUTES = [
    (name, f"{name}.calendar", f"{name}.business")
    for name in (
        "reply_time_in_minutes",
        "first_resolution_time_in_minutes",
        "full_resolution_time_in_minutes",
        "agent_wait_time_in_minutes",
        "requester_wait_time_in_minutes",
        "on_hold_time_in_minutes",
    )
]


class Reading:
    """What is known while the tickets of one chunk are read: statuses, groups and the settings."""

    def __init__(self, pages: Sequence[Page], settings: Settings) -> None:
        custom = [s for p in of_stream(pages, "custom_statuses") for s in _good(p, shapes.CustomStatus)]
        groups = [g for p in of_stream(pages, "groups") for g in _good(p, shapes.Group)]
        self.statuses = Statuses(custom, settings)
        self.bots = frozenset(settings.bots)
        self.fields = {theirs: ours for ours, theirs in settings.fields.items()}
        self.kinds = kinds(self.fields)
        named = settings.scope.get("groups", ())
        self.groups = {group.id for group in groups if group.name in named} if named else None

    def wants_history(self, ticket: shapes.Ticket) -> bool:
        """Whether there is a history, and in a group that is audited."""
        return ticket.status != "deleted" and (self.groups is None or ticket.group_id in self.groups)


def _good(page: Page, shape: type) -> list[Any]:
    return records(page, page.stream, shape).good


def read_tickets(pages: Sequence[Page], settings: Settings) -> Iterator[Row]:
    """Every ticket of the chunk with its whole history; one that cannot be read is rejected, not raised."""
    reading = Reading(pages, settings)
    audits: dict[str, list[Records]] = {}
    for page in of_stream(pages, "audits"):
        audits.setdefault(ticket_of(page), []).append(records(page, "audits", updates.Audit))
    try:
        answers = surveys.answers(of_stream(pages, surveys.STREAM))
    except BadRecord as error:
        answers = {}
        yield Notice(stream=surveys.STREAM, field=str(error))
    logs: dict[str, list[Page]] = {}
    for page in of_stream(pages, chats.STREAM):
        logs.setdefault(ticket_of(page), []).append(page)
    for page in of_stream(pages, "tickets"):
        found, sets = records(page, "tickets", shapes.Ticket), _metric_sets(page)
        yield from found.said
        # An export may show a ticket twice, or again on a repeated page: the last one is the newest.
        for ticket in {ticket.id: ticket for ticket in found.good}.values():
            ticket.metric_set, number = ticket.metric_set or sets.get(ticket.id), str(ticket.id)
            try:
                said = chats.logged(logs.get(number, ()))
                yield from _ticket(ticket, audits.get(number), answers.get(number, ()), said, reading)
            except BadRecord as error:
                reason = "no_time_zone" if "time zone" in str(error) else "unreadable"
                yield Rejected(ticket=str(ticket.id), reason=reason, detail=str(error))


def _metric_sets(page: Page) -> dict[Any, dict[str, Any]]:
    """Zendesk's own figures by ticket, where they stand beside the tickets and not within them."""
    if b'"metric_sets"' not in page.body:
        return {}
    sets = page.json().get("metric_sets")
    return {told.get("ticket_id"): told for told in sets if isinstance(told, dict)} if isinstance(sets, list) else {}


def _ticket(
    ticket: shapes.Ticket,
    told: list[Records] | None,
    answers: Sequence[tuple[int, str]],
    said: Sequence[chats.Said],
    reading: Reading,
) -> list[Row]:
    if not reading.wants_history(ticket):
        return [_without_history(ticket, reading)]
    if told is None:
        return []  # Changed after the window, or told again in a later chunk: not delivered by this one.
    rows: list[Row] = [row for found in told for row in found.said]
    if any(isinstance(row, Rejected) for row in rows):
        return rows
    audits = {audit.id: audit for found in told for audit in found.good}
    history = History(ticket, list(audits.values()), reading.statuses, reading.bots, reading.kinds, answers, said)
    rows += [_now(ticket, history.merged_into, reading), *history.events]
    rows += _vendor_metrics(ticket, until=max((event.occurred_at for event in history.events), default=0))
    if ticket.via and ticket.via.channel is not None and str(ticket.via.channel) not in CHANNEL:
        rows.append(Notice(stream="tickets", field=f"via.channel={ticket.via.channel}"))
    return rows


def _now(ticket: shapes.Ticket, merged_into: str | None, reading: Reading) -> Ticket:
    fields, via = _fields(ticket, reading), ticket.via
    return Ticket(
        ticket=str(ticket.id),
        created_at=second(ticket.created_at),
        status=reading.statuses.of(ticket.status, ticket.custom_status_id),
        requester=key(ticket.requester_id),
        opened_by=None if ticket.submitter_id == ticket.requester_id else key(ticket.submitter_id),
        organization=key(ticket.organization_id),
        channel=CHANNEL.get(str(via.channel), "unknown") if via else "unknown",
        subject=ticket.subject,
        priority=ticket.priority,
        group=key(ticket.group_id),
        assignee=key(ticket.assignee_id),
        topic=fields.get("topic"),
        language=fields.get("language"),
        tier=fields.get("tier"),
        region=fields.get("region"),
        url=(ticket.url or "").replace("/api/v2/", "/agent/").removesuffix(".json") or None,
        follow_up_of=_followed(via),
        merged_into=merged_into,
        incident_of=key(ticket.problem_id),
        tags=tuple(ticket.tags.split() if isinstance(ticket.tags, str) else ticket.tags or ()),
        fields={theirs: fields[ours] for theirs, ours in reading.fields.items() if ours in fields},
    )


def _followed(via: shapes.Via | None) -> str | None:
    """The closed ticket that this one follows."""
    source = via.source if via else None
    if source and source.origin and source.rel == "follow_up":
        return key(source.origin.ticket_id)
    return None


def _without_history(ticket: shapes.Ticket, reading: Reading) -> Ticket:
    """Only that it exists: a deleted ticket has no history to tell, and outside the scope none is asked."""
    return Ticket(
        ticket=str(ticket.id),
        created_at=second(ticket.created_at),
        status=reading.statuses.of(ticket.status, ticket.custom_status_id),
        group=key(ticket.group_id),
        has_history=False,
    )


def _fields(ticket: shapes.Ticket, reading: Reading) -> dict[str, str]:
    """Our names of the mapped fields → their values on this ticket."""
    if not reading.fields:
        return {}
    values: dict[str, Any] = {f"custom_field:{field.id}": field.value for field in ticket.custom_fields or ()}
    values |= {name: getattr(ticket, field) for name, field in OF_TICKET.items()}
    found = {ours: word(values.get(theirs)) for theirs, ours in reading.fields.items()}
    return {ours: value for ours, value in found.items() if value is not None}


def _vendor_metrics(ticket: shapes.Ticket, until: int) -> list[VendorMetric]:
    told, number = ticket.metric_set or {}, str(ticket.id)
    values = [(name, told.get(name)) for name in COUNTS]
    values += missed(ticket.metric_events or {}, until)
    for name, calendar, business in MINUTES:
        minutes = told.get(name)
        if isinstance(minutes, dict):
            values += ((calendar, minutes.get("calendar")), (business, minutes.get("business")))
    return [
        VendorMetric(ticket=number, metric=metric, value=float(value))
        for metric, value in values
        if isinstance(value, (int, float))
    ]
