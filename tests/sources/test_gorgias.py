"""Gorgias against the sandbox's flavour, from pages, and against answers that a test writes."""

from __future__ import annotations

import dataclasses
import pathlib
from urllib.parse import parse_qsl, urlsplit

import pytest

from auditlib.caselog import rows as r
from auditlib.conformance import FromPages, Recorded, read_all
from auditlib.http import open_session
from auditlib.sandbox import serve, world
from auditlib.sources import Settings, SourceError, Window, load
from tests.loopback import Answer, serving
from tests.sources.boxed import LIVE, QUICK, InABox

gorgias = load("gorgias")

SETTINGS = Settings(
    name="gorgias",
    kind="gorgias",
    connection="gorgias",
    since=1,
    max_share_of_rate_limit=1.0,
    fields={"topic": "custom_field:5077"},
    bots=["assistant@nordlicht.example", "zapier@nordlicht.example"],
)


class TestInABox(InABox):
    kind = "gorgias"
    here = SETTINGS
    tickets_path = "/api/tickets"
    needed_field = "created_datetime"


PAGES = pathlib.Path(__file__).parent / "pages" / "gorgias"
PAGED = dataclasses.replace(SETTINGS, bots=[], fields={"topic": "custom_field:77"})


class TestFromPages(FromPages):
    kind = "gorgias"
    here = PAGED
    pages = PAGES


@pytest.fixture(scope="module")
def written():
    """The rows of the pages that were written down."""
    return read_all(gorgias, gorgias.fetch(Recorded(PAGES), {}, LIVE, PAGED), PAGED)


def rows_of(rows, kind, ticket=None):
    return [row for row in rows if isinstance(row, kind) and (ticket is None or row.ticket == ticket)]


def told(rows, ticket):
    return [(e.kind, e.actor or e.actor_class, e.old, e.new) for e in rows_of(rows, r.Event, ticket)]


def test_events_say_who_moved_it_and_a_rule_or_an_answer_goes_before_whom_they_name(written):
    (ticket,) = rows_of(written, r.Ticket, "301")
    assert (ticket.status, ticket.channel, ticket.requester, ticket.assignee) == ("solved", "web", "C-11", "U-51")
    assert (ticket.topic, ticket.group, ticket.tags, ticket.priority) == ("Bulb", "7", ("dark",), "normal")
    assert told(written, "301") == [
        ("created", "C-11", None, None),
        ("status", "C-11", None, "open"),
        ("topic", "C-11", None, "Bulb"),
        ("message", "C-11", None, None),
        ("group", "automation", None, "8"),  # the event names the agent who set the rule off
        ("assignee", "automation", None, "U-51"),
        ("message", "automation", None, None),
        ("message", "U-51", None, None),
        ("message", "U-51", None, None),
        ("status", "U-51", "open", "pending_customer"),
        ("message", "C-11", None, None),
        ("status", "C-11", "pending_customer", "open"),
        ("message", "U-51", None, None),
        ("status", "U-51", "open", "solved"),
        ("message", "C-12", None, None),
        ("status", "C-12", "solved", "open"),
        ("group", "U-51", "8", "7"),
        ("status", "automation", "open", "solved"),
        ("rating_offered", "automation", None, None),
        ("rating", "C-11", None, "1-5:4 with comment"),
    ]


def test_notes_are_the_teams_what_failed_was_never_written_and_an_answer_counts_from_when_it_was_sent(written):
    messages = [(e.body, e.is_public) for e in rows_of(written, r.Event, "301") if e.kind == "message"]
    assert messages == [
        ("The lamp is dark.\nWhy?", True), ("We have received it.", True), ("Ask the workshop.", False),
        ("Is it plugged in?", True), ("It is.", True), ("Then it needs a new bulb.", True), ("Any news?", True),
    ]  # fmt: skip
    at = {e.body: e.occurred_at for e in rows_of(written, r.Event, "301")}
    assert at["Is it plugged in?"] == r.moment("2026-03-02T10:30:20Z")
    # The customer's own clock says 08:59:01.
    assert at["The lamp is dark.\nWhy?"] == r.moment("2026-03-02T09:00:00Z")


