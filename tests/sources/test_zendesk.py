"""Zendesk against the sandbox's server and, where a fault needs it, against one that the test writes."""

from __future__ import annotations

import dataclasses
import datetime
import itertools
import json
import re
import zoneinfo
from collections import Counter

import pytest

from auditlib.caselog import rows as r
from auditlib.http import open_session
from auditlib.sandbox import Box, serve, world
from auditlib.sources import CredentialsRefused, Page, Settings, SourceChanged, SourceError, Window, load
from auditlib.sources._shared.zones import ZONES, iana
from auditlib.sources._zendesk.paging import exported, listed
from auditlib.waiting import Manners
from tests.loopback import Answer, serving
from tests.sources.boxed import InABox
from tests.sources.conformance import by_ticket, encoded, read_all

zendesk = load("zendesk")
SETTINGS = Settings(
    name="zendesk",
    kind="zendesk",
    connection="zendesk",
    since=0,
    max_share_of_rate_limit=1.0,
    statuses={"Waiting on vendor": "on_hold"},
    fields={"topic": "custom_field:360001", "tier": "organization.plan"},
    bots=["assistant@nordlicht.example", "8000002"],
    options={"page_size": 100},
)
QUICK = Manners(sleep=lambda seconds: None, jitter=lambda: 0.0)
LIVE = Window("live", 1)


def asking(url: str, email: str = "auditor@acme.com", token: str = "t"):
    return open_session({"host": url, "login": f"{email}/token", "password": token}, SETTINGS, QUICK)


def of_box(box: Box):
    return asking(box.url, box.email, box.token)


@pytest.fixture(scope="module")
def small():
    return world(tickets=300, seed=4)


@pytest.fixture(scope="module")
def healthy_rows(small):
    with serve(small) as box:
        return rows_of(of_box(box))


@pytest.fixture
def box(small):
    with serve(small) as box:
        yield box


@pytest.fixture
def get(box):
    return of_box(box)


def fetched(get, settings=SETTINGS, window=LIVE, cursors=None):
    return list(zendesk.fetch(get, cursors or {}, window, settings))


def rows_of(get, settings=SETTINGS, window=LIVE):
    return read_all(zendesk, fetched(get, settings, window), settings)


def is_deleted(plan):
    moves = [change.new for act in plan.acts for change in act.changes if change.field == "status"]
    return moves[-1:] == ["deleted"]


def tickets_in(rows):
    return {row.ticket: row for row in rows if isinstance(row, r.Ticket)}


class TestInABox(InABox):
    kind = "zendesk"
    here = SETTINGS
    tickets_path = "/incremental/tickets"


def test_what_happened_in_the_box_is_what_is_read(small, healthy_rows):
    tickets, events = tickets_in(healthy_rows), by_ticket(healthy_rows)
    for plan in small.plans:
        key, facts = str(plan.id), plan.facts
        if is_deleted(plan):
            assert (tickets[key].status, tickets[key].has_history) == ("deleted", False)
            continue
        told = events[key]
        assert [e.occurred_at for e in told if e.kind == "message"] == [a.at for a in plan.acts if a.message]
        assert sum(not e.is_public for e in told if e.kind == "message") == sum(
            not a.message.is_public for a in plan.acts if a.message
        )
        rated = [(e.occurred_at, e.new) for e in told if e.kind in ("rating", "rating_offered")]
        assert rated == [(f["at"], f["score"]) for f in facts.ratings]
        merged = str(facts.merged_into.id) if facts.merged_into else None
        assert tickets[key].merged_into == merged
        assert [e.new for e in told if e.kind == "merged_into"] == ([merged] if merged else [])
        assert tickets[key].follow_up_of == (str(plan.follows.id) if plan.follows else None)
        assert tickets[key].incident_of == (str(plan.incident_of.id) if plan.incident_of else None)
        statuses = [e.new for e in told if e.kind == "status"]
        assert statuses[-1] == tickets[key].status
        assert all(a != b for a, b in itertools.pairwise(statuses))


def test_a_status_of_the_companys_own_is_read_as_audit_toml_says(get):
    def on_hold(statuses):
        rows = rows_of(get, replaced(statuses=statuses))
        return sum(row.kind == "status" and row.new == "on_hold" for row in rows if isinstance(row, r.Event))

    assert on_hold({"Escalated to engineering": "on_hold"}) > on_hold({})


