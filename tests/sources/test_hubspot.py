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
    }  # fmt: skip
    assert not any("@" in row.person for row in rows_of(written, r.Person))
    assert [(o.name, o.fields) for o in rows_of(written, r.Organization)] == [("Rooms", {"plan": "premium"})]


def test_what_lies_in_the_recycling_bin_is_deleted(written):
    gone = [row for row in rows_of(written, r.Ticket) if row.status == "deleted"]
    assert [(row.ticket, row.created_at, row.has_history) for row in gone] == [
        ("203", r.moment("2026-02-28T23:59:59Z"), False)
    ]


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
    assert all("after" not in body and body["sorts"] == ["hs_object_id"] for body in asked)
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