def test_moments_without_a_zone_are_utc_and_what_lies_in_the_trash_is_deleted(written):
    (ticket,) = rows_of(written, r.Ticket, "302")
    assert (ticket.status, ticket.opened_by, ticket.channel) == ("deleted", "U-53", "phone")
    assert ticket.created_at == r.moment("2026-03-08T10:00:00Z")
    assert told(written, "302") == [
        ("created", "U-53", None, None),
        ("status", "U-53", None, "open"),
        ("message", "U-53", None, None),
        ("assignee", "U-53", None, "U-53"),
        ("status", "U-60", "open", "solved"),
        ("deleted", "U-53", None, None),
    ]
    (closed,) = [e for e in rows_of(written, r.Event, "302") if e.new == "solved"]
    assert closed.actor_class == "bot"  # Gorgias says so of the user


def test_a_ticket_whose_creation_no_event_tells_any_more_is_read_without_a_history(written):
    (ticket,) = rows_of(written, r.Ticket, "303")
    assert (ticket.has_history, ticket.status, ticket.requester) == (False, "open", "C-11")
    assert told(written, "303") == []


def test_what_is_closed_in_the_act_of_snoozing_it_waits(written):
    (ticket,) = rows_of(written, r.Ticket, "304")
    assert (ticket.status, ticket.channel, ticket.priority) == ("pending_customer", "messaging", "urgent")
    assert told(written, "304") == [
        ("created", "C-12", None, None),
        ("status", "C-12", None, "open"),
        ("group", "C-12", None, "8"),  # no event tells of another one
        ("message", "C-12", None, None),
        ("status", "U-51", "open", "pending_customer"),
    ]


def test_users_are_agents_also_those_who_were_deleted_and_gorgias_names_its_own_bot(written):
    people = {row.person: (row.role, row.is_active, row.email) for row in rows_of(written, r.Person)}
    assert people == {
        "U-51": ("agent", True, "grace@lamps.example"), "U-60": ("bot", True, "bot@gorgias.example"),
        "U-53": ("agent", False, "gone@lamps.example"), "C-11": ("customer", True, "ann@rooms.example"),
        "C-12": ("customer", True, "bob@rooms.example"),
    }  # fmt: skip


# Its traps

AT = "2026-03-02T08:00:00+00:00"
SINCE = r.moment("2026-03-01T00:00:00Z")
BARE = dataclasses.replace(SETTINGS, fields={})


def ticket(number, moved="2026-03-02T08:00:00+00:00", **more):
    told = {"id": number, "status": "open", "created_datetime": "2026-03-01T08:00:00+00:00", "updated_datetime": moved}
    return {**told, "customer": {"id": 5}, **more}


def event(number, kind, at="2026-03-01T08:00:00+00:00", **more):
    return {"id": number, "type": kind, "created_datetime": at, **more}


def listed(rows, following=None):
    return {"data": rows, "meta": {"next_cursor": following}}


CREATED = listed([event(1, "ticket-created")])


def answering(found):
    """An account of a few answers: `found(path, query)`; what it does not know is an empty list or ticket."""
    shown = {}

    def answer(request):
        address = urlsplit(request.path)
        path, query = address.path.removeprefix("/api/"), dict(parse_qsl(address.query))
        told = found(path, query)
        if path == "tickets":
            shown.update({f"tickets/{row['id']}": row for row in told["data"]} if told else {})
        if told is None:
            empty = CREATED if path == "events" else listed([])
            told = {**shown[path], "messages": []} if path in shown else empty
        return told if isinstance(told, Answer) else Answer(told)

    return serving(answer)


def fetched(server, window=None, settings=BARE, cursors=None):
    get = open_session({"host": server.url, "login": "a@b.example", "password": "key"}, settings, QUICK)
    return list(gorgias.fetch(get, cursors or {}, window or Window("live", SINCE), settings))


def asked(server, path):
    addresses = [urlsplit(request.path) for request in server.asked]
    return [dict(parse_qsl(address.query)) for address in addresses if address.path == f"/api/{path}"]


def test_what_changes_while_the_list_is_read_is_found_by_a_second_pass():
    def found(path, query):
        if path != "tickets":
            return None
        if "cursor" in query:
            return listed([ticket(2, "2026-03-02T07:00:00+00:00")])
        is_first = len(asked(server, "tickets")) == 1
        return listed([ticket(1)], "x") if is_first else listed([ticket(7, "2026-03-02T09:00:30+00:00"), ticket(1)])

    with answering(found) as server:
        chunks = fetched(server)
        rows = read_all(gorgias, chunks, BARE)
        assert {query["order_by"] for query in asked(server, "tickets")} == {"updated_datetime:desc"}
    assert {row.ticket for row in rows_of(rows, r.Ticket)} == {"1", "2", "7"}
    began = chunks[0].pages[0].served_at
    assert chunks[-1].complete_until == began - 120
    assert chunks[-1].cursor == {"since": began - 10 * 60}


