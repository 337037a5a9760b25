"""Freshdesk against the sandbox's flavour, from pages, and against answers that a test writes."""

from __future__ import annotations

import dataclasses
import json
import pathlib
from urllib.parse import parse_qsl, urlsplit

import pytest

from auditlib.caselog import rows as r
from auditlib.conformance import FromPages, Recorded, read_all
from auditlib.http import open_session
from auditlib.sandbox import serve, world
from auditlib.sources import Chunk, Page, SourceChanged, SourceError, Window, load
from auditlib.sources._freshdesk.desk import Desk
from auditlib.sources._freshdesk.shapes import Field
from auditlib.sources._freshdesk.words import Statuses, minute
from auditlib.sources._shared.values import stamp
from tests.loopback import Answer, serving
from tests.sources.boxed import LIVE, QUICK, InABox, settings_of

freshdesk = load("freshdesk")

SETTINGS = settings_of(
    "freshdesk",
    statuses={"Waiting on vendor": "on_hold", "Escalated to engineering": "open"},
    fields={"topic": "custom_field:cf_topic", "tier": "organization.plan"},
    bots=["assistant@nordlicht.example", "8000002"],
)


class TestInABox(InABox):
    kind = "freshdesk"
    here = SETTINGS

    @staticmethod
    def written(plan):
        """What a rule sends is a notification and no part of the conversation; a description is never private."""
        opening, *rest = [act for act in plan.acts if act.message and not act.via.startswith("rule")]
        return [(opening.at, True), *((act.at, act.message.is_public) for act in rest)]


PAGES = pathlib.Path(__file__).parent / "pages" / "freshdesk"


class TestFromPages(FromPages):
    kind = "freshdesk"
    here = dataclasses.replace(
        SETTINGS, statuses={"In the workshop": "on_hold"}, fields={"topic": "custom_field:cf_lamp"}
    )
    pages = PAGES


@pytest.fixture(scope="module")
def written():
    """The rows of the pages that were written down."""
    here = TestFromPages.here
    return read_all(freshdesk, freshdesk.fetch(Recorded(PAGES), {}, LIVE, here), here)


def rows_of(rows, kind, ticket=None):
    return [row for row in rows if isinstance(row, kind) and (ticket is None or row.ticket == ticket)]


def test_a_ticket_reads_as_its_conversation_tells(written):
    (ticket,) = rows_of(written, r.Ticket, "101")
    assert (ticket.status, ticket.channel, ticket.priority, ticket.topic) == ("solved", "email", "normal", "Floor")
    told = [(e.kind, e.actor, e.is_public) for e in rows_of(written, r.Event, "101")]
    assert told == [
        ("created", "21", True),
        ("message", "21", True),
        ("schedule", None, True),
        ("message", "11", True),
        ("message", "11", False),
        ("message", "11", False),  # forwarded to somebody else: the customer never saw it
        ("message", "21", True),
        ("rating", "21", True),  # and the words beside it are no message
    ]


def test_a_rating_is_told_with_its_last_answer_and_that_there_were_words_never_which(written):
    (rating,) = [e for e in rows_of(written, r.Event, "101") if e.kind == "rating"]
    assert (rating.new, rating.occurred_at) == ("1-7:7 with comment", r.moment("2026-03-06T11:00:00Z"))


def test_a_call_was_written_down_by_an_agent_whom_freshdesk_does_not_name(written):
    created, message, *rest = rows_of(written, r.Event, "102")
    assert (created.kind, created.actor, created.actor_class) == ("created", None, "agent")
    assert (message.actor, message.actor_class, message.body) == (None, "agent", "Bob called.")
    assert created.occurred_at == r.moment("2026-03-04T09:00:00Z")
    assert rest == []


def test_the_trash_has_its_own_list_and_no_history(written):
    (gone,) = rows_of(written, r.Ticket, "103")
    assert (gone.status, gone.has_history) == ("deleted", False)


def test_no_change_of_status_group_or_assignee_is_made_up_from_the_stats(written):
    assert {e.kind for e in rows_of(written, r.Event)} == {"created", "message", "schedule", "rating"}


