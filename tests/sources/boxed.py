"""What is asked of a source whose helpdesk can be broken: each flavour of the sandbox inherits `InABox`.

A class sets `kind` (of the source and of the flavour alike), `settings`, and whatever of the following its
helpdesk does otherwise. The world is small: a whole run takes a few seconds.
"""

from __future__ import annotations

import dataclasses
import json
import os
import re
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any, ClassVar

import msgspec
import pytest

from auditlib.caselog import rows as r
from auditlib.http import open_session
from auditlib.sandbox import Box, World, serve, world
from auditlib.sandbox.plan import Plan
from auditlib.sources import Chunk, CredentialsRefused, Page, Settings, SourceChanged, SourceError, Window, load
from auditlib.waiting import Manners
from tests.sources.conformance import Conformance, by_ticket, encoded, read_all

QUICK = Manners(sleep=lambda seconds: None, jitter=lambda: 0.0, timeout=(5.0, 0.4))
LIVE = Window("live", 1)
EARLIER, LATER = "2026-05-01T00:00:00Z", "2026-09-01T00:00:00Z"
PASSING = ("rate_limited", "server_error", "dropped")
SEED = 53
"""A small world in which tickets are deleted, purged, merged, followed up, rated, and rated again."""
ALLOWED = 1.1
"""So many times its bound may a source ask: retries after trouble are not among it."""


def settings_of(kind: str, **mapped: Any) -> Settings:
    """The settings of a source that may ask the box as fast as it answers; `mapped`: what of the company is its own."""
    return Settings(name=kind, kind=kind, connection=kind, since=1, max_share_of_rate_limit=1.0, **mapped)


class Killed(BaseException):
    """The process dies in the middle of a request."""


class Asking:
    """Asks the box as a night would; counts, and dies at the request that a test names."""

    def __init__(self, box: Box, settings: Settings, dies_at: int | None = None) -> None:
        self._get = open_session(box.connection, settings, QUICK)
        self.asked, self._dies_at = 0, dies_at

    def __call__(self, path: str, params: Mapping[str, Any] | None = None, **more: Any) -> Page:
        self.asked += 1
        if self.asked == self._dies_at:
            raise Killed
        return self._get(path, params, **more)

    @property
    def requests_per_minute(self) -> int | None:
        return self._get.requests_per_minute


