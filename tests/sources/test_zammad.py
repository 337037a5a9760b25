"""Zammad against the sandbox's flavour, from pages, and against answers that a test writes."""

from __future__ import annotations

import dataclasses
import pathlib
from urllib.parse import parse_qsl, urlsplit

import pytest

from auditlib.caselog import rows as r
from auditlib.conformance import FromPages, Recorded, read_all
from auditlib.http import open_session
from auditlib.sandbox import serve, world
from auditlib.sources import SourceChanged, SourceError, Window, load
from auditlib.sources._shared.text import plain
from auditlib.sources._shared.values import stamp
from auditlib.sources._zammad.shapes import State
from auditlib.sources._zammad.words import States, minute, priority, role
from tests.loopback import Answer, serving
from tests.sources.boxed import LIVE, QUICK, InABox, settings_of

zammad = load("zammad")

SETTINGS = settings_of(
    "zammad",
    statuses={"on hold": "on_hold", "Waiting on vendor": "on_hold", "closed": "closed"},
    fields={"topic": "custom_field:topic", "tier": "organization.plan"},
    bots=["assistant@nordlicht.example", "8000002"],
)


class TestInABox(InABox):
    kind = "zammad"
    here = SETTINGS
    tickets_path = "/tickets/search"


PAGES = pathlib.Path(__file__).parent / "pages" / "zammad"


class TestFromPages(FromPages):
    kind = "zammad"
    here = dataclasses.replace(SETTINGS, statuses={"In the workshop": "on_hold"}, fields={"topic": "custom_field:lamp"})
    pages = PAGES


@pytest.fixture(scope="module")
def written():
    """The rows of the pages that were written down."""
    here = TestFromPages.here
    return read_all(zammad, zammad.fetch(Recorded(PAGES), {}, LIVE, here), here)


def rows_of(rows, kind, ticket=None):
    return [row for row in rows if isinstance(row, kind) and (ticket is None or row.ticket == ticket)]


def told(rows, ticket):
    return [(e.kind, e.actor or e.actor_class, e.old, e.new) for e in rows_of(rows, r.Event, ticket)]


def test_a_ticket_reads_as_its_history_tells_and_begins_with_what_was_first_replaced(written):
    (ticket,) = rows_of(written, r.Ticket, "101")
    assert (ticket.status, ticket.channel, ticket.priority, ticket.topic) == ("solved", "email", "normal", "Floor")
    assert (ticket.group, ticket.assignee, ticket.tags) == ("32", "11", ("dark",))
    assert told(written, "101") == [
        ("created", "21", None, None),
        ("message", "21", None, None),
        ("status", "21", None, "new"),
        ("group", "21", None, "31"),
        ("priority", "21", None, "normal"),
        ("topic", "21", None, "Floor"),
        ("priority", "automation", "normal", "high"),
        ("message", "automation", None, None),
        ("tag", "11", None, "dark"),
        ("message", "11", None, None),
        ("group", "11", "31", "32"),
        ("schedule", "automation", None, "72"),
        ("status", "11", "new", "on_hold"),
        ("message", "11", None, None),  # before the solve that Zammad saved first
        ("status", "11", "on_hold", "solved"),
        ("assignee", "11", None, "11"),
    ]


def test_an_internal_article_that_was_mailed_on_stays_internal(written):
    messages = [e for e in rows_of(written, r.Event, "101") if e.kind == "message"]
    assert [(e.body, e.is_public) for e in messages] == [
        ("The lamp is dark.\nWhy?", True),
        ("We have received your mail.", True),
        ("Ask the workshop.", False),
        ("It shines again.", True),
    ]


def test_a_merged_ticket_keeps_its_own_articles_and_not_the_mark_of_the_merge(written):
    (ticket,) = rows_of(written, r.Ticket, "102")
    assert (ticket.status, ticket.merged_into, ticket.assignee) == ("closed", "101", "11")
    assert told(written, "102") == [
        ("created", "11", None, None),
        ("message", "11", None, None),  # written down by whoever took the call
        ("status", "11", None, "new"),
        ("group", "11", None, "31"),
        ("priority", "11", None, "normal"),
        ("assignee", "11", None, "11"),
        ("merged_into", "11", None, "101"),
        ("status", "11", "new", "closed"),  # nobody took the owner away
    ]


def test_a_removed_ticket_is_deleted_and_has_no_history(written):
    (gone,) = rows_of(written, r.Ticket, "103")
    assert (gone.status, gone.has_history) == ("deleted", False)


