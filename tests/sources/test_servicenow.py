"""ServiceNow against the sandbox's flavour, from pages, and against answers that a test writes."""

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

servicenow = load("servicenow")

SETTINGS = Settings(
    name="servicenow",
    kind="servicenow",
    connection="servicenow",
    since=1,
    max_share_of_rate_limit=1.0,
    statuses={"Waiting on vendor": "on_hold", "Escalated to engineering": "open"},
    fields={"topic": "custom_field:u_topic", "tier": "organization.u_plan"},
    bots=["assistant@nordlicht.example", "zapier@nordlicht.example"],
)


class TestInABox(InABox):
    kind = "servicenow"
    here = dataclasses.replace(SETTINGS, options={"page_size": 25})
    """A page holds so many tickets with all that belongs to them that the whole company would fit on one."""
    tickets_path = "/api/now/table/incident"
    needed_field = "sys_created_on"


PAGES = pathlib.Path(__file__).parent / "pages" / "servicenow"
PAGED = dataclasses.replace(
    SETTINGS, statuses={"In the workshop": "on_hold"}, bots=["zapper"], options={"agent_roles": ["lamp_agent"]}
)


class TestFromPages(FromPages):
    kind = "servicenow"
    here = PAGED
    pages = PAGES


@pytest.fixture(scope="module")
def written():
    """The rows of the pages that were written down."""
    return read_all(servicenow, servicenow.fetch(Recorded(PAGES), {}, LIVE, PAGED), PAGED)


def rows_of(rows, kind, ticket=None):
    return [row for row in rows if isinstance(row, kind) and (ticket is None or row.ticket == ticket)]


def told(rows, ticket):
    return [(e.kind, e.actor or e.actor_class, e.old, e.new) for e in rows_of(rows, r.Event, ticket)]


def test_an_incident_begins_with_what_was_first_replaced_and_a_reason_on_hold_is_half_of_its_status(written):
    (ticket,) = rows_of(written, r.Ticket, "INC0001")
    assert (ticket.status, ticket.channel, ticket.requester, ticket.opened_by) == ("solved", "email", "u-ann", None)
    assert (ticket.organization, ticket.topic, ticket.priority) == ("k1", "Bulb", "moderate")
    assert told(written, "INC0001") == [
        ("created", "u-ann", None, None),  # the platform filed it, she wrote it
        ("message", "u-ann", None, None),
        ("status", "u-ann", None, "new"),
        ("group", "u-ann", None, "g2"),
        ("priority", "u-ann", None, "moderate"),
        ("topic", "u-ann", None, "Lamp"),
        ("group", "automation", "g2", "g1"),
        ("message", "u-grace", None, None),  # before what was changed in its second
        ("status", "u-grace", "new", "open"),
        ("assignee", "u-grace", None, "u-grace"),
        ("status", "u-grace", "open", "pending_customer"),
        ("status", "u-grace", "pending_customer", "on_hold"),  # the state is the same, its reason is another
        ("message", "unknown", None, None),
        ("message", "u-grace", None, None),
        ("status", "u-grace", "on_hold", "solved"),
        ("topic", "u-grace", "Lamp", "Bulb"),
    ]
    messages = [(e.body, e.is_public) for e in rows_of(written, r.Event, "INC0001") if e.kind == "message"]
    assert messages == [
        ("The lamp is dark.\nWhy?", True), ("Ask the workshop.", False), ("Any news?", True),
        ("A new bulb is on its way.", True),
    ]  # fmt: skip


def test_a_call_that_an_agent_wrote_down_and_a_beginning_that_the_audit_tells_as_a_change(written):
    (ticket,) = rows_of(written, r.Ticket, "INC0002")
    assert (ticket.requester, ticket.opened_by, ticket.channel) == ("u-ann", "u-gone", "phone")
    assert (ticket.incident_of, ticket.created_at) == ("p1", r.moment("2026-03-29T01:30:00Z"))
    assert told(written, "INC0002") == [
        ("created", "u-gone", None, None),
        ("message", "u-gone", None, None),
        ("status", "u-gone", None, "new"),
        ("group", "u-gone", None, "g1"),
        ("assignee", "u-gone", None, "u-gone"),
        ("priority", "u-gone", None, "moderate"),
        ("priority", "u-gone", "moderate", "critical"),
        ("field", "u-gone", "requester=u-bob", "requester=u-ann"),
        ("assignee", "u-zap", "u-gone", None),
        ("status", "automation", "new", "closed"),
    ]
    assert [e.body for e in rows_of(written, r.Event, "INC0002") if e.kind == "message"] == ["Caller's lamp hums"]


