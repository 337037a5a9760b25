"""One issue's changes and comments as events of the case log.

Jira tells changes and no beginnings: what an issue began with is what its first change replaced, or, where it was
never changed, what it has today.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from auditlib.caselog.rows import BadRecord, Event, moment
from auditlib.sources._jira_service_management.document import plain
from auditlib.sources._jira_service_management.links import duplicate_of
from auditlib.sources._jira_service_management.shapes import Change, Comment, Fields, History, User
from auditlib.sources._jira_service_management.words import Statuses, class_of, word

BEGIN = -100
"""Places of what an issue begins with."""
CHANGES, ROOM, MERGED = 1 << 44, 64, 1 << 60
"""Comments and changes are counted apart: in one second the words come first, then what was changed, then a merge."""


class Told:
    """The events of one issue."""

    def __init__(
        self,
        issue: str,
        fields: Fields,
        values: Mapping[str, Any],
        histories: Sequence[History],
        comments: Sequence[Comment],
        statuses: Statuses,
        bots: frozenset[str],
        mapped: Mapping[str, str],
        group_field: str,
        group: str | None,
    ) -> None:
        self._issue, self._fields, self._values = issue, fields, values
        self._statuses, self._bots, self._mapped, self._group_field = statuses, bots, mapped, group_field
        self._group = group
        self._histories = sorted(histories, key=lambda told: (moment(told.created), _place(told.id)))
        self.events: list[Event] = []
        self._begins()
        for comment in comments:
            self._write(comment)
        for history in self._histories:
            places = itertools.count(CHANGES + ROOM * _place(history.id))
            for change in history.items or ():
                self._change(history, change, places)
        self.merged_into = self._merge()

    def _begins(self) -> None:
        fields, by = self._fields, self._fields.creator or self._fields.reporter
        at = moment(fields.created)
        self._add(BEGIN, at, "created", by)
        # Who raises a request for a customer writes down what that customer wants.
        self._add(BEGIN + 1, at, "message", by, body=plain(fields.description))
        status = self._first("status", fields.status.id, fields.status.name)
        told = [
            ("status", self._statuses.of(*status)),
            ("group", self._first(self._group_field, self._group, None)[0]),
            ("assignee", self._first("assignee", fields.assignee.accountId if fields.assignee else None, None)[0]),
            ("priority", _lower(self._first("priority", None, fields.priority.name if fields.priority else None)[1])),
        ]
        for name, ours in self._mapped.items():
            value = self._first(name, None, word(self._values.get(name)))[1]
            told.append(("topic", value) if ours == "topic" else ("field", f"{ours}={value}" if value else None))
        for place, (kind, new) in enumerate(told, 2):
            if new:
                self._add(BEGIN + place, at, kind, by, new=new)

    def _first(self, field: str, number: str | None, name: str | None) -> tuple[str | None, str | None]:
        """Id and name of what a field began with."""
        for history in self._histories:
            for change in history.items or ():
                if _is_of(change, field):
                    return change.old, change.old_name
        return number, name

    def _merge(self) -> str | None:
        """The issue that this one is a duplicate of, once it is also done: merged when the later of both happened."""
        linked = duplicate_of(self._fields.issuelinks, self._histories)
        statuses = [event for event in self.events if event.kind == "status"]
        if linked is None or not statuses or statuses[-1].new not in ("solved", "closed"):
            return None
        done, link = statuses[-1], linked.by
        later = link if link is not None and linked.at is not None and linked.at > done.occurred_at else None
        if later is not None:
            self._add(MERGED, moment(later.created), "merged_into", later.author, new=linked.issue)
        else:
            at, actor, whose = done.occurred_at, done.actor, done.actor_class
            self.events.append(
                Event(ticket=self._issue, seq=MERGED, occurred_at=at, kind="merged_into", actor=actor,
                      actor_class=whose, new=linked.issue)
            )  # fmt: skip
        return linked.issue

    def _write(self, comment: Comment) -> None:
        public = comment.jsdPublic is not False and comment.visibility is None
        at = moment(comment.created)
        self._add(_place(comment.id), at, "message", comment.author, is_public=public, body=plain(comment.body))

    def _change(self, history: History, change: Change, places: Iterator[int]) -> None:
        name = change.fieldId or change.field or ""
        if name == "status":
            old, new = (
                self._statuses.of(number, called)
                for number, called in ((change.old, change.old_name), (change.to, change.new_name))
            )
            if old != new:
                self._moved(history, places, "status", old, new)
        elif _is_of(change, self._group_field):
            self._moved(history, places, "group", change.old or change.old_name, change.to or change.new_name)
        elif name == "assignee":
            self._moved(history, places, "assignee", change.old, change.to)
        elif name == "priority":
            self._moved(history, places, "priority", _lower(change.old_name), _lower(change.new_name))
        elif name == "labels":
            self._moved(history, places, "tag", change.old_name, change.new_name)
        elif name == "reporter":
            self._moved(history, places, "field", f"requester={change.old or ''}", f"requester={change.to or ''}")
        elif name in self._mapped:
            ours, old_name, new_name = self._mapped[name], change.old_name or "", change.new_name or ""
            if ours == "topic":
                self._moved(history, places, "topic", old_name, new_name)
            else:
                self._moved(history, places, "field", f"{ours}={old_name}", f"{ours}={new_name}")

    def _moved(self, history: History, places: Iterator[int], kind: str, old: str | None, new: str | None) -> None:
        self._add(next(places), moment(history.created), kind, history.author, old=old or None, new=new or None)

    def _add(self, seq: int, at: int, kind: str, by: User | None, **more: Any) -> None:
        whose = class_of(by, self._bots)
        actor = None if by is None or whose == "automation" else by.accountId
        self.events.append(
            Event(ticket=self._issue, seq=seq, occurred_at=at, kind=kind, actor=actor, actor_class=whose, **more)
        )


def _is_of(change: Change, field: str) -> bool:
    return field in (change.fieldId, change.field)


def _place(number: str) -> int:
    if not number.isdigit():
        raise BadRecord("the id of a change or a comment is no number, as all of Jira's are")
    return int(number)


def _lower(name: str | None) -> str | None:
    return name.lower() if name else None
