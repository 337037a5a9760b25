"""HubSpot against the sandbox's flavour, from pages, and against answers that a test writes."""

from __future__ import annotations

import dataclasses
import json
import pathlib
from urllib.parse import parse_qsl, urlsplit

import pytest

from auditlib.caselog import rows as r
from auditlib.conformance import FromPages, Recorded, read_all
from auditlib.http import open_session
from auditlib.sandbox import serve, world
from auditlib.sandbox.staff import INTEGRATION
from auditlib.sources import Settings, SourceChanged, SourceError, Window, load
from tests.loopback import Answer, serving
from tests.sources.boxed import LIVE, QUICK, InABox

hubspot = load("hubspot")

SETTINGS = Settings(
    name="hubspot",
    kind="hubspot",
    connection="hubspot",
    since=1,
    max_share_of_rate_limit=1.0,
    statuses={
        "On hold": "on_hold", "Solved": "solved", "Closed": "closed", "Waiting on vendor": "on_hold",
        "Escalated to engineering": "open",
    },
    fields={"topic": "custom_field:topic", "tier": "organization.plan"},
    bots=["assistant@nordlicht.example", f"I-{INTEGRATION}"],
)  # fmt: skip


class TestInABox(InABox):
    kind = "hubspot"
    here = SETTINGS
    tickets_path = "/crm/v3/objects/tickets/batch/read"
    needed_field = "createdAt"


PAGES = pathlib.Path(__file__).parent / "pages" / "hubspot"
PAGED = dataclasses.replace(SETTINGS, statuses={"In the workshop": "on_hold"}, bots=[])


class TestFromPages(FromPages):
    kind = "hubspot"
    here = PAGED
    pages = PAGES


@pytest.fixture(scope="module")
def written():
    """The rows of the pages that were written down."""
    return read_all(hubspot, hubspot.fetch(Recorded(PAGES), {}, LIVE, PAGED), PAGED)


def rows_of(rows, kind, ticket=None):
    return [row for row in rows if isinstance(row, kind) and (ticket is None or row.ticket == ticket)]


def told(rows, ticket):
    return [(e.kind, (e.actor or e.actor_class)[:4], e.old, e.new) for e in rows_of(rows, r.Event, ticket)]


def test_a_ticket_reads_as_its_properties_were_and_begins_with_the_message_that_made_it(written):
    (ticket,) = rows_of(written, r.Ticket, "201")
    assert (ticket.status, ticket.channel, ticket.requester, ticket.opened_by) == ("solved", "email", "V-11", None)
    assert (ticket.organization, ticket.assignee, ticket.priority) == ("31", "A-51", "high")
    assert told(written, "201") == [
        ("created", "V-11", None, None),
        ("status", "V-11", None, "new"),
        ("priority", "V-11", None, "low"),
        ("topic", "V-11", None, "Lamp"),
        ("message", "V-11", None, None),  # which the description repeats
        ("message", "auto", None, None),
        ("priority", "auto", "low", "high"),  # a workflow that works in somebody's name
        ("message", "A-51", None, None),
        ("status", "A-51", "new", "open"),
        ("assignee", "A-51", None, "A-51"),  # from a queue, which is nobody
        ("group", "auto", None, "7"),
        ("message", "A-51", None, None),
        ("status", "auto", "open", "pending_customer"),
        ("message", "E-86", None, None),
        ("status", "A-51", "pending_customer", "on_hold"),
        ("message", "A-51", None, None),  # before what was changed in its second
        ("status", "A-51", "on_hold", "solved"),  # a stage of the company's own that is closed
        ("topic", "A-51", "Lamp", "Bulb"),
        ("rating", "V-11", None, "bad with comment"),
        ("rating", "V-11", None, "good"),  # by whoever asked, where nobody is named
        ("rating", "V-12", None, "neutral"),  # HubSpot's own group, whatever the survey's scale
    ]


def test_comments_and_what_could_not_be_delivered_nobody_has_seen(written):
    messages = [(e.body, e.is_public) for e in rows_of(written, r.Event, "201") if e.kind == "message"]
    assert messages == [
        ("The lamp is dark.", True), ("Hello!", True), ("Ask the workshop.", False), ("Which lamp?", False),
        ("Any news?", True), ("A new bulb is on its way.", True),
    ]  # fmt: skip


