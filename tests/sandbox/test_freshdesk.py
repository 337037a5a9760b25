"""The flavour answers like Freshdesk: who may ask, what a list shows, what it refuses, what it costs."""

from __future__ import annotations

import pytest
import requests

from auditlib.sandbox import serve

EVER = "updated_since=2025-01-01T00:00:00Z"


@pytest.fixture(scope="module")
def ask(small):
    with serve(small, flavour="freshdesk") as box:

        def get(path: str, login: str = box.token) -> requests.Response:
            return requests.get(f"{box.url}/api/v2/{path}", auth=(login, "X"), timeout=10)

        yield get


def test_only_the_key_opens_it(ask):
    assert ask("groups", "wrong").status_code == 401
    assert ask("groups", "wrong").json()["code"] == "invalid_credentials"
    assert ask("groups").status_code == 200


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("tickets?page=301", "page"),
        ("tickets?per_page=101", "per_page"),
        ("tickets?per_page=0", "per_page"),
        ("tickets?filter=everything", "filter"),
        ("tickets?include=history", "include"),
        ("tickets?order_by=subject", "order_by"),
        ("tickets?updated_since=yesterday", "updated_since"),
        ("tickets?since=2025-01-01", "since"),
        ("search/tickets?query=everything", "query"),
    ],
)
def test_what_is_not_documented_is_refused_by_its_name(ask, path, field):
    refused = ask(path)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, field)


def test_without_a_moment_only_thirty_days_are_shown_and_the_trash_has_its_own_lists(ask, small):
    def numbers(query: str) -> set[int]:
        found, url = set(), f"tickets?per_page=100&{query}"
        while url:
            page = ask(url)
            found |= {row["id"] for row in page.json()}
            url = page.links.get("next", {}).get("url", "").partition("/api/v2/")[2]
        return found

    alive = {plan.id for plan in small.plans if not plan.is_deleted(small.end)}
    assert numbers(EVER) == alive
    assert 0 < len(numbers("order_by=created_at")) < len(alive)
    gone = numbers(f"filter=deleted&{EVER}") | numbers(f"filter=spam&{EVER}")
    assert gone
    assert not gone & alive


def test_each_thing_included_costs_two_credits_more(ask):
    plain, full = ask("tickets"), ask("tickets?include=stats,requester,description")
    assert [a.headers["X-RateLimit-Used-CurrentRequest"] for a in (plain, full)] == ["1", "7"]
    assert "stats" not in plain.json()[0]
    assert {"stats", "requester", "description_text"} <= set(full.json()[0])


def test_nothing_but_reading_is_there(ask):
    assert ask("tickets/1/activities").status_code == 404
    assert ask("agents/me").json()["contact"]["email"] == "admin@nordlicht.example"
