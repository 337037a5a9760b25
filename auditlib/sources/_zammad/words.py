"""Zammad's words in the case log's: states, channels, priorities, roles, moments and times of day."""

from __future__ import annotations

import re
from collections.abc import Iterable

from auditlib.caselog.rows import BadRecord
from auditlib.caselog.words import Status
from auditlib.sources import Settings
from auditlib.sources._shared.statuses import unmapped
from auditlib.sources._zammad.shapes import State

NOBODY = 1
"""Zammad's own user: as an owner it means that there is none, as an author that the helpdesk did it."""
STATES = {
    "new": "new",
    "open": "open",
    "pending reminder": "pending_customer",
    "pending close": "pending_customer",
    "closed": "solved",
    "merged": "closed",
    "removed": "deleted",
}
"""The states that each Zammad begins with. A customer's answer opens a closed ticket again, so it is our solved."""
TYPES = {"new": "new", "open": "open", "closed": "solved", "merged": "closed", "removed": "deleted"}
"""What a state of the company's own means by its type; whom a pending one waits for, its type does not tell."""
_CHANNELS = {
    "email": "email",
    "web": "web",
    "phone": "phone",
    "chat": "chat",
    "messaging": "sms; telegram personal-message; whatsapp message",
    "social": "twitter status; twitter direct-message; facebook feed post; facebook feed comment",
    "unknown": "note; fax",
}
CHANNELS = {theirs: ours for ours, words in _CHANNELS.items() for theirs in words.split("; ")}
PHONE, NOTE = "phone", "note"


def person(number: int | None) -> str | None:
    """A user's id as the case log's key; none for Zammad itself."""
    return None if number in (None, NOBODY) else str(number)


def priority(name: str | None) -> str | None:
    """Zammad writes `2 normal`: the number sorts, the word tells."""
    return (name or "").lstrip("0123456789 ").lower() or None


def role(roles: Iterable[str], groups: Iterable[str]) -> str:
    """By the role's name; a role of the company's own makes an agent of whoever may work in some group."""
    held = set(roles)
    if held & {"Agent", "Admin"} or list(groups):
        return "agent"
    return "customer" if "Customer" in held else "unknown"


class States:
    """Which status of the case log a state means, the company's own included."""

    def __init__(self, states: Iterable[State], settings: Settings) -> None:
        self._source = settings.name
        self._mapped = dict(settings.statuses)
        self._states = {state.id: state for state in states}

    def known(self, state: State) -> str | None:
        """The case log's word, if it is known; `audit.toml` names a state by its name."""
        ours = self._mapped.get(state.name) or STATES.get(state.name) or TYPES.get(state.state_type or "")
        return ours if ours in Status.__members__ else None

    def of(self, number: int | None, name: str | None = None) -> str:
        """The case log's word; a state that nobody mapped stops the source with the line to add."""
        state = self._states.get(number or 0) or State(id=number or 0, name=name or str(number))
        ours = self.known(state)
        if ours is None:
            raise unmapped(self._source, state.name, "state")
        return ours


_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")


def minute(clock: str) -> int:
    """Minutes since midnight of a time such as 09:00; Zammad's 23:59 is the end of the day."""
    found = _CLOCK.fullmatch(clock.strip())
    at = int(found[1]) * 60 + int(found[2]) if found else -1
    if found is None or int(found[2]) > 59 or at > 24 * 60:
        raise BadRecord(f"{clock!r} is no time of day such as 09:00")
    return 24 * 60 if at == 24 * 60 - 1 else at
