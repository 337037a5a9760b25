"""Jira's words in the case log's: statuses, channels, priorities, accounts, and moments in somebody's zone."""

from __future__ import annotations

import datetime
import zoneinfo
from collections.abc import Iterable
from typing import Any

from auditlib.caselog.words import Status as Ours
from auditlib.sources import Settings
from auditlib.sources._jira_service_management.shapes import Status, User
from auditlib.sources._shared.statuses import unmapped

_STATUSES = {
    "new": "to do; new",
    "open": "open; in progress; work in progress; waiting for support; escalated; reopened",
    "pending_customer": "waiting for customer",
    "on_hold": "pending; on hold; waiting for approval; waiting for third party; waiting for vendor",
    "solved": "resolved; done; completed",
    "closed": "closed; canceled; cancelled; declined",
}
STATUSES = {theirs: ours for ours, words in _STATUSES.items() for theirs in words.split("; ")}
"""The statuses with which the templates of service projects begin, whatever their case."""
CATEGORIES = {"new": "new", "done": "solved"}
"""What a status of the company's own means by its category; for whom one in between waits, its category tells not."""
_CHANNELS = {"email": "email", "web": "portal anonymousportal widget", "api": "api", "chat": "chat slack msteams"}
CHANNELS = {theirs: ours for ours, words in _CHANNELS.items() for theirs in words.split()}
CHANNEL = "request.channel.type"
FEEDBACK = "com.atlassian.servicedesk:sd-request-feedback"
FEEDBACK_DATE = "com.atlassian.servicedesk:sd-request-feedback-date"
ORGANIZATIONS = "com.atlassian.servicedesk:sd-customer-organizations"
PREFIX = "custom_field:"


def local(at: int, zone: zoneinfo.ZoneInfo) -> str:
    """A moment as JQL reads it: to the minute, in the asking user's zone, and never later than it is.

    An hour that the clock shows twice could be either one, so the one before it is named.
    """
    shown = datetime.datetime.fromtimestamp(at, zone)
    if shown.utcoffset() != shown.replace(fold=1 - shown.fold).utcoffset():
        shown = datetime.datetime.fromtimestamp(at - 3600, zone)
    return shown.strftime("%Y/%m/%d %H:%M")


def word(value: Any) -> str | None:
    """A field's value as one word: of an option or a person its name, of several their names."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | int | float):
        return str(value) if value != "" else None
    if isinstance(value, dict):
        return next((word(value[name]) for name in ("value", "name", "displayName") if value.get(name)), None)
    if isinstance(value, list):
        return " ".join(found for found in map(word, value) if found) or None
    return None


def number(value: Any) -> str | None:
    """The id of an option, a team or a project."""
    if isinstance(value, dict):
        return str(value["id"]) if value.get("id") else word(value)
    return word(value)


def class_of(user: User | None, bots: frozenset[str]) -> str | None:
    """Who acted, as the account itself tells: Jira's own rules and other apps have accounts of their own."""
    if user is None or user.accountId is None:
        return "unknown"
    if bots & {user.accountId, (user.emailAddress or "").lower()}:
        return "bot"
    return "automation" if user.accountType == "app" else None


def role(user: User, bots: frozenset[str]) -> str:
    """What somebody is: portal customers have accounts of their own kind."""
    if class_of(user, bots) == "bot":
        return "bot"
    return {"customer": "customer", "atlassian": "agent"}.get(user.accountType or "", "unknown")


class Statuses:
    """Which status of the case log a status means, the company's own included."""

    def __init__(self, statuses: Iterable[Status], settings: Settings) -> None:
        self._source, self._mapped = settings.name, dict(settings.statuses)
        self._known = {status.id: status for status in statuses}

    def known(self, status: Status) -> str | None:
        """The case log's word, if it is known; `audit.toml` names a status by its name."""
        ours = self._mapped.get(status.name) or STATUSES.get(status.name.lower())
        ours = ours or CATEGORIES.get((status.statusCategory.key if status.statusCategory else None) or "")
        return ours if ours in Ours.__members__ else None

    def of(self, number: str | None, name: str | None) -> str:
        """The case log's word; a status that nobody mapped stops the source with the line to add."""
        status = self._known.get(number or "") or Status(id=number or "", name=name or str(number))
        ours = self.known(status)
        if ours is None:
            raise unmapped(self._source, status.name)
        return ours
