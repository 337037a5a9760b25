"""What a metric says of itself."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

LEGS = ("attitude", "process", "outcome")
UNITS = ("minutes", "share", "count", "word", "moment", "ticket")
BASES = ("created", "replied", "solved", "judged", "opened", "made", "due", "offered", "rated", "applied")
# Each unit beside the ticket is a verb of the timelines (turn: `t.turns`) and has its keys in store/family_tables.py.
OF = ("ticket", "turn", "promise", "target", "rating", "spell")
MOMENTS = ("created", "reply", "solve", "judged_solve", "chase")
HEADLINES = (
    "tickets_created", "first_reply_business_minutes", "customer_wait_minutes", "backlog", "strict_resolution_rate",
    "say_do_gap", "came_back_rate_7d", "chasers_per_100_tickets",
)  # fmt: skip
"""What leaders read first: broken down by everything that audit.toml names, and weighted by customer too."""
WEIGHTINGS = ("ticket", "one_per_ticket", "customer")
PERIODS = ("week", "month", "day")
PARTS = ("team", "source", "segment")
"""By what every figure is broken down, if audit.toml names it."""
STATISTICS = ("count", "distinct", "standing", "rate", "per_100", "p50", "p75", "p90")


class MetricError(Exception):
    """A metric's file says something that cannot be; the message tells its author what would be right."""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure that a metric is published as."""

    name: str
    """The metric's name in the scorecard, such as first_reply_business_minutes or one_touch_rate."""
    column: str
    """The measure that it is made of."""
    statistics: tuple[str, ...]
    """p50, p75, p90 of durations; rate of shares, or of counts that reach `at_least`; count (the sum) of
    either; per_100 (the sum for each hundred units); distinct (customers whose units these are); standing
    (spells that are open at a period's end)."""
    title: str
    better: str
    """lower, higher or neither."""
    at_least: int = 1
    """From which count on a unit counts in the rate: 3 for *three chasers or more*."""
    fewest: int = 0
    """Of how many units a rate is shown; of fewer, such as surveys, it says too little."""
    periods: tuple[str, ...] = ("week", "month")
    """week, month, day. Days are shown as a whole and by source only."""
    breakdowns: tuple[str, ...] | None = None
    """Those of audit.toml by which it is broken down; by default all for a headline, otherwise team, source and
    segment. A pair is shown if both of its names are here."""
    weightings: tuple[str, ...] | None = None
    """What counts once: ticket (every unit of the metric: a ticket, a turn …), one_per_ticket (where a ticket has
    several units: every ticket), customer. By default ticket, and customer too for a headline."""
    provisional_from: str | None = None
    """A duration of the same family, on the calendar, from the moment by which the metric is dated until what the rate
    counts happens, as far as all sources are known: from it weeks whose window is not over are estimated by Kaplan and
    Meier, instead of being left out."""
    window_minutes: float | None = None
    """The window of `provisional_from`."""
    provisional_is: str = "ended"
    """Whether the rate counts what has `ended` within the window, or what is `lasting`."""

    def __post_init__(self) -> None:
        unknown = [name for name in self.statistics if name not in STATISTICS]
        if unknown or not self.statistics:
            raise MetricError(f"{self.name}: statistics {unknown}; they can be {', '.join(STATISTICS)}")
        for what, told, known in (("periods", self.periods, PERIODS), ("weightings", self.weighted_by, WEIGHTINGS)):
            if set(told) - set(known):
                raise MetricError(f"{self.name}: {what} are {told}; they can be {', '.join(known)}")
        if self.provisional_from and not self.window_minutes:
            raise MetricError(f"{self.name}: provisional_from needs window_minutes, the length of the window")
        if self.stands and set(self.statistics) != {"standing"}:
            raise MetricError(f"{self.name}: what stands at a period's end has the statistic standing alone")

    @property
    def stands(self) -> bool:
        """Whether it is a stock at a period's end."""
        return "standing" in self.statistics

    @property
    def weighted_by(self) -> tuple[str, ...]:
        """The weightings by which it is published."""
        return self.weightings or (("ticket", "customer") if self.name in HEADLINES else ("ticket",))

    def is_broken_down(self, names: tuple[str, ...], period: str) -> bool:
        """Whether it is published by a breakdown, or a pair of two, of audit.toml for a length of period."""
        if period == "day":
            return names == ("source",)
        wanted = (None if self.name in HEADLINES else PARTS) if self.breakdowns is None else self.breakdowns
        if names == ("agent",):
            return self.breakdowns is None or "agent" in self.breakdowns
        if period == "month" and len(names) > 1:
            return False
        return wanted is None or set(names) <= set(wanted)


