"""One ticket's audits as events of the case log, in the order in which they happened."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from auditlib.caselog.rows import BadRecord, Event
from auditlib.sources._zendesk import shapes
from auditlib.sources._zendesk.words import RATINGS, Statuses, classify, key, second, word

KINDS = {"assignee_id": "assignee", "group_id": "group", "priority": "priority", "tags": "tag"}
OF_EVENT = {"ticket_form_id": "ticket_form", "brand_id": "brand", "type": "type"}
_NUMBERED = re.compile(r"#(\d+)")


class History:
    """The events of one ticket, and the ticket into which it was merged."""

    def __init__(
        self,
        ticket: shapes.Ticket,
        audits: Sequence[shapes.Audit],
        statuses: Statuses,
        bots: frozenset[str],
        fields: Mapping[str, str],
    ) -> None:
        if not audits:
            raise BadRecord("the ticket has no audit, although each ticket has one of its creation")
        self._ticket, self._statuses, self._bots, self._fields = str(ticket.id), statuses, bots, fields
        self._status: tuple[str | None, int | None] = (None, None)
        self._shown: str | None = None
        self.events: list[Event] = []
        self.merged_into: str | None = None
        # Repeated and shifted pages come in any order; Zendesk's numbers grow with time.
        for audit in sorted(audits, key=lambda a: a.id):
            self._read(audit)
        self.events[0].occurred_at = second(ticket.created_at)

    def _read(self, audit: shapes.Audit) -> None:
        self._at, self._audit = second(audit.created_at), audit
        self._actor, self._class = classify(audit.author_id, audit.via, self._bots)
        if not self.events:
            self._add(audit.id, "created")
        moved = None
        for event in audit.events:
            if isinstance(event, shapes.Create):
                if event.field_name == "status" or event.field_name == "custom_status_id":
                    # Told twice, as category and as custom status: the first one gives the sequence.
                    moved = moved or event
                    self._move(event)
                else:
                    self._set(event)
            elif isinstance(event, shapes.Comment):
                self._write(event)
            elif isinstance(event, shapes.ScheduleAssignment):
                self._add(
                    event.id, "schedule", event, key(event.previous_schedule_id), key(event.new_schedule_id)
                )
        if moved is not None:
            self._show_status(moved)
        if _closes_by_merge(audit):
            self._merge(audit)

    def _move(self, event: shapes.Create) -> None:
        status, custom = self._status
        if event.field_name == "status":
            self._status = (word(event.value), custom)
        else:
            self._status = (status, int(word(event.value) or 0))

    def _show_status(self, event: shapes.Create) -> None:
        old, new = self._shown, self._statuses.of(*self._status)
        if old != new:
            kind = "deleted" if new == "deleted" else "restored" if old == "deleted" else "status"
            self._add(event.id, kind, event, old, new)
            self._shown = new

    def _write(self, event: shapes.Comment) -> None:
        actor, whose = self._actor, self._class
        if event.via is not None or event.author_id is not None:
            author = self._audit.author_id if event.author_id is None else event.author_id
            actor, whose = classify(author, event.via or self._audit.via, self._bots)
        body = event.body if event.plain_body is None else event.plain_body
        self.events.append(
            Event(
                ticket=self._ticket,
                seq=event.id,
                occurred_at=self._at,
                kind="message",
                actor=actor,
                actor_class=whose,
                is_public=event.public,
                body=body,
            )
        )

    def _set(self, event: shapes.Create) -> None:
        name, is_change = event.field_name or "", isinstance(event, shapes.Change)
        if name == "satisfaction_score":
            self._rate(event)
            return
        old, new = word(event.previous_value), word(event.value)
        kind = KINDS.get(name)
        if kind:
            if is_change or new is not None:
                self._add(event.id, kind, event, old, new)
        elif ours := self._fields.get(f"custom_field:{name}") or self._fields.get(OF_EVENT.get(name, "")):
            if ours == "topic":
                self._add(event.id, "topic", event, old, new)
            else:
                self._add(event.id, "field", event, f"{ours}={old or ''}", f"{ours}={new or ''}")
        elif name == "requester_id" and is_change:
            self._add(event.id, "field", event, f"requester={old}", f"requester={new}")

    def _rate(self, event: shapes.Create) -> None:
        score = word(event.value) or ""
        if score == "offered":
            self._add(event.id, "rating_offered", event, None, score)
        elif score in RATINGS:
            self._add(
                event.id, "rating", event, RATINGS.get(word(event.previous_value) or ""), RATINGS[score]
            )

    def _merge(self, audit: shapes.Audit) -> None:
        self.merged_into = _target(audit)
        # The audit's own number serves as the sequence, unless `created` has it already.
        self._add(
            audit.id if audit.id != self.events[0].seq else -audit.id, "merged_into", new=self.merged_into
        )

    def _add(
        self, seq: int, kind: str, event: Any = None, old: str | None = None, new: str | None = None
    ) -> None:
        actor, whose = self._actor, self._class
        if event is not None and event.via is not None:
            actor, whose = classify(self._audit.author_id, event.via, self._bots)
        self.events.append(
            Event(
                ticket=self._ticket,
                seq=seq,
                occurred_at=self._at,
                kind=kind,
                actor=actor,
                actor_class=whose,
                old=old,
                new=new,
            )
        )


def _closes_by_merge(audit: shapes.Audit) -> bool:
    """Whether this update closed the ticket in favour of another: the other one's audit has the same via."""
    vias = [audit.via, *(getattr(event, "via", None) for event in audit.events)]
    changes = [event for event in audit.events if isinstance(event, shapes.Change)]
    is_closed = any(c.field_name == "status" and c.value == "closed" for c in changes)
    is_tagged = any(
        c.field_name == "tags" and "closed_by_merge" in (word(c.value) or "").split() for c in changes
    )
    return is_closed and (is_tagged or any(via and via.source and via.source.rel == "merge" for via in vias))


def _target(audit: shapes.Audit) -> str | None:
    """The ticket into which this one was merged: as the via says, or else the number in the closing note."""
    for via in (audit.via, *(getattr(event, "via", None) for event in audit.events)):
        source = via.source if via else None
        for end in (source.origin, source.to) if source else ():
            if end and end.ticket_id:
                return str(end.ticket_id)
    for event in audit.events:
        if isinstance(event, shapes.Comment) and (
            found := _NUMBERED.search(event.plain_body or event.body or "")
        ):
            return found[1]
    return None
