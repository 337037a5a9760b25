"""What Front's events leave to be understood: snoozes, mail that was passed on, and what never went out."""

from __future__ import annotations

import pytest

from auditlib.caselog import rows as r
from auditlib.conformance import read_all
from tests.sources.front_answers import (
    ANN,
    AT,
    BARE,
    GRACE,
    answering,
    company,
    conversation,
    end,
    event,
    fetched,
    front,
    message,
    of_message,
    one,
    rows_of,
    statuses,
    told,
)

AHEAD = [{"created_at": AT + 10, "scheduled_at": AT + 9000, "updated_at": AT + 10}]
REMINDER = end("reminder", {"created_at": AT + 10, "scheduled_at": AT + 900})
FACTORY = {"handle": "factory@parts.example", "role": "to"}


def written(rows):
    """Who wrote what, as the customer sees it."""
    kept = [e for e in rows_of(rows, r.Event) if e.kind == "message"]
    return [(e.occurred_at - AT, e.actor or e.actor_class, e.is_public) for e in kept]


@pytest.mark.parametrize(
    ("about", "after"),
    [
        ({"status": "archived", "scheduled_reminders": AHEAD}, []),
        ({"status": "archived", "status_category": "waiting"}, []),
        ({}, [event("9", "reminder", AT + 900, REMINDER)]),
    ],
)
def test_what_a_colleague_archived_and_a_reminder_brings_back_was_snoozed(about, after):
    rows = one(event("2", "archive", AT + 10), *after, **about)
    assert statuses(rows)[1] == (10, "tea_51", "pending_customer")
    assert rows_of(rows, r.Notice) == []


def test_what_was_archived_and_answered_before_it_was_snoozed_was_solved():
    again = message("2", AT + 60)
    rows = one(
        event("2", "archive", AT + 10),
        of_message("3", "inbound", AT + 60, again),
        event("4", "archive", AT + 90, REMINDER),
        messages=[message("1"), again],
        status="archived",
        scheduled_reminders=AHEAD,
    )
    assert [status for _, _, status in statuses(rows)] == ["open", "solved", "open", "pending_customer"]


@pytest.mark.parametrize("first", [10.98, 11.4])
def test_archived_and_snoozed_in_one_act_is_snoozed_on_either_side_of_a_second(first):
    rows = one(
        event("2", "archive", AT + first),
        event("3", "archive", AT + 11.02, REMINDER),
        status="archived",
        scheduled_reminders=AHEAD,
    )
    assert statuses(rows)[1:] == [(11, "automation", "pending_customer")]


def test_a_forward_that_names_what_came_in_is_the_mail_that_went_to_somebody_else():
    passed_on = message("2", AT + 60, is_inbound=False, recipients=[FACTORY])
    log = [
        of_message("2", "outbound", AT + 60, passed_on),
        event("3", "forward", AT + 60.2, target=end("message", message("1"))),
    ]
    assert written(one(*log, messages=[message("1"), passed_on])) == [(0, "crd_11", True), (60, "tea_51", False)]


def test_an_answer_that_was_passed_on_later_is_still_an_answer():
    answer = message("2", AT + 60, is_inbound=False)
    passed_on = message("3", AT + 899, is_inbound=False, recipients=[FACTORY])
    unsaid = message("4", AT + 5000, is_inbound=False, recipients=[FACTORY])
    rows = one(
        of_message("2", "out_reply", AT + 60, answer),
        event("3", "forward", AT + 900, target=end("message", {"id": answer["id"]})),
        of_message("4", "outbound", AT + 899, passed_on),
        of_message("5", "outbound", AT + 5000, unsaid),
        messages=[message("1"), answer, passed_on, unsaid],
    )
    assert [public for *_, public in written(rows)] == [True, True, False, True]


@pytest.mark.parametrize(
    ("log", "error", "is_sent"),
    [
        ([], "smtp_error", False),
        (["sending_error"], None, False),
        (["out_reply", "sending_error"], "smtp_error", False),
        (["sending_error", "out_reply"], None, True),
        # It went out, and did not arrive.
        (["out_reply", "message_bounce_error"], None, True),
    ],
)
def test_what_could_not_be_sent_answered_nobody(log, error, is_sent):
    answer = message("2", AT + 60, is_inbound=False, error_type=error)
    events = [
        event(str(n), kind, AT + 60 + n, end("recipient", ANN), end("message", answer)) for n, kind in enumerate(log, 2)
    ]
    rows = one(*events, messages=[message("1"), answer])
    assert ((60, "tea_51", True) in written(rows)) == is_sent


def test_of_a_conversation_whose_only_message_was_never_sent_nothing_is_told():
    lost = message("1", is_inbound=False, error_type="smtp_error")
    log = [event("1", "sending_error", AT, end("recipient", ANN), end("message", lost))]
    with answering(company({"cnv_1": log}, {"cnv_1": [lost]})) as server:
        assert rows_of(read_all(front, fetched(server), BARE), r.Ticket) == []