@dataclass(frozen=True, kw_only=True)
class Metric:
    """The facts of a metric. The formula is the function `value` beside it, the page its docstring."""

    title: str
    leg: str
    unit: str
    """minutes (`value` gives a Span), share or count (numbers, NaN for NULL), word (strings, None for NULL),
    moment (seconds, NEVER for NULL), ticket (surrogates of other tickets, 0 for NULL)."""
    columns: Mapping[str, Mapping[str, Any]]
    """Measure → what `value` is called with for it, such as {"clock": "business"}."""
    figures: tuple[Figure, ...]
    date_basis: str
    """Which moment puts it into a week: created, replied, solved; or one of the unit's own, such as opened."""
    attributed_at: str
    """Whose team it is charged to: the one that had it at created, reply, solve, judged_solve or (first) chase."""
    owner: str
    checked_by: str
    review_by: datetime.date
    version: str = "1.0.0"
    previous: str | None = None
    """The version before, which runs beside this one for a while: its formula is the function `previous`."""
    is_former: bool = False
    """Whether this is such a former version itself."""
    of: str = "ticket"
    """What one value belongs to: ticket, turn, promise …; the same in a whole family."""
    needs: tuple[str, ...] = ()
    """Capabilities without which a source's tickets are unmeasurable."""
    without_history: bool = False
    """Whether the formula itself says what is known of tickets without a history; otherwise they are NULL."""
    matures_after_days: int = 0
    counter_metric: str | None = None
    """What gets worse when this is improved on paper only."""
    sentences: Mapping[str, str] = field(default_factory=dict)
    """Measure → the sentence of the data dictionary, where the title and the clock do not say it all."""
    expectations: tuple[Mapping[str, Any], ...] = ()
    """Rules of the gate for these columns, in Great Expectations' words, with id and notes."""

    def __post_init__(self) -> None:
        for what, value, known in (
            ("leg", self.leg, LEGS),
            ("unit", self.unit, UNITS),
            ("date_basis", self.date_basis, BASES),
            ("attributed_at", self.attributed_at, MOMENTS),
            ("of", self.of, OF),
        ):
            if value not in known:
                raise MetricError(f"{self.title}: {what} is {value!r}; it can be {', '.join(known)}")
        if self.previous == self.version:
            raise MetricError(f"{self.title}: version and previous are both {self.version}; raise the version")
        for figure in self.figures:
            if figure.column not in self.columns:
                raise MetricError(f"{self.title}: the figure {figure.name} rests on {figure.column!r}, no column of it")

    def sentence(self, column: str) -> str:
        """What a column holds, in one sentence."""
        clock = self.columns[column].get("clock")
        on = {
            "business": " in business minutes",
            "promised": " in promised minutes",
            "calendar": " in minutes",
        }
        return self.sentences.get(column, f"{self.title}{on.get(clock or '', '')}.")


def facts(module: ModuleType) -> Metric:
    """The METRIC of a metric's module; a module without one, or without `value`, is refused."""
    metric = getattr(module, "METRIC", None)
    if not isinstance(metric, Metric) or not callable(getattr(module, "value", None)):
        raise MetricError(f"{module.__file__} needs METRIC = Metric(…) and a function value(t, …)")
    if bool(metric.previous) != callable(getattr(module, "previous", None)):
        right = "name the version in METRIC as previous, and keep its formula as the function previous(t, …)"
        raise MetricError(f"{module.__file__} has only half of its former definition; {right}")
    if not module.__doc__:
        raise MetricError(f"{module.__file__} needs a docstring: it is the page that leaders read")
    return metric
