"""Transfers, stations, messages, and what held at the reply and at the solve, as the sandbox meant them."""

import pytest

from auditlib.sandbox import world
from tests.answer_key import AS_OF, TICKETS, happened
from tests.answer_key.conftest import SEED


@pytest.fixture(scope="session")
def agents():
    """Agent → what the sandbox knows of them."""
    return {agent.id: agent for agent in world(tickets=TICKETS, seed=SEED).company.agents}


@pytest.fixture(scope="session")
def facts(audited):
    """Ticket → its row of facts."""
    store, _ = audited
    return {row["ticket"]: row for row in store.execute("SELECT * FROM ticket_versions WHERE to_run IS NULL")}


@pytest.fixture(scope="session")
def ended(in_scope):
    """Answers of the tickets to which nothing more was meant to happen."""
    found = {name: answer for name, answer in in_scope.items() if happened(answer["ended_at"])}
    assert len(found) > 0.8 * len(in_scope)
    return found


def held(changes, at, key):
    """What the last change before or at a moment set; the first if there is none."""
    told = [change[key] for change in changes if at is not None and change["at"] <= at]
    return told[-1] if told else changes[0][key] if changes else None


def test_transfers_and_bounces_agree(tickets, in_scope):
    for name, answer in in_scope.items():
        moves = [move for move in answer["transfers"] if happened(move["at"])]
        teams = [move["from"] for move in moves[:1]] + [move["to"] for move in moves]
        bounces = sum(a == c for a, c in zip(teams, teams[2:], strict=False))
        row = tickets[name]
        assert (row["transfers"], row["bounces"], row["group_stations"]) == (len(moves), bounces, len(moves) + 1), name
    assert sum(tickets[name]["transfers"] for name in in_scope) > 20
    assert sum(tickets[name]["bounces"] for name in in_scope) > 2


def test_stays_with_people_agree(tickets, in_scope):
    for name, answer in in_scope.items():
        people = [told["to"] for told in answer["assignees"] if happened(told["at"]) and told["to"]]
        stays = sum(a != b for a, b in zip(people, [None, *people], strict=False))
        assert tickets[name]["assignee_stations"] == stays, name


def test_messages_agree(audited, tickets, ended):
    _, key = audited
    for name, answer in ended.items():
        # What was merged into a ticket counts there, and so does the note with which an agent merges.
        merged = [other for other in key.values() if other["merged_into"] == answer["ticket"]]
        asked = answer["customer_messages"] + sum(other["customer_messages"] for other in merged)
        notes = answer["internal_notes"] + len(merged)
        row = tickets[name]
        ours = (row["customer_messages"], row["agent_replies"], row["internal_notes"])
        assert ours == (asked, answer["agent_replies"], notes), name


def test_who_replied_and_who_solved_agree_also_if_they_have_left(facts, in_scope, agents):
    left = 0
    for name, answer in in_scope.items():
        if happened(answer["first_human_reply_at"]):
            agent = agents[answer["first_human_reply_by"]]
            assert facts[name]["replier"] == agent.name, name
            assert facts[name]["team_reply"] == answer["first_human_reply_team"], name
            left += agent.until < min(a.until for a in agents.values()) + 1
        solves = [solve for solve in answer["solves"] if happened(solve["at"])]
        if solves and solves[-1]["by"].isdigit():
            assert facts[name]["solver"] == agents[int(solves[-1]["by"])].name, name
        if solves and not solves[-1]["by"].isdigit():
            had = held(answer["assignees"], solves[-1]["at"], "to") if answer["assignees"] else None
            assert facts[name]["solver"] == (agents[had].name if had else None), name
        if not solves:
            assert facts[name]["solver"] is None
    assert left > 3


def test_topic_and_priority_are_those_that_held(facts, in_scope):
    changed = 0
    for name, answer in in_scope.items():
        replied, solves = answer["first_human_reply_at"], [s["at"] for s in answer["solves"] if happened(s["at"])]
        moments = {
            "created": answer["created_at"],
            "reply": replied if happened(replied) else AS_OF,
            "solve": solves[-1] if solves else AS_OF,
        }
        for attribute, changes in (("topic", answer["topics"]), ("priority", answer["priorities"])):
            told = [facts[name][f"{attribute}_{moment}"].removeprefix("topic_") for moment in moments]
            assert told == [held(changes, at, "is") for at in moments.values()], (name, attribute)
            changed += len(set(told)) > 1
    assert changed > 10
