"""The audits of a ticket: each act as Zendesk records it, with its events."""

from __future__ import annotations

from html import escape
from typing import Any

from auditlib.sandbox.build import World
from auditlib.sandbox.company import Policy
from auditlib.sandbox.instants import iso
from auditlib.sandbox.past import acts_until
from auditlib.sandbox.plan import Act, Change, Plan
from auditlib.sandbox.words import body, names, subject
from auditlib.sandbox.zendesk.chats import chat, is_line
from auditlib.sandbox.zendesk.settings import CUSTOM_STATUSES, ORDER_FIELD, TOPIC_FIELD
from auditlib.sandbox.zendesk.via import rule, via

FIRST_AUDIT = 10_000_000_000_000
IDS_A_TICKET = 100_000
IDS_AN_AUDIT = 100
NOTIFY = "rule:trigger:Notify the requester"
ACKNOWLEDGE = "rule:trigger:Acknowledge new request"


def audits(world: World, plan: Plan, now: int) -> list[dict[str, Any]]:
    """All audits of the ticket up to that moment, oldest first."""
    signed = names(world.company)
    acts, tags = acts_until(plan, now), _Tags(plan)
    told = [_audit(world, plan, i, act, tags, signed) for i, act in enumerate(acts)]
    lines = chat(plan, acts, signed)
    if lines:
        told[0]["events"].append({"id": told[0]["id"] + IDS_AN_AUDIT - 1, "type": "ChatStartedEvent", "value": lines})
    # What is only said in a chat is no update of the ticket.
    return [audit for audit in told if audit["events"]]


class _Tags:
    """The tags of the ticket as they grow: Zendesk tells the whole list before and after."""

    def __init__(self, plan: Plan) -> None:
        topics = [f"topic_{c.new}" for c in plan.acts[0].changes if c.field == "topic"]
        self.now = sorted([*plan.tags, *topics])

    def changed(self, added: str, dropped: str | None = None) -> dict[str, Any]:
        """The event of a tag that comes, perhaps in the place of another."""
        before = self.now
        self.now = sorted([*(t for t in before if t != dropped), added])
        return _change("tags", before, self.now)


def _audit(world: World, plan: Plan, number: int, act: Act, tags: _Tags, signed: dict[int, str]) -> dict[str, Any]:
    audit_id = FIRST_AUDIT + plan.id * IDS_A_TICKET + number * IDS_AN_AUDIT
    events: list[dict[str, Any]] = []
    is_written = act.message and not is_line(plan, act)
    if is_written:
        events.append(_comment(plan, act, audit_id, signed))
    if number == 0:
        events += _created(plan, act, tags.now)
    custom = next((c.new for c in act.changes if c.field == "custom_status"), None)
    for change in act.changes:
        events += _changed(change, tags, custom, is_new=number == 0)
        if change.field == "priority":
            events += _targets(world.company.policy_for(plan.customer.tier), change)
    if is_written and act.message and act.message.is_public:
        events.append(_notification(plan, act, number))
    for i, event in enumerate(events):
        event["id"] = audit_id + 1 + i
    return {
        "id": audit_id,
        "ticket_id": plan.id,
        "created_at": iso(act.at),
        "author_id": act.actor,
        "metadata": {"system": {"client": "sandbox", "ip_address": "192.0.2.7"}, "custom": {}},
        "events": events,
        "via": via(plan, act),
    }


def _comment(plan: Plan, act: Act, audit_id: int, signed: dict[int, str]) -> dict[str, Any]:
    assert act.message is not None
    text = body(plan, act.message, signed.get(act.actor, ""))
    return {
        "type": "Comment", "author_id": act.actor, "body": text, "plain_body": text,
        "html_body": f'<div class="zd-comment">{escape(text).replace(chr(10), "<br>")}</div>',
        "public": act.message.is_public, "attachments": [], "audit_id": audit_id,
    }  # fmt: skip


def _created(plan: Plan, act: Act, tags: list[str]) -> list[dict[str, Any]]:
    status = "new" if act.actor == plan.customer.id else "open"
    told = {
        "requester_id": str(plan.customer.id), "subject": subject(plan), "status": status,
        "type": plan.kind or "question", "tags": tags, "brand_id": "360600",
        "ticket_form_id": "360500", str(ORDER_FIELD): plan.order,
        "organization_id": plan.customer.organization and str(plan.customer.organization),
        "problem_id": str(plan.incident_of.id) if plan.incident_of else None,
        "custom_status_id": str(CUSTOM_STATUSES[status][0]),
    }  # fmt: skip
    copied = [{"type": "EmailCcChange", "previous_email_ccs": [], "current_email_ccs": [plan.copied]}]
    set_fields = [{"type": "Create", "field_name": k, "value": v} for k, v in told.items() if v is not None]
    return set_fields + (copied if plan.copied else [])


def _changed(change: Change, tags: _Tags, custom: str | None, is_new: bool) -> list[dict[str, Any]]:
    source = {"via": rule(change.rule)} if change.rule else {}
    if change.field == "schedule":
        ids = {"previous_schedule_id": change.old, "new_schedule_id": change.new}
        return [{"type": "ScheduleAssignment", **ids, **source}]
    if change.field == "tags":
        return [tags.changed(change.new)]
    if change.field == "status" and change.new != "deleted":
        status = _change("status", change.old, change.new)
        return [status] if custom else [status, _custom(change.old, change.new)]
    if change.field == "custom_status":
        return [_custom(CUSTOM_STATUSES[change.new][2], change.new)]
    name = str(TOPIC_FIELD) if change.field == "topic" else change.field
    before, after = (_value(change.field, value) for value in (change.old, change.new))
    if is_new and not change.rule:
        return [{"type": "Create", "field_name": name, "value": after}]
    # A field of kind tagger keeps its value among the tags, too.
    more = [tags.changed(after, before)] if change.field == "topic" else []
    return [{**_change(name, before, after), **source}, *more]


def _targets(policy: Policy, change: Change) -> list[dict[str, Any]]:
    """What the SLA policy promises at the new priority, and what it promised at the old one."""
    source = {"id": policy.id, "title": policy.title, "deleted": False}
    targets = {"first_reply_time": policy.first_reply, "requester_wait_time": policy.requester_wait}
    via = {"channel": "rule", "source": {"from": source, "to": {}, "rel": "sla_target_change"}}
    return [
        {**_change(name, _target(minutes, change.old), _target(minutes, change.new)), "via": via}
        for name, minutes in targets.items()
    ]


def _target(minutes: dict[str, int], priority: str | None) -> dict[str, Any] | None:
    return {"minutes": minutes[priority], "in_business_hours": True} if priority else None


def _value(field: str, value: Any) -> Any:
    if value is None:
        return None
    return f"topic_{value}" if field == "topic" else str(value)


def _change(name: str, before: Any, after: Any) -> dict[str, Any]:
    return {"type": "Change", "field_name": name, "previous_value": before, "value": after}


def _custom(before: str, after: str) -> dict[str, Any]:
    old, new = (str(CUSTOM_STATUSES.get(s, CUSTOM_STATUSES["solved"])[0]) for s in (before, after))
    return _change("custom_status_id", old, new)


def _notification(plan: Plan, act: Act, number: int) -> dict[str, Any]:
    is_opening = number == 0 and act.actor == plan.customer.id
    return {
        "type": "Notification", "via": rule(ACKNOWLEDGE if is_opening else NOTIFY),
        "subject": "[Nordlicht Home] Re: {{ticket.title}}", "body": "{{ticket.comments_formatted}}",
        "recipients": [plan.customer.id],
    }  # fmt: skip
