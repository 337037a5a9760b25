"""Groups, hours, service levels and fields, as Freshdesk shows them at a moment."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from auditlib.sandbox import people
from auditlib.sandbox.instants import iso
from auditlib.sandbox.view import View

Payload = dict[str, Any]

STATUSES = {
    2: ["Open", "Being Processed"],
    3: ["Pending", "Awaiting your Reply"],
    4: ["Resolved", "This ticket has been Resolved"],
    5: ["Closed", "This ticket has been Closed"],
    6: ["Waiting on Customer", "Awaiting your Reply"],
    7: ["Waiting on Third Party", "Being Processed"],
    8: ["Waiting on vendor", "Being Processed"],
    9: ["Escalated to engineering", "Being Processed"],
}
STATUS = {"new": 2, "open": 2, "pending": 3, "hold": 7, "solved": 4, "closed": 5}
OWN = {"Waiting on vendor": 8, "Escalated to engineering": 9}
PRIORITY = {"low": 1, "normal": 2, "high": 3, "urgent": 4}
DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")


def groups(view: View) -> list[Payload]:
    """The teams, each with the hours that it keeps."""
    made = iso(view.world.company.since)
    here = [a for a in view.world.company.agents if a.since <= view.now < a.until]
    return [
        {"id": g.id, "name": g.name, "description": "", "escalate_to": None, "unassigned_for": None,
         "business_hour_id": g.schedule.id, "group_type": "support_agent_group", "auto_ticket_assign": 0,
         "agent_ids": [a.id for a in here if a.group == g.id], "created_at": made, "updated_at": made}
        for g in view.world.company.groups.values()
    ]  # fmt: skip


def business_hours(view: View) -> list[Payload]:
    """The hours as they are at that moment. Their holidays the API does not tell."""
    made, today = iso(view.world.company.since), datetime.fromtimestamp(view.now, UTC).date()
    found = []
    for i, schedule in enumerate(view.world.company.schedules.values()):
        in_force = [w for w in schedule.weeks if w.since <= today] or [schedule.weeks[0]]
        hours = {
            DAYS[begin // 1440]: {"start_time": _clock(begin % 1440), "end_time": _clock(end - begin // 1440 * 1440)}
            for begin, end in in_force[-1].intervals
        }
        found.append(
            {"id": schedule.id, "name": schedule.name, "description": "", "time_zone": schedule.time_zone,
             "is_default": i == 0, "business_hours": hours, "created_at": made, "updated_at": made}
        )  # fmt: skip
    return found


def _clock(minute: int) -> str:
    """08:00:00 am, and 11:59:59 pm for midnight."""
    if minute == 1440:
        return "11:59:59 pm"
    hour, rest = divmod(minute, 60)
    return f"{(hour - 1) % 12 + 1:02d}:{rest:02d}:00 {'pm' if hour >= 12 else 'am'}"


def sla_policies(view: View) -> list[Payload]:
    """The service levels: seconds by priority."""
    made = iso(view.world.company.since)
    return [
        {
            "id": policy.id, "name": policy.title, "description": "", "active": True,
            "is_default": policy.tier is None, "position": position,
            "applicable_to": {"company_ids": [o.id for o in people.organizations(view.world) if o.tier == policy.tier]}
            if policy.tier else {},
            "sla_target": {
                f"priority_{number}": {
                    "respond_within": policy.first_reply[name] * 60, "resolve_within": policy.requester_wait[name] * 60,
                    "business_hours": True, "escalation_enabled": True,
                }
                for name, number in PRIORITY.items()
            },
            "created_at": made, "updated_at": made,
        }
        for position, policy in enumerate(view.world.company.policies, 1)
    ]  # fmt: skip


def ticket_fields(view: View) -> list[Payload]:
    """The fields of a ticket; those of the company's own begin with cf_."""
    topics = [topic.name for topic in view.world.company.topics]
    told: list[tuple[str, str, str, Any]] = [
        ("status", "Status", "default_status", {str(k): v for k, v in STATUSES.items()}),
        ("priority", "Priority", "default_priority", {"Low": 1, "Medium": 2, "High": 3, "Urgent": 4}),
        ("source", "Source", "default_source", {"Email": 1, "Portal": 2, "Phone": 3, "Chat": 7}),
        ("cf_topic", "Topic", "custom_dropdown", topics),
        ("cf_order_number", "Order number", "custom_text", None),
    ]
    return [
        {"id": 700 + i, "name": name, "label": label, "description": "", "position": i, "type": kind,
         "required_for_closure": False, "required_for_agents": False, "required_for_customers": False,
         "default": not name.startswith("cf_"), "customers_can_edit": False, "label_for_customers": label,
         "displayed_to_customers": True, "created_at": iso(view.world.company.since),
         "updated_at": iso(view.world.company.since), **({"choices": choices} if choices else {})}
        for i, (name, label, kind, choices) in enumerate(told)
    ]  # fmt: skip


def surveys(view: View) -> list[Payload]:
    """The one survey, whose answers have seven steps."""
    made = iso(view.world.company.since)
    return [
        {"id": 1, "title": "Satisfaction survey", "active": True, "created_at": made, "updated_at": made,
         "questions": [{"id": "default_question", "label": "How would you rate our answer?",
                        "accepted_ratings": [103, 100, -103], "default": True}]}
    ]  # fmt: skip
