"""Satisfaction ratings, as Zendesk lists them: one row a ticket, with its latest score."""

from __future__ import annotations

from typing import Any

from auditlib.sandbox.instants import iso
from auditlib.sandbox.plan import Plan

FIRST_RATING = 62_000_000


def ratings(plans: list[Plan], now: int) -> list[dict[str, Any]]:
    """The rating of each ticket that was asked for one by then; a changed score keeps its id."""
    found = []
    for plan in plans:
        given = [r for r in plan.facts.ratings if r["at"] <= now]
        if given:
            found.append(_rating(plan, given))
    return sorted(found, key=lambda r: (r["created_at"], r["id"]))


def _rating(plan: Plan, given: list[dict[str, Any]]) -> dict[str, Any]:
    last = given[-1]
    number = FIRST_RATING + plan.id
    return {
        "id": number, "url": f"/api/v2/satisfaction_ratings/{number}.json", "ticket_id": plan.id,
        "requester_id": plan.customer.id, "assignee_id": last["assignee"], "group_id": last["group"],
        "score": last["score"], "created_at": iso(given[0]["at"]), "updated_at": iso(last["at"]),
        "comment": None, "reason": None, "reason_id": 0, "reason_code": 0,
    }  # fmt: skip
