"""The server answers like Zendesk: who may ask, what is there at a moment, page by page and complete."""

from __future__ import annotations

import base64

import pytest
import requests

from auditlib.sandbox import Box, World, answers, serve
from auditlib.sandbox.instants import iso, moment
from tests.sandbox.client import Client

LISTS = {
    "users": "users", "groups": "groups", "group_memberships": "group_memberships",
    "organizations": "organizations", "satisfaction_ratings": "satisfaction_ratings",
    "business_hours/schedules": "schedules", "slas/policies": "sla_policies",
    "ticket_fields": "ticket_fields", "custom_statuses": "custom_statuses",
    "deleted_tickets": "deleted_tickets", "audit_logs": "audit_logs",
    "tickets": "tickets", "ticket_metrics": "ticket_metrics",
}  # fmt: skip


def test_without_the_right_token_nothing_is_told(box: Box) -> None:
    url = f"{box.url}/api/v2/groups.json"
    for auth in (None, (f"{box.email}/token", "wrong"), (box.email, box.token)):
        assert requests.get(url, auth=auth, timeout=5).status_code == 401
    assert requests.get(url, headers={"Authorization": "Basic %%%"}, timeout=5).status_code == 401
    assert requests.get(url, headers={"Authorization": f"Bearer {box.token}"}, timeout=5).status_code == 200


def test_the_export_is_complete_at_every_page_size(small: World, client: Client) -> None:
    whole = client.exported("incremental/tickets/cursor", "tickets")
    assert sorted(t["id"] for t in whole) == [p.id for p in small.plans]
    moved = [(t["generated_timestamp"], t["id"]) for t in whole]
    assert moved == sorted(moved)
    assert client.exported("incremental/tickets/cursor", "tickets", per_page=37) == whole


def test_the_cursor_is_zendesks_and_stays_good_at_the_end(client: Client) -> None:
    page = client.page("incremental/tickets/cursor", start_time=0)
    assert page["end_of_stream"]
    at, rest = base64.b64decode(page["after_cursor"]).decode().split("||")
    assert float(at) == page["tickets"][-1]["generated_timestamp"]
    assert rest == f"{page['tickets'][-1]['id']}|"
    again = client.page("incremental/tickets/cursor", cursor=page["after_cursor"])
    assert (again["tickets"], again["end_of_stream"], again["after_cursor"]) == (
        [],
        True,
        page["after_cursor"],
    )


def test_a_night_later_the_cursor_brings_exactly_what_moved(small: World, box: Box, client: Client) -> None:
    box.set_clock("2026-05-01T00:00:00Z")
    page = client.page("incremental/tickets/cursor", start_time=0)
    before = {t["id"]: t for t in page["tickets"]}
    box.set_clock("2026-05-02T00:00:00Z")
    moved = client.page("incremental/tickets/cursor", cursor=page["after_cursor"])["tickets"]
    now = {t["id"]: t for t in client.exported("incremental/tickets/cursor", "tickets")}
    assert {t["id"] for t in moved} == {number for number, t in now.items() if t != before.get(number)}
    assert 0 < len(moved) < len(now)


def test_system_updates_move_the_export_and_not_the_ticket(client: Client) -> None:
    rows = client.exported("incremental/tickets/cursor", "tickets")
    touched = [t for t in rows if t["generated_timestamp"] > moment(t["updated_at"])]
    assert touched
    assert all(t["generated_timestamp"] >= moment(t["updated_at"]) for t in rows)


def test_the_last_minute_is_left_out_and_cannot_be_asked_for(small: World, box: Box, client: Client) -> None:
    plan = small.plans[300]
    box.set_clock(iso(plan.created_at + 30))
    assert plan.id not in {t["id"] for t in client.exported("incremental/tickets/cursor", "tickets")}
    refused = client.get("incremental/tickets/cursor", start_time=box.now - 59)
    assert (refused.status_code, refused.json()["error"]) == (400, "StartTimeTooRecent")
    assert client.get("incremental/tickets/cursor").status_code == 400
    assert client.get("incremental/tickets/cursor", cursor="nonsense").status_code == 400