def test_a_look_at_the_status_has_the_moments_that_are_told_and_no_others(written):
    (look,) = rows_of(written, r.Look, "101")
    replied = r.moment("2026-03-02T10:00:00Z")
    assert (look.status, look.since, look.solved_at, look.reopened_at) == ("solved", replied, replied, None)
    assert look.looked_at == r.moment("2026-03-10T02:00:00Z")
    assert rows_of(written, r.Look, "103") == []  # in the trash


def test_stats_that_leave_out_when_a_ticket_was_reopened_are_no_look_and_noticed():
    stats = {"status_updated_at": "2026-03-02T09:00:00Z", "resolved_at": None}
    with answering({"tickets": [a_ticket(1, stats=stats)]}) as server:
        chunks = list(freshdesk.fetch(asking(server), {}, LIVE, SETTINGS))
    rows = read_all(freshdesk, chunks, SETTINGS)
    assert rows_of(rows, r.Look) == []
    assert [(n.stream, n.field) for n in rows_of(rows, r.Notice)] == [("tickets", "stats")]


def test_hours_are_read_from_the_twelve_hour_clock_to_the_end_of_the_day(written):
    (office,) = rows_of(written, r.Schedule)
    friday = 4 * 1440
    assert office.time_zone == "Europe/Berlin"
    assert office.intervals == ((480, 1050), (friday, friday + 1440))


def test_an_address_or_number_that_nobody_confirmed_ties_nobody(written):
    assert {(i.value, i.is_verified) for i in rows_of(written, r.Identity)} == {
        ("grace@lamps.example", True), ("ann@mail.example", True), ("ann@rooms.example", True),
        ("+49 170 0000000", False),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("clock", "minutes"),
    [("12:00:00 am", 0), ("08:00:00 am", 480), ("12:30:00 pm", 750), ("5:00 pm", 1020), ("11:59:59 pm", 1440)],
)
def test_times_of_day(clock, minutes):
    assert minute(clock) == minutes


def test_a_time_of_day_that_is_none_is_refused():
    with pytest.raises(r.BadRecord, match="no time of day"):
        minute("25 o'clock")


# Its traps


def answering(lists):
    """A helpdesk of a few lists; what is not among them is empty. `asked` notes each request."""

    def answer(request):
        address = urlsplit(request.path)
        query = dict(parse_qsl(address.query))
        path = address.path.removeprefix("/api/v2/")
        found = lists(path, query) if callable(lists) else lists.get(path, [])
        return found if isinstance(found, Answer) else Answer(found)

    return serving(answer)


def asking(server):
    return open_session({"host": server.url, "login": "key", "password": "X"}, SETTINGS, QUICK)


def asked(server, path):
    found = [urlsplit(request.path) for request in server.asked]
    return [dict(parse_qsl(address.query)) for address in found if address.path == f"/api/v2/{path}"]


def a_ticket(number, updated_at="2026-03-02T09:00:00Z", **more):
    return {
        "id": number, "status": 2, "source": 1, "priority": 1, "subject": "Hi", "requester_id": 7,
        "created_at": "2026-03-01T09:00:00Z", "updated_at": updated_at, "description_text": "Hi", **more,
    }  # fmt: skip


def test_more_than_thirty_days_and_everything_that_is_read_are_asked_for_by_name():
    with answering({}) as server:
        list(freshdesk.fetch(asking(server), {}, Window("live", 86_400), SETTINGS))
    live, deleted, spam = asked(server, "tickets")
    assert live == {
        "include": "stats,description", "updated_since": "1970-01-02T00:00:00Z", "order_by": "updated_at",
        "order_type": "asc", "per_page": "100", "page": "1",
    }  # fmt: skip
    assert (deleted["filter"], spam["filter"]) == ("deleted", "spam")
    assert all(query["updated_since"] == "1970-01-02T00:00:00Z" for query in (deleted, spam))


def test_the_window_starts_anew_behind_each_page_so_that_page_301_is_never_asked_for():
    company = [a_ticket(n, updated_at=stamp(1_772_400_000 + n)) for n in range(1, 1001)]

    def lists(path, query):
        if path != "tickets" or query.get("filter"):
            return []
        rows = [row for row in company if row["updated_at"] >= query["updated_since"]]
        begin = (int(query["page"]) - 1) * 2
        return rows[begin : begin + 2] if int(query["page"]) <= 300 else Answer({"description": "no"}, status=400)

    told = dataclasses.replace(SETTINGS, options={"page_size": 2})
    with answering(lists) as server:
        chunks = list(freshdesk.fetch(asking(server), {}, LIVE, told))
    assert {row.ticket for row in rows_of(read_all(freshdesk, chunks, told), r.Ticket)} == {
        str(row["id"]) for row in company
    }
    assert {query["page"] for query in asked(server, "tickets")} <= {"1", "2"}


