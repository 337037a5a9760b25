"""The Zammad flavour: caps that are silent, lists that ignore paging, and merges that move articles."""

from __future__ import annotations

import pytest
import requests

from auditlib.sandbox import serve, world


@pytest.fixture(scope="module")
def company():
    return world(tickets=60, seed=53)


@pytest.fixture(scope="module")
def box(company):
    with serve(company, flavour="zammad") as running:
        yield running


def ask(box, path, **query):
    headers = {"Authorization": box.connection["extra"]["authorization"]}
    return requests.get(f"{box.connection['host']}/api/v1/{path}", params=query, headers=headers, timeout=5)


def test_a_page_that_is_too_large_is_cut_down_without_a_word(box):
    assert ask(box, "tickets", per_page=5000).json() == ask(box, "tickets", per_page=100).json()
    assert len(ask(box, "tickets/search", query="*", expand="true", per_page=3).json()) == 3


def test_a_search_names_numbers_unless_it_is_asked_to_expand_and_counts_only_where_it_is_asked(box):
    bare = ask(box, "tickets/search", query="*").json()
    assert {type(number) for number in bare["tickets"]} == {int}
    assert set(ask(box, "tickets/search", query="*", expand="true", with_total_count="true").json()) == {
        "records", "total_count",
    }  # fmt: skip
    assert ask(box, "tickets/search", query="what ever").status_code == 422
    assert ask(box, "tickets/search", query="*", page=101, per_page=100).status_code == 422


def test_articles_of_a_ticket_ignore_paging_and_what_is_not_there_is_not_found(box, company):
    path = f"ticket_articles/by_ticket/{company.plans[0].id}"
    assert ask(box, path, per_page=1, page=9).json() == ask(box, path).json() != []
    assert ask(box, "ticket_history/999999").status_code == 404
    assert requests.get(f"{box.connection['host']}/api/v1/tickets", timeout=5).status_code == 401


def test_a_merge_moves_the_articles_and_leaves_a_note_that_says_merged(box, company):
    merged = next(plan for plan in company.plans if plan.facts.merged_into)
    left = ask(box, f"ticket_articles/by_ticket/{merged.id}").json()
    assert [(row["body"], row["internal"], row["type"]) for row in left] == [("merged", False, "note")]
    lines = ask(box, f"ticket_history/{merged.id}").json()["history"]
    written = {row["o_id"] for row in lines if row["object"] == "Ticket::Article"} - {left[0]["id"]}
    there = ask(box, f"ticket_articles/by_ticket/{merged.facts.merged_into.id}").json()
    assert written
    assert written <= {row["id"] for row in there}
    assert [row["id_to"] for row in lines if row["type"] == "merged_into"] == [merged.facts.merged_into.id]


def test_who_has_left_stays_an_agent_and_is_no_longer_active(box, company):
    gone = {agent.id for agent in company.company.agents if agent.until <= box.now}
    users = {row["id"]: row for row in ask(box, "users", per_page=500).json()}
    assert all((users[n]["roles"], users[n]["active"]) == (["Agent"], False) for n in gone & set(users))
