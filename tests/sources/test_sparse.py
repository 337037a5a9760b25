"""Records as sparse as descriptions allow: null where something is nullable, absent where it is not required."""

from __future__ import annotations

import dataclasses
import json

import pytest

from auditlib.caselog import rows as r
from auditlib.conformance import read_all
from auditlib.sources import Chunk, Page, load
from auditlib.sources._jira_service_management.document import plain
from tests.sources import (
    test_front,
    test_gorgias,
    test_help_scout,
    test_hubspot,
    test_intercom,
    test_jira_service_management,
)
from tests.sources.documented_bodies import counted, searched

AT = 1_772_442_000
WHEN = "2026-03-02T10:00:00.000+0100"


def read(kind, settings, **streams):
    """The rows of pages that a test writes: stream → path and body."""
    pages = [Page(stream=name, url=path, body=json.dumps(body).encode()) for name, (path, body) in streams.items()]
    return read_all(load(kind), [Chunk(stream="", pages=pages, cursor={})], settings)


def conversation(**more):
    nulls = dict.fromkeys(
        ("waiting_since", "snoozed_until", "admin_assignee_id", "team_assignee_id", "conversation_rating", "teammates",
         "first_contact_reply", "sla_applied", "statistics", "ai_agent", "title", "priority", "source", "contacts",
         "tags", "custom_attributes", "linked_objects", "ticket")
    )  # fmt: skip
    return nulls | {"id": "7", "created_at": AT, "updated_at": AT + 60, "state": "open"} | more


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"source": {"author": {"type": "user", "id": "c1", "name": None}, "url": None}, "contacts": {}, "tags": {}},
        {"contacts": {"contacts": [{"id": "c1", "external_id": None}]}, "tags": {"tags": [{"id": "5"}]},
         "statistics": {}, "sla_applied": {}, "conversation_rating": {}, "ai_agent": {"source_type": None}},
        {"custom_attributes": {"Topic": None, "orders": {"type": "Order.list", "instances": []}, "seats": 3}},
    ],
)  # fmt: skip
def test_a_conversation_of_which_hardly_anything_is_told_is_read(more):
    parts = [{"id": "1", "part_type": "comment", "created_at": AT + 30, "author": {"type": "user", "id": "c1"}}]
    parts.append(
        {"id": "2", "part_type": "close", "created_at": AT + 60, "body": None, "assigned_to": None, "metadata": None,
         "email_message_metadata": None, "event_details": None, "tags": None, "external_id": None, "redacted": None,
         "author": {"type": "admin", "id": "11", "from_ai_agent": None}}
    )  # fmt: skip
    held = {"conversation_parts": {"conversation_parts": parts, "total_count": 2}}
    told = read(
        "intercom",
        test_intercom.SETTINGS,
        admins=("/admins", {"admins": [{"id": "11"}]}),
        teams=("/teams", {"teams": [{"id": "31"}]}),
        conversations=("/conversations/search", {"conversations": [conversation(**more)]}),
        conversation=("/conversations/7", conversation(**more) | held),
    )
    assert [row for row in told if isinstance(row, r.Rejected | r.Notice)] == []
    assert [(t.ticket, t.has_history) for t in told if isinstance(t, r.Ticket)] == [("7", True)]
    assert [e.new for e in told if isinstance(e, r.Event) and e.kind == "status"] == ["open", "solved"]


def test_people_of_intercom_of_whom_hardly_anything_is_told_are_read():
    told = read(
        "intercom",
        test_intercom.SETTINGS,
        admins=("/admins", {"admins": [{"id": "11", "name": None, "email": None, "avatar": None}]}),
        teams=("/teams", {"teams": [{"id": "31", "assignment_limit": None, "distribution_method": None}]}),
        contacts=("/contacts/search", {"data": [{"id": "c1", "name": None, "companies": {}}, {"id": "c2"}]}),
        companies=("/companies/list", {"data": [{"id": "o1", "plan": {}}, {"id": "o2", "custom_attributes": None}]}),
    )
    assert [row for row in told if isinstance(row, r.Rejected | r.Notice)] == []
    assert {p.person for p in told if isinstance(p, r.Person)} == {"11", "c1", "c2"}
    assert [g.name for g in told if isinstance(g, r.Group)] == ["31"]
    assert [o.name for o in told if isinstance(o, r.Organization)] == ["o1", "o2"]


