"""What a Freshdesk account says of itself: one call a stream, and what the first load will take."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping
from typing import Any

from auditlib.sources import Introduction, Settings
from auditlib.sources._freshdesk import shapes
from auditlib.sources._freshdesk.desk import Desk
from auditlib.sources._freshdesk.shapes import SHAPES
from auditlib.sources._freshdesk.words import STATUSES, Statuses
from auditlib.sources._shared.introducing import Introducing
from auditlib.sources._shared.values import stamp

ONE: Mapping[str, Any] = {"per_page": 1, "page": 1}
ALL: Mapping[str, Any] = {"per_page": 100, "page": 1}
STREAMS: Mapping[str, tuple[str, Mapping[str, Any], str]] = {
    "tickets": ("tickets", {"order_by": "updated_at", "order_type": "asc", **ONE}, "the scope of all tickets"),
    "deleted": ("tickets", {"filter": "deleted", **ONE}, "the scope of all tickets"),
    "spam": ("tickets", {"filter": "spam", **ONE}, "the scope of all tickets"),
    "contacts": ("contacts", ONE, "to view contacts"),
    "agents": ("agents", ONE, "to view agents"),
    "groups": ("groups", ALL, "to view groups"),
    "companies": ("companies", ONE, "to view companies"),
    "fields": ("ticket_fields", ALL, "to view ticket fields"),
    "hours": ("business_hours", ALL, "to view business hours, which is a right of admins"),
    "policies": ("sla_policies", ONE, "to view service levels, which is a right of admins"),
    "rated": ("surveys/satisfaction_ratings", ONE, "to view the satisfaction survey's results"),
}


def introduced(desk: Desk, settings: Settings) -> Introduction:
    """Each stream asked once; what is missing is said with the right that would give it."""
    told = Introducing(SHAPES)

    def ask(stream: str, path: str, params: Mapping[str, Any], right: str = "the scope of all tickets") -> None:
        told.ask(stream, lambda: desk.ask(path, params, stream), right)

    for stream, (path, params, right) in STREAMS.items():
        if stream != "rated" or not desk.without_ratings:
            since = {"updated_since": stamp(settings.since)} if path == "tickets" else {}
            ask(stream, path, {**params, **since}, right)
    day = datetime.datetime.fromtimestamp(max(0, settings.since - 1), datetime.UTC).date()
    query = {"query": f"\"created_at:>'{day.isoformat()}'\""}
    ask("count", "search/tickets", query)
    ticket = _first_ticket(told)
    if ticket:
        ask("conversations", f"tickets/{ticket}/conversations", ONE)
    tickets = _count(told)
    return Introduction(
        account="Freshdesk",
        streams=told.streams,
        statuses=_statuses(told, settings),
        groups=[group.name for group in told.records("groups", shapes.Group)],
        fields=_fields(told),
        choices=_choices(told),
        schedules=[hours.name for hours in told.records("hours", shapes.Hours)],
        tickets=tickets,
        requests_for_first_load=None if tickets is None else 2 * tickets + math.ceil(tickets / desk.size) + 20,
        notes=[
            "Freshdesk tells no history of statuses, groups and assignees. From the first run on we look each night "
            "when tickets were solved and opened again; what needs more is not measured.",
            f'Freshdesk tells no holidays: name them, as in [clock] holidays = {{ {settings.name} = "DE-BE" }}.',
            "Its limit counts credits: a page of tickets takes five of them, everything else one.",
        ],
    )


def _first_ticket(told: Introducing) -> int | None:
    return next((ticket.id for ticket in told.records("tickets", shapes.Ticket)), None)


def _count(told: Introducing) -> int | None:
    body = told.body("count")
    total = body.get("total") if isinstance(body, dict) else None
    return total if isinstance(total, int) else None


def _statuses(told: Introducing, settings: Settings) -> dict[str, str | None]:
    statuses = Statuses(told.records("fields", shapes.Field), settings)
    numbers = sorted(statuses.names or STATUSES)
    found = {statuses.names.get(number, str(number)): statuses.known(number) for number in numbers}
    return found | dict(settings.statuses)


def _fields(told: Introducing) -> dict[str, str]:
    fields = told.records("fields", shapes.Field)
    own = {f"custom_field:{f.name}": f.label or f.name for f in fields if f.name.startswith("cf_")}
    return own | {"type": "Type"}


def _choices(told: Introducing) -> dict[str, list[str]]:
    """The words of each field with a list to choose from; of nested ones the first level."""
    fields = [f for f in told.records("fields", shapes.Field) if isinstance(f.choices, list | dict) and f.choices]
    return {f"custom_field:{f.name}": [str(word) for word in f.choices] for f in fields if f.name.startswith("cf_")}
