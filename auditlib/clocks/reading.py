"""Hours and holidays as people write them in `audit.toml`."""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Iterable
from pathlib import Path

from auditlib.clocks.zones import zone

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MINUTES_A_DAY = 1440
MINUTES_A_WEEK = 7 * MINUTES_A_DAY
RIGHT = "write, for example, Mon-Fri 09:00-17:00, Sat 10:00-14:00 Europe/Berlin or 24/7 UTC"

Intervals = tuple[tuple[int, int], ...]
Holidays = tuple[tuple[str, str], ...]


def read_hours(text: str) -> tuple[Intervals, str]:
    """The week's intervals, in minutes since Monday 00:00, and the zone; a ValueError that helps.

    Parts are separated by commas, each of days and one or more times: `Mon-Fri 09:00-12:00
    13:00-17:00, Sat 10:00-14:00 Europe/Berlin`. Times that end before they begin run over
    midnight (`Mon-Sun 22:00-06:00`), days may run over Sunday (`Sat-Mon`), and 24/7 is always.
    """
    hours, _, name = text.strip().rpartition(" ")
    if not hours or re.search(r"\d:\d\d", name):
        raise ValueError(f"{text!r} names no time zone at its end; {RIGHT}")
    zone(name)
    if hours.strip() == "24/7":
        return ((0, MINUTES_A_WEEK),), name
    return tuple(sorted(one for part in hours.split(",") for one in _part(part.strip()))), name


def _part(part: str) -> list[tuple[int, int]]:
    """The intervals of one part, such as Mon-Fri 09:00-17:00."""
    days, *times = part.split() or [""]
    if not times:
        raise ValueError(f"{part!r} is not days and times; {RIGHT}")
    spans = [_times(one) for one in times]
    return [
        (day * MINUTES_A_DAY + opens, day * MINUTES_A_DAY + closes) for day in _days(days) for opens, closes in spans
    ]


def _days(text: str) -> list[int]:
    """The days of Mon-Fri or Sat, Monday as 0; Sat-Mon runs over Sunday."""
    ends = [day.capitalize() for day in text.split("-")]
    wrong = [day for day in ends if day not in DAYS]
    if wrong or len(ends) > 2:
        raise ValueError(f"{text!r} is no day of the week; write {', '.join(DAYS)} or Mon-Fri")
    first, last = DAYS.index(ends[0]), DAYS.index(ends[-1])
    return [(first + step) % 7 for step in range((last - first) % 7 + 1)]


def _times(text: str) -> tuple[int, int]:
    """The minutes of 09:00-17:00; past 1440 where they run over midnight."""
    match = re.fullmatch(r"(\d{1,2}):(\d\d)-(\d{1,2}):(\d\d)", text)
    if not match:
        raise ValueError(f"{text!r} is not a time of day such as 09:00-17:00")
    hour, minute, last_hour, last_minute = map(int, match.groups())
    opens, closes = hour * 60 + minute, last_hour * 60 + last_minute
    if max(minute, last_minute) > 59 or opens >= MINUTES_A_DAY or closes > MINUTES_A_DAY:
        raise ValueError(f"{text!r} is no time of a day: it opens from 00:00 to 23:59, closes by 24:00")
    if opens == closes:
        raise ValueError(f"{text!r} is no time at all; for a whole day write 00:00-24:00")
    return opens, closes if closes > opens else closes + MINUTES_A_DAY


def read_holidays(calendar: str, years: Iterable[int], folder: Path | str = ".") -> Holidays:
    """Closed days as (first, last) local dates, both closed, in order; a ValueError that helps.

    `calendar` is a country of the holidays library with or without its region (`DE`, `DE-BE`):
    its public holidays of the years, observed substitutes included. Or it is a CSV file within
    `folder` with a header, a column `date` and perhaps `until` and `name`; parts of a day are
    written as 2026-12-24T12:00, and the years do not matter.
    """
    if calendar.lower().endswith(".csv"):
        return _from_file(Path(folder) / calendar)
    import holidays  # slow, and needed only here

    country, _, region = calendar.partition("-")
    known = holidays.list_supported_countries(include_aliases=True)
    if country not in known:
        raise ValueError(_unknown("country", country, known))
    if region and region not in known[country]:
        raise ValueError(_unknown(f"region of {country}", region, known[country]))
    closed = holidays.country_holidays(country, subdiv=region or None, years=list(years))
    return tuple((day.isoformat(), day.isoformat()) for day in sorted(closed))


def _from_file(path: Path) -> Holidays:
    if not path.is_file():
        raise ValueError(f"there is no file of holidays {path}")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file, skipinitialspace=True)
        if "date" not in (rows.fieldnames or ()):
            raise ValueError(f"{path} has no column date; its first line should be date,until,name")
        return tuple(sorted(_row(row, f"{path} line {rows.line_num}") for row in rows))


def _row(row: dict[str, str | None], place: str) -> tuple[str, str]:
    first = (row["date"] or "").strip()
    last = (row.get("until") or "").strip() or first[:10]
    for text in (first, last):
        if not re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:\d\d)?", text):
            raise ValueError(f"{place}: {text!r} is no date such as 2026-12-24 or 2026-12-24T12:00")
    return first, last


def _unknown(what: str, found: str, known: Iterable[str]) -> str:
    likely = difflib.get_close_matches(found, known, n=3, cutoff=0.4) or sorted(known)[:20]
    return f"{found!r} is no {what} of the holidays library; there are, for example, {', '.join(likely)}"
