"""After the figures of a night: which series moved beyond their noise, and what a changed mix explains."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import pandas as pd

from auditlib.config import Config
from auditlib.figures import charts, decomposed, parity
from auditlib.metric import HEADLINES, facts
from auditlib.pipeline import fairness
from auditlib.pipeline.setting import Setting
from auditlib.store import comparing as stored
from auditlib.store import engine, runs
from auditlib.store.runs import Run

CHARTED = ("all", "team")
SERIES = ["metric", "statistic", "breakdown", "breakdown_value"]


def write_comparisons(setting: Setting, run: Run) -> int:
    """Charts, signals, mix shifts and fairness of what a night changed; gives how many signals hold of it.

    A past night's own line compares nothing. Cheap on most nights: only a mature week that is new or was
    restated is a point, and mature weeks come once a week.
    """
    if not run.is_night:
        return 0
    breakdowns = {*CHARTED, setting.config.figures.mix_by}
    with engine.reading(setting.store.engine) as c:
        last = runs.last_published(c, before=run.run)
        is_anew = last is None or (last.config_hash, last.definitions) != (run.config_hash, run.definitions)
        metrics = None if is_anew else stored.moved(c, run, breakdowns)
    count = 0 if metrics is not None and not metrics else _weekly(setting, run, breakdowns, metrics)
    is_restated = metrics is None or any(outcome.figure in metrics for outcome in parity.OUTCOMES)
    fairness.write_fairness(setting, run, is_anew or is_restated)
    return count


def _weekly(setting: Setting, run: Run, breakdowns: Collection[str], metrics: Collection[str] | None) -> int:
    former = {figure.name for of in setting.metrics.values() for m in of.values() for figure in facts(m).figures
              if facts(m).is_former}  # fmt: skip
    with engine.reading(setting.store.engine) as c:
        figures = stored.weekly(c, run, breakdowns, metrics)
        held = stored.charts(c)
    # Nobody is asked to act on what a former definition says.
    figures = figures[~figures.metric.isin(former)]
    judged = list(_judged(setting.config, figures, held))
    found = [series | chart.chart for series, chart in judged]
    told = [series | signal for series, chart in judged for signal in chart.signals]
    shifts = list(_shifts(setting.config, figures))
    with engine.writing(setting.store.engine) as c:
        for rows, table in ((found, stored.CHARTS), (told, stored.SIGNALS), (shifts, stored.MIX)):
            stored.keep(c, run, pd.DataFrame(rows), table, metrics)
    return len(told)


def _judged(
    config: Config, figures: pd.DataFrame, held: pd.DataFrame
) -> Iterator[tuple[dict[str, Any], charts.Judged]]:
    """Each series, or stretch of one, with its chart."""
    known = {tuple(row[name] for name in (*SERIES, "begins")): row for row in held.to_dict("records")}
    points = figures[figures.breakdown.isin(CHARTED) & charts.can_be_charted(figures)]
    for key, series in points.groupby(SERIES, sort=True):
        # Weeks that an older definition counted are no points of today's line.
        mine = series[series.version == series.version.iloc[-1]]
        series_of = dict(zip(SERIES, key, strict=True))
        for begins, why, stretch in _stretches(config, series_of, mine):
            if len(stretch):
                chart = charts.judged(stretch, known.get((*key, begins)), why)
                yield series_of | {"begins": begins}, chart


def _stretches(
    config: Config, of: dict[str, Any], points: pd.DataFrame
) -> Iterator[tuple[str, str | None, pd.DataFrame]]:
    """The parts of a series that have a baseline of their own: the first, and one from each [[baseline]] on."""
    anew = {
        one.since.isoformat(): f"{one.why} ({one.by})"
        for one in config.baselines
        if one.metric == of["metric"]
        and (one.team is None or (of["breakdown"], of["breakdown_value"]) == ("team", one.team))
    }
    if not anew:
        yield "", None, points
        return
    starts = ["", *sorted(anew)]
    for begins, until in zip(starts, [*starts[1:], "9999"], strict=True):
        within = (points.period_start >= begins) & (points.period_start < until)
        yield begins, anew.get(begins), points[within]


def _shifts(config: Config, figures: pd.DataFrame) -> Iterator[dict[str, Any]]:
    rates = figures[figures.metric.isin(HEADLINES) & (figures.statistic == "rate")]
    for _, of_metric in rates.groupby("metric", sort=True):
        yield from decomposed.shifts(of_metric, config.figures.mix_by, config.figures.min_n)