def replaced(**changes):
    return dataclasses.replace(SETTINGS, **changes)


def test_rules_bots_and_the_system_are_no_people(healthy_rows):
    events = [row for row in healthy_rows if isinstance(row, r.Event)]
    seen = Counter((e.actor_class, e.actor is None) for e in events)
    assert set(seen) <= {(None, False), ("automation", True), ("bot", False), ("system", True)}
    assert seen[("automation", True)] > 0
    assert {e.actor for e in events if e.actor_class == "bot"} <= {"8000002"}
    people = {row.person: row for row in healthy_rows if isinstance(row, r.Person)}
    assert (people["8000001"].role, people["8000002"].role) == ("bot", "bot")


def test_roles_of_the_past_are_told_where_the_plan_has_an_audit_log(small, healthy_rows):
    changes = {(row.person, row.since): row.role for row in healthy_rows if isinstance(row, r.RoleChange)}
    left = [a for a in small.company.agents if a.until <= small.end]
    assert left
    for agent in left:
        assert changes[str(agent.id), agent.since] == "agent"
        assert changes[str(agent.id), agent.until] == "customer"


@pytest.mark.parametrize(
    ("written", "was", "role"),
    [
        ("Role changed from Agent to End user", "agent", "customer"),
        ("Role changed from 'End-user' to 'Administrator'.", "customer", "agent"),
        ("Role changed from Agent to End user\nTicket access changed from All to Assigned", "agent", "customer"),
        ("Role changed to Agent", None, "agent"),
    ],
)
def test_a_change_of_role_says_what_came_before(written, was, role):
    told = {"id": 1, "source_id": 9, "created_at": "2026-03-02T09:00:00Z", "change_description": written}
    page = Page(stream="role_changes", url="/audit_logs", body=json.dumps({"audit_logs": [told]}).encode())
    assert [(row.was, row.role) for row in zendesk.read([page], SETTINGS)] == [(was, role)]


def test_schedules_count_from_monday_in_an_iana_zone_with_their_holidays(healthy_rows):
    schedules = {row.name: row for row in healthy_rows if isinstance(row, r.Schedule)}
    atlanta = schedules["Atlanta office"]
    assert atlanta.time_zone == "America/New_York"
    assert atlanta.intervals[0] == (9 * 60, 18 * 60)
    assert ("2025-12-25", "2025-12-25") in atlanta.holidays
    assert [s.name for s in schedules.values() if s.is_default] == ["Berlin office"]
    assert sum(end - start for start, end in schedules["Always open"].intervals) == 7 * 24 * 60


@pytest.mark.parametrize("rails", sorted(ZONES))
def test_every_rails_time_zone_has_an_iana_one(rails):
    zoneinfo.ZoneInfo(iana(rails))


def test_saturday_night_runs_past_the_weeks_end_and_unknown_zones_are_rejected():
    told = {
        "id": 1,
        "name": "Night",
        "time_zone": "Berlin",
        "intervals": [{"start_time": 0, "end_time": 360}],
    }
    odd = {**told, "id": 2, "time_zone": "Middle-earth"}
    page = Page(stream="schedules", url="/x", body=json.dumps({"schedules": [told, odd]}).encode())
    good, bad = zendesk.read([page], SETTINGS)
    assert good.intervals == ((6 * 1440, 6 * 1440 + 360),)
    assert "Middle-earth" in bad.detail


# Requests


def test_the_first_load_asks_once_for_each_ticket_and_once_for_everything_else(small, box, get):
    fetched(get, replaced(options={}))
    asked = box.requests()
    audits = {path: n for path, n in asked.items() if path.endswith("/audits")}
    kept = [p for p in small.plans if not is_deleted(p)]
    assert set(audits.values()) == {1}
    assert len(audits) == len(kept)
    assert sum(asked.values()) - len(audits) == 8 + len(small.company.schedules)


def test_a_quiet_night_asks_a_dozen_times_and_is_proven_complete(small, box, get):
    cursors = {chunk.stream: chunk.cursor for chunk in fetched(get)}
    box.forget_requests()
    chunks = fetched(get, cursors=cursors)
    assert sum(box.requests().values()) == 8 + len(small.company.schedules)
    assert [row for row in read_all(zendesk, chunks, SETTINGS) if isinstance(row, r.Ticket)] == []
    assert chunks[-1].complete_until == box.now - 60


