"""What is asked of `read` and of the rows that it gives, whatever the helpdesk."""

from __future__ import annotations

import json
import socket
import zoneinfo
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from types import ModuleType
from typing import Any

import msgspec
import pytest

from auditlib.caselog import rows as r
from auditlib.caselog.words import ActorClass, Kind, Status
from auditlib.sources import NIGHTLY, Capabilities, Chunk, Page, Settings

CHANNELS = {
    "email", "web", "chat", "messaging", "phone", "voice", "counter", "api", "social", "unknown",
}  # fmt: skip
ROLES = {"customer", "agent", "bot", "unknown"}
SINCE_1990, UNTIL_2100 = 631_152_000, 4_102_444_800
MINUTES_A_WEEK = 7 * 24 * 60


def _events(*kinds: str) -> Callable[[Any], bool]:
    return lambda row: isinstance(row, r.Event) and row.kind in kinds


SHOWS: dict[str, Callable[[Any], bool]] = {
    "status_history": _events("status"),
    "assignment_history": _events("assignee", "group"),
    "role_history": lambda row: isinstance(row, r.RoleChange),
    "ratings": _events("rating"),
    "survey_offers": _events("rating_offered"),
    "schedules": lambda row: isinstance(row, r.Schedule),
    "message_text": lambda row: isinstance(row, r.Event) and row.body is not None,
    "deletions": lambda row: _events("deleted")(row) or (isinstance(row, r.Ticket) and row.status == "deleted"),
    "merges": lambda row: _events("merged_into")(row) or (isinstance(row, r.Ticket) and bool(row.merged_into)),
    "vendor_metrics": lambda row: isinstance(row, r.VendorMetric),
    "service_levels": lambda row: isinstance(row, r.Policy) or _events("sla_applied")(row),
    "due_dates": _events("due"),
}


def with_unknown_field(page: Page) -> Page:
    """The page with a field that nobody knows in each record of its lists."""
    body = json.loads(page.body)
    told = body.get("_embedded", body) if isinstance(body, dict) else body
    lists = [told] if isinstance(told, list) else [v for v in told.values() if isinstance(v, list)]
    for record in (record for records in lists for record in records if isinstance(record, dict)):
        record["a_brand_new_field"] = {"since": "today"}
    return msgspec.structs.replace(page, body=json.dumps(body).encode())


