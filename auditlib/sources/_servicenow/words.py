"""ServiceNow's words in the case log's: states, channels, priorities, roles, and moments."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from auditlib.caselog.rows import BadRecord
from auditlib.caselog.words import Status
from auditlib.sources import Settings
from auditlib.sources._servicenow.shapes import Choice, User
from auditlib.sources._shared.statuses import unmapped

CUSTOM, COMPANY = "custom_field:", "organization."
SYSTEM = "system"
"""The user in whose name the platform itself acts: business rules, flows, scheduled jobs."""
ON_HOLD, AWAITING_CALLER = "3", "1"
STATES: Mapping[str, Mapping[str, str]] = {
    "incident": {
        "1": "new", "2": "open", "3": "on_hold", "4": "pending_customer", "5": "on_hold", "6": "solved",
        "7": "closed", "8": "closed",
    },
    "sn_customerservice_case": {
        "1": "new", "10": "open", "18": "pending_customer", "6": "solved", "3": "closed", "7": "closed",
    },
}  # fmt: skip
"""Table → the states with which each instance begins. Those of the company's own have other numbers."""
PRIORITIES = {"1": "critical", "2": "high", "3": "moderate", "4": "low", "5": "planning"}
_CHANNELS = {
    "email": "email",
    "web": "self-service web",
    "phone": "phone",
    "chat": "chat virtual_agent",
    "messaging": "messaging sms",
    "counter": "walk-in",
    "social": "social",
    "api": "monitoring event integration direct",
}
CHANNELS = {theirs: ours for ours, words in _CHANNELS.items() for theirs in words.split()}
ROLES = ("itil", "admin", "sn_incident_write", "sn_customerservice_agent", "sn_customerservice_manager")
"""Roles that make an agent of whoever has them; `options.agent_roles` adds a company's own."""


def second(text: str) -> int:
    """Whole seconds since 1970. Stored moments are UTC, whatever zone the account prefers to see."""
    try:
        at = datetime.datetime.strptime(text, "%Y-%m-%d %H:%M:%S")
    except ValueError:
        raise BadRecord("a moment is not written as ServiceNow stores them, such as 2026-03-02 09:00:00") from None
    return int(at.replace(tzinfo=datetime.UTC).timestamp())


def stamp(at: int) -> str:
    """A moment as queries take it: a text that is no script is read as UTC."""
    return datetime.datetime.fromtimestamp(at, datetime.UTC).strftime("%Y-%m-%d %H:%M:%S")


def class_of(name: str, user: User | None, bots: frozenset[str]) -> str | None:
    """Who acted, where the name itself tells; None: as the user's role says."""
    if bots & {name.lower(), user.email.lower() if user else name.lower()}:
        return "bot"
    if name == SYSTEM:
        return "automation"
    return None if user else "unknown"


class Labels:
    """What the numbers of a table's fields are called, the company's own among them."""

    def __init__(self, table: str, choices: Iterable[Choice], settings: Settings) -> None:
        self._source, self._states = settings.name, STATES[table]
        self._mapped = dict(settings.statuses)
        self._labels = {(choice.element, choice.value): choice.label for choice in choices}

    def label(self, element: str, value: str) -> str:
        """The name of a number, or the number."""
        return self._labels.get((element, value), value)

    def states(self) -> dict[str, str | None]:
        """Each state's name and what it means, if that is known."""
        told = {value: label for (element, value), label in self._labels.items() if element == "state"}
        return {label: self._known(value) for value, label in told.items()}

    def priority(self, value: str) -> str | None:
        """`1 - Critical`: the number sorts, the word tells."""
        if not value:
            return None
        label = self._labels.get(("priority", value), PRIORITIES.get(value, value))
        return label.lstrip("0123456789 -").lower() or value

    def status(self, state: str, hold_reason: str) -> str:
        """The case log's word; a state that nobody mapped stops the source with the line to add."""
        ours = self._known(state)
        if ours is None:
            name = self.label("state", state)
            raise unmapped(self._source, name, "state")
        if ours == "on_hold" and state == ON_HOLD:
            reason = self._mapped.get(self.label("hold_reason", hold_reason))
            return reason or ("pending_customer" if hold_reason == AWAITING_CALLER else "on_hold")
        return ours

    def _known(self, state: str) -> str | None:
        ours = self._mapped.get(self.label("state", state)) or self._states.get(state)
        return ours if ours in Status.__members__ else None
