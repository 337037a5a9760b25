"""What the page is made of, read once: a publication's headlines, figures and comparisons as of one week."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from auditlib.pages import numbers
from auditlib.pages.beside import Counterweights
from auditlib.pages.controls import Controls
from auditlib.pages.listing import Whole
from auditlib.store import showing

Row = Mapping[str, Any]
PARTS_OF_WEEKS = 18
"""How many weeks back teams and topics are looked up: rates that mature late stand a few weeks behind, and
where weeks have few cases a month stands in."""
PERIODS = ("week", "month")


class NoSuchWeek(Exception):
    """A week that the page cannot speak of; the message says which it can."""


class Published:
    """The figures of a publication, as the page of one week shows them."""

    def __init__(self, c: Any, asked: datetime.date | None, day: str) -> None:
        order = ("period_start", "position")
        headlines = [row for row in showing.rows(c, "headlines", order) if row["period"] in PERIODS]
        self.week, self.until = _week(headlines, asked, day)
        self.headlines = [row for row in headlines if row["period_end"] <= self.until or asked is None]
        self.names = list(dict.fromkeys(row["metric"] for row in self.headlines))
        self.scorecard = _scorecard(c, self.week, self.until if asked else None)
        self.by_ticket = [row for row in self.scorecard if row["weighting"] == "ticket"]
        self.of_week = [row for row in self.scorecard if row["period_start"] == self.week and row["period"] == "week"]
        self.whole = Whole(self.scorecard, self.until)
        self.definitions = showing.rows(c, "definitions", ("metric",))
        charts = showing.rows(c, "control_charts")
        self.controls = Controls(charts, showing.rows(c, "signals"))
        self.without_chart = sum(row["state"] == "none" for row in charts)
        self.beside = Counterweights(showing.rows(c, "integrity", order), self.definitions, self.whole)

    @property
    def period(self) -> str:
        """The week in words."""
        return next((numbers.period(row) for row in self.headlines if row["period_start"] == self.week), "")

    @property
    def weeks(self) -> list[str]:
        """The Mondays of the weeks that are over."""
        return sorted({row["period_start"] for row in _over(self.headlines)})

    def judged(self) -> list[Row]:
        """Each target with the newest figure that it judges; where weeks have too few cases, a month."""
        newest: dict[tuple, Row] = {}
        for row in sorted(self.by_ticket, key=lambda row: (row["period_end"], row["period"])):
            if row["target"] is not None and row["value"] is not None and row["period_end"] <= self.until:
                newest[row["metric"], row["statistic"], row["breakdown"], row["breakdown_value"]] = row
        return [row for _, row in sorted(newest.items()) if row["breakdown"] in ("all", "segment", "team")]


def weeks_before(day: str, weeks: int) -> str:
    """The day so many weeks before another."""
    return (datetime.date.fromisoformat(day) - datetime.timedelta(weeks=weeks)).isoformat()


def _week(headlines: Sequence[Row], asked: datetime.date | None, day: str) -> tuple[str, str]:
    """The first and the last day of the week that the page speaks of."""
    over = {row["period_start"]: row["period_end"] for row in _over(headlines)}
    if asked is not None and asked.isoformat() not in over:
        known = f"published are {min(over)} to {max(over)}" if over else "none is over yet"
        raise NoSuchWeek(f"the week from {asked} is not over, or nothing was published of it; of Mondays, {known}")
    week = asked.isoformat() if asked else max(over, default=day)
    return week, over.get(week, day)


def _over(headlines: Sequence[Row]) -> list[Row]:
    return [row for row in headlines if row["is_over"] == "yes" and row["period"] == "week"]


def _scorecard(c: Any, week: str, until: str | None) -> list[Row]:
    """The whole and the segments of every week and month, and the parts of the last; `until` leaves out later ones."""
    found: list[Row] = []
    since = ("period_start", weeks_before(week, PARTS_OF_WEEKS))
    for period in PERIODS:
        order = ("period_start", "breakdown_value")
        for row in showing.rows(c, "scorecard", (*order, "segment"), breakdown="all", period=period):
            parted = {"breakdown": "segment", "breakdown_value": row["segment"]}
            found.append(row if row["segment"] == "all" else {**row, **parted})
        equal = dict[str, Any](period=period, segment="all", weighting="ticket", breakdown_2="")
        found += [row for row in showing.rows(c, "scorecard", order, since, **equal) if row["breakdown"] != "all"]
    return [row for row in found if until is None or row["period_end"] <= until]
