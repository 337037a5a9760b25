"""Jira Service Management against the sandbox's flavour, from pages, and against answers that a test writes."""

from __future__ import annotations

import dataclasses
import pathlib
import zoneinfo
from urllib.parse import parse_qsl, urlsplit

import pytest

from auditlib.caselog import rows as r
from auditlib.conformance import FromPages, Recorded, read_all
from auditlib.http import open_session
from auditlib.sandbox import serve, world
from auditlib.sandbox.jira_service_management.settings import account
from auditlib.sandbox.staff import ASSISTANT, INTEGRATION
from auditlib.sources import SourceError, Window, load
from auditlib.sources._jira_service_management.document import plain
from auditlib.sources._jira_service_management.words import local
from tests.loopback import Answer, serving
from tests.sources.boxed import LIVE, QUICK, InABox, settings_of

jira = load("jira_service_management")

SETTINGS = settings_of(
    "jira_service_management",
    statuses={"Waiting on vendor": "on_hold", "Escalated to engineering": "open"},
    fields={"topic": "custom_field:customfield_10101"},
    bots=[account(ASSISTANT), account(INTEGRATION)],
    options={"group_field": "customfield_10100"},
)


class TestInABox(InABox):
    kind = "jira_service_management"
    here = SETTINGS
    tickets_path = "/rest/api/3/search/jql"
    needed_field = "fields"

    @staticmethod
    def written(plan):
        """What an issue begins with is its description, which customers see."""
        return [(act.at, act.message.is_public or act is plan.acts[0]) for act in plan.acts if act.message]

    def fetched(self, box, cursors=None, **options):
        return super().fetched(box, cursors, **{**SETTINGS.options, **options})


PAGES = pathlib.Path(__file__).parent / "pages" / "jira_service_management"
PAGED = dataclasses.replace(
    SETTINGS, statuses={"In the workshop": "on_hold"}, fields={"topic": "custom_field:customfield_1"}, options={}
)


class TestFromPages(FromPages):
    kind = "jira_service_management"
    here = PAGED
    pages = PAGES


@pytest.fixture(scope="module")
def written():
    """The rows of the pages that were written down."""
    return read_all(jira, jira.fetch(Recorded(PAGES), {}, LIVE, PAGED), PAGED)


def rows_of(rows, kind, ticket=None):
    return [row for row in rows if isinstance(row, kind) and (ticket is None or row.ticket == ticket)]


def told(rows, ticket):
    return [(e.kind, e.actor or e.actor_class, e.old, e.new) for e in rows_of(rows, r.Event, ticket)]


def test_an_issue_reads_as_its_changes_tell_and_begins_with_what_was_first_replaced(written):
    (ticket,) = rows_of(written, r.Ticket, "201")
    assert (ticket.status, ticket.channel, ticket.priority, ticket.topic) == ("solved", "email", "medium", "Bulb")
    assert (ticket.group, ticket.assignee, ticket.tags) == ("100", "a1:grace", ("dark",))
    assert ticket.url == "https://lamps.example/browse/LMP-201"
    assert told(written, "201") == [
        ("created", "qm:ann", None, None),
        ("message", "qm:ann", None, None),
        ("status", "qm:ann", None, "open"),
        ("group", "qm:ann", None, "100"),
        ("priority", "qm:ann", None, "high"),
        ("topic", "qm:ann", None, "Lamp"),
        ("priority", "automation", "high", "medium"),
        ("message", "a1:grace", None, None),
        ("message", "a1:grace", None, None),
        ("status", "a1:grace", "open", "on_hold"),
        ("assignee", "a1:grace", None, "a1:grace"),
        ("topic", "a1:grace", "Lamp", "Bulb"),
        ("tag", "a1:grace", None, "dark"),
        ("message", "a1:grace", None, None),  # before what was changed in its second
        ("status", "a1:grace", "on_hold", "solved"),
        ("rating", "qm:ann", None, "1-5:4"),
    ]


def test_internal_and_restricted_comments_are_never_shown_to_the_customer_and_documents_are_read_as_text(written):
    messages = [e for e in rows_of(written, r.Event, "201") if e.kind == "message"]
    assert [(e.body, e.is_public) for e in messages] == [
        ("The lamp is dark.\nWhy?\n@Grace", True),
        ("Ask the workshop.", False),
        ("For managers.", False),
        ("A new bulb\nis on its way.", True),
    ]


