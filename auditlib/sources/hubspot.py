"""HubSpot's tickets with the conversations of its inbox and help desk, through its public API:
https://developers.hubspot.com/docs/api-reference/ and https://github.com/HubSpot/HubSpot-public-api-spec-collection

Needs a connection with the token of a private app:

    {"conn_type": "http", "host": "https://api.hubapi.com", "extra": {"token": "…"}}

The least that suffices: the scopes `tickets`, `conversations.read`, `crm.objects.contacts.read`,
`crm.objects.companies.read`, `crm.objects.owners.read` and, where the account has surveys,
`crm.objects.feedback_submissions.read`. It reads tickets with what their properties were before, conversations,
answers to surveys, contacts, companies, owners and pipelines, and writes nothing: searches and batches are sent by
POST.

What HubSpot does not tell, or is not read, and what follows:

- **Calls, notes and e-mails that stand on a ticket, outside the inbox or the help desk, are not read.** Where a
  company answers from there, its answers are not in the audit.
- **Opening hours and what its SLAs promise are not told.** Write the hours into `[clock]`. What HubSpot says of its
  SLAs itself, met or missed, is kept beside.
- **Answers about satisfaction are read where they are tied to a ticket**; HubSpot ties some to their contact alone.
  Other surveys ask something else, and nobody tells whom a survey was offered to.
- **Roles are those of today**: owners are agents, contacts are customers. Who has left is still told as an owner.
- **A merge leaves one ticket**: the other one's number is gone.
- **A deleted ticket is known while it lies in the recycling bin**, ninety days.
- **Of a property HubSpot keeps so many values**, and no more: the oldest of a ticket that changed very often may
  be gone.

`options.ratings = "none"` says that the account has no surveys; otherwise answers that are closed to the app stop the
source, since no answers and unreadable ones must not look the same. `options.page_size` (at most 50, which is the
default) is how many tickets are asked for at once.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from auditlib.caselog.rows import Row
from auditlib.sources import Capabilities, Chunk, Get, Introduction, Page, Requests, Settings, Window
from auditlib.sources._hubspot.desk import OVERLAP, PAGE_SIZE, Desk
from auditlib.sources._hubspot.introduction import introduced
from auditlib.sources._hubspot.service_levels import LEVELS
from auditlib.sources._hubspot.surveys import GROUP, TYPE, VALUE, moved_at
from auditlib.sources._hubspot.tickets import Reading, read_tickets, ticket_id
from auditlib.sources._shared import windows
from auditlib.sources._shared.closed import if_rated
from auditlib.sources._shared.records import listed

CAPABILITIES = Capabilities(ratings=True, deletions=True, vendor_metrics=True)
REQUESTS = Requests(a_ticket=2.15, a_page=PAGE_SIZE, besides=14)
"""For each ticket its conversations, and what was written in the one that most have; batches for the rest."""
WORDS = frozenset({"type", "sourceType", "direction", "hs_pipeline_stage", "source_type", "pipelines.label",
                   "hs_ticket_priority", "ticketState", "hs_language", "statusType", *LEVELS, TYPE,
                   GROUP, VALUE})  # fmt: skip
"""Fields that hold the helpdesk's own words: they are kept when its answers are recorded, and nobody's else."""

LAG = 5 * 60
"""Seconds by which the index of the search is taken to be behind; what is later still, the next night reads again."""


def fetch(get: Get, cursors: Mapping[str, Mapping[str, Any]], window: Window, settings: Settings) -> Iterator[Chunk]:
    """Chunks of raw pages: the tickets of the window, whole, with who is named in them; at last what was deleted."""
    desk, cursor = Desk(get, settings), cursors.get("tickets", {})
    if window.until is not None and (cursor.get("done_until") or -1) >= window.until:
        return
    beside = desk.beside()
    windows.check_scope(settings, "HubSpot", Reading(beside, settings).teams.values())
    seen: set[str] = set()
    for step in desk.changed(cursor, window):
        numbers = _numbers(step.page)
        seen |= set(numbers)
        pages = [*beside, step.page, *desk.whole(numbers)]
        until = None
        if step.is_last:
            if window.is_live and not desk.without_ratings:
                yield from _rated(desk, cursors.get("answers", {}), window, beside, seen)
            pages += desk.archived()
            until = _complete_until(step.cursor.pop("begun"), window)
        yield Chunk(stream="tickets", pages=pages, cursor=step.cursor, complete_until=until)


def read(pages: Sequence[Page], settings: Settings) -> Iterator[Row]:
    """The case-log rows of one chunk."""
    yield from if_rated(settings)
    yield from read_tickets(pages, settings)


def introduce(get: Get, settings: Settings) -> Introduction:
    """What the account says of itself: one call a stream."""
    told = introduced(Desk(get, settings), settings)
    return dataclasses.replace(told, requests_per_minute=getattr(get, "requests_per_minute", None))


def _rated(
    desk: Desk, cursor: Mapping[str, Any], window: Window, beside: Sequence[Page], seen: set[str]
) -> Iterator[Chunk]:
    """Tickets about which something was answered without their having changed."""
    since = latest = int(cursor.get("since", window.since))
    begun: int | None = None
    for page, tickets in desk.answered(since):
        begun = page.served_at if begun is None else begun
        latest = max([latest, *(at for row in listed(page, "results") if (at := moved_at(row)) is not None)])
        fresh = sorted(tickets - seen, key=int)
        for begin in range(0, len(fresh), desk.size):
            told = desk.named(fresh[begin : begin + desk.size])
            pages = [*beside, told, *desk.whole(_numbers(told))]
            yield Chunk(stream="answers", pages=pages, cursor=dict(cursor))
        seen |= set(fresh)
    again = max(since, min(latest, latest if begun is None else begun) - OVERLAP)
    yield Chunk(stream="answers", pages=[], cursor={"since": again})


def _numbers(page: Page) -> list[str]:
    """The tickets that a search found."""
    return [number for row in listed(page, "results") if isinstance(row, dict) and (number := ticket_id(row))]


def _complete_until(begun: int | None, window: Window) -> int | None:
    """Tickets are read by id, so only what happened before the first page was asked for is proven to be told."""
    if begun is None:
        return None
    return begun - LAG if window.until is None else min(begun - LAG, window.until)
