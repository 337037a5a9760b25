"""Front against the sandbox's flavour, from pages, and against answers that a test writes."""

from __future__ import annotations

import dataclasses
import pathlib

import pytest

from auditlib.caselog import rows as r
from auditlib.conformance import FromPages, Recorded, read_all
from auditlib.http import open_session
from auditlib.sandbox import serve, world
from auditlib.sources import SourceError
from tests.loopback import Answer
from tests.sources.boxed import LIVE, QUICK, InABox
from tests.sources.front_answers import (
    AT,
    BARE,
    GRACE,
    INBOX,
    OTHER,
    SETTINGS,
    answering,
    asked,
    company,
    end,
    event,
    fetched,
    front,
    listed,
    message,
    of_message,
    opened,
    rows_of,
    told,
)


class TestInABox(InABox):
    kind = "front"
    here = SETTINGS
    # The list of events only says which conversations are due; what is read of them stands here.
    tickets_path = "/conversations/cnv_2"
    needed_field = "emitted_at"

    @staticmethod
    def is_gone(plan, at):
        merged_at = plan.facts.merged_at
        return plan.is_deleted(at) or (merged_at is not None and merged_at <= at)

    @staticmethod
    def moved_on(plan):
        """What was written before it was merged."""
        return [(act.at, act.message.is_public) for act in plan.acts[:-1] if act.message]


PAGES = pathlib.Path(__file__).parent / "pages" / "front"
PAGED = dataclasses.replace(SETTINGS, bots=[])


class TestFromPages(FromPages):
    kind = "front"
    here = PAGED
    pages = PAGES


@pytest.fixture(scope="module")
def written():
    """The rows of the pages that were written down."""
    return read_all(front, front.fetch(Recorded(PAGES), {}, LIVE, PAGED), PAGED)


def test_a_conversation_is_told_as_it_happened_with_what_no_event_says(written):
    (ticket,) = rows_of(written, r.Ticket, "a1")
    assert (ticket.status, ticket.channel, ticket.requester, ticket.assignee) == ("solved", "email", "crd_b1", "tea_1f")
    assert (ticket.topic, ticket.group, ticket.tags, ticket.opened_by) == ("Bulb", "inb_8", ("dark",), None)
    assert told(written, "a1") == [
        ("created", "crd_b1", None, None),
        ("status", "crd_b1", None, "open"),
        ("group", "crd_b1", None, "inb_7"),
        ("topic", "crd_b1", None, "Bulb"),
        ("message", "crd_b1", None, None),
        ("group", "automation", "inb_7", "inb_8"),
        ("assignee", "automation", None, "tea_1f"),
        ("message", "automation", None, None),
        ("message", "tea_1f", None, None),
        ("message", "tea_1f", None, None),
        ("status", "tea_1f", "open", "pending_customer"),
        ("message", "crd_b1", None, None),
        ("status", "crd_b1", "pending_customer", "open"),
        ("message", "tea_1f", None, None),
        ("status", "tea_1f", "open", "solved"),
        ("message", "crd_b1", None, None),
        ("status", "crd_b1", "solved", "open"),
        ("status", "automation", "open", "solved"),
    ]


def test_comments_are_the_teams_drafts_are_nothing_and_moments_are_whole_seconds(written):
    messages = [e for e in rows_of(written, r.Event, "a1") if e.kind == "message"]
    assert [(e.body, e.is_public) for e in messages] == [
        ("The lamp is dark.\nWhy?", True), ("We have received it.", True), ("Ask the workshop, @old.", False),
        ("Is it plugged in?", True), ("It is.", True), ("Then it needs a new bulb.", True),
        ("Thanks, and the cable?", True),
    ]  # fmt: skip
    assert messages[3].occurred_at == r.moment("2026-03-02T10:30:20Z")


def test_what_came_back_by_itself_was_snoozed_by_somebody_and_what_lies_in_the_trash_is_deleted(written):
    (ticket,) = rows_of(written, r.Ticket, "b2")
    assert (ticket.status, ticket.channel, ticket.requester) == ("deleted", "messaging", "H-5282afb65219053e")
    assert told(written, "b2")[-3:] == [
        ("status", "tea_1g", "open", "pending_customer"),
        ("status", "automation", "pending_customer", "open"),
        ("deleted", "tea_1g", None, None),
    ]


def test_a_call_that_an_agent_wrote_down_is_held_from_the_beginning_and_snoozed_now(written):
    (ticket,) = rows_of(written, r.Ticket, "c3")
    assert (ticket.status, ticket.channel, ticket.requester, ticket.opened_by) == (
        "pending_customer", "phone", "crd_b1", "tea_1f",
    )  # fmt: skip
    assert ("assignee", "tea_1f", None, "tea_1f") in told(written, "c3")


