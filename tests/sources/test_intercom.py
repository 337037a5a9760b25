"""Intercom against the sandbox's flavour, from pages, and against answers that a test writes."""

from __future__ import annotations

import dataclasses
import json
import pathlib

import pytest

from auditlib.caselog import rows as r
from auditlib.conformance import FromPages, Recorded, read_all
from auditlib.http import open_session
from auditlib.sandbox import serve, world
from auditlib.sources import SourceError, Window, load
from auditlib.sources._intercom.desk import PASSES
from tests.loopback import Answer, serving
from tests.sources.boxed import LIVE, QUICK, InABox, settings_of

intercom = load("intercom")

SETTINGS = settings_of(
    "intercom",
    fields={"topic": "custom_attribute:Topic", "tier": "organization.plan"},
    bots=["assistant@nordlicht.example", "zapier@nordlicht.example"],
)


class TestInABox(InABox):
    kind = "intercom"
    here = SETTINGS
    tickets_path = "/conversations/search"


PAGES = pathlib.Path(__file__).parent / "pages" / "intercom"


class TestFromPages(FromPages):
    kind = "intercom"
    here = SETTINGS
    pages = PAGES


@pytest.fixture(scope="module")
def written():
    """The rows of the pages that were written down."""
    return read_all(intercom, intercom.fetch(Recorded(PAGES), {}, LIVE, SETTINGS), SETTINGS)


def rows_of(rows, kind, ticket=None):
    return [row for row in rows if isinstance(row, kind) and (ticket is None or row.ticket == ticket)]


def told(rows, ticket):
    return [(e.kind, e.actor or e.actor_class, e.old, e.new) for e in rows_of(rows, r.Event, ticket)]


ANN = "64aa0000000000000000a001"


def test_a_conversation_reads_as_its_parts_tell(written):
    (ticket,) = rows_of(written, r.Ticket, "201")
    assert (ticket.status, ticket.channel, ticket.priority, ticket.topic) == ("solved", "email", "high", "Bulbs")
    assert (ticket.group, ticket.assignee, ticket.tags, ticket.requester) == ("31", "11", ("dark",), ANN)
    assert told(written, "201") == [
        ("created", ANN, None, None),
        ("message", ANN, None, None),
        ("status", ANN, None, "open"),
        ("topic", "automation", None, "Lamps"),
        ("group", "automation", None, "31"),
        ("message", "automation", None, None),  # a workflow's, not an AI agent's
        ("message", "11", None, None),
        ("message", "11", None, None),  # words that came with the assignment
        ("assignee", "11", None, "11"),
        ("status", "11", "open", "pending_customer"),
        ("status", "automation", "pending_customer", "open"),
        ("topic", "11", "Lamps", "Bulbs"),
        ("message", "11", None, None),
        ("status", "11", "open", "solved"),
        ("message", ANN, None, None),
        ("status", ANN, "solved", "open"),
        ("message", "11", None, None),
        ("status", "11", "open", "solved"),
        ("rating_offered", "automation", None, None),
        ("rating", ANN, None, "1-5:4 with comment"),
    ]


def test_notes_are_internal_words_of_moves_are_public_and_redacted_ones_are_not_read(written):
    messages = [e for e in rows_of(written, r.Event, "201") if e.kind == "message"]
    assert [(e.body, e.is_public) for e in messages] == [
        ("The lamp is dark.", True),
        ("We have received your mail.", True),
        ("Ask the workshop.", False),
        ("I will look at it.", True),
        ("A new bulb is on its way.", True),
        ("It is dark again.", True),
        (None, True),
    ]


def test_a_contact_who_writes_opens_it_and_what_was_never_changed_it_had_from_the_beginning(written):
    (ticket,) = rows_of(written, r.Ticket, "202")
    assert (ticket.channel, ticket.opened_by, ticket.assignee) == ("phone", "19", None)
    assert told(written, "202") == [
        ("created", "19", None, None),
        ("status", "19", None, "open"),
        ("topic", "19", None, "Bills"),
        ("message", "19", None, None),  # the note of the call; the source has no words
        ("assignee", "19", None, "19"),
        ("status", "19", "open", "solved"),
        ("message", ANN, None, None),
        ("status", ANN, "solved", "open"),
        ("message", "901", None, None),
        ("assignee", "automation", "19", None),
        ("status", "automation", "open", "solved"),
        ("rating_offered", "automation", None, None),  # and nobody answered
    ]
    classes = {e.actor: e.actor_class for e in rows_of(written, r.Event, "202") if e.kind == "message"}
    assert classes == {"19": "agent", ANN: None, "901": "bot"}


