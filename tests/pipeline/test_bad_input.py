"""Each kind of bad input: a clear error or a quarantined ticket, and nothing that was stored is lost."""

from __future__ import annotations

import pathlib
from collections.abc import Callable

import pytest

from auditlib.sandbox import Box
from tests.loopback import Answer, serving
from tests.pipeline.conftest import SECOND
from tests.pipeline.exports import a_ticket, deliver, its_events
from tests.pipeline.house import House, files_source
from tests.pipeline.sameness import CASE_LOG, assert_same, measure_tables

TOLD = [name for name in CASE_LOG if name not in ("register",)]


@pytest.fixture
def house(first_night: House, box: Box, tmp_path: pathlib.Path) -> House:
    box.faults.clear()
    return first_night.copy(tmp_path / "house")


def missing(house: House, day: str = SECOND) -> str:
    """Audits a night without its only source, and gives the reason; leaders see it with the last good figures."""
    before = house.tables()
    published = house.night(day)
    assert published["missing_sources"] == list(house.run_sources(published["run"]))
    after = house.tables()
    assert_same(before, after, [name for name in ("tickets", "events", *measure_tables(before)) if name in TOLD])
    counted = house.rows("SELECT COUNT(*) AS n FROM ticket_audit").n[0]
    assert counted == len(before["ticket_versions"])
    [state] = house.run_sources(published["run"]).values()
    return str(state["error"])


HTTP = {
    "html": (
        lambda box: box.fault("html", path="/incremental/tickets"),
        ("answered with HTML instead of JSON", "connection's host"),
    ),
    "malformed JSON": (
        lambda box: box.fault("malformed_json", path="/incremental/tickets"),
        ("malformed JSON",),
    ),
    "an unknown status": (
        lambda box: box.fault("unknown_status", path="/incremental/tickets"),
        ("quantum", "statuses"),
    ),
}


@pytest.mark.parametrize("kind", HTTP)
def test_an_answer_that_cannot_be_trusted_leaves_the_source_out(house: House, box: Box, kind: str) -> None:
    trouble, words = HTTP[kind]
    trouble(box)
    error = missing(house)
    assert all(word in error for word in words), error


def test_after_an_answer_that_could_not_be_read_the_next_night_has_everything(
    house: House, box: Box, third_night: House
) -> None:
    box.fault("malformed_json", path="/audits", skip=2)
    assert house.night(SECOND)["missing_sources"] == ["sandbox"]
    house.night("2026-10-21")
    one, other = house.tables(), third_night.tables()
    names = ["tickets", "events", "markers", "people", "role_history"]
    held = [{name: t[name][t[name].to_run.isna()] for name in names} for t in (one, other)]
    assert_same(*held, names, without=("from_run", "to_run", "raw_part"))


def test_an_unknown_status_goes_through_once_it_is_mapped(house: House, box: Box) -> None:
    box.fault("unknown_status", path="/incremental/tickets")
    assert "quantum" in missing(house)
    house.sources = [house.sources[0].replace("statuses = { ", 'statuses = { quantum = "open", ')]
    house.write_config()
    assert house.again(SECOND)["missing_sources"] == []


@pytest.mark.parametrize(("kind", "field"), [("missing_field", "created_at"), ("wrong_types", "")])
def test_a_ticket_that_cannot_be_read_goes_into_quarantine_whole(house: House, box: Box, kind: str, field: str) -> None:
    box.fault(kind, path="/incremental/tickets", **({"field": field} if field else {}))
    published = house.night(SECOND)
    assert published["missing_sources"] == []
    quarantined = house.rows("SELECT * FROM quarantine_versions WHERE to_run IS NULL")
    assert len(quarantined) == 1
    assert "created_at" in quarantined.detail[0]
    assert_accounted(house, published["run"], quarantined=1)
    seen = house.rows("SELECT * FROM ticket_audit")
    own = seen[seen.ticket == f"sandbox:{quarantined.ticket[0]}"]
    assert own.empty or own.exclusion_code.notna().all()


def test_ten_megabytes_in_one_answer_are_no_trouble(house: House, box: Box) -> None:
    box.fault("huge_body", path="/audits", skip=3)
    published = house.night(SECOND)
    assert published["missing_sources"] == []
    assert not box.faults.waiting()
    assert len(house.table("ticket_audit")) > len(house.rows("SELECT * FROM ticket_versions WHERE from_run = 1"))