def test_the_list_is_read_no_further_than_the_window_and_tickets_below_it_are_left_alone():
    pages = {
        None: listed([ticket(1), ticket(2, "2026-02-28T23:55:00+00:00")], "b"),
        "b": listed([ticket(3, "2026-02-20T00:00:00+00:00")], "c"),
    }
    with answering(lambda path, query: pages[query.get("cursor")] if path == "tickets" else None) as server:
        chunks = fetched(server)
        assert [query.get("cursor") for query in asked(server, "tickets")] == [None, "b", None]
        assert [query["object_id"] for query in asked(server, "events")] == ["1"]
    assert chunks[-1].complete_until is not None


def test_where_it_was_killed_the_pages_above_are_passed_over():
    pages = {
        None: listed([ticket(1, "2026-03-04T00:00:00+00:00")], "b"),
        "b": listed([ticket(2, "2026-03-03T00:00:00+00:00")], "c"),
        "c": listed([ticket(3, "2026-03-02T00:00:00+00:00")]),
    }
    began = r.moment("2026-03-05T00:00:00Z")
    cursor = {"since": SINCE, "reached": r.moment("2026-03-03T00:00:00Z"), "began": began, "first": began}
    with answering(lambda path, query: pages[query.get("cursor")] if path == "tickets" else None) as server:
        chunks = fetched(server, cursors={"tickets": cursor})
        assert [query["object_id"] for query in asked(server, "events")] == ["2", "3"]
    assert chunks[-1].cursor == {"since": began - 600}


def test_an_older_window_passes_over_what_changed_later():
    pages = {
        None: listed([ticket(1, "2026-03-04T00:00:00+00:00")], "b"),
        "b": listed([ticket(2, "2026-03-03T00:00:00+00:00"), ticket(3, "2026-03-01T00:00:00+00:00")], "c"),
        "c": listed([ticket(4, "2026-02-01T00:00:00+00:00")], "d"),
    }
    until = r.moment("2026-03-02T00:00:00Z")
    with answering(lambda path, query: pages[query.get("cursor")] if path == "tickets" else None) as server:
        chunks = fetched(server, Window("older", SINCE, until))
        assert [query["object_id"] for query in asked(server, "events")] == ["3"]
    assert (chunks[-1].complete_until, chunks[-1].cursor) == (until, {"done_until": until})
    assert len(chunks) == 2


def test_an_account_that_minds_no_order_stops_it_instead_of_ending_the_list_early():
    wrong = listed([ticket(1, "2026-01-01T00:00:00+00:00"), ticket(2, "2026-03-02T08:00:00+00:00")], "b")
    with (
        answering(lambda path, query: wrong if path == "tickets" else None) as server,
        pytest.raises(SourceError, match="not in the order"),
    ):
        fetched(server)


def test_a_ticket_that_is_merged_or_deleted_while_it_is_read_is_left_out():
    def found(path, query):
        if path == "tickets":
            return listed([ticket(1), ticket(2)])
        return Answer({"error": {"msg": "gone"}}, status=404) if path == "tickets/1" else None

    with answering(found) as server:
        rows = read_all(gorgias, fetched(server), BARE)
    assert {row.ticket for row in rows_of(rows, r.Ticket)} == {"2"}


def test_a_survey_that_is_answered_when_nothing_else_happens_brings_its_ticket_whole():
    survey = {"score": 1, "customer_id": 5, "created_datetime": "2026-02-20T08:00:00+00:00",
              "sent_datetime": "2026-02-21T08:00:00+00:00", "scored_datetime": "2026-03-01T09:00:00+00:00"}  # fmt: skip
    older = {**survey, "ticket_id": 3, "scored_datetime": "2026-02-22T00:00:00+00:00"}
    oldest = {**older, "ticket_id": 4, "created_datetime": "2026-01-01T00:00:00+00:00"}

    def found(path, query):
        if path == "satisfaction-surveys":
            return listed([{**survey, "ticket_id": 2}, older, oldest], "further back")
        if path == "tickets/2":
            return {**ticket(2, "2026-02-20T08:00:00+00:00"), "messages": [], "satisfaction_survey": survey}
        return listed([ticket(1)]) if path == "tickets" else None

    with answering(found) as server:
        rows = read_all(gorgias, fetched(server), BARE)
        assert len(asked(server, "satisfaction-surveys")) == 1
    assert {row.ticket for row in rows_of(rows, r.Ticket)} == {"1", "2"}
    assert [(e.actor, e.new) for e in rows_of(rows, r.Event, "2") if e.kind == "rating"] == [("C-5", "1-5:1")]


