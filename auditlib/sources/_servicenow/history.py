"""One ticket's audit and journal as events of the case log.

The audit tells changes and no beginnings: what a ticket began with is what its first change replaced, or, where it
was never changed, what it has today. A change from nothing in the ticket's own first second is its beginning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from auditlib.caselog.rows import BadRecord, Event
from auditlib.sources._servicenow.shapes import Change, Entry, Task, User
from auditlib.sources._servicenow.words import CHANNELS, Labels, class_of, second

BEGIN = -100
"""Places of what a ticket begins with."""
CHANGES, ROOM = 1 << 44, 64
"""Entries and changes are counted apart: in one second the words come first, then what was changed."""
KINDS = {"assignment_group": "group", "assigned_to": "assignee"}
PLACES = ("state", "hold_reason", "assignment_group", "assigned_to", "priority", "caller_id", "contact", "consumer")


class People:
    """Who is meant by a name or an id, and what they are."""

    def __init__(self, users: Sequence[User], bots: frozenset[str]) -> None:
        self._by_name = {user.user_name: user for user in users if user.user_name}
        self._by_id = {user.sys_id: user for user in users}
        self._bots = bots

    def named(self, name: str) -> tuple[str | None, str | None]:
        """Person and class of whoever did something, by the name that the audit has."""
        user = self._by_name.get(name)
        whose = class_of(name, user, self._bots)
        return (None if user is None or whose == "automation" else user.sys_id), whose

    def of_id(self, number: str) -> tuple[str | None, str | None]:
        """The same by id; somebody whom the account may not read keeps the id."""
        user = self._by_id.get(number)
        return number or None, class_of(user.user_name, user, self._bots) if user else None


class Told:
    """The events of one ticket."""

    def __init__(
        self, task: Task, changes: Sequence[Change], entries: Sequence[Entry], labels: Labels, people: People,
        mapped: Mapping[str, tuple[str, str]],
    ) -> None:  # fmt: skip
        self._task, self._labels, self._people, self._mapped = task, labels, people, mapped
        self._created = second(task.sys_created_on)
        self._changes = sorted(changes, key=lambda c: (second(c.sys_created_on), _checkpoint(c), c.fieldname))
        self._entries = sorted(entries, key=lambda e: (second(e.sys_created_on), e.element, e.sys_id))
        self._places = {name: i for i, name in enumerate([*PLACES, *sorted(mapped)])}
        self.events: list[Event] = []
        self._begins()
        for place, entry in enumerate(self._entries):
            self._wrote(place, entry)
        self._statuses()
        for change in self._changes:
            self._changed(change)

    def _begins(self) -> None:
        task = self._task
        by, at = self._opener(), self._created
        self._add(BEGIN, at, "created", by)
        # Without a description, what was written in the first second is what it began with, or else its one line.
        if task.description or not any(second(entry.sys_created_on) == at for entry in self._entries):
            self._add(BEGIN + 1, at, "message", by, body=task.description or task.short_description or None)
        told = [
            (
                "status",
                self._labels.status(self._first("state", task.state), self._first("hold_reason", task.hold_reason)),
            ),
            ("group", self._first("assignment_group", task.assignment_group)),
            ("assignee", self._first("assigned_to", task.assigned_to)),
            ("priority", self._labels.priority(self._first("priority", task.priority))),
        ]
        for name, (ours, value) in self._mapped.items():
            first = self._first(name, value)
            told.append(("topic", first) if ours == "topic" else ("field", f"{ours}={first}" if first else None))
        for place, (kind, new) in enumerate(told, 2):
            if new:
                self._add(BEGIN + place, at, kind, by, new=new)

    def _opener(self) -> tuple[str | None, str | None]:
        """Whoever opened it. A mail is filed in the platform's name; whoever asks wrote it."""
        task = self._task
        if task.opened_by:
            return self._people.of_id(task.opened_by)
        filed = self._people.named(task.sys_created_by)
        return self._people.of_id(task.requester) if filed[0] is None and task.requester else filed

    def _first(self, field: str, now: str) -> str:
        for change in self._changes:
            if change.fieldname == field:
                return change.newvalue if self._is_beginning(change) else change.oldvalue
        return now

    def _is_beginning(self, change: Change) -> bool:
        return change.oldvalue == "" and second(change.sys_created_on) == self._created

    def _wrote(self, place: int, entry: Entry) -> None:
        public = entry.element == "comments"
        at, by = second(entry.sys_created_on), self._people.named(entry.sys_created_by)
        self._add(place, at, "message", by, is_public=public, body=entry.value or None)

    def _statuses(self) -> None:
        """Who is waited for is told by two fields; what one update changed in both is one change."""
        state, reason = self._first("state", self._task.state), self._first("hold_reason", self._task.hold_reason)
        status = self._labels.status(state, reason)
        for number, update in _updates([c for c in self._changes if c.fieldname in ("state", "hold_reason")]):
            if all(self._is_beginning(change) for change in update):
                continue
            for change in update:
                state = change.newvalue if change.fieldname == "state" else state
                reason = change.newvalue if change.fieldname == "hold_reason" else reason
            before, status = status, self._labels.status(state, reason)
            if before != status:
                at, by = second(update[0].sys_created_on), self._people.named(update[0].user)
                self._add(CHANGES + ROOM * number, at, "status", by, old=before, new=status)

    def _changed(self, change: Change) -> None:
        name, old, new = change.fieldname, change.oldvalue, change.newvalue
        if name in ("state", "hold_reason") or name not in self._places or self._is_beginning(change):
            return
        if name in KINDS:
            self._moved(change, KINDS[name], old, new)
        elif name == "priority":
            self._moved(change, "priority", self._labels.priority(old), self._labels.priority(new))
        elif name in ("caller_id", "contact", "consumer"):
            self._moved(change, "field", f"requester={old}", f"requester={new}")
        elif (ours := self._mapped[name][0]) == "topic":
            self._moved(change, "topic", old, new)
        else:
            self._moved(change, "field", f"{ours}={old}", f"{ours}={new}")

    def _moved(self, change: Change, kind: str, old: str | None, new: str | None) -> None:
        seq = CHANGES + ROOM * _checkpoint(change) + self._places[change.fieldname]
        at, by = second(change.sys_created_on), self._people.named(change.user)
        self._add(seq, at, kind, by, old=old or None, new=new or None)

    def _add(
        self, seq: int, at: int, kind: str, by: tuple[str | None, str | None], is_public: bool = True,
        old: str | None = None, new: str | None = None, body: str | None = None,
    ) -> None:  # fmt: skip
        self.events.append(
            Event(
                ticket=self._task.number, seq=seq, occurred_at=at, kind=kind, actor=by[0], actor_class=by[1],
                is_public=is_public, old=old, new=new, body=body,
            )
        )  # fmt: skip


def channel_of(task: Task) -> str:
    """How it came in."""
    return CHANNELS.get(task.contact_type, "unknown")


def _updates(changes: Sequence[Change]) -> Iterator[tuple[int, list[Change]]]:
    found: dict[tuple[int, int], list[Change]] = {}
    for change in changes:
        found.setdefault((second(change.sys_created_on), _checkpoint(change)), []).append(change)
    for (_, number), update in found.items():
        yield number, update


def _checkpoint(change: Change) -> int:
    if not change.record_checkpoint.removeprefix("-").isdecimal():
        raise BadRecord("the number of an update (record_checkpoint) is none, as all of the audit's are")
    return max(0, int(change.record_checkpoint))
