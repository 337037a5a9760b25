"""How an act came in, in Zendesk's words."""

from __future__ import annotations

from typing import Any

from auditlib.sandbox.plan import Act, Plan
from auditlib.sandbox.words import subject

RULES = {
    "Triage by topic and region": 370_001,
    "Acknowledge new request": 370_002,
    "Ask for a rating": 370_003,
    "Solve after five days without an answer": 370_004,
    "Close four days after the solve": 370_005,
    "Solve after the assistant's answer": 370_006,
    "Close device alerts": 370_007,
    "Notify the requester": 370_008,
}


def via(plan: Plan, act: Act) -> dict[str, Any]:
    """The `via` object of an act."""
    if act.via.startswith("rule:"):
        return rule(act.via)
    if act.via == "system:merge":
        other = plan.quotes or plan
        return _via("system", {"ticket_id": other.id, "subject": subject(other)}, {}, "merge")
    if plan.follows and act is plan.acts[0]:
        older = plan.follows
        return _via(
            act.via,
            {"ticket_id": older.id, "subject": subject(older), "channel": older.channel},
            {},
            "follow_up",
        )
    if act.via == "email":
        here = {"name": "Nordlicht Home", "address": "support@nordlicht.example"}
        there = {
            "name": plan.customer.name,
            "address": plan.customer.emails[act.at % len(plan.customer.emails)],
        }
        return _via("email", there, here, None)
    if act.via == "voice":
        return _via(
            "voice",
            {"phone": plan.customer.phone, "name": plan.customer.name},
            {"name": "Nordlicht Home"},
            "inbound",
        )
    return _via(act.via, {}, {}, None)


def rule(told: str) -> dict[str, Any]:
    """The `via` object of a trigger or an automation."""
    _, rel, title = told.split(":", 2)
    return _via("rule", {"id": RULES[title], "title": title, "deleted": False, "revision_id": 1}, {}, rel)


def _via(channel: str, sender: dict[str, Any], receiver: dict[str, Any], rel: str | None) -> dict[str, Any]:
    return {"channel": channel, "source": {"from": sender, "to": receiver, "rel": rel}}