def test_discussions_and_private_mail_are_no_tickets(written):
    assert {row.ticket for row in rows_of(written, r.Ticket)} == {"a1", "b2", "c3", "c0"}
    assert not [row for row in rows_of(written, r.Person) if row.email == "d@teeth.example"]


def test_who_is_blocked_has_left_and_a_program_is_a_bot(written):
    people = {row.person: (row.role, row.is_active, row.email) for row in rows_of(written, r.Person)}
    assert people == {
        "tea_1f": ("agent", True, "grace@lamps.example"), "tea_1g": ("agent", False, "gone@lamps.example"),
        "tea_2a": ("bot", True, "sync@lamps.example"), "crd_b1": ("customer", True, "ann@rooms.example"),
        "H-5282afb65219053e": ("customer", True, None),
    }  # fmt: skip


# Its traps


@pytest.mark.parametrize("missing", ["events", "messages"])
def test_a_conversation_that_has_gone_when_it_is_read_is_left_out(missing):
    first = message("1")
    log = {f"cnv_{n}": [of_message(f"{n}{k}", "inbound", AT, first, cnv=n) for k in "ab"] for n in "12"}
    whole = company(log, {"cnv_1": [first], "cnv_2": [first]})

    def found(path, query):
        return Answer({}, status=404) if path == f"conversations/cnv_1/{missing}" else whole(path, query)

    with answering(found) as server:
        rows = read_all(front, fetched(server), BARE)
        assert len(asked(server, "conversations/cnv_1/events")) == 1
    assert [row.ticket for row in rows_of(rows, r.Ticket)] == ["2"]


def test_a_stream_that_is_closed_stops_it():
    first = message("1")
    whole = company({"cnv_1": [of_message("1", "inbound", AT, first)]}, {})

    def found(path, query):
        return Answer({}, status=403) if path.endswith("/messages") else whole(path, query)

    with answering(found) as server, pytest.raises(SourceError, match="403"):
        fetched(server)


def test_private_conversations_are_not_asked_for_and_their_words_are_not_kept():
    first = message("1")
    private = [of_message("2", "inbound", AT + 1, message("9", text="private words"), cnv="2", is_private=True)]
    log = {"cnv_1": [of_message("1", "inbound", AT, first)], "cnv_2": private}
    with answering(company(log, {"cnv_1": [first], "cnv_2": [first]})) as server:
        chunks = fetched(server)
        assert asked(server, "conversations/cnv_2/events") == []
    assert not any(b"private words" in page.body for chunk in chunks for page in chunk.pages)
    assert [row.ticket for row in rows_of(read_all(front, chunks, BARE), r.Ticket)] == ["1"]


@pytest.mark.parametrize("drafts", [[], [message("5", is_inbound=False, draft_mode="private")]])
def test_a_discussion_and_the_draft_of_something_new_are_no_tickets(drafts):
    said = event("1", "comment", target=end("comment", {"id": "com_1", "author": GRACE, "body": "Lunch?"}))
    with answering(company({"cnv_1": [said]}, {"cnv_1": drafts})) as server:
        chunks = fetched(server)
    rows = read_all(front, chunks, BARE)
    assert rows_of(rows, r.Ticket) == rows_of(rows, r.Event) == []
    assert any(b"Lunch?" in page.body for chunk in chunks for page in chunk.pages) == bool(drafts)


def test_a_conversation_that_has_become_private_when_it_is_read_is_left_alone():
    first = message("1")
    own = company({"cnv_1": [of_message("1", "inbound", AT, first, is_private=True)]}, {"cnv_1": [first]})
    shared = listed([of_message("1", "inbound", AT, first)])
    with answering(lambda path, query: shared if path == "events" else own(path, query)) as server:
        rows = read_all(front, fetched(server), BARE)
        assert asked(server, "conversations/cnv_1/messages") == []
    assert rows_of(rows, r.Ticket) == []


def test_inboxes_of_teammates_are_no_groups():
    own = {"id": "inb_9", "name": "Grace", "is_private": True}
    with answering(lambda path, query: listed([INBOX, own]) if path == "inboxes" else None) as server:
        rows = read_all(front, fetched(server), BARE)
        said = front.introduce(opened(server), BARE)
    assert [row.name for row in rows_of(rows, r.Group)] == list(said.groups) == ["Lamps"]


