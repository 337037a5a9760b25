"""Where it fails: teams by what they contribute, and what differs from the whole beyond noise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from auditlib.figures import intervals
from auditlib.pages import charts, numbers
from auditlib.pages.evidence import Footnotes

Row = Mapping[str, Any]
OUTCOMES = ("strict_resolution_rate", "came_back_rate_7d")
SPEED = "first_reply_business_minutes"
FEWEST, POINTS = 10, 60
"""Cases with which a funnel begins, and how finely it is drawn."""


def whole_of(rows: Sequence[Row], metrics: Sequence[str], statistic: str, until: str, breakdown: str) -> Row | None:
    """The whole whose parts are to be shown: of the first of these metrics the newest week or month that is over.

    Periods in which at least two parts have enough cases go before those in which all would be withheld. The
    rows are weighted by ticket.
    """
    for metric in metrics:
        mine = [row for row in rows if row["metric"] == metric and row["statistic"] == statistic]
        told = {
            (_comparable(mine, row, breakdown), row["period_end"], row["period"]): row
            for row in mine
            if row["breakdown"] == "all" and row["value"] is not None and row["period_end"] <= until
        }
        if told:
            return told[max(told)]
    return None


def _comparable(rows: Sequence[Row], whole: Row, breakdown: str) -> bool:
    return sum(row["value"] is not None for row in _cells(rows, whole, breakdown)) > 1


def parts(rows: Sequence[Row], whole: Row | None, breakdown: str, notes: Footnotes) -> dict[str, Any] | None:
    """The whole's parts by one breakdown, by what they contribute: never a ranking of who is best."""
    mine = _cells(rows, whole, breakdown)
    if whole is None or not mine:
        return None
    shown = [row for row in mine if row["value"] is not None]
    limits = _limits(whole, shown)
    ordered = sorted(shown, key=_contribution(whole))
    return {
        "title": whole["title"],
        "metric": whole["metric"],
        "lead": numbers.STATISTICS.get(whole["statistic"], ""),
        "clock": numbers.on_clock(whole["metric"]),
        "period": numbers.period(whole),
        "whole": notes.number(whole),
        "counts": whole["statistic"] == "rate",
        "breakdown": breakdown.capitalize(),
        "failed": _failed(whole),
        "failing": _failing(whole),
        "chart": _chart(ordered, whole, limits),
        "rows": [_part(row, whole, limits.get(row["figure_id"]), notes) for row in ordered],
        "hidden": [_named(row) for row in mine if row["value"] is None],
    }


def apart(rows: Sequence[Row], wholes: Sequence[Row], notes: Footnotes) -> dict[str, Any]:
    """Cells of every other breakdown whose interval leaves the whole out, and how many were looked at."""
    found, looked_at = [], 0
    for whole in wholes:
        names = sorted({row["breakdown"] for row in rows} - {"all", "team", "segment"})
        for row in [row for name in names for row in _cells(rows, whole, name) if row["value"] is not None]:
            looked_at += 1
            if charts.stands_out(row, whole["value"]):
                found.append(_differs(row, whole, notes))
    return {"rows": found, "looked_at": looked_at, "by_chance": round(looked_at / 20)}


def _cells(rows: Sequence[Row], whole: Row | None, breakdown: str) -> list[Row]:
    if whole is None:
        return []
    same = ("metric", "statistic", "weighting", "period", "period_start")
    return [
        row
        for row in rows
        if row["breakdown"] == breakdown and not row["breakdown_2"] and all(row[n] == whole[n] for n in same)
    ]


def _limits(whole: Row, shown: Sequence[Row]) -> dict[str, tuple[float, float]]:
    """Of rates, figure → between what it lies by chance alone, being of so many cases; of others nothing."""
    if whole["statistic"] != "rate" or not shown:
        return {}
    low, high = intervals.funnel(whole["value"], np.array([row["denominator"] for row in shown], float))
    return {row["figure_id"]: (low[n], high[n]) for n, row in enumerate(shown)}


def _chart(shown: Sequence[Row], whole: Row, limits: Mapping[str, tuple[float, float]]) -> Any:
    """Of rates a funnel, of durations their intervals; nothing where there is nobody to be held beside."""
    if len(shown) < 2:
        return ""
    told = "; ".join(f"{_named(row)}: {numbers.value(row)}" for row in shown)
    if not limits:
        return charts.durations(shown, whole, f"{told}; the whole: {numbers.value(whole)}.")
    most = max(row["denominator"] for row in shown)
    sizes = np.unique(np.linspace(min(FEWEST, most), 1.05 * most, POINTS).round())
    low, high = intervals.funnel(whole["value"], sizes)
    band = list(zip(sizes.tolist(), low.tolist(), high.tolist(), strict=True))
    reach = "; ".join(f"{_named(row)} {_span(limits[row['figure_id']])}" for row in shown)
    return charts.funnel(shown, whole, band, f"{told}; the whole: {numbers.value(whole)}. By chance alone: {reach}.")


def _part(row: Row, whole: Row, by_chance: tuple[float, float] | None, notes: Footnotes) -> dict[str, Any]:
    return {
        "name": _named(row),
        "number": notes.number(row),
        "n": row["n"],
        "failed": _failed(row),
        "share": f"{100 * _failed(row) / _failed(whole):.0f} %" if _failed(whole) else "",
        "interval": numbers.interval(row) if by_chance is None else _span(by_chance),
        "verdict": _verdict(row, whole) if by_chance is None else _by_chance(row, whole, by_chance),
    }


def _span(limits: tuple[float, float]) -> str:
    return f"{100 * limits[0]:.0f} to {100 * limits[1]:.0f} %"


def _by_chance(row: Row, whole: Row, limits: tuple[float, float]) -> str:
    if limits[0] <= row["value"] <= limits[1]:
        return "within chance"
    is_better = (row["value"] > whole["value"]) == (whole["better"] == "higher")
    return f"{'better' if is_better else 'worse'} than chance explains"


def _differs(row: Row, whole: Row, notes: Footnotes) -> dict[str, Any]:
    return {
        "breakdown": row["breakdown"],
        "name": _named(row),
        "title": whole["title"],
        "number": notes.number(row),
        "whole": notes.number(whole),
        "verdict": _verdict(row, whole),
    }


def _named(row: Row) -> str:
    return "none" if row["breakdown_value"] == "(none)" else row["breakdown_value"]


def _verdict(row: Row, whole: Row) -> str:
    if not charts.stands_out(row, whole["value"]):
        return "within noise"
    is_better = (row["value"] > whole["value"]) == (whole["better"] == "higher")
    return "better than the whole" if is_better else "worse than the whole"


def _failed(row: Row) -> int:
    """Cases that failed: those that a rate counts, or the others if more is better."""
    if row["numerator"] is None or row["denominator"] is None:
        return 0
    return round(row["denominator"] - row["numerator"] if row["better"] == "higher" else row["numerator"])


def _failing(whole: Row) -> str:
    return "came back" if whole["metric"].startswith("came_back") else "not resolved"


def _contribution(whole: Row) -> Any:
    if whole["statistic"] == "rate":
        return lambda row: (-_failed(row), row["breakdown_value"])
    return lambda row: (-row["n"], row["breakdown_value"])