def test_ten_megabytes_in_one_message_of_an_export_are_no_trouble(exported: House, tmp_path: pathlib.Path) -> None:
    house = exported.copy(tmp_path / "house")
    events = its_events(300, "2026-10-08")
    events[1]["body"] = "Where is it? " * 800_000
    deliver(house.folder / "mail", "2", [a_ticket(300, "2026-10-08")], events, UNTIL)
    assert house.night("2026-10-08")["missing_sources"] == []
    reply = house.rows("SELECT first_reply_minutes AS m FROM ticket_audit WHERE ticket = 'mail:300'")
    assert reply.m.tolist() == [120.0]


def test_expired_credentials_say_what_to_renew(house: House) -> None:
    house.locked_out = {"sandbox"}
    error = missing(house)
    assert "answered 401" in error
    assert "renew it in the connection" in error


def test_a_wrong_address_is_told_from_a_helpdesk(house: House, box: Box) -> None:
    page = Answer(b"<!doctype html><title>Welcome</title>", headers={"Content-Type": "text/html"})
    with serving([page]) as elsewhere:
        house.connection = lambda source: {"host": elsewhere.url, "login": "x", "password": "y"}  # type: ignore[method-assign]
        error = missing(house)
    assert "HTML instead of JSON" in error
    assert "the helpdesk's own API address" in error


# Rows of a folder's files.

SINCE, UNTIL = "2026-10-07", "2026-10-09T00:30:00Z"
THIRTY = range(1, 31)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> House:
    house = House(tmp_path_factory.mktemp("exported") / "house", [files_source("mail")])
    rows = [event for n in THIRTY for event in its_events(n)]
    deliver(house.folder / "mail", "1", [a_ticket(n) for n in THIRTY], rows, "2026-10-08T00:30:00Z")
    house.night("2026-10-07")
    return house


def assert_accounted(house: House, run: int, quarantined: int) -> None:
    [state] = house.run_sources(run).values()
    assert state["records_quarantined"] == quarantined
    assert state["records_in"] == state["records_out"] + quarantined


def spoiled(number: int, how: Callable[[dict[str, str], list[dict[str, str]]], None]) -> tuple:
    ticket, events = a_ticket(number, "2026-10-08"), its_events(number, "2026-10-08")
    how(ticket, events)
    return ticket, events


def changing(where: str, name: str, value: str) -> Callable:
    def spoil(ticket: dict[str, str], events: list[dict[str, str]]) -> None:
        (ticket if where == "ticket" else events[2])[name] = value

    return spoil


BAD = {
    "a missing field": (changing("ticket", "created_at", ""), "missing_field", "created_at"),
    "a wrong type": (changing("event", "is_public", "perhaps"), "wrong_type", "is_public"),
    "no zone": (changing("event", "occurred_at", "2026-10-08 10:00:00"), "", "zone"),
    "a negative interval": (changing("event", "occurred_at", "2026-10-08T07:00:00Z"), "-0", ""),
    "the future": (changing("event", "occurred_at", "2031-01-01T00:00:00Z"), "-0", ""),
}


