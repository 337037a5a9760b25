"""Salesforce against the sandbox's flavour, from pages, and against answers that a test writes."""

from __future__ import annotations

import dataclasses
import datetime
import pathlib
from urllib.parse import parse_qs, urlsplit

import pytest

from auditlib.caselog import rows as r
from auditlib.commands.filled_in import block
from auditlib.conformance import FromPages, Recorded, read_all
from auditlib.http import open_session
from auditlib.sandbox import serve, world
from auditlib.sources import Settings, SourceChanged, SourceError, Window, load
from tests.loopback import Answer, serving
from tests.sources.boxed import LIVE, QUICK, InABox

salesforce = load("salesforce")

SETTINGS = Settings(
    name="salesforce",
    kind="salesforce",
    connection="salesforce",
    since=1,
    max_share_of_rate_limit=1.0,
    statuses={"Closed": "closed", "Waiting on vendor": "on_hold", "Escalated to engineering": "open"},
    fields={"topic": "custom_field:Topic__c", "tier": "organization.Plan__c"},
    bots=["assistant@nordlicht.example", "zapier@nordlicht.example"],
    options={"group_field": "Team__c"},
)


class TestInABox(InABox):
    kind = "salesforce"
    here = dataclasses.replace(SETTINGS, options={"group_field": "Team__c", "page_size": 25})
    """A page holds so many cases with all that belongs to them that the whole company would fit on one."""
    tickets_path = "/services/data/v61.0/queryAll"
    needed_field = "CreatedDate"


PAGES = pathlib.Path(__file__).parent / "pages" / "salesforce"
PAGED = dataclasses.replace(
    SETTINGS, statuses={"In the workshop": "on_hold"}, bots=[], options={"automated": ["cases@lamps.example"]}
)
ANN, GRACE, GONE = "003000000000000011", "005000000000000051", "005000000000000053"
WORKSHOP, EVERYWHERE = "01m000000000000001", "01m000000000000002"
LAMPS, OLD = "00G000000000000007", "00G000000000000008"


class TestFromPages(FromPages):
    kind = "salesforce"
    here = PAGED
    pages = PAGES


@pytest.fixture(scope="module")
def written():
    """The rows of the pages that were written down."""
    return read_all(salesforce, salesforce.fetch(Recorded(PAGES), {}, LIVE, PAGED), PAGED)


def rows_of(rows, kind, ticket=None):
    return [row for row in rows if isinstance(row, kind) and (ticket is None or row.ticket == ticket)]


def told(rows, ticket):
    return [(e.kind, e.actor or e.actor_class, e.old, e.new) for e in rows_of(rows, r.Event, ticket)]


def test_a_case_begins_with_what_was_first_replaced_and_with_the_mail_that_made_it(written):
    (ticket,) = rows_of(written, r.Ticket, "00001001")
    assert (ticket.status, ticket.channel, ticket.requester, ticket.opened_by) == ("solved", "email", ANN, None)
    assert (ticket.group, ticket.assignee, ticket.topic) == (LAMPS, GRACE, "Bulb")
    stranger = next(e.actor for e in rows_of(written, r.Event, "00001001") if e.body == "Any news?")
    assert stranger.startswith("E-")
    assert told(written, "00001001") == [
        ("created", ANN, None, None),  # a user files mails as cases, and wrote none of them
        ("status", ANN, None, "new"),
        ("group", ANN, None, OLD),
        ("priority", ANN, None, "medium"),
        ("schedule", ANN, None, WORKSHOP),
        ("topic", ANN, None, "Lamp"),
        ("message", ANN, None, None),  # which the description repeats
        ("status", GRACE, "new", "open"),
        ("group", GRACE, OLD, LAMPS),  # told by names and by ids, and once
        ("message", GRACE, None, None),
        ("assignee", GRACE, None, GRACE),
        ("schedule", GRACE, WORKSHOP, EVERYWHERE),  # told by names and by ids, and once
        ("message", ANN, None, None),  # by a portal's user, who is her
        ("message", stranger, None, None),
        ("message", GRACE, None, None),  # before what was changed in its second
        ("status", GRACE, "open", "solved"),
        ("topic", "automation", "Lamp", "Bulb"),
        ("rating_offered", "automation", None, "offered"),
        ("rating", ANN, None, "1-5:4"),  # stars, though she was also asked whether she recommends it
        ("rating", ANN, None, "0-10:10"),  # to a survey that was sent to nobody in particular
    ]


