"""The source night by night: what it asks for, where it goes on, and what it refuses to guess."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

import msgspec
import pytest

from auditlib.caselog.rows import Event, Notice, Person, Rejected, Row, Ticket
from auditlib.sources import Chunk, Get, Page, SourceChanged, SourceError, Window, request_tracker
from tests.request_tracker.conftest import FIVE_WEEKS, UNTIL, collect, configured
from tests.request_tracker.history import ENDS_AT, Pen
from tests.request_tracker.server import Tracker
from tests.request_tracker.test_history import second, ticket, told

MINUTE = 60


@pytest.fixture(scope="module")
def chunks(tickets: dict[str, str], ask: Callable[..., Get]) -> list[Chunk]:
    return list(request_tracker.fetch(ask(), {}, FIVE_WEEKS, configured()))


def test_it_is_complete_until_the_trackers_own_clock_less_an_overlap(
    tracker: Tracker, tickets: dict[str, str], ask: Callable[..., Get]
) -> None:
    tracker.at(ENDS_AT)
    *_, last = request_tracker.fetch(ask(), {}, Window("live", UNTIL), configured())
    assert last.complete_until == UNTIL - 10 * MINUTE


def test_a_night_reads_what_changed_since_the_last_one_and_a_quiet_night_proves_itself(
    tracker: Tracker, tickets: dict[str, str], ask: Callable[..., Get]
) -> None:
    pen = Pen(tracker, tickets)
    pen.opens("04-20 14:00", "rosa", "before the night", "Where is my parcel?", "It is late.")
    pen.opens("04-20 14:01", "junk", "deleted later", "More watches", "Buy again.")
    tracker.at("2026-04-21 02:00:00")
    cursors, rows = night(ask(), {})
    assert shown(rows) == {tickets["before the night"], tickets["deleted later"]}
    pen.replies("04-21 15:00", "ana", "before the night", "It arrives today.")
    pen.deletes("04-21 15:02", "bo", "deleted later")
    pen.opens("04-21 15:03", "rosa", "new since", "Thanks, and one thing more", "Is there a receipt?")
    tracker.at("2026-04-22 02:00:00")
    cursors, rows = night(ask(), cursors)
    assert shown(rows) == {tickets[name] for name in ("before the night", "deleted later", "new since")}
    assert told(rows, tickets, "before the night")[0] == "04-20 14:00 rosa opens", "told whole"
    assert ticket(rows, tickets["deleted later"]).status == "deleted"
    tracker.at("2026-04-23 02:00:00")
    cursors, rows = night(ask(), cursors)
    assert rows == []
    assert cursors["tickets"]["since"] == second("04-23 02:00") - 10 * MINUTE


def test_a_change_in_the_overlap_is_read_by_both_nights_and_is_the_same_row(
    tracker: Tracker, tickets: dict[str, str], ask: Callable[..., Get]
) -> None:
    pen = Pen(tracker, tickets)
    pen.opens("04-24 01:55", "rosa", "in the overlap", "Just before the night", "Hello?")
    tracker.at("2026-04-24 02:00:00")
    cursors, first = night(ask(), {})
    tracker.at("2026-04-25 02:00:00")
    _, again = night(ask(), cursors)
    assert ticket(again, tickets["in the overlap"]) == ticket(first, tickets["in the overlap"])
    assert told(again, tickets, "in the overlap") == told(first, tickets, "in the overlap")


def test_a_status_that_nobody_mapped_stops_the_source_with_the_line_to_add(
    tracker: Tracker, tickets: dict[str, str], ask: Callable[..., Get]
) -> None:
    pen = Pen(tracker, tickets)
    pen.calls_in("04-27 10:00", "cy", "workshop", Queue="Workshop", Subject="Broken hinge")
    pen.sets("04-27 11:00", "cy", "workshop", Status="awaiting parts")
    day = Window("a day", second("04-27 00:00"), second("04-28 00:00"))
    assert ticket(collect(ask(), window=day), tickets["workshop"]).status == "on_hold"
    with pytest.raises(SourceChanged, match="'awaiting parts'") as refused:
        collect(ask(), configured(statuses={}), day)
    assert 'statuses = { "awaiting parts" = "open" }' in str(refused.value)
    assert request_tracker.introduce(ask(), configured(statuses={})).statuses["awaiting parts"] is None


def test_an_introduction_names_the_rights_that_an_account_lacks(
    tickets: dict[str, str], ask: Callable[..., Get]
) -> None:
    told_to_reader = request_tracker.introduce(ask(), configured())
    assert set(told_to_reader.streams.values()) == {"ok"}
    assert {"Billing", "Support"} <= set(told_to_reader.groups)
    assert told_to_reader.fields["custom_field:Root cause"] == "Root cause"
    assert set(told_to_reader.choices["custom_field:Root cause"]) == {"Bug", "How-to", "Billing error"}
    assert "custom_field:CSAT" not in told_to_reader.choices  # which takes any words
    lacking = request_tracker.introduce(ask("shortsighted"), configured())
    assert "ShowTicketComments" in lacking.streams["notes"]
    assert any("SeeCustomField" in note for note in lacking.notes)


def test_an_introduction_with_a_wrong_password_says_so_for_each_stream(
    tickets: dict[str, str], ask: Callable[..., Get]
) -> None:
    told_to_stranger = request_tracker.introduce(ask("nobody.known"), configured())
    assert all("401" in outcome for outcome in told_to_stranger.streams.values())


def test_an_option_that_does_not_exist_is_named(ask: Callable[..., Get]) -> None:
    with pytest.raises(SourceError, match="'pagesize'; there are channel, page_size, rating"):
        collect(ask(), configured(options={"pagesize": 5}))


def test_a_page_that_repeats_a_transaction_tells_it_once(chunks: Sequence[Chunk]) -> None:
    plain = [row for chunk in chunks for row in request_tracker.read(chunk.pages, configured())]
    doubled = [row for chunk in chunks for row in request_tracker.read([*chunk.pages] * 2, configured())]
    assert [row for row in doubled if isinstance(row, Event)] == [row for row in plain if isinstance(row, Event)]


def test_a_bot_is_who_audit_toml_says_is_one(chunks: Sequence[Chunk]) -> None:
    said = configured(bots=["cy", "bo@tracker.example"])
    rows = [row for chunk in chunks for row in request_tracker.read(chunk.pages, said)]
    roles = {row.name: row.role for row in rows if isinstance(row, Person)}
    assert (roles["Cy Lead"], roles["Bo Brandt"], roles["Ana Ågren"]) == ("bot", "bot", "agent")


def test_a_history_without_a_beginning_puts_its_ticket_aside(chunks: Sequence[Chunk], tickets: dict[str, str]) -> None:
    def without_creation(item: dict[str, object]) -> dict[str, object] | None:
        return None if item["ObjectId"] == tickets["invoice"] and item["Type"] == "Create" else item

    assert rejected(altered(chunks, "history", without_creation)) == [(tickets["invoice"], "unreadable")]


def test_a_record_without_a_field_that_is_needed_puts_its_ticket_aside(
    chunks: Sequence[Chunk], tickets: dict[str, str]
) -> None:
    def without_subject(item: dict[str, object]) -> dict[str, object]:
        is_it = str(item["id"]) == tickets["invoice"]
        return {name: value for name, value in item.items() if not (is_it and name == "Subject")}

    assert rejected(altered(chunks, "tickets", without_subject)) == [(tickets["invoice"], "missing_field")]


def test_a_kind_of_transaction_that_nobody_knows_is_noticed(chunks: Sequence[Chunk]) -> None:
    def renamed(item: dict[str, object]) -> dict[str, object]:
        return {**item, "Type": "Teleported"} if item["Type"] == "Comment" else item

    notices = [row for row in altered(chunks, "history", renamed) if isinstance(row, Notice)]
    assert notices == [Notice(stream="history", field="Type=Teleported")]


def night(get: Get, cursors: dict[str, dict[str, int]]) -> tuple[dict[str, dict[str, int]], list[Row]]:
    """One night's collection: the cursors as they are stored behind it, and its rows."""
    cursors, rows = dict(cursors), []
    for chunk in request_tracker.fetch(get, cursors, Window("live", UNTIL), configured()):
        cursors[chunk.stream] = json.loads(json.dumps(dict(chunk.cursor)))
        rows += request_tracker.read(chunk.pages, configured())
    return cursors, rows


def shown(rows: Sequence[Row]) -> set[str]:
    return {row.ticket for row in rows if isinstance(row, Ticket)}


def altered(chunks: Sequence[Chunk], stream: str, change: Callable[[dict], dict | None]) -> list[Row]:
    """The rows of pages in which the records of one stream were changed."""

    def page(original: Page) -> Page:
        if original.stream != stream:
            return original
        body = original.json()
        body["items"] = [item for item in map(change, body["items"]) if item is not None]
        return msgspec.structs.replace(original, body=json.dumps(body).encode())

    return [row for chunk in chunks for row in request_tracker.read([*map(page, chunk.pages)], configured())]


def rejected(rows: Sequence[Row]) -> list[tuple[str | None, str]]:
    return [(row.ticket, row.reason) for row in rows if isinstance(row, Rejected)]