def test_an_event_that_names_no_conversation_is_rejected_and_its_page_kept():
    lost = {**event("1", "tag"), "conversation": {"id": "../teammates"}}
    with answering(lambda path, query: listed([lost]) if path == "events" else None) as server:
        rows = read_all(front, fetched(server), BARE)
    assert [(row.ticket, row.reason) for row in rows if isinstance(row, r.Rejected)] == [(None, "missing_field")]


def test_other_inboxes_are_told_without_a_history_and_one_that_front_does_not_show_is_an_error():
    first = message("1")
    log = {f"cnv_{n}": [of_message(n, "inbound", AT, first, inbox, cnv=n)] for n, inbox in (("1", INBOX), ("2", OTHER))}
    # One that was elsewhere and has come back.
    moves = [event(f"m{n}", "move", AT + n, target=end("inboxes", [to]), cnv="4") for n, to in ((9, INBOX), (5, OTHER))]
    log["cnv_2"].append(
        event("5", "conversations_merged", AT, target=end("deleted_conversation_ids", ["cnv_5"]), cnv="2")
    )
    log["cnv_4"] = [*moves, of_message("4", "inbound", AT, first, cnv="4")]
    log["cnv_3"] = [event("3", "comment", cnv="3", target=end("comment", {"id": "com_1", "body": "Lunch?"}))]
    wanted = dataclasses.replace(BARE, scope={"groups": ["Lamps"]})
    wrong = dataclasses.replace(BARE, scope={"groups": ["Matches"]})
    with answering(company(log, {"cnv_1": [first], "cnv_2": [first], "cnv_4": [first]})) as server:
        rows = read_all(front, fetched(server, settings=wanted), wanted)
        assert asked(server, "conversations/cnv_2/messages") == []
        with pytest.raises(SourceError, match="'Matches'"):
            fetched(server, settings=wrong)
    assert {row.ticket: (row.has_history, row.group) for row in rows_of(rows, r.Ticket)} == {
        "1": (True, "inb_7"), "2": (False, "inb_8"), "5": (False, None), "4": (True, "inb_7"),
    }  # fmt: skip


def test_introduce_calls_each_stream_once_and_knows_fields_with_their_choices():
    patient = dataclasses.replace(QUICK, timeout=(5.0, 60.0))  # a question that is repeated is not one call a stream
    with serve(world(tickets=40, seed=4), flavour="front") as box:
        said = front.introduce(open_session(box.connection, SETTINGS, patient), SETTINGS)
        assert max(box.requests().values()) == 1
    assert set(said.streams.values()) == {"ok"}
    assert (said.account, said.statuses["snoozed"]) == ("Front Nordlicht Home", "pending_customer")
    assert "billing" in said.choices["custom_field:Topic"]
    assert "Support EMEA" in said.groups
    assert said.requests_for_first_load > 3 * 40
    assert "A shift of teammates, Berlin office, works Mon-Fri 08:00-18:00 Europe/Berlin." in said.notes


@pytest.mark.parametrize(
    ("times", "says"),
    [
        ({}, "never UTC"),
        (None, "never UTC"),
        ({"sun": {"start": "10:00", "end": "12:00"}, "mon": {"start": "09:00", "end": "17:00"}, "tue": "closed"},
         "Mon 09:00-17:00, Sun 10:00-12:00 UTC"),
        ({day: {"start": "09:00", "end": "17:00"} for day in ("mon", "tue", "thu", "fri")}
         | {"wed": {"start": "09:00", "end": "13:00"}},
         "Mon-Tue 09:00-17:00, Wed 09:00-13:00, Thu-Fri 09:00-17:00 UTC"),
        ({day: {"start": "09:00", "end": "17:00"} for day in ("mon", "tue", "thu")},
         "Mon-Tue 09:00-17:00, Thu 09:00-17:00 UTC"),
    ],
)  # fmt: skip
def test_shifts_are_proposed_as_the_clock_would_have_them(times, says):
    shift = {"id": "shf_1", "name": "Late", "timezone": "UTC", "times": times}
    with answering(lambda path, query: listed([shift]) if path == "shifts" else None) as server:
        said = front.introduce(opened(server), BARE)
    assert said.notes[-1] == f"A shift of teammates, Late, works {says}."


@pytest.mark.parametrize("total", [None, "many", True])
def test_a_number_of_conversations_that_is_none_leaves_the_first_load_unreckoned(total):
    told = {**listed([]), "_total": total}
    with answering(lambda path, query: told if "search" in path else None) as server:
        said = front.introduce(opened(server), BARE)
    assert said.requests_for_first_load is None
