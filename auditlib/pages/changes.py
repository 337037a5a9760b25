"""What changed since the last publication, and why: the parts add up to the change."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from itertools import groupby
from typing import Any

from auditlib import reasons
from auditlib.pages import numbers
from auditlib.pages.evidence import Footnotes

Row = Mapping[str, Any]
SHOWN = 8


def changes(
    rows: Sequence[Row], units: Mapping[str, Row], headlines: Container[str], until: str, notes: Footnotes
) -> dict[str, Any]:
    """Published figures of the whole that say something else now, the newest period first.

    All corrections are told; of what was to be expected only the headlines of periods that were over by a day.
    """
    found = []
    ordered = sorted(rows, key=lambda row: (row["figure_id"], row["position"]))
    for figure, parts in groupby(ordered, key=lambda row: row["figure_id"]):
        if figure in units:
            found.append((units[figure], list(parts)))
    told = [(figure, parts) for figure, parts in found if numbers.value(figure) != _before(figure, parts)]
    told.sort(key=lambda change: (change[0]["period_start"], change[0]["title"]), reverse=True)
    corrections = [change for change in told if _is_correction(change[1])]
    expected = [
        (figure, parts)
        for figure, parts in told
        if not _is_correction(parts) and figure["metric"] in headlines and figure["period_end"] <= until
    ]
    shown = [*corrections, *expected][:SHOWN]
    return {
        "corrections": len(corrections),
        "all": len(told),
        "rows": [_change(figure, parts, notes) for figure, parts in shown],
        "more": len(told) - len(shown),
        "unseen": len(found) - len(told),
    }


def _is_correction(parts: Sequence[Row]) -> bool:
    return any(part["kind"] == "correction" for part in parts)


def _before(figure: Row, parts: Sequence[Row]) -> str:
    return numbers.value({**figure, "value": parts[0]["value_before"]})


def _change(figure: Row, parts: Sequence[Row], notes: Footnotes) -> dict[str, Any]:
    before, now = _before(figure, parts), notes.number(figure)
    return {
        "title": figure["title"],
        "lead": numbers.STATISTICS.get(figure["statistic"], ""),
        "period": numbers.period(figure),
        "before": "no value" if before == numbers.DASH else before,
        "now": now,
        "is_correction": _is_correction(parts),
        "is_withheld": now.text == numbers.DASH,
        "parts": [_part(figure, part) for part in parts],
    }


def _part(figure: Row, part: Row) -> dict[str, Any]:
    reason = reasons.sentence(part["reason"])
    moved = numbers.moved(figure, part["part"]) if part["part"] is not None and figure["value"] is not None else ""
    return {"reason": reason, "tickets": part["tickets"], "moved": moved}
