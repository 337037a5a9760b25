"""One ticket's properties as they were, and its conversations, as events of the case log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from auditlib.caselog.rows import Event
from auditlib.sources._hubspot.shapes import Message, Record, Value
from auditlib.sources._hubspot.words import OWNER, PRIORITY, STAGE, TEAM, Owners, Stages, user
from auditlib.sources._shared.values import second

BEGIN = -100
"""Places of what a ticket begins with."""
CHANGES = 1 << 40
"""Messages and changes are counted apart: in one second the words come first, then what was changed."""
KINDS = {STAGE: "status", OWNER: "assignee", TEAM: "group", PRIORITY: "priority"}
SPOKEN = {"MESSAGE": True, "WELCOME_MESSAGE": True, "COMMENT": False}
"""Whether whoever asked sees it; what else is in a conversation is told by the ticket's own properties."""


class Told:
    """The events of one ticket."""

    def __init__(
        self,
        ticket: Record,
        messages: Sequence[Message],
        requester: str | None,
        stages: Stages,
        owners: Owners,
        mapped: Mapping[str, str],
    ) -> None:
        self._ticket, self._requester = ticket, requester
        self._stages, self._owners, self._mapped = stages, owners, mapped
        spoken = [message for message in messages if message.type in SPOKEN]
        self._messages = sorted(spoken, key=lambda message: (message.createdAt, message.id))
        created = second(ticket.createdAt)
        self.created_at = min([created, *(second(message.createdAt) for message in self._messages)])
        """A ticket is made of the message that began it, a moment later."""
        self.events: list[Event] = []
        self._begins()
        for place, message in enumerate(self._messages):
            self._wrote(place, message)
        for place, (value, name, before) in enumerate(self._changes()):
            self._changed(place, value, name, before)

    @property
    def opener(self) -> str | None:
        """Whoever made the ticket: a user by hand; or else whoever asked."""
        made_by = self._ticket.properties.get("hs_created_by_user_id")
        return user(int(made_by)) if made_by and made_by.isdigit() else self._requester

    def _begins(self) -> None:
        by, at, content = self._owners.who(self.opener), self.created_at, self._ticket.properties.get("content")
        made = second(self._ticket.createdAt)
        self._add(BEGIN, at, "created", by)
        # The description repeats what a conversation began with; it is a message only where there was none before.
        if content and not any(second(message.createdAt) <= made for message in self._messages):
            self._add(BEGIN + 1, at, "message", by, body=content)
        for place, name in enumerate([*KINDS, *self._mapped], 2):
            if value := self._first(name):
                kind, new = self._meant(name, value)
                if new is not None:
                    self._add(BEGIN + place, at, kind, by, new=new)

    def _first(self, name: str) -> str | None:
        """What a property began with; what was never traced it has from the beginning."""
        values = self._oldest_first(name)
        if not values:
            return self._ticket.properties.get(name)
        return values[0].value if self._is_first(values[0]) else None

    def _is_first(self, value: Value) -> bool:
        return second(value.timestamp) <= second(self._ticket.createdAt)

    def _oldest_first(self, name: str) -> list[Value]:
        return sorted(self._ticket.propertiesWithHistory.get(name, ()), key=lambda value: value.timestamp)

    def _changes(self) -> list[tuple[Value, str, str | None]]:
        """Each value that took another one's place, with its property and what it replaced."""
        found = []
        for name in [*KINDS, *self._mapped]:
            before: str | None = None
            for value in self._oldest_first(name):
                now = value.value or None
                if now != before and not (before is None and self._is_first(value)):
                    found.append((value, name, before))
                before = now
        return sorted(found, key=lambda change: (change[0].timestamp, change[1]))

    def _changed(self, place: int, value: Value, name: str, before: str | None) -> None:
        kind, new = self._meant(name, value.value)
        _, old = self._meant(name, before)
        if old != new:
            at, by = second(value.timestamp), self._owners.setter(value)
            self._add(CHANGES + place, at, kind, by, old=old, new=new)

    def _meant(self, name: str, value: str | None) -> tuple[str, str | None]:
        """Kind and value of an event."""
        kind = KINDS.get(name) or ("topic" if self._mapped[name] == "topic" else "field")
        if kind == "field":
            return kind, f"{self._mapped[name]}={value or ''}"
        if not value:
            return kind, None
        if name == STAGE:
            return kind, self._stages.of(value)
        return kind, self._owners.person(value) if name == OWNER else value.lower() if name == PRIORITY else value

    def _wrote(self, place: int, message: Message) -> None:
        sender = next((sender.actorId for sender in message.senders if sender.actorId), message.createdBy)
        # What could not be delivered nobody has seen.
        public = SPOKEN[message.type] and not (message.status and message.status.statusType == "FAILED")
        by = (None, "automation") if message.type == "WELCOME_MESSAGE" else self._owners.who(sender)
        self._add(place, second(message.createdAt), "message", by, is_public=public, body=message.text)

    def _add(
        self,
        seq: int,
        at: int,
        kind: str,
        by: tuple[str | None, str | None],
        *,
        old: str | None = None,
        new: str | None = None,
        is_public: bool = True,
        body: str | None = None,
    ) -> None:
        self.events.append(
            Event(
                ticket=self._ticket.id, seq=seq, occurred_at=at, kind=kind, actor=by[0], actor_class=by[1],
                is_public=is_public, old=old, new=new, body=body,
            )
        )  # fmt: skip
