"""Whole tickets out of the records of one chunk; each record that cannot be read says why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from auditlib.caselog.rows import Event, Group, Organization, Person, Rejected, Row, Ticket
from auditlib.sources import Settings, unknown_fields
from auditlib.sources._exports import cells as cell
from auditlib.sources._exports import words
from auditlib.sources._exports.cells import BadCell, Moments
from auditlib.sources._exports.columns import Columns
from auditlib.sources._exports.events import Events, initial
from auditlib.sources._exports.lines import Cells, Line
from auditlib.sources._shared.identities import identities

KNOWN_BY = {"requester_email": "email", "requester_phone": "phone", "requester_external_id": "external"}
LOG_WORDS = ("lifecycle:transition", "org:role", "cost:total", "cost:currency", "identity:id")


class Reading:
    """Reads the lines of one chunk as `settings` say; `told` is what fetching knew of the folder."""

    def __init__(self, settings: Settings, told: Mapping[str, bool]) -> None:
        self.settings = settings
        self.has_events, self.is_log = told["has_events"], told["is_log"]
        self.has_people = told["has_people"]
        self.columns = Columns("tickets", settings.options)
        self.moments = Moments(settings.options)
        self.events = Events(settings, self.moments)
        self.unknown: dict[str, Cells] = {"tickets": {}, "events": {}}

    def rows(self, files: Mapping[str, str], lines: Mapping[str, Iterable[Line]]) -> Iterator[Row]:
        """The rows of all tickets, their people, groups and organizations, and what nobody knows."""
        whole: dict[str | None, tuple[list[Line], list[Line]]] = defaultdict(lambda: ([], []))
        for place, (stream, columns) in enumerate({"tickets": self.columns, "events": self.events.columns}.items()):
            for line in lines.get(stream, ()):
                self.unknown[stream] |= line.cells or {}
                whole[self._ticket_of(columns, line)][place].append(line)
        told: list[Row] = []
        for ticket, (own, events) in whole.items():
            for row in self._ticket(ticket, own, events, files):
                if isinstance(row, Ticket) or (isinstance(row, Event) and row.kind == "group"):
                    told.append(row)
                yield row
        yield from _companies(told)
        yield from self._notices()

    def _ticket_of(self, columns: Columns, line: Line) -> str | None:
        try:
            return cell.identity(columns.named(line.cells or {}), "ticket")
        except BadCell:
            return None

    def _ticket(
        self, ticket: str | None, own: list[Line], events: list[Line], files: Mapping[str, str]
    ) -> Iterator[Row]:
        rejected = [*_unreadable(ticket, own, files["tickets"], self.columns)]
        read, bad = self.events.of(ticket, events, files["events"])
        rejected += bad
        if ticket is None:
            yield from rejected
            return
        if not own and not self.is_log:
            detail = f"{files['events']} tells its events, but no tickets file the ticket"
            rejected.append(Rejected(ticket=ticket, reason="event_without_ticket", detail=detail))
        if len({str(line.cells) for line in own}) > 1:
            rows = ", ".join(str(line.row) for line in own[:5])
            detail = f"{files['tickets']}, rows {rows}: different tickets with one id; ids must be unique"
            rejected.append(Rejected(ticket=ticket, reason="two_tickets_one_id", detail=detail))
        if rejected:
            yield from rejected
            return
        yield from self._trusted(ticket, own, read, files["tickets"])

    def _trusted(self, ticket: str, own: list[Line], events: list[Event], file: str) -> Iterator[Row]:
        cells = own[0].cells or {} if own else {}
        try:
            row = self._read(ticket, self.columns.named(cells), cells, events)
            people = [*self._requester(row.requester, self.columns.named(cells))]
        except BadCell as bad:
            place = f"{file}, row {own[0].row}: " if own else ""
            yield Rejected(ticket=ticket, reason=bad.code, detail=place + bad.detail)
            return
        yield row
        yield from people
        yield from initial(row, events)

    def _read(self, ticket: str, named: Cells, cells: Cells, events: list[Event]) -> Ticket:
        requester = cell.identity(named, "requester") or cell.identity(named, "requester_email")
        opened = next((event.actor for event in events if event.kind == "created"), None)
        status, created_at = self._now(named, events)
        return Ticket(
            ticket=ticket,
            created_at=created_at,
            status=status,
            requester=requester,
            opened_by=cell.identity(named, "opened_by") or opened,
            organization=cell.text(named, "organization"),
            channel=words.channel(cell.text(named, "channel")),
            subject=cell.text(named, "subject"),
            priority=cell.text(named, "priority"),
            group=cell.text(named, "group"),
            assignee=cell.identity(named, "assignee"),
            topic=cell.text(named, "topic"),
            language=cell.text(named, "language"),
            tier=cell.text(named, "tier"),
            region=cell.text(named, "region"),
            url=cell.text(named, "url"),
            follow_up_of=cell.identity(named, "follow_up_of"),
            merged_into=cell.identity(named, "merged_into"),
            incident_of=cell.identity(named, "incident_of"),
            tags=cell.words(named, "tags"),
            fields={
                name: told for name in self.settings.fields.values() if (told := cell.text(cells, name)) is not None
            },
            has_history=bool(events),
        )

    def _now(self, named: Cells, events: list[Event]) -> tuple[str, int]:
        """Status and creation; an event log may tell both by its events alone."""
        last = [event.new for event in events if event.kind == "status" and event.new]
        first = min((event.occurred_at for event in events), default=None)
        if self.is_log:
            status = cell.text(named, "status") or (last[-1] if last else "open")
            is_told = first is None or named.get("created_at") is not None
            created_at = self.moments.of(named, "created_at") if is_told else first
            return words.status(status, self.settings), created_at or 0
        return words.status(cell.needed(named, "status"), self.settings), self.moments.of(named, "created_at")

    def _requester(self, requester: str | None, named: Cells) -> Iterator[Row]:
        """The customer, unless a people file tells everybody, and by what they are known."""
        email = cell.text(named, "requester_email")
        if requester is None:
            return
        if not self.has_people:
            name = cell.text(named, "requester_name")
            told = cell.text(named, "organization")
            yield Person(person=requester, role="customer", name=name, email=email, organization=told)
        for column, kind in KNOWN_BY.items():
            yield from identities(requester, kind, cell.text(named, column), is_verified=True)

    def _notices(self) -> Iterator[Row]:
        mapped = {*self.settings.fields.values(), *LOG_WORDS}
        for stream, columns in {"tickets": self.columns, "events": self.events.columns}.items():
            yield from unknown_fields(stream, self.unknown[stream], {*columns.ours, *mapped})


def _unreadable(ticket: str | None, lines: list[Line], file: str, columns: Columns) -> Iterator[Rejected]:
    """Records of the tickets file that are none, or that name no ticket."""
    for line in lines:
        code, detail = line.code, line.detail
        if line.cells is not None and ticket is None:
            try:
                cell.needed(columns.named(line.cells), "ticket")
                cell.identity(columns.named(line.cells), "ticket")
            except BadCell as bad:
                code, detail = bad.code, bad.detail
        if code:
            yield Rejected(ticket=ticket, reason=code, detail=f"{file}, row {line.row}: {detail}")


def _companies(told: list[Row]) -> Iterator[Row]:
    """Groups and organizations, which files know by their names only."""
    tickets = [row for row in told if isinstance(row, Ticket)]
    moves = [row for row in told if isinstance(row, Event)]
    groups = {*(t.group for t in tickets), *(e.old for e in moves), *(e.new for e in moves)}
    for group in sorted(filter(None, groups)):
        yield Group(group=group, name=group)
    for organization in sorted({ticket.organization for ticket in tickets if ticket.organization}):
        yield Organization(organization=organization, name=organization)
