"""A ticket as Zendesk shows it at a moment: everything that its acts up to then have set."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from auditlib.sandbox.build import World
from auditlib.sandbox.instants import iso
from auditlib.sandbox.plan import Act, Plan
from auditlib.sandbox.words import body, names, subject
from auditlib.sandbox.zendesk.settings import ACCOUNT, CUSTOM_STATUSES, ORDER_FIELD, TOPIC_FIELD
from auditlib.sandbox.zendesk.via import via


def acts_until(plan: Plan, now: int) -> list[Act]:
    """What has happened to the ticket by then."""
    return plan.acts[: bisect_right(plan.acts, now, key=lambda a: a.at)]


def updated_at(plan: Plan, now: int) -> int | None:
    """When somebody or something last changed the ticket; nothing if it does not exist yet."""
    acts = acts_until(plan, now)
    return acts[-1].at if acts else None


def generated_at(plan: Plan, now: int) -> int | None:
    """When the ticket last moved in the export: also by upkeep of the system, which changes no field."""
    updated = updated_at(plan, now)
    if updated is None:
        return None
    system = [at for at in (plan.touched_at, plan.facts.scrubbed_at) if at is not None and at <= now]
    return max([updated, *system])


def ticket(world: World, plan: Plan, now: int) -> dict[str, Any]:
    """The ticket's record."""
    acts = acts_until(plan, now)
    state = _state(plan, acts)
    is_scrubbed = plan.facts.scrubbed_at is not None and plan.facts.scrubbed_at <= now
    title = "SCRUBBED" if is_scrubbed else subject(plan)
    opening = acts[0].message
    text = body(plan, opening, names(world.company).get(acts[0].actor, "")) if opening else ""
    followups = [p.id for p in world.plans_after(plan) if p.created_at <= now]
    return {
        "url": f"{ACCOUNT}/api/v2/tickets/{plan.id}.json", "id": plan.id, "external_id": None,
        "via": via(plan, acts[0]), "created_at": iso(plan.created_at), "updated_at": iso(acts[-1].at),
        "generated_timestamp": generated_at(plan, now), "type": plan.kind or "question",
        "subject": title, "raw_subject": title, "description": "X" if is_scrubbed else text,
        "priority": state["priority"], "status": state["status"], "custom_status_id": state["custom_status"],
        "recipient": "support@nordlicht.example" if plan.channel == "email" else None,
        "requester_id": plan.customer.id, "submitter_id": plan.opened_by, "assignee_id": state["assignee_id"],
        "organization_id": plan.customer.organization, "group_id": state["group_id"],
        "collaborator_ids": [plan.copied] if plan.copied else [], "follower_ids": [],
        "email_cc_ids": [plan.copied] if plan.copied else [], "forum_topic_id": None,
        "problem_id": plan.incident_of.id if plan.incident_of else None,
        "has_incidents": plan.kind == "problem",
        "is_public": opening is None or opening.is_public, "due_at": None, "tags": state["tags"],
        "custom_fields": _fields(plan, state), "fields": _fields(plan, state),
        "satisfaction_rating": {"score": state["satisfaction_score"]}, "sharing_agreement_ids": [],
        "followup_ids": followups, "ticket_form_id": 360_500, "brand_id": 360_600,
        "allow_channelback": False, "allow_attachments": True,
        "from_messaging_channel": plan.channel == "native_messaging",
    }  # fmt: skip


def _fields(plan: Plan, state: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"id": TOPIC_FIELD, "value": state["topic"] and f"topic_{state['topic']}"},
        {"id": ORDER_FIELD, "value": plan.order},
    ]


def _state(plan: Plan, acts: list[Act]) -> dict[str, Any]:
    status = "new" if acts[0].actor == plan.customer.id else "open"
    state: dict[str, Any] = {
        "status": status, "priority": None, "group_id": None, "assignee_id": None, "topic": None,
        "satisfaction_score": "unoffered", "schedule": None, "custom_status": CUSTOM_STATUSES[status][0],
    }  # fmt: skip
    tags = list(plan.tags)
    for act in acts:
        for change in act.changes:
            if change.field == "tags":
                tags.append(change.new)
                continue
            if change.field == "custom_status":
                state["custom_status"] = CUSTOM_STATUSES[change.new][0]
                continue
            state[change.field] = change.new
            if change.field == "status":
                state["custom_status"] = CUSTOM_STATUSES.get(change.new, CUSTOM_STATUSES["solved"])[0]
    if state["topic"]:
        tags.append(f"topic_{state['topic']}")
    return {**state, "tags": sorted(tags)}