def test_a_ticket_of_a_form_reads_as_its_states_tell_and_its_description_is_the_first_message(written):
    (ticket,) = rows_of(written, r.Ticket, "301")
    assert (ticket.status, ticket.channel, ticket.subject, ticket.topic) == ("solved", "web", "Red lamp", "Bulbs")
    assert (ticket.group, ticket.assignee, ticket.requester, ticket.has_history) == ("31", None, ANN, True)
    assert told(written, "301") == [
        ("created", ANN, None, None),
        ("message", ANN, None, None),
        ("status", ANN, None, "open"),  # submitted
        ("group", "automation", None, "31"),
        ("message", "11", None, None),
        ("topic", "automation", None, "Bulbs"),
        ("message", "11", None, None),
        ("status", "11", "open", "pending_customer"),
        ("message", ANN, None, None),
        ("status", ANN, "pending_customer", "open"),
        ("status", "11", "open", "solved"),
    ]
    bodies = [(e.body, e.is_public) for e in rows_of(written, r.Event, "301") if e.kind == "message"]
    assert bodies == [
        ("It is dark.", True), ("Ask the workshop.", False), ("Which lamp?\nGrace & co", True), ("The red one", True),
    ]  # fmt: skip


def test_who_has_left_is_known_from_what_they_wrote_and_only_users_addresses_are_verified(written):
    people = {row.person: (row.role, row.is_active, row.organization) for row in rows_of(written, r.Person)}
    assert people == {
        "11": ("agent", True, None), "12": ("agent", True, None), "19": ("agent", False, None),
        ANN: ("customer", True, "c1"), "64aa0000000000000000a002": ("customer", True, None),
    }  # fmt: skip
    assert {i.value: i.is_verified for i in rows_of(written, r.Identity) if i.value.endswith("y.example")} == {
        "some@body.example": False
    }
    (rooms,) = rows_of(written, r.Organization)
    assert rooms.fields == {"plan": "gold", "seats": "12", "vip": "true"}


def test_its_own_figures_run_from_the_contacts_first_words_and_only_what_is_decided_of_a_service_level_is_told(written):
    found = {(row.ticket, row.metric): row.value for row in rows_of(written, r.VendorMetric)}
    assert found == {
        ("201", "statistics.first_admin_reply_at"): 3600,
        ("201", "statistics.first_close_at"): 93_600,
        ("201", "statistics.last_close_at"): 342_000,
        ("201", "statistics.count_reopens"): 1,
        ("201", "own_sla.Replies within a day.missed"): 0,
        ("202", "statistics.first_close_at"): 3600,
        ("202", "statistics.last_close_at"): 3600,
        ("202", "statistics.count_reopens"): 0,
    }


# Its traps

AT = r.moment("2026-03-02T08:00:00Z")
SINCE = r.moment("2026-03-01T00:00:00Z")


def listing(*conversations, after=None, total=None):
    pages = {"type": "pages", "page": 1, **({"next": {"per_page": 150, "starting_after": after}} if after else {})}
    return {"conversations": list(conversations), "total_count": total or len(conversations), "pages": pages}


def conversation(number, at=AT, **more):
    return {"id": str(number), "created_at": AT, "updated_at": at, "state": "open", **more}


def part(number, kind, author="user", **more):
    return {"id": number, "part_type": kind, "created_at": AT + number, "author": {"type": author, "id": "7"}, **more}


def with_parts(found, *parts, total=None):
    return found | {"conversation_parts": {"conversation_parts": list(parts), "total_count": total or len(parts)}}


def answering(found):
    """An Intercom of a few answers: `found(path, sent)`; what it does not know is empty."""
    empty = {
        "/admins": {"admins": []}, "/teams": {"teams": []}, "/companies/list": {"data": []},
        "/contacts/search": {"data": [], "total_count": 0}, "/conversations/search": listing(),
        "/tickets/search": {"tickets": [], "total_count": 0},
    }  # fmt: skip

    def answer(request):
        path = request.path.partition("?")[0]
        known = found(path, json.loads(request.sent or b"{}"))
        known = empty.get(path) if known is None else known
        return known if isinstance(known, Answer) else Answer(known or {}, status=200 if known else 404)

    return serving(answer)