def test_night_after_night_tells_what_one_load_at_the_end_tells(small):
    nights = ["2026-01-15T00:00:00Z", "2026-03-01T00:00:00Z", "2026-06-01T00:00:30Z"]
    cursors, seen = {}, {}
    with serve(small) as box:
        for night in [*nights, "2026-10-31T00:00:00Z"]:
            box.set_clock(night)
            chunks = fetched(of_box(box), cursors=cursors)
            cursors |= {chunk.stream: chunk.cursor for chunk in chunks}
            rows = read_all(zendesk, chunks, SETTINGS)
            told = by_ticket(rows)
            seen |= {key: (ticket, told.get(key)) for key, ticket in tickets_in(rows).items()}
        at_once = rows_of(of_box(box))
    told = by_ticket(at_once)
    assert seen == {key: (ticket, told.get(key)) for key, ticket in tickets_in(at_once).items()}


def test_the_last_minute_is_left_for_the_next_night(small):
    at = max(plan.acts[-1].at for plan in small.plans)
    with serve(small, now=f"{_iso(at + 30)}") as box:
        first = fetched(of_box(box))
        assert first[-1].complete_until == at - 30
        late = {str(p.id) for p in small.plans if p.acts[-1].at == at}
        assert late.isdisjoint(tickets_in(read_all(zendesk, first, SETTINGS)))
        box.set_clock(_iso(at + 61))
        second = fetched(of_box(box), cursors={chunk.stream: chunk.cursor for chunk in first})
        assert late <= set(tickets_in(read_all(zendesk, second, SETTINGS)))


def _iso(at: int) -> str:
    return datetime.datetime.fromtimestamp(at, datetime.UTC).isoformat()


def test_a_start_within_the_last_minute_is_moved_back_instead_of_refused(small):
    with serve(small) as box:
        chunks = fetched(of_box(box), window=Window("live", box.now - 5))
    assert chunks[-1].complete_until == box.now - 60


def test_a_finished_window_asks_for_nothing_again(box, get):
    window = Window("older", 1, 1_770_000_000)
    cursors = {chunk.stream: chunk.cursor for chunk in fetched(get, window=window)}
    box.forget_requests()
    assert fetched(get, window=window, cursors=cursors) == []
    assert box.requests() == {}


def test_only_groups_in_scope_are_asked_for_and_others_tell_only_that_they_exist(box, get):
    scoped = replaced(scope={"groups": ["Billing"]})
    rows = rows_of(get, scoped)
    billing = next(row.group for row in rows if isinstance(row, r.Group) and row.name == "Billing")
    for key, ticket in tickets_in(rows).items():
        if ticket.has_history:
            assert ticket.group == billing
        else:
            assert (ticket.subject, ticket.requester) == (None, None)
            assert f"/api/v2/tickets/{key}/audits" not in box.requests()
    with pytest.raises(SourceError, match="scope names the group 'Biling', which Zendesk does not show; it shows"):
        fetched(get, replaced(scope={"groups": ["Biling"]}))


# Faults


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "rate_limited", "count": 5},
        {"kind": "server_error", "count": 5},
        {"kind": "server_error", "status": 500, "count": 3, "path": "/audits"},
        {"kind": "dropped", "count": 5},
        {"kind": "dropped", "count": 5, "path": "/audits"},
        {"kind": "slow", "seconds": 0.05, "count": 3},
        {"kind": "repeated_page", "path": "/incremental/tickets", "skip": 1},
        {"kind": "shifted_page", "path": "/incremental/tickets", "skip": 1},
        {"kind": "repeated_page", "path": "/incremental/users", "skip": 0},
    ],
    ids=lambda fault: "-".join(str(part) for part in fault.values()),
)
def test_what_passes_leaves_no_trace_in_the_rows(box, get, healthy_rows, fault):
    box.fault(**fault)
    assert encoded(rows_of(get)) == encoded(healthy_rows)
    assert box.faults.waiting() == []


def test_tickets_that_machines_alone_handled_are_asked_for_if_audit_toml_says_so(get):
    chunks = fetched(get, replaced(options={"handled_by": "all"}))
    exports = [page.url for chunk in chunks for page in chunk.pages if page.stream == "tickets"]
    assert exports
    assert all("support_type_scope=all" in url for url in exports)
    with pytest.raises(SourceError, match="handled_by is 'everyone'; it is one of agent, ai_agent, all"):
        fetched(get, replaced(options={"handled_by": "everyone"}))


