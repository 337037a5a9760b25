"""The company of the stories: its people and their roles, groups, opening hours, and what it promises."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str) -> int:
    """A moment of Berlin in seconds."""
    return int(datetime.datetime.fromisoformat(text).replace(tzinfo=BERLIN).timestamp())


DAN_LEFT, EVE_CAME, FAY_LEFT = at("2026-03-20 12:00"), at("2026-03-10 08:00"), at("2026-02-01 00:00")
ROLES: Mapping[str, list[tuple[int, str]]] = {
    "Ann": [(0, "agent")],
    "Bob": [(0, "agent")],
    "Dan": [(0, "agent"), (DAN_LEFT, "customer")],
    "Eve": [(0, "customer"), (EVE_CAME, "agent")],
    "Fay": [(0, "agent"), (FAY_LEFT, "customer")],
    "Robo": [(0, "bot")],
    "Cleo": [(0, "customer")],
    "Carl": [(0, "customer")],
}
"""Ghost is in no directory; Rule is a trigger. Cleo and Carl are other people in each story."""
STAFF = {"Ann": 201, "Bob": 202, "Dan": 203, "Eve": 204, "Fay": 205, "Robo": 301, "Ghost": 999}
GROUPS = {"Support": 31, "Billing": 32, "Returns": 33, "Technical L2": 34}


def person(name: str, ticket: int) -> int:
    """The id of somebody; Rule is the helpdesk itself."""
    if name == "Rule":
        return -1
    return STAFF.get(name) or {"Cleo": 10_000, "Carl": 20_000}[name] + ticket


def role(name: str, moment: int) -> str:
    """What somebody was at a moment; unknown to the directory."""
    return next((role for since, role in reversed(ROLES.get(name, [])) if since <= moment), "unknown")


WEEKDAYS = tuple((day * 1440 + 540, day * 1440 + 1020) for day in range(5))
NIGHTS = tuple((day * 1440 + 1320, day * 1440 + 1800) for day in (0, 1, 2, 3, 6))
SCHEDULES = {
    "Office": (41, "Europe/Berlin", WEEKDAYS, (("2026-04-03", "2026-04-03"), ("2026-04-06", "2026-04-06"))),
    "Night": (42, "America/New_York", NIGHTS, (("2026-03-09", "2026-03-09"),)),
    "Always": (43, "Etc/UTC", ((0, 10080),), ()),
}
"""Minutes since Monday; the first one holds unless a ticket is given another. Holidays are local dates."""
RAILS = {"Europe/Berlin": "Berlin", "America/New_York": "Eastern Time (US & Canada)", "Etc/UTC": "UTC"}
TOLD = tuple((day * 1440 + 480, day * 1440 + 1080) for day in range(6))
CLOSED = (("2026-04-02T12:00", "2026-04-02T24:00"), ("2026-04-03", "2026-04-03"), ("2026-03-28", "2026-03-28"))
"""The hours that customers are told, Monday to Saturday 08:00 to 18:00, and when they are not kept."""

POLICIES = {
    "Gold": (
        51,
        {
            ("first_reply", "normal"): (60, True), ("first_reply", "urgent"): (30, True),
            ("next_reply", "normal"): (240, False), ("next_reply", "urgent"): (60, True),
            ("requester_wait", "normal"): (960, True), ("agent_work", "urgent"): (600, True),
            ("resolution", "normal"): (2880, False), ("resolution", "urgent"): (480, True),
            ("pausable_update", "normal"): (480, True), ("periodic_update", "urgent"): (600, False),
        },
    ),
    "Silver": (52, {("first_reply", "normal"): (480, False), ("resolution", "normal"): (4800, True)}),
}  # fmt: skip
"""Minutes, and whether they are of opening hours. At the priority low nothing is promised."""
