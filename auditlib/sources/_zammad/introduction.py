"""What a Zammad says of itself: one call a stream, and what the first load will take."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from auditlib.sources import Introduction, Page, Settings, SourceError
from auditlib.sources._shared.records import listed
from auditlib.sources._zammad import shapes
from auditlib.sources._zammad.desk import Desk
from auditlib.sources._zammad.shapes import SHAPES
from auditlib.sources._zammad.words import States, stamp

ALL: Mapping[str, Any] = {"expand": "true", "page": 1, "per_page": 100}
TICKETS = "the permission ticket.agent, and reading access to every group"
STREAMS: Mapping[str, tuple[str, str]] = {
    "states": ("ticket_states", TICKETS),
    "groups": ("groups", TICKETS),
    "attributes": ("object_manager_attributes", "the permission admin.object"),
    "calendars": ("calendars", "the permission admin.calendar"),
    "levels": ("slas", "the permission admin.sla"),
    "users": ("users/search", TICKETS),
    "organizations": ("organizations/search", TICKETS),
}


def introduced(desk: Desk, settings: Settings) -> Introduction:
    """Each stream asked once; what is missing is said with the right that would give it."""
    pages: dict[str, Page] = {}
    streams: dict[str, str] = {}
    for stream, (path, right) in STREAMS.items():
        _ask(desk, stream, path, {"query": "*", **ALL} if path.endswith("/search") else ALL, right, pages, streams)
    query = {"query": f"created_at:[{stamp(settings.since)} TO *]", "with_total_count": "true"}
    _ask(desk, "tickets", "tickets/search", {**query, **ALL, "per_page": 1}, TICKETS, pages, streams)
    ticket = _first_ticket(pages)
    if ticket is not None:
        _ask(desk, "history", f"ticket_history/{ticket}", {}, TICKETS, pages, streams)
        _ask(desk, "articles", f"ticket_articles/by_ticket/{ticket}", {"expand": "true"}, TICKETS, pages, streams)
    tickets = _count(pages)
    states = States([], settings)
    return Introduction(
        account="Zammad",
        streams=streams,
        statuses={s.name: states.known(s) for s in _records(pages, "states", shapes.State)} | dict(settings.statuses),
        groups=[group.name for group in _records(pages, "groups", shapes.Group)],
        fields=_fields(pages),
        schedules=[calendar.name for calendar in _records(pages, "calendars", shapes.Calendar)],
        tickets=tickets,
        requests_for_first_load=None if tickets is None else 2 * tickets + math.ceil(tickets / desk.size) + 20,
        notes=[
            "Zammad hides groups that its account may not read, and says nothing of it: compare the number of tickets.",
            "Zammad has no survey of its own: ratings are not measured.",
            "A closed ticket is read as solved, since a customer's answer opens it again.",
            "A ticket that is destroyed leaves no trace; one in the state removed is read as deleted.",
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


def _found(pages: Mapping[str, Page]) -> tuple[list[Any], int | None]:
    """The tickets of the search and how many there are; a Zammad that does not count answers with the list alone."""
    body = pages["tickets"].json() if "tickets" in pages else []
    if isinstance(body, dict):
        total = body.get("total_count")
        return list(listed(pages["tickets"], "records")), total if isinstance(total, int) else None
    return list(body), None


def _first_ticket(pages: Mapping[str, Page]) -> int | None:
    rows, _ = _found(pages)
    return next((row["id"] for row in rows if isinstance(row, dict) and isinstance(row.get("id"), int)), None)


def _count(pages: Mapping[str, Page]) -> int | None:
    return _found(pages)[1]


def _fields(pages: Mapping[str, Page]) -> dict[str, str]:
    known = set(shapes.Ticket.__struct_fields__)
    told = [a for a in _records(pages, "attributes", shapes.Attribute) if a.name not in known and a.editable]
    prefixes = {"Ticket": "custom_field:", "Organization": "organization."}
    return {f"{prefixes[a.object]}{a.name}": a.display for a in told if a.object in prefixes}
