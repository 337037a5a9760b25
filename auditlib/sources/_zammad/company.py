"""Everything of a Zammad that is not a ticket: people, groups, organizations and calendars."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from auditlib.caselog.rows import BadRecord, Group, Notice, Organization, Person, Rejected, Row, Schedule
from auditlib.sources import Page, Settings
from auditlib.sources._shared.identities import identities
from auditlib.sources._shared.records import listed, of_stream
from auditlib.sources._shared.values import key, second, word
from auditlib.sources._shared.zones import iana
from auditlib.sources._zammad import shapes
from auditlib.sources._zammad.shapes import SHAPES
from auditlib.sources._zammad.words import NOBODY, minute, role

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
A_DAY = 24 * 60
GROUP = "ticket.group_id"
PREFIX = "organization."


def known_attributes(pages: Sequence[Page], of: str) -> tuple[frozenset[str], list[Notice | Rejected]]:
    """The attributes that Zammad itself says its tickets, or organizations, have."""
    told = SHAPES.read(of_stream(pages, "attributes"), shapes.Attribute)
    return frozenset(a.name for a in told.good if a.object == of), told.said


def levels_of_groups(levels: Sequence[shapes.Level]) -> dict[str, str]:
    """Group → the calendar of the first service level, by name, that asks for the group and nothing else."""
    found: dict[str, str] = {}
    for level in sorted(levels, key=lambda level: (level.name, level.created_at)):
        asked = level.condition or {}
        wanted = asked.get(GROUP)
        if level.calendar_id is None or set(asked) != {GROUP} or not isinstance(wanted, dict):
            continue
        groups = wanted.get("value")
        if wanted.get("operator") == "is" and groups:
            for group in groups if isinstance(groups, list) else [groups]:
                found.setdefault(str(group), str(level.calendar_id))
    return found


def read_company(pages: Sequence[Page], settings: Settings) -> Iterator[Row]:
    """The rows of one chunk that holds no tickets."""
    for shape, stream in ((shapes.State, "states"), (shapes.Attribute, "attributes"), (shapes.Level, "levels")):
        yield from SHAPES.read(of_stream(pages, stream), shape).said
    groups = SHAPES.read(of_stream(pages, "groups"), shapes.Group)
    yield from groups.said
    yield from (Group(group=str(group.id), name=group.name) for group in groups.good)
    calendars = SHAPES.read(of_stream(pages, "calendars"), shapes.Calendar)
    yield from calendars.said
    for calendar in calendars.good:
        try:
            yield _schedule(calendar)
        except BadRecord as error:
            yield Rejected(ticket=None, reason="unreadable", detail=f"calendars: {error}")
    users = SHAPES.read(of_stream(pages, "users"), shapes.User)
    known, _ = known_attributes(pages, "User")
    yield from _unknown(users.said, known)
    for user in users.good:
        if user.id != NOBODY:
            yield from _person(user, settings)
    yield from _organizations(of_stream(pages, "organizations"), pages, settings)


def _organizations(told: Sequence[Page], pages: Sequence[Page], settings: Settings) -> Iterator[Row]:
    names = {name.removeprefix(PREFIX) for name in settings.fields.values() if name.startswith(PREFIX)}
    known, _ = known_attributes(pages, "Organization")
    found = SHAPES.read(told, shapes.Organization)
    yield from _unknown(found.said, known | names)
    values = {row.get("id"): row for page in told for row in listed(page) if isinstance(row, dict)}
    for organization in found.good:
        fields = {name: word(values[organization.id].get(name)) for name in sorted(names)}
        yield Organization(
            organization=str(organization.id),
            name=organization.name,
            fields={name: value for name, value in fields.items() if value is not None},
        )


def _unknown(said: Sequence[Notice | Rejected], known: frozenset[str] | set[str]) -> Iterator[Row]:
    yield from (row for row in said if not (isinstance(row, Notice) and row.field in known))


def _person(told: shapes.User, settings: Settings) -> Iterator[Row]:
    number, email = str(told.id), told.email.lower() if told.email else None
    locale = (told.preferences or {}).get("locale")
    yield Person(
        person=number,
        role="bot" if {number, email} & set(settings.bots) else role(told.roles or (), told.group_ids or ()),
        name=" ".join(part for part in (told.firstname, told.lastname) if part) or None,
        email=email,
        language=locale.split("-")[0] if isinstance(locale, str) else None,
        organization=key(told.organization_id),
        is_active=told.active is not False,
    )
    # Zammad calls an address verified once its owner has confirmed it.
    is_confirmed = bool(told.verified)
    yield from identities(number, "email", email, is_verified=is_confirmed)
    yield from identities(number, "phone", told.phone, told.mobile, is_verified=is_confirmed)


def _schedule(told: shapes.Calendar) -> Schedule:
    intervals = []
    for name, day in told.business_hours.items():
        if name not in DAYS:
            raise BadRecord(f"{name!r} is no day of the week")
        midnight = DAYS.index(name) * A_DAY
        for begin, end in ((minute(frame[0]), minute(frame[1])) for frame in day.timeframes or () if len(frame) == 2):
            if day.active and begin < end:
                intervals.append((midnight + begin, midnight + end))
    return Schedule(
        schedule=str(told.id),
        name=told.name,
        time_zone=iana(told.timezone),
        intervals=tuple(sorted(intervals)),
        holidays=tuple((day, day) for day in sorted(_holidays(told.public_holidays or {}))),
        is_default=bool(told.default),
        edited_at=second(told.updated_at) if told.updated_at != told.created_at else 0,
    )


def _holidays(told: Mapping[str, Any]) -> Iterator[str]:
    for day, holiday in told.items():
        if isinstance(holiday, dict) and holiday.get("active") and not holiday.get("removed"):
            yield day