def test_more_events_than_a_page_holds_are_all_asked_for():
    pages = {None: listed([event(1, "ticket-created")], "b"), "b": listed([event(2, "ticket-closed", user_id=9)])}

    def found(path, query):
        return pages[query.get("cursor")] if path == "events" else listed([ticket(1)]) if path == "tickets" else None

    with answering(found) as server:
        rows = read_all(gorgias, fetched(server), BARE)
    assert [e.new for e in rows_of(rows, r.Event, "1") if e.kind == "status"] == ["open", "solved"]


def history(*events, messages=(), **more):
    """What is told of one ticket with these events and messages."""

    def found(path, query):
        if path == "tickets":
            return listed([ticket(1, **more)])
        if path == "tickets/1":
            return {**ticket(1, **more), "messages": list(messages)}
        return listed([event(1, "ticket-created"), *events]) if path == "events" else None

    with answering(found) as server:
        return read_all(gorgias, fetched(server), BARE)


def statuses(rows):
    return [(e.actor or e.actor_class, e.new) for e in rows_of(rows, r.Event, "1") if e.kind == "status"]


@pytest.mark.parametrize(
    ("events", "status", "moves"),
    [
        ([], "closed", ["solved"]),  # it came into being closed, by an import
        ([event(2, "ticket-reopened", user_id=9)], "open", ["solved", "open"]),
        ([event(2, "ticket-closed"), event(3, "ticket-closed")], "closed", ["open", "solved"]),
        ([event(2, "ticket-snoozed"), event(3, "ticket-self-unsnoozed", "2026-03-01T09:00:00+00:00")], "open",
         ["open", "pending_customer", "open"]),
        ([event(2, "ticket-snoozed"), event(3, "ticket-closed", "2026-03-01T09:00:00+00:00")], "closed",
         ["open", "pending_customer", "solved"]),
        ([event(2, "ticket-closed", context="x"), event(3, "ticket-snoozed", "2026-03-01T08:00:01+00:00", context="x")],
         "closed", ["open", "pending_customer"]),
    ],
)  # fmt: skip
def test_it_begins_as_its_first_move_says(events, status, moves):
    assert [new for _, new in statuses(history(*events, status=status))] == moves


def test_a_reopening_that_names_nobody_and_follows_no_message_is_gorgiass_own():
    rows = history(event(2, "ticket-closed", user_id=9), event(3, "ticket-reopened", "2026-03-02T08:00:00+00:00"))
    assert statuses(rows)[1:] == [("U-9", "solved"), ("automation", "open")]


def message(number, at, **more):
    return {"id": number, "from_agent": False, "created_datetime": at, "sender": {"id": 5}, "body_text": "?", **more}


@pytest.mark.parametrize(("seconds", "who"), [("00", "C-5"), ("59", "C-5"), ("60", "C-5"), ("61", "automation")])
def test_within_a_minute_of_a_customers_message_a_reopening_is_that_customers(seconds, who):
    minute, second = divmod(int(seconds), 60)
    rows = history(
        event(2, "ticket-closed", user_id=9),
        event(3, "ticket-reopened", f"2026-03-02T08:{minute:02d}:{second:02d}+00:00"),
        messages=[message(7, "2026-03-02T08:00:00+00:00"), message(8, "2026-03-02T08:02:00+00:00", sender={"id": 6})],
    )
    assert statuses(rows)[-1] == (who, "open")


@pytest.mark.parametrize(
    ("ran", "context", "who"),
    [("08:00:00", "x", "automation"), ("08:00:02", "x", "U-9"), ("08:00:01", "x", "U-9"), ("08:00:00", "y", "U-9")],
)
def test_a_rule_did_what_stands_behind_it_in_its_context_and_nothing_else(ran, context, who):
    rows = history(
        event(2, "rule-executed", f"2026-03-02T{ran}+00:00", context=context),
        event(3, "ticket-closed", "2026-03-02T08:00:01+00:00", context="x", user_id=9),
    )
    assert statuses(rows)[-1] == (who, "solved")


