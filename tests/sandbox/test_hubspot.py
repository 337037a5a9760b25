"""The HubSpot flavour: what a search can show, what a batch takes, and what a ticket remembers."""

from __future__ import annotations

import pytest
import requests

from auditlib.sandbox import serve, world


@pytest.fixture(scope="module")
def company():
    return world(tickets=60, seed=53)


@pytest.fixture(scope="module")
def box(company):
    with serve(company, flavour="hubspot") as running:
        yield running


def ask(box, path, body=None, **query):
    headers = {"Authorization": box.connection["extra"]["authorization"]}
    url = f"{box.connection['host']}/{path}"
    if body is not None:
        return requests.post(url, json=body, headers=headers, timeout=5)
    return requests.get(url, params=query, headers=headers, timeout=5)


SEARCH, BATCH = "crm/v3/objects/tickets/search", "crm/v3/objects/tickets/batch/read"


def test_a_search_shows_two_hundred_at_once_and_ten_thousand_in_all(box, company):
    told = ask(box, SEARCH, {"limit": 200}).json()
    assert told["total"] == sum(not plan.is_deleted(company.end) for plan in company.plans)
    assert ask(box, SEARCH, {"limit": 201}).status_code == 400
    assert ask(box, SEARCH, {"limit": 100, "after": "9950"}).status_code == 400
    assert ask(box, SEARCH, {"size": 3}).status_code == 400


def test_a_ticket_remembers_what_its_properties_were_the_newest_first(box, company):
    plan = next(p for p in company.plans if p.facts.reopens and not p.is_deleted(company.end))
    body = {"inputs": [{"id": str(plan.id)}], "properties": [], "propertiesWithHistory": ["hs_pipeline_stage"]}
    (shown,) = ask(box, BATCH, body).json()["results"]
    moments = [value["timestamp"] for value in shown["propertiesWithHistory"]["hs_pipeline_stage"]]
    assert moments == sorted(moments, reverse=True)
    assert len(moments) > 3
    too_many = {**body, "inputs": [{"id": str(number)} for number in range(51)]}
    assert ask(box, BATCH, too_many).status_code == 400


def test_a_deleted_ticket_lies_in_the_recycling_bin(box, company):
    gone = {str(plan.id) for plan in company.plans if plan.is_deleted(company.end)}
    assert gone
    listed = ask(box, "crm/v3/objects/tickets", archived="true", limit=100).json()["results"]
    assert {row["id"] for row in listed} == gone
    assert all(row["archived"] and row["archivedAt"] for row in listed)


def test_what_it_does_not_know_is_refused(box):
    assert ask(box, "crm/v3/objects/deals").status_code == 404
    assert ask(box, "crm/v3/owners", limit=1000).status_code == 400
    assert requests.get(f"{box.connection['host']}/crm/v3/owners", timeout=5).status_code == 401