def test_nothing_of_the_future_is_visible(small: World, box: Box, client: Client) -> None:
    box.set_clock("2026-04-01T00:00:00Z")
    now = moment("2026-04-01T00:00:00Z")
    assert client.get("groups").headers["Date"] == "Wed, 01 Apr 2026 00:00:00 GMT"
    tickets = client.exported("incremental/tickets/cursor", "tickets")
    assert tickets
    for ticket in tickets:
        assert moment(ticket["updated_at"]) <= now
    later = next(p for p in small.plans if p.created_at > now)
    assert client.get(f"tickets/{later.id}/audits").status_code == 404
    alive = next(p for p in small.plans if p.created_at < now < p.acts[-1].at and not p.is_deleted(now))
    assert all(moment(a["created_at"]) <= now for a in client.audits(alive.id))
    for stream, name in LISTS.items():
        for row in client.listed(stream, name):
            for field in ("created_at", "updated_at", "deleted_at"):
                assert moment(row.get(field) or "2026-01-01") <= now


@pytest.mark.parametrize(("path", "name"), LISTS.items())
def test_every_list_pages_completely_by_cursor_and_by_number(client: Client, path: str, name: str) -> None:
    whole = list(client.listed(path, name))
    assert whole, path
    assert list(client.listed(path, name, size=7)) == whole
    numbers = []
    page = client.page(path, per_page=9)
    numbers += page[name]
    while page["next_page"]:
        page = client.page(page["next_page"])
        numbers += page[name]
    assert numbers == whole
    assert page["count"] == len(whole)


def test_audits_page_oldest_first(small: World, client: Client) -> None:
    mailed = [p for p in small.plans if p.channel == "email" and not p.facts.deleted_at]
    longest = max(mailed, key=lambda p: len(p.acts))
    whole = client.audits(longest.id)
    assert len(whole) == len(longest.acts)
    assert [a["id"] for a in whole] == sorted(a["id"] for a in whole)
    paged = list(client.listed(f"tickets/{longest.id}/audits", "audits", size=2))
    assert paged == whole


def test_deleted_tickets_are_in_the_stream_and_nowhere_else(small: World, client: Client) -> None:
    meant = {a["ticket"]: a for a in answers(small) if a["deleted_at"] and not a["restored_at"]}
    streamed = {t["id"]: t for t in client.exported("incremental/tickets/cursor", "tickets")}
    assert {number for number, t in streamed.items() if t["status"] == "deleted"} == set(meant)
    scrubbed = next(number for number, a in meant.items() if a["scrubbed_at"])
    assert (streamed[scrubbed]["subject"], streamed[scrubbed]["description"]) == ("SCRUBBED", "X")
    assert client.get(f"tickets/{scrubbed}/audits").status_code == 404
    kept = client.exported("incremental/tickets/cursor", "tickets", exclude_deleted="true")
    assert {t["id"] for t in kept} == set(streamed) - set(meant)
    assert client.page("tickets/count")["count"]["value"] == len(kept)


def test_what_is_asked_for_beside_the_tickets_comes_with_them(client: Client) -> None:
    page = client.page("incremental/tickets/cursor", start_time=0, include="metric_sets,users,groups,organizations")
    users = {u["id"] for u in page["users"]}
    assert {t["requester_id"] for t in page["tickets"]} <= users
    assert {t["group_id"] for t in page["tickets"]} <= {g["id"] for g in page["groups"]}
    assert page["organizations"]
    for ticket in page["tickets"]:
        assert ticket["metric_set"]["ticket_id"] == ticket["id"]