def test_more_tickets_in_one_second_than_freshdesk_shows_is_an_error_and_never_a_loss():
    def lists(path, query):
        return [a_ticket(1), a_ticket(2)] if path == "tickets" and not query.get("filter") else []

    told = dataclasses.replace(SETTINGS, options={"page_size": 2})
    begin = Window("live", r.moment("2026-03-02T09:00:00Z"))
    with answering(lists) as server, pytest.raises(SourceError, match="changed in one second"):
        list(freshdesk.fetch(asking(server), {}, begin, told))


def test_a_ticket_that_moves_to_the_end_while_it_is_read_takes_none_with_it():
    company = {n: 1_772_400_000 + 10 * n for n in range(1, 7)}

    def lists(path, query):
        if path != "tickets" or query.get("filter"):
            return []
        since = r.moment(query["updated_since"])
        rows = sorted((at, n) for n, at in company.items() if at >= since)
        begin = (int(query["page"]) - 1) * 2
        shown = [a_ticket(n, updated_at=stamp(at)) for at, n in rows[begin : begin + 2]]
        company[1] = 1_772_500_000  # Somebody answers the first ticket: all others move up by one.
        return shown

    told = dataclasses.replace(SETTINGS, options={"page_size": 2})
    with answering(lists) as server:
        chunks = list(freshdesk.fetch(asking(server), {}, LIVE, told))
    assert {row.ticket for row in rows_of(read_all(freshdesk, chunks, told), r.Ticket)} == set("123456")


def test_an_odd_record_is_rejected_and_the_others_of_its_page_are_read():
    odd = [{"id": 2}, a_ticket(3, updated_at="2026-03-02T09:00:00"), a_ticket(4, status="x"), 5]
    with answering(
        lambda path, query: [a_ticket(1), *odd] if path == "tickets" and not query.get("filter") else []
    ) as server:
        chunks = list(freshdesk.fetch(asking(server), {}, LIVE, SETTINGS))
    rows = read_all(freshdesk, chunks, SETTINGS)
    assert [row.ticket for row in rows_of(rows, r.Ticket)] == ["1"]
    assert {(row.ticket, row.reason) for row in rows_of(rows, r.Rejected)} == {
        ("2", "missing_field"), ("3", "no_time_zone"), ("4", "wrong_type"), (None, "wrong_type"),
    }  # fmt: skip


def test_a_rating_that_was_changed_brings_its_ticket_back():
    """Freshdesk lists ratings by when they were first given, and the ticket itself did not move."""
    rating = {"id": 1, "ticket_id": 5, "user_id": 7, "ratings": {"default_question": -103},
              "created_at": "2026-02-20T09:00:00Z", "updated_at": "2026-03-03T09:00:00Z"}  # fmt: skip
    lists = {
        "surveys/satisfaction_ratings": [rating],
        "tickets/5": a_ticket(5),
        "tickets/5/satisfaction_ratings": [rating],
    }
    since = r.moment("2026-03-02T10:00:00Z")
    with answering(lists) as server:
        chunks = list(freshdesk.fetch(asking(server), {"rated": {"since": since}}, Window("live", since), SETTINGS))
    assert asked(server, "surveys/satisfaction_ratings")[0]["created_since"] == "2026-01-31T10:00:00Z"
    rated = [e for e in rows_of(read_all(freshdesk, chunks, SETTINGS), r.Event) if e.kind == "rating"]
    assert [(e.ticket, e.new) for e in rated] == [("5", "1-7:1")]


def test_an_account_without_a_survey_says_so_and_is_not_asked_for_ratings():
    told = dataclasses.replace(SETTINGS, options={"ratings": "none"})
    with answering({"tickets": [a_ticket(1)]}) as server:
        list(freshdesk.fetch(asking(server), {}, LIVE, told))
    assert not [request for request in server.asked if "ratings" in request.path]


