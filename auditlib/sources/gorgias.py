"""Gorgias's tickets, through its REST API: https://developers.gorgias.com/reference/introduction

Needs a connection with the account's address, and the e-mail address and the API key of a user (*Settings*, *REST
API*):

    {"conn_type": "http", "host": "https://acme.gorgias.com", "login": "auditor@acme.com", "password": "<API key>"}

The least that suffices: a user of its own, of the lowest role that may see every ticket; or the token of an app with
the scopes that read tickets, events, satisfaction surveys, users, teams, custom fields and the account. It reads
tickets with their messages and events, surveys, users and teams, and writes nothing.

What Gorgias does not tell, or is not read, and what follows:

- **Events for a year**, and no longer. A ticket whose creation they do not tell is read without its history, and a
  first load that begins more than a year ago has such tickets.
- **Neither new nor on hold**: a ticket is open or closed. A snoozed one is closed until a moment, and read as waiting
  for the customer.
- **Fields, tags and priorities are told as they are today.**
- **Opening hours and service levels are not read.** Write the hours into `[clock]`.
- **Ratings before the latest one.** When the survey was sent and when it was answered last are told. An answer later
  than 45 days after the survey was made is read when something else happens to the ticket.
- **Roles are those of today**: users are agents, customers are customers.
- **A merged ticket leaves no trace**: its messages are the other one's. Tickets in the trash and what is marked as
  spam are deleted ones; what is deleted for good is gone.

A ticket that changes while its list is read goes to the end at which a second pass begins. `options.page_size` (at
most 100, which is the default) is how many tickets are asked for at once.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from auditlib.caselog.rows import Row
from auditlib.sources import Capabilities, Chunk, Get, Introduction, Page, Requests, Settings, Window
from auditlib.sources._gorgias.desk import PAGE, Desk, Step, rated_since, rows
from auditlib.sources._gorgias.introduction import introduced
from auditlib.sources._gorgias.tickets import Reading, read_tickets, ticket_id, tickets
from auditlib.sources._gorgias.words import at
from auditlib.sources._shared import windows

CAPABILITIES = Capabilities(detailed_statuses=False, ratings=True, survey_offers=True, deletions=True)
REQUESTS = Requests(a_ticket=2.1, a_page=PAGE, besides=9)
"""For each ticket itself and its events; more only where it has more than a page of them."""
WORDS = frozenset(
    {
        "status",
        "type",
        "channel",
        "via",
        "object_type",
        "object",
        "timezone",
        "language",
        "priority",
        "data_type",
        "uri",
    }
)
"""Fields that hold the helpdesk's own words: they are kept when its answers are recorded, and nobody's else."""

LAG = 2 * 60
"""Seconds by which the list is taken to be behind; what is later still, the next night reads again."""


def fetch(get: Get, cursors: Mapping[str, Mapping[str, Any]], window: Window, settings: Settings) -> Iterator[Chunk]:
    """Chunks of raw pages: the tickets of the window, whole. Who is named in them is known from them."""
    desk, cursor = Desk(get, settings), cursors.get("tickets", {})
    if window.until is not None and (cursor.get("done_until") or -1) >= window.until:
        return
    beside = desk.beside()
    reading, seen, listed = Reading(beside, settings), dict[int, int](), set[int]()
    windows.check_scope(settings, "Gorgias", (team.name or "" for team in reading.teams))
    for step in desk.changed(cursor, window):
        due = windows.due(_moved(step, reading), seen, window)
        whole = [page for ticket in due for page in desk.whole(ticket)]
        seen |= due
        listed |= {row["id"] for row in rows(step.page) if ticket_id(row)}
        if step.is_last and window.is_live:
            # An answered survey need not move the ticket that it is about.
            surveys = list(desk.surveys(step.origin))
            rated = sorted(rated_since(surveys, step.origin) - listed)
            whole += [*surveys, *(page for ticket in rated for page in desk.whole(ticket))]
        until = windows.complete_until(step.page, window, LAG) if step.is_last and step.is_proven else None
        yield Chunk(stream="tickets", pages=[*beside, step.page, *whole], cursor=step.cursor, complete_until=until)


def read(pages: Sequence[Page], settings: Settings) -> Iterator[Row]:
    """The case-log rows of one chunk."""
    yield from read_tickets(pages, settings)


def introduce(get: Get, settings: Settings) -> Introduction:
    """What the account says of itself: one call a stream."""
    told = introduced(Desk(get, settings), settings)
    return dataclasses.replace(told, requests_per_minute=getattr(get, "requests_per_minute", None))


def _moved(step: Step, reading: Reading) -> dict[int, int]:
    """The tickets of a page that are wanted whole, with when they changed; the unreadable are rejected later."""
    shown = [ticket for ticket, _ in tickets([step.page])[0].values() if reading.is_in_scope(ticket)]
    return {ticket.id: at(ticket.moved_at) for ticket in shown if at(ticket.moved_at) >= step.begin}