def test_who_left_reads_back_as_an_end_user(small: World, box: Box, client: Client) -> None:
    left = next(a for a in small.company.agents if a.until < small.end)
    roles = []
    for at in (left.until - 86400, left.until + 86400):
        box.set_clock(iso(at))
        roles.append(client.page(f"users/{left.id}")["user"]["role"])
    assert roles == ["agent", "end-user"]
    logged = [r for r in client.listed("audit_logs", "audit_logs") if r["source_id"] == left.id]
    assert logged[-1]["change_description"] == "Role changed from Agent to End user"
    assert left.id not in {m["user_id"] for m in client.listed("group_memberships", "group_memberships")}


def test_an_employee_who_asks_for_help_has_the_role_of_an_agent(small: World, client: Client) -> None:
    employee = next(p.customer for p in small.plans if p.customer.is_employee)
    assert client.page(f"users/{employee.id}")["user"]["role"] == "agent"
    asked = [p for p in small.plans if p.customer is employee]
    assert all(t["requester_id"] == employee.id for p in asked for t in [client.page(f"tickets/{p.id}")["ticket"]])


def test_users_have_their_addresses(small: World, client: Client) -> None:
    users = client.exported("incremental/users/cursor", "users", per_page=50)
    assert {u["id"] for u in users} == {u["id"] for u in client.listed("users", "users")}
    several = next(c for c in small.customers if len(c.emails) > 1 and c.id in {u["id"] for u in users})
    found = client.page(f"users/{several.id}/identities")["identities"]
    assert [i["value"] for i in found if i["type"] == "email"] == several.emails


def test_a_schedule_changes_and_only_its_present_hours_are_told(box: Box, client: Client) -> None:
    hours = []
    for now in ("2026-01-01T00:00:00Z", "2026-10-01T00:00:00Z"):
        box.set_clock(now)
        berlin = client.page("business_hours/schedules")["schedules"][0]
        hours.append(berlin["intervals"][0])
    assert hours == [{"start_time": 1980, "end_time": 2460}, {"start_time": 1920, "end_time": 2520}]
    holidays = client.page(f"business_hours/schedules/{berlin['id']}/holidays")["holidays"]
    assert {"Christmas", "New Year"} <= {h["name"] for h in holidays}


def test_metric_events_page_by_time_and_are_complete(client: Client) -> None:
    whole = client.page("incremental/ticket_metric_events", start_time=0)
    assert whole["end_of_stream"] or whole["next_page"]
    events = []
    url, query = "incremental/ticket_metric_events", {"start_time": 0, "per_page": 200}
    for _ in range(200):
        page = client.page(url, **query)
        events += page["ticket_metric_events"]
        if page["end_of_stream"]:
            break
        query["start_time"] = page["end_time"]
    assert len({e["id"] for e in events}) == len(events)
    assert {e["type"] for e in events} == {"activate", "fulfill", "pause", "apply_sla", "breach"}


def test_single_records_and_settings(small: World, client: Client) -> None:
    assert client.page("users/me")["user"]["role"] == "admin"
    assert client.page("account/settings")["settings"]["localization"]
    assert client.page("tickets/1")["ticket"]["id"] == 1
    assert client.page("tickets/1/metrics")["ticket_metric"]["ticket_id"] == 1
    mailed = next(plan.id for plan in small.plans if plan.channel == "email" and not plan.facts.deleted_at)
    assert client.page(f"tickets/{mailed}/comments")["comments"]
    for path in ("users/1", "tickets/999999", "nonsense", "business_hours/schedules/1/holidays"):
        assert client.get(path).status_code == 404
    assert client.session.post(f"{client.url}/api/v2/tickets.json", timeout=5).status_code == 405


def test_the_rate_limit_is_told_and_kept(small: World) -> None:
    with serve(small, rate_limit=3) as box:
        client = Client(box.url, box.email, box.token)
        answered = [client.get("groups") for _ in range(4)]
    assert [a.headers["x-rate-limit-remaining"] for a in answered[:3]] == ["2", "1", "0"]
    assert answered[3].status_code == 429
    assert 0 < int(answered[3].headers["Retry-After"]) <= 60
    assert {"x-rate-limit", "ratelimit-reset"} <= {name.lower() for name in answered[0].headers}