def test_calendars_run_to_the_end_of_the_day_and_leave_out_holidays_that_were_taken_back(written):
    office, workshop = rows_of(written, r.Schedule)
    friday = 4 * 1440
    assert office.intervals == ((480, 720), (780, 1050), (friday, friday + 1440))
    assert (office.holidays, office.is_default, office.edited_at) == ((("2026-12-25", "2026-12-25"),), True, 0)
    assert workshop.edited_at == r.moment("2026-01-10T08:00:00Z")


def test_who_may_work_in_a_group_is_an_agent_whatever_the_role_is_called(written):
    people = {row.person: (row.role, row.is_active) for row in rows_of(written, r.Person)}
    assert people == {"11": ("agent", True), "12": ("agent", False), "21": ("customer", True)}
    assert {(i.value, i.is_verified) for i in rows_of(written, r.Identity)} == {
        ("grace@lamps.example", True), ("old@lamps.example", True), ("ann@rooms.example", False),
    }  # fmt: skip


# Its words


@pytest.mark.parametrize(("clock", "minutes"), [("00:00", 0), ("9:30", 570), ("23:59", 1440), ("24:00", 1440)])
def test_times_of_day(clock, minutes):
    assert minute(clock) == minutes


@pytest.mark.parametrize("clock", ["25:00", "09:75", "noon"])
def test_a_time_of_day_that_is_none_is_refused(clock):
    with pytest.raises(r.BadRecord, match="no time of day"):
        minute(clock)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("One<br>two", "One\ntwo"),
        ("<p>One</p><p>two &amp; three</p>", "One\ntwo & three"),
        ("<style>p {}</style><div>One</div>", "One"),
        ("<div>One<br><br>two</div>", "One\n\ntwo"),
    ],
)
def test_markup_is_left_out(body, text):
    assert plain(body, "text/html") == text
    assert plain(body, "text/plain") == body


def test_words():
    assert (priority("2 normal"), priority(None)) == ("normal", None)
    assert (role(["Customer"], []), role(["Menders"], ["3"]), role(["Menders"], [])) == ("customer", "agent", "unknown")


def test_a_state_of_the_companys_own_is_known_by_its_type_unless_it_waits_for_somebody():
    own = [State(id=8, name="Done", state_type="closed"), State(id=9, name="Parked", state_type="pending reminder")]
    states = States(own, SETTINGS)
    assert states.of(8) == "solved"
    with pytest.raises(SourceChanged, match="Parked"):
        states.of(9)
    assert States(own, dataclasses.replace(SETTINGS, statuses={"Parked": "on_hold"})).of(9) == "on_hold"


# Its traps


def answering(lists):
    """A Zammad of a few lists; what is not among them is empty."""

    def answer(request):
        address = urlsplit(request.path)
        path, query = address.path.removeprefix("/api/v1/"), dict(parse_qsl(address.query))
        found = lists(path, query)
        if found is None:
            found = {"history": []} if path.startswith("ticket_history/") else []
        return found if isinstance(found, Answer) else Answer(found)

    return serving(answer)


def asking(server):
    connection = {"host": server.url, "extra": {"authorization": "Token token=key"}}
    return open_session(connection, SETTINGS, QUICK)


def a_ticket(number, at):
    return {
        "id": number,
        "state_id": 2,
        "state": "open",
        "group_id": 3,
        "created_at": stamp(at),
        "updated_at": stamp(at),
    }


def test_each_request_carries_the_token_and_the_changes_are_asked_for_in_their_order():
    with answering(lambda path, query: None) as server:
        list(zammad.fetch(asking(server), {}, Window("live", 86_400), SETTINGS))
    assert {request.headers["Authorization"] for request in server.asked} == {"Token token=key"}
    search = next(urlsplit(q.path) for q in server.asked if "/tickets/search" in q.path)
    assert dict(parse_qsl(search.query)) == {
        "query": "updated_at:[1970-01-02T00:00:00Z TO *]", "sort_by": "updated_at", "order_by": "asc",
        "expand": "true", "page": "1", "per_page": "100",
    }  # fmt: skip


def test_a_search_that_finds_nothing_although_there_are_tickets_is_no_empty_helpdesk():
    def lists(path, query):
        return [a_ticket(1, 1_772_400_000)] if path == "tickets" else None

    with answering(lists) as server, pytest.raises(SourceError, match="Elasticsearch"):
        list(zammad.fetch(asking(server), {}, LIVE, SETTINGS))