@pytest.mark.parametrize(
    ("more", "is_told"),
    [
        ({"from_agent": True, "failed_datetime": "2026-03-02T08:00:01+00:00"}, False),
        ({"from_agent": True, "deleted_datetime": "2026-03-02T08:00:01+00:00"}, False),
        ({"from_agent": True, "deleted_datetime": "2026-03-03T08:00:00+00:00", "sent_datetime": AT}, True),
        ({"from_agent": True}, True),  # Not sent yet, or nobody says.
        ({"from_agent": True, "public": False, "failed_datetime": "2026-03-02T08:00:01+00:00"}, True),
        ({"deleted_datetime": "2026-03-02T08:00:01+00:00"}, True),
    ],
)
def test_only_an_answer_that_never_left_was_not_written(more, is_told):
    rows = history(messages=[message(7, AT, **more)])
    assert any(e.kind == "message" for e in rows_of(rows, r.Event, "1")) == is_told


def test_who_is_unassigned_has_had_it_and_spam_is_deleted_until_it_is_none():
    rows = history(
        event(2, "ticket-assigned", data={"assignee_user_id": 9}, user_id=9),
        event(3, "ticket-unassigned", "2026-03-01T09:00:00+00:00", user_id=9),
        event(4, "ticket-team-unassigned", "2026-03-01T09:00:00+00:00", user_id=9),
        event(5, "ticket-marked-spam", "2026-03-01T10:00:00+00:00"),
        event(6, "ticket-unmarked-spam", "2026-03-01T11:00:00+00:00"),
        event(7, "a-brand-new-type", "2026-03-01T11:00:00+00:00", data="?"),
        spam=True,
    )
    kept = [(e.kind, e.old, e.new) for e in rows_of(rows, r.Event, "1") if e.kind not in ("created", "status")]
    assert kept == [
        ("assignee", None, "U-9"), ("assignee", "U-9", None), ("deleted", None, None), ("restored", None, None),
    ]  # fmt: skip
    assert rows_of(rows, r.Ticket, "1")[0].status == "deleted"


def test_a_channel_that_nobody_knows_is_noticed():
    rows = history(channel="pigeon")
    assert rows_of(rows, r.Ticket, "1")[0].channel == "unknown"
    assert [row.field for row in rows if isinstance(row, r.Notice)] == ["channel=pigeon"]


def test_other_teams_are_told_without_a_history_and_a_team_that_gorgias_does_not_show_is_an_error():
    def found(path, query):
        if path == "teams":
            return [{"id": 7, "name": "Lamps"}]  # some lists come without the envelope
        return listed([ticket(1), ticket(2, assignee_team={"id": 7})]) if path == "tickets" else None

    wanted = dataclasses.replace(BARE, scope={"groups": ["Lamps"]})
    wrong = dataclasses.replace(BARE, scope={"groups": ["Candles"]})
    with answering(found) as server:
        rows = read_all(gorgias, fetched(server, settings=wanted), wanted)
        assert [query["object_id"] for query in asked(server, "events")] == ["2"]
        with pytest.raises(SourceError, match="'Candles'"):
            fetched(server, settings=wrong)
    assert {row.ticket: row.has_history for row in rows_of(rows, r.Ticket)} == {"1": False, "2": True}


def test_introduce_calls_each_stream_once_and_knows_fields_with_their_choices():
    company = world(tickets=40, seed=4)
    with serve(company, flavour="gorgias") as box:
        said = gorgias.introduce(open_session(box.connection, SETTINGS, QUICK), SETTINGS)
        assert max(box.requests().values()) == 1
    assert set(said.streams.values()) == {"ok"}
    assert (said.account, said.statuses["snoozed"]) == ("Gorgias nordlicht", "pending_customer")
    assert said.fields == {"custom_field:5077": "Topic"}
    assert "billing" in said.choices["custom_field:5077"]
    assert "Support EMEA" in said.groups
    assert said.tickets == sum(not plan.is_deleted(company.end) for plan in company.plans)
    assert said.requests_for_first_load > 2 * said.tickets


def test_a_first_load_is_reckoned_from_how_often_the_newest_hundred_changed():
    newest = [ticket(number, f"2026-03-{number:02d}T00:00:00+00:00") for number in range(31, 20, -1)]
    here = dataclasses.replace(BARE, since=r.moment("2026-01-10T00:00:00Z"))
    with answering(lambda path, query: listed(newest, "more") if path == "tickets" else None) as server:
        get = open_session({"host": server.url, "login": "a@b.example", "password": "key"}, here, QUICK)
        said = gorgias.introduce(get, here)
    # Eleven in ten days: eighty-eight in eighty.
    assert (said.tickets, said.requests_for_first_load) == (None, 2 * 88 + 1 + 8)