def test_one_that_was_brought_in_with_its_answer_began_with_its_first_message():
    asked, answered = message("1", AT - 9000), message("2", AT - 5000, is_inbound=False)
    log = [event("1", "tag", AT + 5)]
    with answering(company({"cnv_1": log}, {"cnv_1": [asked, answered]})) as server:
        rows = read_all(front, fetched(server), BARE)
    assert rows_of(rows, r.Ticket)[0].created_at == AT - 9000
    assert written(rows) == [(-9000, "crd_11", True), (-5000, "tea_51", True)]


def test_what_is_called_trashed_as_fronts_filters_call_it_is_deleted():
    rows = one(event("2", "trash", AT + 10), status="trashed")
    assert [(row.status, row.has_history) for row in rows_of(rows, r.Ticket)] == [("deleted", True)]


@pytest.mark.parametrize("kind", ["tag", "reopen"])
def test_when_a_question_was_solved_that_was_brought_in_archived_nobody_knows(kind):
    asked = message("1", AT - 9000)
    log = [event("1", kind, AT + 5, **({"status": "archived"} if kind == "tag" else {}))]
    with answering(company({"cnv_1": log}, {"cnv_1": [asked]})) as server:
        rows = read_all(front, fetched(server), BARE)
    assert [row.has_history for row in rows_of(rows, r.Ticket)] == [False]
    assert rows_of(rows, r.Event) == []


@pytest.mark.parametrize(
    ("archived", "sent", "author", "between", "solved"),
    [
        (10, 40.5, GRACE, [], [(40, "solved")]),
        (10, 70, GRACE, [], [(70, "solved")]),
        (10, 70.5, GRACE, [], [(10, "solved")]),
        (10, 40, {"id": "tea_9", "type": "user"}, [], [(10, "solved")]),
        (10, 40, GRACE, [event("7", "reopen", AT + 20)], [(10, "solved"), (20, "open")]),
    ],
)
def test_sent_and_archived_is_archived_when_it_goes_out(archived, sent, author, between, solved):
    answer = message("2", AT + sent, is_inbound=False, author=author)
    rows = one(
        event("2", "archive", AT + archived),
        *between,
        of_message("9", "out_reply", AT + sent, answer),
        messages=[message("1"), answer],
        status="assigned" if between else "archived",
    )
    assert [(at, status) for at, _, status in statuses(rows)][1:] == solved
    assert (int(sent), author["id"], True) in written(rows)


def test_an_answer_takes_it_out_of_the_trash_also_where_it_was_never_archived():
    again = message("2", AT + 60)
    log = [event("2", "trash", AT + 10), of_message("3", "inbound", AT + 60, again)]
    rows = one(*log, messages=[message("1"), again])
    assert told(rows, "1")[-1] == ("restored", "crd_11", None, None)


def test_a_comment_that_is_no_longer_shown_is_a_note_without_words():
    rows = one(
        event("2", "comment", AT + 5, target=end("comment", None)),
        event("3", "mention", AT + 5, target=end("comment", None)),
        event("4", "comment", AT + 6, target=None),
        event("5", "comment", AT + 7, end("teammate", {"id": "tea_51"}), end("comment", {"id": "com_1"})),
    )
    assert written(rows)[1:] == [(5, "tea_51", False), (6, "tea_51", False), (7, "tea_51", False)]


def test_a_message_that_names_no_sender_is_the_main_recipients():
    text = message("1", type="sms", recipients=[{"handle": "+49301", "role": "to"}])
    assert written(one(messages=[text])) == [(0, "crd_11", True)]


def test_one_that_an_agent_began_is_theirs_to_whom_it_went_where_no_main_recipient_is_told():
    first = message("1", is_inbound=False)
    log = [of_message("1", "outbound", AT, first)]
    log[0]["conversation"] = conversation(recipient=None)
    with answering(company({"cnv_1": log}, {"cnv_1": [first]})) as server:
        rows = read_all(front, fetched(server), BARE)
    assert [(row.requester, row.opened_by) for row in rows_of(rows, r.Ticket)] == [("crd_11", "tea_51")]
    assert {row.person for row in rows_of(rows, r.Person) if row.role == "customer"} == {"crd_11"}


def test_what_is_nearly_empty_is_read():
    first = {
        "id": "msg_1",
        "is_inbound": True,
        "created_at": AT,
        "recipients": [{"handle": "Z@x.example", "role": "from"}],
    }
    log = [{"id": "evt_1", "type": "inbound", "emitted_at": AT,
            "conversation": {"id": "cnv_1", "status": "unassigned", "created_at": float(AT)}}]  # fmt: skip
    with answering(company({"cnv_1": log}, {"cnv_1": [first]})) as server:
        rows = read_all(front, fetched(server), BARE)
    (ticket,) = rows_of(rows, r.Ticket)
    assert (ticket.status, ticket.channel, ticket.group, ticket.has_history) == ("open", "unknown", None, True)
    assert ticket.requester
    assert written(rows) == [(0, ticket.requester, True)]


def test_a_contact_that_is_linked_by_its_address_is_known_by_a_digest_of_it():
    by_address = {"related": {"contact": "https://acme.api.frontapp.com/contacts/alt:email:ann@rooms.example"}}
    rows = one(messages=[message("1", recipients=[{**ANN, "_links": by_address}])])
    (ticket,) = rows_of(rows, r.Ticket)
    assert ticket.requester.startswith("H-")
    assert written(rows) == [(0, ticket.requester, True)]
