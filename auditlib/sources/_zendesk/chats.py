"""What was said in a chat or a messaging conversation, which is told by no comments.

Its lines stand in the event that began it, however much later they were said. Where that event has none, the
ticket's conversation log is asked: https://developer.zendesk.com/api-reference/ticketing/tickets/conversation_log/
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from auditlib.caselog.rows import BadRecord, Event, moment
from auditlib.sources import Get, Page
from auditlib.sources._shared.values import second
from auditlib.sources._zendesk.paging import optional
from auditlib.sources._zendesk.updates import ChatStartedEvent

STREAM = "conversation"
BEGAN, LINE = b'"ChatStartedEvent"', b'"ChatMessage"'
MESSAGES = frozenset({"ChatMessage", "ChatFileAttachment"})
LOGGED = "Messaging::ConversationMessage"
LINES = 10_000
"""Places for the lines of one chat: before all numbers of Zendesk's, so that a line precedes what it came with."""
MILLISECONDS = 100_000_000_000
"""A moment as large as this is told in milliseconds."""


class Said(NamedTuple):
    """One thing that was said: when, by whom, as what, and in which words."""

    at: int
    who: str | None
    role: str
    text: str | None


class Logged(msgspec.Struct, gc=False, kw_only=True):
    """One event of a ticket's conversation log; its comments are told by the audits, too."""

    type: str
    created_at: datetime.datetime
    id: str = ""
    author: dict[str, Any] | None = None
    content: dict[str, Any] | None = None


class Log(msgspec.Struct, gc=False):
    events: list[Logged]


_DECODER = msgspec.json.Decoder(Log)


def log_of(get: Get, ticket: int, audits: Iterable[Page]) -> Iterator[Page]:
    """The pages of a ticket's conversation log, where its audits tell of a conversation and not what was said."""
    bodies = [page.body for page in audits]
    if any(BEGAN in body for body in bodies) and not any(LINE in body for body in bodies):
        yield from optional(get, f"/api/v2/tickets/{ticket}/conversation_log", STREAM)


def told(began: ChatStartedEvent) -> list[Said]:
    """What a chat's own lines tell; who joined and who left is not said."""
    lines = began.value.history or () if began.value else ()
    return [
        Said(_moment(line.timestamp), _who(line.actor_id), line.actor_type or "", _text(line.message))
        for line in lines
        if line.type in MESSAGES
    ]


def logged(pages: Iterable[Page]) -> list[Said]:
    """What a ticket's conversation log tells."""
    found: list[tuple[str, Said]] = []
    for page in pages:
        try:
            events = _DECODER.decode(page.body).events
        except msgspec.DecodeError as error:
            raise BadRecord(f"the conversation log cannot be read: {error}") from None
        for event in events:
            if event.type == LOGGED:
                author, content = event.author or {}, event.content or {}
                who, text = _who(author.get("zen:support:user_id")), _text(content.get("text", content.get("body")))
                found.append((event.id, Said(second(event.created_at), who, str(author.get("type")), text)))
    return [said for _, said in sorted(found, key=lambda pair: (pair[1].at, pair[0]))]


def place(began: ChatStartedEvent, line: int) -> int:
    """The sequence of a line of a chat; -1 is the creation that it began with."""
    if line > LINES - 2:
        raise BadRecord(f"a chat has more than {LINES - 2:,} lines")
    return -LINES * began.id + line + 1


def events(
    said: Sequence[Said],
    began: ChatStartedEvent,
    ticket: str,
    requester: str | None,
    bots: Collection[str],
    since: int,
) -> Iterator[Event]:
    """The lines of a chat as messages that everybody in it saw; none is older than its ticket."""
    for line, one in enumerate(said):
        actor, whose = _classify(one, requester, bots)
        yield Event(
            ticket=ticket,
            seq=place(began, line),
            occurred_at=max(one.at, since),
            kind="message",
            actor=actor,
            actor_class=whose,
            body=one.text,
        )


def _classify(said: Said, requester: str | None, bots: Collection[str]) -> tuple[str | None, str | None]:
    """Actor and class. A customer without a number is the ticket's own; an agent without one is some agent."""
    role = said.role.lower().replace("-", "_")
    if role in ("system", "trigger"):
        return None, "automation"
    if said.who in bots or role in ("bot", "answer_bot", "ai_agent"):
        return said.who, "bot"
    if said.who is not None:
        return said.who, None
    if role in ("end_user", "user", "visitor"):
        return requester, None
    return None, "agent" if role == "agent" else "unknown"


def _who(number: Any) -> str | None:
    text = str(number) if isinstance(number, int | str) else ""
    return text if text.isdigit() else None


def _text(message: Any) -> str | None:
    return message if isinstance(message, str) else None


def _moment(at: float | str | None) -> int:
    if isinstance(at, str):
        return moment(at)
    if at is None:
        raise BadRecord("a line of a chat has no moment")
    return int(at // 1000 if at >= MILLISECONDS else at)