def asking(server):
    extra = {"token": "key", "headers": {"Intercom-Version": "2.14"}}
    return open_session({"host": server.url, "extra": extra}, SETTINGS, QUICK)


def fetched(server, window=LIVE, settings=SETTINGS):
    return list(intercom.fetch(asking(server), {}, window, settings))


def test_requests_are_as_intercom_describes_them():
    def found(path, sent):
        if path == "/conversations/search":
            return listing(conversation(1))
        return with_parts(conversation(1)) if path == "/conversations/1" else None

    with answering(found) as server:
        fetched(server, Window("older", SINCE, AT + 10))
        fetched(server, Window("live", SINCE))
    assert {(q.headers["Authorization"], q.headers["Intercom-Version"]) for q in server.asked} == {
        ("Bearer key", "2.14")
    }
    asked = [(q.method, q.path, json.loads(q.sent) if q.sent else None) for q in server.asked]
    older, live = (sent for _, path, sent in asked if path == "/conversations/search")
    assert older == {
        "query": {"operator": "AND", "value": [
            {"field": "updated_at", "operator": ">", "value": SINCE - 1},
            {"field": "updated_at", "operator": "<", "value": AT + 10}]},
        "pagination": {"per_page": 150},
    }  # fmt: skip
    assert live["query"]["value"] == older["query"]["value"][:1]
    assert ("GET", "/conversations/1?display_as=plaintext", None) in asked
    assert ("POST", "/companies/list?page=1&per_page=60&order=asc", {}) in asked


def test_what_changes_while_it_is_searched_is_searched_for_again():
    """The search tells the newest first: what changes meanwhile has left its place on the second page."""
    asked = []

    def found(path, sent):
        if path.startswith("/conversations/") and path != "/conversations/search":
            return with_parts(conversation(path.rpartition("/")[2]))
        if path != "/conversations/search":
            return None
        asked.append((sent["query"]["value"][0]["value"], sent["pagination"].get("starting_after")))
        if sent["pagination"].get("starting_after"):
            return listing(conversation(1), total=3)
        again = len(asked) > 1
        return listing(conversation(2, AT + 9000)) if again else listing(conversation(3), after="c2", total=3)

    with answering(found) as server:
        chunks = fetched(server, Window("live", SINCE))
    begun = r.moment("2026-03-02T09:00:00Z")
    assert asked == [(SINCE - 1, None), (SINCE - 1, "c2"), (begun - 1, None)]
    assert {row.ticket for row in rows_of(read_all(intercom, chunks, SETTINGS), r.Ticket)} == {"1", "2", "3"}
    assert chunks[-1].complete_until == begun - 600


def test_a_search_that_never_comes_to_rest_proves_nothing():
    def found(path, sent):
        if path != "/conversations/search":
            return with_parts(conversation(1)) if path.startswith("/conversations/") else None
        after = None if sent["pagination"].get("starting_after") else "next"
        return listing(conversation(1), after=after, total=2)

    with answering(found) as server:
        chunks = fetched(server)
    assert sum("/conversations/search" in q.path for q in server.asked) == 2 * PASSES
    assert chunks[-1].complete_until is None


def test_a_search_that_counts_and_shows_nothing_is_no_empty_workspace():
    with (
        answering(lambda path, sent: listing(total=5) if path == "/conversations/search" else None) as server,
        pytest.raises(SourceError, match="counts 5 conversations and shows none"),
    ):
        fetched(server)


def one_of(*parts, total=None, **more):
    """The rows of a workspace with one conversation."""

    def found(path, sent):
        if path == "/conversations/search":
            return listing(conversation(1, **more))
        return with_parts(conversation(1, **more), *parts, total=total) if path == "/conversations/1" else None

    with answering(found) as server:
        return read_all(intercom, fetched(server), SETTINGS)


@pytest.mark.parametrize(("shown", "total"), [(500, 500), (500, 812), (3, 4)])
def test_a_conversation_whose_oldest_parts_are_not_shown_has_no_history(shown, total):
    rows = one_of(*(part(n, "comment", body="Hello") for n in range(1, shown + 1)), total=total)
    (ticket,) = rows_of(rows, r.Ticket)
    assert (ticket.has_history, rows_of(rows, r.Event)) == (False, [])
    assert ["500 parts" in notice.field for notice in rows_of(rows, r.Notice)] == [True]


