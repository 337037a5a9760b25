"""What the instance calls things, and how it writes moments and ids."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from auditlib.sandbox.people import Somebody
from auditlib.sandbox.staff import ADMIN

STATES = {
    "new": ("1", ""), "open": ("2", ""), "pending": ("3", "1"), "hold": ("3", "4"), "solved": ("6", ""),
    "closed": ("7", ""), "Waiting on vendor": ("10", ""), "Escalated to engineering": ("11", ""),
}  # fmt: skip
"""The world's status → state and the reason why it is on hold."""
PRIORITIES = {"urgent": "1", "high": "2", "normal": "3", "low": "4"}
CHANNELS = {
    "email": "email", "web": "self-service", "api": "integration", "voice": "phone", "chat": "chat",
    "native_messaging": "messaging",
}  # fmt: skip
CHOICES = [
    *(("state", value, label) for value, label in (
        ("1", "New"), ("2", "In Progress"), ("3", "On Hold"), ("6", "Resolved"), ("7", "Closed"), ("8", "Canceled"),
        ("10", "Waiting on vendor"), ("11", "Escalated to engineering"))),
    *(("hold_reason", value, label) for value, label in (
        ("1", "Awaiting Caller"), ("3", "Awaiting Problem"), ("4", "Awaiting Vendor"), ("5", "Awaiting Change"))),
    *(("priority", value, f"{value} - {name.title()}") for name, value in PRIORITIES.items()),
]  # fmt: skip


def when(at: int) -> str:
    """A moment as it is stored: in UTC, whoever looks."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M:%S")


def sys_id(table: str, number: object) -> str:
    """An id that tells nothing, in no order of time."""
    return hashlib.md5(f"{table}:{number}".encode(), usedforsecurity=False).hexdigest()


def user_name(told: Somebody) -> str:
    """The name with which somebody logs in."""
    return told.email.partition("@")[0] if told.customer is None and told.id != ADMIN else told.email
