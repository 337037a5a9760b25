"""Freshdesk's words in the case log's: statuses, channels, priorities and answers to surveys."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from auditlib.caselog.rows import BadRecord
from auditlib.caselog.words import Status
from auditlib.sources import Settings
from auditlib.sources._freshdesk.shapes import Field
from auditlib.sources._shared.statuses import unmapped

# 6 and 7 are there from the beginning, but may be renamed or taken away like a company's own.
STATUSES = {2: "open", 3: "pending_customer", 4: "solved", 5: "closed"}
USUAL = {6: ("Waiting on Customer", "pending_customer"), 7: ("Waiting on Third Party", "on_hold")}
PRIORITIES = {1: "low", 2: "normal", 3: "high", 4: "urgent"}
CHANNELS = {
    1: "email", 2: "web", 3: "phone", 4: "web", 5: "social", 6: "social", 7: "chat", 8: "messaging", 9: "web",
    10: "email", 11: "web", 12: "messaging", 13: "messaging",
}  # fmt: skip
PHONE, OUTBOUND = 3, 10
SCORES = {103: 7, 102: 6, 101: 5, 100: 4, -101: 3, -102: 2, -103: 1}
"""Freshdesk's steps from extremely happy to extremely unhappy, as places on a scale of seven."""


def score(ratings: Mapping[str, int | None]) -> str:
    """The answer to a survey's main question, as a place on the case log's scale of seven."""
    told = ratings.get("default_question")
    if told is None or told not in SCORES:
        raise BadRecord("a rating's default_question is none of Freshdesk's seven answers, 103 to -103")
    return f"1-7:{SCORES[told]}"


class Statuses:
    """Which status of the case log a number means, the company's own included."""

    def __init__(self, fields: Iterable[Field], settings: Settings) -> None:
        self._source = settings.name
        self._mapped = dict(settings.statuses)
        self.names: dict[int, str] = {}
        for field in fields:
            if field.type == "default_status" and isinstance(field.choices, dict):
                self.names |= {int(n): _first(words) for n, words in field.choices.items() if str(n).isdigit()}

    def known(self, status: int) -> str | None:
        """The case log's word, if it is known; `audit.toml` names a status by its name or its number."""
        name = self.names.get(status, "")
        mapped = self._mapped.get(name) or self._mapped.get(str(status)) or STATUSES.get(status)
        if mapped is None and status in USUAL and name in ("", USUAL[status][0]):
            mapped = USUAL[status][1]
        return mapped if mapped in Status.__members__ else None

    def of(self, status: int) -> str:
        """The case log's word; a status that nobody mapped stops the source with the line to add."""
        ours = self.known(status)
        if ours is None:
            name = self.names.get(status) or str(status)
            raise unmapped(self._source, name)
        return ours


def _first(words: Any) -> str:
    """A status has two names, the agents' and the customers'; the agents' comes first."""
    return str(words[0]) if isinstance(words, list) and words else str(words)


_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap]m)", re.IGNORECASE)


def minute(clock: str) -> int:
    """Minutes since midnight of a time such as 08:00:00 am; 11:59:59 pm is the end of the day."""
    found = _CLOCK.fullmatch(clock.strip())
    if found is None:
        raise BadRecord(f"{clock!r} is no time of day such as 08:00:00 am")
    hour, rest, seconds, half = int(found[1]) % 12, int(found[2]), int(found[3] or 0), found[4].lower()
    at = (hour + 12 * (half == "pm")) * 60 + rest
    return at + 1 if seconds == 59 else at
