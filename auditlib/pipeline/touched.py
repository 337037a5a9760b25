"""What of the figures may be another tonight: the periods in which something changed, came due, or still runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd

from auditlib.figures import periods
from auditlib.figures.cells import EVERY
from auditlib.figures.periods import ONE, PERIODS
from auditlib.metric import Figure, Metric, facts
from auditlib.pipeline.setting import Setting, seconds
from auditlib.store import engine, measures, moved, runs
from auditlib.store.engine import Connection
from auditlib.store.runs import Run

MONDAY = 0


@dataclass(frozen=True)
class Touched:
    """Periods that are computed, figure by figure; everything, where nothing narrower is certain.

    days: on which a unit that changed lies; waiting: duration → days of what still waits by it;
    since, until: the days as of which figures were last known in full, and are now; settled: the days up to
    which they were mature, then and now.
    """

    is_everything: bool
    ends_a_week: bool
    days: np.ndarray = field(default_factory=lambda: np.zeros(0, "datetime64[D]"))
    waiting: Mapping[str, np.ndarray] = field(default_factory=dict)
    since: np.datetime64 | None = None
    until: np.datetime64 | None = None
    settled: tuple[np.datetime64, np.datetime64] | None = None
    figures: Mapping[str, tuple[Metric, Figure]] = field(default_factory=dict)
    names: frozenset[str] | None = None
    chosen: Mapping[str, Mapping[str, np.ndarray]] | None = None
    parts: frozenset[str] = frozenset()
    """By what they are broken down beside what audit.toml names: figures of another day may know other parts."""
    families: Sequence = ()

    def wants(self, figure: Figure) -> bool:
        """Whether a figure is asked for at all."""
        return self.names is None or figure.name in self.names

    def periods(self, metric: Metric, figure: Figure) -> dict[str, np.ndarray] | None:
        """First days of the periods of a figure that are computed; None for all."""
        if self.is_everything and self.chosen is None:
            return None
        if self.chosen is not None:
            nothing = np.zeros(0, "datetime64[D]")
            return {period: self.chosen.get(figure.name, {}).get(period, nothing) for period in PERIODS}
        return {period: self._starts(metric, figure, period) for period in PERIODS}

    def _starts(self, metric: Metric, figure: Figure, period: str) -> np.ndarray:
        waits = self.waiting.get(figure.column, np.zeros(0, "datetime64[D]"))
        days = np.concatenate([self._common, waits])
        if period == "day" and not figure.stands:
            days = _with_their_weeks(days)  # of which they are parts
        return np.unique(periods.starts(period, days))

    @cached_property
    def _common(self) -> np.ndarray:
        """Days whose periods are computed of every figure: what one of them hides there, the others may have to."""
        assert self.since is not None
        assert self.until is not None
        # Periods that were running, or not over, when figures were last known in full.
        running = np.arange(self.since - ONE, self.until)
        of = {(metric.matures_after_days, bool(f.provisional_from)) for metric, f in self.figures.values()}
        return np.unique(np.concatenate([self.days, running, *(self._matured(*each) for each in of)]))

    def _matured(self, after_days: int, is_estimated: bool) -> np.ndarray:
        """Days whose windows are over since then, or whose share is estimated until they are."""
        assert self.until is not None
        assert self.settled is not None
        first = self.settled[0] - (after_days + 2) * ONE
        # Estimated until then: nobody's waiting tells anything of a period that is settled.
        return np.arange(first, self.until if after_days and is_estimated else self.settled[1] - after_days * ONE)

    def decided(self) -> dict[str, np.ndarray] | None:
        """First days of the periods of which every figure is computed; None for all."""
        if self.is_everything and self.chosen is None:
            return None
        days = np.zeros(0, "datetime64[D]") if self.chosen is not None else self._common
        found = {period: np.unique(periods.starts(period, days)) for period in PERIODS}
        return found | {"day": _with_their_weeks(days)}

    def starts_and_neighbours(self) -> list[str] | None:
        """First days of all periods that are computed, and of those before and after them; None for all."""
        if self.is_everything and self.chosen is None:
            return None
        found: set[str] = set()
        for metric, figure in self.figures.values():
            for period in figure.periods:
                first = (self.periods(metric, figure) or {})[period]
                for by in (-1, 0, 1):
                    found.update(np.datetime_as_string(periods.after(period, first, by), unit="D").tolist())
        return sorted(found)

    def covers(self, rows: pd.DataFrame) -> np.ndarray:
        """Which figures are computed again, so that one that is not found any more is over."""
        if self.is_everything:
            return np.ones(len(rows), bool)
        start = rows.period_start.to_numpy(object).astype("datetime64[D]")
        found = np.zeros(len(rows), bool)
        for (name, period), of in rows.groupby(["metric", "period"]).indices.items():
            if name in self.figures:
                found[of] = np.isin(start[of], (self.periods(*self.figures[name]) or {})[period])
        return found

    def narrowed(self, rows: pd.DataFrame) -> Touched:
        """Only the periods of these figures."""
        chosen: dict[str, dict[str, np.ndarray]] = {}
        for (name, period), of in rows.groupby(["metric", "period"]):
            chosen.setdefault(str(name), {})[str(period)] = np.unique(
                of.period_start.to_numpy(object).astype("datetime64[D]")
            )
        parts = {*rows.breakdown, *rows.breakdown_2} - {EVERY, ""}
        return replace(self, names=frozenset(chosen), chosen=chosen, parts=frozenset(parts))

    def tickets(self, c: Connection, run: Run) -> np.ndarray | None:
        """Tickets that may have a unit in one of these periods; None for all."""
        if self.is_everything and self.chosen is None:
            return None
        spans: list[tuple[str, str]] = []
        for metric, figure in self.figures.values():
            if self.wants(figure):
                for period in figure.periods:
                    first = (self.periods(metric, figure) or {})[period]
                    spans += zip(_texts(first), _texts(periods.ends(period, first)), strict=True)
        return moved.tickets_within(c, run, self.families, _united(spans))


def everything(setting: Setting, ends_a_week: bool = True) -> Touched:
    """All periods of all figures."""
    figures = {
        figure.name: (facts(module), figure)
        for modules in setting.metrics.values()
        for module in modules.values()
        for figure in facts(module).figures
    }
    return Touched(True, ends_a_week, figures=figures, families=measures.tables(setting.metrics))


def since(setting: Setting, run: Run, last: Run | None) -> Touched:
    """What may be another in a run than when figures were last known in full: at the end of the week before."""
    day = setting.local_day(seconds(run.as_of))
    ends_a_week = day.weekday() == MONDAY
    whole = everything(setting, ends_a_week)
    if last is None:
        return whole
    anchor = _anchor(setting, run)
    if anchor is None or _is_another_audit(setting, run, last) or _is_another_audit(setting, run, anchor):
        return whole
    with engine.reading(setting.store.engine) as c:
        days = moved.days(c, run, anchor, whole.families)
        waiting = moved.waiting_days(c, run, _durations(setting))
        then, now = (min(runs.cuts(c, r.run).values(), default=0) for r in (anchor, run))
    return Touched(
        False,
        ends_a_week,
        days,
        waiting,
        since=np.datetime64(setting.local_day(seconds(anchor.as_of))),
        until=np.datetime64(day),
        settled=(np.datetime64(setting.local_day(then)), np.datetime64(setting.local_day(now))),
        figures=whole.figures,
        families=whole.families,
    )


def _durations(setting: Setting) -> list[tuple[moved.Table, str, str]]:
    """Table, duration and basis of every figure that is made of durations."""
    return [
        (measures.table(family, modules), figure.column, facts(module).date_basis)
        for family, modules in setting.metrics.items()
        for module in modules.values()
        for figure in facts(module).figures
        if facts(module).unit == "minutes"
    ]


def _anchor(setting: Setting, run: Run) -> Run | None:
    """The latest night that published its parts whatever their number: one that ended a week, or the first."""
    with engine.reading(setting.store.engine) as c:
        nights = moved.nights(c, run)
        for number, as_of in nights:
            if setting.local_day(seconds(as_of)).weekday() == MONDAY:
                return runs.get(c, number)
        return runs.get(c, nights[-1][0]) if nights else None


def _is_another_audit(setting: Setting, run: Run, before: Run) -> bool:
    """Whether rules, definitions or sources are others: then every figure may be another."""
    if (run.config_hash, run.definitions) != (before.config_hash, before.definitions):
        return True
    with engine.reading(setting.store.engine) as c:
        one, other = ({n: (s.state in runs.GOOD, s.loaded_since) for n, s in runs.sources(c, r.run).items()}
                      for r in (run, before))  # fmt: skip
        return one != other or moved.code_version(c, run) != moved.code_version(c, before)


def _with_their_weeks(days: np.ndarray) -> np.ndarray:
    """All days of the weeks in which these lie."""
    monday = np.unique(periods.starts("week", days))
    return (monday[:, None] + np.arange(7)).ravel()


def _texts(days: np.ndarray) -> list[str]:
    return np.datetime_as_string(days, unit="D").tolist()


def _united(spans: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Spans of days, first and last, that overlap nowhere."""
    found: list[tuple[str, str]] = []
    for first, last in sorted(set(spans)):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found
