"""One conversation's parts as events of the case log, in the order in which they happened."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from auditlib.caselog.rows import Event
from auditlib.sources._intercom.shapes import Author, Conversation, Details, Part
from auditlib.sources._intercom.words import (
    ATTRIBUTES,
    MOVES,
    SPOKEN,
    States,
    class_of,
    is_contacts,
    is_note,
    key,
    place,
    word,
)

CREATED, FIRST_MESSAGE, BEGINNINGS = -100, -99, -98
"""Places of what a conversation begins with, before all parts."""
OFFERED, RATED = CREATED - 2, CREATED - 1
ROOM = 8
"""Places for each part: the message first, then what it changed."""


class Told:
    """The events of one conversation, whose parts are all there."""

    def __init__(
        self,
        conversation: Conversation,
        parts: Sequence[Part],
        states: States,
        bots: frozenset[str],
        fields: Mapping[str, str],
        began: str = "open",
    ) -> None:
        self._conversation, self._states, self._bots, self._fields = conversation, states, bots, fields
        self._parts = sorted(parts, key=lambda part: (part.created_at, place(part.id)))
        self._state, self._admin, self._team = began, "", ""
        self._values: dict[str, str | None] = {}
        self.events: list[Event] = []
        self._begins()
        for part in self._parts:
            self._read(part)
        self._rated()

    def _begins(self) -> None:
        """It comes into being open, with its first message; what was never changed it has from the beginning."""
        conversation, source = self._conversation, self._conversation.source
        author = source.author if source else None
        places = itertools.count(BEGINNINGS)
        self._add(CREATED, conversation.created_at, "created", author, False)
        # What a teammate opens with a note only has a source without words.
        if source is not None and (source.body or source.redacted or is_contacts(author)):
            body = None if source.redacted else source.body
            self._add(FIRST_MESSAGE, conversation.created_at, "message", author, True, body=body)
        self._add(next(places), conversation.created_at, "status", author, False, new=self._states.of(self._state))
        for name, ours in self._fields.items():
            value = word((conversation.custom_attributes or {}).get(name))
            if value is not None and not any(attribute_of(part) == name for part in self._parts):
                self._values[name] = value
                self._field(next(places), conversation.created_at, author, ours, None, value)

    def _read(self, part: Part) -> None:
        places = itertools.count(ROOM * place(part.id))
        if (part.part_type in SPOKEN and part.body) or is_note(part.part_type):
            text = None if part.redacted else part.body
            public = not is_note(part.part_type)
            self._add(
                next(places), part.created_at, "message", part.author, True, new=None, body=text, is_public=public
            )
        moved = part.ticket_state or MOVES.get(part.part_type) or self._moved_by_writing(part)
        if moved is not None and self._states.of(moved) != self._states.of(self._state):
            old, self._state = self._states.of(self._state), moved
            self._change(next(places), part, "status", old, self._states.of(moved))
        if part.assigned_to is not None:
            self._assign(part, places)
        name = attribute_of(part)
        if name in self._fields:
            self._attribute(part, next(places), name)

    def _moved_by_writing(self, part: Part) -> str | None:
        """A contact who writes opens the conversation, even where no part of its own says so."""
        wrote = part.part_type in ("comment", "quick_reply") and is_contacts(part.author)
        return "open" if wrote and part.state in (None, "open") else None

    def _assign(self, part: Part, places: Iterator[int]) -> None:
        """To a teammate or to a team: each conversation may have both."""
        assigned = part.assigned_to
        if assigned is None or assigned.type not in ("admin", "nobody_admin", "team"):
            return
        new = key(assigned.id) or ""
        if assigned.type == "team":
            old, self._team = self._team, new
            kind = "group"
        else:
            old, self._admin = self._admin, new if assigned.type == "admin" else ""
            kind, new = "assignee", self._admin
        if old != new:
            self._change(next(places), part, kind, old or None, new or None)

    def _attribute(self, part: Part, seq: int, name: str) -> None:
        details = details_of(part)
        value = details.value.name if details and details.value else None
        old, self._values[name] = self._values.get(name), value or None
        if old != self._values[name]:
            self._field(seq, part.created_at, part.author, self._fields[name], old, self._values[name])

    def _rated(self) -> None:
        """When a rating was asked for, and the latest answer: what it was before a change, Intercom does not tell."""
        told = self._conversation.conversation_rating
        if told is None:
            return
        if told.created_at is not None:
            self._survey(OFFERED, told.created_at, "rating_offered", None, "automation", None)
        at = told.updated_at or told.created_at
        if told.rating is not None and at is not None:
            actor = key(told.contact.id) if told.contact else None
            new = f"1-5:{told.rating}" + (" with comment" if told.remark else "")
            self._survey(RATED, at, "rating", actor, None, new)

    def _survey(self, seq: int, at: int, kind: str, actor: str | None, whose: str | None, new: str | None) -> None:
        ticket = str(self._conversation.id)
        self.events.append(
            Event(ticket=ticket, seq=seq, occurred_at=at, kind=kind, actor=actor, actor_class=whose, new=new)
        )

    def _field(self, seq: int, at: int, author: Author | None, ours: str, old: str | None, new: str | None) -> None:
        if ours == "topic":
            self._add(seq, at, "topic", author, False, old=old, new=new)
        else:
            self._add(seq, at, "field", author, False, old=f"{ours}={old or ''}", new=f"{ours}={new or ''}")

    def _change(self, seq: int, part: Part, kind: str, old: str | None, new: str | None) -> None:
        self._add(seq, part.created_at, kind, part.author, False, old=old, new=new)

    def _add(self, seq: int, at: int, kind: str, author: Author | None, is_message: bool, **more: Any) -> None:
        whose = class_of(author, self._bots, is_message)
        nobody = author is None or whose in ("automation", "unknown")
        actor = None if nobody or author is None else key(author.id)
        self.events.append(
            Event(
                ticket=str(self._conversation.id),
                seq=seq,
                occurred_at=at,
                kind=kind,
                actor=actor,
                actor_class=whose,
                **more,
            )
        )


def details_of(part: Part) -> Details | None:
    """What a part says that it changed; nothing where it says it in another way."""
    try:
        return msgspec.convert(part.event_details, Details) if isinstance(part.event_details, dict) else None
    except msgspec.ValidationError:
        return None


def attribute_of(part: Part) -> str:
    """The attribute of the conversation that a part changes; empty if it changes none."""
    details = details_of(part) if part.part_type.startswith(ATTRIBUTES) else None
    return (details.attribute.name or "") if details and details.attribute else ""
