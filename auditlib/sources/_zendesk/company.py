"""Everything of a Zendesk account that is not a ticket: people, groups, organizations, hours, policies."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from auditlib.caselog.rows import (
    BadRecord,
    Group,
    Organization,
    Person,
    Rejected,
    RoleChange,
    Row,
    Schedule,
)
from auditlib.sources import Page, Settings
from auditlib.sources._shared.identities import identities
from auditlib.sources._shared.values import key, second, word
from auditlib.sources._shared.zones import iana
from auditlib.sources._zendesk import shapes
from auditlib.sources._zendesk.policies import service_level
from auditlib.sources._zendesk.records import of_stream, records

WEEK = 7 * 24 * 60
_NAME = r"['\"]?([^'\"\n]+?)['\"]?"
_ROLE = re.compile(rf"\brole\b(?:.*?\bfrom\s+{_NAME}\s+to|.*?\bto)\s+{_NAME}\.?\s*$", re.IGNORECASE | re.MULTILINE)
_SCHEDULE = re.compile(r"/schedules/(\d+)/holidays")
_STREAMS = {
    "users": ("users", shapes.User),
    "groups": ("groups", shapes.Group),
    "organizations": ("organizations", shapes.Organization),
    "policies": ("sla_policies", shapes.Policy),
    "role_changes": ("audit_logs", shapes.RoleLog),
}


def read_company(pages: Sequence[Page], settings: Settings) -> Iterator[Row]:
    """People, groups, organizations, hours and policies of one chunk."""
    yield from _schedules(pages)
    rows: dict[str, Callable[[Any], Iterable[Row]]] = {
        "users": lambda user: _person(user, settings),
        "groups": lambda group: [Group(group=str(group.id), name=group.name)],
        "organizations": _organization,
        "policies": lambda policy: service_level(policy, settings),
        "role_changes": _role_change,
    }
    for page in pages:
        if page.stream in rows:
            found = records(page, *_STREAMS[page.stream])
            yield from found.said
            for record in found.good:
                yield from _or_rejected(rows[page.stream], record, page.stream)


def _or_rejected(rows: Callable[[Any], Iterable[Row]], record: Any, stream: str) -> list[Row]:
    try:
        return list(rows(record))
    except BadRecord as error:
        return [Rejected(ticket=None, reason="unreadable", detail=f"{stream}: {error}")]


def _person(user: shapes.User, settings: Settings) -> Iterator[Row]:
    person, email = str(user.id), user.email.lower() if user.email else None
    bots = {bot.lower() for bot in settings.bots}
    is_bot = person in bots or email in bots
    yield Person(
        person=person,
        role="bot" if is_bot else _role_told(user.role),
        name=user.name,
        email=email,
        language=user.locale,
        organization=key(user.organization_id),
        is_active=user.active is not False and not user.suspended,
    )
    is_verified = bool(user.verified)
    yield from identities(person, "email", email, is_verified=is_verified)
    yield from identities(person, "phone", user.phone, is_verified=is_verified and not user.shared_phone_number)
    yield from identities(person, "external", key(user.external_id), is_verified=True)


def _role_told(role: str | None) -> str:
    """Whoever is no end user works here, whatever the company calls the role."""
    return "unknown" if role is None else "customer" if role == "end-user" else "agent"


def _organization(told: shapes.Organization) -> Iterator[Row]:
    values = {name: word(value) for name, value in (told.organization_fields or {}).items()}
    fields = {name: value for name, value in values.items() if value is not None}
    yield Organization(organization=str(told.id), name=told.name, fields=fields)


def _role_change(told: shapes.RoleLog) -> Iterator[Row]:
    """A role, if that is what the entry of the audit log is about: it tells it in a sentence."""
    found = _ROLE.search(told.change_description or "")
    if found:
        was, role = (name and _role_of(name) for name in found.groups())
        yield RoleChange(person=str(told.source_id), since=second(told.created_at), role=role, was=was)


def _role_of(name: str) -> str:
    return "customer" if name.lower().replace("-", " ") == "end user" else "agent"


def _schedules(pages: Sequence[Page]) -> Iterator[Row]:
    holidays: dict[str, list[tuple[str, str]]] = {}
    for page in of_stream(pages, "holidays"):
        found = records(page, "holidays", shapes.Holiday)
        yield from found.said
        schedule = _SCHEDULE.search(page.url)
        if schedule:
            days = holidays.setdefault(schedule[1], [])
            days += [(holiday.start_date, holiday.end_date) for holiday in found.good]
    # Zendesk applies the first schedule of the list to every ticket that no trigger gives another:
    # https://support.zendesk.com/hc/en-us/articles/4408842938522
    is_default = True
    for page in of_stream(pages, "schedules"):
        found = records(page, "schedules", shapes.Schedule)
        yield from found.said
        for told in found.good:
            as_row = functools.partial(_schedule, holidays=holidays, is_default=is_default)
            yield from _or_rejected(as_row, told, "schedules")
            is_default = False


def _schedule(told: shapes.Schedule, holidays: dict[str, list[tuple[str, str]]], is_default: bool) -> Iterator[Row]:
    number = str(told.id)
    yield Schedule(
        schedule=number,
        name=told.name,
        time_zone=iana(told.time_zone),
        intervals=tuple(sorted(_since_monday(interval) for interval in told.intervals)),
        holidays=tuple(sorted(set(holidays.get(number, ())))),
        is_default=is_default,
        edited_at=second(told.updated_at) if told.updated_at and told.updated_at != told.created_at else 0,
    )


def _since_monday(interval: shapes.Interval) -> tuple[int, int]:
    """Zendesk counts minutes from Sunday, the case log from Monday; the length stays."""
    start = (interval.start_time - 24 * 60) % WEEK
    return start, start + interval.end_time - interval.start_time
