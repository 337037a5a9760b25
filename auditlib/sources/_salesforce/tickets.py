"""Salesforce's cases as rows of the case log: each with its whole history, or rejected with a reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from auditlib.caselog.rows import BadRecord, Event, Group, Notice, Organization, Person, Rejected, Row, Ticket
from auditlib.sources import Page, Settings
from auditlib.sources._salesforce import shapes
from auditlib.sources._salesforce.history import Told
from auditlib.sources._salesforce.hours import BusinessHours
from auditlib.sources._salesforce.milestones import verdicts
from auditlib.sources._salesforce.shapes import SHAPES
from auditlib.sources._salesforce.surveys import Surveys
from auditlib.sources._salesforce.words import ACCOUNT, CUSTOM, ORIGINS, PERSON, QUEUE, People, Statuses, word
from auditlib.sources._shared.identities import identities
from auditlib.sources._shared.records import listed, of_stream
from auditlib.sources._shared.values import second

RECORDS = "records"
BELONGING: Mapping[str, tuple[type[Any], str]] = {
    "changes": (shapes.Change, "CaseId"),
    "mails": (shapes.Mail, "ParentId"),
    "comments": (shapes.Comment, "ParentId"),
    "milestones": (shapes.Milestone, "CaseId"),
}
"""What belongs to a case, and the field that says to which."""


def case_number(row: Mapping[str, Any]) -> str | None:
    """The number of the case that a record of one is about."""
    return row["CaseNumber"] if isinstance(row.get("CaseNumber"), str) else None


class Reading:
    """What is known while the cases of one chunk are read."""

    def __init__(self, pages: Sequence[Page], settings: Settings) -> None:
        statuses = SHAPES.read(of_stream(pages, "statuses"), shapes.Status, RECORDS)
        queues = SHAPES.read(of_stream(pages, "queues"), shapes.Named, RECORDS)
        kinds = SHAPES.read(of_stream(pages, "milestone_types"), shapes.Named, RECORDS)
        self.hours, self.surveys = BusinessHours(pages), Surveys(pages, settings.options)
        self.milestones = {kind.Id: kind.Name for kind in kinds.good}
        self.said = [*statuses.said, *queues.said, *kinds.said, *self.hours.said, *self.surveys.said]
        self.statuses, self.queues = Statuses(statuses.good, settings), queues.good
        self.group_field = settings.options.get("group_field")
        self.fields = {f.removeprefix(CUSTOM): ours for ours, f in settings.fields.items() if f.startswith(CUSTOM)}
        self.of_account = sorted({f.removeprefix(ACCOUNT) for f in settings.fields.values() if f.startswith(ACCOUNT)})
        self._named = set(settings.scope.get("groups", ()))
        self._queues = {queue.Id for queue in self.queues if queue.Name in self._named}

    def is_in_scope(self, case: shapes.Case, values: Mapping[str, Any]) -> bool:
        """Whether the group that has it is audited; a case that a user owns is in whatever queue it was, or in none."""
        if not self._named:
            return True
        if self.group_field:
            return word(values.get(str(self.group_field))) in self._named
        return case.OwnerId in self._queues or str(case.OwnerId).startswith(PERSON)

    def cases(self, pages: Sequence[Page]) -> tuple[list[shapes.Case], list[Notice | Rejected]]:
        """The cases of some pages, the last record of each, and what there is to say of the others."""
        found = SHAPES.read(of_stream(pages, "cases"), shapes.Case, RECORDS, ticket=case_number)
        known = {*self.fields, str(self.group_field)}
        said = [row for row in found.said if isinstance(row, Rejected) or row.field not in known]
        return list({case.Id: case for case in found.good}.values()), said


def values_of(pages: Sequence[Page]) -> dict[str, Mapping[str, Any]]:
    """Case → its record as it was told, fields of the company's own included."""
    return _by_id(of_stream(pages, "cases"))


def _by_id(pages: Sequence[Page]) -> dict[str, Mapping[str, Any]]:
    rows = (row for page in pages for row in listed(page, RECORDS) if isinstance(row, dict))
    return {str(row.get("Id")): row for row in rows}


def read_cases(pages: Sequence[Page], settings: Settings) -> Iterator[Row]:
    """Every row of one chunk; a case that cannot be read is rejected, not raised."""
    reading = Reading(pages, settings)
    yield from reading.said
    yield from reading.hours.rows()
    cases, said = reading.cases(pages)
    yield from said
    numbers, values = {case.Id: case.CaseNumber for case in cases}, values_of(pages)
    told: dict[str, dict[str, list[Any]]] = {}
    spoilt: list[Notice | Rejected] = []
    for stream, (shape, key) in BELONGING.items():
        told[stream], more = _by_case(pages, stream, shape, key, numbers)
        spoilt += more
    yield from spoilt
    bad = {row.ticket for row in spoilt if isinstance(row, Rejected)}
    users = SHAPES.read(of_stream(pages, "users"), shapes.User, RECORDS)
    contacts = SHAPES.read(of_stream(pages, "contacts"), shapes.Contact, RECORDS)
    yield from [*users.said, *contacts.said]
    people = People(users.good, contacts.good, settings)
    groups = {queue.Id: queue.Name for queue in reading.queues}
    for case in cases:
        if case.CaseNumber in bad:
            continue
        try:
            yield from list(
                _case(case, values[case.Id], {s: t.get(case.Id, []) for s, t in told.items()}, reading, people)
            )
        except BadRecord as error:
            reason = "no_time_zone" if "time zone" in str(error) else "unreadable"
            yield Rejected(ticket=case.CaseNumber, reason=reason, detail=str(error))
    if reading.group_field:
        held = [row.get(str(reading.group_field)) for row in values.values()]
        changed = (c for cs in told["changes"].values() for c in cs if c.Field == reading.group_field)
        held += [value for change in changed for value in (change.OldValue, change.NewValue)]
        groups = {name: name for value in held if (name := word(value))}
    yield from (Group(group=group, name=name) for group, name in sorted(groups.items()))
    yield from _people(people)
    yield from _organizations(pages, reading)


