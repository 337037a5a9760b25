"""What stands beside a headline: the figure that gets worse if the headline is improved on paper only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from auditlib.pages import numbers
from auditlib.pages.evidence import Footnotes
from auditlib.pages.listing import Whole

Row = Mapping[str, Any]
CLOSER = "look closer"
STATISTICS = ("rate", "per_100", "p90", "p50", "standing", "count")
"""Which statistic of a counter-metric is shown where nobody has paired it: the first that there is."""
MOST = 2


class Counterweights:
    """Each headline's counter-metrics: those of the view `integrity`, else the one that its definition names."""

    def __init__(self, pairs: Sequence[Row], definitions: Sequence[Row], whole: Whole) -> None:
        self.whole = whole
        self.pairs: dict[tuple[str, str], dict[tuple[str, str], None]] = {}
        for row in pairs:
            counter = (row["counter_metric"], row["counter_statistic"])
            self.pairs.setdefault((row["metric"], row["statistic"]), {})[counter] = None
        self.closer = [row for row in pairs if row["reading"] == CLOSER]
        self.named = {row["metric"]: row["counter_metric"] for row in definitions if row["counter_metric"]}

    def of(self, headline: Row, notes: Footnotes) -> list[dict[str, Any]]:
        """The counterweights of a figure in its own period, those that have a value."""
        found: dict[str, Row] = {}
        for metric, statistic in self._counters(headline):
            row = self._in(headline, metric, statistic)
            if row is not None and row["value"] is not None:
                found.setdefault(metric, row)
        return [_told(row, notes) for row in [*found.values()][:MOST]]

    def flatters(self, week: str, notes: Footnotes) -> list[dict[str, Any]]:
        """Headlines that got better in a week while what weighs against them got worse."""
        rows = [row for row in self.closer if row["period_start"] == week]
        shown = {row["figure_id"]: row for series in self.whole.series.values() for row in series}
        return [
            {
                "title": row["title"],
                "number": notes.number(shown[row["figure_id"]]),
                "counter": row["counter_title"],
                "counter_number": notes.number(shown[row["counter_figure_id"]]),
                "game": row["game"],
            }
            for row in rows
            if row["figure_id"] in shown and row["counter_figure_id"] in shown
        ]

    def _counters(self, headline: Row) -> list[tuple[str, str]]:
        paired = self.pairs.get((headline["metric"], headline["statistic"]), {})
        name = self.named.get(headline["metric"])
        return [*paired] or [(name, statistic) for statistic in STATISTICS if name]

    def _in(self, headline: Row, metric: str, statistic: str) -> Row | None:
        series = self.whole.series.get((metric, statistic, headline["period"]), [])
        return next((row for row in series if row["period_start"] == headline["period_start"]), None)


def checks(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Traces of figures that were improved on paper only, as the view `integrity_checks` counts them."""
    return [
        {
            "sign": row["sign"],
            "is_measured": row["state"] == "measured",
            "state": row["state"],
            "told": f"{row['cases']} of {row['among']}" if row["state"] == "measured" else "",
            "share": f"{100 * row['share']:.1f} %" if row["share"] is not None else "",
            "otherwise": f"{100 * row['share_otherwise']:.1f} %" if row["share_otherwise"] is not None else "",
        }
        for row in rows
    ]


def _told(row: Row, notes: Footnotes) -> dict[str, Any]:
    return {
        "title": row["title"],
        "lead": numbers.STATISTICS.get(row["statistic"], ""),
        "number": notes.number(row),
        "change": "unchanged" if row["changed_beyond_noise"] == "no" else numbers.change(row),
    }
