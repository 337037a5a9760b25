"""Case-log rows out of the landed pages of one chunk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditlib.caselog.rows import Person, Rejected, Row
from auditlib.sources import Page, Settings, unknown_fields
from auditlib.sources._exports import cells as cell
from auditlib.sources._exports import words
from auditlib.sources._exports.cells import BadCell
from auditlib.sources._exports.columns import Columns
from auditlib.sources._exports.lines import Cells, decoded
from auditlib.sources._exports.tickets import Reading
from auditlib.sources._shared.identities import identities

KNOWN_BY = {"email": "email", "phone": "phone", "external_id": "external"}


def rows(pages: Sequence[Page], settings: Settings) -> Iterator[Row]:
    """The rows of a chunk of tickets, or of one of people."""
    of = {page.stream: page for page in pages}
    if "people" in of:
        yield from _people(of["people"], settings)
    if "folder" in of:
        files = {stream: of[stream].url if stream in of else "" for stream in ("tickets", "events")}
        lines = {stream: decoded(of[stream].body) for stream in files if stream in of}
        yield from Reading(settings, of["folder"].json()).rows(files, lines)


def _people(page: Page, settings: Settings) -> Iterator[Row]:
    columns = Columns("people", settings.options)
    seen: Cells = {}
    for line in decoded(page.body):
        try:
            if line.cells is None:
                raise BadCell(line.code, line.detail)
            seen |= line.cells
            yield from _person(columns.named(line.cells))
        except BadCell as bad:
            yield Rejected(ticket=None, reason=bad.code, detail=f"{page.url}, row {line.row}: {bad.detail}")
    yield from unknown_fields("people", seen, columns.ours)


def _person(named: Cells) -> Iterator[Row]:
    cell.needed(named, "person")
    person, email = cell.identity(named, "person") or "", cell.text(named, "email")
    yield Person(
        person=person,
        role=words.role(cell.needed(named, "role")),
        name=cell.text(named, "name"),
        email=email,
        language=cell.text(named, "language"),
        organization=cell.text(named, "organization"),
    )
    for column, kind in KNOWN_BY.items():
        yield from identities(person, kind, cell.text(named, column), is_verified=True)
