"""One ticket's follow-ups as events of the case log, in the order in which they happened.

A ticket that others merged into begins with the oldest of them, and shows what was written there; what was
changed there is theirs.

Follow-ups tell what changed and no beginnings: what a ticket began with is what its first change replaced, or
what it has today. Not every door of django-helpdesk writes a follow-up: the board, the edit form and the API do
not. Where what the follow-ups tell does not end at what the ticket shows, something is missing in between, and
the history is `Untraced`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from auditlib.caselog.rows import Event
from auditlib.sources._django_helpdesk.people import People
from auditlib.sources._django_helpdesk.shapes import Change, Followup, Ticket
from auditlib.sources._django_helpdesk.words import (
    CLOSED,
    IGNORED,
    NOBODY,
    ON_HOLD,
    OPEN,
    OWNER,
    PRIORITIES,
    PRIORITY,
    QUEUE,
    STATUS,
    Words,
    handed_in_bulk,
    sender,
)

BEGIN = -100
"""Places of what a ticket begins with, before all numbers of its follow-ups."""
ROOM = 10
"""Places for each follow-up: its message, then what it changed."""
AT_ONCE = 60
"""Seconds within which the follow-up that opens a ticket is written."""


class Untraced(Exception):
    """What the follow-ups tell is not all that happened; the message says what is missing."""


class History:
    """The events of one ticket, and who opened it."""

    def __init__(
        self,
        ticket: Ticket,
        followups: Sequence[Followup],
        moved: Sequence[Followup],
        changes: Mapping[int, Sequence[Change]],
        values: Mapping[str, str],
        people: People,
        words: Words,
        fields: Iterable[str],
    ) -> None:
        self._ticket, self._changes, self._values = ticket, changes, values
        self._people, self._words, self._fields = people, words, frozenset(fields)
        self._followups = sorted(followups, key=lambda f: (words.second(f.date), f.id))
        self.created_at = min(words.second(at) for at in (ticket.created, *(f.date for f in moved)))
        self.requester = people.by_address(ticket.submitter_email)
        self.opening = self._opening()
        self.opened_by = str(self.opening.user_id) if self.opening and self.opening.user_id else None
        self.events: list[Event] = []
        self._number, self._on_hold = OPEN, False
        self._owner = self._began(OWNER, str(ticket.assigned_to_id or ""))
        self._queue = self._began(QUEUE, str(ticket.queue_id))
        self._begins()
        for followup in self._followups:
            self._read(followup)
        for followup in moved:
            self._write(followup, *self._who(followup))
        self._must_end_at_what_it_shows()

    def _opening(self) -> Followup | None:
        """The follow-up that repeats the description, as the forms and the mailbox write it."""
        first = min(self._followups, key=lambda f: f.id, default=None)
        if first is None or not first.public or first.new_status is not None:
            return None
        is_at_once = abs(self._words.second(first.date) - self._words.second(self._ticket.created)) <= AT_ONCE
        same = (first.comment or "").strip() == (self._ticket.description or "").strip()
        return first if is_at_once and (same or first.message_id) else None

    def _told(self) -> Iterator[tuple[str, str, str]]:
        """Each change that is told: field, before, behind; a handing over from the list tells no before."""
        for followup in self._followups:
            for change in self._changes.get(followup.id, ()):
                yield self._words.field(change.field), change.old_value or "", change.new_value or ""
            is_handed, name = handed_in_bulk(followup.title)
            if is_handed:
                yield OWNER, "?", name

    def _began(self, field: str, now: str) -> str:
        """What a field began with: what its first change replaced, or what it is now."""
        before = next((old for name, old, _ in self._told() if name == field), None)
        if before == "?":
            return ""  # who takes tickets from the list takes what nobody has
        if before is None:
            return now
        return self._person(before) if field == OWNER else before

    def _person(self, name: str) -> str:
        """The number of an owner, who is told by name; one who has another name now cannot be traced."""
        if name in NOBODY:
            return ""
        person = self._people.by_name(name)
        if person is None:
            raise Untraced("an owner has another name now")
        return person

    def _begins(self) -> None:
        ticket, at = self._ticket, self.created_at
        actor = self.opened_by or self.requester
        self._add(BEGIN, at, "created", actor)
        body = (self.opening.comment if self.opening else ticket.description) or ""
        if body.strip():
            self._add(BEGIN + 1, self._words.second(ticket.created), "message", actor, body=body)
        urgency = self._began(PRIORITY, str(ticket.priority or ""))
        begun = [
            ("status", self._words.status(OPEN, False)),
            ("group", self._queue),
            ("assignee", self._owner),
            ("priority", PRIORITIES.get(int(urgency)) if urgency.isdigit() else None),
        ]
        for name, ours in self._words.fields.items():
            value = self._began(name, self._values.get(name, ""))
            begun.append(("topic", value) if ours == "topic" else ("field", f"{ours}={value}" if value else None))
        for place, (kind, new) in enumerate(begun, 2):
            if new:
                self._add(BEGIN + place, at, kind, actor, new=new)

    def _read(self, followup: Followup) -> None:
        actor, whose = self._who(followup)
        at, seq = self._words.second(followup.date), followup.id * ROOM
        who = {"actor": actor, "actor_class": whose}
        if followup is not self.opening:
            self._write(followup, actor, whose)
        before = self._words.status(self._number, self._on_hold)
        if followup.new_status is not None:
            self._number = followup.new_status
        for place, change in enumerate(self._changes.get(followup.id, ()), 2):
            self._change(change, at, seq + place, who)
        is_handed, name = handed_in_bulk(followup.title)
        if is_handed:
            self._hand(self._person(name), at, seq + 2, who)
        after = self._words.status(self._number, self._on_hold)
        if after != before:
            self._add(seq + 1, at, "status", old=before, new=after, **who)

    def _write(self, followup: Followup, actor: str | None, whose: str | None) -> None:
        if not (followup.comment or "").strip() or self._is_acceptance(followup):
            return
        # What a customer writes with the key is marked as private; it is theirs all the same.
        is_public = bool(followup.public) or (followup.user_id is None and actor == self.requester)
        at, seq, body = self._words.second(followup.date), followup.id * ROOM, followup.comment
        self._add(seq, at, "message", actor, actor_class=whose, is_public=is_public, body=body)

    def _change(self, change: Change, at: int, seq: int, who: Mapping[str, Any]) -> None:
        name, old, new = self._words.field(change.field), change.old_value or "", change.new_value or ""
        if name == ON_HOLD:
            self._on_hold = new == "True"
        elif name == OWNER:
            self._hand(self._person(new), at, seq, who)
        elif name == QUEUE:
            self._add(seq, at, "group", old=self._queue, new=new, **who)
            self._queue = new
        elif name == PRIORITY and new.isdigit():
            words = [PRIORITIES.get(int(value)) if value.isdigit() else None for value in (old, new)]
            self._add(seq, at, "priority", old=words[0], new=words[1], **who)
        elif name in self._words.fields and old == new:
            pass  # the form tells each empty field as changed from nothing to nothing
        elif name in self._words.fields:
            ours = self._words.fields[name]
            told = (old or None, new or None) if ours == "topic" else (f"{ours}={old}", f"{ours}={new}")
            self._add(seq, at, "topic" if ours == "topic" else "field", old=told[0], new=told[1], **who)
        elif name not in {STATUS, *IGNORED, *self._fields} and not name.startswith("["):
            # In another language it may be the owner's: with what is missing, the rest would be wrong.
            raise Untraced(f'the field {name!r} is none of ours, say what it is: words = {{ "{name}" = "…" }}')

    def _hand(self, owner: str, at: int, seq: int, who: Mapping[str, Any]) -> None:
        if owner != self._owner:
            self._add(seq, at, "assignee", old=self._owner or None, new=owner or None, **who)
        self._owner = owner

    def _who(self, followup: Followup) -> tuple[str | None, str | None]:
        """Who did it, as far as it is told: staff by number, whoever sent a mail by the address in its title."""
        if followup.user_id is not None:
            return str(followup.user_id), None
        if followup.message_id:
            return self._people.by_address(sender(followup.title)) or self.requester, None
        if followup is not self.opening and self._changes_priority(followup):
            return None, "automation"  # nobody but the escalation changes a priority without a name
        # Without a name write only customers: in the public form, or with the key from their mail.
        return self.requester, None

    def _changes_priority(self, followup: Followup) -> bool:
        return any(self._words.field(c.field) == PRIORITY for c in self._changes.get(followup.id, ()))

    def _is_acceptance(self, followup: Followup) -> bool:
        """The link by which a customer accepts an answer: it closes the ticket with words that nobody wrote."""
        nobody = followup.user_id is None and not followup.message_id
        return bool(nobody and followup.public and followup.new_status == CLOSED)

    def _must_end_at_what_it_shows(self) -> None:
        ticket = self._ticket
        # A merge makes a ticket a duplicate, and says so in its status alone.
        shown = self._number if ticket.merged_to_id is not None else ticket.status
        if (self._number, self._on_hold) != (shown, bool(ticket.on_hold)):
            raise Untraced("its status changed without a follow-up")
        if self._owner != str(ticket.assigned_to_id or ""):
            raise Untraced("its owner changed without a follow-up")
        if self._queue != str(ticket.queue_id):
            raise Untraced("its queue changed without a follow-up")

    def _add(self, seq: int, at: int, kind: str, actor: str | None = None, **told: Any) -> None:
        self.events.append(Event(ticket=str(self._ticket.id), seq=seq, occurred_at=at, kind=kind, actor=actor, **told))
