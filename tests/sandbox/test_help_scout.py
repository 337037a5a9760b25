"""The Help Scout flavour: tokens that are granted, lists of twenty-five, and threads that say what changed."""

from __future__ import annotations

import itertools

import pytest
import requests

from auditlib.sandbox import serve, world


@pytest.fixture(scope="module")
def company():
    return world(tickets=60, seed=53)


@pytest.fixture(scope="module")
def box(company):
    with serve(company, flavour="help_scout") as running:
        yield running


def token(box, **changes):
    told = box.connection
    form = {"grant_type": "client_credentials", "client_id": told["login"], "client_secret": told["password"]}
    return requests.post(f"{told['host']}{told['extra']['token_path']}", data={**form, **changes}, timeout=5)


def ask(box, path, **query):
    headers = {"Authorization": f"Bearer {token(box).json()['access_token']}"}
    return requests.get(f"{box.connection['host']}/v2/{path}", params=query, headers=headers, timeout=5)


ALL = {"status": "all", "sortField": "modifiedAt"}


def test_a_token_is_granted_for_the_id_and_the_secret_alone(box):
    assert token(box).json()["token_type"] == "bearer"
    assert token(box, client_secret="guessed").status_code == 400
    login = (box.connection["login"], box.connection["password"])
    assert requests.get(f"{box.connection['host']}/v2/users", auth=login, timeout=5).status_code == 401


def test_a_list_has_twenty_five_and_counts_itself(box, company):
    first = ask(box, "conversations", **ALL).json()
    there = sum(not plan.is_deleted(company.end) for plan in company.plans)
    assert first["page"] == {"size": 25, "totalElements": there, "totalPages": -(-there // 25), "number": 1}
    moved = [row["updatedAt"] for row in first["_embedded"]["conversations"]]
    assert moved == sorted(moved, reverse=True)
    assert len(moved) == 25


def test_threads_say_the_status_only_where_it_changed(box, company):
    plan = next(p for p in company.plans if p.facts.reopens and not p.is_deleted(company.end))
    told = ask(box, f"conversations/{plan.id}/threads").json()["_embedded"]["threads"][::-1]
    statuses = [thread["status"] for thread in told if thread["status"] != "nochange"]
    assert "closed" in statuses
    assert all(one != other for one, other in itertools.pairwise(statuses))


def test_what_it_does_not_know_is_refused(box):
    assert ask(box, "conversations/999999/threads").status_code == 404
    assert ask(box, "conversations", **ALL, pageSize=3).status_code == 400
    assert ask(box, "conversations", **ALL, query="(subject:lamp)").status_code == 400
