"""What was meant to happen is what the API tells: read from the audits by a few plain lines."""

from __future__ import annotations

from typing import Any

import pytest

from auditlib.sandbox import World, answers
from auditlib.sandbox.instants import iso
from auditlib.sandbox.zendesk.audits import audits
from auditlib.sandbox.zendesk.ticket import ticket

OPENISH = ("new", "open", "pending", "hold")


@pytest.fixture(scope="module")
def told(small: World) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    return [(meant, audits(small, plan, small.end)) for plan, meant in zip(small.plans, answers(small), strict=True)]


def comments(history: list[dict[str, Any]]) -> list[tuple[str, str, bool, int]]:
    """(when, via, is public, by whom), what was said in a chat among them"""
    written = [
        (a["created_at"], a["via"]["channel"], e["public"], e["author_id"])
        for a in history
        for e in a["events"]
        if e["type"] == "Comment"
    ]
    said = [
        (iso(line["timestamp"] // 1000), a["via"]["channel"], True, line["actor_id"])
        for a in history
        for e in a["events"]
        if e["type"] == "ChatStartedEvent"
        for line in e["value"]["history"]
        if line["type"] == "ChatMessage"
    ]
    return sorted([*written, *said], key=lambda told: told[0])


def changes(history: list[dict[str, Any]], field: str) -> list[tuple[str, Any, Any, int]]:
    """(when, before, after, by whom)"""
    return [
        (a["created_at"], e["previous_value"], e["value"], a["author_id"])
        for a in history
        for e in a["events"]
        if e["type"] == "Change" and e.get("field_name") == field
    ]


def is_agent(number: int) -> bool:
    return 9_000_001 <= number < 10_000_000


def is_customer(number: int) -> bool:
    return number >= 20_000_001 or 8_500_000 < number < 9_000_000


def test_first_human_reply_is_the_first_public_comment_of_an_agent_after_a_customer(told) -> None:
    for meant, history in told:
        asked = False
        found = None
        for at, via, public, author in comments(history):
            asked = asked or is_customer(author)
            if asked and public and is_agent(author) and via != "rule":
                found = at
                break
        assert found == meant["first_human_reply_at"], meant["ticket"]


def test_messages_are_counted_as_meant(told) -> None:
    for meant, history in told:
        written = comments(history)
        assert sum(is_customer(author) for *_, author in written) == meant["customer_messages"]
        notes = sum(is_agent(a) and not p and via != "system" for _, via, p, a in written)
        if meant["in_scope"] != "internal" and not meant["merged_into"]:
            assert notes == meant["internal_notes"]


def test_solves_and_reopens_are_the_changes_of_status(told) -> None:
    for meant, history in told:
        statuses = changes(history, "status")
        solved = [at for at, before, after, _ in statuses if after == "solved" and before != "deleted"]
        assert solved == [s["at"] for s in meant["solves"]]
        reopened = [at for at, before, after, _ in statuses if before == "solved" and after in OPENISH]
        assert reopened == [r["at"] for r in meant["reopens"]]


def test_turns_open_with_a_customer_and_close_with_an_agent_or_a_solve(told) -> None:
    for meant, history in told:
        asked = {at for at, _, _, author in comments(history) if is_customer(author)}
        replied = {at for at, via, public, a in comments(history) if public and is_agent(a) and via != "rule"}
        solved = {at for at, _, after, _ in changes(history, "status") if after in ("solved", "closed")}
        for turn in meant["turns"]:
            assert turn["opened_at"] in asked
            if turn["state"] == "answered":
                assert turn["closed_at"] in replied
            elif turn["state"] == "closed_unanswered":
                assert turn["closed_at"] in solved
            elif turn["state"] == "waiting":
                assert turn["closed_at"] is None


def test_transfers_are_the_changes_of_group_by_people(told) -> None:
    for meant, history in told:
        groups = changes(history, "group_id")
        moved = [(at, after) for at, before, after, author in groups if before and is_agent(author)]
        assert moved == [(t["at"], str(t["to_id"])) for t in meant["transfers"]]


def test_targets_follow_the_priority(told) -> None:
    for _, history in told:
        targets, priorities = changes(history, "first_reply_time"), changes(history, "priority")
        made = [e for a in history for e in a["events"] if e.get("field_name") == "priority"]
        assert len(targets) == len(made)
        assert all(after["minutes"] >= 30 and after["in_business_hours"] for _, _, after, _ in targets)
        assert {at for at, *_ in priorities} <= {at for at, *_ in targets}


def test_ratings_are_the_changes_of_the_score(told) -> None:
    for meant, history in told:
        found = [(at, after) for at, _, after, _ in changes(history, "satisfaction_score")]
        assert found == [(r["at"], r["score"]) for r in meant["ratings"]]


def test_repeats_point_back_in_time_to_the_same_customer_and_issue(told) -> None:
    by_ticket = {meant["ticket"]: meant for meant, _ in told}
    repeats = [meant for meant, _ in told if meant["repeat_of"]]
    assert len(repeats) > 20
    for again in repeats:
        before = by_ticket[again["repeat_of"]]
        assert (again["customer"], again["issue"]) == (before["customer"], before["issue"])
        assert again["created_at"] > before["created_at"]
        if again["repeat_kind"] != "duplicate":
            assert again["created_at"] > before["solves"][-1]["at"]


def test_acts_stand_in_order_within_the_world_and_nobody_acts_after_leaving(small: World) -> None:
    left = {a.id: (a.since, a.until) for a in small.company.agents}
    for plan in small.plans:
        moments = [act.at for act in plan.acts]
        assert moments == sorted(moments)
        assert small.start <= moments[0] == plan.created_at
        assert moments[-1] < small.end
        for act in plan.acts:
            since, until = left.get(act.actor, (0, small.end))
            assert since <= act.at < until, (plan.id, act)


OUTCOMES = {
    "open", "spam", "test", "outbound", "monitoring", "internal", "failed", "withdrawn", "declined", "merged",
    "resolved_by_bot",
    "closed_unanswered", "closed_waiting_on_customer", "resolved_confirmed", "resolved_silent",
}  # fmt: skip


def test_every_outcome_happens_in_a_small_world(told) -> None:
    assert {meant["outcome"] for meant, _ in told} >= OUTCOMES


@pytest.mark.parametrize(
    "fact",
    ["chasers", "transfers", "bounces", "promises", "ratings", "merged_into", "deleted_at", "scrubbed_at",
     "unrelated_to", "incident_of", "came_back", "one_touch"],
)  # fmt: skip
def test_every_fact_is_found_in_a_small_world(told, fact: str) -> None:
    assert any(meant[fact] for meant, _ in told)


def test_repeats_promises_and_reopens_come_in_all_their_kinds(told) -> None:
    assert {m["repeat_kind"] for m, _ in told} == {None, "new_ticket", "follow_up", "duplicate"}
    assert {p["state"] for m, _ in told for p in m["promises"]} >= {"kept", "late", "broken", "vague"}
    reopened = {(r["by"], r["thanks_only"]) for m, _ in told for r in m["reopens"]}
    assert reopened == {("customer", True), ("customer", False), ("agent", False)}


def test_one_touch_is_one_answer_and_nothing_undone(told) -> None:
    for meant, history in told:
        if not meant["one_touch"] or meant["channel"] in ("chat", "native_messaging"):
            continue
        asked = [at for at, _, _, author in comments(history) if is_customer(author)]
        answers_after = [
            at
            for at, via, public, author in comments(history)
            if public and is_agent(author) and via != "rule" and at >= asked[0]
        ]
        assert len(answers_after) == 1, meant["ticket"]


def test_tags_grow_to_those_of_the_ticket(small: World, told) -> None:
    for plan, (_, history) in zip(small.plans, told, strict=True):
        made = next(e["value"] for e in history[0]["events"] if e.get("field_name") == "tags")
        changed = changes(history, "tags")
        assert (changed[-1][2] if changed else made) == ticket(small, plan, small.end)["tags"]
