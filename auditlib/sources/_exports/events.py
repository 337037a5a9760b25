"""What happened to a ticket, out of its records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from auditlib.caselog.rows import Event, Rejected, Ticket
from auditlib.sources import Settings
from auditlib.sources._exports import cells as cell
from auditlib.sources._exports import words
from auditlib.sources._exports.cells import BadCell, Moments
from auditlib.sources._exports.columns import Columns
from auditlib.sources._exports.lines import Cells, Line

PEOPLE_AND_TICKETS = ("assignee", "merged_into")
WITHOUT_VALUE = ("created", "message", "deleted", "restored", "rating_offered")
INTERNAL = "internal"


class Events:
    """Reads the events of tickets as `settings` say."""

    def __init__(self, settings: Settings, moments: Moments) -> None:
        self.settings, self.moments = settings, moments
        self.columns = Columns("events", settings.options)

    def of(self, ticket: str | None, lines: list[Line], file: str) -> tuple[list[Event], list[Rejected]]:
        """The events of one ticket in order, and the records that are none."""
        read: list[Event] = []
        rejected: list[Rejected] = []
        for line in lines:
            try:
                if event := self._event(ticket, line):
                    read.append(event)
            except BadCell as bad:
                place = f"{file}, row {line.row}: "
                rejected.append(Rejected(ticket=ticket, reason=bad.code, detail=place + bad.detail))
        if not rejected:
            rejected = [*_contradictions(ticket, read, file)]
        return _numbered(read), rejected

    def _event(self, ticket: str | None, line: Line) -> Event | None:
        if line.cells is None:
            raise BadCell(line.code, line.detail)
        named = self.columns.named(line.cells)
        cell.identity(named, "ticket")
        if ticket is None:
            raise BadCell("missing_field", "column 'ticket' is empty; it is needed in each row")
        happened = self._happened(named)
        if happened is None:
            return None
        kind, old, new, is_public = happened
        if new is None and kind not in WITHOUT_VALUE:
            raise BadCell("missing_field", f"column 'new' is empty; an event of kind {kind} needs it")
        return Event(
            ticket=ticket,
            seq=_sequence(named),
            occurred_at=self.moments.of(named, "occurred_at"),
            kind=kind,
            actor=cell.identity(named, "actor"),
            actor_class=words.actor_class(cell.text(named, "actor_class")),
            is_public=is_public,
            old=old,
            new=new,
            body=cell.text(named, "body") if kind == "message" else None,
        )

    def _happened(self, named: Cells) -> tuple[str, str | None, str | None, bool] | None:
        """Kind, old and new value, and whether customers see it; None for an activity to be ignored."""
        old, new = cell.text(named, "old"), cell.text(named, "new")
        is_public = cell.flag(named, "is_public", default=True)
        if named.get("kind") is None and named.get("activity") is not None:
            mapped = words.activity(cell.needed(named, "activity"), self.settings)
            if mapped is None:
                return None
            kind, value = mapped
            if kind == "message" and value:
                is_public, value = value != INTERNAL, None
            new = value or new or (self._own_value(kind, named))
        else:
            kind = words.kind(cell.needed(named, "kind"))
        if kind in ("status", "created", "restored", "deleted"):
            old, new = (words.status(told, self.settings) if told else None for told in (old, new))
        if kind == "rating" and new:
            new = words.rating(new, self.settings)
        if kind in PEOPLE_AND_TICKETS:
            old, new = (cell.identity({kind: told}, kind) for told in (old, new))
        return kind, old, new, is_public

    def _own_value(self, kind: str, named: Cells) -> str | None:
        """In an event log, who took a ticket is whoever acted, and its group stands beside it."""
        return cell.text(named, {"assignee": "actor"}.get(kind, kind))


def _sequence(named: Cells) -> int:
    told = cell.number(named, "seq")
    return -1 if told is None else told


def _contradictions(ticket: str | None, events: list[Event], file: str) -> Iterator[Rejected]:
    doubled = [seq for seq, times in Counter(e.seq for e in events).items() if times > 1 and seq >= 0]
    if doubled:
        detail = f"{file}: seq {doubled[0]} stands for two events; it must be unique within a ticket"
        yield Rejected(ticket=ticket, reason="duplicate_seq", detail=detail)
    if sum(event.kind == "created" for event in events) > 1:
        detail = f"{file}: created twice; a ticket has one event of kind created"
        yield Rejected(ticket=ticket, reason="created_twice", detail=detail)


def _numbered(events: list[Event]) -> list[Event]:
    """In order, with a sequence: the file's own, or the order of moments and rows; odd numbers stay free."""
    ordered = sorted(events, key=lambda event: (event.occurred_at, event.seq))
    has_own = all(event.seq >= 0 for event in events)
    for place, event in enumerate(ordered):
        event.seq = 2 * (event.seq if has_own else place) + 2
    return ordered


def initial(ticket: Ticket, events: list[Event]) -> Iterator[Event]:
    """The events, with the creation and the first status as events of their own where they are none."""
    if not events:
        return
    created = next((event for event in events if event.kind == "created"), None)
    if created is None:
        at = min(ticket.created_at, events[0].occurred_at)
        actor = ticket.opened_by or ticket.requester
        yield Event(ticket=ticket.ticket, seq=0, occurred_at=at, kind="created", actor=actor)
    for event in events:
        if event.kind != "created":
            yield event
            continue
        status, event.old, event.new = event.new, None, None
        yield event
        if status:
            yield Event(
                ticket=event.ticket, seq=event.seq + 1, occurred_at=event.occurred_at, kind="status",
                actor=event.actor, actor_class=event.actor_class, new=status,
            )  # fmt: skip