class InABox(Conformance):
    kind: ClassVar[str]
    here: ClassVar[Settings]
    """The settings of the source: everything mapped that the simulated company has of its own."""
    tickets_path: ClassVar[str] = "/tickets"
    """In which requests a ticket's own record is listed: there records are spoiled."""
    needed_field: ClassVar[str] = "created_at"
    tickets: ClassVar[int] = 60

    @staticmethod
    def written(plan: Plan) -> list[tuple[int, bool]]:
        """When something was written into a ticket, and whether the customer sees it, as this helpdesk shows it."""
        return [(act.at, act.message.is_public) for act in plan.acts if act.message]

    @staticmethod
    def is_gone(plan: Plan, at: int) -> bool:
        """Whether a ticket can no longer be read at a moment: elsewhere merged ones vanish too."""
        return plan.is_deleted(at)

    @staticmethod
    def moved_on(plan: Plan) -> list[tuple[int, bool]]:
        """The same of what goes on in the ticket into which this one was merged: elsewhere nothing does."""
        return []

    @pytest.fixture(scope="class")
    @classmethod
    def company(cls) -> World:
        return world(tickets=cls.tickets, seed=SEED)

    @pytest.fixture(scope="class")
    @classmethod
    def module(cls) -> ModuleType:
        return load(cls.kind)

    @pytest.fixture(scope="class")
    @classmethod
    def still(cls, company: World) -> Iterator[Box]:
        with serve(company, flavour=cls.kind) as box:
            yield box

    @pytest.fixture(scope="class")
    @classmethod
    def get(cls, still: Box) -> Asking:
        return Asking(still, cls.here)

    @pytest.fixture(scope="class")
    @classmethod
    def settings(cls) -> Settings:
        return cls.here

    @pytest.fixture(scope="class")
    @classmethod
    def window(cls) -> Window:
        return LIVE

    @pytest.fixture
    def box(self, company: World) -> Iterator[Box]:
        with serve(company, flavour=self.kind) as running:
            yield running

    def fetched(self, box: Box, cursors: Mapping[str, Any] | None = None, **options: Any) -> list[Chunk]:
        told = dataclasses.replace(self.here, options={**self.here.options, **options})
        return list(load(self.kind).fetch(Asking(box, told), cursors or {}, LIVE, told))

    def told(self, box: Box, **options: Any) -> list[Any]:
        return read_all(load(self.kind), self.fetched(box, **options), self.here)

    # What is there

    def test_what_was_written_in_the_box_is_what_is_read(self, company, rows):
        events = by_ticket(rows)
        for plan in company.plans:
            if not self.is_gone(plan, company.end):
                read = [(e.occurred_at, e.is_public) for e in events[str(plan.id)] if e.kind == "message"]
                theirs = [told for p in company.plans if p.facts.merged_into is plan for told in self.moved_on(p)]
                assert sorted(read) == sorted([*self.written(plan), *theirs]), plan.id

    def test_it_has_as_many_tickets_as_the_helpdesk_counts_itself(self, module, get, settings, rows):
        counted = module.introduce(get, settings).tickets
        if counted is not None:
            assert counted == sum(row.status != "deleted" for row in rows if isinstance(row, r.Ticket))

    def test_deleted_and_merged_tickets_are_told_as_far_as_it_claims(self, module, company, rows):
        tickets = {row.ticket: row for row in rows if isinstance(row, r.Ticket)}
        for plan in company.plans:
            shown = tickets.get(str(plan.id))
            if plan.is_deleted(company.end):
                assert shown is None or shown.status == "deleted"
            elif module.CAPABILITIES.merges and plan.facts.merged_into:
                assert shown.merged_into == str(plan.facts.merged_into.id)

    @pytest.mark.parametrize("size", [1, 2, 100])
    def test_every_page_size_tells_the_same(self, box, rows, size):
        assert encoded(self.told(box, page_size=size)) == encoded(rows)

    def test_more_changes_in_one_second_than_a_page_holds_are_all_read(self, box, company):
        box.fault("burst", count=len(company.plans))
        read = {row.ticket for row in self.told(box, page_size=7) if isinstance(row, r.Ticket)}
        assert {str(p.id) for p in company.plans if not self.is_gone(p, company.end)} <= read

    def test_an_empty_helpdesk_is_proven_to_be_empty(self, box, company):
        box.set_clock("2025-11-01T00:00:00Z")
        assert all(p.created_at > box.now for p in company.plans)
        chunks = self.fetched(box)
        assert not [row for row in read_all(load(self.kind), chunks, self.here) if isinstance(row, r.Ticket)]
        assert chunks[-1].complete_until is not None

    def test_without_the_helpdesks_own_clock_nothing_is_proven(self, box):
        asking = Asking(box, self.here)

        def timeless(*args: Any, **more: Any) -> Page:
            return msgspec.structs.replace(asking(*args, **more), served_at=None)

        chunks = list(load(self.kind).fetch(timeless, {}, LIVE, self.here))
        assert [chunk.complete_until for chunk in chunks] == [None] * len(chunks)

    # Night after night

    def test_a_later_night_brings_what_moved_and_nothing_is_lost_or_doubled(self, box):
        module = load(self.kind)
        box.set_clock(EARLIER)
        first = self.fetched(box)
        box.set_clock(LATER)
        cursors = {chunk.stream: json.loads(json.dumps(dict(chunk.cursor))) for chunk in first}
        second = self.fetched(box, cursors)
        known = _known(read_all(module, first, self.here)) | _known(read_all(module, second, self.here))
        assert known == _known(self.told(box))
        assert len(by_ticket(read_all(module, second, self.here))) < len(by_ticket(self.told(box)))

    def test_killed_at_any_request_it_goes_on_where_it_was(self, box):
        module = load(self.kind)
        box.set_clock("2026-01-15T00:00:00Z")
        asking = Asking(box, self.here)
        whole = encoded(read_all(module, module.fetch(asking, {}, LIVE, self.here), self.here))
        step = max(1, asking.asked // 40)
        for request in range(1, asking.asked + 1, step):
            landed: list[Chunk] = []
            try:
                for chunk in module.fetch(Asking(box, self.here, dies_at=request), {}, LIVE, self.here):
                    landed.append(chunk)
            except Killed:
                pass
            cursors = {chunk.stream: json.loads(json.dumps(dict(chunk.cursor))) for chunk in landed}
            rest = list(module.fetch(Asking(box, self.here), cursors, LIVE, self.here))
            assert encoded(read_all(module, [*landed, *rest], self.here)) == whole, request

    def test_it_keeps_to_the_number_of_requests_that_it_states(self, module, still, rows):
        asking = Asking(still, self.here)
        list(module.fetch(asking, {}, LIVE, self.here))
        kinds = Counter(type(row) for row in rows)
        others = sum(kinds[kind] for kind in (r.Person, r.Organization, r.RoleChange))
        assert asking.asked <= ALLOWED * module.REQUESTS.at_most(kinds[r.Ticket], others)

    # Trouble

    @pytest.mark.parametrize("kind", [*PASSING, "slow"])
    def test_trouble_that_passes_changes_nothing(self, box, rows, kind):
        for skip in range(0, 20, 4):
            box.fault(kind, skip=skip, count=2 if kind != "slow" else 1, seconds=0.6)
        assert self.told(box) == rows
        assert box.faults.waiting() == []

    @pytest.mark.parametrize("kind", ["repeated_page", "shifted_page"])
    def test_pages_that_repeat_or_shift_change_nothing(self, box, rows, kind):
        box.fault(kind, path=self.tickets_path, skip=1, count=2)
        assert _known(self.told(box, page_size=7)) == _known(rows)

    @pytest.mark.parametrize("kind", ["html", "malformed_json"])
    def test_an_answer_that_is_none_is_an_error_that_names_the_page(self, box, kind):
        box.fault(kind, path=self.tickets_path)
        with pytest.raises(SourceError, match=re.escape(self.tickets_path)):
            self.told(box)

    @pytest.mark.parametrize("skip", [0, 5])
    def test_credentials_that_expire_stop_it(self, box, skip):
        box.fault("refused", status=401, skip=skip, count=1000)
        with pytest.raises(CredentialsRefused, match="401"):
            self.told(box)

    def test_a_stream_that_is_closed_is_reported_and_never_read_as_empty(self, box, rows):
        self.told(box)
        closed = {re.sub(r"\d+", "0", path): path for path in box.requests()}
        for path in closed.values():
            box.fault("refused", path=path, status=403, count=1000)
            assert "403" in self._said_without(box), path
            box.faults.clear()

    def _said_without(self, box: Box) -> str:
        """What the source says of a stream that it cannot read: an error, or notices."""
        try:
            return " ".join(row.field for row in self.told(box) if isinstance(row, r.Notice))
        except SourceError as error:
            return str(error)

    def test_a_status_that_nobody_mapped_stops_it_with_the_line_to_add(self, box):
        box.fault("unknown_status", path=self.tickets_path, count=3)
        with pytest.raises(SourceChanged, match=r"statuses = \{"):
            self.told(box)

    def test_a_record_that_cannot_be_read_is_rejected_and_the_others_are_not(self, box, rows):
        box.fault("missing_field", path=self.tickets_path, field=self.needed_field)
        told = self.told(box)
        bad = [row for row in told if isinstance(row, r.Rejected)]
        assert [row.reason for row in bad] == ["missing_field"]
        assert bad[0].ticket in {row.ticket for row in rows if isinstance(row, r.Ticket)}
        kept = {row.ticket for row in told if isinstance(row, r.Ticket)}
        assert kept == {row.ticket for row in rows if isinstance(row, r.Ticket)} - {bad[0].ticket}

    def test_the_time_zone_of_this_machine_does_not_matter(self, module, chunks, settings, rows):
        before = os.environ.get("TZ")
        os.environ["TZ"] = "Pacific/Kiritimati"
        time.tzset()
        try:
            assert read_all(module, chunks, settings) == rows
        finally:
            os.environ.pop("TZ")
            os.environ.update({"TZ": before} if before else {})
            time.tzset()


def _known(rows: list[Any]) -> dict[Any, Any]:
    """What stands after these rows: the last word about each ticket, person and the rest."""
    found: dict[Any, Any] = {}
    for ticket, events in by_ticket(rows).items():
        # A ticket that is told twice is told whole each time; the later one holds.
        last = {(event.seq, event.kind): event for event in events}
        found["events", ticket] = sorted(map(msgspec.json.encode, last.values()))
    for row in rows:
        match row:
            case r.Ticket():
                found["ticket", row.ticket] = row
            case r.Person():
                found["person", row.person] = row
            case r.Organization():
                found["organization", row.organization] = row
    return found
