"""Intercom, through its REST API 2.14: https://developers.intercom.com/docs/references/2.14/rest-api

Needs a connection with the region's address, an access token, and the version of the API as a header:

    {"conn_type": "http", "host": "https://api.intercom.io",
     "extra": {"token": "<access token>", "headers": {"Intercom-Version": "2.14"}}}

`https://api.eu.intercom.io` and `https://api.au.intercom.io` for workspaces of these regions. The least that
suffices: a private app of the workspace (Developer Hub) whose token may read conversations and tickets, read and
list users and companies, and read admins and teams. It reads conversations and tickets with their parts, teammates,
teams, contacts and companies, and writes nothing. Where tickets or companies are closed to it, the run says so and
goes on without.

What Intercom does not tell, and what follows:

- **Open, snoozed and closed are all of its states.** Snoozed is read as waiting for the customer, closed as
  solved, since a customer's answer opens it again. It knows no *new* and no *on hold*: what tells these apart
  from other waiting is unavailable.
- **Only the 500 newest parts of a conversation.** A longer one is read without its history, and the run says so.
- **No opening hours, no targets of service levels.** Write the hours into `[clock]`. Whether a service level was met
  or missed is kept as Intercom's own word, and so are the moments of its statistics: for comparison only.
- **Ratings before the latest one.** When it was asked for and when it was given last are told.
- **Deleted conversations leave no trace**, and of a merge only the closing is told.
- **Who has left** is in no list; what they wrote still says that a teammate did.
- **Tickets** of customers are read with the categories of their states; those that are a conversation as well are
  read as that conversation, with its states. Those of the back office, and trackers, are the team's own and not read.

`options.page_size` (at most 150, which is the default) is how many records are asked for at once.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Generator, Iterator, Mapping, Sequence
from typing import Any

from auditlib.caselog.rows import Row
from auditlib.sources import Capabilities, Chunk, Get, Introduction, Page, Requests, Settings, SourceError, Window
from auditlib.sources._intercom.company import read_company
from auditlib.sources._intercom.conversations import Reading, number_of, read_conversations
from auditlib.sources._intercom.desk import OF_CUSTOMERS, OVERLAP, PAGE_SIZE, Desk, since
from auditlib.sources._intercom.introduction import introduced
from auditlib.sources._intercom.shapes import SHAPES, Conversation, Team, Ticket
from auditlib.sources._intercom.tickets import read_tickets
from auditlib.sources._shared import windows
from auditlib.sources._shared.closed import access, said, unless_closed
from auditlib.sources._shared.records import of_stream

CAPABILITIES = Capabilities(detailed_statuses=False, ratings=True, survey_offers=True, vendor_metrics=True)
REQUESTS = Requests(a_ticket=2, a_page=PAGE_SIZE, besides=20)
"""A conversation is one; a ticket is asked for as a conversation first, which it may be."""
WORDS = frozenset(
    {
        "type", "role", "state", "part_type", "starting_after", "delivered_as", "priority", "sla_status", "category",
        "ticket_state", "previous_ticket_state",
    }
)  # fmt: skip
"""Fields that hold the helpdesk's own words: they are kept when its answers are recorded, and nobody's else."""

DAYS = 2 * 24 * 60 * 60
"""A search of contacts by date begins with the day after the one that is named, in the workspace's own zone."""


def fetch(get: Get, cursors: Mapping[str, Mapping[str, Any]], window: Window, settings: Settings) -> Iterator[Chunk]:
    """Chunks of raw pages: conversations and tickets of the window, whole; for the live one companies and contacts."""
    desk, talks, tickets = Desk(get, settings), cursors.get("conversations", {}), cursors.get("tickets", {})
    if window.until is not None and tickets.get("done_until", -1) >= window.until:
        return
    beside = [desk.ask("admins", "admins"), desk.ask("teams", "teams")]
    windows.check_scope(settings, "Intercom", (t.name or "" for t in SHAPES.read(beside[1:], Team, "teams").good))
    if window.is_live:
        yield Chunk(stream="account", pages=beside, cursor={})
    until = window.until
    if window.until is None or talks.get("done_until", -1) < window.until:
        until = yield from _conversations(desk, talks, window, settings, beside)
    until = yield from _tickets(desk, tickets, window, settings, beside, until)
    if window.is_live:
        companies = list(unless_closed(desk.companies(), "companies"))
        yield Chunk(stream="companies", pages=companies, cursor={})
        # People come last, so that whoever wrote in the conversations above is known.
        yield from _contacts(desk, cursors.get("contacts", {}), until)


