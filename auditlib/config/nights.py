"""When a night is due: by the schedule and `publish_by` of audit.toml."""

from __future__ import annotations

import datetime

from auditlib.config.times import FIELDS, PART

A_YEAR_AND_A_DAY = 367


def last_due(schedule: str, publish_by: datetime.time, now: datetime.datetime) -> datetime.date | None:
    """The last local day on which a night began that should be published by now; None within a year.

    `now` is local, without a zone. The night's midnight is the one with which that day began, and it
    is due at the first `publish_by` after the schedule's first time on that day.
    """
    minute, hour, *_ = allowed = [_allowed(*pair) for pair in zip(schedule.split(), FIELDS, strict=True)]
    begins_at = datetime.time(min(hour), min(minute))
    for back in range(A_YEAR_AND_A_DAY):
        day = now.date() - datetime.timedelta(days=back)
        due_on = day if publish_by > begins_at else day + datetime.timedelta(days=1)
        if _is_scheduled(day, schedule, allowed) and datetime.datetime.combine(due_on, publish_by) <= now:
            return day
    return None


def _is_scheduled(day: datetime.date, schedule: str, allowed: list[set[int]]) -> bool:
    _, _, days, months, weekdays = allowed
    of_month, of_week = day.day in days, day.isoweekday() % 7 in {weekday % 7 for weekday in weekdays}
    _, _, day_field, _, weekday_field = schedule.split()
    if day_field.startswith("*") or weekday_field.startswith("*"):
        return day.month in months and of_month and of_week
    return day.month in months and (of_month or of_week)  # cron's own rule: either, where both are restricted


def _allowed(field: str, bounds: tuple[str, int, int, dict[str, int]]) -> set[int]:
    """The numbers that one field of a schedule stands for."""
    _, least, most, names = bounds
    found: set[int] = set()
    for part in field.split(","):
        matched = PART.fullmatch(part)
        assert matched is not None, part  # checked when the file was read
        first, last = (_number(matched[end], names) for end in ("first", "last"))
        step = int(matched["step"] or 1)
        if first is None:
            found.update(range(least, most + 1, step))
        elif last is None:
            found.update(range(first, most + 1, step) if matched["step"] else (first,))
        else:
            found.update(range(first, last + 1, step))
    return found


def _number(word: str | None, names: dict[str, int]) -> int | None:
    if word is None:
        return None
    return int(word) if word.isdecimal() else names[word.upper()]