def test_a_ticket_deleted_while_it_is_read_is_left_for_the_trash():
    def lists(path, query):
        if path == "tickets" and not query.get("filter"):
            return [a_ticket(1)]
        return Answer(None, status=404) if path.startswith("tickets/1/") else []

    with answering(lists) as server:
        chunks = list(freshdesk.fetch(asking(server), {}, LIVE, SETTINGS))
    assert rows_of(read_all(freshdesk, chunks, SETTINGS), r.Ticket) == []


@pytest.mark.parametrize(("number", "ours"), [(2, "open"), (3, "pending_customer"), (4, "solved"), (5, "closed"),
                                              (6, "pending_customer"), (7, "on_hold")])  # fmt: skip
def test_statuses(number, ours):
    assert Statuses([], SETTINGS).of(number) == ours


def test_a_status_of_the_companys_own_is_mapped_by_name_or_number_and_a_renamed_one_is_unknown():
    renamed = Field(name="status", type="default_status", choices={"7": ["On a lorry", "…"], "12": ["Lost", "…"]})
    by_name = dataclasses.replace(SETTINGS, statuses={"Lost": "closed", "7": "on_hold"})
    assert [Statuses([renamed], by_name).of(n) for n in (12, 7)] == ["closed", "on_hold"]
    with pytest.raises(SourceChanged, match="On a lorry"):
        Statuses([renamed], SETTINGS).of(7)


def test_introduce_calls_each_stream_once_and_reckons_the_first_load():
    company = world(tickets=40, seed=4)
    with serve(company, flavour="freshdesk") as box:
        told = freshdesk.introduce(open_session(box.connection, SETTINGS, QUICK), SETTINGS)
        assert max(count for path, count in box.requests().items() if not path.endswith("/tickets")) == 1
    assert told.statuses["Escalated to engineering"] == "open"
    assert told.fields["custom_field:cf_topic"] == "Topic"
    assert told.tickets == sum(not plan.is_deleted(company.end) for plan in company.plans)
    assert told.requests_for_first_load > 2 * told.tickets
    assert told.requests_per_minute == box.rate_limit
    assert "Berlin office" in told.schedules
    assert any("no history" in note for note in told.notes)


# What the descriptions leave open


def test_a_list_that_knows_no_pages_and_is_longer_than_one_is_read_once():
    whole = [{"id": number, "name": f"G{number}"} for number in range(1, 121)]
    with serving([Answer(whole)]) as server:
        get = open_session({"host": server.url, "login": "k", "password": "X"}, SETTINGS, QUICK)
        pages = list(Desk(get, SETTINGS).pages("groups", "groups"))
    assert len(server.asked) == 1
    assert len(read_all(freshdesk, [Chunk(stream="", pages=pages, cursor={})], SETTINGS)) == 120


@pytest.mark.parametrize("target", [None, {}, {"respond_within": None, "business_hours": None}])
def test_a_service_level_that_promises_nothing_at_a_priority_is_read_without_it(target):
    told = {"id": 1, "name": "Gold", "sla_target": {"priority_1": target, "priority_4": {"respond_within": 60}}}
    (policy,) = _read_policies(told | {"applicable_to": {"company_ids": 5, "group_ids": [6], "sources": None}})
    assert [(one["priority"], one["seconds"]) for one in policy.definition["targets"]] == [("urgent", 60)]
    fields = [(one["field"], one["values"]) for one in policy.definition["all"]]
    assert fields == [("organization", ["5"]), ("group", ["6"])]


@pytest.mark.parametrize("target", ["an hour", {"respond_within": "an hour"}])
def test_a_service_level_with_a_promise_that_is_no_number_of_seconds_is_rejected(target):
    (bad,) = _read_policies({"id": 1, "name": "Gold", "sla_target": {"priority_1": target}})
    assert isinstance(bad, r.Rejected)
    assert bad.reason == "wrong_type"


def _read_policies(told):
    page = Page(stream="policies", url="/api/v2/sla_policies", body=json.dumps([told]).encode())
    rows = read_all(freshdesk, [Chunk(stream="", pages=[page], cursor={})], SETTINGS)
    return [row for row in rows if not isinstance(row, r.Ability)]
