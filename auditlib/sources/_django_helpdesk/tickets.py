"""The tickets of one chunk as rows: each with its whole history, or only as it is now, or rejected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from auditlib.caselog.rows import BadRecord, Group, Notice, Rejected, Row, Ticket
from auditlib.sources import Page, Settings
from auditlib.sources._django_helpdesk import shapes
from auditlib.sources._django_helpdesk.history import History, Untraced
from auditlib.sources._django_helpdesk.people import People
from auditlib.sources._django_helpdesk.shapes import SHAPES
from auditlib.sources._django_helpdesk.words import CHANNELS, PRIORITIES, Words, merged_from
from auditlib.sources._shared.records import of_stream


def ticket_id(row: Mapping[str, Any]) -> str | None:
    """The number of the ticket that a record is, or is about."""
    number = row.get("ticket_id", row.get("id"))
    return str(number) if isinstance(number, int) else None


def wanted(tickets: Sequence[shapes.Ticket], queues: Sequence[shapes.Queue], settings: Settings) -> list[shapes.Ticket]:
    """Those whose queue is audited."""
    named = settings.scope.get("groups", ())
    within = {queue.id for queue in queues if queue.title in named}
    return [ticket for ticket in tickets if not named or ticket.queue_id in within]


def read_tickets(pages: Sequence[Page], settings: Settings) -> Iterator[Row]:
    """Every row of the chunk."""
    chunk = _Chunk(pages, settings)
    yield from chunk.said
    yield from (Group(group=str(queue.id), name=queue.title) for queue in chunk.queues)
    inside = {ticket.id for ticket in wanted(chunk.tickets, chunk.queues, settings)}
    for ticket in chunk.tickets:
        if str(ticket.id) in chunk.rejected:
            continue
        try:
            yield from chunk.whole(ticket) if ticket.id in inside else [chunk.without_history(ticket)]
        except Untraced as missing:
            yield chunk.without_history(ticket)
            yield Notice(stream="tickets", field=f"a ticket without its history: {missing}")
        except BadRecord as error:
            yield Rejected(ticket=str(ticket.id), reason="unreadable", detail=str(error))
    yield from chunk.people.rows()


class _Chunk:
    """What one chunk holds, by what it is about."""

    def __init__(self, pages: Sequence[Page], settings: Settings) -> None:
        self.said: list[Notice | Rejected] = []
        self.words = Words(settings)
        self._pages = pages
        # A list may show a ticket twice: the last one is the newest.
        self.tickets = list({t.id: t for t in self._records("tickets", shapes.Ticket)}.values())
        self.queues = self._records("queues", shapes.Queue)
        self.people = People(self._records("users", shapes.User), self.words.bots)
        self._fields = {field.id: field.name for field in self._records("fields", shapes.Field)}
        self._merged = {m.id: m.merged_to_id for m in self._records("merged", shapes.Merged)}
        self._merged |= {t.id: t.merged_to_id for t in self.tickets if t.merged_to_id is not None}
        self._followups: dict[int, list[shapes.Followup]] = defaultdict(list)
        self._moved: dict[int, list[shapes.Followup]] = defaultdict(list)
        for followup in {f.id: f for f in self._records("followups", shapes.Followup)}.values():
            origin = self._written_in(followup)
            self._followups[origin].append(followup)
            if origin != followup.ticket_id:
                self._moved[followup.ticket_id].append(followup)
        self._changes: dict[int, list[shapes.Change]] = defaultdict(list)
        for change in {c.id: c for c in self._records("changes", shapes.Change)}.values():
            self._changes[change.followup_id].append(change)
        self._values: dict[int, dict[str, str]] = defaultdict(dict)
        for value in self._records("values", shapes.Value):
            if value.value and value.field_id in self._fields:
                self._values[value.ticket_id][self._fields[value.field_id]] = value.value
        self.rejected = {problem.ticket for problem in self.said if isinstance(problem, Rejected)}

    def _records(self, stream: str, shape: type[Any]) -> list[Any]:
        found = SHAPES.read(of_stream(self._pages, stream), shape, ticket=ticket_id)
        self.said += found.said
        return found.good

    def _written_in(self, followup: shapes.Followup) -> int:
        """The ticket in which a follow-up was written: a merge moves it, and names where it came from."""
        origin = merged_from(followup.title)
        return origin if origin is not None and self._merged.get(origin) == followup.ticket_id else followup.ticket_id

    def whole(self, ticket: shapes.Ticket) -> Iterator[Row]:
        history = History(
            ticket,
            self._followups[ticket.id],
            self._moved[ticket.id],
            self._changes,
            self._values[ticket.id],
            self.people,
            self.words,
            self._fields.values(),
        )
        yield self._now(ticket, history)
        yield from sorted(history.events, key=lambda event: (event.occurred_at, event.seq))

    def _now(self, ticket: shapes.Ticket, history: History) -> Ticket:
        values = self._values[ticket.id]
        told = {ours: values.get(theirs) for theirs, ours in self.words.fields.items()}
        return Ticket(
            ticket=str(ticket.id),
            created_at=history.created_at,
            status=self.words.status(ticket.status, bool(ticket.on_hold)),
            requester=history.requester or history.opened_by,
            opened_by=history.opened_by if history.opened_by != history.requester else None,
            channel=self._channel(history, values),
            subject=ticket.title,
            priority=PRIORITIES.get(ticket.priority or 0),
            group=str(ticket.queue_id),
            assignee=str(ticket.assigned_to_id) if ticket.assigned_to_id else None,
            topic=told.get("topic"),
            language=told.get("language"),
            tier=told.get("tier"),
            region=told.get("region"),
            merged_into=None if ticket.merged_to_id is None else str(ticket.merged_to_id),
            fields={f"custom_field:{name}": values[name] for name in self.words.fields if name in values},
        )

    def without_history(self, ticket: shapes.Ticket) -> Ticket:
        """Only as it is now."""
        return Ticket(
            ticket=str(ticket.id),
            created_at=self.words.second(ticket.created),
            status=self.words.status(ticket.status, bool(ticket.on_hold)),
            requester=self.people.by_address(ticket.submitter_email),
            group=str(ticket.queue_id),
            merged_into=None if ticket.merged_to_id is None else str(ticket.merged_to_id),
            has_history=False,
        )

    def _channel(self, history: History, values: Mapping[str, str]) -> str:
        """By mail or on the web; how somebody reached the agent who wrote it down, only a field can tell."""
        said = values.get(self.words.channel, "").strip().lower()
        if said in CHANNELS:
            return said
        opening = history.opening
        if opening is None or self.people.is_staff(opening.user_id):
            return "unknown"
        return "email" if opening.message_id else "web"