def test_a_conversation_that_is_linked_to_a_tracker_shares_its_cause():
    back_office, tracker = ({"type": "ticket", "id": n, "category": kind} for n, kind in
                            (("70", "Back-office"), ("71", "Tracker")))  # fmt: skip
    for linked, cause in (([back_office, tracker], "71"), ([back_office], None), (None, None)):
        (ticket,) = rows_of(one_of(linked_objects={"type": "list", "data": linked}), r.Ticket)
        assert ticket.incident_of == cause


def test_a_conversation_deleted_while_it_is_read_is_left_out():
    with answering(lambda path, sent: listing(conversation(1)) if path == "/conversations/search" else None) as server:
        assert rows_of(read_all(intercom, fetched(server), SETTINGS), r.Ticket) == []


def test_a_part_that_nobody_knows_is_noticed_and_never_a_message():
    rows = one_of(part(1, "hologram", "admin", body="Boo"))
    assert [(n.stream, n.field) for n in rows_of(rows, r.Notice)] == [("parts", "part_type=hologram")]
    assert [e.kind for e in rows_of(rows, r.Event)] == ["created", "status"]


def test_statistics_that_cannot_be_read_are_noticed_and_cost_nothing_else():
    rows = one_of(part(1, "close", "admin"), statistics={"first_close_at": "yesterday"})
    assert [n.field for n in rows_of(rows, r.Notice)] == ["statistics that cannot be read"]
    assert [e.new for e in rows_of(rows, r.Event) if e.kind == "status"] == ["open", "solved"]


def test_what_fin_writes_is_a_bots_and_what_a_workflow_writes_is_not():
    by = {"type": "bot", "id": "9"}
    told = [by | {"from_ai_agent": True}, by | {"is_ai_answer": True}, by | {"from_ai_agent": None}]
    rows = one_of(*({**part(n, "comment", body="Hello"), "author": who} for n, who in enumerate(told, 1)))
    assert [e.actor_class for e in rows_of(rows, r.Event) if e.kind == "message"] == ["bot", "bot", "automation"]


CUSTOMERS = {"field": "category", "operator": "=", "value": "request"}


def ticket(number, *parts, total=None, state="submitted"):
    held = {"ticket_parts": list(parts), "total_count": len(parts) if total is None else total}
    return {"id": str(number), "created_at": AT, "updated_at": AT + 60, "ticket_state": {"category": state},
            "contacts": {"contacts": [{"id": "c7"}]}, "ticket_parts": held}  # fmt: skip


def tickets_of(*told, are_conversations=()):
    """The rows of a workspace with tickets, of which some are conversations as well; and what was asked."""

    def found(path, sent):
        if path == "/tickets/search":
            return {"tickets": list(told), "total_count": len(told)}
        name, _, number = path.strip("/").partition("/")
        if name == "conversations" and number in are_conversations:
            return with_parts(conversation(number))
        return next((one for one in told if name == "tickets" and one["id"] == number), None)

    with answering(found) as server:
        rows = read_all(intercom, fetched(server), SETTINGS)
    return rows, server.asked


def test_a_ticket_that_is_a_conversation_as_well_is_read_as_that_alone():
    rows, asked = tickets_of(ticket(8), ticket(9), are_conversations=["9"])
    assert [t.ticket for t in rows_of(rows, r.Ticket)] == ["8"]
    searches = [json.loads(q.sent)["query"]["value"] for q in asked if q.path == "/tickets/search"]
    assert [one[-1] for one in searches] == [CUSTOMERS]
    assert [q.path for q in asked if q.path.startswith("/tickets/") and q.method == "GET"] == ["/tickets/8"]


def test_a_ticket_in_whose_parts_no_state_is_told_was_in_its_state_from_the_beginning():
    rows, _ = tickets_of(ticket(8, part(1, "comment", "admin", body="<p>Hello</p>"), state="waiting_on_customer"))
    assert [e.new for e in rows_of(rows, r.Event) if e.kind == "status"] == ["pending_customer"]


