"""Gorgias's tickets as rows of the case log: each with its whole history, or rejected with a reason."""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec

from auditlib.caselog.rows import BadRecord, Group, Notice, Person, Rejected, Row, Ticket
from auditlib.sources import Page, Settings
from auditlib.sources._gorgias import shapes
from auditlib.sources._gorgias.desk import rows
from auditlib.sources._gorgias.history import Told
from auditlib.sources._gorgias.shapes import SHAPES
from auditlib.sources._gorgias.words import (
    BOT,
    CHANNELS,
    CLOSED,
    CUSTOM,
    PRIORITIES,
    SNOOZED,
    STATUSES,
    at,
    person,
    user,
)
from auditlib.sources._shared.identities import identities
from auditlib.sources._shared.records import Records, of_stream
from auditlib.sources._shared.statuses import Statuses
from auditlib.sources._shared.values import word

_TICKET = re.compile(r"/tickets/(\d+)")
Said = list[Notice | Rejected]


def ticket_id(row: Any) -> str | None:
    """The number of the ticket that a record of one is about."""
    return str(row["id"]) if isinstance(row, dict) and isinstance(row.get("id"), int) else None


@dataclasses.dataclass
class Held:
    """What is known of one ticket besides its record."""

    survey: shapes.Survey | None = None
    messages: dict[int, shapes.Message] = dataclasses.field(default_factory=dict)
    events: dict[int, shapes.Event] = dataclasses.field(default_factory=dict)
    is_shown: bool = False


class Reading:
    """What is known while the tickets of one chunk are read."""

    def __init__(self, pages: Sequence[Page], settings: Settings) -> None:
        users, teams = (self._listed(pages, *told) for told in (("users", shapes.User), ("teams", shapes.Team)))
        self.said = [*users.said, *teams.said]
        self.users, self.teams = users.good, teams.good
        self.statuses = Statuses(STATUSES, settings)
        named = frozenset(bot.lower() for bot in settings.bots)
        self.bots = named | {f"u-{u.id}" for u in self.users if is_bot(u) or (u.email or "").lower() in named}
        self.named = named
        self.fields = {f.removeprefix(CUSTOM): ours for ours, f in settings.fields.items() if f.startswith(CUSTOM)}
        wanted = settings.scope.get("groups", ())
        self._teams = {team.id for team in self.teams if team.name in wanted} if wanted else None

    @staticmethod
    def _listed(pages: Sequence[Page], stream: str, shape: type[Any]) -> Any:
        return SHAPES.rows([row for page in of_stream(pages, stream) for row in rows(page)], stream, shape)

    def is_in_scope(self, ticket: shapes.Ticket) -> bool:
        """Whether the team that has it is audited."""
        return self._teams is None or (ticket.assignee_team is not None and ticket.assignee_team.id in self._teams)

    def values(self, ticket: shapes.Ticket) -> dict[str, str]:
        """The mapped fields, by our names."""
        held = ticket.custom_fields or {}
        told = {ours: word(held[number].value) for number, ours in self.fields.items() if number in held}
        return {ours: value for ours, value in told.items() if value}


def is_bot(told: shapes.User) -> bool:
    """Whether Gorgias itself calls a user a machine: its own AI agent is one."""
    return told.role is not None and told.role.name == BOT


def tickets(pages: Sequence[Page]) -> tuple[dict[int, tuple[shapes.Ticket, int | None]], Said]:
    """The tickets of some pages, by the last record of each, with when it was shown; and what there is to say."""
    found: dict[int, tuple[shapes.Ticket, int | None]] = {}
    said: Said = []
    listed = {row["id"] for page in of_stream(pages, "tickets") for row in rows(page) if ticket_id(row)}
    for page in of_stream(pages, "tickets", "ticket"):
        # Where it is listed, the list's record counts: by that it was found to have changed.
        shown = rows(page) if page.stream == "tickets" else [page.json()] if _number(page) not in listed else []
        told = SHAPES.rows(shown, page.stream, shapes.Ticket, ticket=ticket_id)
        found |= {ticket.id: (ticket, page.served_at) for ticket in told.good}
        said += told.said
    return found, said


def read_tickets(pages: Sequence[Page], settings: Settings) -> Iterator[Row]:
    """Every row of one chunk; a ticket that cannot be read is rejected, not raised."""
    reading = Reading(pages, settings)
    yield from reading.said
    yield from (Group(group=str(team.id), name=team.name or str(team.id)) for team in reading.teams)
    found, said = tickets(pages)
    held, spoilt = _held(pages)
    yield from [*said, *spoilt]
    bad = {row.ticket for row in spoilt if isinstance(row, Rejected)}
    people: dict[str, shapes.Somebody] = {}
    for ticket, shown_at in found.values():
        if str(ticket.id) in bad:
            continue
        try:
            yield from list(_ticket(ticket, shown_at, held[ticket.id], reading))
        except BadRecord as error:
            yield Rejected(ticket=str(ticket.id), reason="unreadable", detail=str(error))
            continue
        if held[ticket.id].is_shown:
            people |= _named(ticket, held[ticket.id])
    yield from _people(people, reading)