def read(pages: Sequence[Page], settings: Settings) -> Iterator[Row]:
    """The case-log rows of one chunk."""
    yield from access(pages)
    if of_stream(pages, "conversations"):
        yield from read_conversations(pages, settings)
    elif of_stream(pages, "tickets"):
        yield from read_tickets(pages, settings)
    else:
        yield from read_company(pages, settings)


def introduce(get: Get, settings: Settings) -> Introduction:
    """What the workspace says of itself: one call a stream."""
    told = introduced(Desk(get, settings), settings)
    return dataclasses.replace(told, requests_per_minute=getattr(get, "requests_per_minute", None))


def _conversations(
    desk: Desk, cursor: Mapping[str, Any], window: Window, settings: Settings, beside: Sequence[Page]
) -> Generator[Chunk, None, int | None]:
    """Chunks of whole conversations, pass after pass; returns until when they are complete."""
    reading, seen, until = Reading(beside, settings), dict[str, int](), None
    for step in desk.changed("conversations", cursor, window):
        due = windows.due(_moved(step.page, reading, Conversation), seen, window)
        whole = [page for page in map(desk.conversation, due) if page is not None]
        seen |= due
        if step.is_proven:
            until = windows.complete_until(step.page, window, OVERLAP)
        yield Chunk(stream="conversations", pages=[*beside, step.page, *whole], cursor=step.cursor)
    return until


def _tickets(
    desk: Desk, cursor: Mapping[str, Any], window: Window, settings: Settings, beside: Sequence[Page], until: int | None
) -> Generator[Chunk, None, int | None]:
    """Chunks of whole tickets that are no conversations; returns until when both are complete.

    Without tickets, or the right to read them, there is a page that says so, and conversations count alone.
    """
    reading, seen = Reading(beside, settings), dict[str, int]()
    try:
        for step in desk.changed("tickets", cursor, window, [OF_CUSTOMERS]):
            due = windows.due(_moved(step.page, reading, Ticket), seen, window)
            whole = [page for page in map(desk.ticket, due) if page is not None]
            seen |= due
            proven = windows.complete_until(step.page, window, OVERLAP) if step.is_proven else None
            both = windows.least([until, proven]) if step.is_last else None
            at = None if window.is_live else both
            yield Chunk(stream="tickets", pages=[*beside, step.page, *whole], cursor=step.cursor, complete_until=at)
    except SourceError as error:
        status = error.status
        if status not in (403, 404):
            raise
        at = None if window.is_live else until
        yield Chunk(stream="tickets", pages=[said(status, "tickets")], cursor=dict(cursor), complete_until=at)
        return until
    return both


def _moved(page: Page, reading: Reading, shape: type[Conversation] | type[Ticket]) -> dict[str, int]:
    """The conversations or tickets of a page that are wanted whole, with when they changed."""
    found = SHAPES.read([page], shape, page.stream, ticket=number_of).good
    return {str(c.id): c.updated_at for c in found if reading.is_in_scope(c)}


def _contacts(desk: Desk, cursor: Mapping[str, Any], complete_until: int | None) -> Iterator[Chunk]:
    """Contacts that changed since the last night, and some days before."""
    begin, after, began = int(cursor.get("since", 0)), cursor.get("after"), cursor.get("began")
    filters = [since("updated_at", max(0, begin - DAYS))]
    for page, following in desk.searched("contacts", "data", filters, after):
        began = began or page.served_at
        behind = {"since": begin, "after": following, "began": began} if following else {"since": began or begin}
        at = None if following else complete_until
        yield Chunk(stream="contacts", pages=[page], cursor=behind, complete_until=at)
