"""Front's conversations, through its Core API: https://dev.frontapp.com/reference/introduction

Needs a connection with the API's address and an API token (*Settings*, *Developers*, *API tokens*):

    {"conn_type": "http", "host": "https://api2.frontapp.com", "extra": {"token": "<API token>"}}

The least that suffices: a token that may read shared resources, and nobody's private ones, with the scopes
conversations, messages, comments, events, inboxes, teammates and custom fields. It reads events, conversations with
their messages, teammates and inboxes, and writes nothing.

What Front does not tell, or is not read, and what follows:

- **Neither new nor on hold**: a conversation is open, snoozed or archived. A snoozed one is read as waiting for the
  customer, an archived one as solved, since an answer opens it again.
- **No event says that an answer opened a conversation**: what comes in opens what is archived or snoozed. Where the
  events do not lead to what a conversation is today, it is read without its history, and the run says so.
- **Ratings**: answers to surveys are told as comments alone, in a form that is not published.
- **Fields and tags are told as they are today.**
- **Opening hours and service levels are not read.** Shifts are those of teammates. Write the hours into `[clock]`.
- **A conversation that was merged into another one is gone**: only that it was, is told. Its messages are the other
  one's. What is deleted for good is gone; what lies in the trash is deleted.
- **Discussions**, which have comments and no message, and private conversations are no tickets: they are left out.
- **Roles are those of today**: teammates are agents, unless Front calls them rules, macros, programs or integrations.

`options.page_size` (at most 15, which is the default) is how many events are asked for at once.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from auditlib.caselog.rows import Row
from auditlib.sources import Capabilities, Chunk, Get, Introduction, Page, Requests, Settings, Window
from auditlib.sources._front.desk import EVENTS, Desk, Step, conversation_id, event_id, is_private, moment_of, rows
from auditlib.sources._front.introduction import introduced
from auditlib.sources._front.tickets import Reading, events_of, has_messages, read_tickets
from auditlib.sources._shared import windows

CAPABILITIES = Capabilities(detailed_statuses=False, deletions=True, merges=True)
REQUESTS = Requests(a_ticket=3, a_page=EVENTS, besides=6)
"""For each conversation its events and its messages; the list of all events adds one for every fifteen of them."""
WORDS = frozenset(
    {
        "id",
        "type",
        "status",
        "status_category",
        "role",
        "draft_mode",
        "next",
        "contact",
        "owner",
        "data",
        "scheduled_reminders",
    }
)
"""Fields that hold the helpdesk's own words: they are kept when its answers are recorded, and nobody's else."""

A_CHUNK = 50
"""Pages that are kept together, or a few more: a page of events often tells of nothing new."""
LAG = 2 * 60
"""Seconds by which the list is taken to be behind; what is later still, the next night reads again."""


def fetch(get: Get, cursors: Mapping[str, Mapping[str, Any]], window: Window, settings: Settings) -> Iterator[Chunk]:
    """Chunks of raw pages: the conversations of the window, whole. Who is named in them is known from them."""
    desk, cursor = Desk(get, settings), cursors.get("events", {})
    if window.until is not None and (cursor.get("done_until") or -1) >= window.until:
        return
    beside = desk.beside()
    reading, seen = Reading(beside, settings), set[str]()
    windows.check_scope(settings, "Front", reading.acting.inboxes.values())
    held: list[Page] = []
    for step in desk.changed(cursor, window):
        for number in _due(step, window, seen):
            held += _whole(desk, number, window, reading, seen)
        # The list itself is not kept, unless it holds what cannot be read: everybody's own mail may be in it.
        held += [step.page] if any(conversation_id(row) is None for row in rows(step.page)) else []
        if step.is_last or len(held) >= A_CHUNK:
            proven = _proven(step, window) if step.is_last else None
            yield Chunk(stream="events", pages=[*beside, *held], cursor=step.cursor, complete_until=proven)
            held = []


def read(pages: Sequence[Page], settings: Settings) -> Iterator[Row]:
    """The case-log rows of one chunk."""
    yield from read_tickets(pages, settings)


def introduce(get: Get, settings: Settings) -> Introduction:
    """What the company says of itself: one call a stream."""
    told = introduced(Desk(get, settings), settings)
    return dataclasses.replace(told, requests_per_minute=getattr(get, "requests_per_minute", None))


def _proven(step: Step, window: Window) -> int | None:
    """Until when the last page proves that all is told: what happened before the list was first asked for."""
    if step.began is None:
        return None
    told_all = step.began - LAG
    return told_all if window.until is None else min(told_all, window.until)


def _due(step: Step, window: Window, seen: set[str]) -> Iterator[str]:
    """The conversations of a page in which something happened that was not read with them already."""
    for row in rows(step.page):
        number, moment = conversation_id(row), moment_of(row)
        if number is None or number in seen or event_id(row) in seen or is_private(row):
            continue
        # An event that does not say when it happened is read, and rejected, with its conversation.
        if moment is None or (moment >= step.begin and (window.until is None or moment < window.until)):
            yield number


def _whole(desk: Desk, number: str, window: Window, reading: Reading, seen: set[str]) -> list[Page]:
    """What happened in a conversation and what was written; nothing of one that goes on behind the window, of one
    that has gone or is private now, and of a discussion, in which nobody from outside can have written."""
    pages = desk.events(number)
    events, told = events_of(pages), [row for page in pages for row in rows(page)]
    seen |= set(filter(None, map(event_id, told))) or {number}
    last = max((event.emitted_at for event in events), default=0.0)
    if not pages or any(map(is_private, told)) or (window.until is not None and last >= window.until):
        return []
    if not reading.is_in_scope(events):
        return pages if has_messages(events) else []
    messages = desk.messages(number)
    return [*pages, *messages] if any(map(rows, messages)) else []
