"""Zammad, through its API v1: https://docs.zammad.org/en/latest/api/intro.html

Needs a connection with the server's address and a token:

    {"conn_type": "http", "host": "https://zammad.acme.com", "extra": {"authorization": "Token token=<token>"}}

The least that suffices: a user of its own with a role that has the permission `ticket.agent` and *read* access
to every group that is audited, and of the admin's part `admin.calendar`, `admin.sla` and `admin.object`; its
token needs the same. It reads tickets with their history and articles, states, groups, users, organizations,
calendars, service levels and attributes, and writes nothing. Where calendars, service levels or attributes are
closed to it, the run says so and goes on without.

What Zammad does not tell, and what follows:

- **Groups that the account may not read are hidden without a word.** `auditlib connect zammad` shows how many
  tickets the account sees; compare it with Zammad's own overview.
- **No list of changed tickets but its search**, which needs Elasticsearch. Where the search finds nothing, it
  must at least find the first ticket of the list, or the source stops. Its index lags: the last minutes of a
  night are read again by the next.
- **No survey.** Ratings are not measured.
- **No history of roles**: people are customers or agents as they are now. Who left stays an agent, inactive.
- **Tickets that were destroyed leave no trace.** Those in the state *removed* are read as deleted.
- **Which service level held when** is not told. A ticket keeps the calendar of the first service level, by
  name, that asks for the ticket's group and nothing else; otherwise the default one. Their targets are not read.
- **A merge moves the articles into the other ticket.** The history knows where each was written, and there they
  are read.

A closed ticket is opened again by its customer's answer, so *closed* is read as solved; say
`statuses = { "closed" = "closed" }` where the groups forbid it. Internal articles that were sent on by e-mail
stay internal: the customer never saw them.

The total of a search (`with_total_count`) is told by newer Zammads only; elsewhere nothing is counted. Not seen on
a live server yet: the shape of history lines about tags (`added`, `removed`), and of `sourceable_type`, by which a
trigger's change is told from that of the person who set it off.

`options.page_size` (at most 100, which is the default) is how many records are asked for at once.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Generator, Iterator, Mapping, Sequence
from typing import Any

from auditlib.caselog.rows import Row
from auditlib.sources import Capabilities, Chunk, Get, Introduction, Page, Requests, Settings, Window
from auditlib.sources._shared import windows
from auditlib.sources._shared.closed import access, unless_closed
from auditlib.sources._shared.records import listed, of_stream
from auditlib.sources._zammad.company import read_company
from auditlib.sources._zammad.desk import PAGE_SIZE, Desk
from auditlib.sources._zammad.introduction import introduced
from auditlib.sources._zammad.shapes import SHAPES, Group, Ticket
from auditlib.sources._zammad.tickets import Reading, read_tickets, ticket_id

CAPABILITIES = Capabilities(schedules=True, deletions=True, merges=True)
REQUESTS = Requests(a_ticket=3, a_page=PAGE_SIZE, besides=20)
"""Two for each ticket, its history and its articles; one more for one that was merged."""

OVERLAP = 10 * 60
"""Seconds that the next night reads again: the search's index lags behind the tickets."""

WORDS = frozenset(
    {
        "attribute", "content_type", "create_article_sender", "create_article_type", "data_type", "locale", "object",
        "operator", "priority", "roles", "sender", "state", "state_type", "timezone", "type", "states.name",
        "attributes.name",
    }
)  # fmt: skip
"""Fields that hold the helpdesk's own words: they are kept when its answers are recorded, and nobody's else."""


def fetch(get: Get, cursors: Mapping[str, Mapping[str, Any]], window: Window, settings: Settings) -> Iterator[Chunk]:
    """Chunks of raw pages: the tickets of the window, whole; for the live window people and organizations, too."""
    desk = Desk(get, settings)
    if window.until is not None and cursors.get("tickets", {}).get("done_until", -1) >= window.until:
        return
    beside = [*desk.pages("ticket_states", "states"), *desk.pages("groups", "groups")]
    beside += unless_closed(desk.pages("object_manager_attributes", "attributes"), "attributes")
    beside += unless_closed(desk.pages("slas", "levels"), "levels")
    windows.check_scope(settings, "Zammad", (g.name for g in SHAPES.read(of_stream(beside, "groups"), Group).good))
    if window.is_live:
        calendars = unless_closed(desk.pages("calendars", "calendars"), "calendars")
        yield Chunk(stream="account", pages=[*beside, *calendars], cursor={})
    until = yield from _tickets(desk, cursors.get("tickets", {}), window, settings, beside)
    if window.is_live:
        attributes = of_stream(beside, "attributes")
        yield from _others(desk, "organizations", cursors.get("organizations", {}), attributes, None)
        # People come last, so that whoever acted in the tickets above is known.
        yield from _others(desk, "users", cursors.get("users", {}), attributes, until)


def read(pages: Sequence[Page], settings: Settings) -> Iterator[Row]:
    """The case-log rows of one chunk."""
    yield from access(pages)
    if of_stream(pages, "tickets"):
        yield from read_tickets(pages, settings)
    else:
        yield from read_company(pages, settings)


def introduce(get: Get, settings: Settings) -> Introduction:
    """What the server says of itself: one call a stream."""
    told = introduced(Desk(get, settings), settings)
    return dataclasses.replace(told, requests_per_minute=getattr(get, "requests_per_minute", None))


def _tickets(
    desk: Desk, cursor: Mapping[str, Any], window: Window, settings: Settings, beside: Sequence[Page]
) -> Generator[Chunk, None, int | None]:
    """Chunks of whole tickets; returns until when they are complete."""
    reading, seen = Reading(beside, settings), dict[int, int]()
    begin = {name: value for name, value in {"since": window.since, **cursor}.items() if name != "done_until"}
    complete_until: int | None = None
    for step in desk.changed("tickets", begin, window.until):
        if not listed(step.page) and not seen:
            desk.check_search()
        due = windows.due(_moved(step.page, reading), seen, window)
        pages = [*beside, step.page, *(page for ticket in due for page in desk.whole(ticket))]
        seen |= due
        after = step.cursor
        if step.is_last:
            complete_until = windows.complete_until(step.page, window, OVERLAP)
            after = {"since": max(window.since, after["since"] - OVERLAP), "done_until": window.until}
        at = None if window.is_live else complete_until
        yield Chunk(stream="tickets", pages=pages, cursor=after, complete_until=at)
    return complete_until


def _moved(page: Page, reading: Reading) -> dict[int, int]:
    """The tickets of a page that are wanted whole, with when they changed."""
    tickets = SHAPES.read([page], Ticket, ticket=ticket_id).good
    moved = {t.id: windows.placed(t.updated_at) for t in tickets if reading.wants_history(t)}
    return {ticket: at for ticket, at in moved.items() if at is not None}


def _others(
    desk: Desk, what: str, cursor: Mapping[str, Any], attributes: Sequence[Page], complete_until: int | None
) -> Iterator[Chunk]:
    """People or organizations that changed since the last night."""
    for step in desk.changed(what, {"since": 0, **cursor}, None):
        behind = {"since": max(0, step.cursor["since"] - OVERLAP)} if step.is_last else step.cursor
        at = complete_until if step.is_last else None
        yield Chunk(stream=what, pages=[*attributes, step.page], cursor=behind, complete_until=at)
