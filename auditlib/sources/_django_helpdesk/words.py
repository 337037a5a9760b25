"""django-helpdesk's words in the case log's: statuses, priorities, moments, and what a title tells."""

from __future__ import annotations

import datetime
import re
import zoneinfo
from collections.abc import Mapping

from auditlib.caselog.rows import BadRecord
from auditlib.caselog.words import Status
from auditlib.sources import Settings
from auditlib.sources._shared.statuses import unmapped

OPEN, CLOSED = 1, 4
STATUSES = {"1": "open", "2": "open", "3": "solved", "4": "closed", "5": "closed"}
"""Open, reopened, resolved, closed, duplicate: the numbers that every installation begins with."""
PRIORITIES = {1: "urgent", 2: "high", 3: "normal", 4: "low", 5: "low"}
CHANNELS = ("email", "web", "chat", "messaging", "phone", "voice", "counter", "api", "social", "unknown")

STATUS, OWNER, QUEUE, PRIORITY, ON_HOLD = "Status", "Owner", "Queue", "Priority", "On Hold"
IGNORED = ("Title", "Due on")
NOBODY = ("Unassigned", "None", "")
_MERGED = re.compile(r"\[[^\]]*#(\d+)\]")
_ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>@]+")
_IN_BULK = re.compile(r"(?:Assigned to (?P<name>\S+)|Unassigned) in bulk update")


class Words:
    """What the settings say of one installation's words."""

    def __init__(self, settings: Settings) -> None:
        self._source = settings.name
        self._statuses = STATUSES | {str(number): ours for number, ours in settings.statuses.items()}
        self._zone = zoneinfo.ZoneInfo(str(settings.options.get("time_zone", "UTC")))
        self._fields: Mapping[str, str] = settings.options.get("words", {})
        self.bots = frozenset(settings.bots)
        self.channel = str(settings.options.get("channel", "")).removeprefix("custom_field:")
        self.fields = {
            theirs.removeprefix("custom_field:"): ours
            for ours, theirs in settings.fields.items()
            if theirs.startswith("custom_field:")
        }

    def known(self, number: int) -> str | None:
        """The case log's word for a status, if there is one."""
        ours = self._statuses.get(str(number))
        return ours if ours in Status.__members__ else None

    def status(self, number: int, on_hold: bool) -> str:
        """The case log's word; a status that nobody mapped stops the source with the line to add."""
        ours = self.known(number)
        if ours is None:
            raise unmapped(self._source, number)
        return "on_hold" if on_hold and ours in ("new", "open") else ours

    def field(self, name: str) -> str:
        """A changed field by its English name: it is written in the language of who changed it."""
        return self._fields.get(name, name)

    def second(self, text: str) -> int:
        """A moment in whole seconds since 1970; one without a zone is of the zone that the database keeps."""
        try:
            at = datetime.datetime.fromisoformat(text)
        except ValueError:
            raise BadRecord("a moment is none such as 2026-03-02 09:00:00") from None
        return int((at if at.tzinfo else at.replace(tzinfo=self._zone)).timestamp() // 1)

    def stamp(self, at: int) -> str:
        """A moment as the database keeps it."""
        return datetime.datetime.fromtimestamp(at, self._zone).strftime("%Y-%m-%d %H:%M:%S")


def merged_from(title: str | None) -> int | None:
    """The ticket that a follow-up was moved from: a merge writes its number over the title."""
    found = _MERGED.match(title or "")
    return int(found[1]) if found else None


def sender(title: str | None) -> str | None:
    """Who sent a mail: django-helpdesk keeps that in the title alone."""
    found = _ADDRESS.search(title or "")
    return found[0].lower() if found else None


def handed_in_bulk(title: str | None) -> tuple[bool, str]:
    """Whether tickets were handed over from the list, which writes a title and no change, and to whom."""
    found = _IN_BULK.fullmatch(title or "")
    return found is not None, (found["name"] or "") if found else ""
