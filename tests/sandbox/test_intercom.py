"""The Intercom flavour: its version, its searches to the second and to the day, and what it refuses."""

from __future__ import annotations

import pytest
import requests

from auditlib.sandbox import serve, world

DAY = 24 * 60 * 60


@pytest.fixture(scope="module")
def company():
    return world(tickets=60, seed=53)


@pytest.fixture(scope="module")
def box(company):
    with serve(company, flavour="intercom") as running:
        yield running


def ask(box, path, body=None, **query):
    extra = box.connection["extra"]
    headers = {"Authorization": extra["authorization"], **extra["headers"]}
    method = "GET" if body is None else "POST"
    return requests.request(method, f"{box.url}/{path}", params=query, json=body, headers=headers, timeout=5)


def search(box, what, field, operator, value, **pagination):
    query = {"field": field, "operator": operator, "value": value}
    return ask(box, f"{what}/search", {"query": query, "pagination": pagination})


def test_without_the_version_or_the_token_nothing_is_told(box):
    token = {"Authorization": box.connection["extra"]["authorization"]}
    assert requests.get(f"{box.url}/admins", headers=token, timeout=5).status_code == 400
    assert requests.get(f"{box.url}/admins", timeout=5).status_code == 401


@pytest.mark.parametrize("what", ["conversations", "tickets"])
def test_a_search_goes_on_behind_its_cursor_until_it_names_none(box, company, what):
    """What a form asked for is a ticket and no conversation."""
    seen, after = [], None
    while True:
        told = search(box, what, "created_at", ">", 0, per_page=7, **({"starting_after": after} if after else {}))
        seen += [row["id"] for row in told.json()[what]]
        following = told.json()["pages"].get("next")
        if following is None:
            break
        after = following["starting_after"]
    are_forms = what == "tickets"
    there = {str(p.id) for p in company.plans if not p.is_deleted(box.now) and (p.channel == "web") == are_forms}
    assert len(seen) == len(set(seen)) == told.json()["total_count"]
    assert set(seen) == there


def test_conversations_are_found_to_the_second_and_contacts_from_the_next_day_on(box):
    first = search(box, "conversations", "created_at", ">", 0, per_page=1).json()["conversations"][0]
    moved = first["updated_at"]
    assert search(box, "conversations", "updated_at", ">", moved - 1).json()["total_count"] == 1
    assert search(box, "conversations", "updated_at", ">", moved).json()["total_count"] == 0
    contacts = search(box, "contacts", "updated_at", ">", 0, per_page=150).json()["data"]
    last = max(row["updated_at"] for row in contacts)
    assert search(box, "contacts", "updated_at", ">", last - 1).json()["total_count"] == 0
    assert search(box, "contacts", "updated_at", ">", last - DAY).json()["total_count"] > 0


def test_a_ticket_is_no_conversation_and_its_category_is_searched_by_the_name_of_requests(box, company):
    form = next(plan for plan in company.plans if plan.channel == "web" and not plan.is_deleted(box.now))
    assert ask(box, f"tickets/{form.id}").json()["ticket_state"]["category"] in ("submitted", "in_progress", "resolved")
    assert ask(box, f"conversations/{form.id}").status_code == 404
    counts = [search(box, "tickets", "category", "=", told).json()["total_count"] for told in ("request", "task")]
    assert (counts[0] > 3, counts[1]) == (True, 0)
    assert search(box, "conversations", "category", "=", "request").status_code == 400


def test_what_intercom_would_refuse_is_refused(box, company):
    assert search(box, "conversations", "created_at", ">", 0, per_page=151).status_code == 400
    assert search(box, "conversations", "created_at", ">", "noon").status_code == 400
    assert search(box, "conversations", "created_at", ">", 0, starting_after="§").status_code == 400
    assert ask(box, "companies/list", {}, per_page=61).status_code == 400
    gone = next(plan for plan in company.plans if plan.is_deleted(box.now))
    assert ask(box, f"conversations/{gone.id}").status_code == 404


def test_words_are_marked_up_unless_plain_text_is_asked_for(box, company):
    number = next(plan.id for plan in company.plans if not plan.is_deleted(box.now))
    assert ask(box, f"conversations/{number}").json()["source"]["body"].startswith("<p>")
    assert not ask(box, f"conversations/{number}", display_as="plaintext").json()["source"]["body"].startswith("<p>")