def test_many_tickets_in_one_second_are_all_read(small, box, get):
    box.fault("burst", count=250)
    rows = rows_of(get, replaced(options={"page_size": 20}))
    assert set(tickets_in(rows)) == {str(plan.id) for plan in small.plans}


@pytest.mark.parametrize(
    ("kind", "complaint"),
    [("html", "answered with HTML instead of JSON"), ("malformed_json", "answered with malformed JSON")],
)
@pytest.mark.parametrize("path", ["/incremental/tickets", "/audits", "/groups", "/schedules", "/audit_logs"])
def test_what_is_no_json_stops_the_source_and_names_the_page(box, get, kind, complaint, path):
    box.fault(kind, path=path)
    with pytest.raises(SourceError, match=f"{path}.*{complaint}"):
        fetched(get)


def test_expired_credentials_say_what_to_renew(box):
    with pytest.raises(CredentialsRefused, match="renew it in the connection"):
        fetched(asking(box.url, box.email, "expired"))


def test_a_wrong_base_address_is_refused_at_once():
    with serving([Answer(b"<!doctype html>", headers={"Content-Type": "text/html"})]) as server:
        with pytest.raises(SourceError, match="the connection's host is the helpdesk's own API address"):
            fetched(asking(server.url))
        assert len(server.asked) == 1


@pytest.mark.parametrize("body", [{}, [], {"count": 0}])
def test_an_empty_answer_is_no_empty_helpdesk(body):
    with (
        serving([Answer(body)]) as server,
        pytest.raises(SourceError, match=r"groups|not what Zendesk answers"),
    ):
        fetched(asking(server.url))


def test_an_unknown_status_stops_with_the_line_to_add(box, get):
    box.fault("unknown_status", path="/incremental/tickets")
    with pytest.raises(SourceChanged, match=r"statuses = \{ \"quantum\" = \"open\" \}"):
        rows_of(get)
    box.fault("unknown_status", path="/incremental/tickets")
    assert "Rejected" not in {type(row).__name__ for row in rows_of(get, replaced(statuses={"quantum": "open"}))}


def test_an_unknown_field_is_noticed_and_the_record_is_read(small, box, get):
    box.fault("unknown_field", path="/audits", count=10)
    rows = rows_of(get)
    assert {(n.stream, n.field) for n in rows if isinstance(n, r.Notice)} == {("audits", "brand_new_field")}
    assert len(tickets_in(rows)) == len(small.plans)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"kind": "missing_field", "field": "created_at", "path": "/incremental/tickets"}, "missing_field"),
        ({"kind": "missing_field", "field": "status", "path": "/incremental/tickets"}, "missing_field"),
        ({"kind": "missing_field", "field": "events", "path": "/audits"}, "wrong_type"),
        ({"kind": "missing_field", "field": "created_at", "path": "/audits"}, "missing_field"),
        ({"kind": "wrong_types", "path": "/incremental/tickets"}, "wrong_type"),
        ({"kind": "wrong_types", "path": "/audits"}, "wrong_type"),
    ],
    ids=lambda told: told if isinstance(told, str) else "-".join(told.values()),
)
def test_one_bad_record_rejects_its_ticket_and_no_other(small, box, get, fault, reason):
    box.fault(**fault)
    rows = rows_of(get)
    (bad,) = [row for row in rows if isinstance(row, r.Rejected)]
    assert bad.reason == reason
    assert bad.ticket is not None
    assert bad.ticket not in tickets_in(rows)
    assert bad.ticket not in by_ticket(rows)
    assert len(tickets_in(rows)) == len(small.plans) - 1


def test_ten_megabytes_in_one_message_are_read(small, box, get):
    box.fault("huge_body", path="/audits", size=10_000_000)
    box.fault("huge_body", path="/incremental/tickets", size=10_000_000)
    assert len(tickets_in(rows_of(get))) == len(small.plans)
    told = {"id": 111, "type": "Comment", "public": True, "body": "x" * 10_000_000}
    assert len(read(ticket(), CREATED, audit(110, told))[-1].body) == 10_000_000


