"""A ticket as rows of the two files: one for the ticket, one for each thing that happened to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditlib.sandbox.company import Company
from auditlib.sandbox.customers import COLLEAGUES
from auditlib.sandbox.plan import Act, Change, Plan
from auditlib.sandbox.staff import ASSISTANT, FIRST_AGENT, INTEGRATION, SYSTEM
from auditlib.sandbox.words import body, names, subject

STATUSES = {"pending": "pending_customer", "hold": "on_hold"}
KINDS = {
    "status": "status", "group_id": "group", "assignee_id": "assignee", "priority": "priority",
    "topic": "topic", "tags": "tag",
}  # fmt: skip

Row = tuple[Any, ...]


def ticket_row(company: Company, plan: Plan) -> Row:
    """The ticket as it stands at the end of the world."""
    last: dict[str, Any] = {"status": "new" if plan.opened_by == plan.customer.id else "open"}
    tags = list(plan.tags)
    for act in plan.acts:
        for change in act.changes:
            if change.field == "tags":
                tags.append(change.new)
            last[change.field] = change.new
    customer, merged, follows = plan.customer, plan.facts.merged_into, plan.follows
    return (
        str(plan.id), plan.created_at, str(customer.id), customer.emails[0], _text(customer.organization),
        plan.channel, subject(plan), STATUSES.get(last["status"], last["status"]), last.get("priority"),
        _named(company, "group_id", last.get("group_id")), _text(last.get("assignee_id")), last.get("topic"),
        customer.language, customer.tier, customer.region.name, str(follows.id) if follows else None,
        str(merged.id) if merged else None, tags,
    )  # fmt: skip


def event_rows(company: Company, plan: Plan) -> Iterator[Row]:
    """What happened to the ticket, in order; `seq` counts within the ticket."""
    signed, ticket = names(company), str(plan.id)
    for seq, event in enumerate(_events(company, plan, signed)):
        yield (ticket, seq, *event)


def _events(company: Company, plan: Plan, signed: dict[int, str]) -> Iterator[Row]:
    opening = plan.acts[0]
    actor, actor_class = str(opening.actor), _class(plan, opening)
    first_status = "new" if plan.opened_by == plan.customer.id else "open"
    yield opening.at, "created", actor, actor_class, None, None, first_status, None
    for tag in plan.tags:
        yield opening.at, "tag", actor, actor_class, None, None, tag, None
    for act in plan.acts:
        actor, actor_class = str(act.actor), _class(plan, act)
        if act.message:
            text = body(plan, act.message, signed.get(act.actor, ""))
            yield act.at, "message", actor, actor_class, act.message.is_public, None, None, text
        if act.via == "system:merge" and plan.facts.merged_at == act.at and plan.facts.merged_into:
            yield act.at, "merged_into", actor, actor_class, None, None, str(plan.facts.merged_into.id), None
        for change in act.changes:
            if change.field not in ("schedule", "custom_status"):
                yield act.at, *_event(company, change, actor, actor_class)
        if act is opening:
            policy = company.policy_for(plan.customer.tier).title
            yield act.at, "sla_applied", str(SYSTEM), "system", None, None, policy, None


def _event(company: Company, change: Change, actor: str, actor_class: str) -> Row:
    if change.rule:
        actor, actor_class = str(SYSTEM), "automation"
    if change.field == "satisfaction_score":
        kind = "rating_offered" if change.new == "offered" else "rating"
        return kind, actor, actor_class, None, None, change.new, None
    if change.field == "status" and "deleted" in (change.old, change.new):
        kind = "deleted" if change.new == "deleted" else "restored"
        before, after = (STATUSES.get(s, s) for s in (change.old, change.new))
        return kind, actor, actor_class, None, before, after, None
    before, after = (_named(company, change.field, value) for value in (change.old, change.new))
    return KINDS[change.field], actor, actor_class, None, before, after, None


def _class(plan: Plan, act: Act) -> str:
    if act.via.startswith("rule"):
        return "automation"
    if act.actor == plan.customer.id:
        return "customer"
    if act.actor in (ASSISTANT, INTEGRATION):
        return "bot"
    if act.actor >= COLLEAGUES:
        return "customer_side"
    return "agent" if act.actor >= FIRST_AGENT - 1 else "unknown"


def _named(company: Company, field: str, value: Any) -> str | None:
    if value is None:
        return None
    if field == "group_id":
        return company.group(value).name
    return STATUSES.get(value, value) if field == "status" else str(value)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
