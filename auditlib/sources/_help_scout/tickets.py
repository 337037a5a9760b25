"""Help Scout's conversations as rows of the case log: each with its whole history, or rejected with a reason."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from auditlib.caselog.rows import BadRecord, Group, Notice, Person, Rejected, Row, Ticket
from auditlib.sources import Page, Settings
from auditlib.sources._help_scout import ratings, shapes
from auditlib.sources._help_scout.desk import rows
from auditlib.sources._help_scout.history import Told
from auditlib.sources._help_scout.shapes import SHAPES
from auditlib.sources._help_scout.words import CUSTOM, STATUSES, channel, holder, person
from auditlib.sources._shared.identities import identities
from auditlib.sources._shared.records import of_stream
from auditlib.sources._shared.statuses import Statuses
from auditlib.sources._shared.text import plain
from auditlib.sources._shared.values import second, word

_CONVERSATION = re.compile(r"/conversations/(\d+)/")


def conversation_id(row: Mapping[str, Any]) -> str | None:
    """The number of the conversation that a record of one is about."""
    return str(row["id"]) if isinstance(row.get("id"), int) else None


class Reading:
    """What is known while the conversations of one chunk are read."""

    def __init__(self, pages: Sequence[Page], settings: Settings) -> None:
        users, machines = (self._listed(pages, stream, shapes.User) for stream in ("users", "system_users"))
        boxes = self._listed(pages, "mailboxes", shapes.Named)
        self.said = [*users.said, *machines.said, *boxes.said]
        self.users, self.mailboxes = [*users.good, *machines.good], boxes.good
        self.statuses = Statuses(STATUSES, settings)
        self.bots = frozenset([*(bot.lower() for bot in settings.bots), *(f"u-{told.id}" for told in machines.good)])
        self.fields = {f.removeprefix(CUSTOM): ours for ours, f in settings.fields.items() if f.startswith(CUSTOM)}
        named = settings.scope.get("groups", ())
        self._boxes = {box.id for box in self.mailboxes if box.name in named} if named else None

    @staticmethod
    def _listed(pages: Sequence[Page], stream: str, shape: Any) -> Any:
        return SHAPES.rows([r for p in of_stream(pages, stream) for r in rows(p, stream)], stream, shape)

    def is_in_scope(self, conversation: shapes.Conversation) -> bool:
        """Whether the mailbox that has it is audited."""
        return self._boxes is None or conversation.mailboxId in self._boxes

    def values(self, conversation: shapes.Conversation) -> dict[str, str]:
        """The mapped fields, by our names; they may be mapped by number or by name."""
        found = {}
        for field in conversation.customFields or ():
            ours = self.fields.get(str(field.id)) or self.fields.get(field.name or "")
            value = field.text or word(field.value)
            if ours and value:
                found[ours] = value
        return found


def conversations(pages: Sequence[Page]) -> tuple[list[shapes.Conversation], list[Notice | Rejected]]:
    """The conversations of some pages, the last record of each, and what there is to say of the others."""
    told = [row for page in of_stream(pages, "conversations") for row in rows(page, "conversations")]
    told += [page.json() for page in of_stream(pages, "conversation")]
    found = SHAPES.rows(told, "conversations", shapes.Conversation, ticket=conversation_id)
    return list({conversation.id: conversation for conversation in found.good}.values()), found.said


def read_conversations(pages: Sequence[Page], settings: Settings) -> Iterator[Row]:
    """Every row of one chunk; a conversation that cannot be read is rejected, not raised."""
    reading = Reading(pages, settings)
    yield from reading.said
    yield from (Group(group=str(box.id), name=box.name) for box in reading.mailboxes)
    found, said = conversations(pages)
    yield from said
    threads, spoilt = _threads(pages)
    yield from spoilt
    given, unread = ratings.ratings_of(pages, threads.keys())
    yield from unread
    bad = {row.ticket for row in [*spoilt, *unread] if isinstance(row, Rejected)}
    people: dict[str, shapes.Somebody] = {}
    for conversation in found:
        if str(conversation.id) in bad:
            continue
        try:
            told = threads.get(conversation.id)
            by = _named(conversation, told or ())
            rated = ratings.events(
                conversation.id, given.get(conversation.id, ()), by, person(conversation.primaryCustomer)
            )
            yield from [*_conversation(conversation, told, reading), *rated]
        except BadRecord as error:
            reason = "no_time_zone" if "time zone" in str(error) else "unreadable"
            yield Rejected(ticket=str(conversation.id), reason=reason, detail=str(error))
            continue
        people |= by
    yield from _people(people, reading)


def _named(conversation: shapes.Conversation, threads: Sequence[shapes.Thread]) -> dict[str, shapes.Somebody]:
    """Everybody whom a conversation names."""
    named = [conversation.primaryCustomer, conversation.createdBy, conversation.assignee]
    named += [by for thread in threads for by in (thread.createdBy, thread.assignedTo)]
    return {key: told for told in named if told and told.type != "team" and (key := holder(told))}


def _threads(pages: Sequence[Page]) -> tuple[dict[int, list[shapes.Thread]], list[Notice | Rejected]]:
    found: dict[int, dict[int, shapes.Thread]] = defaultdict(dict)
    said: list[Notice | Rejected] = []
    for page in of_stream(pages, "threads"):
        named = _CONVERSATION.search(page.url)
        number = int(named[1]) if named else 0
        told = SHAPES.rows(rows(page, "threads"), "threads", shapes.Thread, ticket=functools.partial(_its, number))
        found[number] |= {thread.id: thread for thread in told.good}
        said += told.said
    return {number: list(threads.values()) for number, threads in found.items()}, said


def _its(number: int, record: Mapping[str, Any]) -> str:
    return str(number)


def _conversation(
    conversation: shapes.Conversation, threads: Sequence[shapes.Thread] | None, reading: Reading
) -> Iterator[Row]:
    number, created = str(conversation.id), second(conversation.createdAt)
    status = "deleted" if conversation.state == "deleted" else reading.statuses.of(conversation.status)
    box = str(conversation.mailboxId) if conversation.mailboxId else None
    if not reading.is_in_scope(conversation):
        yield Ticket(ticket=number, created_at=created, status=status, group=box, has_history=False)
        return
    if threads is None:
        return  # Changed after the window, or told by another chunk: not delivered by this one.
    values = reading.values(conversation)
    requester, opener = person(conversation.primaryCustomer), person(conversation.createdBy)
    held = conversation.assignee
    yield Ticket(
        ticket=number,
        created_at=created,
        status=status,
        requester=requester,
        opened_by=opener if opener != requester else None,
        channel=channel(conversation.type, conversation.source),
        subject=conversation.subject,
        group=box,
        assignee=holder(held) if held is not None and held.type != "team" else None,
        topic=values.get("topic"),
        language=values.get("language"),
        tier=values.get("tier"),
        region=values.get("region"),
        tags=tuple(tag.tag for tag in conversation.tags or () if tag.tag),
        fields={f"{CUSTOM}{field}": values[ours] for field, ours in reading.fields.items() if ours in values},
    )
    told = Told(conversation, threads, reading.statuses, reading.bots, values, lambda body: plain(body, "text/html"))
    yield from sorted(told.events, key=lambda event: (event.occurred_at, event.seq))


def _people(people: Mapping[str, shapes.Somebody], reading: Reading) -> Iterator[Row]:
    """Users with an account, and whoever is named besides: customers, and users who have left."""
    told = {f"U-{user.id}": (user.firstName, user.lastName, user.email, True) for user in reading.users}
    for key, somebody in people.items():
        told.setdefault(key, (somebody.first, somebody.last, somebody.email, somebody.type == "customer"))
    for key, (first, last, email, is_active) in told.items():
        address = email.lower() if email else None
        is_bot = bool(reading.bots & {address or "", key.lower()})
        yield Person(
            person=key,
            role="bot" if is_bot else "customer" if key.startswith("C-") else "agent",
            name=" ".join(part for part in (first, last) if part) or None,
            email=address,
            is_active=is_active,
        )
        yield from identities(key, "email", address, is_verified=True)