def test_an_issue_that_was_raised_for_a_customer_and_moved_between_projects(written):
    (ticket,) = rows_of(written, r.Ticket, "202")
    assert (ticket.requester, ticket.opened_by, ticket.channel) == ("qm:ann", "a1:gone", "phone")
    assert ticket.created_at == r.moment("2026-03-29T01:30:00Z")
    assert told(written, "202") == [
        ("created", "a1:gone", None, None),
        ("message", "a1:gone", None, None),
        ("status", "a1:gone", None, "open"),
        ("group", "a1:gone", None, "101"),
        ("assignee", "a1:gone", None, "a1:gone"),
        ("priority", "a1:gone", None, "medium"),
        ("group", "a1:gone", "101", "100"),
        ("assignee", "a1:gone", "a1:gone", None),
        ("status", "automation", "open", "closed"),
        ("merged_into", "automation", None, "201"),  # closed, and linked as a duplicate by no change that is told
    ]
    assert ticket.merged_into == "201"
    assert {g.group: g.name for g in rows_of(written, r.Group)} == {"100": "Lamps", "101": "Old lamps"}


def test_accounts_say_what_somebody_is_and_an_address_only_where_its_owner_shows_it(written):
    people = {row.person: (row.role, row.is_active) for row in rows_of(written, r.Person)}
    assert people == {
        "qm:ann": ("customer", True), "a1:grace": ("agent", True), "a1:gone": ("agent", False),
        "557058:auto": ("unknown", True),
    }  # fmt: skip
    assert [(i.person, i.value) for i in rows_of(written, r.Identity)] == [("qm:ann", "ann@rooms.example")]


def test_a_requests_organization_is_the_first_that_it_is_shared_with(written):
    assert [t.organization for t in rows_of(written, r.Ticket)] == ["7", None]
    assert [(o.organization, o.name) for o in rows_of(written, r.Organization)] == [("7", "Rooms")]


def test_only_completed_cycles_of_its_own_slas_are_told(written):
    found = {(row.ticket, row.metric): row.value for row in rows_of(written, r.VendorMetric)}
    assert found == {
        ("201", "own_sla.Time to first response.missed"): 0,
        ("201", "time_to_first_response"): 3600,
        ("201", "own_sla.Time to resolution.missed"): 1,
        ("201", "time_to_resolution"): 172_800,
    }


# Its words


@pytest.mark.parametrize(
    ("at", "zone", "shown"),
    [
        ("2026-03-01T09:30:59Z", "Europe/Berlin", "2026/03/01 10:30"),
        ("2026-07-01T09:30:00Z", "America/New_York", "2026/07/01 05:30"),
        ("2026-10-25T00:30:00Z", "Europe/Berlin", "2026/10/25 01:30"),  # 02:30 comes twice: an hour before
        ("2026-10-25T01:30:00Z", "Europe/Berlin", "2026/10/25 02:30"),  # the second 02:30: the first is before it
        ("2026-10-25T02:30:00Z", "Europe/Berlin", "2026/10/25 03:30"),
        ("2026-03-29T01:30:00Z", "Europe/Berlin", "2026/03/29 03:30"),
    ],
)
def test_a_search_begins_at_the_minute_of_the_askers_zone_and_never_later(at, zone, shown):
    assert local(r.moment(at), zoneinfo.ZoneInfo(zone)) == shown


def test_a_text_that_is_no_document_is_read_as_it_stands():
    assert plain("As *before*") == "As *before*"
    assert plain(None) is None
    block = {"type": "codeBlock", "content": [{"type": "text", "text": "x = 1"}]}
    face = {"type": "emoji", "attrs": {"shortName": ":wave:"}}
    assert plain({"type": "doc", "content": [{"type": "paragraph", "content": [face]}, block]}) == ":wave:\nx = 1"


# Its traps

