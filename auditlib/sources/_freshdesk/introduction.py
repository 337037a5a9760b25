"""What a Freshdesk account says of itself: one call a stream, and what the first load will take."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping
from typing import Any

from auditlib.sources import Introduction, Page, Settings, SourceError
from auditlib.sources._freshdesk import shapes
from auditlib.sources._freshdesk.desk import Desk
from auditlib.sources._freshdesk.shapes import SHAPES
from auditlib.sources._freshdesk.words import STATUSES, Statuses, stamp

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
    pages: dict[str, Page] = {}
    streams: dict[str, str] = {}
    for stream, (path, params, right) in STREAMS.items():
        if stream != "rated" or not desk.without_ratings:
            since = {"updated_since": stamp(settings.since)} if path == "tickets" else {}
            _ask(desk, stream, path, {**params, **since}, right, pages, streams)
    day = datetime.datetime.fromtimestamp(max(0, settings.since - 1), datetime.UTC).date()
    query = {"query": f"\"created_at:>'{day.isoformat()}'\""}
    _ask(desk, "count", "search/tickets", query, "the scope of all tickets", pages, streams)
    ticket = _first_ticket(pages)
    if ticket:
        _ask(desk, "conversations", f"tickets/{ticket}/conversations", ONE, "the scope of all tickets", pages, streams)
    tickets = _count(pages)
    return Introduction(
        account="Freshdesk",
        streams=streams,
        statuses=_statuses(pages, settings),
        groups=[group.name for group in _records(pages, "groups", shapes.Group)],
        fields=_fields(pages),
        schedules=[hours.name for hours in _records(pages, "hours", shapes.Hours)],
        tickets=tickets,
        requests_for_first_load=None if tickets is None else 2 * tickets + math.ceil(tickets / desk.size) + 20,
        notes=[
            "Freshdesk tells no history of statuses, groups and assignees: what needs one is not measured.",
            f'Freshdesk tells no holidays: name them, as in [clock] holidays = {{ {settings.name} = "DE-BE" }}.',
            "Its limit counts credits: a page of tickets takes seven of them, everything else one.",
        ],
    )


def _ask(
    desk: Desk,
    stream: str,
    path: str,
    params: Mapping[str, Any],
    right: str,
    pages: dict[str, Page],
    streams: dict[str, str],
) -> None:
    try:
        pages[stream] = desk.ask(path, params, stream)
        pages[stream].json()
        streams[stream] = "ok"
    except SourceError as error:
        pages.pop(stream, None)
        needs = f"; it needs {right}" if getattr(error, "status", None) in (401, 403, 404) else ""
        streams[stream] = f"{error}{needs}"


def _records(pages: Mapping[str, Page], stream: str, shape: type[Any]) -> list[Any]:
    return SHAPES.read([pages[stream]], shape).good if stream in pages else []


def _first_ticket(pages: Mapping[str, Page]) -> int | None:
    return next((ticket.id for ticket in _records(pages, "tickets", shapes.Ticket)), None)


def _count(pages: Mapping[str, Page]) -> int | None:
    body = pages["count"].json() if "count" in pages else {}
    total = body.get("total") if isinstance(body, dict) else None
    return total if isinstance(total, int) else None


def _statuses(pages: Mapping[str, Page], settings: Settings) -> dict[str, str | None]:
    statuses = Statuses(_records(pages, "fields", shapes.Field), settings)
    numbers = sorted(statuses.names or STATUSES)
    found = {statuses.names.get(number, str(number)): statuses.known(number) for number in numbers}
    return found | dict(settings.statuses)


def _fields(pages: Mapping[str, Page]) -> dict[str, str]:
    fields = _records(pages, "fields", shapes.Field)
    own = {f"custom_field:{f.name}": f.label or f.name for f in fields if f.name.startswith("cf_")}
    return own | {"type": "Type"}
