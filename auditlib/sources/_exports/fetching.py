"""The folder's deliveries as chunks of whole tickets, and until when they are complete."""

from __future__ import annotations

import contextlib
import pathlib
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Any

import msgspec

from auditlib.caselog.rows import BadRecord, moment
from auditlib.sources import Chunk, Get, Page, Settings, SourceError
from auditlib.sources._exports import cells as cell
from auditlib.sources._exports.buckets import Buckets, Whole
from auditlib.sources._exports.columns import Columns
from auditlib.sources._exports.deliveries import LOGS, Delivery, deliveries, people
from auditlib.sources._exports.folder import checksum, listed
from auditlib.sources._exports.lines import Line, encoded
from auditlib.sources._exports.log import traces
from auditlib.sources._exports.tables import records

STREAM = "files"
TICKETS = 2000
"""Tickets in a chunk."""
PEOPLE = 5000
UNPACKED = 8
"""How many times larger compressed files are once they are read."""
KNOWN = {
    "folder", "tickets", "events", "people", "columns", "delimiter", "encoding", "time_zone", "time_format",
    "complete_until", "activities", "rating_scale",
}  # fmt: skip
MANIFEST = "manifest.json"


class Fetching:
    """One look into a folder."""

    def __init__(self, get: Get, settings: Settings) -> None:
        if unknown := sorted(set(settings.options) - KNOWN):
            raise SourceError(
                f"{settings.name}: files know no option {unknown[0]!r}; they know {', '.join(sorted(KNOWN))}"
            )
        self.get, self.settings, self.options = get, settings, settings.options
        self.sizes = listed(get)
        self.deliveries = deliveries(self.sizes, self.options)
        self.people = people(self.sizes, self.options)
        self.columns = {stream: Columns(stream, self.options) for stream in ("tickets", "events", "people")}
        self.moments = cell.Moments(self.options)
        self.latest: int | None = None
        if not self.deliveries:
            raise SourceError(
                f"{settings.name}: no tickets among the folder's files ({', '.join(self.sizes) or 'none'}); "
                'put tickets.csv there (or .parquet, .jsonl, .xes), or write options = { tickets = "export*" }'
            )

    def chunks(self, cursor: Mapping[str, Any]) -> Iterator[Chunk]:
        """What has not landed yet; then until when everything is told."""
        landed, self.latest = dict(cursor.get("landed", {})), cursor.get("latest")
        for file in self.people:
            if self._are_new((file,), landed):
                yield from self._landing((file,), landed, self._people_pages(file))
        must_read = False
        for delivery in self.deliveries:
            # A delivery that is read again would undo what later ones told: they are read again, too.
            must_read = must_read or self._are_new(delivery.files, landed)
            if must_read:
                yield from self._landing(delivery.files, landed, self._delivery_pages(delivery))
        yield Chunk(stream=STREAM, pages=[], cursor=self._cursor(landed), complete_until=self._complete_until())

    @cached_property
    def sums(self) -> dict[str, str]:
        """File → checksum, of everything that is read."""
        files = [*self.people, *(file for delivery in self.deliveries for file in delivery.files)]
        return {file: checksum(self.get, file) for file in files}

    def _are_new(self, files: Sequence[str], landed: Mapping[str, str]) -> bool:
        return any(landed.get(file) != self.sums[file] for file in files)

    def _landing(self, files: Sequence[str], landed: dict[str, str], pages: Iterator[list[Page]]) -> Iterator[Chunk]:
        """The chunks of some files, which have landed once the last one has."""
        for some in pages:
            yield Chunk(stream=STREAM, pages=some, cursor=self._cursor(landed))
        landed.update({file: self.sums[file] for file in files})

    def _cursor(self, landed: Mapping[str, str]) -> dict[str, Any]:
        return {"landed": dict(landed), "latest": self.latest}

    def _people_pages(self, file: str) -> Iterator[list[Page]]:
        lines = self._checked("people", file)
        while some := list(islice(lines, PEOPLE)):
            yield [Page(stream="people", url=file, body=b"".join(map(encoded, some)))]

    def _delivery_pages(self, delivery: Delivery) -> Iterator[list[Page]]:
        told = {
            "has_events": delivery.events is not None,
            "is_log": delivery.tickets is None,
            "has_people": bool(self.people),
        }
        about = Page(stream="folder", url="", body=msgspec.json.encode(told))
        with tempfile.TemporaryDirectory() as folder:
            buckets = Buckets(pathlib.Path(folder), self._size(delivery))
            for stream, line in self._lines(delivery):
                buckets.add(self._ticket_of(stream, line), stream, line)
            for some in buckets.tickets(TICKETS):
                yield [about, *self._customers(some), *_pages(delivery, some)]

    @cached_property
    def everybody(self) -> dict[str | None, bytes]:
        """Person → record. Held in memory: a subject is masked by the name of the one who wrote it."""
        columns, found = self.columns["people"], dict[str | None, bytes]()
        for file in self.people:
            for line in self._checked("people", file):
                if person := _identity(columns, line, "person"):
                    found[person] = encoded(line)
        return found

    def _customers(self, some: Sequence[Whole]) -> Iterator[Page]:
        lines = (msgspec.json.decode(raw, type=Line) for whole in some for raw in whole.get("tickets", ()))
        people = dict.fromkeys(_identity(self.columns["tickets"], line, "requester") for line in lines)
        if told := [self.everybody[person] for person in people if person in self.everybody]:
            yield Page(stream="people", url="customers", body=b"".join(told))

    def _lines(self, delivery: Delivery) -> Iterator[tuple[str, Line]]:
        if delivery.events and delivery.events.lower().removesuffix(".gz").endswith(LOGS):
            yield from traces(self.get, delivery.events, self.sizes[delivery.events])
            return
        for stream, file in (("tickets", delivery.tickets), ("events", delivery.events)):
            for line in self._checked(stream, file) if file else ():
                yield stream, line

    def _checked(self, stream: str, file: str) -> Iterator[Line]:
        """The lines of a table that has the columns it needs."""
        is_first = "json" not in file.rpartition("/")[2].partition(".")[2]
        for line in records(self.get, file, self.sizes[file], self.options):
            if is_first and line.cells is not None:
                self.columns[stream].check(file, line.cells)
                is_first = False
            yield line

    def _ticket_of(self, stream: str, line: Line) -> str | None:
        """The record's ticket, if it can be told; notes the latest moment on the way."""
        if line.cells is not None and "complete_until" not in self.options:
            named = self.columns[stream].named(line.cells)
            with contextlib.suppress(cell.BadCell):
                at = self.moments.of(named, "created_at" if stream == "tickets" else "occurred_at")
                self.latest = max(self.latest or 0, at)
        return _identity(self.columns[stream], line, "ticket")

    def _size(self, delivery: Delivery) -> int:
        return sum(
            self.sizes[file] * (UNPACKED if file.endswith((".gz", ".parquet")) else 1) for file in delivery.files
        )

    def _complete_until(self) -> int | None:
        """As told in audit.toml or in manifest.json; otherwise the latest moment in any file so far."""
        told = self.options.get("complete_until")
        where = "complete_until in audit.toml"
        if told is None and MANIFEST in self.sizes:
            where = f"complete_until in {MANIFEST}"
            told = _manifest(self.get).get("complete_until")
        if told is None:
            return self.latest
        try:
            return moment(told)
        except BadRecord as error:
            raise SourceError(f"{self.settings.name}: {where}: {error}") from None


def _identity(columns: Columns, line: Line, name: str) -> str | None:
    """An id of a record; None if it has none that can be read: reading says why."""
    try:
        return cell.identity(columns.named(line.cells or {}), name)
    except cell.BadCell:
        return None


def _manifest(get: Get) -> Mapping[str, Any]:
    manifest = get(MANIFEST, stream="folder").json()
    if not isinstance(manifest, dict):
        raise SourceError(f'{MANIFEST} holds no object; {{"complete_until": "2026-03-02T00:00:00Z"}} would be right')
    return manifest


def _pages(delivery: Delivery, some: Sequence[Whole]) -> Iterator[Page]:
    for stream, file in (("tickets", delivery.tickets or delivery.events), ("events", delivery.events)):
        lines = [line for whole in some for line in whole.get(stream, ())]
        if lines:
            yield Page(stream=stream, url=file or "", body=b"".join(bytes(line) + b"\n" for line in lines))