def test_comments_are_public_only_where_they_are_published_and_drafts_were_never_sent(written):
    messages = [(e.body, e.is_public) for e in rows_of(written, r.Event, "00001001") if e.kind == "message"]
    assert messages == [
        ("The lamp is dark.", True), ("Ask the workshop.", False), ("From the portal.", True), ("Any news?", True),
        ("A new bulb is on its way.", True),
    ]  # fmt: skip


def test_a_call_that_an_agent_wrote_down_in_a_case_that_only_a_mail_moved(written):
    (ticket,) = rows_of(written, r.Ticket, "00001002")
    assert (ticket.requester, ticket.opened_by, ticket.channel, ticket.status) == (ANN, GONE, "phone", "on_hold")
    assert told(written, "00001002") == [
        ("created", GONE, None, None),
        ("message", GONE, None, None),
        ("status", GONE, None, "on_hold"),
        ("assignee", GONE, None, GONE),
        ("message", ANN, None, None),
    ]


def test_people_are_what_their_users_are_and_a_portals_user_is_the_contact(written):
    people = {row.person: (row.role, row.is_active) for row in rows_of(written, r.Person) if row.person[0] != "E"}
    assert people == {GRACE: ("agent", True), GONE: ("agent", False), ANN: ("customer", True)}
    assert not any("@" in row.person for row in rows_of(written, r.Person))
    assert {(o.name, o.fields["Plan__c"]) for o in rows_of(written, r.Organization)} == {("Rooms", "premium")}


def test_what_lies_in_the_recycle_bin_is_deleted(written):
    gone = [row for row in rows_of(written, r.Ticket) if row.status == "deleted"]
    assert [(row.ticket, row.has_history) for row in gone] == [("00001003", False)]


def test_business_hours_end_at_midnight_and_are_the_cases_own(written):
    told = {row.schedule: row for row in rows_of(written, r.Schedule)}
    workshop, everywhere = told[WORKSHOP], told[EVERYWHERE]
    assert (workshop.name, workshop.time_zone, workshop.is_default) == ("Workshop", "Europe/Berlin", True)
    assert workshop.intervals[4:] == ((4 * 1440 + 540, 4 * 1440 + 1050), (5 * 1440 + 600, 6 * 1440))
    assert workshop.edited_at == r.moment("2026-02-01T12:00:00Z")
    assert (everywhere.time_zone, everywhere.edited_at, everywhere.holidays) == ("US/Pacific", 0, ())
    assert everywhere.intervals == tuple((day * 1440, day * 1440 + 1440) for day in range(7))
    kept = [(e.ticket, e.old, e.new) for e in rows_of(written, r.Event) if e.kind == "schedule"]
    # Of the second case are hours that nobody shows.
    assert kept == [("00001001", None, WORKSHOP), ("00001001", WORKSHOP, EVERYWHERE)]


def test_verdicts_are_those_of_milestones_that_are_completed(written):
    assert {(m.ticket, m.metric): m.value for m in rows_of(written, r.VendorMetric)} == {
        ("00001001", "own_sla.First Response.missed"): 0,
        ("00001001", "own_sla.Resolution.missed"): 1,
    }


# Its traps

SINCE = r.moment("2026-03-01T00:00:00Z")
BARE = dataclasses.replace(SETTINGS, fields={}, statuses={}, options={"page_size": 2})
NEW = {"ApiName": "New", "IsClosed": False}


def case(number, **more):
    return {
        "Id": f"500{number:015d}", "CaseNumber": f"{number:08d}", "CreatedDate": "2026-03-02T08:00:00.000+0000",
        "SystemModstamp": "2026-03-02T08:00:00.000+0000", "Status": "New", **more,
    }  # fmt: skip