def _held(pages: Sequence[Page]) -> tuple[dict[int, Held], Said]:
    """What the pages tell of each ticket, as their addresses name it."""
    found: dict[int, Held] = defaultdict(Held)
    said: Said = []
    for page in of_stream(pages, "ticket"):
        number = _number(page)
        whole = _its(number, SHAPES.one(page, shapes.Whole), said)
        for told in whole:
            messages = _its(number, SHAPES.rows(told.messages, "messages", shapes.Message), said)
            held = found[number]
            held.messages |= {message.id: message for message in messages}
            held.survey, held.is_shown = told.satisfaction_survey, True
    for page in of_stream(pages, "events"):
        number = int(parse_qs(urlsplit(page.url).query)["object_id"][0])
        events = _its(number, SHAPES.rows(rows(page), "events", shapes.Event), said)
        found[number].events |= {event.id: event for event in events}
    return found, said


def _number(page: Page) -> int:
    """The ticket that was asked for alone."""
    named = _TICKET.search(page.url)
    return int(named[1]) if named else 0


def _its(number: int, told: Records[Any], said: Said) -> list[Any]:
    """The records of one ticket that can be read; the ticket is rejected with any that cannot."""
    said += [
        msgspec.structs.replace(row, ticket=str(number)) if isinstance(row, Rejected) else row for row in told.said
    ]
    return told.good


def _ticket(ticket: shapes.Ticket, shown_at: int | None, held: Held, reading: Reading) -> Iterator[Row]:
    today = _today(ticket, shown_at)
    status = reading.statuses.of(today)  # Also where the ticket is gone: a word that nobody knows stops the source.
    values = reading.values(ticket)
    told = Told(
        ticket, today, held.messages.values(), held.events.values(), held.survey, reading.statuses, reading.bots, values
    )
    is_wanted = reading.is_in_scope(ticket)
    if is_wanted and not held.is_shown:
        return  # Changed after the window, gone meanwhile, or told by another chunk: not delivered by this one.
    is_whole = is_wanted and told.is_whole
    opener = next(event.actor for event in told.events if event.kind == "created") if is_whole else None
    yield _shown(ticket, "deleted" if ticket.is_gone else status, opener, values, reading, is_whole)
    if is_whole:
        yield from sorted(told.events, key=lambda event: (event.occurred_at, event.seq))
    if ticket.channel and ticket.channel not in CHANNELS:
        yield Notice(stream="tickets", field=f"channel={ticket.channel}")


def _shown(
    ticket: shapes.Ticket, status: str, opener: str | None, values: Mapping[str, str], reading: Reading, is_whole: bool
) -> Ticket:
    requester = person(ticket.customer, is_user=False)
    return Ticket(
        ticket=str(ticket.id),
        created_at=at(ticket.created_datetime),
        status=status,
        requester=requester,
        opened_by=opener if opener != requester else None,
        channel=CHANNELS.get(ticket.channel or "", "unknown"),
        subject=ticket.subject,
        priority=PRIORITIES.get(ticket.priority or ""),
        group=str(ticket.assignee_team.id) if ticket.assignee_team else None,
        assignee=person(ticket.assignee_user, is_user=True),
        topic=values.get("topic"),
        language=values.get("language") or ticket.language,
        tier=values.get("tier"),
        region=values.get("region"),
        tags=tuple(tag.name for tag in ticket.tags or () if tag.name),
        fields={f"{CUSTOM}{field}": values[ours] for field, ours in reading.fields.items() if ours in values},
        has_history=is_whole,
    )


def _today(ticket: shapes.Ticket, shown_at: int | None) -> str:
    """Gorgias calls a snoozed ticket closed, until the moment at which it is opened again."""
    until = ticket.snooze_datetime
    seen = at(ticket.moved_at) if shown_at is None else shown_at
    return SNOOZED if ticket.status == CLOSED and until is not None and at(until) > seen else ticket.status


def _named(ticket: shapes.Ticket, held: Held) -> dict[str, shapes.Somebody]:
    """Whoever is named in a ticket."""
    named = [(ticket.customer, False), (ticket.assignee_user, True)]
    named += [(message.sender, message.from_agent) for message in held.messages.values()]
    return {key: told for told, is_user in named if told is not None and (key := person(told, is_user))}


def _people(people: Mapping[str, shapes.Somebody], reading: Reading) -> Iterator[Row]:
    """Users with an account, and whoever is named besides: customers, and users who were deleted."""
    told = {
        str(user(u.id)): (u.name, u.email, u.active is not False and u.deactivated_datetime is None)
        for u in reading.users
    }
    for key, somebody in people.items():
        told.setdefault(key, (somebody.name, somebody.email, key.startswith("C-")))
    for key, (name, email, is_active) in told.items():
        address = email.lower() if email else None
        role = "bot" if {key.lower(), address} & (reading.bots | reading.named) else _role(key)
        yield Person(person=key, role=role, name=name or None, email=address, is_active=is_active)
        yield from identities(key, "email", address, is_verified=True)


def _role(key: str) -> str:
    return "customer" if key.startswith("C-") else "agent"
