"""ServiceNow against the sandbox's flavour, from pages, and against answers that a test writes."""

from __future__ import annotations

import dataclasses
import datetime
import pathlib
from urllib.parse import parse_qsl, urlsplit

import pytest

from auditlib.caselog import rows as r
from auditlib.commands.filled_in import block
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
        ("schedule", "automation", None, "h1"),
        ("group", "automation", "g2", "g1"),
        ("message", "u-grace", None, None),  # before what was changed in its second
        ("status", "u-grace", "new", "open"),
        ("assignee", "u-grace", None, "u-grace"),
        ("schedule", "automation", "h1", "h2@US/Pacific"),
        ("status", "u-grace", "open", "pending_customer"),
        ("status", "u-grace", "pending_customer", "on_hold"),  # the state is the same, its reason is another
        ("message", "unknown", None, None),
        ("message", "u-grace", None, None),
        ("status", "u-grace", "on_hold", "solved"),
        ("topic", "u-grace", "Lamp", "Bulb"),
        ("rating_offered", "automation", None, "offered"),
        ("rating", "u-ann", None, "1-5:4 with comment"),  # the second of a scale on which lower is better
        ("rating_offered", "automation", None, "offered"),  # which is filled in, but not sent off yet
    ]
    rated = [e.occurred_at for e in rows_of(written, r.Event, "INC0001") if e.kind == "rating"]
    assert rated == [r.moment("2026-03-07T09:30:00Z")]  # when it was taken, whatever became of it later
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
        ("rating_offered", "automation", None, "offered"),  # it was answered, but by yes or no alone
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


def test_hours_are_weeks_without_what_is_excluded_and_whole_days_once_or_each_year(written):
    workshop, everywhere = rows_of(written, r.Schedule)
    assert (workshop.schedule, workshop.time_zone, workshop.name) == ("h1", "Europe/Berlin", "Workshop")
    monday = [(8 * 60, 12 * 60), (12 * 60 + 30, 17 * 60)]
    assert list(workshop.intervals[:3]) == [*monday, (1440 + 8 * 60, 1440 + 17 * 60)]
    assert len(workshop.intervals) == 8
    assert workshop.holidays == (
        ("2026-03-05", "2026-03-06"), ("2048-01-01", "2048-01-01"), ("2048-01-20", "2048-01-20"),
        ("2048-05-25", "2048-05-25"), ("2049-01-01", "2049-01-01"), ("2049-01-18", "2049-01-18"),
    )  # fmt: skip
    assert workshop.edited_at == r.moment("2026-02-01T12:00:00Z")
    # One without a zone holds in that of the service level.
    assert (everywhere.schedule, everywhere.time_zone, everywhere.edited_at) == ("h2@US/Pacific", "US/Pacific", 0)
    assert everywhere.intervals == tuple((day * 1440, day * 1440 + 1440) for day in range(7))


def test_verdicts_are_those_of_service_levels_that_are_over(written):
    told = {(m.ticket, m.metric): m.value for m in rows_of(written, r.VendorMetric)}
    assert told == {
        ("INC0001", "own_sla.Answer in time.missed"): 0,
        ("INC0001", "own_sla.Solve in time.missed"): 1,
        ("INC0001", "own_sla.The workshop's part.missed"): 1,
        ("INC0002", "own_sla.Solve in time.missed"): 1,  # as engines before 2011 write it
    }


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


@pytest.mark.parametrize("spoilt", ["incident", "sys_audit", "task_sla"])
def test_a_condition_that_was_left_out_without_a_word_stops_it(spoilt):
    def found(table, query):
        if table == "incident":
            return [incident(1, "2025-01-01 00:00:00" if spoilt == table else "2026-03-02 08:00:00")]
        other = {"sys_id": "1", "documentkey": "another", "fieldname": "state", "sys_created_on": "2026-03-02 08:00:00"}
        of_another = {"sys_id": "p", "task": "another", "sys_created_on": "2026-03-02 08:00:00"}
        return {"sys_audit": [other] if spoilt == table else [], "task_sla": [of_another]}.get(table)

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


