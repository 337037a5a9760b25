"""What a Request Tracker does that misleads its readers: each trap as it is, and that the rows are right."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from auditlib.caselog.rows import Event, Person, Row, Ticket
from auditlib.sources import Get, Page, Window
from tests.request_tracker import server
from tests.request_tracker.conftest import OPTIONS, SINCE, collect, configured
from tests.request_tracker.server import Tracker
from tests.request_tracker.test_history import events_of, second, ticket, told
from tests.request_tracker.worked_by_hand import TICKETS

NEVER = "1970-01-01T00:00:00Z"


@pytest.fixture
def raw(tracker: Tracker, tickets: dict[str, str]) -> Callable[..., Any]:
    """The tracker's own answer to the auditor."""

    def answer(path: str, login: str = "reader") -> Any:
        return tracker.act(login, "GET", path)

    return answer


def test_an_auditor_is_told_neither_a_total_nor_a_next_page_but_gets_every_row(
    raw: Callable[..., Any], ask: Callable[..., Get], rows: Sequence[Row]
) -> None:
    answer = raw("transactions?query=ObjectType='RT::Ticket'&per_page=5")
    assert (answer["count"], answer["total"], answer["pages"]) == (5, None, None)
    assert "next_page" not in answer
    assert encoded(collect(ask(), configured(options={**OPTIONS, "page_size": 5}))) == encoded(rows)


def test_a_short_page_is_not_the_last_one_where_rows_are_hidden(
    raw: Callable[..., Any], ask: Callable[..., Get], rows: Sequence[Row], tickets: dict[str, str]
) -> None:
    first = raw(
        f"transactions?query=ObjectType='RT::Ticket' AND ObjectId={tickets['invoice']}&per_page=4",
        "shortsighted",
    )
    assert first["count"] < 4, "the note and the outgoing mail are dropped from the page, which is not refilled"
    seen = collect(ask("shortsighted"), configured(options={**OPTIONS, "page_size": 4}))
    for name in TICKETS:
        public = [line for line in told(rows, tickets, name) if not hidden_from_the_shortsighted(line)]
        assert list(told(seen, tickets, name)) == public


def hidden_from_the_shortsighted(line: str) -> bool:
    return line.endswith("notes") or ": topic" in line or ": rating" in line


def test_a_search_reads_times_in_the_zone_of_who_asks_but_a_window_is_the_same_for_all(
    raw: Callable[..., Any], ask: Callable[..., Get], tickets: dict[str, str]
) -> None:
    morning = "tickets?query=LastUpdated >= '2026-03-26 08:00:00' AND LastUpdated < '2026-03-26 10:00:00'"
    assert numbers(raw(morning, "shortsighted")) == [tickets["rejected"]], "her zone is UTC"
    assert numbers(raw(morning, "reader")) == [], "his is New York's"
    rejected_at = second("03-26 09:00")
    for login in ("reader", "ana", "shortsighted"):
        found = collect(ask(login), window=Window("one second", rejected_at, rejected_at + 1))
        assert [row.ticket for row in found if isinstance(row, Ticket)] == [tickets["rejected"]]


def test_dates_that_were_never_set_are_in_1970_and_become_no_moment(
    raw: Callable[..., Any], rows: Sequence[Row], tickets: dict[str, str]
) -> None:
    assert raw(f"ticket/{tickets['invoice']}")["Due"] == NEVER
    assert min(row.occurred_at for row in rows if isinstance(row, Event)) > SINCE


def test_a_merged_ticket_answers_as_the_other_but_nothing_is_told_twice(
    raw: Callable[..., Any], rows: Sequence[Row], tickets: dict[str, str]
) -> None:
    assert str(raw(f"ticket/{tickets['login, merged']}")["id"]) == tickets["login"]
    both = raw(f"ticket/{tickets['login, merged']}/history?per_page=100&fields=ObjectId")
    assert {item["ObjectId"] for item in both["items"]} == {tickets["login, merged"], tickets["login"]}
    kept = Counter(row.ticket for row in rows if isinstance(row, Ticket))
    assert set(kept.values()) == {1}


def test_a_merge_is_written_on_both_tickets_but_only_one_was_merged(
    raw: Callable[..., Any], rows: Sequence[Row], tickets: dict[str, str]
) -> None:
    query = "ObjectType='RT::Ticket' AND Field='MergedInto' AND Created < '2026-05-01'"
    links = raw(f"transactions?query={query}&fields=ObjectId")
    assert {item["ObjectId"] for item in links["items"]} == {tickets["login, merged"], tickets["login"]}
    merges = [row for row in rows if isinstance(row, Event) and row.kind == "merged_into"]
    assert [(row.ticket, row.new) for row in merges] == [(tickets["login, merged"], tickets["login"])]


def test_a_deleted_ticket_vanishes_from_every_search_but_not_from_the_case_log(
    raw: Callable[..., Any], rows: Sequence[Row], tickets: dict[str, str]
) -> None:
    gone = tickets["deleted"]
    assert gone not in numbers(raw("tickets?query=id > 0 OR Status = 'deleted'&per_page=100"))
    assert raw(f"ticket/{gone}")["Status"] == "deleted"
    assert ticket(rows, gone).status == "deleted"
    assert events_of(rows, gone)[-1].kind == "deleted"


