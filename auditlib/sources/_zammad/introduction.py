"""What a Zammad says of itself: one call a stream, and what the first load will take."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from auditlib.sources import Introduction, Settings
from auditlib.sources._shared.introducing import Introducing
from auditlib.sources._shared.records import listed
from auditlib.sources._shared.values import stamp
from auditlib.sources._zammad import shapes
from auditlib.sources._zammad.desk import Desk
from auditlib.sources._zammad.shapes import SHAPES
from auditlib.sources._zammad.words import States

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
    told = Introducing(SHAPES)

    def ask(stream: str, path: str, params: Mapping[str, Any], right: str = TICKETS) -> None:
        told.ask(stream, lambda: desk.ask(path, params, stream), right)

    for stream, (path, right) in STREAMS.items():
        ask(stream, path, {"query": "*", **ALL} if path.endswith("/search") else ALL, right)
    query = {"query": f"created_at:[{stamp(settings.since)} TO *]", "with_total_count": "true"}
    ask("tickets", "tickets/search", {**query, **ALL, "per_page": 1})
    ticket = _first_ticket(told)
    if ticket is not None:
        ask("history", f"ticket_history/{ticket}", {})
        ask("articles", f"ticket_articles/by_ticket/{ticket}", {"expand": "true"})
    tickets = _count(told)
    states, own = States([], settings), _attributes(told)
    return Introduction(
        account="Zammad",
        streams=told.streams,
        statuses={s.name: states.known(s) for s in told.records("states", shapes.State)} | dict(settings.statuses),
        groups=[group.name for group in told.records("groups", shapes.Group)],
        fields={name: attribute.display or attribute.name for name, attribute in own.items()},
        choices={name: attribute.words for name, attribute in own.items() if attribute.words},
        schedules=[calendar.name for calendar in told.records("calendars", shapes.Calendar)],
        tickets=tickets,
        requests_for_first_load=None if tickets is None else 2 * tickets + math.ceil(tickets / desk.size) + 20,
        notes=[
            "Zammad hides groups that its account may not read, and says nothing of it: compare the number of tickets.",
            "Zammad has no survey of its own: ratings are not measured.",
            "A closed ticket is read as solved, since a customer's answer opens it again.",
            "A ticket that is destroyed leaves no trace; one in the state removed is read as deleted.",
        ],
    )


def _found(told: Introducing) -> tuple[list[Any], int | None]:
    """The tickets of the search and how many there are; a Zammad that does not count answers with the list alone."""
    body = told.body("tickets") or []
    if isinstance(body, dict):
        total = body.get("total_count")
        return list(listed(told.pages["tickets"], "records")), total if isinstance(total, int) else None
    return list(listed(told.pages["tickets"])) if body else [], None


def _first_ticket(told: Introducing) -> int | None:
    rows, _ = _found(told)
    return next((row["id"] for row in rows if isinstance(row, dict) and isinstance(row.get("id"), int)), None)


def _count(told: Introducing) -> int | None:
    return _found(told)[1]


def _attributes(told: Introducing) -> dict[str, shapes.Attribute]:
    """The company's own, by their names in audit.toml."""
    known = set(shapes.Ticket.__struct_fields__)
    own = [a for a in told.records("attributes", shapes.Attribute) if a.name not in known and a.editable is not False]
    prefixes = {"Ticket": "custom_field:", "Organization": "organization."}
    return {f"{prefixes[a.object]}{a.name}": a for a in own if a.object in prefixes}
