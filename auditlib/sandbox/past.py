"""What of a ticket's plan has come true by a moment, whatever helpdesk shows it."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

import msgspec

from auditlib.sandbox.plan import Act, Plan


class State(msgspec.Struct):
    """The ticket's fields as its acts have left them."""

    status: str
    """new, open, pending, hold, solved, closed or deleted."""
    custom_status: str | None = None
    """The company's own name of the status, where it has one."""
    priority: str | None = None
    group_id: int | None = None
    assignee_id: int | None = None
    topic: str | None = None
    schedule: int | None = None
    satisfaction_score: str = "unoffered"
    tags: list[str] = []


def acts_until(plan: Plan, now: int) -> list[Act]:
    """What has happened to the ticket by then."""
    return plan.acts[: bisect_right(plan.acts, now, key=lambda a: a.at)]


def moved_at(plan: Plan, now: int) -> int | None:
    """When the ticket last moved: also by upkeep of the system, which changes no field."""
    acts = acts_until(plan, now)
    if not acts:
        return None
    system = [at for at in (plan.touched_at, plan.facts.scrubbed_at) if at is not None and at <= now]
    return max([acts[-1].at, *system])


def state(plan: Plan, acts: list[Act]) -> State:
    """What these acts of the ticket have made of it."""
    found = State(status="new" if acts[0].actor == plan.customer.id else "open", tags=list(plan.tags))
    for act in acts:
        for change in act.changes:
            _set(found, change.field, change.new)
    return found


def _set(found: State, field: str, value: Any) -> None:
    if field == "tags":
        found.tags.append(value)
        return
    if field == "status":
        found.custom_status = None
    setattr(found, field, value)