def answering(found):
    """An organization of a few answers: `found(object, soql)`; what it does not know is empty."""

    def answer(request):
        address = urlsplit(request.path)
        if address.path == "/services/oauth2/token":
            return Answer({"access_token": "granted"})
        if address.path.endswith("/describe"):
            return Answer({"fields": []})
        soql = parse_qs(address.query).get("q", [address.path])[0]
        name = soql.partition(" FROM ")[2].split(" ")[0]
        told = found(name, soql)
        told = ([NEW] if name == "CaseStatus" else []) if told is None else told
        if isinstance(told, Answer):
            return told
        return Answer(told if isinstance(told, dict) else {"totalSize": len(told), "done": True, "records": told})

    return serving(answer)


def opened(server, settings=BARE):
    extra = {"token_path": "/services/oauth2/token"}
    connection = {"host": server.url, "login": "key", "password": "secret", "extra": extra}
    return open_session(connection, settings, QUICK)


def fetched(server, settings=BARE, window=None):
    return list(salesforce.fetch(opened(server, settings), {}, window or Window("live", SINCE), settings))


def asked(server, name):
    queries = [parse_qs(urlsplit(q.path).query).get("q", [""])[0] for q in server.asked]
    return [soql for soql in queries if f" FROM {name} " in f"{soql} "]


def test_cases_are_asked_for_behind_the_last_id_those_in_the_bin_among_them():
    def found(name, soql):
        if name != "Case":
            return None
        behind = int(soql.partition("Id > '500")[2].partition("'")[0] or 0)
        return [case(number) for number in range(behind + 1, min(behind + 3, 4))]

    with answering(found) as server:
        rows = read_all(salesforce, fetched(server, window=Window("older", SINCE, SINCE + 86_400)), BARE)
        first, second = asked(server, "Case")
        assert all("/queryAll?" in q.path for q in server.asked if "FROM+Case+" in q.path)
    assert {row.ticket for row in rows_of(rows, r.Ticket)} == {"00000001", "00000002", "00000003"}
    between = "SystemModstamp >= 2026-03-01T00:00:00Z AND SystemModstamp < 2026-03-02T00:00:00Z"
    assert first.endswith(f"FROM Case WHERE {between} ORDER BY Id LIMIT 2")
    assert second.endswith(f"FROM Case WHERE {between} AND Id > '500000000000000002' ORDER BY Id LIMIT 2")


def test_long_records_come_by_locators_until_all_are_told():
    def mails(*numbers):
        return [
            {"Id": f"02s{number:015d}", "ParentId": case(1)["Id"], "Incoming": True, "FromAddress": "a@b.example",
             "CreatedDate": "2026-03-02T09:00:00.000+0000"}
            for number in numbers
        ]  # fmt: skip

    def found(name, soql):
        if soql.endswith("/01g-2"):
            return {"totalSize": 3, "done": True, "records": mails(3)}
        if name == "EmailMessage" and "MessageDate" in soql:
            following = "/services/data/v61.0/query/01g-2"
            return {"totalSize": 3, "done": False, "nextRecordsUrl": following, "records": mails(1, 2)}
        return [case(1)] if name == "Case" else None

    with answering(found) as server:
        rows = read_all(salesforce, fetched(server), BARE)
    assert sum(event.kind == "message" for event in rows_of(rows, r.Event)) == 3


@pytest.mark.parametrize(
    "told", [[case(1)], {"records": [case(1)]}, {"records": [case(1)], "done": False, "nextRecordsUrl": None}]
)
def test_an_answer_that_says_neither_that_it_is_done_nor_where_it_goes_on_is_refused_by_its_address(told):
    with (
        answering(lambda name, soql: Answer(told) if name == "Case" else None) as server,
        pytest.raises(SourceError, match=r"/services/data/v61\.0/queryAll"),
    ):
        fetched(server)


def test_a_locator_that_leads_back_to_itself_is_refused():
    following = "/services/data/v61.0/query/01g-2"

    def found(name, soql):
        if name == "Case" or soql.endswith("/01g-2"):
            return {"totalSize": 1, "done": False, "nextRecordsUrl": following, "records": [case(1)]}
        return None

    with answering(found) as server, pytest.raises(SourceError, match=f"{following} leads back to itself"):
        fetched(server)


