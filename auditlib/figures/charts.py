"""The control chart of one weekly series: its frozen baseline, and which of its weeks are signals.

The first twenty weeks that cannot change by themselves any more are the baseline. Its centre and its spread
are computed once, out of figures that are kept forever, and judge every later week; from twelve weeks on there
is a provisional one. Another baseline takes over only where audit.toml says so, or the definition or the rules
are others, and says why.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from auditlib.figures import signals
from auditlib.figures.estimates import COUNTS, PERCENTILES

FROZEN, PROVISIONAL, NONE = "frozen", "provisional", "none"
LOGARITHMS = "XmR of logarithms"
RATES = ("p", "p′")
KEPT = ("definition_version", "rule_version")
"""What a frozen baseline belongs to: with another of them it is computed anew."""
BASELINE = ("state", "lacking", "kind", "centre", "spread", "points", "baseline_from", "baseline_to", "figures")


@dataclass(frozen=True)
class Judged:
    """A chart as a row of the store, and a row for each week that is a signal."""

    chart: dict[str, Any]
    signals: list[dict[str, Any]]


def judged(points: pd.DataFrame, held: Mapping[str, Any] | None, why: str | None = None) -> Judged:
    """The chart of one series: mature weeks in order of time, all of one statistic and definition.

    `points` has figure_id, period_start, statistic, version, value, numerator and denominator. `held` is the chart
    that the store has of it, `why` the reason that audit.toml gives for a baseline that begins with these points.
    """
    of = {"definition_version": str(points.version.iloc[-1]), "rule_version": signals.RULES_VERSION}
    is_same = held is not None and all(held[name] == of[name] for name in KEPT)
    chart = of | {"reason": why if held is None else held["reason"] if is_same else _reason(held, of, why)}
    if held is not None and is_same and held["state"] == FROZEN:
        chart |= {name: held[name] for name in BASELINE}
    else:
        chart |= _baseline(points)
    if chart["state"] == NONE:
        return Judged(chart, [])
    return Judged(chart, _signals(points, chart))


def _reason(held: Mapping[str, Any], of: Mapping[str, str], why: str | None) -> str:
    """Why a baseline is another one than before."""
    told = {"definition_version": "definition", "rule_version": "rules"}
    changed = [f"{told[name]} {of[name]} instead of {held[name]}" for name in KEPT if held[name] != of[name]]
    return "; ".join([*([why] if why else []), *changed])


def _baseline(points: pd.DataFrame) -> dict[str, Any]:
    first = points.iloc[: signals.ENOUGH]
    count = len(first)
    nothing = {"kind": None, "centre": None, "spread": None, "points": count}
    about = {
        "baseline_from": first.period_start.iloc[0],
        "baseline_to": first.period_start.iloc[-1],
        "figures": json.dumps(first.figure_id.tolist()),
    }
    if count < signals.PROVISIONAL:
        lacking = f"{count} of the {signals.PROVISIONAL} mature weeks that a chart needs"
        return {"state": NONE, "lacking": lacking, **nothing, **about}
    kind, centre, spread = _spread(first)
    is_flat = not spread > 0 if kind not in RATES else centre in (0.0, 1.0)
    if is_flat:
        lacking = f"it was the same in all {count} weeks of its baseline: there is no noise to judge by"
        return {"state": NONE, "lacking": lacking, **nothing, **about}
    state = FROZEN if count == signals.ENOUGH else PROVISIONAL
    told = {"kind": kind, "centre": centre, "spread": spread, "points": count}
    return {"state": state, "lacking": None, **told, **about}


def _spread(points: pd.DataFrame) -> tuple[str, float, float]:
    """What kind of chart a baseline gives, with its centre and spread as the chart computes with them."""
    statistic = str(points.statistic.iloc[0])
    if statistic == "rate":
        hits, n = points.numerator.to_numpy(float), points.denominator.to_numpy(float)
        centre, spread = signals.spread_of_rates(hits, n)
        return signals.of_rates(hits, n, centre, spread).kind, centre, spread
    values = points.value.to_numpy(float)
    # Durations vary by a factor; one of no length has no logarithm.
    is_log = statistic in PERCENTILES and bool((values > 0).all())
    return LOGARITHMS if is_log else "XmR", *signals.spread(np.log(values) if is_log else values)


@dataclass(frozen=True)
class Limits:
    """Between what each point of a series lies by its own noise, in the unit of the figure."""

    centre: float
    lower: np.ndarray
    upper: np.ndarray
    found: signals.Chart
    """The same as the chart computes with it, with the rule that each point breaks."""


def limits(points: pd.DataFrame, chart: Mapping[str, Any]) -> Limits:
    """The limits that a chart of the store gives to points (value, numerator and denominator) in order of time."""
    centre, spread = float(chart["centre"]), float(chart["spread"])
    values = points.value.to_numpy(float)
    if chart["kind"] in RATES:
        found = signals.of_rates(points.numerator.to_numpy(float), points.denominator.to_numpy(float), centre, spread)
        return Limits(centre, found.lower, found.upper, found)
    if chart["kind"] == LOGARITHMS:
        with np.errstate(divide="ignore"):
            found = signals.individuals(np.log(values), centre, spread)
        return Limits(float(np.exp(centre)), np.exp(found.lower), np.exp(found.upper), found)
    found = signals.individuals(values, centre, spread)
    return Limits(centre, np.maximum(found.lower, 0.0), found.upper, found)


def _signals(points: pd.DataFrame, chart: Mapping[str, Any]) -> list[dict[str, Any]]:
    judged = limits(points, chart)
    return [
        {
            "period_start": points.period_start.iloc[place],
            "figure_id": points.figure_id.iloc[place],
            "value": float(points.value.iloc[place]),
            "rule": judged.found.words(int(place)),
            "centre": judged.centre,
            "lower": float(judged.lower[place]),
            "upper": float(judged.upper[place]),
        }
        for place in np.flatnonzero(judged.found.rule)
    ]


def can_be_charted(points: pd.DataFrame) -> pd.Series:
    """Which figures are points of a chart: final, with a value, of all sources."""
    is_rate = points.statistic == "rate"
    told = points.value.notna() & (~is_rate | (points.denominator > 0))
    return told & (points.maturity == "final") & (points.missing_sources == "") & _is_known(points.statistic)


def _is_known(statistic: pd.Series) -> pd.Series:
    return statistic.isin([*PERCENTILES, *COUNTS, "rate", "per_100"])