def test_a_call_that_an_agent_wrote_down_has_its_description_as_its_first_message(written):
    (ticket,) = rows_of(written, r.Ticket, "202")
    assert (ticket.requester, ticket.opened_by, ticket.channel, ticket.status) == ("V-11", "A-53", "phone", "open")
    assert told(written, "202") == [
        ("created", "A-53", None, None),
        ("message", "A-53", None, None),
        ("status", "A-53", None, "open"),
        ("assignee", "A-53", None, "A-53"),
        ("assignee", "A-51", "A-53", None),
    ]


def test_owners_are_agents_also_those_who_left_and_an_address_alone_is_a_person_whose_key_does_not_tell_it(written):
    people = {row.person[:4]: (row.role, row.is_active, row.email) for row in rows_of(written, r.Person)}
    assert people == {
        "A-51": ("agent", True, "grace@lamps.example"), "A-53": ("agent", False, "gone@lamps.example"),
        "V-11": ("customer", True, "ann@rooms.example"), "E-86": ("customer", True, "bob@rooms.example"),
        "V-12": ("customer", True, None),
    }  # fmt: skip
    assert not any("@" in row.person for row in rows_of(written, r.Person))
    assert [(o.name, o.fields) for o in rows_of(written, r.Organization)] == [("Rooms", {"plan": "premium"})]


def test_what_lies_in_the_recycling_bin_is_deleted(written):
    gone = [row for row in rows_of(written, r.Ticket) if row.status == "deleted"]
    assert [(row.ticket, row.created_at, row.has_history) for row in gone] == [
        ("203", r.moment("2026-02-28T23:59:59Z"), False)
    ]


def test_its_own_service_levels_are_kept_once_they_are_completed(written):
    assert [(row.ticket, row.metric, row.value) for row in rows_of(written, r.VendorMetric)] == [
        ("201", "own_sla.Time to first response.missed", 0.0), ("201", "own_sla.Time to close.missed", 1.0)
    ]  # fmt: skip


# Its traps

AT = r.moment("2026-03-02T08:00:00Z")
SINCE = r.moment("2026-03-01T00:00:00Z")
BARE = dataclasses.replace(SETTINGS, fields={}, statuses={}, options={"page_size": 2})
STAGES = [{"id": "3", "label": "Waiting on us", "metadata": {"ticketState": "OPEN"}},
          {"id": "77", "label": "In the workshop", "metadata": {"ticketState": "OPEN"}}]  # fmt: skip


def ticket(number, stage="3"):
    return {
        "id": str(number), "createdAt": "2026-03-02T08:00:00Z", "updatedAt": "2026-03-02T08:00:00Z",
        "properties": {"hs_pipeline_stage": stage},
    }  # fmt: skip


def answering(found):
    """An account of a few answers: `found(path, query, body)`; what it does not know is empty."""

    def answer(request):
        address = urlsplit(request.path)
        body = json.loads(request.sent) if request.sent else {}
        told = found(address.path, dict(parse_qsl(address.query)), body)
        if told is None and address.path.endswith("pipelines/tickets"):
            told = [{"id": "0", "label": "Support", "stages": STAGES}]
        told = {"results": told or []} if not isinstance(told, dict) else told
        return Answer(told)

    return serving(answer)


def fetched(server, settings=BARE, window=None):
    get = open_session({"host": server.url, "extra": {"token": "secret"}}, settings, QUICK)
    return list(hubspot.fetch(get, {}, window or Window("live", SINCE), settings))


def bodies(server, path):
    return [json.loads(q.sent) for q in server.asked if urlsplit(q.path).path == path]


SEARCH, BATCH = "/crm/v3/objects/tickets/search", "/crm/v3/objects/tickets/batch/read"