AT = r.moment("2026-03-02T08:00:00Z")
SINCE = r.moment("2026-03-01T00:00:00Z")
BARE = dataclasses.replace(SETTINGS, fields={}, options={})
DESK = {"id": "1", "projectId": "100", "projectName": "Lamps", "projectKey": "LMP"}
CLOSED = {"id": "6", "name": "Closed", "statusCategory": {"key": "done"}}
OPEN = {"id": "1", "name": "Waiting for support", "statusCategory": {"key": "indeterminate"}}


def issue(number, updated="2026-03-02T08:00:00.000+0000"):
    fields = {"created": "2026-03-02T08:00:00.000+0000", "updated": updated, "status": OPEN,
              "project": {"id": "100", "key": "LMP", "name": "Lamps"}}  # fmt: skip
    return {"id": str(number), "key": f"LMP-{number}", "fields": fields}


def answering(found, zone="Europe/Berlin", desks=(DESK,)):
    """A Jira of a few answers: `found(path, query)`; what it does not know is empty."""
    known = {
        "api/3/myself": {"timeZone": zone}, "api/3/field": [], "api/3/status": [OPEN],
        "servicedeskapi/servicedesk": {"isLastPage": True, "values": list(desks)},
        "api/3/search/jql": {"issues": [], "isLast": True},
    }  # fmt: skip

    def answer(request):
        address = urlsplit(request.path)
        path, query = address.path.removeprefix("/rest/"), dict(parse_qsl(address.query))
        told = found(path, query)
        if told is None:
            told = known.get(path)
        if told is None:
            told = {"values": [], "comments": [], "total": 0, "isLast": True}
        return told if isinstance(told, Answer) else Answer(told)

    return serving(answer)


def asking(server):
    connection = {"host": server.url, "login": "auditor@lamps.example", "password": "token"}
    return open_session(connection, BARE, QUICK)


def searches(server):
    return [dict(parse_qsl(urlsplit(q.path).query)) for q in server.asked if "/search/jql" in q.path]


def test_requests_are_as_jira_describes_them():
    with answering(lambda path, query: {"issues": [issue(1)], "isLast": True} if "jql" in path else None) as server:
        list(jira.fetch(asking(server), {}, Window("older", SINCE, AT + 10), BARE))
    assert {q.headers["Authorization"][:6] for q in server.asked} == {"Basic "}
    assert searches(server) == [
        {
            "jql": 'project in ("LMP") AND updated >= "2026/03/01 01:00" AND updated < "2026/03/02 11:00" '
            "ORDER BY updated ASC, key ASC",
            "maxResults": "100",
            "fields": "summary,description,status,created,updated,reporter,creator,assignee,priority,project,labels,"
            "issuelinks",
            "properties": "request.channel.type",
        }
    ]
    asked = [q.path for q in server.asked]
    assert "/rest/api/3/issue/1/changelog?startAt=0&maxResults=100" in asked
    assert "/rest/api/3/issue/1/comment?orderBy=created&startAt=0&maxResults=100" in asked
    assert "/rest/servicedeskapi/servicedesk?start=0&limit=100" in asked
    assert "/rest/servicedeskapi/request/1/sla?start=0&limit=100" in asked


def test_a_token_that_is_too_old_begins_the_window_anew():
    def found(path, query):
        if "jql" not in path:
            return None
        if query.get("nextPageToken") == "old":
            return Answer({"errorMessages": ["expired"]}, status=400)
        return {"issues": [issue(1)], "isLast": True}

    with answering(found) as server:
        begin = {"issues": {"since": SINCE, "token": "old"}}
        chunks = list(jira.fetch(asking(server), begin, Window("live", SINCE), BARE))
    assert [query.get("nextPageToken") for query in searches(server)] == ["old", None]
    assert {row.ticket for row in rows_of(read_all(jira, chunks, BARE), r.Ticket)} == {"1"}


def test_the_next_night_reads_twelve_hours_again_since_the_search_follows_late():
    with answering(lambda path, query: {"issues": [issue(1)], "isLast": True} if "jql" in path else None) as server:
        chunks = list(jira.fetch(asking(server), {}, Window("live", SINCE), BARE))
    assert chunks[-1].cursor["since"] == AT - 12 * 3600
    assert chunks[-1].complete_until == r.moment("2026-03-02T09:00:00Z") - 600


