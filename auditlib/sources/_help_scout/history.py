"""One conversation's threads as events of the case log: each says which status and holder there were from then on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from auditlib.caselog.rows import Event
from auditlib.sources._help_scout.shapes import Conversation, Somebody, Thread
from auditlib.sources._help_scout.words import SPOKEN, UNCHANGED, UNSEEN, holder, is_rules, person
from auditlib.sources._shared.statuses import Statuses
from auditlib.sources._shared.values import second

BEGIN, ROOM = -100, 8
"""Places of what it begins with, and for each thread: the words first, then what they changed."""
Text = Callable[[str | None], str | None]


class Told:
    """The events of one conversation."""

    def __init__(
        self,
        conversation: Conversation,
        threads: Sequence[Thread],
        statuses: Statuses,
        bots: frozenset[str],
        fields: Mapping[str, str],
        text: Text,
    ) -> None:
        self._conversation, self._statuses, self._bots, self._text = conversation, statuses, bots, text
        self._threads = sorted(threads, key=lambda thread: (second(thread.createdAt), thread.id))
        self.events: list[Event] = []
        self._status, self._holder, self._box = "open", "", self._first_box()
        self._begins(fields)
        for place, thread in enumerate(self._threads):
            self._read(thread, place * ROOM)

    def _begins(self, fields: Mapping[str, str]) -> None:
        conversation = self._conversation
        at, by = second(conversation.createdAt), self._who(conversation.createdBy)
        # It comes into being open, unless what it began with says otherwise.
        begun = [t.status for t in self._threads if t.status not in (None, UNCHANGED) and second(t.createdAt) <= at]
        self._status = self._statuses.of(str(begun[0])) if begun else self._status
        told = [("status", self._status), ("group", self._box), *self._values(fields)]
        self._add(BEGIN, at, "created", by)
        for place, (kind, new) in enumerate(told, 1):
            if new:
                self._add(BEGIN + place, at, kind, by, new=new)

    def _values(self, fields: Mapping[str, str]) -> list[tuple[str, str]]:
        """Fields of the company's own as they are today: Help Scout tells no other."""
        return [("topic", value) if ours == "topic" else ("field", f"{ours}={value}") for ours, value in fields.items()]

    def _first_box(self) -> str:
        """The mailbox in which it began: the one that its first move was from, or the one that it is in."""
        for thread in self._threads:
            if thread.action and thread.action.type == "movedFromMailbox" and thread.action.numbers:
                return thread.action.numbers[0]
        return str(self._conversation.mailboxId or "")

    def _read(self, thread: Thread, place: int) -> None:
        if thread.state in UNSEEN:
            return
        at, action = second(thread.createdAt), thread.action.type if thread.action else None
        by = (None, "automation") if is_rules(thread.createdBy, thread.source, action) else self._who(thread.createdBy)
        if thread.type in SPOKEN:
            # What was hidden after it was sent has been seen all the same.
            self._add(place, at, "message", by, is_public=SPOKEN[thread.type], body=self._text(thread.body))
        if action == "movedFromMailbox":
            self._moved(place + 1, at, "group", by, "_box", self._next_box(thread))
        if thread.status not in (None, UNCHANGED):
            self._moved(place + 2, at, "status", by, "_status", self._statuses.of(str(thread.status)))
        held = thread.assignedTo
        if held is not None and held.type != "team":
            self._moved(place + 3, at, "assignee", by, "_holder", holder(held) or "")
        if action == "deletedTicket":
            self._add(place + 4, at, "deleted", by)
        elif action == "restoreTicket":
            self._add(place + 4, at, "restored", by)

    def _next_box(self, moved: Thread) -> str:
        """Where a move led: where the next one started from, or where it is now."""
        later = [t for t in self._threads[self._threads.index(moved) + 1 :] if t.action]
        for thread in later:
            if thread.action and thread.action.type == "movedFromMailbox" and thread.action.numbers:
                return thread.action.numbers[0]
        return str(self._conversation.mailboxId or "")

    def _moved(self, seq: int, at: int, kind: str, by: tuple[str | None, str | None], name: str, new: str) -> None:
        old = getattr(self, name)
        if old != new:
            setattr(self, name, new)
            self._add(seq, at, kind, by, old=old or None, new=new or None)

    def _who(self, told: Somebody | None) -> tuple[str | None, str | None]:
        if told is None or person(told) is None:
            return None, "unknown"
        is_bot = bool(self._bots & {(told.email or "").lower(), str(person(told)).lower()})
        return person(told), "bot" if is_bot else None

    def _add(self, seq: int, at: int, kind: str, by: tuple[str | None, str | None], **more: Any) -> None:
        number = str(self._conversation.id)
        self.events.append(
            Event(ticket=number, seq=seq, occurred_at=at, kind=kind, actor=by[0], actor_class=by[1], **more)
        )
