"""Intercom, through its REST API 2.14: https://developers.intercom.com/docs/references/2.14/rest-api

Needs a connection with the region's address, an access token, and the version of the API as a header:

    {"conn_type": "http", "host": "https://api.intercom.io",
     "extra": {"token": "<access token>", "headers": {"Intercom-Version": "2.14"}}}

`https://api.eu.intercom.io` and `https://api.au.intercom.io` for workspaces of these regions. The least that
suffices: a private app of the workspace (Developer Hub) whose token may read conversations, read and list users
and companies, and read admins and teams. It reads conversations with their parts, teammates, teams, contacts and
companies, and writes nothing. Where companies are closed to it, the run says so and goes on without.

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
- **Tickets** that began as a conversation are read as that conversation, with its states. Others (back-office,
  tracker, and those that customers open by a form) are not read.

`options.page_size` (at most 150, which is the default) is how many records are asked for at once.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Generator, Iterator, Mapping, Sequence
from typing import Any

from auditlib.caselog.rows import Row
from auditlib.sources import Capabilities, Chunk, Get, Introduction, Page, Requests, Settings, Window
from auditlib.sources._intercom.company import read_company
from auditlib.sources._intercom.conversations import Reading, number_of, read_conversations
from auditlib.sources._intercom.desk import OVERLAP, PAGE_SIZE, Desk, since
from auditlib.sources._intercom.introduction import introduced
from auditlib.sources._intercom.shapes import SHAPES, Conversation, Team
from auditlib.sources._shared import windows
from auditlib.sources._shared.closed import notices, unless_closed
from auditlib.sources._shared.records import of_stream

CAPABILITIES = Capabilities(detailed_statuses=False, ratings=True, survey_offers=True, vendor_metrics=True)
REQUESTS = Requests(a_ticket=1, a_page=PAGE_SIZE, besides=20)
WORDS = frozenset({"type", "role", "state", "part_type", "starting_after", "delivered_as", "priority", "sla_status"})
"""Fields that hold the helpdesk's own words: they are kept when its answers are recorded, and nobody's else."""

DAYS = 2 * 24 * 60 * 60
"""A search of contacts by date begins with the day after the one that is named, in the workspace's own zone."""


def fetch(get: Get, cursors: Mapping[str, Mapping[str, Any]], window: Window, settings: Settings) -> Iterator[Chunk]:
    """Chunks of raw pages: the conversations of the window, whole; for the live window companies and contacts, too."""
    desk, cursor = Desk(get, settings), cursors.get("conversations", {})
    if window.until is not None and cursor.get("done_until", -1) >= window.until:
        return
    beside = [desk.ask("admins", "admins"), desk.ask("teams", "teams")]
    windows.check_scope(settings, "Intercom", (t.name or "" for t in SHAPES.read(beside[1:], Team, "teams").good))
    if window.is_live:
        yield Chunk(stream="account", pages=beside, cursor={})
    until = yield from _conversations(desk, cursor, window, settings, beside)
    if window.is_live:
        companies = list(unless_closed(desk.companies(), "companies"))
        yield Chunk(stream="companies", pages=companies, cursor={})
        # People come last, so that whoever wrote in the conversations above is known.
        yield from _contacts(desk, cursors.get("contacts", {}), until)


def read(pages: Sequence[Page], settings: Settings) -> Iterator[Row]:
    """The case-log rows of one chunk."""
    yield from notices(pages)
    if of_stream(pages, "conversations"):
        yield from read_conversations(pages, settings)
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
    for step in desk.changed(cursor, window):
        due = windows.due(_moved(step.page, reading), seen, window)
        whole = [page for page in map(desk.conversation, due) if page is not None]
        seen |= due
        if step.is_proven:
            until = windows.complete_until(step.page, window, OVERLAP)
        at = None if window.is_live else until
        yield Chunk(stream="conversations", pages=[*beside, step.page, *whole], cursor=step.cursor, complete_until=at)
    return until


def _moved(page: Page, reading: Reading) -> dict[str, int]:
    """The conversations of a page that are wanted whole, with when they changed."""
    found = SHAPES.read([page], Conversation, "conversations", ticket=number_of).good
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