def test_changes_are_paged_by_what_came_and_not_by_what_was_asked_for():
    def found(path, query):
        if "jql" in path:
            return {"issues": [issue(1)], "isLast": True}
        if path.endswith("/comment"):
            begin = int(query["startAt"])
            rows = [
                {"id": str(n + 1), "created": "2026-03-02T08:30:00.000+0000"} for n in range(begin, min(begin + 2, 5))
            ]
            return {"startAt": begin, "maxResults": 2, "total": 5, "comments": rows}
        return None

    with answering(found) as server:
        rows = read_all(jira, list(jira.fetch(asking(server), {}, LIVE, BARE)), BARE)
    assert sum(e.kind == "message" for e in rows_of(rows, r.Event)) == 6  # the description, and five comments
    assert sum("/comment" in q.path for q in server.asked) == 3


@pytest.mark.parametrize(
    ("status", "asked", "says"),
    [(404, 2, []), (403, 1, [("levels", "not readable: the helpdesk answered 403")])],
)
def test_slas_that_are_closed_are_asked_for_once_and_an_issue_without_any_is_no_closed_one(status, asked, says):
    def found(path, query):
        if "jql" in path:
            return {"issues": [issue(1), issue(2)], "isLast": True}
        return Answer({"errorMessage": "no"}, status=status) if path.endswith("/sla") else None

    without = dataclasses.replace(BARE, options={"service_levels": False})
    with answering(found) as server:
        rows = read_all(jira, list(jira.fetch(asking(server), {}, LIVE, BARE)), BARE)
        list(jira.fetch(asking(server), {}, LIVE, without))
    assert sum("/sla" in q.path for q in server.asked) == asked
    assert [(n.stream, n.field) for n in rows_of(rows, r.Notice)] == says
    assert len(rows_of(rows, r.Ticket)) == 2


def linked(kind, *, closed_at=None, linked_at=None, side="outwardIssue"):
    """The rows of an issue that is linked to another one, and perhaps closed."""
    one = issue(1)
    link = {"id": "5", "type": {"name": kind}, side: {"id": "9", "key": "LMP-9"}}
    one["fields"] |= {"issuelinks": [link], "status": CLOSED if closed_at else OPEN}
    moves = [
        (linked_at, {"field": "Link", "fieldId": "issuelinks", "to": "LMP-9", "toString": "This issue duplicates"}),
        (closed_at, {"field": "status", "from": "1", "fromString": OPEN["name"], "to": "6", "toString": "Closed"}),
    ]
    told = [
        {"id": str(n), "created": f"2026-03-02T{at}:00.000+0000", "items": [item]}
        for n, (at, item) in enumerate(moves, 1)
        if at
    ]

    def found(path, query):
        if "jql" in path:
            return {"issues": [one], "isLast": True}
        return {"values": told, "isLast": True} if path.endswith("/changelog") else None

    with answering(found) as server:
        return read_all(jira, list(jira.fetch(asking(server), {}, LIVE, BARE)), BARE)


@pytest.mark.parametrize(
    ("told", "merged_at"),
    [
        ({"kind": "Duplicate", "closed_at": "09:10", "linked_at": "08:30"}, "09:10"),
        ({"kind": "Duplicate", "closed_at": "08:30", "linked_at": "09:20"}, "09:20"),
        ({"kind": "Duplicate", "closed_at": "08:30"}, "08:30"),
        ({"kind": "Duplicate", "linked_at": "08:30"}, None),  # both are worked on
        ({"kind": "Relates", "closed_at": "08:30"}, None),
        ({"kind": "Duplicate", "closed_at": "08:30", "side": "inwardIssue"}, None),  # the other one is the duplicate
    ],
)
def test_an_issue_is_merged_once_it_is_both_closed_and_linked_as_a_duplicate(told, merged_at):
    rows = linked(**told)
    merges = [(e.occurred_at, e.new) for e in rows_of(rows, r.Event) if e.kind == "merged_into"]
    assert merges == ([(r.moment(f"2026-03-02T{merged_at}:00Z"), "9")] if merged_at else [])
    assert [t.merged_into for t in rows_of(rows, r.Ticket)] == ["9" if merged_at else None]


