"""Gorgias's words in the case log's: statuses, channels, moments, and who somebody is."""

from __future__ import annotations

import datetime

from auditlib.sources._gorgias.shapes import Somebody
from auditlib.sources._shared.values import second

CUSTOM = "custom_field:"
OPEN, CLOSED, SNOOZED = "open", "closed", "snoozed"
STATUSES = {OPEN: "open", CLOSED: "solved", SNOOZED: "pending_customer"}
"""A customer's answer opens a closed ticket again, so it is our solved; a snoozed one is closed until a moment."""
MOVES = {"ticket-closed": CLOSED, "ticket-snoozed": SNOOZED, "ticket-reopened": OPEN, "ticket-self-unsnoozed": OPEN}
"""https://developers.gorgias.com/reference/events"""
GONE = {
    "ticket-trashed": "deleted",
    "ticket-marked-spam": "deleted",
    "ticket-untrashed": "restored",
    "ticket-unmarked-spam": "restored",
}
HOLDERS = {
    "ticket-assigned": ("assignee", "assignee_user_id"),
    "ticket-unassigned": ("assignee", ""),
    "ticket-team-assigned": ("group", "assignee_team_id"),
    "ticket-team-unassigned": ("group", ""),
}
CREATED, RULE = "ticket-created", "rule-executed"
_CHANNELS = {
    "email": "email",
    "phone": "phone aircall",
    "chat": "chat",
    "messaging": "sms whatsapp facebook-messenger instagram-direct-message twitter-direct-message",
    "social": "facebook facebook-mention facebook-recommendations instagram-ad-comment instagram-comment "
    "instagram-mention twitter yotpo-review",
    "web": "contact_form help-center",
    "api": "api",
    "unknown": "internal-note",
}
CHANNELS = {theirs: ours for ours, words in _CHANNELS.items() for theirs in words.split()}
PRIORITIES = {"critical": "urgent", "high": "high", "normal": "normal", "low": "low"}
BY_RULE, BOT = "rule", "bot"


def at(moment: datetime.datetime) -> int:
    """A moment in whole seconds. Gorgias keeps UTC, whether an answer adds +00:00 or, as its documentation, nothing."""
    return second(moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC))


def user(number: int | None) -> str | None:
    """The key of somebody who works here: users and customers are records apart."""
    return f"U-{number}" if number else None


def person(told: Somebody | None, is_user: bool) -> str | None:
    """The key of a sender, a customer or a holder."""
    if told is None or not told.id:
        return None
    return user(told.id) if is_user else f"C-{told.id}"
