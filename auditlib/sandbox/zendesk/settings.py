"""Schedules, holidays, policies, fields and statuses: the helpdesk's own settings at a moment."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from auditlib.sandbox.build import World
from auditlib.sandbox.company import Schedule
from auditlib.sandbox.instants import iso, moment

TOPIC_FIELD = 360_001
ORDER_FIELD = 360_002
ACCOUNT = "https://nordlicht.example"
"""Where the company's tickets would be read; nobody answers there."""

CUSTOM_STATUSES = {
    "new": (501, "New", "new"), "open": (502, "Open", "open"), "pending": (503, "Pending", "pending"),
    "hold": (504, "On-hold", "hold"), "solved": (505, "Solved", "solved"),
    "Waiting on vendor": (506, "Waiting on vendor", "hold"),
    "Escalated to engineering": (507, "Escalated to engineering", "open"),
}  # fmt: skip


def schedules(world: World, now: int) -> list[dict[str, Any]]:
    """The schedules as they are at that moment: what they were before, the API does not tell."""
    return [_schedule(world, s, now) for s in world.company.schedules.values()]


def _schedule(world: World, schedule: Schedule, now: int) -> dict[str, Any]:
    today = datetime.fromtimestamp(now, UTC).date()
    in_force = [w for w in schedule.weeks if w.since <= today] or [schedule.weeks[0]]
    is_first = in_force[-1] is schedule.weeks[0]
    updated = world.company.since if is_first else moment(in_force[-1].since.isoformat())
    return {
        "id": schedule.id,
        "name": schedule.name,
        "time_zone": schedule.time_zone,
        "created_at": iso(world.company.since),
        "updated_at": iso(updated),
        "intervals": [{"start_time": begin, "end_time": end} for begin, end in in_force[-1].intervals],
    }


def holidays(world: World, schedule: int) -> list[dict[str, Any]]:
    """The holidays of a schedule."""
    return [
        {
            "id": schedule * 100 + i,
            "name": h.name,
            "start_date": h.first.isoformat(),
            "end_date": h.last.isoformat(),
        }
        for i, h in enumerate(world.company.schedule(schedule).holidays)
    ]


def policies(world: World, now: int) -> list[dict[str, Any]]:
    """The SLA policies, the first matching one holds."""
    made = iso(world.company.since)
    found = []
    for position, policy in enumerate(world.company.policies, 1):
        wanted = [{"field": "organization.plan", "operator": "is", "value": policy.tier}] if policy.tier else []
        metrics = [
            {"priority": priority, "metric": metric, "target": minutes, "target_in_seconds": minutes * 60,
             "business_hours": True}
            for metric, targets in (
                ("first_reply_time", policy.first_reply), ("requester_wait_time", policy.requester_wait))
            for priority, minutes in targets.items()
        ]  # fmt: skip
        found.append(
            {"id": policy.id, "title": policy.title, "description": "", "position": position,
             "created_at": made, "updated_at": made, "filter": {"all": wanted, "any": []},
             "policy_metrics": metrics}
        )  # fmt: skip
    return found


def ticket_fields(world: World, now: int) -> list[dict[str, Any]]:
    """The fields of a ticket, with the topics that customers write about."""
    made = iso(world.company.since)
    topics = [
        {"id": 700 + i, "name": t.name.title(), "raw_name": t.name.title(), "value": f"topic_{t.name}",
         "default": False}
        for i, t in enumerate(world.company.topics)
    ]  # fmt: skip
    fields: list[tuple[int, str, str]] = [
        (360_100 + i, kind, kind.title())
        for i, kind in enumerate(["subject", "description", "status", "tickettype", "priority", "group", "assignee"])
    ]
    fields += [(TOPIC_FIELD, "tagger", "Topic"), (ORDER_FIELD, "text", "Order number")]
    return [
        {
            "id": number, "type": kind, "title": title, "raw_title": title, "description": "", "active": True,
            "required": False, "position": i, "removable": number < 360_100, "tag": None, "created_at": made,
            "updated_at": made, "regexp_for_validation": None,
            **({"custom_field_options": topics} if kind == "tagger" else {}),
        }
        for i, (number, kind, title) in enumerate(fields)
    ]  # fmt: skip


def custom_statuses(world: World, now: int) -> list[dict[str, Any]]:
    """Zendesk's own statuses and the company's two."""
    made = iso(world.company.since)
    return [
        {"id": number, "status_category": category, "agent_label": label, "raw_agent_label": label,
         "end_user_label": label, "raw_end_user_label": label, "description": "", "active": True,
         "default": number < 506, "created_at": made, "updated_at": made}
        for number, label, category in CUSTOM_STATUSES.values()
    ]  # fmt: skip


def account(world: World) -> dict[str, Any]:
    """The account's settings, as far as an audit asks for them."""
    return {
        "settings": {
            "branding": {"header_color": "1A00C3"},
            "localization": {"locale_ids": [1, 8, 16, 2], "time_zone": "Berlin"},
            "tickets": {"custom_statuses_enabled": True, "comments_public_by_default": True},
            "active_features": {"business_hours": True, "customer_satisfaction": True},
        }
    }  # fmt: skip