def test_more_tickets_than_a_search_can_page_are_found_behind_the_last_number():
    def found(path, query, body):
        if path == SEARCH:
            after = [f["value"] for f in body["filterGroups"][0]["filters"] if f["propertyName"] == "hs_object_id"]
            begin = int(after[0]) if after else 0
            rows = [ticket(number) for number in range(begin + 1, min(begin + 3, 6))]
            more = {"paging": {"next": {"after": "2"}}} if begin + 3 < 6 else {}
            return {"total": 5 - begin, "results": rows, **more}
        return [ticket(told["id"]) for told in body["inputs"]] if path == BATCH else None

    with answering(found) as server:
        rows = read_all(hubspot, fetched(server, window=Window("older", SINCE, AT + 10)), BARE)
        asked = bodies(server, SEARCH)
    assert {row.ticket for row in rows_of(rows, r.Ticket)} == {"1", "2", "3", "4", "5"}
    assert all(body["after"] == "0" and body["sorts"] == ["hs_object_id"] for body in asked)
    assert asked[1]["filterGroups"] == [
        {
            "filters": [
                {"propertyName": "hs_lastmodifieddate", "operator": "GTE", "value": str(SINCE * 1000)},
                {"propertyName": "hs_lastmodifieddate", "operator": "LT", "value": str((AT + 10) * 1000)},
                {"propertyName": "hs_object_id", "operator": "GT", "value": "2"},
            ]
        }
    ]


def test_a_ticket_that_is_deleted_while_it_is_read_is_left_out():
    def found(path, query, body):
        return (
            {"total": 2, "results": [ticket(1), ticket(2)]}
            if path == SEARCH
            else [ticket(1)]
            if path == BATCH
            else None
        )

    with answering(found) as server:
        rows = read_all(hubspot, fetched(server), BARE)
        assert [len(body["inputs"]) for body in bodies(server, BATCH)] == [2, 1, 1]
    assert {row.ticket for row in rows_of(rows, r.Ticket)} == {"1"}


SURVEYS = "/crm/v3/objects/feedback_submissions"
SURVEYED = "/crm/v4/associations/tickets/feedback_submissions/batch/read"
ABOUT = "/crm/v4/associations/feedback_submissions/tickets/batch/read"


def answered(number, **properties):
    told = {"hs_survey_type": "CSAT", "hs_submission_timestamp": "2026-03-03T08:00:00Z", **properties}
    return {"id": str(number), "createdAt": "2026-03-03T08:00:00Z", "updatedAt": "2026-03-03T08:00:00Z",
            "properties": told}  # fmt: skip


def tie(number, other):
    return [{"from": {"id": str(number)}, "to": [{"toObjectId": other, "associationTypes": []}]}]


def rated(**properties):
    """An account in which ticket 1 changed and has one answer."""

    def found(path, query, body):
        return {
            SEARCH: {"total": 1, "results": [ticket(1)]}, BATCH: [ticket(1)], SURVEYED: tie(1, 5),
            f"{SURVEYS}/batch/read": [answered(5, **properties)],
        }.get(path)  # fmt: skip

    with answering(found) as server:
        return read_all(hubspot, fetched(server), BARE)


def test_what_was_answered_about_a_ticket_that_did_not_change_is_found_by_the_answer():
    def found(path, query, body):
        if path == SEARCH:
            (told,) = [f for f in body["filterGroups"][0]["filters"] if f["propertyName"] != "hs_object_id"] or [None]
            return {"total": 1, "results": [ticket(1)]} if told is None else {"total": 0, "results": []}
        return {
            BATCH: [ticket(1)], SURVEYED: tie(1, 5), ABOUT: tie(5, 1),
            f"{SURVEYS}/search": {"total": 1, "results": [answered(5)]},
            f"{SURVEYS}/batch/read": [answered(5, hs_response_group="PROMOTER")],
        }.get(path)  # fmt: skip

    with answering(found) as server:
        chunks = fetched(server)
        rows = read_all(hubspot, chunks, BARE)
        assert bodies(server, SEARCH)[-1]["filterGroups"][0]["filters"] == [
            {"propertyName": "hs_object_id", "operator": "IN", "values": ["1"]}
        ]
    assert [(e.ticket, e.new) for e in rows_of(rows, r.Event) if e.kind == "rating"] == [("1", "good")]
    behind = [chunk.cursor["since"] for chunk in chunks if chunk.stream == "answers" and not chunk.pages]
    assert behind == [r.moment("2026-03-02T09:00:00Z") - 30 * 60]  # before the first page was asked for