def test_each_false_row_takes_its_ticket_into_quarantine_and_a_correction_releases_it(
    exported: House, tmp_path: pathlib.Path
) -> None:
    house = exported.copy(tmp_path / "house")
    numbers = {kind: 101 + n for n, kind in enumerate(BAD)}
    made = [spoiled(numbers[kind], how) for kind, (how, _, _) in BAD.items()]
    tickets = [*(ticket for ticket, _ in made), a_ticket(200, "2026-10-08")]
    events = [*(event for _, rows in made for event in rows), *its_events(200, "2026-10-08")]
    deliver(house.folder / "mail", "2", tickets, events, UNTIL)

    published = house.night("2026-10-08")
    assert published["missing_sources"] == []
    rows = house.rows("SELECT * FROM quarantine_versions WHERE to_run IS NULL")
    assert set(rows.ticket) == {str(number) for number in numbers.values()}
    for kind, (_, reason, word) in BAD.items():
        own = rows[rows.ticket == str(numbers[kind])]
        assert own.reason.str.contains(reason).all(), kind
        assert own.detail.str.contains(word).all(), kind
    assert_accounted(house, published["run"], quarantined=len(BAD))
    in_scope = house.rows("SELECT ticket FROM ticket_audit WHERE exclusion_code IS NULL").ticket
    assert sorted(in_scope) == sorted(f"mail:{n}" for n in (*THIRTY, 200))

    good = [(a_ticket(n, "2026-10-08"), its_events(n, "2026-10-08")) for n in numbers.values()]
    deliver(house.folder / "mail", "3", [t for t, _ in good], [e for _, rows in good for e in rows], UNTIL)
    released = house.night("2026-10-09")
    assert house.rows("SELECT * FROM quarantine_versions WHERE to_run IS NULL").empty
    assert_accounted(house, released["run"], quarantined=0)
    measured = house.rows("SELECT ticket, first_reply_minutes AS m FROM ticket_audit WHERE exclusion_code IS NULL")
    assert dict(zip(measured.ticket, measured.m, strict=True)) == {f"mail:{n}": 120.0 for n in (*THIRTY, 200)} | {
        f"mail:{n}": 120.0 for n in numbers.values()
    }


def test_two_tickets_with_one_id_are_both_put_aside(exported: House, tmp_path: pathlib.Path) -> None:
    house = exported.copy(tmp_path / "house")
    twice = [a_ticket(7), a_ticket(7, "2026-10-08", subject="Another")]
    deliver(house.folder / "mail", "2", twice, its_events(7), UNTIL)
    published = house.night("2026-10-08")
    rows = house.rows("SELECT * FROM quarantine_versions WHERE to_run IS NULL")
    assert rows.reason.tolist() == ["two_tickets_one_id"]
    assert "ids must be unique" in rows.detail[0]
    assert_accounted(house, published["run"], quarantined=1)
    seven = house.rows("SELECT * FROM ticket_audit WHERE ticket = 'mail:7'")
    assert len(seven) == 1, "what was known of it stays"
    assert "quarantine" in seven.exclusion_reason[0]


def test_a_source_of_which_too_many_tickets_cannot_be_read_is_refused(exported: House, tmp_path: pathlib.Path) -> None:
    house = exported.copy(tmp_path / "house")
    tickets = [a_ticket(n, created_at="yesterday") for n in range(101, 113)]
    deliver(house.folder / "mail", "2", tickets, [e for n in range(101, 113) for e in its_events(n)], UNTIL)
    assert "12 of 12 tickets could not be read" in missing(house, "2026-10-08")
    assert "12 of 12 tickets could not be read" in missing(house, "2026-10-09")


def test_a_night_that_is_proven_quiet_is_complete(exported: House, tmp_path: pathlib.Path) -> None:
    house = exported.copy(tmp_path / "house")
    (house.folder / "mail" / "manifest.json").write_text(f'{{"complete_until": "{UNTIL}"}}')
    published = house.night("2026-10-08")
    assert published["missing_sources"] == []
    [state] = house.run_sources(published["run"]).values()
    assert (state["state"], state["counts_until"]) == ("quiet", 1_791_496_800)


def test_an_empty_answer_that_proves_nothing_is_not_a_quiet_night(tmp_path: pathlib.Path) -> None:
    house = House(tmp_path / "house", [files_source("mail"), files_source("shop")])
    rows = [event for n in THIRTY for event in its_events(n)]
    deliver(house.folder / "shop", "1", [a_ticket(n) for n in THIRTY], rows, "2026-10-08T00:30:00Z")
    deliver(house.folder / "mail", "1", [], [], UNTIL)
    (house.folder / "mail" / "manifest.json").unlink()
    assert house.night("2026-10-07")["missing_sources"] == ["mail"]
    assert "nothing in its answers proves that there was nothing new" in house.run_sources(1)["mail"]["error"]


def test_a_first_night_on_which_nothing_ever_happened_is_published(tmp_path: pathlib.Path) -> None:
    house = House(tmp_path / "house", [files_source("mail")])
    deliver(house.folder / "mail", "1", [], [], UNTIL)
    published = house.night("2026-10-07")
    assert (published["missing_sources"], published["figures"]) == ([], 0)
