"""Zendesk Support, through its incremental exports and the audits of each ticket that changed.

https://developer.zendesk.com/api-reference/ticketing/ticket-management/incremental_exports/

A ticket's whole history is its audits; they are asked for ticket by ticket, because the account-wide
list of audits leaves archived tickets out. Ratings are events of those audits, so the stream of
ratings, which would tell the last score only, is not asked. `docs/zendesk.md` says what rights it
needs and what Zendesk does not tell.
"""

from __future__ import annotations

import logging
from collections.abc import Generator, Iterator, Mapping, Sequence
from typing import Any

from auditlib.caselog.rows import Row
from auditlib.sources import Capabilities, Chunk, Get, Introduction, Page, Requests, Settings, SourceError, Window
from auditlib.sources._shared import windows
from auditlib.sources._shared.closed import STREAM as CLOSED
from auditlib.sources._shared.closed import access
from auditlib.sources._zendesk import chats, shapes, surveys
from auditlib.sources._zendesk.company import read_company
from auditlib.sources._zendesk.introduction import introduced
from auditlib.sources._zendesk.paging import Export, Listing, exported, listed, optional
from auditlib.sources._zendesk.records import of_stream, records, told
from auditlib.sources._zendesk.tickets import Reading, read_tickets

log = logging.getLogger(__name__)

HANDLERS = ("agent", "ai_agent", "all")

CAPABILITIES = Capabilities(
    role_history=True,
    ratings=True,
    survey_offers=True,
    schedules=True,
    deletions=True,
    merges=True,
    vendor_metrics=True,
    service_levels=True,
)
NEEDS = {"service_levels": {"policies"}}
"""Which streams tell what an audit can do without."""

REQUESTS = Requests(a_ticket=1, a_page=100, besides=20)
"""One for each ticket, its audits; one more where a survey was answered, or a conversation has a log of its own."""

EXCLUDED = 60
"""Zendesk leaves the last minute out of its exports, and refuses a start within it."""
PAGE_SIZE = 500
"""Tickets in a chunk: half of what Zendesk allows, for chunks that fit in memory with their audits."""

WORDS = frozenset(
    {
        "actor_type", "after_cursor", "after_url", "author_type", "action", "channel", "event_type", "field_name",
        "iana_time_zone", "locale", "metric", "next", "next_page", "operator", "priority", "rel", "role", "score",
        "source_type", "status", "status_category", "sub_type", "time_zone", "type", "change_description",
        "custom_statuses.agent_label",
    }
)  # fmt: skip
"""Fields that hold the helpdesk's own words: they are kept when its answers are recorded, and nobody's else."""


def fetch(get: Get, cursors: Mapping[str, Mapping[str, Any]], window: Window, settings: Settings) -> Iterator[Chunk]:
    """Chunks of raw pages: the tickets of the window with their audits, and for the live window the rest."""
    cursor = cursors.get("tickets", {})
    if window.until is not None and cursor.get("done_until", -1) >= window.until:
        return
    groups = list(listed(get, "/api/v2/groups", "groups"))
    statuses = list(optional(get, "/api/v2/custom_statuses", "custom_statuses", size=None))
    windows.check_scope(
        settings, "Zendesk", (g.name for page in groups for g in records(page, "groups", shapes.Group).good)
    )
    if window.is_live:
        yield Chunk(stream="account", pages=[*groups, *_hours(get), *_policies(get)], cursor={})
        # Whether roles are told decides what acts in the tickets below show of people.
        yield from _role_changes(get, cursors.get("role_changes", {}))
    complete_until = yield from _tickets(get, cursor, window, settings, [*groups, *statuses])
    if window.is_live:
        organizations = list(listed(get, "/api/v2/organizations", "organizations"))
        yield Chunk(stream="organizations", pages=organizations, cursor={})
        # People come last, so that whoever acted in the tickets above is known.
        yield from _users(get, cursors.get("users", {}), complete_until)


def read(pages: Sequence[Page], settings: Settings) -> Iterator[Row]:
    """The case-log rows of one chunk."""
    yield from access(pages, NEEDS)
    if of_stream(pages, "tickets"):
        yield from read_tickets(pages, settings)
    else:
        yield from read_company(pages, settings)


def introduce(get: Get, settings: Settings) -> Introduction:
    """What the account says of itself: one call a stream."""
    return introduced(get, settings, PAGE_SIZE)


def _hours(get: Get) -> Iterator[Page]:
    for page in optional(get, "/api/v2/business_hours/schedules", "schedules", size=None):
        yield page
        for schedule in records(page, "schedules", shapes.Schedule).good if page.stream != CLOSED else ():
            path = f"/api/v2/business_hours/schedules/{schedule.id}/holidays"
            yield from optional(get, path, "holidays", size=None)