def test_an_issue_of_which_hardly_anything_is_told_is_read():
    fields = dict.fromkeys(("summary", "description", "reporter", "creator", "assignee", "priority", "labels"))
    fields |= {"created": WHEN, "updated": WHEN, "status": {"id": "3", "name": "Open"}, "project": {"id": "100"}}
    history = {
        "id": "1",
        "created": WHEN,
        "items": [{"field": None, "from": None}, {"fieldId": "status", "from": "3", "to": "3"}],
    }
    told = read(
        "jira_service_management",
        test_jira_service_management.BARE,
        statuses=("/rest/api/3/status", [{"id": "3", "name": "Open", "statusCategory": None, "scope": {}}]),
        fields=("/rest/api/3/field", [{"id": "summary", "name": "Summary"}]),
        desks=("/rest/servicedeskapi/servicedesk", {"values": []}),
        issues=("/rest/api/3/search/jql", {"issues": [{"id": "7", "key": "LMP-7", "fields": fields}]}),
        changelog=("/rest/api/3/issue/7/changelog", {"values": [history, {"id": "2", "created": WHEN}]}),
        comments=("/rest/api/3/issue/7/comment", {"comments": [{"id": "3", "created": WHEN, "author": {}}]}),
    )
    assert [row for row in told if isinstance(row, r.Rejected | r.Notice)] == []
    assert [(t.ticket, t.status) for t in told if isinstance(t, r.Ticket)] == [("7", "open")]
    wrote = [(e.actor, e.actor_class, e.is_public) for e in told if isinstance(e, r.Event) and e.kind == "message"]
    assert wrote == [(None, "unknown", True)] * 2


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"field": "updated_at", "operator": ">=", "value": 1}, "searched by '>='"),
        ({"field": "updated_at", "operator": ">", "value": "1"}, "searched for '1'"),
        ({"operator": "AND", "value": []}, "AND of"),
        ({"operator": "OR", "value": [{"operator": "AND", "value": [{"operator": "OR", "value": [1]}]}]}, "at depth 2"),
        ({"operator": "AND", "value": [{"field": "id", "operator": "=", "value": 1}] * 16}, "AND of"),
        ({"field": "id", "operator": "=", "value": "1", "sort": "asc"}, "sort is not described"),
        (None, "None is no filter"),
    ],
)
def test_a_search_that_is_not_as_described_is_told(query, says):
    assert says in " ".join(searched({"query": query}))


def test_a_page_that_is_too_large_or_a_count_without_a_question_is_told():
    fine = {"field": "updated_at", "operator": ">", "value": 1}
    assert list(searched({"query": fine, "pagination": {"per_page": 150, "starting_after": None}})) == []
    assert list(searched({"query": fine, "pagination": {"per_page": 151}})) == ["per_page is 151"]
    assert list(counted({"jql": "ORDER BY updated"})) == ["jql is 'ORDER BY updated'"]


def test_lists_of_intercom_may_hold_null_and_what_a_conversation_is_linked_with_may_have_no_number():
    told = read(
        "intercom",
        test_intercom.SETTINGS,
        admins=("/admins", {"admins": [None, {"id": "11"}]}),
        teams=("/teams", {"teams": []}),
        conversations=("/conversations/search", {"conversations": [conversation()]}),
        conversation=(
            "/conversations/7",
            conversation(linked_objects={"data": [{"category": "Tracker"}]}, company_id=None)
            | {"conversation_parts": {"conversation_parts": [], "total_count": 0}},
        ),
    )
    assert [row for row in told if isinstance(row, r.Rejected | r.Notice)] == []
    assert [(t.ticket, t.incident_of) for t in told if isinstance(t, r.Ticket)] == [("7", None)]


def listing(under, *records):
    return {"_embedded": {under: list(records)}, "page": {"totalElements": len(records), "totalPages": 1}}


def test_a_conversation_of_help_scout_of_which_hardly_anything_is_told_is_read():
    bare = dict.fromkeys(("subject", "assignee", "createdBy", "source", "primaryCustomer", "customFields", "tags"))
    moved = {"type": "movedFromMailbox", "associatedEntities": None}
    threads = [
        {"id": 1, "type": "customer", "createdAt": "2026-03-02T10:00:00Z", "body": None, "action": {}},
        {"id": 2, "type": "lineitem", "createdAt": "2026-03-02T10:05:00Z", "status": "closed", "action": moved},
    ]
    rows = [
        {"id": 7, "status": "closed", "createdAt": "2026-03-02T10:00:00Z", **bare},
        {"id": 8, "status": "active", "createdAt": "2026-03-02T10:00:00Z",
         "tags": [{"id": 1}, {"tag": None}], "customFields": [{"id": 1, "name": None}]},
    ]  # fmt: skip
    told = read(
        "help_scout",
        test_help_scout.SETTINGS,
        users=("/v2/users", listing("users")),
        mailboxes=("/v2/mailboxes", {"page": {"totalElements": 0, "totalPages": 0}}),
        conversations=("/v2/conversations", listing("conversations", *rows)),
        threads=("/v2/conversations/7/threads", listing("threads", *threads)),
    )
    assert {(row.stream, row.field) for row in told if isinstance(row, r.Rejected | r.Notice)} == set()
    assert [(t.ticket, t.status) for t in told if isinstance(t, r.Ticket)] == [("7", "solved")]
    assert [e.new for e in told if isinstance(e, r.Event) and e.kind == "status"] == ["open", "solved"]


