"""What is made of one conversation of Front: its statuses, who acted, and what no event says."""

from __future__ import annotations

import pytest

from auditlib.caselog import rows as r
from auditlib.sources import SourceChanged
from tests.sources.front_answers import (
    AT,
    BY_GRACE,
    GRACE,
    INBOX,
    OTHER,
    end,
    event,
    message,
    of_message,
    one,
    rows_of,
    statuses,
    told,
    whole,
)


@pytest.mark.parametrize("of_draft", [{"draft_mode": "shared"}, {"draft_mode": "private"}, {"is_draft": True},
                                      {"error_type": "smtp_error"}])  # fmt: skip
def test_drafts_were_never_written_nor_what_failed_to_be_sent(of_draft):
    first, draft = message("1"), message("2", AT + 5, is_inbound=False, **of_draft)
    rows = one(messages=[first, draft])
    assert [e.body for e in rows_of(rows, r.Event) if e.kind == "message"] == ["text 1"]


REMINDED = end("reminder", {"_links": {"related": {"owner": "https://acme.api.frontapp.com/teammates/tea_51"}},
                            "created_at": AT, "scheduled_at": AT + 900})  # fmt: skip
SNOOZED = {"status": "archived", "scheduled_reminders": [{"scheduled_at": AT + 900}]}


@pytest.mark.parametrize(
    ("events", "about", "moves"),
    [
        ([], {}, []),
        ([event("2", "archive", AT + 10)], {"status": "archived"}, [(10, "tea_51", "solved")]),
        ([event("2", "archive", AT + 10, REMINDED)], SNOOZED, [(10, "tea_51", "pending_customer")]),
        # Whoever is said to have archived it: it came back by a reminder, or one lies ahead.
        ([event("2", "archive", AT + 10), event("3", "reminder", AT + 900, REMINDED)], {},
         [(10, "tea_51", "pending_customer"), (900, "automation", "open")]),
        ([event("2", "archive", AT + 10), event("3", "reopen", AT + 20), event("4", "archive", AT + 30)], SNOOZED,
         [(10, "tea_51", "solved"), (20, "tea_51", "open"), (30, "tea_51", "pending_customer")]),
        ([event("2", "archive", AT + 10), event("3", "reopen", AT + 20), event("4", "reminder", AT + 30)], {},
         [(10, "tea_51", "solved"), (20, "tea_51", "open")]),
        # Archived and snoozed in one act: it waits.
        ([event("2", "archive", AT + 10), event("3", "archive", AT + 10.5, REMINDED)], SNOOZED,
         [(10, "tea_51", "pending_customer")]),
        ([event("2", "archive", AT + 10, REMINDED), event("3", "reminder", AT + 900, REMINDED)], {},
         [(10, "tea_51", "pending_customer"), (900, "automation", "open")]),
        ([event("2", "archive", AT + 10, end("rule", {"id": "rul_1"})), event("3", "reopen", AT + 20)],
         {"status": "assigned"}, [(10, "automation", "solved"), (20, "tea_51", "open")]),
        # Two within a second, told in another order: the one with the greater moment came later.
        ([event("3", "reopen", AT + 10.75), event("2", "archive", AT + 10.25)], {},
         [(10, "tea_51", "solved"), (10, "tea_51", "open")]),
        # At the same moment, ids count upwards.
        ([event("z", "archive", AT + 10), event("10", "reopen", AT + 10)], {},
         [(10, "tea_51", "solved"), (10, "tea_51", "open")]),
        ([event("2", "archive", AT + 10, end("gmail"))], {"status": "archived"}, [(10, "agent", "solved")]),
        # Ticketing: a company's own statuses are kinds of three.
        ([event("2", "archive", AT + 10)], {"status": "archived", "status_category": "resolved"},
         [(10, "tea_51", "solved")]),
        ([event("2", "archive", AT + 10, REMINDED)], {"status": "assigned", "status_category": "waiting"},
         [(10, "tea_51", "pending_customer")]),
    ],
)  # fmt: skip
def test_statuses_begin_as_events_say(events, about, moves):
    rows = one(*events, **about)
    assert statuses(rows) == [(0, "crd_11", "open"), *moves]
    assert [row for row in rows if isinstance(row, r.Notice)] == []


