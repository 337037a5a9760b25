"""What every source owes a window of history: an audited scope that exists, tickets read once, a proven end."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from auditlib.caselog.rows import BadRecord, moment
from auditlib.sources import Page, Settings, SourceError, Window

Key = TypeVar("Key", int, str)


def check_scope(settings: Settings, helpdesk: str, groups: Iterable[str]) -> None:
    """A group that `scope` names and the helpdesk does not show is a mistake, never an empty audit."""
    known = set(groups)
    unknown = sorted(set(settings.scope.get("groups", ())) - known)
    if unknown:
        raise SourceError(
            f"{settings.name}: scope names the group {unknown[0]!r}, which {helpdesk} does not show; "
            f"it shows {', '.join(sorted(known))}"
        )


def placed(at: datetime.datetime) -> int | None:
    """A moment that steers the fetching; one without a time zone is left to the reading, which rejects its record."""
    return None if at.tzinfo is None else int(at.timestamp() // 1)


def moved(rows: Sequence[Any]) -> list[int]:
    """When the records of a list changed, of those that say so readably."""
    found = []
    for row in rows:
        try:
            found.append(moment(row["updated_at"]))
        except (BadRecord, KeyError, TypeError):
            continue
    return found


def due(changed: Mapping[Key, int], seen: Mapping[Key, int], window: Window) -> dict[Key, int]:
    """Of some tickets with when they changed, those within the window that were not read as they are yet."""
    return {
        ticket: at
        for ticket, at in changed.items()
        if seen.get(ticket) != at and (window.until is None or at < window.until)
    }


def complete_until(page: Page, window: Window, lag: int) -> int | None:
    """Until when a last page proves that all is told: by the helpdesk's own clock, less the seconds it lags behind."""
    if page.served_at is None:
        return None
    told_all = page.served_at - lag
    return told_all if window.until is None else min(told_all, window.until)


def least(moments: Iterable[int | None]) -> int | None:
    """The earliest of several proven ends; nothing, where one is not proven."""
    found = list(moments)
    return None if None in found else min(m for m in found if m is not None)