@pytest.mark.parametrize("total", [None, 700])
def test_a_ticket_whose_oldest_parts_are_not_shown_has_no_history(total):
    shown = 500 if total is None else 3
    rows, _ = tickets_of(ticket(8, *(part(n, "comment") for n in range(1, shown + 1)), total=total))
    assert [t.has_history for t in rows_of(rows, r.Ticket)] == [False]
    assert ["500 parts" in notice.field for notice in rows_of(rows, r.Notice)] == [True]


def test_tickets_that_are_closed_to_the_account_are_said_and_conversations_count_alone():
    def found(path, sent):
        if path == "/tickets/search":
            return Answer({"errors": [{"code": "api_plan_restricted"}]}, status=403)
        if path == "/conversations/search":
            return listing(conversation(1))
        return with_parts(conversation(1)) if path == "/conversations/1" else None

    with answering(found) as server:
        chunks = fetched(server)
    rows = read_all(intercom, chunks, SETTINGS)
    assert [(n.stream, n.field) for n in rows_of(rows, r.Notice)] == [
        ("tickets", "not readable: the helpdesk answered 403")
    ]
    assert [t.ticket for t in rows_of(rows, r.Ticket)] == ["1"]
    assert chunks[-1].complete_until == r.moment("2026-03-02T09:00:00Z") - 600


def test_a_contacts_words_leave_it_closed_where_the_part_says_so():
    parts = [part(1, "close", "admin"), part(2, "comment", body="Thanks", state="closed")]
    statuses = [e.new for e in rows_of(one_of(*parts), r.Event) if e.kind == "status"]
    assert statuses == ["open", "solved"]


def test_parts_without_a_list_reject_the_conversation():
    def found(path, sent):
        if path == "/conversations/search":
            return listing(conversation(1))
        return conversation(1) if path == "/conversations/1" else None

    with answering(found) as server:
        (bad,) = rows_of(read_all(intercom, fetched(server), SETTINGS), r.Rejected)
    assert (bad.ticket, bad.reason) == ("1", "missing_field")


def test_contacts_are_searched_from_two_days_before_since_their_search_knows_days_only():
    with answering(lambda path, sent: None) as server:
        get = asking(server)
        first = list(intercom.fetch(get, {}, LIVE, SETTINGS))
        list(intercom.fetch(get, {chunk.stream: chunk.cursor for chunk in first}, LIVE, SETTINGS))
    begun = r.moment("2026-03-02T09:00:00Z")
    values = [json.loads(q.sent)["query"]["value"][0]["value"] for q in server.asked if q.path == "/contacts/search"]
    assert values == [0, begun - 2 * 86_400 - 1]


def test_a_team_of_the_scope_that_is_not_shown_is_an_error_and_others_conversations_are_not_asked_for():
    narrow = dataclasses.replace(SETTINGS, scope={"groups": ["Floor"]})
    with answering(lambda path, sent: None) as server, pytest.raises(SourceError, match="'Floor'"):
        fetched(server, settings=narrow)

    def found(path, sent):
        if path == "/teams":
            return {"teams": [{"id": "31", "name": "Floor"}, {"id": "32", "name": "Workshop"}]}
        if path == "/conversations/search":
            return listing(conversation(1, team_assignee_id=32), conversation(2, team_assignee_id=31))
        return with_parts(conversation(2, team_assignee_id=31)) if path == "/conversations/2" else None

    with answering(found) as server:
        rows = read_all(intercom, fetched(server, settings=narrow), narrow)
    assert {t.ticket: t.has_history for t in rows_of(rows, r.Ticket)} == {"1": False, "2": True}


def test_introduce_calls_each_stream_once_and_reckons_the_first_load():
    company = world(tickets=40, seed=4)
    with serve(company, flavour="intercom") as box:
        said = intercom.introduce(open_session(box.connection, SETTINGS, QUICK), SETTINGS)
        assert max(box.requests().values()) == 1
    assert said.statuses == {
        "open": "open", "snoozed": "pending_customer", "closed": "solved",
        "submitted": "open", "in_progress": "open", "waiting_on_customer": "pending_customer", "resolved": "solved",
    }  # fmt: skip
    assert said.fields == {"custom_attribute:Topic": "Topic", "custom_attribute:Order number": "Order number"}
    assert said.tickets == sum(not plan.is_deleted(company.end) for plan in company.plans)
    assert said.tickets < said.requests_for_first_load < 2 * said.tickets
    assert said.account == "Nordlicht Home"
