"""States, groups, calendars, service levels and attributes, as Zammad shows them at a moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from auditlib.sandbox.company import Schedule
from auditlib.sandbox.instants import iso
from auditlib.sandbox.view import View

Payload = dict[str, Any]

STATES = {
    "new": (1, "new"),
    "open": (2, "open"),
    "pending reminder": (3, "pending reminder"),
    "closed": (4, "closed"),
    "merged": (5, "merged"),
    "removed": (6, "removed"),
    "pending close": (7, "pending action"),
    "solved": (8, "closed"),
    "on hold": (9, "pending reminder"),
    "Waiting on vendor": (10, "pending reminder"),
    "Escalated to engineering": (11, "open"),
}
"""Name → number and type; from 8 on the company's own."""
STATUS = {
    "new": "new", "open": "open", "pending": "pending reminder", "hold": "on hold", "solved": "solved",
    "closed": "closed", "deleted": "removed",
}  # fmt: skip
PRIORITY = {"low": (1, "1 low"), "normal": (2, "2 normal"), "high": (3, "3 high"), "urgent": (4, "4 urgent")}
DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
ATTRIBUTES = [
    ("Ticket", "state_id", "State", False), ("Ticket", "group_id", "Group", False),
    ("Ticket", "topic", "Topic", True), ("Ticket", "order_number", "Order number", True),
    ("Organization", "plan", "Plan", True),
]  # fmt: skip
SYSTEM = 1


def when(at: int) -> str:
    """A moment as Zammad writes it, to the millisecond."""
    return iso(at).replace("Z", ".000Z")


def made(view: View, updated: int | None = None) -> Payload:
    """Who made a record and when."""
    since = view.world.company.since
    return {
        "active": True, "note": None, "created_by_id": SYSTEM, "updated_by_id": SYSTEM, "created_by": "-",
        "updated_by": "-", "created_at": when(since), "updated_at": when(updated or since),
    }  # fmt: skip


def states(view: View) -> list[Payload]:
    """The states of a ticket with their types."""
    return [
        {"id": number, "name": name, "state_type_id": list(STATES).index(name) + 1, "state_type": kind,
         "next_state_id": None, "ignore_escalation": "pending" in kind, "default_create": name == "new",
         "default_follow_up": name == "open", **made(view)}
        for name, (number, kind) in STATES.items()
    ]  # fmt: skip


def groups(view: View) -> list[Payload]:
    """The teams."""
    return [
        {"id": g.id, "name": g.name, "name_last": g.name, "parent_id": None, "signature_id": None,
         "email_address_id": None, "assignment_timeout": None, "follow_up_possible": "yes",
         "follow_up_assignment": True, "reopen_time_in_days": None, "shared_drafts": True,
         "user_ids": [a.id for a in g.agents if a.since <= view.now], **made(view)}
        for g in view.world.company.groups.values()
    ]  # fmt: skip


def calendars(view: View) -> list[Payload]:
    """The hours as they are at that moment, with their holidays."""
    return [_calendar(view, schedule, i == 0) for i, schedule in enumerate(view.world.company.schedules.values())]


def _calendar(view: View, schedule: Schedule, is_default: bool) -> Payload:
    today = datetime.fromtimestamp(view.now, UTC).date()
    in_force = [week for week in schedule.weeks if week.since <= today] or [schedule.weeks[0]]
    edited = datetime.combine(in_force[-1].since, datetime.min.time(), UTC)
    hours: Payload = {day: {"active": False, "timeframes": [["09:00", "17:00"]]} for day in DAYS}
    for begin, end in in_force[-1].intervals:
        midnight = begin // 1440 * 1440
        hours[DAYS[begin // 1440]] = {
            "active": True,
            "timeframes": [[_clock(begin - midnight), _clock(min(end - midnight, 1439))]],
        }
    holidays = {
        (holiday.first + timedelta(days=day)).isoformat(): {"active": True, "summary": holiday.name}
        for holiday in schedule.holidays
        for day in range((holiday.last - holiday.first).days + 1)
    }
    is_edited = in_force[-1] is not schedule.weeks[0]
    return {
        "id": schedule.id, "name": schedule.name, "timezone": schedule.iana, "business_hours": hours,
        "default": is_default, "ical_url": None, "public_holidays": holidays, "last_log": None, "last_sync": None,
        **made(view, int(edited.timestamp()) if is_edited else None),
    }  # fmt: skip


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def levels(view: View) -> list[Payload]:
    """A service level for the teams of each calendar; the strictest policy's targets, in minutes."""
    company = view.world.company
    policy = company.policies[0]
    return [
        {"id": 400 + i, "name": schedule.name, "calendar_id": schedule.id, "data": {},
         "first_response_time": policy.first_reply["normal"], "response_time": None, "update_time": None,
         "solution_time": policy.requester_wait["normal"],
         "condition": {"ticket.group_id": {"operator": "is", "value": [
             str(g.id) for g in company.groups.values() if g.schedule.id == schedule.id]}},
         **made(view)}
        for i, schedule in enumerate(company.schedules.values())
    ]  # fmt: skip


def attributes(view: View) -> list[Payload]:
    """What tickets and organizations have, the company's own among it."""
    topics = {topic.name: topic.name.title() for topic in view.world.company.topics}
    return [
        {"id": 700 + i, "name": name, "display": display, "object": of, "object_lookup_id": 1,
         "data_type": "select" if name == "topic" else "input",
         "data_option": {"options": topics} if name == "topic" else {}, "editable": own, "screens": {},
         "to_migrate": False, "to_delete": False,
         "to_create": False, "to_config": False, "position": i, **made(view)}
        for i, (of, name, display, own) in enumerate(ATTRIBUTES)
    ]  # fmt: skip
