"""One case's history, mails and comments as events of the case log.

The history tells changes and no beginnings: what a case began with is what its first change replaced, or, where it
was never changed, what it has today.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from auditlib.caselog.rows import Event
from auditlib.sources._salesforce.shapes import Case, Change, Comment, Mail
from auditlib.sources._salesforce.words import PERSON, QUEUE, People, Statuses, is_id, word
from auditlib.sources._shared.values import second

BEGIN, CHANGES = -100, 1 << 40
"""Places of what a case begins with, and of its changes: in one second the words come first."""
OWNER, CONTACT, HOURS = "Owner", "Contact", "BusinessHours"
DRAFT = "5"
"""The status of a mail that was never sent."""


class Told:
    """The events of one case."""

    def __init__(
        self,
        case: Case,
        values: Mapping[str, Any],
        changes: Sequence[Change],
        mails: Sequence[Mail],
        comments: Sequence[Comment],
        people: People,
        statuses: Statuses,
        mapped: Mapping[str, str],
        group_field: str | None,
        hours: frozenset[str] = frozenset(),
    ) -> None:
        self._case, self._values, self._people, self._statuses = case, values, people, statuses
        self._mapped, self._group_field, self._hours = mapped, group_field, hours
        self._changes = sorted((c for c in changes if _counts(c)), key=lambda c: (second(c.CreatedDate), c.Id))
        self._mails = [mail for mail in mails if mail.Status != DRAFT]
        created = second(case.CreatedDate)
        self.created_at = min([created, *map(_written_at, self._mails)])
        """A case is made of the mail that began it, a moment later."""
        self.requester = case.ContactId or (people.alone(case.SuppliedEmail) if case.SuppliedEmail else None)
        self.events: list[Event] = []
        self._begins()
        written: list[Mail | Comment] = [*self._mails, *comments]
        for place, entry in enumerate(sorted(written, key=lambda entry: (_written_at(entry), entry.Id))):
            self._wrote(place, _written_at(entry), entry)
        for place, change in enumerate(self._changes):
            self._changed(place, change)

    @property
    def group(self) -> str | None:
        """The group that had it last: a user who owns it takes it from no queue."""
        return next((event.new for event in reversed(self.events) if event.kind == "group"), None)

    @property
    def opener(self) -> tuple[str | None, str | None]:
        """Whoever opened it: a user by hand; what the platform files, whoever asked has sent."""
        person, whose = self._people.who(self._case.CreatedById)
        return (self.requester, None) if whose == "automation" and self.requester else (person, whose)

    def _begins(self) -> None:
        case, at, by = self._case, self.created_at, self.opener
        self._add(BEGIN, at, "created", by)
        # The description repeats the mail that made the case; without one it is the first message.
        if case.Description and not any(_written_at(mail) <= second(case.CreatedDate) for mail in self._mails):
            self._add(BEGIN + 1, at, "message", by, body=case.Description)
        told: list[tuple[str, str | None]] = [
            ("status", self._statuses.of(str(self._first("Status", case.Status)))),
            ("group", self._first_group()),
            ("assignee", self._holder(self._first(OWNER, case.OwnerId))),
            ("priority", _lower(self._first("Priority", case.Priority))),
            ("schedule", self._kept(self._first(HOURS, case.BusinessHoursId))),
        ]
        for name, ours in self._mapped.items():
            value = word(self._first(name, self._values.get(name)))
            told.append(("topic", value) if ours == "topic" else ("field", f"{ours}={value}" if value else None))
        for place, (kind, new) in enumerate(told, 2):
            if new:
                self._add(BEGIN + place, at, kind, by, new=new)

    def _first(self, field: str, now: Any) -> Any:
        return next((change.OldValue for change in self._changes if change.Field == field), now)

    def _first_group(self) -> str | None:
        if self._group_field:
            return word(self._first(self._group_field, self._values.get(self._group_field)))
        return _queue(self._first(OWNER, self._case.OwnerId))

    def _holder(self, owner: Any) -> str | None:
        return self._people.person(owner) if isinstance(owner, str) and owner.startswith(PERSON) else None

    def _kept(self, hours: Any) -> str | None:
        """Business hours that are told; others would leave the case without any."""
        return hours if hours in self._hours else None

    def _changed(self, place: int, change: Change) -> None:
        name, old, new = change.Field, change.OldValue, change.NewValue
        if name == "Status":
            self._moved(place, change, "status", self._statuses.of(str(old)), self._statuses.of(str(new)))
        elif name == OWNER:
            self._moved(place, change, "assignee", self._holder(old), self._holder(new))
            if not self._group_field and _queue(new):
                self._moved(place + len(self._changes), change, "group", _queue(old), _queue(new))
        elif name == "Priority":
            self._moved(place, change, "priority", _lower(old), _lower(new))
        elif name == HOURS and self._kept(new):
            self._moved(place, change, "schedule", self._kept(old), self._kept(new))
        elif name == CONTACT:
            self._moved(place, change, "field", f"requester={old or ''}", f"requester={new or ''}")
        elif name == self._group_field:
            self._moved(place, change, "group", word(old), word(new))
        elif name in self._mapped:
            ours = self._mapped[name]
            told = (word(old), word(new))
            topics = ours == "topic"
            pair = told if topics else (f"{ours}={told[0] or ''}", f"{ours}={told[1] or ''}")
            self._moved(place, change, "topic" if topics else "field", *pair)

    def _moved(self, place: int, change: Change, kind: str, old: str | None, new: str | None) -> None:
        if old != new:
            at, by = second(change.CreatedDate), self._people.who(change.CreatedById)
            self._add(CHANGES + place, at, kind, by, old=old, new=new)

    def _wrote(self, place: int, at: int, told: Mail | Comment) -> None:
        if isinstance(told, Comment):
            by = self._people.who(told.CreatedById)
            self._add(place, at, "message", by, is_public=told.IsPublished, body=told.CommentBody)
        elif told.Incoming:
            writer = self._people.writer(told.FromAddress, self.requester, self._case.SuppliedEmail)
            self._add(place, at, "message", (writer, None if writer else "unknown"), body=told.TextBody)
        else:
            self._add(place, at, "message", self._people.who(told.CreatedById), body=told.TextBody)

    def _add(self, seq: int, at: int, kind: str, by: tuple[str | None, str | None], **more: Any) -> None:
        number = self._case.CaseNumber
        self.events.append(
            Event(ticket=number, seq=seq, occurred_at=at, kind=kind, actor=by[0], actor_class=by[1], **more)
        )


def _written_at(entry: Mail | Comment) -> int:
    sent = entry.MessageDate if isinstance(entry, Mail) else None
    return second(sent or entry.CreatedDate)


def _counts(change: Change) -> bool:
    """What is looked up is told twice: the line with ids counts."""
    return change.Field not in (OWNER, CONTACT, HOURS) or is_id(change.NewValue) or is_id(change.OldValue)


def _queue(owner: Any) -> str | None:
    return owner if isinstance(owner, str) and owner.startswith(QUEUE) else None


def _lower(value: Any) -> str | None:
    told = word(value)
    return told.lower() if told else None
