"""Zendesk's own figures follow its rules: read back from the audits by hand."""

from __future__ import annotations

from auditlib.sandbox import World
from auditlib.sandbox.instants import moment
from auditlib.sandbox.zendesk.audits import audits
from auditlib.sandbox.zendesk.metrics import metric_set


def public_comments_of_agents(history: list[dict]) -> list[int]:
    events = [(a, e) for a in history for e in a["events"]]
    written = [
        (moment(a["created_at"]), e["author_id"])
        for a, e in events
        if e["type"] == "Comment" and e["public"] and a["via"]["channel"] != "rule"
    ]
    chats = [line for _, e in events if e["type"] == "ChatStartedEvent" for line in e["value"]["history"]]
    written += [(line["timestamp"] // 1000, line["actor_id"]) for line in chats if line["type"] == "ChatMessage"]
    return sorted(at for at, author in written if 9_000_001 <= author < 10_000_000)


def test_reply_time_ends_at_the_first_comment_or_the_second_where_an_agent_opened(small: World) -> None:
    openings = {True: 0, False: 0}
    for plan in small.plans:
        if plan.facts.in_scope == "internal":
            continue
        replies = public_comments_of_agents(audits(small, plan, small.end))
        by_agent = plan.opened_by != plan.customer.id
        found = metric_set(small, plan, small.end)["reply_time_in_minutes"]
        if len(replies) <= by_agent:
            assert found == {"calendar": None, "business": None}
            continue
        openings[by_agent] += 1
        assert abs(found["calendar"] - (replies[by_agent] - plan.created_at) / 60) <= 0.5
        assert 0 <= found["business"] <= found["calendar"] + 1
    assert min(openings.values()) > 5


def test_waits_add_up_to_the_time_until_the_solve(small: World) -> None:
    for plan in small.plans:
        found = metric_set(small, plan, small.end)
        if found["reopens"] == 0 and found["first_resolution_time_in_minutes"]["calendar"] is not None:
            waits = sum(found[f"{who}_wait_time_in_minutes"]["calendar"] for who in ("agent", "requester"))
            assert abs(waits - found["full_resolution_time_in_minutes"]["calendar"]) <= 2


def test_stations_and_reopens_count_changes(small: World) -> None:
    moved = next(p for p in small.plans if len(p.facts.transfers) == 2)
    assert metric_set(small, moved, small.end)["group_stations"] == 3
    back = next(p for p in small.plans if len(p.facts.reopens) == 1)
    assert metric_set(small, back, small.end)["reopens"] == 1
