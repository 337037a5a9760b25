"""Intercom's conversations as rows of the case log: each with all of its parts, or said to be without."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from auditlib.caselog.rows import BadRecord, Notice, Person, Rejected, Row, Ticket
from auditlib.sources import Page, Settings
from auditlib.sources._intercom import shapes
from auditlib.sources._intercom.parts import Told
from auditlib.sources._intercom.shapes import SHAPES
from auditlib.sources._intercom.statistics import own_figures
from auditlib.sources._intercom.words import CHANNELS, PREFIX, States, is_known, key, priority, word
from auditlib.sources._shared.records import Records, of_stream

MOST = 500
"""Of a conversation with more parts Intercom shows the newest so many only."""


def number_of(row: Mapping[str, Any]) -> str | None:
    """The number of the conversation that a record is about."""
    number = row.get("id")
    return str(number) if isinstance(number, str | int) else None


class Reading:
    """What is known while the conversations of one chunk are read: teammates, teams and the settings."""

    def __init__(self, pages: Sequence[Page], settings: Settings) -> None:
        admins = SHAPES.read(of_stream(pages, "admins"), shapes.Admin, "admins")
        teams = SHAPES.read(of_stream(pages, "teams"), shapes.Team, "teams")
        self.said = [*admins.said, *teams.said]
        self.admins = {str(admin.id) for admin in admins.good}
        self.states = States(settings)
        self.bots = frozenset(bot.lower() for bot in settings.bots)
        mapped = {theirs: ours for ours, theirs in settings.fields.items() if theirs.startswith(PREFIX)}
        self.fields = {theirs.removeprefix(PREFIX): ours for theirs, ours in mapped.items()}
        named = settings.scope.get("groups", ())
        self._teams = {str(team.id) for team in teams.good if team.name in named} if named else None

    def is_in_scope(self, conversation: shapes.Conversation | shapes.Ticket) -> bool:
        """Whether the team that has it is audited."""
        return self._teams is None or key(conversation.team_assignee_id) in self._teams


def read_conversations(pages: Sequence[Page], settings: Settings) -> Iterator[Row]:
    """Every conversation of the chunk; one that cannot be read is rejected, not raised."""
    reading = Reading(pages, settings)
    yield from reading.said
    found = SHAPES.read(of_stream(pages, "conversations"), shapes.Conversation, "conversations", ticket=number_of)
    yield from found.said
    for listed in {str(c.id): c for c in found.good}.values():
        reading.states.of(listed.state)
        if not reading.is_in_scope(listed):
            yield Ticket(
                ticket=str(listed.id),
                created_at=listed.created_at,
                status=reading.states.of(listed.state),
                group=key(listed.team_assignee_id),
                has_history=False,
            )
    former: dict[str, Person] = {}
    for page in of_stream(pages, "conversation"):
        yield from _whole(page, reading, former)
    yield from former.values()


def _whole(page: Page, reading: Reading, former: dict[str, Person]) -> Iterator[Row]:
    one = SHAPES.one(page, shapes.Conversation, ticket=number_of)
    yield from one.said
    for conversation in one.good:
        parts = _parts(conversation)
        yield from parts.said
        if any(isinstance(problem, Rejected) for problem in parts.said):
            return
        try:
            yield from _read(conversation, parts.good, reading)
        except BadRecord as error:
            yield Rejected(ticket=str(conversation.id), reason="unreadable", detail=str(error))
        source = [conversation.source.author] if conversation.source else []
        noted([*source, *(part.author for part in parts.good)], reading, former)


def noted(authors: Iterable[shapes.Author | None], reading: Reading, former: dict[str, Person]) -> None:
    """Adds who has left: they are among no list any more, and only what they wrote still names them."""
    for author in authors:
        if author and author.type == "admin" and key(author.id) and str(author.id) not in reading.admins:
            number = str(author.id)
            former[number] = Person(person=number, role="agent", name=author.name, email=author.email, is_active=False)


def _parts(conversation: shapes.Conversation) -> Records[shapes.Part]:
    held = conversation.conversation_parts
    if not isinstance(held, dict) or not isinstance(held.get("conversation_parts"), list):
        problem = Rejected(
            ticket=str(conversation.id),
            reason="missing_field",
            detail="conversation: there is no list of conversation_parts, which Intercom always sends",
        )
        return Records(said=[problem])
    return SHAPES.rows(held["conversation_parts"], "parts", shapes.Part, lambda row: str(conversation.id))


def _read(conversation: shapes.Conversation, parts: Sequence[shapes.Part], reading: Reading) -> Iterator[Row]:
    for part in parts:
        if not is_known(part.part_type):
            yield Notice(stream="parts", field=f"part_type={part.part_type}")
    total = conversation.conversation_parts.get("total_count")
    if len(parts) >= MOST or (isinstance(total, int) and total > len(parts)):
        # Its beginning is missing: what it tells of the rest would be taken for the whole.
        yield Notice(stream="parts", field=f"a conversation has {MOST} parts or more, and its oldest are not shown")
        yield present(conversation, reading, has_history=False)
        return
    told = Told(conversation, parts, reading.states, reading.bots, reading.fields)
    yield present(conversation, reading)
    yield from own_figures(conversation)
    yield from sorted(told.events, key=lambda event: (event.occurred_at, event.seq))
    kind = conversation.source.type if conversation.source else None
    if kind is not None and kind not in CHANNELS:
        yield Notice(stream="conversations", field=f"source.type={kind}")


def present(conversation: shapes.Conversation, reading: Reading, has_history: bool = True) -> Ticket:
    source, contacts = conversation.source, conversation.contacts
    author = source.author if source else None
    values = {ours: word((conversation.custom_attributes or {}).get(theirs)) for theirs, ours in reading.fields.items()}
    fields = {ours: value for ours, value in values.items() if value is not None}
    linked = (conversation.linked_objects.data if conversation.linked_objects else None) or []
    requester = next((key(contact.id) for contact in (contacts.contacts if contacts else None) or []), None)
    return Ticket(
        ticket=str(conversation.id),
        created_at=conversation.created_at,
        status=reading.states.of(conversation.state),
        requester=requester,
        opened_by=key(author.id) if author and author.type == "admin" else None,
        channel=CHANNELS.get((source.type if source else None) or "", "unknown"),
        subject=conversation.title or (source.subject if source else None) or None,
        priority=priority(conversation),
        group=key(conversation.team_assignee_id),
        assignee=key(conversation.admin_assignee_id),
        incident_of=next((key(one.id) for one in linked if one.category == "Tracker"), None),
        topic=fields.get("topic"),
        language=fields.get("language"),
        tier=fields.get("tier"),
        region=fields.get("region"),
        tags=tuple(tag.name for tag in (conversation.tags.tags if conversation.tags else None) or [] if tag.name),
        fields={f"{PREFIX}{theirs}": fields[ours] for theirs, ours in reading.fields.items() if ours in fields},
        has_history=has_history,
    )
