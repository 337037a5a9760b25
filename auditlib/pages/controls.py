"""What the control charts say of a series that the page draws: its limits, and which of its weeks are signals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from auditlib.figures import charts as judged
from auditlib.pages.charts import Limits

Row = Mapping[str, Any]
SERIES = ("metric", "statistic", "breakdown", "breakdown_value")


class Controls:
    """The control charts and the signals of a publication."""

    def __init__(self, charts: Sequence[Row], signals: Sequence[Row]) -> None:
        self.signals = {(*_series(row), row["period_start"]): row for row in signals}
        self.charts: dict[tuple[str, ...], list[Row]] = {}
        for row in sorted(charts, key=lambda row: row["begins"]):
            if row["state"] != judged.NONE:
                self.charts.setdefault(_series(row), []).append(row)

    def signal(self, row: Row) -> Row | None:
        """The signal that a figure of a week is; None where it is noise, or a month."""
        return self.signals.get((*_series(row), row["period_start"])) if row["period"] == "week" else None

    def limits(self, rows: Sequence[Row]) -> Limits | None:
        """The limits of a weekly series in the order of time; None where no week has any."""
        lower: list[float | None] = [None] * len(rows)
        upper: list[float | None] = [None] * len(rows)
        for place, row in enumerate(rows):
            chart = self._chart(row)
            if chart is not None and _can_be_judged(row, chart):
                limits = judged.limits(pd.DataFrame([dict(row)]), chart)
                lower[place], upper[place] = float(limits.lower[0]), float(limits.upper[0])
        if all(each is None for each in upper):
            return None
        signals = [self.signal(row) for row in rows]
        return Limits(lower, upper, [signal["rule"] if signal else None for signal in signals])

    def _chart(self, row: Row) -> Row | None:
        """The newest chart that had begun by a week."""
        if row["period"] != "week":
            return None
        begun = [chart for chart in self.charts.get(_series(row), []) if chart["begins"] <= row["period_start"]]
        return begun[-1] if begun else None


def _can_be_judged(row: Row, chart: Row) -> bool:
    is_same = row["definition_version"] == chart["definition_version"]
    return is_same and row["value"] is not None and (chart["kind"] not in judged.RATES or bool(row["denominator"]))


def _series(row: Row) -> tuple[str, ...]:
    # A segment's row of the scorecard carries its segment as its breakdown here; charts know wholes and teams only.
    return tuple(row[name] for name in SERIES)