def test_an_account_that_is_null_or_names_itself_by_an_object_is_rejected_and_the_others_read():
    lamps = {"Id": "001000000000000001", "Name": "Lamps"}
    told = {"Case": [case(1, ContactId=ANN)], "Contact": [{"Id": ANN, "AccountId": lamps["Id"]}],
            "Account": [None, {"Id": {}, "Name": "x"}, lamps]}  # fmt: skip
    with answering(lambda name, soql: told.get(name)) as server:
        rows = read_all(salesforce, fetched(server), BARE)
    assert [row.name for row in rows_of(rows, r.Organization)] == ["Lamps"]
    assert [row.detail.partition(":")[0] for row in rows_of(rows, r.Rejected)] == ["accounts", "accounts"]


def test_a_status_that_nobody_mapped_stops_it_and_a_closed_one_is_solved():
    statuses = [{"ApiName": "Odd", "IsClosed": False}, {"ApiName": "Done so", "IsClosed": True}]
    odd = {"CaseStatus": statuses, "Case": [case(1, Status="Odd")]}
    with answering(lambda name, soql: odd.get(name)) as server, pytest.raises(SourceChanged, match='"Odd" = "open"'):
        read_all(salesforce, fetched(server), BARE)
    done = {"CaseStatus": statuses, "Case": [case(1, Status="Done so")]}
    with answering(lambda name, soql: done.get(name)) as server:
        (ticket,) = rows_of(read_all(salesforce, fetched(server), BARE), r.Ticket)
    assert ticket.status == "solved"


def test_the_next_night_begins_before_the_first_page_was_asked_for():
    with answering(lambda name, soql: [case(1)] if name == "Case" else None) as server:
        chunks = fetched(server)
    served = r.moment("2026-03-02T09:00:00Z")
    assert chunks[-1].cursor["since"] == served - 15 * 60
    assert chunks[-1].complete_until == served - 60


def test_a_queue_that_salesforce_does_not_show_is_an_error():
    wrong = dataclasses.replace(BARE, scope={"groups": ["Candles"]})
    with answering(lambda name, soql: None) as server, pytest.raises(SourceError, match="'Candles'"):
        fetched(server, wrong)


def surveyed(*answers, settings=BARE, **sent):
    """The rows of an organization with one case, and one survey about it, which was answered so."""
    invitation, response = "0Ki000000000000001", "0Kr000000000000001"
    at = "2026-03-02T09:00:00.000+0000"
    told = {
        "Case": [case(1)],
        "SurveySubject": [{"Id": "0Kq1", "SubjectId": case(1)["Id"], "ParentId": invitation}],
        "SurveyInvitation": [{"Id": invitation, "CreatedDate": at, **sent}],
        "SurveyResponse": [{"Id": response, "InvitationId": invitation, "CompletionDateTime": at}],
        "SurveyQuestionResponse": [
            {"Id": f"0Kt{i}", "ResponseId": response, "QuestionId": f"q{i}", "NumberValue": value}
            for i, (_, value) in enumerate(answers)
        ],
        "SurveyQuestion": [
            {"Id": f"q{i}", "Name": f"Question {i}", "QuestionType": kind} for i, (kind, _) in enumerate(answers)
        ],
    }

    def found(name, soql):
        by_id = name == "SurveyResponse" and " WHERE Id IN" in soql
        return [] if by_id else told.get(name)

    with answering(found) as server:
        return read_all(salesforce, fetched(server, settings), settings)


@pytest.mark.parametrize(
    ("answers", "options", "told", "says"),
    [
        ([("NPS", 3), ("CSAT", 5)], {}, ["1-5:5"], None),
        ([("Rating", 2), ("Rating", 4)], {}, [], "options.rating_question"),
        ([("Rating", 2), ("Rating", 4)], {"rating_question": "question 1"}, ["1-5:4"], None),
        ([("Rating", 7)], {}, [], "options.rating_scale"),
        ([("Rating", 7)], {"rating_scale": "1-7"}, ["1-7:7"], None),
        ([("Slider", 7), ("FreeText", None)], {}, [], None),
        ([("Slider", 7)], {"rating_question": "Question 0", "rating_scale": "0-10"}, ["0-10:7"], None),
    ],
)
def test_the_question_of_satisfaction_is_read_and_others_only_when_they_are_named(answers, options, told, says):
    rows = surveyed(*answers, settings=dataclasses.replace(BARE, options={**BARE.options, **options}))
    assert [e.new for e in rows_of(rows, r.Event) if e.kind == "rating"] == told
    assert [says in row.field for row in rows_of(rows, r.Notice)] == ([True] if says else [])