@pytest.mark.parametrize("source", [BY_GRACE, REMINDED])
def test_what_comes_in_opens_what_is_archived_or_snoozed_though_no_event_says_so(source):
    again = message("2", AT + 60.4)
    rows = one(
        event("2", "archive", AT + 10, source),
        of_message("3", "inbound", AT + 61, again),
        of_message("4", "inbound", AT + 70, message("3", AT + 70)),
        messages=[message("1"), again, message("3", AT + 70)],
    )
    assert statuses(rows)[2:] == [(61, "crd_11", "open")]
    at = [e.occurred_at - AT for e in rows_of(rows, r.Event) if e.kind == "message"]
    assert at == [0, 60, 70]


@pytest.mark.parametrize(
    ("events", "about", "moves"),
    [
        ([], {"status": "archived"}, [(0, "tea_51", "solved")]),  # it came into being archived, by an import
        ([event("2", "reopen", AT + 10)], {}, [(0, "tea_51", "solved"), (10, "tea_51", "open")]),
        ([event("2", "archive", AT + 10)], {"status": "archived"}, [(0, "tea_51", "open"), (10, "tea_51", "solved")]),
        ([], {}, [(0, "tea_51", "open")]),
        ([], {"status": "deleted"}, None),
    ],
)
def test_where_nothing_came_in_it_begins_as_what_it_first_became_says(events, about, moves):
    log = [event("1", "outbound", AT, end("inboxes", [INBOX])), *events]
    rows = whole(log, [message("1", is_inbound=False)], **about)
    assert statuses(rows) == (moves or [])


def test_a_reminder_of_what_an_answer_had_opened_says_nothing_of_how_it_was_archived():
    again = message("2", AT + 60)
    log = [event("2", "archive", AT + 10), of_message("3", "inbound", AT + 60, again), event("4", "reminder", AT + 90)]
    rows = one(*log, messages=[message("1"), again])
    assert statuses(rows)[1:] == [(10, "tea_51", "solved"), (60, "crd_11", "open")]


def test_what_goes_out_opens_nothing():
    reply = message("2", AT + 600, is_inbound=False)
    log = [event("2", "archive", AT + 10), of_message("3", "out_reply", AT + 600, reply)]
    rows = one(*log, messages=[message("1"), reply], status="archived")
    assert statuses(rows)[1:] == [(10, "tea_51", "solved")]


@pytest.mark.parametrize("events", [[], [event("2", "reopen", AT + 10)]])
def test_a_conversation_that_is_not_what_its_events_lead_to_has_no_history_and_the_run_says_so(events):
    rows = one(*events, status="archived")
    assert [(row.status, row.has_history) for row in rows_of(rows, r.Ticket)] == [("solved", False)]
    assert rows_of(rows, r.Event) == []
    assert [row.field for row in rows if isinstance(row, r.Notice)] == [
        "a conversation is in another state than its events lead to"
    ]


def test_what_lies_in_the_trash_is_deleted_and_an_answer_takes_it_out():
    gone = one(event("2", "trash", AT + 10), status="deleted")
    assert [row.status for row in rows_of(gone, r.Ticket)] == ["deleted"]
    assert ("deleted", "tea_51", None, None) in told(gone, "1")
    again = message("2", AT + 60)
    log = [event("2", "archive", AT + 5), event("3", "trash", AT + 10), of_message("4", "inbound", AT + 60, again)]
    back = one(*log, messages=[message("1"), again])
    assert told(back, "1")[-3:] == [
        ("message", "crd_11", None, None), ("restored", "crd_11", None, None), ("status", "crd_11", "solved", "open"),
    ]  # fmt: skip
    twice = one(event("2", "trash", AT + 10), of_message("3", "inbound", AT + 60, again), event("4", "trash", AT + 70),
                messages=[message("1"), again], status="deleted")  # fmt: skip
    # It was thrown away again, so the answer had taken it out.
    assert [kind for kind, *_ in told(twice, "1")][-3:] == ["message", "restored", "deleted"]
    by_hand = one(event("2", "trash", AT + 10), event("3", "restore", AT + 20))
    assert [kind for kind, *_ in told(by_hand, "1")][-2:] == ["deleted", "restored"]


