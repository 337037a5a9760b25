"""Help Scout's conversations, through its Mailbox API 2.0: https://developer.helpscout.com/mailbox-api/

Needs a connection with the id and the secret of an app (your profile, *My apps*); a token is granted for them, and
again when it has expired:

    {"conn_type": "http", "host": "https://api.helpscout.net", "login": "<app id>", "password": "<app secret>",
     "extra": {"token_path": "/v2/oauth2/token"}}

The least that suffices: an app of a user of its own who may see every mailbox that is audited. It reads
conversations with their threads, users, mailboxes and teams, and writes nothing.

What Help Scout does not tell, or is not read, and what follows:

- **Mailboxes that the app's user may not see** are left out without a word. Compare the number of conversations.
- **Neither new nor on hold**: a conversation is active, pending or closed.
- **Fields and tags are told as they are today.**
- **Opening hours and the happiness of customers are not read.** Write the hours into `[clock]`.
- **Roles are those of today**: users are agents, customers are customers.
- **Deleted conversations are gone; a merged one points to the other.**

A conversation that changes while its list is read does not push another one off it: the newest change comes first.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from auditlib.caselog.rows import BadRecord, Row
from auditlib.sources import Capabilities, Chunk, Get, Introduction, Page, Requests, Settings, Window
from auditlib.sources._help_scout.desk import PAGE, Desk
from auditlib.sources._help_scout.introduction import introduced
from auditlib.sources._help_scout.tickets import Reading, conversations, read_conversations
from auditlib.sources._shared import windows
from auditlib.sources._shared.values import second

CAPABILITIES = Capabilities(detailed_statuses=False)
REQUESTS = Requests(a_ticket=1.1, a_page=PAGE, besides=12)
"""For each conversation its threads; more only where it has more than a page of them."""
WORDS = frozenset({"type", "status", "state", "via", "role"})
"""Fields that hold the helpdesk's own words: they are kept when its answers are recorded, and nobody's else."""

LAG = 2 * 60
"""Seconds by which the list is taken to be behind; what is later still, the next night reads again."""


def fetch(get: Get, cursors: Mapping[str, Mapping[str, Any]], window: Window, settings: Settings) -> Iterator[Chunk]:
    """Chunks of raw pages: the conversations of the window, whole. Who is named in them is known from them."""
    desk, cursor = Desk(get, settings), cursors.get("conversations", {})
    if window.until is not None and (cursor.get("done_until") or -1) >= window.until:
        return
    beside = desk.beside()
    reading, seen = Reading(beside, settings), dict[int, int]()
    windows.check_scope(settings, "Help Scout", (box.name for box in reading.mailboxes))
    for step in desk.changed(cursor, window):
        due = windows.due(_moved(step.page, reading), seen, window)
        whole = [page for conversation in due for page in desk.threads(conversation)]
        seen |= due
        until = windows.complete_until(step.page, window, LAG) if step.is_last and step.is_proven else None
        yield Chunk(
            stream="conversations", pages=[*beside, step.page, *whole], cursor=step.cursor, complete_until=until
        )


def read(pages: Sequence[Page], settings: Settings) -> Iterator[Row]:
    """The case-log rows of one chunk."""
    yield from read_conversations(pages, settings)


def introduce(get: Get, settings: Settings) -> Introduction:
    """What the account says of itself: one call a stream."""
    told = introduced(Desk(get, settings), settings)
    return dataclasses.replace(told, requests_per_minute=getattr(get, "requests_per_minute", None))


def _moved(page: Page, reading: Reading) -> dict[int, int]:
    """The conversations of a page that are wanted whole, with when they changed; the unreadable are rejected later."""
    found = {}
    for conversation in conversations([page])[0]:
        try:
            if reading.is_in_scope(conversation):
                found[conversation.id] = second(conversation.moved_at)
        except BadRecord:
            continue
    return found
