"""Figures of the whole in a few lines each: value, interval, cases, and the same with each customer counted once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from auditlib.pages import numbers
from auditlib.pages.evidence import Footnotes

Row = Mapping[str, Any]


class Whole:
    """The figures that are not broken down, each with its weeks and months that were over by a day.

    `once` has the same figures with each customer counted once, by the figure's cell.
    """

    def __init__(self, rows: Sequence[Row], until: str) -> None:
        self.series: dict[tuple[str, str, str], list[Row]] = {}
        self.once: dict[tuple[str, ...], Row] = {}
        for row in rows:
            if row["breakdown"] != "all" or row["period_end"] > until:
                continue
            if row["weighting"] == "ticket":
                self.series.setdefault((row["metric"], row["statistic"], row["period"]), []).append(row)
            elif row["weighting"] == "customer":
                self.once[_cell(row)] = row

    def newest(self, metric: str, statistic: str) -> Row | None:
        """The newest week or month of a figure that has a value; of two that end together the week."""
        told = [
            row
            for period in ("month", "week")
            for row in self.series.get((metric, statistic, period), [])
            if row["value"] is not None
        ]
        return max(told, key=lambda row: (row["period_end"], row["period"]), default=None)

    def of(self, period: Row) -> dict[str, Row]:
        """Metric → its rate in one week or month."""
        rates = [
            row
            for (_, statistic, kind), rows in self.series.items()
            if statistic == "rate" and kind == period["period"]
            for row in rows
        ]
        return {row["metric"]: row for row in rates if row["period_start"] == period["period_start"]}


def listing(whole: Whole, metrics: Iterable[str], week: str, notes: Footnotes) -> list[dict[str, Any]]:
    """These metrics in this order, each statistic that has a value with the newest period that gave it one."""
    statistics = sorted({(metric, statistic) for metric, statistic, _ in whole.series})
    found = []
    for name in metrics:
        rows = [whole.newest(metric, statistic) for metric, statistic in statistics if metric == name]
        found += [_line(row, whole, week, notes) for row in rows if row is not None]
    return found


def _line(row: Row, whole: Whole, week: str, notes: Footnotes) -> dict[str, Any]:
    once = whole.once.get(_cell(row))
    return {
        "title": row["title"],
        "metric": row["metric"],
        "lead": numbers.STATISTICS.get(row["statistic"], ""),
        "number": notes.number(row),
        "once": notes.number(once) if once is not None and once["value"] is not None else None,
        "n": row["n"],
        "change": "within noise" if row["changed_beyond_noise"] == "no" else numbers.change(row),
        "period": "" if row["period_start"] == week and row["period"] == "week" else numbers.period(row),
    }


def _cell(row: Row) -> tuple[str, ...]:
    return row["metric"], row["statistic"], row["period"], row["period_start"]