def test_more_tickets_in_one_second_than_the_search_shows_is_an_error_and_never_a_loss():
    at = r.moment("2026-03-02T09:00:00Z")

    def lists(path, query):
        return [a_ticket(n, at) for n in range(100)] if path == "tickets/search" else None

    begin = {"tickets": {"since": at, "page": 101}}
    with answering(lists) as server, pytest.raises(SourceError, match="changed in one second"):
        list(zammad.fetch(asking(server), begin, Window("live", at), SETTINGS))


def test_a_page_that_is_short_since_some_of_what_it_found_is_destroyed_is_not_the_last():
    at = 1_772_400_000
    company = {n: at + n for n in range(1, 10)}

    def lists(path, query):
        if path != "tickets/search":
            return None
        since = r.moment(query["query"].removeprefix("updated_at:[").split(" ")[0])
        found = [n for n, moved in company.items() if moved >= since][: int(query["per_page"])]
        return [a_ticket(n, company[n]) for n in found if n not in (2, 3, 5)]

    told = dataclasses.replace(SETTINGS, options={"page_size": 4})
    with answering(lists) as server:
        chunks = list(zammad.fetch(asking(server), {}, LIVE, told))
    assert {row.ticket for row in rows_of(read_all(zammad, chunks, told), r.Ticket)} == set("146789")
    assert chunks[-1].complete_until is not None


def test_an_odd_record_is_rejected_and_the_others_of_its_page_are_read():
    at = 1_772_400_000
    odd = [{"id": 2}, {**a_ticket(3, at), "updated_at": "2026-03-02T09:00:00"}, {**a_ticket(4, at), "group_id": "x"}, 5]

    def lists(path, query):
        return [a_ticket(1, at), *odd] if path == "tickets/search" and "1970-01-01" in query["query"] else None

    with answering(lists) as server:
        chunks = list(zammad.fetch(asking(server), {}, LIVE, SETTINGS))
    rows = read_all(zammad, chunks, SETTINGS)
    assert [row.ticket for row in rows_of(rows, r.Ticket)] == ["1"]
    assert {(row.ticket, row.reason) for row in rows_of(rows, r.Rejected)} == {
        ("2", "missing_field"), ("3", "no_time_zone"), ("4", "wrong_type"), (None, "wrong_type"),
    }  # fmt: skip


def test_a_ticket_destroyed_while_it_is_read_is_left_out():
    def lists(path, query):
        if path == "tickets/search":
            return [a_ticket(1, 1_772_400_000)]
        return Answer({"error": "Couldn't find Ticket"}, status=404) if path.endswith("/1") else None

    with answering(lists) as server:
        chunks = list(zammad.fetch(asking(server), {}, LIVE, SETTINGS))
    assert rows_of(read_all(zammad, chunks, SETTINGS), r.Ticket) == []


def test_a_server_that_shows_a_ticket_and_does_not_know_histories_stops_it_instead_of_losing_every_ticket():
    """Zammad's documentation does not name the histories."""

    def lists(path, query):
        if path == "tickets/search":
            return [a_ticket(1, 1_772_400_000)]
        if path == "tickets/1":
            return a_ticket(1, 1_772_400_000)
        return Answer({"error": "No route"}, status=404) if path == "ticket_history/1" else None

    with answering(lists) as server, pytest.raises(SourceError, match="ticket_history/1 answered 404"):
        list(zammad.fetch(asking(server), {}, LIVE, SETTINGS))


def test_a_group_of_the_scope_that_zammad_hides_is_an_error():
    narrow = dataclasses.replace(SETTINGS, scope={"groups": ["Hidden"]})
    with answering(lambda path, query: None) as server, pytest.raises(SourceError, match="'Hidden'"):
        list(zammad.fetch(asking(server), {}, LIVE, narrow))


def test_introduce_calls_each_stream_once_and_reckons_the_first_load():
    company = world(tickets=40, seed=4)
    with serve(company, flavour="zammad") as box:
        said = zammad.introduce(open_session(box.connection, SETTINGS, QUICK), SETTINGS)
        assert max(box.requests().values()) == 1
    assert (said.statuses["Escalated to engineering"], said.statuses["closed"]) == ("open", "closed")
    assert said.fields == {
        "custom_field:topic": "Topic", "custom_field:order_number": "Order number", "organization.plan": "Plan",
    }  # fmt: skip
    assert said.tickets == sum(not plan.is_deleted(company.end) for plan in company.plans)
    assert said.requests_for_first_load > 2 * said.tickets
    assert "Berlin office" in said.schedules
