"""The Gorgias flavour: lists by cursor, what is refused, events in contexts, and surveys of their own."""

from __future__ import annotations

from collections import Counter

import pytest
import requests

from auditlib.sandbox import serve, world


@pytest.fixture(scope="module")
def company():
    return world(tickets=60, seed=53)


@pytest.fixture(scope="module")
def box(company):
    with serve(company, flavour="gorgias") as running:
        yield running


def ask(box, path, **query):
    told = box.connection
    login = (told["login"], told["password"])
    return requests.get(f"{told['host']}/api/{path}", params=query, auth=login, timeout=5)


def everything(box, path, **query):
    rows, more = [], {}
    while True:
        body = ask(box, path, **query, **more).json()
        rows += body["data"]
        if body["meta"]["next_cursor"] is None:
            return rows
        more = {"cursor": body["meta"]["next_cursor"]}


def test_each_answer_says_how_full_the_bucket_is(box):
    taken, places = ask(box, "account").headers["X-Gorgias-Account-Api-Call-Limit"].split("/")
    assert 0 < int(taken) < int(places)


def test_pages_behind_a_cursor_are_all_tickets_once_in_their_order_and_the_trash_only_if_asked_for(box, company):
    rows = everything(box, "tickets", order_by="updated_datetime:desc", limit=7)
    there = {plan.id for plan in company.plans if not plan.is_deleted(company.end)}
    assert Counter(row["id"] for row in rows) == Counter(there)
    moved = [row["updated_datetime"] for row in rows]
    assert moved == sorted(moved, reverse=True)
    gone = [row for row in everything(box, "tickets", trashed="true") if row["id"] not in there]
    assert gone
    assert all(row["trashed_datetime"] or row["spam"] for row in gone)


def test_what_is_closed_by_a_rule_stands_behind_it_in_its_context(box, company):
    plan = next(p for p in company.plans if any(a.via.startswith("rule") for a in p.acts) and p.solved_at)
    told = everything(box, "events", object_type="Ticket", object_id=plan.id, order_by="created_datetime:asc")
    assert told[0]["type"] == "ticket-created"
    rules = {event["context"]: event["created_datetime"] for event in told if event["type"] == "rule-executed"}
    moved = [
        event for event in told if event["context"] in rules and event["created_datetime"] > rules[event["context"]]
    ]
    assert moved
    assert {event["user_id"] for event in moved} == {None}


def test_a_survey_is_the_tickets_and_stands_in_a_list_of_its_own(box):
    listed = everything(box, "satisfaction-surveys", order_by="created_datetime:desc")
    scored = next(row for row in listed if row["score"])
    assert ask(box, f"tickets/{scored['ticket_id']}").json()["satisfaction_survey"] == scored


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("tickets/999999", {}, 404),
        ("tickets", {"limit": 101}, 400),
        ("tickets", {"order_by": "id:asc"}, 400),
        ("tickets", {"updated_datetime[gte]": "2026-03-01"}, 400),
        ("tickets", {"cursor": "?"}, 400),
        ("tickets", {"view_id": 3}, 400),
        ("custom-fields", {}, 400),
        ("events", {"types": "ticket-closed"}, 400),
        ("macros", {}, 404),
    ],
)
def test_what_it_does_not_know_is_refused(box, path, query, status):
    assert ask(box, path, **query).status_code == status