def test_a_ticket_of_hubspot_of_which_hardly_anything_is_told_is_read():
    times = {"createdAt": WHEN, "updatedAt": WHEN}
    stage = {"id": "s1", "label": "New", "metadata": {"ticketState": "OPEN"}}
    told = read(
        "hubspot",
        dataclasses.replace(test_hubspot.SETTINGS, statuses={"New": "new"}),
        pipelines=("/crm/v3/pipelines/tickets", {"results": [{"id": "0", "label": "Support", "stages": [stage]}]}),
        owners=("/crm/v3/owners", {"results": []}),
        search=("/crm/v3/objects/tickets/search", {"results": [{"id": "7"}, None, {"id": "8"}]}),
        tickets=(
            "/crm/v3/objects/tickets/batch/read",
            {
                "results": [
                    {"id": "7", "properties": {"hs_pipeline_stage": "s1", "subject": None}, **times},
                    {"id": "8", "properties": {"hs_pipeline_stage": None}, **times},
                ]
            },
        ),
    )
    assert [row.ticket for row in told if isinstance(row, r.Rejected)] == ["8"]  # It is in no stage.
    assert [(t.ticket, t.subject) for t in told if isinstance(t, r.Ticket)] == [("7", None)]


def test_a_document_of_jira_with_odd_nodes_is_read_for_the_words_in_it():
    odd = [{"type": ["text"], "text": "no"}, {"type": "mention", "attrs": ["x"]}, {"type": "panel", "content": {}}, 5]
    fine = {"type": "paragraph", "content": [{"type": "text", "text": "Hello"}]}
    assert plain({"type": "doc", "content": [*odd, fine]}) == "Hello"


def test_a_ticket_of_gorgias_of_which_hardly_anything_is_told_is_read():
    bare = {"id": 7, "status": "closed", "created_datetime": "2026-03-02T10:00:00"}
    empty = dict.fromkeys(
        ("customer", "assignee_user", "assignee_team", "tags", "custom_fields", "channel", "priority")
    )
    message = {"id": 1, "from_agent": False, "created_datetime": "2026-03-02T10:00:00", "sender": None}
    events = [
        {"id": 2, "type": "ticket-created", "created_datetime": "2026-03-02T10:00:00"},
        {"id": 3, "type": "ticket-assigned", "created_datetime": "2026-03-02T10:01:00", "data": None},
        {"id": 4, "type": "ticket-closed", "created_datetime": "2026-03-02T10:05:00", "context": None, "data": []},
    ]
    odd = {**bare, "id": 8, "tags": [{"id": 1}, {"name": None}], "custom_fields": {"5": {"value": None}}}
    told = read(
        "gorgias",
        test_gorgias.SETTINGS,
        users=("/api/users", {"data": [{"id": 9, "role": None}], "meta": {}}),
        teams=("/api/teams", []),
        tickets=("/api/tickets", {"data": [{**bare, **empty}, odd]}),
        ticket=("/api/tickets/7", {**bare, "messages": [message]}),
        events=("/api/events?object_type=Ticket&object_id=7", {"data": events}),
    )
    assert [row for row in told if isinstance(row, r.Rejected | r.Notice)] == []
    assert [(t.ticket, t.status, t.channel) for t in told if isinstance(t, r.Ticket)] == [("7", "solved", "unknown")]
    assert [e.new for e in told if isinstance(e, r.Event) and e.kind == "status"] == ["open", "solved"]
    assert [(e.actor_class, e.body) for e in told if isinstance(e, r.Event) and e.kind == "message"] == [
        ("unknown", None)
    ]


def test_a_conversation_of_front_of_which_hardly_anything_is_told_is_read():
    empty = dict.fromkeys(("subject", "assignee", "recipient", "tags", "custom_fields", "scheduled_reminders"))
    about = {"id": "cnv_7", "status": "archived", "created_at": AT}
    events = [
        {"id": "evt_2", "type": "archive", "emitted_at": AT + 60.5, "source": None, "conversation": about | empty},
        {"id": "evt_1", "type": "inbound", "emitted_at": AT, "source": {}, "target": {"_meta": None}},
        {"id": "evt_0", "type": "move", "emitted_at": AT, "target": {"_meta": {"type": "inboxes"}, "data": None}},
    ]
    messages = [{"id": "msg_1", "is_inbound": True, "created_at": AT}]
    told = read(
        "front",
        test_front.SETTINGS,
        teammates=("/teammates", {"_results": [{"id": "tea_9", "email": None, "first_name": None}]}),
        inboxes=("/inboxes", {"_results": [{"id": "inb_7"}]}),
        history=("/conversations/cnv_7/events?limit=100", {"_results": events}),
        messages=("/conversations/cnv_7/messages?limit=100", {"_results": messages}),
    )
    assert [row for row in told if isinstance(row, r.Rejected | r.Notice)] == []
    assert [(t.ticket, t.status, t.channel) for t in told if isinstance(t, r.Ticket)] == [("7", "solved", "unknown")]
    assert [e.new for e in told if isinstance(e, r.Event) and e.kind == "status"] == ["open", "solved"]
    assert [(e.actor_class, e.body) for e in told if isinstance(e, r.Event) and e.kind == "message"] == [
        ("unknown", None)
    ]
    assert [g.name for g in told if isinstance(g, r.Group)] == ["inb_7"]
