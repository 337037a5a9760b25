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
        figure = row["figure_id"]
        self.cited.setdefault(figure, row)
        self.metrics.add(row["metric"])
        note = [*self.cited].index(figure) + 1
        return Number(numbers.value(row), numbers.interval(row), row["metric"], note, QUERY.format(figure))

    def listed(self) -> list[dict[str, Any]]:
        """Every footnote: what it says, of when and whom, and its query."""
        return [
            {
                "note": note,
                "title": row["title"],
                "metric": row["metric"],
                "statistic": row["statistic"],
                "cell": " · ".join(filter(None, (row.get("breakdown_value"), row.get("breakdown_value_2")))),
                "period": numbers.period(row),
                "value": numbers.value(row),
                "n": row["n"],
                "version": row["definition_version"],
                "query": QUERY.format(figure),
            }
            for note, (figure, row) in enumerate(self.cited.items(), start=1)
        ]