HOURS = {"sys_id": "h", "sys_created_on": "2020-01-01 00:00:00", "name": "Desk", "time_zone": "Europe/Berlin"}
WEEKDAYS = {
    "sys_id": "s1", "schedule": "h", "start_date_time": "20200101T090000", "end_date_time": "20200101T170000",
    "sys_updated_on": "2020-01-01 00:00:00", "repeat_type": "weekdays", "repeat_count": "1",
}  # fmt: skip
CREATED = {"sys_created_on": "2026-03-02 08:00:00"}
LEVEL = {"sys_id": "p", "task": f"{1:032x}", "sla.name": "Solve", "schedule": "h", **CREATED}
GONE = "<incident><number>INC9</number><sys_created_on>2026-03-01 08:00:00</sys_created_on></incident>"
SURVEY = {
    "sys_id": "v", "task_id": f"{1:032x}", "sys_created_on": "2026-03-02 10:00:00", "state": "complete", "user": "u1",
    "sys_updated_on": "2026-03-02 11:00:00", "taken_on": "2026-03-02 11:00:00",
}  # fmt: skip


def answered(number, name, value, **more):
    return {"sys_id": f"m{number}", "instance": "v", "instance.task_id": f"{1:032x}", "metric": f"q{number}",
            "metric.name": name, "metric.datatype": "scale", "metric.min": "1", "metric.max": "5",
            "metric.scale_definition": "high", "actual_value": value, **more}  # fmt: skip


def read_of(settings=BARE, **tables):
    """The rows of an instance with one incident, and these tables."""
    tables = {"incident": [incident(1)], **tables}
    with answering(lambda table, query: tables.get(table)) as server:
        return read_all(servicenow, fetched(server, settings), settings)


@pytest.mark.parametrize(
    ("table", "record", "ticket"),
    [
        ("incident", None, None),
        ("sys_audit_delete", {"sys_id": "d", "display_value": "INC9"}, None),
        ("sys_audit", {"sys_id": "c", "documentkey": {}, "fieldname": "state", **CREATED}, None),
        ("task_sla", {**LEVEL, "sys_created_on": "x"}, "INC1"),
        ("sys_audit", {"sys_id": "c", "documentkey": f"{1:032x}", "fieldname": "state", "record_checkpoint": "²",
                       **CREATED}, "INC1"),
    ],
)  # fmt: skip
def test_a_record_that_is_none_or_lacks_what_it_needs_is_rejected_and_stops_nothing(table, record, ticket):
    rows = read_of(**{table: [record], "incident": [incident(1), *([record] if table == "incident" else [])]})
    assert [row.ticket for row in rows_of(rows, r.Rejected)] == [ticket]
    assert [row.ticket for row in rows_of(rows, r.Ticket)] == ([] if ticket else ["INC1"])


def test_null_among_companies_and_among_what_is_there_again_is_rejected_or_passed_over():
    company, gone = {"sys_id": "k", "name": "Lamps"}, {"sys_id": "d", "documentkey": "x", "payload": GONE}
    tables = {"incident": [incident(1, company="k")], "core_company": [None, company], "sys_audit_delete": [gone]}
    with answering(
        lambda table, query: [None] if query.get("sysparm_fields") == "sys_id" else tables.get(table)
    ) as server:
        rows = read_all(servicenow, fetched(server), BARE)
    assert [row.organization for row in rows_of(rows, r.Organization)] == ["k"]
    assert [row.ticket for row in rows_of(rows, r.Ticket)] == ["INC1", "INC9"]
    assert [row.detail.partition(":")[0] for row in rows_of(rows, r.Rejected)] == ["companies"]


def of_hours(*spans, hours=HOURS, **more):
    return read_of(task_sla=[LEVEL], cmn_schedule=[hours], cmn_schedule_span=list(spans), **more)


@pytest.mark.parametrize(
    ("spans", "hours", "says"),
    [
        ([{**WEEKDAYS, "repeat_count": "2"}], HOURS, "does not come every week"),
        ([{**WEEKDAYS, "repeat_until": "20261231"}], HOURS, "only until some day"),
        ([{**WEEKDAYS, "start_date_time": "20260101T090000", "end_date_time": "20260101T170000"}], HOURS, "later than"),
        ([{**WEEKDAYS, "start_date_time": "20200101T090000Z"}], HOURS, "in UTC"),
        ([{**WEEKDAYS, "type": "blackout"}], HOURS, "when changes may be made"),
        ([WEEKDAYS], {**HOURS, "parent": "h2"}, "within another one"),
        ([WEEKDAYS], {**HOURS, "time_zone": "Lamp/Land"}, "no time zone"),
        ([{**WEEKDAYS, "repeat_type": "yearly", "yearly_type": "float", "type": "exclude", "month": "x",
           "start_date_time": "20200101T000000", "end_date_time": "20200101T235959"}], HOURS, "Desk"),
    ],
)  # fmt: skip
def test_hours_that_no_week_holds_are_rejected_and_not_read_as_others(spans, hours, says):
    rows = of_hours(*spans, hours=hours)
    assert rows_of(rows, r.Schedule) == []
    (bad,) = rows_of(rows, r.Rejected)
    assert bad.ticket is None
    assert says in bad.detail


