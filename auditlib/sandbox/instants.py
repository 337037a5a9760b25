"""Moments of the sandbox: whole seconds since 1970 inside, ISO 8601 with Z outside."""

from __future__ import annotations

import time
from datetime import UTC, datetime

MINUTE = 60
HOUR = 3600
DAY = 86400


def iso(at: int) -> str:
    """The moment as helpdesks write it, such as 2026-03-29T01:00:00Z."""
    year, month, day, hour, minute, second = time.gmtime(at)[:6]
    return f"{year:04d}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}:{second:02d}Z"


def iso_or_none(at: int | None) -> str | None:
    """The moment as text, or nothing where nothing happened."""
    return None if at is None else iso(at)


def moment(text: str) -> int:
    """The second that an ISO 8601 text names; without a zone it is read as UTC."""
    found = datetime.fromisoformat(text)
    return int((found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp())
