"""Gorgias's words in the case log's: statuses, channels, moments, and who somebody is."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from auditlib.caselog.words import Status
from auditlib.sources import Settings, SourceChanged
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


class Statuses:
    """Which status of the case log a word means; `audit.toml` may say otherwise."""

    def __init__(self, settings: Settings) -> None:
        self._source, self._mapped = settings.name, dict(settings.statuses)

    def known(self) -> Mapping[str, str | None]:
        """Gorgias's statuses and what they mean."""
        return {**STATUSES, **self._mapped}

    def of(self, word: str) -> str:
        """The case log's word; one that nobody mapped stops the source with the line to add."""
        ours = self._mapped.get(word) or STATUSES.get(word)
        if ours is None or ours not in Status.__members__:
            raise SourceChanged(
                f"{self._source}: nobody has said what the status {word!r} means. Add to its [[source]] in audit.toml: "
                f'statuses = {{ "{word}" = "open" }} (or new, pending_customer, on_hold, solved, closed)'
            )
        return ours
