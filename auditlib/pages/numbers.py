"""Figures in words: with their unit, their interval and the period that they speak of."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

HOUR, DAY = 60, 24 * 60
DASH = "–"
STATISTICS = {
    "p50": "half of them within",
    "p75": "three in four within",
    "p90": "nine in ten within",
    "rate": "",
    "count": "",
}


def value(row: Mapping[str, Any], of: str = "value") -> str:
    """A figure with its unit, such as 12.7 hours or 13 %."""
    amount = row[of]
    if amount is None:
        return DASH
    divisor, unit, digits = scale(row)
    return f"{_number(amount / divisor, digits)}{unit}"


def interval(row: Mapping[str, Any]) -> str:
    """The 95 % interval of a figure in its own unit; empty where nothing was estimated."""
    low, high = row.get("ci_low"), row.get("ci_high")
    if row["value"] is None or (low is None and high is None):
        return ""
    divisor, unit, digits = scale(row)
    told = [_number(end / divisor, digits) for end in (low, high) if end is not None]
    if len(told) == 1:
        return f"{'at least' if high is None else 'at most'} {told[0]}{unit}"
    return f"{' to '.join(told)}{unit}"


def scale(row: Mapping[str, Any]) -> tuple[float, str, int]:
    """By what a figure is divided, the unit behind it and its decimals: by its value, so that its interval agrees."""
    if row["unit"] == "share":
        return 0.01, " %" if row["metric"] != "say_do_gap" else " points", 1
    if row["unit"] != "minutes":
        return 1, "", 0 if float(row["value"] or 0).is_integer() else 1
    amount = abs(row["value"] or 0)
    if amount < 2 * HOUR:
        return 1, " minutes", 0
    if amount < 2 * DAY or on_clock(row["metric"]):
        return HOUR, " hours", 1
    return DAY, " days", 1


def moved(row: Mapping[str, Any], part: float) -> str:
    """How much of a figure's change something explains, with its sign and in the figure's own unit."""
    divisor, unit, digits = scale(row)
    return f"{'−' if part < 0 else '+'}{_number(abs(part) / divisor, digits)}{' points' if unit == ' %' else unit}"


def on_clock(metric: str) -> str:
    """The clock that a duration is told on, in words; empty for the calendar."""
    if "_business_" in metric:
        return "opening time"
    return "promised hours" if "_promised_" in metric else ""


def change(row: Mapping[str, Any]) -> str:
    """How a figure stands to the period before: better, worse, within noise."""
    if row.get("change") is None:
        return ""
    before = f"the {row['period']} before"
    if row["changed_beyond_noise"] is None:
        return f"{value(row, 'previous_value')} {before}"
    if row["changed_beyond_noise"] == "no":
        return "no change beyond noise"
    rose = row["change"] > 0
    if row.get("better") in ("lower", "higher"):
        verdict = "better" if rose == (row["better"] == "higher") else "worse"
        return f"{verdict} than {before} ({value(row, 'previous_value')})"
    return f"{'more' if rose else 'less'} than {before} ({value(row, 'previous_value')})"


def day(text: str, year: bool = True) -> str:
    """A local day such as 2026-03-02 as 2 March 2026."""
    date = datetime.date.fromisoformat(text)
    return f"{date.day} {date:%B}" + (f" {date.year}" if year else "")


def period(row: Mapping[str, Any]) -> str:
    """A period in words: 19 to 25 October 2026, or October 2026 for the whole month."""
    first, last = (datetime.date.fromisoformat(row[name]) for name in ("period_start", "period_end"))
    if first == last:
        return day(row["period_start"])
    if first.day == 1 and (last + datetime.timedelta(days=1)).day == 1 and first.month == last.month:
        return f"{first:%B %Y}"
    if first.month == last.month:
        return f"{first.day} to {day(row['period_end'])}"
    return f"{day(row['period_start'], first.year != last.year)} to {day(row['period_end'])}"


def plural(number: int, one: str, many: str | None = None) -> str:
    """3 tickets, 1 ticket."""
    return f"{number:,} {one if number == 1 else many or one + 's'}".replace(",", "\u202f")


def _number(amount: float, digits: int) -> str:
    return f"{amount:,.{digits}f}".replace(",", "\u202f")
