"""Who answers for a week's figures, and what was found and is done about it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from typing import Any

from auditlib.pages import numbers

Row = Mapping[str, Any]


def signed(signatures: Sequence[Row], week: str, corrected: int) -> dict[str, Any]:
    """The last signature of a week with what was open then, or that nobody has signed it.

    `corrected` is how many of its figures a later publication corrected.
    """
    mine = [row for row in signatures if row["period"] == "week" and row["period_start"] == week]
    year, number, _ = datetime.date.fromisoformat(week).isocalendar()
    if not mine:
        return {"is_signed": False, "name": f"{year}-W{number:02}"}
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


def findings(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The findings of audit.toml, overdue ones first, then open ones, then those that are done."""
    order = ["overdue", "open", "done"]
    told = [{**row, "due": numbers.day(str(row["due"])) if row["due"] else ""} for row in rows]
    return sorted(told, key=lambda row: (order.index(row["state"]), row["position"]))
