"""The filters of Front's search that a count needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import unquote

from auditlib.sandbox.front.history import Case
from auditlib.sandbox.front.paging import refused
from auditlib.sandbox.front.words import ARCHIVED, OPEN, SNOOZED, identity

IS: dict[str, Callable[[Case], bool]] = {
    "open": lambda case: case.status == OPEN and not case.is_trashed,
    "archived": lambda case: case.status == ARCHIVED and not case.is_trashed,
    "snoozed": lambda case: case.status == SNOOZED and not case.is_trashed,
    "trashed": lambda case: case.is_trashed,
    "assigned": lambda case: case.holder is not None and not case.is_trashed,
    "unassigned": lambda case: case.holder is None and not case.is_trashed,
}


def found(rows: Sequence[Case], query: str) -> list[Case]:
    """The conversations that fit every filter; words to look for are not understood here."""
    for told in unquote(query).split():
        name, colon, value = told.partition(":")
        fits = _filter(name, value) if colon and value else None
        if fits is None:
            raise refused(f"the sandbox does not search for {told!r}")
        rows = [case for case in rows if fits(case)]
    return list(rows)


def _filter(name: str, value: str) -> Callable[[Case], bool] | None:
    if name == "is":
        return IS.get(value)
    if name == "inbox":
        return lambda case: identity("inb", case.inbox) == value
    if name == "assignee":
        return lambda case: case.holder is not None and identity("tea", case.holder) == value
    if name in ("before", "after") and value.isdigit():
        at = int(value) * 1000
        if name == "before":
            return lambda case: case.events[0].ms < at
        return lambda case: case.events[-1].ms > at
    return None
