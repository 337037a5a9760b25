"""One landed part's rows as columns, in surrogates: what translation checks and merges."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from auditlib.caselog import ratings
from auditlib.caselog import rows as r
from auditlib.caselog.keys import Keys
from auditlib.caselog.words import ActorClass, Kind, Status

REFERENCES = {
    "assignee": "person", "group": "group", "schedule": "schedule", "merged_into": "ticket", "sla_applied": "policy",
}  # fmt: skip
OF_STATUS = ("status", "deleted", "restored")
KINDS = {kind.name: int(kind) for kind in Kind}
STATUSES = {status.name: int(status) for status in Status}
CLASSES: dict[str | None, int] = {None: 0, "": 0} | {whose.name: int(whose) for whose in ActorClass}
MAPPED = ("topic", "language", "tier", "region", "priority", "channel")


@dataclass
class Batch:
    """A part's rows by type, as the source gave them."""

    source: str
    tickets: dict[str, r.Ticket] = field(default_factory=dict)
    events: dict[str, list[r.Event]] = field(default_factory=dict)
    rejected: list[r.Rejected] = field(default_factory=list)
    notices: set[tuple[str, str]] = field(default_factory=set)
    abilities: dict[str, str | None] = field(default_factory=dict)
    """Capability → why it is not there for this account; None: it is."""
    others: dict[type, list[Any]] = field(default_factory=dict)
    records: int = 0

    @classmethod
    def of(cls, source: str, rows: Iterable[r.Row]) -> Batch:
        """Sorts rows by type; two tickets with one id, and events of no ticket, are rejected."""
        batch = cls(source)
        for row in rows:
            if isinstance(row, r.Event):
                batch.events.setdefault(row.ticket, []).append(row)
            elif isinstance(row, r.Ticket):
                batch._take_ticket(row)
            elif isinstance(row, r.Rejected):
                batch.rejected.append(row)
            elif isinstance(row, r.Notice):
                batch.notices.add((row.stream, row.field))
            elif isinstance(row, r.Ability):
                batch.abilities[row.capability] = row.because
            else:
                batch.others.setdefault(type(row), []).append(row)
        batch._drop_untrusted()
        return batch

    def _take_ticket(self, row: r.Ticket) -> None:
        before = self.tickets.get(row.ticket)
        if before is not None and before.created_at != row.created_at:
            detail = "two tickets with this id and different moments of creation; ids must be unique"
            self.rejected.append(r.Rejected(ticket=row.ticket, reason="two_tickets_one_id", detail=detail))
        self.tickets[row.ticket] = row

    def _drop_untrusted(self) -> None:
        self._reject_unknown_ratings()
        for ticket in [t for t in self.events if t not in self.tickets]:
            detail = "events of a ticket that was not delivered; deliver the ticket with its events"
            self.rejected.append(r.Rejected(ticket=ticket, reason="event_without_ticket", detail=detail))
        bad = {row.ticket for row in self.rejected if row.ticket is not None}
        self.records = len(self.tickets) + len(bad.difference(self.tickets))
        self.records += sum(row.ticket is None for row in self.rejected)
        for ticket in bad:
            self.tickets.pop(ticket, None)
            self.events.pop(ticket, None)

    def _reject_unknown_ratings(self) -> None:
        for ticket, events in self.events.items():
            for event in events:
                if event.kind == "rating" and event.new:
                    try:
                        ratings.code(event.new)
                    except ratings.UnknownRating as unknown:
                        self.rejected.append(r.Rejected(ticket=ticket, reason="unknown_rating", detail=str(unknown)))

    def ticket_frame(self, keys: Keys, describe: Callable[[r.Ticket], Mapping[str, Any]]) -> pd.DataFrame:
        """The tickets as rows of the case log; `describe` adds the mapped fields, subject and sketch."""
        return pd.DataFrame(
            [self._ticket_row(keys, t) | dict(describe(t)) for t in self.tickets.values()],
        )

    def _ticket_row(self, keys: Keys, t: r.Ticket) -> dict[str, Any]:
        source = self.source
        requester = keys.of("person", source, t.requester)
        return {
            "ticket_key": keys.of("ticket", source, t.ticket),
            "source": source,
            "ticket": t.ticket,
            "url": t.url,
            "created_at": t.created_at,
            "requester": requester,
            "opened_by": keys.of("person", source, t.opened_by) or requester,
            "organization": keys.of("organization", source, t.organization),
            "status": int(Status[t.status]),
            "group_key": keys.of("group", source, t.group),
            "assignee": keys.of("person", source, t.assignee),
            "follow_up_of": keys.of("ticket", source, t.follow_up_of),
            "merged_into": keys.of("ticket", source, t.merged_into),
            "incident_of": keys.of("ticket", source, t.incident_of),
            "tags": json.dumps(sorted(t.tags), ensure_ascii=False),
            "has_history": t.has_history,
        }

    def event_frame(self, keys: Keys) -> pd.DataFrame:
        """The events as rows of the case log, in (ticket, time, sequence) order; actor classes as told."""
        told = [(keys.of("ticket", self.source, ticket), self.events.get(ticket, [])) for ticket in self.tickets]
        events = [event for _, of_ticket in told for event in of_ticket]
        frame = pd.DataFrame(
            {
                "ticket_key": np.repeat(_whole([key for key, _ in told]), _whole([len(of) for _, of in told])),
                "occurred_at": _whole([e.occurred_at for e in events]),
                "seq": _whole([e.seq for e in events]),
                "kind": _whole([KINDS[e.kind] for e in events]),
                "actor": _whole([keys.of("person", self.source, e.actor) for e in events]),
                "actor_class": _whole([CLASSES[e.actor_class] for e in events]),
                "is_public": np.array([e.is_public for e in events], dtype=bool),
                "old": _whole([self._reference(keys, e.kind, e.old, is_old=True) for e in events]),
                "new": _whole([self._reference(keys, e.kind, e.new) for e in events]),
                "body": pd.Series([e.body for e in events], dtype="object"),
            }
        )
        return frame.sort_values(["ticket_key", "occurred_at", "seq"], ignore_index=True)

    def _reference(self, keys: Keys, kind: str, word: str | None, is_old: bool = False) -> int:
        if not word:
            return 0
        if kind in OF_STATUS:
            return STATUSES[word]
        if kind == "rating":  # what it was before is the event before
            return 0 if is_old else ratings.code(word)
        if kind == "due":
            return r.moment(word)
        named = REFERENCES.get(kind)
        return keys.word(word) if named is None else keys.of(named, self.source, word)

    def rejected_frame(self, keys: Keys, part: int) -> pd.DataFrame:
        """The rejected records as rows of quarantine; a record without a ticket is named by its part."""
        named = [(row.ticket or f"part {part}, record {n}", row) for n, row in enumerate(self.rejected)]
        frame = pd.DataFrame(
            [(keys.of("ticket", self.source, t), row.reason, self.source, t, row.detail, part) for t, row in named],
            columns=["ticket_key", "reason", "source", "ticket", "detail", "raw_part"],
        )
        return frame.drop_duplicates(["ticket_key", "reason"], ignore_index=True)


def mapped_fields(
    ticket: r.Ticket, mapping: Mapping[str, str], organizations: Mapping[str, Mapping[str, str]]
) -> dict[str, str | None]:
    """Topic, tier … of a ticket: as `audit.toml` maps them, otherwise as the source gives them."""
    return {
        name: mapped_field(ticket, mapping[name], organizations) if name in mapping else getattr(ticket, name)
        for name in MAPPED
    }


def mapped_field(ticket: r.Ticket, where: str | None, organizations: Mapping[str, Mapping[str, str]]) -> str | None:
    """What stands in a field of a ticket or, as organization.plan, of its organization; None if it is empty."""
    if where is not None and where.startswith("organization."):
        return organizations.get(ticket.organization or "", {}).get(where.removeprefix("organization."))
    return ticket.fields.get(where or "")


def _whole(values: list[int]) -> np.ndarray:
    return np.array(values, dtype=np.int64)
