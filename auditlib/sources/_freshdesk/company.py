"""Everything of a Freshdesk account that is not a ticket: people, groups, companies, hours, service levels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from auditlib.caselog.rows import BadRecord, Group, Organization, Person, Policy, Rejected, Row, Schedule
from auditlib.sources import Page, Settings
from auditlib.sources._freshdesk import shapes
from auditlib.sources._freshdesk.shapes import SHAPES
from auditlib.sources._freshdesk.words import PRIORITIES, minute
from auditlib.sources._shared.identities import identities
from auditlib.sources._shared.records import of_stream
from auditlib.sources._shared.values import key, word
from auditlib.sources._shared.zones import iana

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
A_DAY = 24 * 60
OF_POLICY = {"company_ids": "organization", "group_ids": "group"}
"""Freshdesk's conditions of a service level in our words; others keep their names, and cannot be told."""
PROMISES = {"respond_within": "first_reply", "next_respond_within": "next_reply", "resolve_within": "agent_work"}
"""Its targets in our words: the time to resolve stands still in every status that waits for somebody else."""
LAST = 1_000_000


def read_company(pages: Sequence[Page], settings: Settings) -> Iterator[Row]:
    """The rows of one chunk that holds no tickets."""
    rows: dict[str, tuple[type[Any], Callable[[Any], Iterable[Row]]]] = {
        "groups": (shapes.Group, lambda group: [Group(group=str(group.id), name=group.name)]),
        "agents": (shapes.Agent, lambda agent: _agent(agent, settings)),
        "contacts": (shapes.Contact, lambda contact: _contact(contact, settings)),
        "companies": (shapes.Company, _organization),
        "hours": (shapes.Hours, _schedule),
        "policies": (shapes.Policy, _policy),
        "fields": (shapes.Field, lambda field: []),
    }
    for stream, (shape, as_rows) in rows.items():
        found = SHAPES.read(of_stream(pages, stream), shape)
        yield from found.said
        for record in found.good:
            yield from _or_rejected(as_rows, record, stream)


def _or_rejected(rows: Callable[[Any], Iterable[Row]], record: Any, stream: str) -> list[Row]:
    try:
        return list(rows(record))
    except BadRecord as error:
        return [Rejected(ticket=None, reason="unreadable", detail=f"{stream}: {error}")]


def _agent(told: shapes.Agent, settings: Settings) -> Iterator[Row]:
    person, email = str(told.id), _address(told.contact.email)
    role = "bot" if {person, email} & set(settings.bots) else "agent"
    yield Person(person=person, role=role, name=told.contact.name, email=email, language=told.contact.language)
    yield from identities(person, "email", email, is_verified=True)


def _contact(told: shapes.Contact, settings: Settings) -> Iterator[Row]:
    person, email = str(told.id), _address(told.email)
    role = "bot" if {person, email} & set(settings.bots) else "customer"
    yield Person(
        person=person,
        role=role,
        name=told.name,
        email=email,
        language=told.language,
        organization=key(told.company_id),
    )
    # Freshdesk calls a contact active once the person has confirmed the address.
    is_confirmed = bool(told.active)
    addresses = (email, *map(_address, told.other_emails or ()))
    yield from identities(person, "email", *addresses, is_verified=is_confirmed)
    yield from identities(person, "phone", told.phone, told.mobile, is_verified=is_confirmed)
    yield from identities(person, "external", told.unique_external_id, is_verified=True)


def _organization(told: shapes.Company) -> Iterator[Row]:
    own = {"account_tier": told.account_tier, "industry": told.industry, "health_score": told.health_score}
    values = {name: word(value) for name, value in {**own, **(told.custom_fields or {})}.items()}
    fields = {name: value for name, value in values.items() if value is not None}
    yield Organization(organization=str(told.id), name=told.name, fields=fields)


def _schedule(told: shapes.Hours) -> Iterator[Row]:
    intervals = []
    for day, hours in told.business_hours.items():
        if day not in DAYS:
            raise BadRecord(f"{day!r} is no day of the week")
        midnight, begin, end = DAYS.index(day) * A_DAY, minute(hours.start_time), minute(hours.end_time)
        if begin < end:
            intervals.append((midnight + begin, midnight + end))
    yield Schedule(
        schedule=str(told.id),
        name=told.name,
        time_zone=iana(told.time_zone),
        intervals=tuple(sorted(intervals)),
        is_default=bool(told.is_default),
    )


def _policy(told: shapes.Policy) -> Iterator[Row]:
    if told.active is False:
        return
    conditions = [
        {"field": OF_POLICY.get(name, name), "operator": "is", "values": [str(value) for value in values]}
        for name, told_of in (told.applicable_to or {}).items()
        if (values := told_of if isinstance(told_of, list) else [told_of] if told_of else [])
    ]
    definition = {"all": conditions, "any": [], "targets": list(_targets(told.sla_target or {}))}
    # The default policy holds where no other does, wherever it stands.
    position = LAST if told.is_default else told.position or 0
    yield Policy(policy=str(told.id), name=told.name, position=position, definition=definition)


def _targets(told: dict[str, shapes.Target | None]) -> Iterator[dict[str, Any]]:
    """Seconds to the first reply and to the solve, by priority."""
    for name, target in told.items():
        priority = PRIORITIES.get(int(name.removeprefix("priority_"))) if name[9:].isdigit() else None
        if priority is None:
            raise BadRecord(f"{name!r} is none of Freshdesk's priorities, priority_1 to priority_4")
        for field, promises in PROMISES.items():
            seconds = getattr(target, field, None)
            if target is not None and seconds:
                business = bool(target.business_hours)
                yield {"promises": promises, "priority": priority, "seconds": seconds, "business": business}


def _address(email: str | None) -> str | None:
    return email.lower() if email else None
