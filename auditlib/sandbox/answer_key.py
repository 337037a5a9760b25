"""The answer key: what was meant to happen to each ticket, as rows that tests and people can read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditlib.sandbox.build import World
from auditlib.sandbox.instants import DAY, iso, iso_or_none
from auditlib.sandbox.plan import Facts, Plan

MATURE_AFTER = 7 * DAY


def answers(world: World) -> list[dict[str, Any]]:
    """One row a ticket, by number: the facts by construction, as at the end of the world."""
    return list(answers_for(world.plans, world.end))


def answers_for(plans: list[Plan], end: int) -> Iterator[dict[str, Any]]:
    """The rows of some tickets; all tickets of their customers must be among them."""
    came_back = {p.facts.repeat_of.id: p.created_at for p in plans if p.facts.repeat_of and _is_repeat(p)}
    return (answer(plan, end, came_back.get(plan.id)) for plan in plans)


def answer(plan: Plan, end: int, came_back_at: int | None) -> dict[str, Any]:
    """The facts of one ticket."""
    facts = plan.facts
    reply = facts.first_reply
    return {
        "ticket": plan.id,
        "customer": plan.customer.id,
        "organization": plan.customer.organization,
        "tier": plan.customer.tier,
        "language": plan.customer.language,
        "region": plan.customer.region.name,
        "issue": facts.issue,
        "in_scope": facts.in_scope,
        "repeat_of": facts.repeat_of.id if facts.repeat_of else None,
        "repeat_kind": facts.repeat_kind,
        "unrelated_to": facts.unrelated_to.id if facts.unrelated_to else None,
        "incident_of": plan.incident_of.id if plan.incident_of else None,
        "channel": plan.channel,
        "topic": plan.topic,
        "opened_by": "customer" if plan.opened_by == plan.customer.id else "agent",
        "created_at": iso(plan.created_at),
        "first_human_reply_at": iso_or_none(reply["at"] if reply else None),
        "first_human_reply_by": reply["by"] if reply else None,
        "first_human_reply_team": reply["team"] if reply else None,
        "turns": [_told(t) for t in facts.turns],
        "chasers": [_told(c) for c in facts.chasers],
        "solves": [_told(s) for s in facts.solves],
        "reopens": [_told(r) for r in facts.reopens],
        "transfers": [_told(t) for t in facts.transfers],
        "bounces": _bounces(facts),
        "assignees": [_told(a) for a in facts.assignees],
        "topics": [_told(t) for t in facts.topics],
        "priorities": [_told(p) for p in facts.priorities],
        "statuses": [_told(s) for s in facts.statuses],
        "attended": [_told(a) for a in facts.attended],
        "promises": [_promise(p, end) for p in facts.promises],
        "ratings": [_told(r) for r in facts.ratings],
        "customer_messages": facts.customer_messages,
        "agent_replies": facts.agent_replies,
        "internal_notes": facts.internal_notes,
        "one_touch": _one_touch(plan),
        "came_back": came_back_at is not None,
        "outcome": _outcome(plan, end, came_back_at),
        "merged_into": facts.merged_into.id if facts.merged_into else None,
        "merged_at": iso_or_none(facts.merged_at),
        "ended_at": iso(plan.acts[-1].at if plan.acts else plan.created_at),
        "deleted_at": iso_or_none(facts.deleted_at),
        "restored_at": iso_or_none(facts.restored_at),
        "scrubbed_at": iso_or_none(facts.scrubbed_at),
    }


def _is_repeat(plan: Plan) -> bool:
    before = plan.facts.repeat_of
    if before is None or before.solved_at is None or plan.facts.repeat_kind == "duplicate":
        return False
    return 0 <= plan.created_at - before.solved_at <= MATURE_AFTER


def _told(fact: dict[str, Any]) -> dict[str, Any]:
    told = {k: iso_or_none(v) if k == "at" or k.endswith("_at") else v for k, v in fact.items()}
    if "duplicate" in told:
        told["duplicate"] = fact["duplicate"].id
    return told


def _promise(promise: dict[str, Any], end: int) -> dict[str, Any]:
    missed = promise["state"] == "pending" and promise["due_at"] < end
    return _told({**promise, "state": "broken" if missed else promise["state"]})


def _bounces(facts: Facts) -> int:
    teams = [facts.transfers[0]["from"]] if facts.transfers else []
    teams += [t["to"] for t in facts.transfers]
    return sum(a == c != b for a, b, c in zip(teams, teams[1:], teams[2:], strict=False))


def _one_touch(plan: Plan) -> bool | None:
    """Whether one human answer was meant to be enough; nothing while the ticket is not solved."""
    facts = plan.facts
    if plan.solved_at is None or facts.in_scope != "yes":
        return None
    by_human = facts.solves[-1]["by"] != "automation"
    undone = any(r["by"] == "customer" and not r["thanks_only"] for r in facts.reopens)
    return by_human and facts.agent_replies == 1 and facts.customer_messages > 0 and not undone


def _outcome(plan: Plan, end: int, came_back_at: int | None) -> str:
    """How the ticket ended, in words; the first that fits holds."""
    facts = plan.facts
    if facts.deleted_at and not facts.restored_at:
        return "deleted" if facts.in_scope != "spam" else "spam"
    if facts.merged_into:
        return "merged"
    if facts.in_scope != "yes" and not (facts.in_scope == "outbound" and facts.customer_messages):
        return facts.in_scope
    if plan.solved_at is None:
        return "open"
    confirmed_at = _confirmed_at(facts)
    if max(_failed_at(facts), came_back_at or 0) > confirmed_at:
        return "failed"
    if facts.withdrawn:
        return "withdrawn"
    by_bot = facts.solves[-1]["by"] == "automation" and facts.first_reply is None
    if by_bot and plan.channel in ("native_messaging", "chat"):
        return "resolved_by_bot"
    if facts.turns and facts.turns[-1]["state"] == "closed_unanswered":
        return "closed_unanswered"
    if facts.declined:
        return "declined"
    if facts.solves[-1]["by"] == "automation":
        return "closed_waiting_on_customer"
    if confirmed_at:
        return "resolved_confirmed"
    return "resolved_silent" if plan.solved_at + MATURE_AFTER <= end else "resolved_not_mature"


def _confirmed_at(facts: Facts) -> int:
    """When the customer last said that all is well, in words or by a good score."""
    good = [r["at"] for r in facts.ratings if r["score"] == "good"]
    return max([facts.confirmed_at or 0, *good])


def _failed_at(facts: Facts) -> int:
    """When the customer last took a solve back."""
    return max([0, *(r["at"] for r in facts.reopens if r["by"] == "customer" and not r["thanks_only"])])