@pytest.mark.parametrize(("sent", "by"), [({"ContactId": ANN}, (ANN, None)), ({}, (None, "unknown"))])
def test_whoever_was_invited_has_answered(sent, by):
    offered, rated = (e for e in rows_of(surveyed(("CSAT", 5), **sent), r.Event) if "rating" in e.kind)
    assert (offered.actor, offered.actor_class) == (None, "automation")
    assert (rated.actor, rated.actor_class) == by


@pytest.mark.parametrize(("status", "body"), [(400, [{"errorCode": "INVALID_TYPE"}]), (403, [{"errorCode": "NO"}])])
def test_an_organization_without_surveys_or_milestones_says_so_once_and_is_read_without(status, body):
    absent = ("CaseMilestone", "SurveySubject", "SurveyResponse")

    def found(name, soql):
        if name in absent:
            return Answer(body, status=status)
        behind = int(soql.partition("Id > '500")[2].partition("'")[0] or 0)
        return [case(number) for number in range(behind + 1, min(behind + 3, 5))] if name == "Case" else None

    with answering(found) as server:
        rows = read_all(salesforce, fetched(server), BARE)
        assert [len(asked(server, name)) for name in absent] == [1, 1, 1]
    assert {row.ticket for row in rows_of(rows, r.Ticket)} == {f"{number:08d}" for number in range(1, 5)}
    assert {(row.stream, row.field.split()[-1]) for row in rows_of(rows, r.Notice)} == {
        ("milestones", str(status)), ("surveys", str(status)),
    }  # fmt: skip
    lost = {row.capability for row in rows_of(rows, r.Ability) if row.because}
    assert lost == {"ratings", "survey_offers", "vendor_metrics"}


def test_another_error_of_a_query_stops_it_and_is_not_read_as_closed():
    def found(name, soql):
        return Answer([{"errorCode": "MALFORMED_QUERY"}], status=400) if name == "SurveySubject" else None

    with answering(found) as server, pytest.raises(SourceError, match="MALFORMED_QUERY"):
        fetched(server)


def test_introduce_asks_each_stream_and_reckons_the_first_load():
    company = world(tickets=40, seed=4)
    with serve(company, flavour="salesforce") as box:
        said = salesforce.introduce(open_session(box.connection, SETTINGS, QUICK), SETTINGS)
    assert set(said.streams.values()) == {"ok"}
    assert (said.statuses["Escalated to engineering"], said.statuses["Solved"]) == ("open", "solved")
    assert said.tickets == sum(not plan.is_deleted(company.end) for plan in company.plans)
    assert said.fields == {
        "custom_field:Reason": "Case Reason", "custom_field:Topic__c": "Topic", "custom_field:Team__c": "Team",
    }  # fmt: skip
    assert said.choices == {"custom_field:Topic__c": [topic.name for topic in company.company.topics]}
    written = block(said, dataclasses.replace(SETTINGS, fields={}), datetime.date(2025, 1, 1))
    first = said.choices["custom_field:Topic__c"][0]
    assert 'topic = "custom_field:Topic__c"' in written
    assert f'# topics = {{ {first} = "{first}", ' in written
    assert said.schedules == list(company.company.schedules)
    assert said.requests_for_first_load == 42


def test_a_number_of_cases_that_is_none_leaves_the_first_load_unreckoned():
    with answering(lambda name, soql: Answer([]) if "COUNT()" in soql else None) as server:
        said = salesforce.introduce(opened(server), BARE)
    assert (said.tickets, said.requests_for_first_load, set(said.streams.values())) == (None, None, {"ok"})
