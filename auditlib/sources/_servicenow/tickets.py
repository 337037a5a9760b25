"""ServiceNow's incidents or cases as rows of the case log: each with its whole history, or rejected with a reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import ParseError

import defusedxml.ElementTree
import msgspec
from defusedxml import DefusedXmlException

from auditlib.caselog.rows import BadRecord, Event, Group, Organization, Person, Rejected, Row, Ticket
from auditlib.sources import Page, Settings
from auditlib.sources._servicenow import shapes
from auditlib.sources._servicenow.history import People, Told, channel_of
from auditlib.sources._servicenow.schedules import Schedules
from auditlib.sources._servicenow.service_levels import hours, keeping, verdicts
from auditlib.sources._servicenow.shapes import SHAPES
from auditlib.sources._servicenow.surveys import Ratings
from auditlib.sources._servicenow.tables import rows_of, text
from auditlib.sources._servicenow.words import COMPANY, CUSTOM, Labels, class_of, second
from auditlib.sources._shared.identities import identities
from auditlib.sources._shared.records import of_stream

RESULT = "result"
BELONGING: Mapping[str, tuple[type[Any], str]] = {
    "changes": (shapes.Change, "documentkey"),
    "entries": (shapes.Entry, "element_id"),
    "levels": (shapes.Promise, "task"),
    "surveys": (shapes.Survey, "task_id"),
    "answers": (shapes.Answer, "instance.task_id"),
}
"""What belongs to a ticket, and the field that says to which."""
Belonging = Mapping[str, list[Any]]


def number_of(row: Mapping[str, Any]) -> str | None:
    """The number of the ticket that a record of a ticket is about."""
    return row["number"] if isinstance(row.get("number"), str) else None


class Reading:
    """What is known while the tickets of one chunk are read."""

    def __init__(self, pages: Sequence[Page], settings: Settings, table: str) -> None:
        choices = SHAPES.read(of_stream(pages, "choices"), shapes.Choice, RESULT)
        groups = SHAPES.read(of_stream(pages, "groups"), shapes.Group, RESULT)
        self.said = [*choices.said, *groups.said]
        self.labels = Labels(table, choices.good, settings)
        self.schedules = Schedules(pages, str(settings.options.get("schedule", "")))
        self.ratings = Ratings(settings.options)
        self.said += self.schedules.said
        self.groups = groups.good
        self.bots = frozenset(bot.lower() for bot in settings.bots)
        self.fields = {f.removeprefix(CUSTOM): ours for ours, f in settings.fields.items() if f.startswith(CUSTOM)}
        self.of_company = sorted({f.removeprefix(COMPANY) for f in settings.fields.values() if f.startswith(COMPANY)})
        named = settings.scope.get("groups", ())
        self._groups = {group.sys_id for group in groups.good if group.name in named} if named else None

    def is_in_scope(self, task: shapes.Task) -> bool:
        """Whether the group that has it is audited."""
        return self._groups is None or task.assignment_group in self._groups

    def tasks(self, pages: Sequence[Page]) -> tuple[list[shapes.Task], list[Any]]:
        """The tickets of some pages, the last record of each, and what there is to say of the others."""
        found = SHAPES.read(of_stream(pages, "tickets"), shapes.Task, RESULT, ticket=number_of)
        said = [row for row in found.said if isinstance(row, Rejected) or row.field not in self.fields]
        return list({task.sys_id: task for task in found.good}.values()), said


def read_tickets(pages: Sequence[Page], settings: Settings, table: str) -> Iterator[Row]:
    """Every row of one chunk; a ticket that cannot be read is rejected, not raised."""
    reading = Reading(pages, settings, table)
    yield from reading.said
    tasks, said = reading.tasks(pages)
    yield from said
    numbers = {task.sys_id: task.number for task in tasks}
    told: dict[str, dict[str, list[Any]]] = {}
    spoilt: list[Any] = []
    for stream, (shape, key) in BELONGING.items():
        told[stream], more = _by_ticket(pages, stream, shape, key, numbers)
        spoilt += more
    yield from spoilt
    bad = {row.ticket for row in spoilt if isinstance(row, Rejected)}
    users = SHAPES.read(of_stream(pages, "users"), shapes.User, RESULT)
    yield from users.said
    people = People(users.good, reading.bots)
    values = {text(row, "sys_id"): row for row in rows_of(*of_stream(pages, "tickets"))}
    yield from (Group(group=group.sys_id, name=group.name) for group in reading.groups)
    kept: set[tuple[str, str]] = set()
    for task in tasks:
        if task.number in bad:
            continue
        try:
            its = {stream: records[task.sys_id] for stream, records in told.items()}
            yield from list(_ticket(task, its, reading, people, values[task.sys_id]))
            kept |= {(promise.schedule, promise.timezone) for promise in keeping(its["levels"])}
        except BadRecord as error:
            yield Rejected(ticket=task.number, reason="unreadable", detail=str(error))
    yield from reading.schedules.rows(kept)
    yield from _people(users.good, pages, reading.bots)
    yield from _organizations(pages, reading)
    yield from _deleted(pages, set(numbers))


def _by_ticket(
    pages: Sequence[Page], stream: str, shape: type[Any], key: str, numbers: Mapping[str, str]
) -> tuple[dict[str, list[Any]], list[Any]]:
    told = SHAPES.read(of_stream(pages, stream), shape, RESULT, ticket=lambda row: numbers.get(str(row.get(key))))
    name = next(field.name for field in msgspec.structs.fields(shape) if field.encode_name == key)
    found: dict[str, list[Any]] = defaultdict(list)
    for record in {record.sys_id: record for record in told.good}.values():
        found[getattr(record, name)].append(record)
    return found, told.said


def _ticket(
    task: shapes.Task, its: Belonging, reading: Reading, people: People, values: Mapping[str, Any]
) -> Iterator[Row]:
    created, status = second(task.sys_created_on), reading.labels.status(task.state, task.hold_reason)
    if not reading.is_in_scope(task):
        group = task.assignment_group or None
        yield Ticket(ticket=task.number, created_at=created, status=status, group=group, has_history=False)
        return
    mapped = {field: (ours, str(values.get(field) or "")) for field, ours in reading.fields.items()}
    told = Told(task, its["changes"], its["entries"], reading.labels, people, mapped)
    fields = {ours: value for ours, value in mapped.values() if value}
    yield Ticket(
        ticket=task.number,
        created_at=created,
        status=status,
        requester=task.requester or None,
        opened_by=task.opened_by if task.opened_by not in ("", task.requester) else None,
        organization=task.organization or None,
        channel=channel_of(task),
        subject=task.short_description or None,
        priority=reading.labels.priority(task.priority),
        group=task.assignment_group or None,
        assignee=task.assigned_to or None,
        topic=fields.get("topic"),
        language=fields.get("language"),
        tier=fields.get("tier"),
        region=fields.get("region"),
        incident_of=task.problem_id or None,
        fields={f"{CUSTOM}{field}": value for field, (_, value) in mapped.items() if value},
    )
    told.events += hours(task.number, its["levels"], reading.schedules)
    for said in reading.ratings.events(task.number, its["surveys"], its["answers"]):
        if isinstance(said, Event):
            told.events.append(said)
        else:
            yield said
    yield from verdicts(task.number, its["levels"])
    yield from sorted(told.events, key=lambda event: (event.occurred_at, event.seq))


def _people(users: Sequence[shapes.User], pages: Sequence[Page], bots: frozenset[str]) -> Iterator[Row]:
    roles = SHAPES.read(of_stream(pages, "roles"), shapes.Role, RESULT)
    yield from roles.said
    agents = {role.user for role in roles.good}
    for user in {user.sys_id: user for user in users}.values():
        email = user.email.lower() or None
        is_bot = class_of(user.user_name, user, bots) == "bot"
        yield Person(
            person=user.sys_id,
            role="bot" if is_bot else "agent" if user.sys_id in agents else "customer",
            name=user.name or None,
            email=email,
            language=user.preferred_language or None,
            organization=user.company or None,
            is_active=user.active == "true",
        )
        yield from identities(user.sys_id, "email", email, is_verified=True)


def _organizations(pages: Sequence[Page], reading: Reading) -> Iterator[Row]:
    told = of_stream(pages, "companies")
    found = SHAPES.read(told, shapes.Company, RESULT)
    yield from (row for row in found.said if isinstance(row, Rejected) or row.field not in reading.of_company)
    values = {text(row, "sys_id"): row for row in rows_of(*told)}
    for company in {company.sys_id: company for company in found.good}.values():
        fields = {name: str(values[company.sys_id].get(name) or "") for name in reading.of_company}
        yield Organization(
            organization=company.sys_id, name=company.name, fields={n: value for n, value in fields.items() if value}
        )


def _deleted(pages: Sequence[Page], shown: set[str]) -> Iterator[Row]:
    """What was deleted and is not there again: that it existed, and when it came."""
    again = {text(row, "sys_id") for row in rows_of(*of_stream(pages, "restored"))}
    found = SHAPES.read(of_stream(pages, "deletions"), shapes.Deletion, RESULT)
    yield from found.said
    for gone in found.good:
        if gone.documentkey in again or gone.documentkey in shown:
            continue
        try:
            was = _payload(gone.payload)
            yield Ticket(
                ticket=gone.display_value or was["number"],
                created_at=second(was["sys_created_on"]),
                status="deleted",
                group=was.get("assignment_group") or None,
                has_history=False,
            )
        except (BadRecord, KeyError):
            yield Rejected(
                ticket=gone.display_value or None,
                reason="unreadable",
                detail="deletions: what was deleted is not told with its number and when it was created",
            )


def _payload(xml: str) -> dict[str, str]:
    try:
        root = defusedxml.ElementTree.fromstring(xml)
    except (ParseError, DefusedXmlException, ValueError):
        raise BadRecord("the payload of a deletion is no XML") from None
    return {field.tag: field.text or "" for record in root.iter() for field in record}
