"""A ticket as Zendesk shows it at a moment: everything that its acts up to then have set."""

from __future__ import annotations

from typing import Any

from auditlib.sandbox.build import World
from auditlib.sandbox.instants import iso
from auditlib.sandbox.past import State, acts_until, moved_at, state
from auditlib.sandbox.plan import Plan
from auditlib.sandbox.words import body, names, subject
from auditlib.sandbox.zendesk.settings import ACCOUNT, CUSTOM_STATUSES, ORDER_FIELD, TOPIC_FIELD
from auditlib.sandbox.zendesk.via import via


def ticket(world: World, plan: Plan, now: int) -> dict[str, Any]:
    """The ticket's record."""
    acts = acts_until(plan, now)
    now_is = state(plan, acts)
    own = CUSTOM_STATUSES.get(now_is.custom_status or now_is.status, CUSTOM_STATUSES["solved"])
    is_scrubbed = plan.facts.scrubbed_at is not None and plan.facts.scrubbed_at <= now
    title = "SCRUBBED" if is_scrubbed else subject(plan)
    opening = acts[0].message
    text = body(plan, opening, names(world.company).get(acts[0].actor, "")) if opening else ""
    followups = [p.id for p in world.plans_after(plan) if p.created_at <= now]
    return {
        "url": f"{ACCOUNT}/api/v2/tickets/{plan.id}.json", "id": plan.id, "external_id": None,
        "via": via(plan, acts[0]), "created_at": iso(plan.created_at), "updated_at": iso(acts[-1].at),
        "generated_timestamp": moved_at(plan, now), "type": plan.kind or "question",
        "subject": title, "raw_subject": title, "description": "X" if is_scrubbed else text,
        "priority": now_is.priority, "status": now_is.status, "custom_status_id": own[0],
        "recipient": "support@nordlicht.example" if plan.channel == "email" else None,
        "requester_id": plan.customer.id, "submitter_id": plan.opened_by, "assignee_id": now_is.assignee_id,
        "organization_id": plan.customer.organization, "group_id": now_is.group_id,
        "collaborator_ids": [plan.copied] if plan.copied else [], "follower_ids": [],
        "email_cc_ids": [plan.copied] if plan.copied else [], "forum_topic_id": None,
        "problem_id": plan.incident_of.id if plan.incident_of else None,
        "has_incidents": plan.kind == "problem",
        "is_public": opening is None or opening.is_public, "due_at": None, "tags": _tags(now_is),
        "custom_fields": _fields(plan, now_is), "fields": _fields(plan, now_is),
        "satisfaction_rating": {"score": now_is.satisfaction_score}, "sharing_agreement_ids": [],
        "followup_ids": followups, "ticket_form_id": 360_500, "brand_id": 360_600,
        "allow_channelback": False, "allow_attachments": True,
        "from_messaging_channel": plan.channel == "native_messaging",
    }  # fmt: skip


def _fields(plan: Plan, now_is: State) -> list[dict[str, Any]]:
    return [
        {"id": TOPIC_FIELD, "value": now_is.topic and f"topic_{now_is.topic}"},
        {"id": ORDER_FIELD, "value": plan.order},
    ]


def _tags(state: State) -> list[str]:
    """A field of kind tagger keeps its value among the tags, too."""
    return sorted([*state.tags, *([f"topic_{state.topic}"] if state.topic else [])])
