"""What a Zendesk account says of itself: one call a stream, and what the first load will take."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from auditlib.sources import Get, Introduction, Page, Settings, SourceError
from auditlib.sources._zendesk import shapes
from auditlib.sources._zendesk.paging import REFUSED, SIZE
from auditlib.sources._zendesk.records import records
from auditlib.sources._zendesk.words import STATUSES

OLD_ENOUGH = 1  # A start of 0 reads as none in some client libraries, and anything recent is refused.
STREAMS: Mapping[str, tuple[str, dict[str, Any], str]] = {
    "count": ("/api/v2/tickets/count", {}, "tickets"),
    "tickets": (
        "/api/v2/incremental/tickets/cursor",
        {"start_time": OLD_ENOUGH, "per_page": 1},
        "an admin",
    ),
    "users": ("/api/v2/incremental/users/cursor", {"start_time": OLD_ENOUGH, "per_page": 1}, "an admin"),
    "groups": ("/api/v2/groups", {"page[size]": 100}, "an agent"),
    "organizations": ("/api/v2/organizations", {"page[size]": 1}, "an agent"),
    "schedules": ("/api/v2/business_hours/schedules", {}, "an admin, and a plan with business hours"),
    "policies": ("/api/v2/slas/policies", {}, "an admin, and a plan with service levels"),
    "custom_statuses": ("/api/v2/custom_statuses", {}, "an agent, and custom statuses switched on"),
    "fields": ("/api/v2/ticket_fields", {"page[size]": 100}, "an agent"),
    "role_changes": (
        "/api/v2/audit_logs",
        {"filter[source_type]": "user", "page[size]": 1},
        "an admin, and a plan with audit logs (Enterprise)",
    ),
}


def introduced(get: Get, settings: Settings, page_size: int) -> Introduction:
    """Each stream asked once; what is missing is said with the right that would give it."""
    pages: dict[str, Page] = {}
    streams: dict[str, str] = {}
    for stream, (path, params, right) in STREAMS.items():
        _ask(get, stream, path, params, right, pages, streams)
    ticket = _first_ticket(pages)
    if ticket:
        path = f"/api/v2/tickets/{ticket}/audits"
        _ask(get, "audits", path, {"page[size]": 1}, "an admin", pages, streams)
    tickets = _count(pages)
    return Introduction(
        account=_account(pages),
        streams=streams,
        statuses=_statuses(pages, settings),
        groups=[group.name for group in _records(pages, "groups", "groups", shapes.Group)],
        fields=_fields(pages),
        choices=_choices(pages),
        schedules=[s.name for s in _records(pages, "schedules", "schedules", shapes.Schedule)],
        tickets=tickets,
        requests_for_first_load=None if tickets is None else tickets + math.ceil(tickets / page_size) + 20,
        requests_per_minute=getattr(get, "requests_per_minute", None),
        notes=_notes(streams, tickets, settings, getattr(get, "requests_per_minute", None)),
    )


def _ask(
    get: Get,
    stream: str,
    path: str,
    params: Mapping[str, Any],
    right: str,
    pages: dict[str, Page],
    streams: dict[str, str],
) -> None:
    try:
        pages[stream] = get(path, params, stream=stream)
        pages[stream].json()
        streams[stream] = "ok"
    except SourceError as error:
        whole = {name: value for name, value in params.items() if name not in ("per_page", SIZE)}
        if whole != params and error.status in REFUSED:
            # A size of the page is no part of every formal description.
            return _ask(get, stream, path, whole, right, pages, streams)
        pages.pop(stream, None)
        needs = f"; it needs {right}" if error.status in (401, 403, 404) else ""
        streams[stream] = f"{error}{needs}"


def _records(pages: Mapping[str, Page], stream: str, name: str, shape: type) -> list[Any]:
    return records(pages[stream], name, shape).good if stream in pages else []


def _first_ticket(pages: Mapping[str, Page]) -> int | None:
    tickets = _records(pages, "tickets", "tickets", shapes.Ticket)
    return next((ticket.id for ticket in tickets if ticket.status != "deleted"), None)


def _count(pages: Mapping[str, Page]) -> int | None:
    body = pages["count"].json() if "count" in pages else {}
    count = body.get("count") if isinstance(body, dict) else None
    value = count.get("value") if isinstance(count, dict) else None
    return value if isinstance(value, int) else None


def _account(pages: Mapping[str, Page]) -> str:
    """The account's address, as its own records name it."""
    for page in pages.values():
        found = re.search(rb'"url"\s*:\s*"https?://([^/"]+)/api/v2/', page.body)
        if found:
            return found[1].decode()
    return "Zendesk"


def _statuses(pages: Mapping[str, Page], settings: Settings) -> dict[str, str | None]:
    found: dict[str, str | None] = dict(STATUSES)
    for status in _records(pages, "custom_statuses", "custom_statuses", shapes.CustomStatus):
        if status.agent_label.lower().replace("-", "") not in ("new", "open", "pending", "onhold", "solved"):
            found[status.agent_label] = STATUSES.get(status.status_category)
    return found | dict(settings.statuses)


def _listed(pages: Mapping[str, Page]) -> dict[str, Mapping[str, Any]]:
    """The ticket fields that say their number, by their name in `audit.toml`."""
    body = pages["fields"].json() if "fields" in pages else {}
    fields = body.get("ticket_fields") if isinstance(body, dict) else None
    found = [field for field in fields or () if isinstance(field, dict) and field.get("id")]
    return {f"custom_field:{field['id']}": field for field in found}


def _fields(pages: Mapping[str, Page]) -> dict[str, str]:
    own = {n: str(field.get("title") or n) for n, field in _listed(pages).items() if field.get("removable", True)}
    return own | {"ticket_form": "Form", "brand": "Brand", "type": "Type"}


def _choices(pages: Mapping[str, Page]) -> dict[str, list[str]]:
    """The words of each field with a list to choose from, as tickets carry them."""
    listed = {name: field.get("custom_field_options") or () for name, field in _listed(pages).items()}
    words = {name: [str(o["value"]) for o in options if "value" in o] for name, options in listed.items()}
    return {name: found for name, found in words.items() if found}


def _notes(streams: Mapping[str, str], tickets: int | None, settings: Settings, a_minute: int | None) -> list[str]:
    notes = ["Zendesk tells no history of deleted tickets; they are counted and left out."]
    if "handled_by" not in settings.options:
        notes.append('Tickets that AI agents alone handled are left out; options = { handled_by = "all" } adds them.')
    if streams.get("role_changes") != "ok":
        notes.append("The plan tells no changes of roles: who was an agent when is inferred from what they did.")
    if streams.get("schedules") != "ok":
        notes.append("Zendesk tells no opening hours: write them into [clock] business in audit.toml.")
    if tickets and a_minute:
        hours = tickets / (a_minute * settings.max_share_of_rate_limit) / 60
        share = f"{settings.max_share_of_rate_limit:.0%}"
        notes.append(f"The first load takes about {hours:.1f} hours at {share} of the rate limit.")
    return notes
