"""django-helpdesk 2, through its own database: its API tells neither what changed nor when.

https://django-helpdesk.readthedocs.io/ · needs a connection to the database with an account of its own:

    CREATE ROLE audit_reader LOGIN PASSWORD '…';
    GRANT SELECT ON helpdesk_ticket, helpdesk_followup, helpdesk_ticketchange, helpdesk_queue,
        helpdesk_customfield, helpdesk_ticketcustomfieldvalue TO audit_reader;
    GRANT SELECT (id, username, first_name, last_name, email, is_staff, is_active) ON auth_user TO audit_reader;

For SQLite the connection's host is the file; it is opened so that it cannot be written. Columns that hold
passwords or secret keys are never asked for. Where users stand in another table than auth_user, give the account
a view of this name in its own schema.

What django-helpdesk does not tell, and what follows:

- **What is changed on the board, in the edit form or through the API leaves no follow-up.** A ticket whose
  follow-ups do not end at the status, owner or queue that it shows is taken in without a history: what needs one
  is unmeasurable for it, and the night says how many there are.
- **When a ticket was merged.** Which into which is told; the follow-ups that a merge moved are read where they
  were written. Of a ticket that was merged twice over, they are read where they first went.
- **Deleted tickets and follow-ups**, and words before they were edited: they vanish. What an earlier night has
  seen of them stays in the audit.
- **Who sent a mail** stands in a title alone; **who opened a ticket by phone**, nowhere: `options.channel` names
  a custom field that says so.
- **Whom a ticket waits for**: its statuses know neither a new ticket nor one that waits for its customer.
- **Roles only as they are now**: who may work here is staff. No ratings, no opening hours, no service levels.

Changed fields are written in the language of whoever changed them: `options.words = { "Besitzer" = "Owner" }`
names others than the English ones. `options.time_zone` is that of the database where USE_TZ is off.
`options.page_size` (200) is how many tickets are read together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from auditlib.caselog.rows import Row
from auditlib.sources import Capabilities, Chunk, Get, Introduction, Page, Requests, Settings, Window
from auditlib.sources._django_helpdesk.desk import PAGE_SIZE, Desk
from auditlib.sources._django_helpdesk.introduction import introduced
from auditlib.sources._django_helpdesk.shapes import SHAPES, TABLES, Queue, Ticket
from auditlib.sources._django_helpdesk.tickets import read_tickets, ticket_id, wanted
from auditlib.sources._django_helpdesk.words import Words
from auditlib.sources._shared import windows
from auditlib.sources._shared.records import of_stream

__all__ = ["CAPABILITIES", "PHRASES", "REQUESTS", "TABLES", "WORDS", "fetch", "introduce", "read"]

CAPABILITIES = Capabilities(detailed_statuses=False, merges=True)
REQUESTS = Requests(a_ticket=0.2, a_page=PAGE_SIZE, besides=20)
"""Statements: some ten for each few hundred tickets."""

WORDS = frozenset({"changes.field", "fields.name", "fields.label"})
"""Columns that hold the helpdesk's own words: they are kept when its rows are recorded, and nobody's else."""
PHRASES = (
    r"True|False|None|Unassigned", r"Unassigned in bulk update", r"Assigned to (\S+) in bulk update",
    r"(?:Ticket Re-Opened by )?E-Mail Received from (\S+)", r"\[Merged from #\d+\] ?(.*)",
)  # fmt: skip
"""Sentences that it writes into titles and values, and that are read: whom they are about is masked."""

OVERLAP = 10 * 60
"""Seconds that the next night reads again: a change is stamped before it can be seen."""


def fetch(get: Get, cursors: Mapping[str, Mapping[str, Any]], window: Window, settings: Settings) -> Iterator[Chunk]:
    """Chunks of whole tickets, by when they last changed."""
    desk, words, cursor = Desk(get, settings), Words(settings), dict(cursors.get("tickets", {}))
    if window.until is not None and cursor.get("done_until", -1) >= window.until:
        return
    company = desk.company()
    queues = SHAPES.read(of_stream(company, "queues"), Queue).good
    windows.check_scope(settings, "django-helpdesk", (queue.title for queue in queues))
    since, after = int(cursor.get("since", window.since)), cursor.get("after")
    started = int(cursor.get("started") or company[0].served_at or 0)
    while True:
        page = desk.changed(since, window.until, after)
        tickets = SHAPES.read([page], Ticket, ticket=ticket_id).good
        rows = page.json()
        if rows:
            after = [rows[-1]["modified"], rows[-1]["id"]]
        pages = [*company, page, *desk.whole(wanted(tickets, queues, settings))]
        if len(rows) < desk.size:
            latest = words.second(after[0]) - OVERLAP if after else since
            told_all = started - OVERLAP
            until = told_all if window.until is None else min(told_all, window.until)
            behind = {"since": max(since, latest), "done_until": window.until}
            yield Chunk(stream="tickets", pages=pages, cursor=behind, complete_until=until)
            return
        yield Chunk(stream="tickets", pages=pages, cursor={"since": since, "after": after, "started": started})


def read(pages: Sequence[Page], settings: Settings) -> Iterator[Row]:
    """The case-log rows of one chunk."""
    yield from read_tickets(pages, settings)


def introduce(get: Get, settings: Settings) -> Introduction:
    """What the database holds: one question a table."""
    return introduced(Desk(get, settings), settings)
