"""Who answers for a week's figures, and what was found and is done about it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from auditlib.pages import numbers
from auditlib.pages.evidence import Footnotes

Row = Mapping[str, Any]
LAST, SHOWN = 13, 8


def signed(signatures: Sequence[Row], week: str, corrected: int) -> dict[str, Any]:
    """The last signature of a week with what was open then, or that nobody has signed it.

    `corrected` is how many of its figures a later publication corrected.
    """
    mine = [row for row in signatures if row["period"] == "week" and row["period_start"] == week]
    if not mine:
        return {"is_signed": False, "name": _name(week)}
    last = mine[-1]
    return {
        "is_signed": True,
        "by": last["signed_by"],
        "at": numbers.day(str(last["signed_at"])[:10]),
        "comment": last["comment"],
        "publication": last["publication"],
        "figures": last["figures"],
        "head": last["head"],
        "exceptions": json.loads(last["exceptions"] or "[]"),
        "corrected": corrected,
        "signatures": len(mine),
    }


def weeks(signatures: Sequence[Row], over: Sequence[str], week: str) -> dict[str, Any]:
    """Which of the last weeks that are over by the page's own somebody answers for, and which nobody does."""
    mine = {row["period_start"] for row in signatures if row["period"] == "week"}
    last = sorted(day for day in over if day <= week)[-LAST:]
    return {
        "signed": _spans(last, [day in mine for day in last]),
        "unsigned": _spans(last, [day not in mine for day in last]),
        "count": len(last),
    }


def _spans(days: Sequence[str], chosen: Sequence[bool]) -> list[str]:
    """Weeks that follow each other as one span: 2026-W31 to 2026-W42."""
    runs = [[day for _, day in run] for is_one, run in groupby(zip(chosen, days, strict=True), itemgetter(0)) if is_one]
    return [_name(run[0]) if len(run) == 1 else f"{_name(run[0])} to {_name(run[-1])}" for run in runs]


def moved(scorecard: Sequence[Row], notes: Footnotes) -> list[dict[str, Any]]:
    """Signed figures of the whole that say something else now, the newest period first: both values."""
    rows = [
        row
        for row in scorecard
        if row["is_signed"] and row["breakdown"] == "all" and row["value"] is not None
        and row["signed_value"] is not None and _before(row) != numbers.value(row)
    ]  # fmt: skip
    rows.sort(key=lambda row: (row["period_start"], row["metric"], row["statistic"]), reverse=True)
    return [
        {
            "title": row["title"],
            "lead": numbers.STATISTICS.get(row["statistic"], ""),
            "period": numbers.period(row),
            "before": _before(row),
            "now": notes.number(row),
        }
        for row in rows[:SHOWN]
    ]


def findings(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The findings of audit.toml, overdue ones first, then open ones, then those that are done."""
    order = ["overdue", "open", "done"]
    told = [{**row, "due": numbers.day(str(row["due"])) if row["due"] else ""} for row in rows]
    return sorted(told, key=lambda row: (order.index(row["state"]), row["position"]))


def _before(row: Row) -> str:
    return numbers.value({**row, "value": row["signed_value"]})


def _name(week: str) -> str:
    year, number, _ = datetime.date.fromisoformat(week).isocalendar()
    return f"{year}-W{number:02}"