def test_roles_make_agents_and_a_companys_own_are_named_in_the_options(written):
    people = {row.person: (row.role, row.is_active) for row in rows_of(written, r.Person)}
    assert people == {
        "u-ann": ("customer", True), "u-grace": ("agent", True), "u-gone": ("agent", False), "u-zap": ("bot", True),
    }  # fmt: skip
    assert [(i.person, i.value) for i in rows_of(written, r.Identity)] == [
        ("u-ann", "ann@rooms.example"), ("u-grace", "grace@lamps.example"),
    ]  # fmt: skip
    assert [(o.name, o.fields) for o in rows_of(written, r.Organization)] == [("Rooms", {"u_plan": "premium"})]


def test_what_was_deleted_is_known_by_its_number_unless_it_is_there_again(written):
    gone = [row for row in rows_of(written, r.Ticket) if row.status == "deleted"]
    assert [(row.ticket, row.created_at, row.group, row.has_history) for row in gone] == [
        ("INC0003", r.moment("2026-02-28T23:59:59Z"), "g2", False)
    ]


# Its traps

AT = r.moment("2026-03-02T08:00:00Z")
SINCE = r.moment("2026-03-01T00:00:00Z")
BARE = dataclasses.replace(SETTINGS, fields={}, statuses={}, options={"page_size": 2})


def incident(number, updated="2026-03-02 08:00:00", **more):
    return {"sys_id": f"{number:032x}", "number": f"INC{number}", "sys_created_on": "2026-03-02 08:00:00",
            "sys_updated_on": updated, "state": "2", **more}  # fmt: skip


def answering(found):
    """An instance of a few answers: `found(table, query, request)`; what it does not know is empty."""

    def answer(request):
        address = urlsplit(request.path)
        told = found(address.path.removeprefix("/api/now/table/"), dict(parse_qsl(address.query)))
        told = [] if told is None else told
        return told if isinstance(told, Answer) else Answer({"result": told})

    return serving(answer)


def asking(server):
    return open_session({"host": server.url, "login": "auditor", "password": "secret"}, BARE, QUICK)


def asked(server, table):
    paths = [urlsplit(q.path) for q in server.asked]
    return [dict(parse_qsl(p.query)) for p in paths if p.path == f"/api/now/table/{table}"]


def fetched(server, settings=BARE, cursors=None, window=None):
    return list(servicenow.fetch(asking(server), cursors or {}, window or Window("live", SINCE), settings))


def test_requests_are_as_the_table_api_describes_them():
    with answering(lambda table, query: [incident(1)] if table == "incident" else None) as server:
        fetched(server, window=Window("older", SINCE, AT + 10))
    assert {q.headers["Authorization"][:6] for q in server.asked} == {"Basic "}
    search, *_ = asked(server, "incident")
    assert search["sysparm_query"] == (
        "sys_updated_on>=2026-03-01 00:00:00^sys_updated_on<2026-03-02 08:00:10^ORDERBYsys_id"
    )
    assert (search["sysparm_display_value"], search["sysparm_exclude_reference_link"]) == ("false", "true")
    assert search["sysparm_fields"].startswith("sys_id,number,sys_created_on,sys_updated_on,state,")
    (audit,) = asked(server, "sys_audit")
    assert audit["sysparm_query"].startswith(f"tablename=incident^documentkeyIN{1:032x}^fieldnameINstate,hold_reason,")
    (roles,) = asked(server, "sys_user_has_role") or [{"sysparm_query": ""}]
    assert roles["sysparm_query"] == ""  # nobody is named, so nobody's roles are asked for


