"""Help Scout's conversations, through its Mailbox API 2.0: https://developer.helpscout.com/mailbox-api/

Needs a connection with the id and the secret of an app (your profile, *My apps*); a token is granted for them, and
again when it has expired:

    {"conn_type": "http", "host": "https://api.helpscout.net", "login": "<app id>", "password": "<app secret>",
     "extra": {"token_path": "/v2/oauth2/token"}}

The least that suffices: an app of a user of its own who may see every mailbox that is audited. It reads
conversations with their threads, the report of ratings, users, mailboxes and teams, and writes nothing.

What Help Scout does not tell, or is not read, and what follows:

- **Mailboxes that the app's user may not see** are left out without a word. Compare the number of conversations.
- **Neither new nor on hold**: a conversation is active, pending or closed.
- **Fields and tags are told as they are today.**
- **Opening hours are not told.** Write them into `[clock]`.
- **Ratings are told to the plans Plus and Pro alone**, and of each reply the latest one; to whom one was offered is not
  told. Without them write `options = { ratings = "none" }`: otherwise the source stops, since no ratings and unreadable
  ones must not look the same.
- **Roles are those of today**: users are agents, customers are customers, and Help Scout's AI agents are bots. Where
  the list of these is closed to the app, `bots` must name them: they are users like others otherwise.
- **Deleted conversations are gone; a merged one points to the other.**

A conversation that changes while its list is read does not push another one off it: the newest change comes first.
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from auditlib.caselog.rows import BadRecord, Row
from auditlib.sources import Capabilities, Chunk, Get, Introduction, Page, Requests, Settings, Window
from auditlib.sources._help_scout.desk import OVERLAP, PAGE, Desk
from auditlib.sources._help_scout.introduction import introduced
from auditlib.sources._help_scout.ratings import Ratings
from auditlib.sources._help_scout.shapes import Conversation
from auditlib.sources._help_scout.tickets import Reading, conversations, read_conversations
from auditlib.sources._shared import windows
from auditlib.sources._shared.closed import access, if_rated
from auditlib.sources._shared.values import second

CAPABILITIES = Capabilities(detailed_statuses=False, ratings=True)
REQUESTS = Requests(a_ticket=1.15, a_page=PAGE, besides=30)
"""For each conversation its threads, more only where it has more than a page of them; and the report of ratings."""
WORDS = frozenset({"type", "status", "state", "via", "role", "ratingId"})
"""Fields that hold the helpdesk's own words: they are kept when its answers are recorded, and nobody's else."""

LAG = 2 * 60
"""Seconds by which the list is taken to be behind; what is later still, the next night reads again."""


def fetch(get: Get, cursors: Mapping[str, Mapping[str, Any]], window: Window, settings: Settings) -> Iterator[Chunk]:
    """Chunks of raw pages: the conversations of the window, whole. Who is named in them is known from them."""
    desk, cursor = Desk(get, settings), cursors.get("conversations", {})
    if window.until is not None and (cursor.get("done_until") or -1) >= window.until:
        return
    beside = desk.beside()
    reading, seen, ratings = Reading(beside, settings), dict[int, int](), Ratings(desk)
    windows.check_scope(settings, "Help Scout", (box.name for box in reading.mailboxes))
    for step in desk.changed(cursor, window):
        due = _due(step.page, reading, seen, window)
        seen |= {number: second(told.moved_at) for number, told in due.items()}
        if step.is_last and window.is_live and not desk.without_ratings:
            since = int(cursors.get("rated", {}).get("since", step.cursor["since"]))
            yield from _rated(desk, ratings, since, beside, settings, seen, step.page)
        whole = _whole(desk, ratings, due, step.page)
        until = windows.complete_until(step.page, window, LAG) if step.is_last and step.is_proven else None
        yield Chunk(
            stream="conversations", pages=[*beside, step.page, *whole], cursor=step.cursor, complete_until=until
        )


def _whole(desk: Desk, ratings: Ratings, due: Mapping[int, Conversation], asked: Page) -> list[Page]:
    """The threads of some conversations, and how they were rated."""
    pages = [page for conversation in due for page in desk.threads(conversation)]
    if desk.without_ratings or not due:
        return pages
    since = min(second(conversation.createdAt) for conversation in due.values())
    latest = max(second(conversation.moved_at) for conversation in due.values())
    return [*pages, *ratings.of(due.keys(), since, asked.served_at or latest)]


def _rated(
    desk: Desk,
    ratings: Ratings,
    since: int,
    beside: Sequence[Page],
    settings: Settings,
    seen: dict[int, int],
    now: Page,
) -> Iterator[Chunk]:
    """Conversations that were rated without having changed."""
    given = ratings.given(max(0, since - OVERLAP), now.served_at or since)
    found = [page for number in sorted(given.keys() - seen.keys()) if (page := desk.conversation(number)) is not None]
    if found:
        reading = Reading(beside, settings)
        due = {told.id: told for told in _wanted(found, reading)}
        yield Chunk(stream="rated", pages=[*beside, *found, *_whole(desk, ratings, due, now)], cursor={"since": since})
    # A slice that was asked for early in a long night does not tell what was rated later in it.
    latest = max([since, *given.values()])
    yield Chunk(stream="rated", pages=[], cursor={"since": max(since, min(latest, ratings.begun or since))})


def read(pages: Sequence[Page], settings: Settings) -> Iterator[Row]:
    """The case-log rows of one chunk."""
    yield from access(pages)
    yield from if_rated(settings)
    yield from read_conversations(pages, settings)


def introduce(get: Get, settings: Settings) -> Introduction:
    """What the account says of itself: one call a stream."""
    told = introduced(Desk(get, settings), settings)
    return dataclasses.replace(told, requests_per_minute=getattr(get, "requests_per_minute", None))


def _due(page: Page, reading: Reading, seen: Mapping[int, int], window: Window) -> dict[int, Conversation]:
    """The conversations of a page that are wanted whole; the unreadable are rejected later."""
    found = {told.id: told for told in _wanted([page], reading)}
    moved = {number: second(told.moved_at) for number, told in found.items()}
    return {number: found[number] for number in windows.due(moved, seen, window)}


def _wanted(pages: Sequence[Page], reading: Reading) -> Iterator[Conversation]:
    """Conversations that are audited, and say when they came and changed."""
    for conversation in conversations(pages)[0]:
        with contextlib.suppress(BadRecord):
            second(conversation.createdAt)
            second(conversation.moved_at)
            if reading.is_in_scope(conversation):
                yield conversation