class Reading:
    """What is asked of `read`: `module`, `settings` and `chunks` are given."""

    with_unknown_field = staticmethod(with_unknown_field)

    @pytest.fixture(scope="class")
    @classmethod
    def rows(cls, module: ModuleType, chunks: Sequence[Chunk], settings: Settings) -> list[Any]:
        return read_all(module, chunks, settings)

    def test_its_capabilities_are_named(self, module: ModuleType) -> None:
        assert isinstance(module.CAPABILITIES, Capabilities)

    def test_every_row_fits_its_type(self, rows: list[Any]) -> None:
        assert rows
        for row in rows:
            assert isinstance(row, r.Row)
            msgspec.convert(msgspec.to_builtins(row), type(row), strict=True)

    def test_nothing_is_rejected_or_unknown_on_a_healthy_helpdesk(self, rows: list[Any]) -> None:
        assert [row for row in rows if isinstance(row, r.Rejected | r.Notice)] == []

    def test_statuses_kinds_classes_channels_and_roles_are_the_case_logs_words(self, rows: list[Any]) -> None:
        for row in rows:
            if isinstance(row, r.Ticket):
                assert row.status in Status.__members__
                assert row.channel in CHANNELS
            elif isinstance(row, r.Event):
                assert row.kind in Kind.__members__
                assert row.actor_class is None or row.actor_class in ActorClass.__members__
                if row.kind == "status":
                    assert row.new in Status.__members__
                    assert row.old is None or row.old in Status.__members__
            elif isinstance(row, r.Person | r.RoleChange):
                assert row.role in ROLES

    def test_every_moment_is_a_plausible_second(self, rows: list[Any]) -> None:
        for row in rows:
            for name in ("created_at", "occurred_at", "since"):
                at = getattr(row, name, None)
                assert at is None or SINCE_1990 < at < UNTIL_2100, row

    def test_schedules_have_a_real_time_zone_and_hours_within_a_week(self, rows: list[Any]) -> None:
        for row in [row for row in rows if isinstance(row, r.Schedule)]:
            zoneinfo.ZoneInfo(row.time_zone)
            for start, end in row.intervals:
                assert 0 <= start < MINUTES_A_WEEK
                assert start < end <= start + MINUTES_A_WEEK

    def test_the_events_of_a_ticket_have_a_sequence_of_their_own_and_begin_with_its_creation(
        self, rows: list[Any]
    ) -> None:
        events = by_ticket(rows)
        assert events
        for ticket, told in events.items():
            assert max(Counter(event.seq for event in told).values()) == 1, ticket
            assert [event.kind for event in told].count("created") == 1, ticket
            first = min(told, key=lambda event: event.occurred_at)
            created = next(event for event in told if event.kind == "created")
            assert created.occurred_at == first.occurred_at, ticket

    def test_every_ticket_with_a_history_has_one_and_every_history_a_ticket(self, rows: list[Any]) -> None:
        tickets = {row.ticket: row for row in rows if isinstance(row, r.Ticket)}
        events = by_ticket(rows)
        assert set(events) <= set(tickets)
        assert {ticket for ticket, row in tickets.items() if row.has_history} == set(events)

    def test_a_ticket_is_delivered_whole_by_one_chunk(
        self, module: ModuleType, chunks: list[Chunk], settings: Settings
    ) -> None:
        seen: dict[str, list[Any]] = {}
        for chunk in chunks:
            for ticket, told in by_ticket(module.read(chunk.pages, settings)).items():
                assert seen.setdefault(ticket, told) == told

    def test_what_it_claims_to_tell_is_told_and_nothing_else(self, module: ModuleType, rows: list[Any]) -> None:
        told: dict[str, bool | str] = {name: any(map(shows, rows)) for name, shows in SHOWS.items()}
        if any(isinstance(row, r.Look) for row in rows):
            told["status_history"] = NIGHTLY
        assert told == {name: getattr(module.CAPABILITIES, name) for name in SHOWS}

    def test_reading_leaves_the_pages_alone_and_needs_no_network(
        self, module: ModuleType, chunks: list[Chunk], settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: object) -> None:
            raise AssertionError("reading must not call the network")

        monkeypatch.setattr(socket.socket, "connect", refuse)
        for chunk in chunks:
            before = [bytes(page.body) for page in chunk.pages]
            first = list(module.read(chunk.pages, settings))
            assert list(module.read(chunk.pages, settings)) == first
            assert [page.body for page in chunk.pages] == before

    def test_a_field_that_nobody_knows_is_noticed_and_changes_nothing_else(
        self, module: ModuleType, chunks: list[Chunk], settings: Settings
    ) -> None:
        for chunk in chunks:
            rows = list(module.read(chunk.pages, settings))
            if any(not isinstance(row, r.Ability) for row in rows):
                told = list(module.read([self.with_unknown_field(page) for page in chunk.pages], settings))
                noticed = {row.field for row in told if isinstance(row, r.Notice)}
                assert noticed == {"a_brand_new_field"}, chunk.stream
                assert [row for row in told if not isinstance(row, r.Notice)] == rows

    def test_no_page_holds_a_host_or_a_credential(self, chunks: list[Chunk]) -> None:
        for page in (page for chunk in chunks for page in chunk.pages):
            assert "://" not in page.url
            assert "@" not in page.url


def read_all(module: ModuleType, chunks: Iterable[Chunk], settings: Settings) -> list[Any]:
    return [row for chunk in chunks for row in module.read(chunk.pages, settings)]


def by_ticket(rows: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        if isinstance(row, r.Event):
            found[row.ticket].append(row)
    return dict(found)


def is_of_ticket(row: Any) -> bool:
    return isinstance(row, r.Ticket | r.Event | r.VendorMetric)


def encoded(rows: Iterable[Any]) -> set[bytes]:
    return {type(row).__name__.encode() + msgspec.json.encode(row) for row in rows}