def test_the_schedule_that_the_options_name_is_everybodys_unless_it_is_not_there_or_has_no_zone():
    named = dataclasses.replace(BARE, options={**BARE.options, "schedule": "Desk"})
    hours, floats = {"cmn_schedule": [HOURS]}, {"cmn_schedule": [{**HOURS, "time_zone": ""}]}
    (schedule,) = rows_of(read_of(named, cmn_schedule_span=[WEEKDAYS], **hours), r.Schedule)
    assert (schedule.schedule, schedule.is_default) == ("h", True)
    (bad,) = rows_of(read_of(named, cmn_schedule_span=[WEEKDAYS], **floats), r.Rejected)
    assert "no time zone of its own" in bad.detail
    with pytest.raises(SourceError, match=r"options.schedule is 'Desk'"):
        read_of(named)


def test_schedules_within_each_other_add_their_entries_and_excluded_ones_take_theirs_away():
    lunch = {**WEEKDAYS, "sys_id": "s2", "schedule": "breaks", "start_date_time": "20200101T120000",
             "end_date_time": "20200101T130000"}  # fmt: skip
    closed = {**WEEKDAYS, "sys_id": "s3", "schedule": "deeper", "type": "exclude", "repeat_type": "",
              "start_date_time": "20260302T000000", "end_date_time": "20260302T235959"}  # fmt: skip
    within = [{"sys_id": "w1", "schedule": "h", "child_schedule": "breaks", "type": "exclude"},
              {"sys_id": "w2", "schedule": "breaks", "child_schedule": "deeper", "type": "include"}]  # fmt: skip
    (schedule,) = rows_of(of_hours(WEEKDAYS, lunch, closed, cmn_other_schedule=within), r.Schedule)
    assert schedule.intervals[:2] == ((9 * 60, 12 * 60), (13 * 60, 17 * 60))
    assert schedule.holidays == (("2026-03-02", "2026-03-02"),)


@pytest.mark.parametrize(
    ("levels", "kept"),
    [
        ([("sla", "response", "h", "08:00"), ("sla", "resolution", "i", "08:00")], ["i"]),
        ([("SLA", "response", "h", "08:00"), ("SLA", "resolution", "", "08:00")], ["h"]),
        ([("OLA", "resolution", "h", "08:00"), ("Underpinning contract", "", "i", "08:00")], []),
        ([("", "", "h", "09:00"), ("", "", "i", "08:00"), ("", "", "i", "08:30")], ["i", "h"]),
    ],
)
def test_a_ticket_keeps_the_hours_of_what_was_agreed_about_its_solve(levels, kept):
    told = [
        {**LEVEL, "sys_id": f"p{n}", "sla.type": kind, "sla.target": target, "schedule": schedule,
         "sys_created_on": f"2026-03-02 {at}:00"}
        for n, (kind, target, schedule, at) in enumerate(levels)
    ]  # fmt: skip
    rows = read_of(task_sla=told, cmn_schedule=[HOURS, {**HOURS, "sys_id": "i"}], cmn_schedule_span=[WEEKDAYS])
    assert [e.new for e in rows_of(rows, r.Event) if e.kind == "schedule"] == kept


def test_half_a_day_off_is_left_out_and_said():
    at = {"start_date_time": "20201224T120000", "end_date_time": "20201224T235959"}
    half = {**WEEKDAYS, "sys_id": "s2", "type": "exclude", "repeat_type": "yearly", **at}
    rows = of_hours(WEEKDAYS, half)
    assert [len(row.intervals) for row in rows_of(rows, r.Schedule)] == [5]
    assert [(row.stream, "'Desk'" in row.field) for row in rows_of(rows, r.Notice)] == [("spans", True)]


def test_a_question_among_several_on_a_scale_is_read_only_when_it_is_named():
    answers = [answered(1, "Was it quick?", "2"), answered(2, "Are you satisfied?", "5.00")]
    tables = {"asmt_assessment_instance": [SURVEY], "asmt_metric_result": answers}
    rows = read_of(**tables)
    assert [e.kind for e in rows_of(rows, r.Event) if "rating" in e.kind] == ["rating_offered"]
    assert "options.rating_question" in rows_of(rows, r.Notice)[0].field
    named = dataclasses.replace(BARE, options={**BARE.options, "rating_question": "are you satisfied?"})
    assert [e.new for e in rows_of(read_of(named, **tables), r.Event) if e.kind == "rating"] == ["1-5:5"]


