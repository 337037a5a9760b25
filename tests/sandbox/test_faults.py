"""Each fault does what it says, as often as it says, and then is gone."""

from __future__ import annotations

import time

import pytest
import requests

from auditlib.sandbox import Box
from tests.sandbox.client import Client

TICKETS = "incremental/tickets/cursor"


def test_too_many_requests_twice_and_only_on_that_path(box: Box, client: Client) -> None:
    box.fault("rate_limited", count=2, path="/groups", retry_after=7)
    assert client.get("users/me").status_code == 200
    answered = [client.get("groups") for _ in range(3)]
    assert [a.status_code for a in answered] == [429, 429, 200]
    assert answered[0].headers["Retry-After"] == "7"


def test_server_errors_after_a_first_good_answer(box: Box, client: Client) -> None:
    box.fault("server_error", status=502, skip=1)
    assert [client.get("groups").status_code for _ in range(3)] == [200, 502, 200]


def test_a_connection_dropped_in_the_middle(box: Box, client: Client) -> None:
    box.fault("dropped")
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        client.get("groups")
    assert client.get("groups").status_code == 200


def test_slow_html_and_malformed_answers(box: Box, client: Client) -> None:
    box.fault("slow", seconds=0.3)
    begin = time.monotonic()
    client.get("groups")
    assert time.monotonic() - begin >= 0.3
    box.fault("html")
    assert client.get("groups").headers["Content-Type"].startswith("text/html")
    box.fault("malformed_json")
    with pytest.raises(requests.JSONDecodeError):
        client.get("groups").json()


def test_a_repeated_page_is_the_one_before_cursor_and_all(box: Box, client: Client) -> None:
    first = client.page(TICKETS, start_time=0, per_page=50)
    box.fault("repeated_page")
    assert client.page(first["after_url"]) == first
    second = client.page(first["after_url"])
    assert not {t["id"] for t in second["tickets"]} & {t["id"] for t in first["tickets"]}


def test_a_shifted_page_begins_with_rows_of_the_one_before(box: Box, client: Client) -> None:
    first = client.page(TICKETS, start_time=0, per_page=50)
    box.fault("shifted_page", rows=3)
    second = client.page(first["after_url"])
    assert second["tickets"][:3] == first["tickets"][-3:]
    assert len(second["tickets"]) == 53


def test_a_burst_is_more_tickets_in_one_second_than_a_page(box: Box, client: Client) -> None:
    box.fault("burst", count=250)
    rows = client.exported(TICKETS, "tickets", per_page=100)
    assert len({t["id"] for t in rows}) == len(rows)
    in_one_second = [t for t in rows if t["generated_timestamp"] == box.now - 120]
    assert len(in_one_second) >= 250


@pytest.mark.parametrize(
    ("kind", "details", "shows"),
    [
        ("unknown_field", {}, lambda t: "brand_new_field" in t),
        ("unknown_status", {}, lambda t: t["status"] == "quantum"),
        ("missing_field", {"field": "status"}, lambda t: "status" not in t),
        ("wrong_types", {}, lambda t: t["created_at"] == 12345 and t["tags"] == "not a list"),
        ("huge_body", {"size": 10_000_000}, lambda t: len(t["description"]) == 10_000_000),
    ],
)
def test_a_spoiled_record_is_spoiled_once(box: Box, client: Client, kind: str, details: dict, shows) -> None:
    box.fault(kind, path="/incremental/tickets", **details)
    ticket = client.page(TICKETS, start_time=0, per_page=5)["tickets"][0]
    assert shows(ticket)
    ticket = client.page(TICKETS, start_time=0, per_page=5)["tickets"][0]
    assert ticket["status"] != "quantum"
    assert "brand_new_field" not in ticket
    assert len(ticket["description"]) < 1000


def test_a_huge_comment_in_the_audits(box: Box, client: Client) -> None:
    box.fault("huge_body", path="/audits", size=10_000_000)
    assert len(client.audits(1)[0]["events"][0]["body"]) == 10_000_000


def test_everything_can_be_set_over_http(box: Box) -> None:
    def control(method: str, name: str, **told: object) -> requests.Response:
        return requests.request(method, f"{box.url}/sandbox/{name}", json=told or None, timeout=5)

    assert control("PUT", "clock", now="2026-02-01T00:00:00Z").json() == {"now": "2026-02-01T00:00:00Z"}
    assert control("GET", "clock").json() == {"now": "2026-02-01T00:00:00Z"}
    assert control("POST", "faults", kind="html", count=2).json()["faults"][0]["kind"] == "html"
    assert control("DELETE", "faults").json() == {"faults": []}
    assert control("POST", "faults", kind="earthquake").status_code == 400
    assert control("POST", "faults", kind="html", colour="red").status_code == 400
    assert control("PUT", "clock").status_code == 400
    assert control("GET", "weather").status_code == 404


def test_requests_are_counted_by_path(box: Box, client: Client) -> None:
    client.audits(1)
    client.audits(1)
    client.get("groups")
    counted = requests.get(f"{box.url}/sandbox/requests", timeout=5).json()
    assert counted == {"/api/v2/tickets/1/audits.json": 2, "/api/v2/groups.json": 1}
    assert requests.delete(f"{box.url}/sandbox/requests", timeout=5).json() == {}