def test_a_page_that_access_rules_made_short_does_not_end_the_list():
    pages = {"": ([1], True), f"{1:032x}": ([], True), "skipped": ([3], False)}

    def found(table, query):
        if table != "incident":
            return None
        behind = query["sysparm_query"].partition("sys_id>")[2].partition("^")[0]
        rows, more = pages["skipped" if query.get("sysparm_offset") else behind]
        links = {"Link": f'<{"http://helpdesk"}/api/now/table/incident>;rel="next"'} if more else {}
        return Answer({"result": [incident(number) for number in rows]}, headers=links)

    with answering(found) as server:
        rows = read_all(servicenow, fetched(server), BARE)
        offsets = [query.get("sysparm_offset") for query in asked(server, "incident")]
    assert {row.ticket for row in rows_of(rows, r.Ticket)} == {"INC1", "INC3"}
    assert offsets == [None, None, "2"]


@pytest.mark.parametrize("spoilt", ["incident", "sys_audit"])
def test_a_condition_that_was_left_out_without_a_word_stops_it(spoilt):
    def found(table, query):
        if table == "incident":
            return [incident(1, "2025-01-01 00:00:00" if spoilt == table else "2026-03-02 08:00:00")]
        other = {"sys_id": "1", "documentkey": "another", "fieldname": "state", "sys_created_on": "2026-03-02 08:00:00"}
        return [other] if table == "sys_audit" else None

    with answering(found) as server, pytest.raises(SourceError, match=f"{spoilt} answered with records that were not"):
        fetched(server)


def test_the_next_night_begins_before_the_first_page_was_asked_for():
    with answering(
        lambda table, query: [incident(1, "2026-03-09 08:00:00")] if table == "incident" else None
    ) as server:
        chunks = fetched(server)
    served = r.moment("2026-03-02T09:00:00Z")
    assert chunks[-1].cursor["since"] == served - 15 * 60
    assert chunks[-1].complete_until == served - 60


def test_cases_have_states_requesters_and_organizations_of_their_own():
    case = incident(7, state="18", contact="u1", account="k9", caller_id="")
    settings = dataclasses.replace(BARE, options={"table": "sn_customerservice_case"})
    with answering(lambda table, query: [case] if table == "sn_customerservice_case" else None) as server:
        rows = read_all(servicenow, fetched(server, settings), settings)
        assert asked(server, "customer_account")
    (ticket,) = rows_of(rows, r.Ticket)
    assert (ticket.status, ticket.requester, ticket.organization) == ("pending_customer", "u1", "k9")


@pytest.mark.parametrize(
    ("options", "scope", "says"),
    [
        ({"table": "problem"}, {}, "'problem'; tickets are read from incident or sn_customerservice_case"),
        ({}, {"groups": ["Candles"]}, "'Candles'"),
    ],
)
def test_a_table_or_a_group_that_is_none_is_an_error(options, scope, says):
    wrong = dataclasses.replace(BARE, options=options, scope=scope)
    with answering(lambda table, query: None) as server, pytest.raises(SourceError, match=says):
        fetched(server, wrong)


def test_a_deletion_without_what_was_deleted_is_rejected_and_not_dated_by_guess():
    gone = {
        "sys_id": "d",
        "documentkey": "x",
        "display_value": "INC9",
        "payload": "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>",
    }
    with answering(lambda table, query: [gone] if table == "sys_audit_delete" else None) as server:
        rows = read_all(servicenow, fetched(server), BARE)
    assert [(row.ticket, row.reason) for row in rows_of(rows, r.Rejected)] == [("INC9", "unreadable")]


def test_introduce_calls_each_stream_once_and_reckons_the_first_load():
    company = world(tickets=40, seed=4)
    with serve(company, flavour="servicenow") as box:
        said = servicenow.introduce(open_session(box.connection, SETTINGS, QUICK), SETTINGS)
        assert max(box.requests().values()) == 1
    assert set(said.streams.values()) == {"ok"}
    assert (said.statuses["Escalated to engineering"], said.statuses["Resolved"]) == ("open", "solved")
    assert said.fields["custom_field:u_topic"] == "Topic"
    assert said.tickets == sum(not plan.is_deleted(company.end) for plan in company.plans)
    assert said.requests_for_first_load == 20
