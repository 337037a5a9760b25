"""The footnotes of a page: every number that it shows, with the query that lists what it was made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from auditlib.pages import numbers

QUERY = "SELECT * FROM evidence WHERE figure_id = '{}'"


@dataclass(frozen=True)
class Number:
    """A figure as the page shows it: in words, with its interval, its definition and its footnote."""

    text: str
    interval: str
    metric: str
    note: int
    query: str


@dataclass
class Footnotes:
    """Collects what a page cites, in the order in which it is cited."""

    cited: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    metrics: set[str] = field(default_factory=set)

    def number(self, row: Mapping[str, Any]) -> Number:
        """A figure of the scorecard or the headlines, with a footnote of its own."""
        cell = (row.get("breakdown_value"), row.get("breakdown_value_2"), _weighting(row))
        told = {
            "title": row["title"],
            "statistic": row["statistic"],
            "cell": ", ".join(filter(None, cell)),
            "period": numbers.period(row),
        }
        return self._cite(
            numbers.value(row), numbers.interval(row), row["metric"], QUERY.format(row["figure_id"]), told
        )

    def counted(self, text: str, metric: str, title: str, query: str, period: str) -> Number:
        """What a view counts, with the query that lists it; the metric is the one whose definition says how."""
        told = {"title": title, "statistic": "count", "cell": "", "period": period}
        return self._cite(text, "", metric, query, told)

    def listed(self) -> list[dict[str, Any]]:
        """Every footnote: what it says, of when and whom, and its query."""
        return [{"note": note, **told} for note, told in enumerate(self.cited.values(), start=1)]

    def _cite(self, text: str, interval: str, metric: str, query: str, told: dict[str, str]) -> Number:
        self.cited.setdefault(query, {**told, "metric": metric, "value": text, "query": query})
        self.metrics.add(metric)
        return Number(text, interval, metric, [*self.cited].index(query) + 1, query)


def _weighting(row: Mapping[str, Any]) -> str:
    return "each customer once" if row.get("weighting") == "customer" else ""