@pytest.mark.parametrize("kind", ["CES", "NPS", "CUSTOM", "KNOWLEDGE", None])
def test_a_survey_that_asks_something_else_is_no_rating(kind):
    rows = rated(hs_survey_type=kind, hs_value="1", hs_response_group="DETRACTOR")
    assert [e.kind for e in rows_of(rows, r.Event)] == ["created", "status"]


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ({"hs_value": "0"}, ["bad"]),
        ({"hs_value": "1"}, ["neutral"]),
        ({"hs_value": "2", "hs_response_group": "DETRACTOR"}, ["bad"]),  # on a scale of more than three
        ({"hs_value": None, "hs_content": "Hm."}, []),  # only words
    ],
)
def test_an_answer_comes_to_what_hubspot_makes_of_it(told, meant):
    rows = rated(**told)
    assert [e.new for e in rows_of(rows, r.Event) if e.kind == "rating"] == meant


def test_an_answer_on_a_scale_that_nobody_knows_rejects_its_ticket_and_is_not_guessed():
    rows = rated(hs_value="4")
    assert rows_of(rows, r.Ticket) == []
    assert [(row.ticket, row.reason) for row in rows_of(rows, r.Rejected)] == [("1", "unreadable")]


def test_answers_that_are_closed_stop_it_with_the_scope_unless_there_are_no_surveys():
    company = world(tickets=20, seed=4)
    with serve(company, flavour="hubspot") as box:
        box.fault("refused", path=SURVEYED, status=403, count=1000)
        with pytest.raises(SourceError, match=r"403.*feedback_submissions\.read.*ratings = \"none\""):
            list(hubspot.fetch(open_session(box.connection, SETTINGS, QUICK), {}, LIVE, SETTINGS))
        without = dataclasses.replace(SETTINGS, options={"ratings": "none"})
        get = open_session(box.connection, without, QUICK)
        rows = read_all(hubspot, hubspot.fetch(get, {}, LIVE, without), without)
        said = hubspot.introduce(get, without)
    assert rows_of(rows, r.Ticket)
    assert not [e for e in rows_of(rows, r.Event) if e.kind == "rating"]
    assert "answers" not in said.streams


def test_a_scope_that_is_missing_is_named_when_it_introduces_itself():
    company = world(tickets=20, seed=4)
    with serve(company, flavour="hubspot") as box:
        box.fault("refused", path=SURVEYS, status=403, count=1000)
        said = hubspot.introduce(open_session(box.connection, SETTINGS, QUICK), SETTINGS)
    assert "it needs the scope crm.objects.feedback_submissions.read" in said.streams["answers"]
    assert {how for stream, how in said.streams.items() if stream != "answers"} == {"ok"}


def test_an_open_stage_of_the_companys_own_stops_it_with_the_line_to_add():
    def found(path, query, body):
        return {"total": 1, "results": [ticket(1)]} if path == SEARCH else [ticket(1, "77")] if path == BATCH else None

    with answering(found) as server, pytest.raises(SourceChanged, match='"In the workshop" = "open"'):
        read_all(hubspot, fetched(server), BARE)


def test_the_next_night_begins_before_the_first_page_was_asked_for():
    late = {**ticket(1), "updatedAt": "2026-03-09T08:00:00Z"}
    with answering(lambda path, query, body: {"total": 1, "results": [late]} if path == SEARCH else None) as server:
        chunks = fetched(server)
    served = r.moment("2026-03-02T09:00:00Z")
    assert chunks[-1].cursor["since"] == served - 30 * 60
    assert chunks[-1].complete_until == served - 5 * 60


def test_a_team_that_hubspot_does_not_show_is_an_error():
    wrong = dataclasses.replace(BARE, scope={"groups": ["Candles"]})
    with answering(lambda path, query, body: None) as server, pytest.raises(SourceError, match="'Candles'"):
        fetched(server, wrong)


def test_introduce_calls_each_stream_once_and_reckons_the_first_load():
    company = world(tickets=40, seed=4)
    with serve(company, flavour="hubspot") as box:
        said = hubspot.introduce(open_session(box.connection, SETTINGS, QUICK), SETTINGS)
        assert max(box.requests().values()) == 1
    assert set(said.streams.values()) == {"ok"}
    assert (said.statuses["Escalated to engineering"], said.statuses["Closed"]) == ("open", "closed")
    assert said.fields["custom_field:topic"] == "Topic"
    assert said.tickets == sum(not plan.is_deleted(company.end) for plan in company.plans)
    assert said.requests_for_first_load > 2 * said.tickets