def _by_case(
    pages: Sequence[Page], stream: str, shape: type[Any], key: str, numbers: Mapping[str, str]
) -> tuple[dict[str, list[Any]], list[Notice | Rejected]]:
    found = SHAPES.read(of_stream(pages, stream), shape, RECORDS, ticket=lambda row: numbers.get(str(row.get(key))))
    by_case: dict[str, list[Any]] = defaultdict(list)
    for record in {record.Id: record for record in found.good}.values():
        by_case[getattr(record, key)].append(record)
    return by_case, found.said


def _case(
    case: shapes.Case, values: Mapping[str, Any], told: Mapping[str, list[Any]], reading: Reading, people: People
) -> Iterator[Row]:
    created, group = second(case.CreatedDate), _group(case, values, reading)
    if case.IsDeleted or not reading.is_in_scope(case, values):
        status = "deleted" if case.IsDeleted else reading.statuses.of(case.Status)
        yield Ticket(ticket=case.CaseNumber, created_at=created, status=status, group=group, has_history=False)
        return
    history = Told(
        case, values, told["changes"], told["mails"], told["comments"], people, reading.statuses, reading.fields,
        reading.group_field, reading.hours.known,
    )  # fmt: skip
    mapped = {ours: value for field, ours in reading.fields.items() if (value := word(values.get(field)))}
    opener = history.opener[0]
    owner = case.OwnerId if case.OwnerId and case.OwnerId.startswith(PERSON) else None
    yield Ticket(
        ticket=case.CaseNumber,
        created_at=history.created_at,
        status=reading.statuses.of(case.Status),
        requester=history.requester,
        opened_by=opener if opener != history.requester else None,
        organization=case.AccountId,
        channel=ORIGINS.get((case.Origin or "").lower(), "unknown"),
        subject=case.Subject,
        priority=case.Priority.lower() if case.Priority else None,
        group=history.group,
        assignee=people.person(owner),
        topic=mapped.get("topic"),
        language=mapped.get("language"),
        tier=mapped.get("tier"),
        region=mapped.get("region"),
        fields={f"{CUSTOM}{field}": mapped[ours] for field, ours in reading.fields.items() if ours in mapped},
    )
    yield from verdicts(case.CaseNumber, told["milestones"], reading.milestones)
    for said in reading.surveys.events(case.Id, case.CaseNumber, history.requester):
        if isinstance(said, Event):
            history.events.append(said)
        else:
            yield said
    yield from sorted(history.events, key=lambda event: (event.occurred_at, event.seq))


def _group(case: shapes.Case, values: Mapping[str, Any], reading: Reading) -> str | None:
    if reading.group_field:
        return word(values.get(str(reading.group_field)))
    return case.OwnerId if case.OwnerId and case.OwnerId.startswith(QUEUE) else None


def _people(people: People) -> Iterator[Row]:
    for user in people.users.values():
        person, whose = people.who(user.Id)
        if person == user.Id and whose != "automation":
            email = user.Email.lower() if user.Email else None
            yield Person(person=person, role=people.role(user), name=user.Name, email=email, is_active=user.IsActive)
            yield from identities(user.Id, "email", email, is_verified=True)
    for contact in people.contacts.values():
        email = contact.Email.lower() if contact.Email else None
        yield Person(person=contact.Id, role="customer", name=contact.Name, email=email, organization=contact.AccountId)
        yield from identities(contact.Id, "email", email, is_verified=True)
    for key, address in sorted(people.addresses.items()):
        yield Person(person=key, role="customer", email=address)
        yield from identities(key, "email", address, is_verified=True)


def _organizations(pages: Sequence[Page], reading: Reading) -> Iterator[Row]:
    told = of_stream(pages, "accounts")
    found = SHAPES.read(told, shapes.Named, RECORDS)
    yield from (row for row in found.said if isinstance(row, Rejected) or row.field not in reading.of_account)
    values = _by_id(told)
    for account in {account.Id: account for account in found.good}.values():
        fields = {name: value for name in reading.of_account if (value := word(values[account.Id].get(name)))}
        yield Organization(organization=account.Id, name=account.Name, fields=fields)