def test_a_plan_without_schedules_policies_statuses_or_audit_log_is_read_without_them():
    lists = {"groups": "groups", "organizations": "organizations"}

    def answer(request):
        name = re.search(r"/api/v2/([a-z_/]+)", request.path)[1]
        if name in lists:
            return Answer({lists[name]: [], "meta": {"has_more": False}})
        if name.startswith("incremental/"):
            return Answer({name.split("/")[1]: [], "end_of_stream": True, "after_cursor": None})
        return Answer({"error": "Forbidden"}, status=403 if "audit" in name else 404)

    with serving(answer) as server:
        chunks = fetched(asking(server.url))
        told = zendesk.introduce(asking(server.url), SETTINGS)
    assert chunks[-1].complete_until is not None
    said = {(row.stream, row.field[-3:]) for row in read_all(zendesk, chunks, SETTINGS) if isinstance(row, r.Notice)}
    assert said == {("custom_statuses", "404"), ("schedules", "404"), ("policies", "404"), ("role_changes", "403")}
    assert "it needs an admin, and a plan with audit logs" in told.streams["role_changes"]
    assert any("inferred" in note for note in told.notes)


# Single pages


def ticket(**changes):
    told = {
        "id": 7, "status": "open", "created_at": "2026-03-02T09:00:00Z", "generated_timestamp": 1772442000,
        "requester_id": 1, "submitter_id": 1, "via": {"channel": "email", "source": {}}, "subject": "Hello",
        "url": "https://acme.zendesk.com/api/v2/tickets/7.json",
    }  # fmt: skip
    return {**told, **changes}


def audit(number, *events, at="2026-03-02T09:00:00Z", author=1, via="email", **source):
    return {
        "id": number, "ticket_id": 7, "created_at": at, "author_id": author, "metadata": {},
        "via": {"channel": via, "source": source}, "events": list(events),
    }  # fmt: skip


CREATED = audit(
    100,
    {"id": 101, "type": "Comment", "public": True, "body": "Hello", "author_id": 1},
    {"id": 102, "type": "Create", "field_name": "status", "value": "open"},
)


def created(field, value):
    return {"id": 1, "type": "Create", "field_name": field, "value": value}


def read(shown, *audits, settings=SETTINGS):
    pages = [
        Page(stream="tickets", url="/t", body=json.dumps({"tickets": [shown]}).encode()),
        Page(stream="audits", url="/api/v2/tickets/7/audits.json", body=json.dumps({"audits": audits}).encode()),
    ]
    return list(zendesk.read(pages, settings))


def kinds(rows):
    return [row.kind for row in rows if isinstance(row, r.Event)]


def test_a_ticket_reads_as_its_audits_tell():
    solved = audit(
        110,
        {"id": 111, "type": "Change", "field_name": "status", "value": "solved", "previous_value": "open"},
        {"id": 112, "type": "Change", "field_name": "assignee_id", "value": "9", "previous_value": None},
        {"id": 113, "type": "Change", "field_name": "tags", "value": ["a", "b"], "previous_value": ["a"]},
        {"id": 114, "type": "Change", "field_name": "360001", "value": "billing", "previous_value": None},
        {"id": 115, "type": "Change", "field_name": "subject", "value": "x", "previous_value": "y"},
        {"id": 116, "type": "Notification", "subject": "s", "body": "b", "recipients": [1]},
        at="2026-03-02T09:10:00Z",
        author=9,
        via="web",
    )
    rows = read(ticket(custom_fields=[{"id": 360001, "value": "billing"}], status="solved"), CREATED, solved)
    shown, *events = rows
    assert (shown.topic, shown.url) == ("billing", "https://acme.zendesk.com/agent/tickets/7")
    assert [(e.seq, e.kind, e.old, e.new) for e in events] == [
        (100, "created", None, None),
        (101, "message", None, None),
        (102, "status", None, "open"),
        (112, "assignee", None, "9"),
        (113, "tag", "a", "a b"),
        (114, "topic", None, "billing"),
        (111, "status", "open", "solved"),
    ]


def test_the_first_audit_is_the_creation_even_if_it_was_noted_a_second_later():
    rows = read(ticket(), {**CREATED, "created_at": "2026-03-02T09:00:01Z"})
    assert {e.occurred_at for e in rows if isinstance(e, r.Event)} == {rows[0].created_at}