@pytest.mark.parametrize(("scale", "told"), [("", []), ("1-7", ["1-7:4"])])
def test_a_scale_that_servicenow_does_not_tell_is_said_unless_the_options_do(scale, told):
    answers = [answered(1, "Are you satisfied?", "4", **{"metric.min": "", "metric.max": ""})]
    settings = dataclasses.replace(BARE, options={**BARE.options, "rating_scale": scale})
    rows = read_of(settings, asmt_assessment_instance=[SURVEY], asmt_metric_result=answers)
    assert [e.new for e in rows_of(rows, r.Event) if e.kind == "rating"] == told
    assert len(rows_of(rows, r.Notice)) == (not told)


def test_an_incident_of_which_only_a_survey_changed_is_asked_for_by_its_id():
    def found(table, query):
        if table == "incident" and query["sysparm_query"].startswith("sys_idIN"):
            return [incident(1, "2026-02-01 08:00:00")]
        return [SURVEY] if table == "asmt_assessment_instance" else None

    with answering(found) as server:
        rows = read_all(servicenow, fetched(server, window=Window("older", SINCE, AT + 86_400)), BARE)
        search = asked(server, "asmt_assessment_instance")[0]["sysparm_query"]
    assert [row.ticket for row in rows_of(rows, r.Ticket)] == ["INC1"]
    assert search == (
        "metric_type.evaluation_method=survey^sys_updated_on>=2026-03-01 00:00:00"
        "^sys_updated_on<2026-03-03 08:00:00^ORDERBYsys_id"
    )


def test_surveys_and_service_levels_that_are_closed_are_asked_for_once_and_said():
    closed = ("asmt_assessment_instance", "asmt_metric_result", "task_sla")

    def found(table, query):
        if table in closed:
            return Answer({"error": {"message": "no rights"}}, status=403)
        behind = query["sysparm_query"].partition("sys_id>")[2].partition("^")[0]
        return [incident(n) for n in (1, 2, 3, 4) if f"{n:032x}" > behind][:2] if table == "incident" else None

    with answering(found) as server:
        rows = read_all(servicenow, fetched(server), BARE)
        assert [len(asked(server, table)) for table in closed] == [1, 1, 1]
    assert {row.stream for row in rows_of(rows, r.Notice)} == {"levels", "surveys", "answers"}
    assert all("403" in row.field for row in rows_of(rows, r.Notice))
    assert {row.capability: row.because for row in rows_of(rows, r.Ability)} == {
        "ratings": "the account may not read answers (403), surveys (403)",
        "survey_offers": "the account may not read surveys (403)",
        "schedules": "the account may not read levels (403)",
        "vendor_metrics": "the account may not read levels (403)",
    }
    assert len(rows_of(rows, r.Ticket)) == 4


def test_introduce_calls_each_stream_once_and_reckons_the_first_load():
    company = world(tickets=40, seed=4)
    with serve(company, flavour="servicenow") as box:
        said = servicenow.introduce(open_session(box.connection, SETTINGS, QUICK), SETTINGS)
        assert max(box.requests().values()) == 1
    assert set(said.streams.values()) == {"ok"}
    assert (said.statuses["Escalated to engineering"], said.statuses["Resolved"]) == ("open", "solved")
    assert said.fields["custom_field:u_topic"] == "Topic"
    assert said.tickets == sum(not plan.is_deleted(company.end) for plan in company.plans)
    assert said.choices["custom_field:u_topic"] == sorted(topic.name for topic in company.company.topics)
    written = block(said, dataclasses.replace(SETTINGS, fields={}), datetime.date(2025, 1, 1))
    first = said.choices["custom_field:u_topic"][0]
    assert 'topic = "custom_field:u_topic"' in written
    assert f'# topics = {{ {first} = "{first}", ' in written
    assert said.schedules == sorted(company.company.schedules)
    assert said.requests_for_first_load == 33


def test_a_number_of_tickets_that_is_none_leaves_the_first_load_unreckoned():
    with answering(lambda table, query: Answer([]) if "stats" in table else None) as server:
        said = servicenow.introduce(asking(server), BARE)
    assert (said.tickets, said.requests_for_first_load, set(said.streams.values())) == (None, None, {"ok"})
