"""What a schedule, a time of day, opening hours and a calendar of holidays may be."""

from __future__ import annotations

import datetime
import functools
import re
from importlib import resources
from typing import Any

from auditlib.config.mistakes import did_you_mean
from auditlib.config.values import Wrong, text

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
FIELDS: tuple[tuple[str, int, int, dict[str, int]], ...] = (
    ("minute", 0, 59, {}),
    ("hour", 0, 23, {}),
    ("day of the month", 1, 31, {}),
    ("month", 1, 12, {name: number for number, name in enumerate(MONTHS, 1)}),
    ("day of the week", 0, 7, {name: number for number, name in enumerate(DAYS)}),
)
PART = re.compile(r"(?:\*|(?P<first>\w+)(?:-(?P<last>\w+))?)(?:/(?P<step>\d+))?")


def time_zone(value: Any) -> str:
    """An IANA time zone of the tzdata package, so that every machine knows the same ones."""
    if text(value) not in _zones():
        right = did_you_mean(value, sorted(_zones()), "write an IANA name such as Europe/Berlin")
        raise Wrong("is no time zone", right)
    return value


def time_of_day(value: Any) -> datetime.time:
    """A time of day, written HH:MM in quotes."""
    if not isinstance(value, str) or not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
        raise Wrong("is no time of day", 'write hours and minutes in quotes, such as "07:00"')
    return datetime.time.fromisoformat(value)


def cron(value: Any) -> str:
    """A schedule of five fields."""
    fields = text(value).split()
    if len(fields) != len(FIELDS):
        right = 'write minute, hour, day of the month, month and day of the week, such as "0 2 * * *"'
        raise Wrong(f"is no schedule: it has {len(fields)} fields, not 5", right)
    for field, (what, least, most, names) in zip(fields, FIELDS, strict=True):
        if not all(_fits(part, least, most, names) for part in field.split(",")):
            right = f"write *, numbers from {least} to {most}, a range {least}-{most}, or steps such as */2"
            raise Wrong(f"is no schedule: {field} is no {what}", right)
    return value


def hours(value: str) -> None:
    """Nothing, if the clocks can read these opening hours; Wrong otherwise."""
    from auditlib.clocks import read_hours  # imports numpy: not for DAG files

    try:
        read_hours(value)
    except ValueError as error:
        raise _of_a_clock(error) from None


def calendar(value: str, folder: str) -> None:
    """Nothing, if the clocks can read this calendar of holidays; Wrong otherwise."""
    from auditlib.clocks import read_holidays  # imports the holidays library: not for DAG files

    try:
        read_holidays(value, (), folder)
    except ValueError as error:
        raise _of_a_clock(error) from None


def _of_a_clock(error: ValueError) -> Wrong:
    found, _, right = str(error).partition("; ")
    return Wrong(f"cannot be used: {found}", right or "correct it there")


def _fits(part: str, least: int, most: int, names: dict[str, int]) -> bool:
    """Whether one part of a field, such as 1-5/2, lies within the field's bounds."""
    found = PART.fullmatch(part)
    if not found or (found["step"] is not None and int(found["step"]) == 0):
        return False
    ends = [names.get(end.upper(), end) for end in (found["first"], found["last"]) if end]
    if not all(isinstance(end, int) or end.isdecimal() for end in ends):
        return False
    bounds = [int(end) for end in ends]
    return bounds == sorted(bounds) and all(least <= bound <= most for bound in bounds)


@functools.cache
def _zones() -> frozenset[str]:
    return frozenset(resources.files("tzdata").joinpath("zones").read_text("utf-8").split())