def test_a_merged_ticket_names_its_target_and_the_target_is_not_merged():
    closing = [
        {"id": 111, "type": "Comment", "public": False, "body": 'Closed and merged into request #12 "Hi".'},
        {"id": 112, "type": "Change", "field_name": "status", "value": "closed", "previous_value": "open"},
        {
            "id": 113,
            "type": "Change",
            "field_name": "tags",
            "value": ["closed_by_merge"],
            "previous_value": [],
        },
    ]
    told = {"rel": "merge", "from": {"ticket_id": 12, "subject": "Hi"}, "to": {}}
    shown, *events = read(ticket(status="closed"), CREATED, audit(110, *closing, via="system", **told))
    assert (shown.merged_into, events[-1].kind, events[-1].new, events[-1].seq) == (
        "12",
        "merged_into",
        "12",
        110,
    )
    by_note, *_ = read(ticket(status="closed"), CREATED, audit(110, *closing))
    assert by_note.merged_into == "12"
    target, *events = read(ticket(), CREATED, audit(110, closing[0], via="system", **told))
    assert target.merged_into is None
    assert "merged_into" not in kinds(events)


def test_a_restored_ticket_was_deleted_in_between():
    def move(number, old, new):
        change = {"type": "Change", "field_name": "status", "previous_value": old, "value": new}
        return audit(number, {"id": number + 1, **change}, author=9)

    rows = read(ticket(), CREATED, move(110, "open", "deleted"), move(120, "deleted", "open"))
    assert kinds(rows)[-4:] == ["status", "deleted", "status", "restored"]


def test_a_scrubbed_ticket_is_deleted_and_keeps_no_words():
    (shown,) = read(ticket(status="deleted", subject="SCRUBBED", description="X"))
    assert (shown.status, shown.subject, shown.requester, shown.has_history) == ("deleted", None, None, False)


@pytest.mark.parametrize(
    ("author", "via", "actor", "whose"),
    [
        (9, "web", "9", None),
        (9, "rule", None, "automation"),
        (-1, "web", None, "system"),
        (None, "web", None, "unknown"),
        (8000002, "api", "8000002", "bot"),
        (9, "answer_bot_for_web_widget", "9", "bot"),
        (9, 8, None, "automation"),
    ],
)
def test_who_acted_is_said_only_where_the_event_itself_tells_it(author, via, actor, whose):
    message = {"id": 111, "type": "Comment", "public": True, "body": "…", "author_id": author}
    event = read(ticket(), CREATED, audit(110, message, author=author, via=via))[-1]
    assert (event.actor, event.actor_class) == (actor, whose)


def test_a_triggers_change_in_an_agents_update_is_the_triggers():
    rule = {"channel": "rule", "source": {"rel": "trigger", "from": {"id": 3}, "to": {}}}
    change = {"id": 111, "type": "Change", "field_name": "group_id", "value": "5", "via": rule}
    event = read(ticket(), CREATED, audit(110, change, author=9, via="web"))[-1]
    assert (event.kind, event.new, event.actor, event.actor_class) == ("group", "5", None, "automation")


def test_a_service_level_that_comes_and_goes_names_its_policy():
    via = {"channel": "rule", "source": {"rel": "sla_target_change", "from": {"id": 88, "title": "Gold"}}}
    target = {"minutes": 60, "in_business_hours": True}
    change = {"type": "Change", "field_name": "first_reply_time", "via": via}
    came = audit(110, {"id": 111, **change, "previous_value": None, "value": target})
    went = audit(120, {"id": 121, **change, "previous_value": target, "value": None})
    *_, first, second = read(ticket(), CREATED, came, went)
    assert (first.kind, first.old, first.new, first.actor_class) == ("sla_applied", None, "88", "automation")
    assert (second.old, second.new) == ("88", None)


def test_repeated_audits_count_once():
    rows = read(ticket(), CREATED, CREATED)
    assert kinds(rows) == ["created", "message", "status"]


def test_audits_are_read_in_the_order_of_time_where_their_numbers_are_not():
    pending = {"id": 51, "type": "Change", "field_name": "status", "value": "pending", "previous_value": "open"}
    solved = {"id": 41, "type": "Change", "field_name": "status", "value": "solved", "previous_value": "pending"}
    later = [audit(50, pending, at="2026-03-02T10:00:00Z"), audit(40, solved, at="2026-03-02T11:00:00Z")]
    rows = read(ticket(status="solved"), *later, CREATED)
    assert [(row.old, row.new) for row in rows if isinstance(row, r.Event) and row.kind == "status"] == [
        (None, "open"), ("open", "pending_customer"), ("pending_customer", "solved"),
    ]  # fmt: skip


