"""Freshdesk, through its API v2: https://developers.freshdesk.com/api/

Needs a connection with the account's address and an API key; the key is the login, the password is X:

    {"conn_type": "http", "host": "https://acme.freshdesk.com", "login": "<API key>", "password": "X"}

The least that suffices: an agent of its own (occasional agents have no seat of their own) whose scope is
*all tickets*, with a role that may view tickets, contacts, companies, the satisfaction survey's results,
and, of the admin's part, business hours and service levels. It reads tickets with their conversations and
ratings, contacts, agents, groups, companies, ticket fields, business hours and service levels, and writes
nothing. Where business hours or service levels are closed to it, the run says so and goes on; what
rests on them is not measured.

What Freshdesk does not tell, and what follows:

- **No history of statuses.** Its list of activities is closed to new accounts; a ticket's `stats` hold the
  last moment of each kind only. So each night's look at status and stats is kept, and from the first run on
  the looks together tell when a ticket was solved and opened again, to the second. They are kept for good:
  what no look saw is never made up later. Measured with them (`coverage` says *by nightly looks*) is what
  needs no more than that: replies, waits, chasers and the time to a solve, of tickets that were created
  after the first look. A ticket that was solved and opened again between two looks, of which only one
  moment is told, is unmeasured. Not measured at all is what counts just that which comes and goes within a
  day: reopenings, who comes back, one-touch, outcomes, solved tickets, the backlog, pending and on hold.
- **No history of groups or assignees.** What needs one is unavailable, with the reason.
- **Not who opened a ticket for a customer.** Tickets with the source phone or outbound e-mail were opened
  by an agent, all others are read as the customer's own.
- **Merges only in words**, as a private note; so they are not read.
- **No holidays**: name a calendar for the source in audit.toml, `[clock] holidays = { freshdesk = "DE-BE" }`.
- **Roles only as they are now.** An agent who left is among the contacts.

`options.page_size` (at most 100, which is the default) is how many records are asked for at once.
`options.ratings = "none"` says that the account has no survey; otherwise a survey that is closed to the
key stops the source, since no ratings and unreadable ratings must not look the same.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Generator, Iterator, Mapping, Sequence
from typing import Any

from auditlib.caselog.rows import Row
from auditlib.sources import Capabilities, Chunk, Get, Introduction, Page, Requests, Settings, Window
from auditlib.sources._freshdesk.company import read_company
from auditlib.sources._freshdesk.desk import PAGE_SIZE, Desk
from auditlib.sources._freshdesk.introduction import introduced
from auditlib.sources._freshdesk.shapes import SHAPES, Contact, Group, Rating, Ticket
from auditlib.sources._freshdesk.tickets import Reading, read_tickets, ticket_id
from auditlib.sources._shared import windows
from auditlib.sources._shared.closed import access, if_rated, unless_closed
from auditlib.sources._shared.records import of_stream
from auditlib.sources._shared.values import stamp

CAPABILITIES = Capabilities(
    status_history="nightly",
    assignment_history=False,
    ratings=True,
    schedules=True,
    deletions=True,
    service_levels=True,
)
NEEDS = {"service_levels": {"policies"}}
"""Which streams tell what an audit can do without."""
REQUESTS = Requests(a_ticket=2, a_page=PAGE_SIZE, besides=20)

OVERLAP = 10 * 60
"""Seconds that the next night reads again: a change may be stamped before it can be seen."""
EDITABLE = 30 * 24 * 60 * 60
"""For so long a rating may be changed: Freshdesk lists ratings by when they were first given only."""

WORDS = frozenset(
    {
        "group_type", "language", "status", "time_zone", "type", "start_time", "end_time", "fields.choices",
    }
)  # fmt: skip
"""Fields that hold the helpdesk's own words: they are kept when its answers are recorded, and nobody's else."""


def fetch(get: Get, cursors: Mapping[str, Mapping[str, Any]], window: Window, settings: Settings) -> Iterator[Chunk]:
    """Chunks of raw pages: the tickets of the window, whole; then the deleted ones; for the live window the rest."""
    desk = Desk(get, settings)
    if window.until is not None and cursors.get("spam", {}).get("done_until", -1) >= window.until:
        return
    beside = [*desk.pages("groups", "groups"), *desk.pages("agents", "agents"), *desk.pages("ticket_fields", "fields")]
    windows.check_scope(settings, "Freshdesk", (g.name for g in SHAPES.read(of_stream(beside, "groups"), Group).good))
    if window.is_live:
        hours = unless_closed(desk.pages("business_hours", "hours"), "hours")
        policies = unless_closed(desk.pages("sla_policies", "policies"), "policies")
        yield Chunk(stream="account", pages=[*beside, *hours, *policies], cursor={})
    seen: dict[int, int] = {}
    known_until: list[int | None] = []
    for stream in ("tickets", "deleted", "spam"):
        until = yield from _changed(desk, stream, cursors.get(stream, {}), window, settings, beside, seen, known_until)
        known_until.append(until)
    if window.is_live:
        yield from _rated(desk, cursors.get("rated", {}), window, Reading(beside, settings), beside, seen)
        yield Chunk(stream="companies", pages=list(desk.pages("companies", "companies")), cursor={})
        # People come last, so that whoever acted in the tickets above is known.
        yield from _contacts(desk, cursors.get("contacts", {}), windows.least(known_until))


def read(pages: Sequence[Page], settings: Settings) -> Iterator[Row]:
    """The case-log rows of one chunk."""
    yield from access(pages, NEEDS)
    if of_stream(pages, "tickets", "deleted", "spam", "ticket"):
        yield from if_rated(settings)
        yield from read_tickets(pages, settings)
    else:
        yield from read_company(pages, settings)


def introduce(get: Get, settings: Settings) -> Introduction:
    """What the account says of itself: one call a stream."""
    told = introduced(Desk(get, settings), settings)
    return dataclasses.replace(told, requests_per_minute=getattr(get, "requests_per_minute", None))


def _changed(
    desk: Desk,
    stream: str,
    cursor: Mapping[str, Any],
    window: Window,
    settings: Settings,
    beside: Sequence[Page],
    seen: dict[int, int],
    before: Sequence[int | None],
) -> Generator[Chunk, None, int | None]:
    """Chunks of one of the three lists of tickets; returns until when it is complete."""
    reading, begin = Reading(beside, settings), {"since": window.since, **cursor}
    begin.pop("done_until", None)
    complete_until: int | None = None
    for step in desk.changed(None if stream == "tickets" else stream, begin, window.until):
        due = windows.due(_moved(step.page, reading), seen, window) if stream == "tickets" else {}
        pages = [*beside, step.page, *(page for ticket in due for page in desk.whole(ticket))]
        seen |= due
        after = step.cursor
        if step.is_last:
            complete_until = windows.complete_until(step.page, window, OVERLAP)
            after = {"since": max(window.since, after["since"] - OVERLAP), "done_until": window.until}
        is_end = step.is_last and stream == "spam" and not window.is_live
        at = windows.least([*before, complete_until]) if is_end else None
        yield Chunk(stream=stream, pages=pages, cursor=after, complete_until=at)
    return complete_until


def _moved(page: Page, reading: Reading) -> dict[int, int]:
    """The tickets of a page that are wanted whole, with when they changed."""
    tickets = SHAPES.read([page], Ticket, ticket=ticket_id).good
    moved = {t.id: windows.placed(t.updated_at) for t in tickets if reading.wants_conversation(t)}
    return {ticket: at for ticket, at in moved.items() if at is not None}


def _rated(
    desk: Desk,
    cursor: Mapping[str, Any],
    window: Window,
    reading: Reading,
    beside: Sequence[Page],
    seen: dict[int, int],
) -> Iterator[Chunk]:
    """Tickets that were rated, or rated otherwise, without having changed themselves."""
    if desk.without_ratings:
        return
    since = latest = int(cursor.get("since", window.since))
    params = {"created_since": stamp(since - EDITABLE)}
    for page in desk.pages("surveys/satisfaction_ratings", "rated", params):
        rated = SHAPES.read([page], Rating, ticket=lambda row: str(row.get("ticket_id"))).good
        changed = [(r.ticket_id, at) for r in rated if (at := windows.placed(r.updated_at)) is not None]
        latest = max([latest, *(at for _, at in changed)])
        fresh = {ticket for ticket, at in changed if at >= since - OVERLAP} - set(seen)
        found = [told for told in (desk.ticket(number) for number in sorted(fresh)) if told is not None]
        tickets = [ticket for told in found for ticket in SHAPES.one(told, Ticket).good]
        whole = [page for t in tickets if reading.wants_conversation(t) for page in desk.whole(t.id)]
        if found:
            yield Chunk(stream="rated", pages=[*beside, *found, *whole], cursor=dict(cursor))
        seen |= dict.fromkeys(fresh, 0)
    yield Chunk(stream="rated", pages=[], cursor={"since": latest})


def _contacts(desk: Desk, cursor: Mapping[str, Any], complete_until: int | None) -> Iterator[Chunk]:
    """Contacts that changed since the last night; in no order, so the cursor moves once all are there."""
    since = latest = int(cursor.get("since", 0))
    params = {"_updated_since": stamp(since)} if since else {}
    held: Page | None = None
    for page in desk.pages("contacts", "contacts", params):
        if held is not None:
            yield Chunk(stream="contacts", pages=[held], cursor=dict(cursor))
        held = page
        changed = [windows.placed(contact.updated_at) for contact in SHAPES.read([page], Contact).good]
        latest = max([latest, *(at for at in changed if at is not None)])
    behind = {"since": max(0, latest - OVERLAP)}
    yield Chunk(stream="contacts", pages=[held] if held else [], cursor=behind, complete_until=complete_until)
