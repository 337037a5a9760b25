"""A helpdesk's ids, moments and field values as the case log writes them."""

from __future__ import annotations

import datetime
from typing import Any

from auditlib.caselog.rows import BadRecord


def key(number: int | str | None) -> str | None:
    """An id as the case log's key."""
    return None if number in (None, "") else str(number)


def second(at: datetime.datetime) -> int:
    """A moment in whole seconds since 1970; one without a time zone is refused."""
    if at.tzinfo is None:
        raise BadRecord("a moment names no time zone; the helpdesk's own end in Z or an offset such as +01:00")
    return int(at.timestamp() // 1)


def stamp(at: int) -> str:
    """A moment as filters and searches want it."""
    return datetime.datetime.fromtimestamp(at, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def word(value: Any) -> str | None:
    """A field's value as one word; nothing for an empty one."""
    if isinstance(value, bool):
        return str(value).lower()
    if value is None or isinstance(value, str | int | float):
        return None if value in (None, "") else str(value)
    if isinstance(value, list):
        return " ".join(map(str, value)) or None
    raise BadRecord("a field's value is an object, where the helpdesk's own are words, numbers or lists")