def test_plain_text_is_preferred_and_voice_is_a_message():
    told = {
        "id": 111,
        "type": "VoiceComment",
        "public": True,
        "body": "<b>x</b>",
        "plain_body": "x",
        "data": {},
    }
    event = read(ticket(), CREATED, audit(110, told))[-1]
    assert (event.kind, event.body) == ("message", "x")


def test_an_event_that_nobody_knows_is_noticed():
    rows = read(ticket(), CREATED, audit(110, {"id": 111, "type": "TeleportationEvent"}))
    assert r.Notice(stream="audits", field="events.type=TeleportationEvent") in rows
    assert kinds(rows) == ["created", "message", "status"]


def test_an_unknown_channel_is_noticed():
    rows = read(ticket(via={"channel": "telepathy"}), CREATED)
    assert rows[0].channel == "unknown"
    assert rows[-1] == r.Notice(stream="tickets", field="via.channel=telepathy")


@pytest.mark.parametrize(
    ("shown", "audits", "reason"),
    [
        (ticket(created_at="2026-03-02T09:00:00"), [CREATED], "no_time_zone"),
        (ticket(created_at="Frau Meier"), [CREATED], "unreadable"),
        (ticket(), [{**CREATED, "created_at": "2026-03-02T09:00:00"}], "no_time_zone"),
        (ticket(), [], "unreadable"),
        (ticket(), [audit(100, {"id": 1, "type": "Comment", "public": "Frau Meier"})], "wrong_type"),
        (ticket(), [audit(100, "Frau Meier")], "wrong_type"),
        (ticket(), ["Frau Meier"], "wrong_type"),
        (ticket(), [audit(100, created("priority", {"Frau": "Meier"}))], "unreadable"),
        (ticket(), [audit(100, created("custom_status_id", "Meier"))], "unreadable"),
    ],
)
def test_a_bad_ticket_is_rejected_with_a_reason_and_without_a_customers_words(shown, audits, reason):
    (bad,) = read(shown, *audits)
    assert (bad.ticket, bad.reason) == ("7", reason)
    assert "Meier" not in bad.detail


# The API's other ways


def test_a_list_that_only_knows_numbered_pages_is_followed_to_its_end():
    def answer(request):
        if "page=2" in request.path:
            return Answer({"groups": [{"id": 2, "name": "B"}], "next_page": None, "count": 2})
        return Answer({"groups": [{"id": 1, "name": "A"}], "next_page": f"{server.url}/api/v2/groups.json?page=2"})

    with serving(answer) as server:
        pages = list(listed(asking(server.url), "/api/v2/groups.json", "groups"))
    assert [row.name for row in zendesk.read(pages, SETTINGS)] == ["A", "B"]


def test_an_export_that_stands_still_ends_with_an_error_instead_of_never():
    page = Answer({"tickets": [], "end_of_stream": False, "after_cursor": "MTAwLjB8fDF8"})
    with serving([page]) as server, pytest.raises(SourceError, match="without going forward"):
        list(exported(asking(server.url), "/api/v2/x.json", "tickets", {}, 1, {}))
    assert len(server.asked) < 10


def test_a_ticket_deleted_between_export_and_audits_is_left_for_its_deletion():
    with serving([Answer({"error": "RecordNotFound"}, status=404)]) as server:
        assert zendesk._audits(asking(server.url), 7) == []
    wrong = [Answer({"error": "InvalidEndpoint"}, status=404)]
    with serving(wrong) as server, pytest.raises(SourceError, match="404"):
        zendesk._audits(asking(server.url), 7)


def test_introduce_calls_each_stream_once_and_reckons_the_first_load(small, box, get):
    told = zendesk.introduce(get, SETTINGS)
    assert max(box.requests().values()) == 1
    assert told.statuses["Escalated to engineering"] == "open"
    assert told.fields["custom_field:360001"] == "Topic"
    assert told.tickets == sum(not is_deleted(plan) for plan in small.plans)
    assert told.requests_for_first_load > told.tickets
    assert told.requests_per_minute == box.rate_limit
    assert "Berlin office" in told.schedules
    assert "Billing" in told.groups