def _policies(get: Get) -> Iterator[Page]:
    return optional(get, "/api/v2/slas/policies", "policies", size=None)


def _tickets(
    get: Get,
    cursor: Mapping[str, Any],
    window: Window,
    settings: Settings,
    beside: Sequence[Page],
) -> Generator[Chunk, None, int | None]:
    """Chunks of one export page with its tickets' audits; returns until when they are complete."""
    start = _old_enough(window.since, beside)
    params = {"include": "metric_sets,metric_events", "per_page": settings.options.get("page_size", PAGE_SIZE)}
    if handled_by := settings.options.get("handled_by"):
        params["support_type_scope"] = _handler(settings, handled_by)
    reading, fetched, complete_until = Reading(beside, settings), dict[int, int | None](), None
    path = "/api/v2/incremental/tickets/cursor"
    for page, after in exported(get, path, "tickets", cursor, start, params):
        due, is_past = _due(page, window, reading)
        # A page that a cache repeats shows tickets as they were read already.
        audits = [p for t, at in due.items() if fetched.get(t, -1) != at for p in _audits(get, t)]
        fetched |= due
        if is_past or told(page, Export).is_last:
            complete_until = _complete_until(page, window, is_past)
        if is_past:
            after = {**after, "done_until": window.until}
        at = None if window.is_live else complete_until
        yield Chunk(stream="tickets", pages=[*beside, page, *audits], cursor=after, complete_until=at)
        if is_past:
            break
    return complete_until


def _handler(settings: Settings, told: str) -> str:
    """Whose tickets the export shows: those that AI agents alone handled are left out unless they are asked for."""
    if told not in HANDLERS:
        raise SourceError(f"{settings.name}: options.handled_by is {told!r}; it is one of {', '.join(HANDLERS)}")
    return told


def _due(page: Page, window: Window, reading: Reading) -> tuple[dict[int, int | None], bool]:
    """The tickets of a page whose histories are wanted, with when they moved; and whether the window ends here.

    Updates by Zendesk itself move the generated timestamp only, so this is what orders the export.
    """
    tickets = records(page, "tickets", shapes.Ticket).good
    inside = [t for t in tickets if window.until is None or (t.generated_timestamp or 0) < window.until]
    due = {t.id: t.generated_timestamp for t in inside if reading.wants_history(t)}
    return due, len(inside) < len(tickets)


def _old_enough(since: int, beside: Sequence[Page]) -> int:
    """The start of the export: Zendesk refuses one within the last minute of its own clock."""
    now = next((page.served_at for page in beside if page.served_at), None)
    return since if now is None else min(since, now - 2 * EXCLUDED)


def _complete_until(page: Page, window: Window, is_past: bool) -> int | None:
    return window.until if is_past else windows.complete_until(page, window, EXCLUDED)


def _audits(get: Get, ticket: int) -> list[Page]:
    """The whole history of one ticket; none if it was deleted since the export showed it."""
    try:
        audits = list(listed(get, f"/api/v2/tickets/{ticket}/audits", "audits"))
        return [*audits, *chats.log_of(get, ticket, audits), *surveys.answers_of(get, ticket, audits)]
    except SourceError as error:
        # A deleted ticket has no audits any more, and the export will show it again as deleted.
        if error.status == 404 and "RecordNotFound" in str(error):
            log.info("ticket %s was deleted while it was read", ticket)
            return []
        raise


def _role_changes(get: Get, cursor: Mapping[str, Any]) -> Iterator[Chunk]:
    """The account's audit log of users, where the plan has it: only there are the roles of the past."""
    params = {"filter[source_type]": "user", "sort": "created_at"}
    if cursor.get("after"):
        params["page[after]"] = cursor["after"]
    for page in optional(get, "/api/v2/audit_logs", "role_changes", params):
        meta = told(page, Listing).meta if page.stream != CLOSED else None
        cursor = {"after": (meta and meta.after_cursor) or cursor.get("after")}
        yield Chunk(stream="role_changes", pages=[page], cursor=cursor)


def _users(get: Get, cursor: Mapping[str, Any], complete_until: int | None) -> Iterator[Chunk]:
    """Everybody from the first user on, for who wrote in the window may be known since long before."""
    for page, after in exported(get, "/api/v2/incremental/users/cursor", "users", cursor, 0, {}):
        at = complete_until if told(page, Export).is_last else None
        yield Chunk(stream="users", pages=[page], cursor=after, complete_until=at)