def test_a_change_of_owner_is_written_twice_by_number_but_told_once_by_person(
    raw: Callable[..., Any], rows: Sequence[Row], tickets: dict[str, str]
) -> None:
    history = raw(f"ticket/{tickets['printer']}/history?per_page=100&fields=Type,Field,NewValue")
    owners = [item["Type"] for item in history["items"] if item["Field"] == "Owner"]
    assert owners == ["Set", "SetWatcher"] * 2
    changes = [row for row in events_of(rows, tickets["printer"]) if row.kind == "assignee"]
    assert [change.new == change.actor for change in changes] == [True, True]


def test_a_custom_field_changes_by_number_but_is_told_by_name(
    raw: Callable[..., Any], ask: Callable[..., Get], tickets: dict[str, str]
) -> None:
    history = raw(f"ticket/{tickets['invoice']}/history?per_page=100&fields=Type,Field")
    assert all(item["Field"].isdigit() for item in history["items"] if item["Type"] == "CustomField")
    day = Window("a day", second("03-17 00:00"), second("03-18 00:00"))
    unmapped = collect(ask(), configured(fields={}, options={}), day)
    told_of = {row.new for row in events_of(unmapped, tickets["invoice"]) if row.kind == "field"}
    assert told_of == {"custom_field:Root cause=Billing error", "custom_field:CSAT=5"}


def test_a_ticket_is_called_started_by_its_customers_second_mail_but_has_no_reply(
    raw: Callable[..., Any], rows: Sequence[Row], tickets: dict[str, str]
) -> None:
    waiting = raw(f"ticket/{tickets['never answered']}")
    assert waiting["Started"] == "2026-04-16T09:00:00Z"
    writers = {row.actor for row in events_of(rows, tickets["never answered"]) if row.kind == "message"}
    assert writers == {ticket(rows, tickets["never answered"]).requester}


def test_what_the_tracker_mails_by_itself_is_no_message(
    raw: Callable[..., Any], rows: Sequence[Row], tickets: dict[str, str]
) -> None:
    history = raw(f"ticket/{tickets['unanswered']}/history?per_page=100&fields=Type")
    assert "EmailRecord" in {item["Type"] for item in history["items"]}
    messages = [row for row in events_of(rows, tickets["unanswered"]) if row.kind == "message"]
    assert len(messages) == 1


def test_what_a_rule_writes_or_reopens_is_marked_as_automation(rows: Sequence[Row], tickets: dict[str, str]) -> None:
    for name, kind in (("robot", "message"), ("printer", "status")):
        by_nobody = [row for row in events_of(rows, tickets[name]) if row.actor is None and row.kind == kind]
        assert by_nobody
        assert {row.actor_class for row in by_nobody} == {"automation"}


def test_resolved_is_also_set_by_rejecting_and_deleting_so_only_changes_of_status_count(
    raw: Callable[..., Any], rows: Sequence[Row], tickets: dict[str, str]
) -> None:
    for name, status in (("rejected", "closed"), ("deleted", "deleted")):
        assert raw(f"ticket/{tickets[name]}")["Resolved"] != NEVER
        assert ticket(rows, tickets[name]).status == status


def test_who_is_an_agent_is_blank_in_lists_and_told_only_person_by_person(
    raw: Callable[..., Any], tickets: dict[str, str]
) -> None:
    listed = raw("users?fields=Name,Privileged&per_page=100")["items"]
    assert {person["Privileged"] for person in listed} == {""}
    assert raw("user/ana")["Privileged"] == 1
    assert raw("user/zoe@kunde.example")["Privileged"] == 0


def test_a_collection_asks_for_each_history_and_each_person_once_and_for_little_else(
    ask: Callable[..., Get],
) -> None:
    asked: list[str] = []
    get = ask()

    def counted(path: str, params: Any = None, *, stream: str) -> Page:
        asked.append(stream)
        return get(path, params, stream=stream)

    rows = collect(counted)
    shown = [row for row in rows if isinstance(row, Ticket) and not row.merged_into]
    people = {row.person for row in rows if isinstance(row, Person)}
    times = Counter(asked)
    assert times.pop("history") == len(shown), "what merged comes with the other's"
    assert times.pop("people") <= len(people) + 5, "agents also by login, RT_System and Nobody"
    assert times.total() <= 16, times


def test_without_the_packages_the_tests_say_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "SERVER", "/nowhere/rt-server")
    missing = server.what_is_missing()
    assert missing is not None
    assert missing.startswith("Request Tracker is not installed: /nowhere/rt-server not found")
    assert all(package in missing for package in server.PACKAGES)


def numbers(answer: Any) -> list[str]:
    return [str(item["id"]) for item in answer["items"]]


def encoded(rows: Sequence[Row]) -> set[str]:
    return {json.dumps((type(row).__name__, str(row))) for row in rows}