def test_a_wait_for_an_approver_is_none_for_the_customer_and_is_told_by_the_status():
    approval = {"id": "7", "name": "Waiting for approval", "statusCategory": {"key": "indeterminate"}}
    asking_back = {"id": "8", "name": "Waiting for customer", "statusCategory": {"key": "indeterminate"}}
    one = issue(1)
    one["fields"]["status"] = asking_back
    moves = [("09:00", OPEN, approval), ("10:00", approval, OPEN), ("11:00", OPEN, asking_back)]
    told = [
        {"id": str(n), "created": f"2026-03-02T{at}:00.000+0000", "items": [
            {"field": "status", "from": was["id"], "fromString": was["name"], "to": now["id"], "toString": now["name"]}
        ]}
        for n, (at, was, now) in enumerate(moves, 1)
    ]  # fmt: skip

    def found(path, query):
        if "jql" in path:
            return {"issues": [one], "isLast": True}
        if path == "api/3/status":
            return [OPEN, approval, asking_back]
        return {"values": told, "isLast": True} if path.endswith("/changelog") else None

    with answering(found) as server:
        rows = read_all(jira, list(jira.fetch(asking(server), {}, LIVE, BARE)), BARE)
        assert not [q.path for q in server.asked if "/approval" in q.path]
    moved = [(e.old, e.new) for e in rows_of(rows, r.Event) if e.kind == "status"]
    assert moved == [(None, "open"), ("open", "on_hold"), ("on_hold", "open"), ("open", "pending_customer")]


def test_no_service_desk_at_all_is_a_hidden_one():
    with answering(lambda path, query: None, desks=()) as server, pytest.raises(SourceError, match="no service desk"):
        list(jira.fetch(asking(server), {}, LIVE, BARE))


def test_a_time_zone_that_is_none_stops_it():
    with answering(lambda path, query: None, zone="Mars") as server, pytest.raises(SourceError, match="'Mars'"):
        list(jira.fetch(asking(server), {}, LIVE, BARE))


def test_a_list_that_is_told_again_and_again_without_an_end_stops_it():
    def found(path, query):
        if "jql" in path:
            return {"issues": [issue(1)], "isLast": True}
        return {"values": [{"id": "1", "created": "2026-03-02T10:00:00.000+0000"}]} if "changelog" in path else None

    with answering(found) as server, pytest.raises(SourceError, match="changelog tells the same records again"):
        list(jira.fetch(asking(server), {}, LIVE, BARE))
    assert len(server.asked) < 20


def test_an_issue_deleted_while_it_is_read_is_left_out():
    def found(path, query):
        if "jql" in path:
            return {"issues": [issue(1)], "isLast": True}
        return Answer({"errorMessages": ["gone"]}, status=404) if path.endswith("changelog") else None

    with answering(found) as server:
        assert rows_of(read_all(jira, list(jira.fetch(asking(server), {}, LIVE, BARE)), BARE), r.Ticket) == []


@pytest.mark.parametrize(
    ("options", "scope", "says"),
    [
        ({"group_field": "customfield_99"}, {}, "customfield_99"),
        ({}, {"groups": ["Candles"]}, "'Candles'"),
    ],
)
def test_a_field_or_a_project_that_jira_does_not_show_is_an_error(options, scope, says):
    wrong = dataclasses.replace(BARE, options=options, scope=scope)
    with answering(lambda path, query: None) as server, pytest.raises(SourceError, match=says):
        list(jira.fetch(asking(server), {}, LIVE, wrong))


def test_introduce_calls_each_stream_once_and_reckons_the_first_load():
    company = world(tickets=40, seed=4)
    with serve(company, flavour="jira_service_management") as box:
        said = jira.introduce(open_session(box.connection, SETTINGS, QUICK), SETTINGS)
        assert max(box.requests().values()) == 1
    assert (said.statuses["Escalated to engineering"], said.statuses["Pending"]) == ("open", "on_hold")
    assert said.fields["custom_field:customfield_10101"] == "Topic"
    assert said.tickets == sum(not plan.is_deleted(company.end) for plan in company.plans)
    assert said.requests_for_first_load > 3 * said.tickets
