"""Who came back, and how often links are right, against the answer key: on customers that chose no threshold."""

import functools

import pytest

from auditlib.sandbox import world
from benchmarks.link_quality import WEEK, Desk, desk, judged, rates
from tests.answer_key import happened


@functools.cache
def big_desk(with_orders: bool) -> Desk:
    """A desk on which nothing was chosen, and where one customer in twenty writes about two things in a week."""
    return desk(world(tickets=6000, seed=2026), with_orders)


def test_links_are_precise_and_find_nearly_all_without_any_order():
    company = world(tickets=6000, seed=2026)
    unrelated = sum(plan.facts.unrelated_to is not None for plan in company.plans)
    assert unrelated / len(company.customers) > 0.04
    rows = judged(big_desk(False), WEEK)
    found = rates(rows[rows.half == 1])
    assert found["all"][1] >= 0.95
    assert found["all"][2] >= 0.90
    assert found["explicit"][1] == 1.0
    assert found["topic"][1] >= 0.94
    assert found["said"][1] >= 0.85


def test_a_mapped_order_makes_links_all_but_certain():
    rows = judged(big_desk(True), WEEK)
    found = rates(rows[rows.half == 1])
    assert found["all"][1] >= 0.995
    assert found["all"][2] >= 0.97


def test_words_veto_wrong_topics_and_the_customers_own_words_find_what_topics_miss():
    from auditlib.episodes.links import Rules

    with_words = rates(judged(big_desk(False), WEEK))
    without_veto = rates(judged(big_desk(False), WEEK, Rules(unlike=-1.0)))
    assert with_words["all"][1] > without_veto["all"][1]
    assert with_words["said"][2] > 0.02


def test_who_came_back_agrees_with_what_was_meant(tickets, in_scope):
    known = [n for n in in_scope if tickets[n]["came_back_within_7d"] is not None]
    judged_ = {n: bool(tickets[n]["came_back_within_7d"]) for n in known}
    meant = {n: bool(in_scope[n]["came_back"]) for n in known}
    both = sum(judged_[n] and meant[n] for n in known)
    assert sum(meant.values()) > 20
    assert both / sum(meant.values()) >= 0.9
    assert both / sum(judged_.values()) >= 0.9


def test_what_repeats_names_the_ticket_that_it_repeats(audited, tickets, in_scope):
    right = wrong = 0
    for name, answer in in_scope.items():
        if answer["repeat_kind"] in ("new_ticket", "follow_up") and happened(answer["created_at"]):
            meant = f"sandbox:{answer['repeat_of']}"
            if tickets[name]["repeat_of"] is not None and meant in in_scope:
                right += tickets[name]["repeat_of"] == meant
                wrong += tickets[name]["repeat_of"] != meant
    assert right > 20
    assert right / (right + wrong) >= 0.95


def test_duplicates_are_those_that_were_meant_and_no_repeats(tickets, in_scope):
    meant = {
        n for n, a in in_scope.items() if a["repeat_kind"] == "duplicate" and f"sandbox:{a['repeat_of']}" in in_scope
    }
    found = {n for n in in_scope if tickets[n]["is_duplicate"]}
    assert not {n for n in found if tickets[n]["repeat_of"]}
    if meant:
        assert len(meant & found) / len(meant) >= 0.8


@pytest.mark.parametrize("column", ["is_repeat", "issue_contacts"])
def test_every_contact_in_scope_has_its_measures(tickets, in_scope, column):
    contacts = [n for n, a in in_scope.items() if a["opened_by"] == "customer"]
    first = [n for n in contacts if column == "is_repeat" or tickets[n]["issue_contacts"] is not None]
    assert all(tickets[n][column] is not None for n in first)
    assert len(first) > len(contacts) * 0.5