def test_a_status_that_nobody_mapped_stops_it():
    with pytest.raises(SourceChanged, match='"quantum" = "open"'):
        one(status="quantum")


def test_comments_are_the_teams_and_one_that_mentions_somebody_is_told_once():
    comment = {"id": "com_1", "author": GRACE, "body": "Ask @bob.", "posted_at": AT + 30}
    machine = {"id": "com_2", "author": {"id": "tea_9", "type": "CSAT"}, "body": "5 stars", "posted_at": AT + 40}
    rows = one(
        event("2", "comment", AT + 30, target=end("comment", comment)),
        event("3", "mention", AT + 30.2, target=end("comment", comment)),
        event("4", "comment", AT + 40, end("api"), end("comment", machine)),
    )
    messages = [e for e in rows_of(rows, r.Event) if e.kind == "message"]
    assert [(e.body, e.is_public, e.actor, e.actor_class) for e in messages] == [
        ("text 1", True, "crd_11", None), ("Ask @bob.", False, "tea_51", None), ("5 stars", False, "tea_9", "bot"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("author", "who", "role"),
    [
        (None, (None, "automation"), None),
        ({"id": "tea_9", "type": "rule"}, (None, "automation"), "bot"),
        ({"id": "tea_9", "type": "macro"}, (None, "automation"), "bot"),
        ({"id": "tea_9", "type": "API"}, ("tea_9", "bot"), "bot"),
        ({"id": "tea_9", "type": "integration"}, ("tea_9", "bot"), "bot"),
        ({"id": "tea_50"}, ("tea_50", "bot"), None),  # a shorter record, of a program that stands in the list
        ({"id": "tea_9", "type": "visitor"}, ("tea_9", None), "agent"),
        ({"id": "tea_9", "email": "gone@lamps.example", "is_blocked": True}, ("tea_9", None), "agent"),
        ({"id": "tea_9", "email": "Zapier@nordlicht.example", "type": "user"}, ("tea_9", "bot"), "bot"),
    ],
)
def test_who_answers_may_be_a_machine(author, who, role):
    reply = message("2", AT + 60, is_inbound=False, author=author)
    rows = one(of_message("2", "out_reply", AT + 60, reply), messages=[message("1"), reply])
    (answer,) = [e for e in rows_of(rows, r.Event) if e.body == "text 2"]
    assert (answer.actor, answer.actor_class) == who
    people = {row.person: (row.role, row.is_active) for row in rows_of(rows, r.Person)}
    assert people.get("tea_9") == (role and (role, not (author or {}).get("is_blocked")))


def test_whoever_has_no_contact_is_known_by_their_address_and_numbers_tie_nobody():
    def of(handle, number, kind="email"):
        return message(number, AT + int(number), type=kind, recipients=[{"handle": handle, "role": "from"}])

    texts = [of("Bob@rooms.example", "1"), of("bob@rooms.example ", "2"), of("+4930123456", "3", "sms")]
    log = [of_message(str(n), "inbound", AT + n, m) for n, m in enumerate(texts, 2)]
    rows = one(*log, messages=texts)
    wrote = [e.actor for e in rows_of(rows, r.Event) if e.kind == "message"]
    assert wrote[0] == wrote[1] != wrote[2]
    assert not any("@" in actor or "+" in actor for actor in wrote)
    known = {(row.kind, row.value, row.is_verified) for row in rows_of(rows, r.Identity) if row.person in wrote}
    assert known == {("email", "bob@rooms.example", True), ("phone", "+4930123456", False)}
    (ticket,) = rows_of(rows, r.Ticket)
    assert (ticket.requester, ticket.channel) == (wrote[0], "email")


def test_moves_from_inbox_to_inbox_and_from_hand_to_hand():
    rows = one(
        event("2", "assign", AT + 10, end("rule", {"id": "rul_1"}), end("teammate", GRACE)),
        event("3", "move", AT + 20, target=end("inboxes", [OTHER])),
        event("4", "move", AT + 30, target=end("inboxes", [{"id": "inb_9", "name": "Own", "is_private": True}])),
        event("5", "unassign", AT + 40),
    )
    kept = [(e.kind, e.actor or e.actor_class, e.old, e.new) for e in rows_of(rows, r.Event)]
    assert [row for row in kept if row[0] in ("group", "assignee")] == [
        ("group", "crd_11", None, "inb_7"), ("assignee", "automation", None, "tea_51"),
        ("group", "tea_51", "inb_7", "inb_8"), ("assignee", "tea_51", "tea_51", None),
    ]  # fmt: skip
    assert rows_of(rows, r.Ticket)[0].group == "inb_8"


def test_who_has_held_it_since_no_event_tells_of_has_held_it_from_the_beginning():
    rows = one(status="assigned", assignee=GRACE)
    assert ("assignee", "crd_11", None, "tea_51") in told(rows, "1")


def test_an_assignment_to_nobody_is_rejected_with_its_conversation():
    rows = one(event("2", "assign", AT + 10, target=None))
    assert [(row.ticket, row.reason) for row in rows if isinstance(row, r.Rejected)] == [("1", "unreadable")]
    assert rows_of(rows, r.Ticket) == []


def test_what_was_forwarded_the_customer_has_not_seen():
    passed_on = message("2", AT + 60, is_inbound=False, recipients=[{"handle": "factory@parts.example", "role": "to"}])
    rows = one(
        of_message("2", "outbound", AT + 60, passed_on),
        event("3", "forward", AT + 60.1, target=end("message", passed_on)),
        event("4", "forward", AT + 61, target=end("message", message("1"))),  # it names what came in
        messages=[message("1"), passed_on, message("3", AT + 70, is_inbound=False, type="internal")],
    )
    assert [(e.body, e.is_public) for e in rows_of(rows, r.Event) if e.kind == "message"] == [
        ("text 1", True), ("text 2", False), ("text 3", False),
    ]  # fmt: skip


@pytest.mark.parametrize("ids", [["cnv_2", "cnv_1"], [{"id": "cnv_2"}], "cnv_2", [5, None, {}], None])
def test_one_that_others_were_merged_into_begins_with_the_oldest_message_and_the_others_are_merged(ids):
    older = message("0", AT - 3600)
    rows = one(
        event("2", "conversations_merged", AT + 10, target=end("deleted_conversation_ids", ids)),
        messages=[message("1"), older],
    )
    ticket, *others = rows_of(rows, r.Ticket)
    assert ticket.created_at == AT - 3600
    is_named = bool(ids) and "cnv_2" in str(ids)
    assert [(t.ticket, t.merged_into, t.has_history) for t in others] == [("2", "1", False)] * is_named
    assert {t.created_at for t in others} <= {AT - 3600}
    assert [e.occurred_at - AT for e in rows_of(rows, r.Event) if e.kind == "message"] == [-3600, 0]


def test_what_was_brought_in_with_a_conversation_began_it():
    rows = one(messages=[message("0", AT - 3600), message("1")])
    assert [e.occurred_at - AT for e in rows_of(rows, r.Event) if e.kind == "message"] == [0, 0]


def test_one_that_an_agent_began_names_whom_it_is_to():
    call = message("1", is_inbound=False, type="call", text=None, body="<p>He <b>called</b>.</p>")
    rows = one(messages=[call])
    (ticket,) = rows_of(rows, r.Ticket)
    assert (ticket.requester, ticket.opened_by, ticket.channel) == ("crd_11", "tea_51", "phone")
    assert [e.body for e in rows_of(rows, r.Event) if e.kind == "message"] == ["He called."]


def test_words_that_nobody_knows_are_noticed():
    rows = one(event("2", "levitate", AT + 5), messages=[message("1", type="pigeon")])
    assert rows_of(rows, r.Ticket)[0].channel == "unknown"
    assert {row.field for row in rows if isinstance(row, r.Notice)} == {"type=levitate", "type=pigeon"}
