"""From members to figures: every declared cell with value, interval, maturity, coverage, suppression."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from auditlib.figures import intervals
from auditlib.figures.intervals import Estimate
from auditlib.figures.members import Members
from auditlib.metric import Figure, Metric

PERCENTILES = {"p50": 0.5, "p75": 0.75, "p90": 0.9}
COUNTS = ("count", "distinct", "standing")
"""Full counts: nothing is estimated."""
FULL_COUNT = "a full count: nothing is estimated"
PRIVACY = "privacy"
TAIL = 5
"""A percentile is shown only if at least so many tickets lie beyond it."""
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Basis:
    """What all figures of a run rest on."""

    as_of: datetime.date
    """The local day on which the audited time ends (its midnight)."""
    mature_until: datetime.date
    loaded_since: datetime.date
    sources: tuple[str, ...]
    missing: tuple[str, ...]
    min_n: int
    breakdowns: Sequence[tuple[str, ...]] = ()
    targets: Sequence[Any] = field(default=())


def figures(metric: Metric, figure: Figure, members: Members, basis: Basis) -> list[dict[str, Any]]:
    """Every figure of one published metric: all its statistics, weeks and breakdowns, as rows of `figures`."""
    found = []
    whole = members.week >= np.datetime64(first_whole_week(basis.loaded_since))
    members = members.at(np.flatnonzero(whole & (members.week < np.datetime64(basis.as_of))))
    for breakdown in [(), *basis.breakdowns]:
        if not all(name in members.belongs for name in breakdown):
            continue
        cells = [cell for cell in _cells(members, breakdown)]
        for statistic in figure.statistics:
            rows = [
                _row(metric, figure, statistic, members, rows, week, breakdown, values, basis)
                for week, values, rows in cells
            ]
            _hide(rows, basis.min_n, breakdown)
            found += rows
    return found


def first_whole_week(day: datetime.date) -> datetime.date:
    """The first Monday on or after a day: weeks that were loaded only in part are not published."""
    return day + DAY * (-day.weekday() % 7)


def estimate(statistic: str, members: Members, rows: np.ndarray) -> Estimate:
    """A statistic of some members: what `figures` publishes and what evidence recomputes."""
    known = rows[members.is_known[rows]]
    if statistic in COUNTS:
        return Estimate(_total(statistic, members, known), np.nan, np.nan)
    if statistic == "rate":
        return intervals.rate((members.contribution[known] >= members.at_least) * 1.0, members.customer[known])
    if statistic == "per_100":
        return intervals.per_100(members.contribution[known], members.customer[known])
    return intervals.percentile(
        members.contribution[known], members.observed[known], members.customer[known], PERCENTILES[statistic]
    )


def _total(statistic: str, members: Members, known: np.ndarray) -> float:
    if statistic == "distinct":
        return float(len(np.unique(members.customer[known])))
    if statistic == "standing":
        return float(len(known))
    reached = members.contribution[known]
    return float((reached >= members.at_least).sum() if statistic == "rate" else reached.sum())


def _cells(members: Members, breakdown: tuple[str, ...]) -> Iterator[tuple[Any, tuple[str, ...], np.ndarray]]:
    """(week, breakdown values, rows in the order of surrogates) of every cell that has members."""
    if not len(members):
        return
    week_index, week = pd.factorize(members.week, sort=True)
    index, sizes, labels = week_index.astype(np.int64), [len(week)], [week]
    for name in breakdown:
        codes, words = pd.factorize(members.belongs[name], sort=True)
        index = index * len(words) + codes
        sizes.append(len(words))
        labels.append(words)
    order = np.argsort(index, kind="stable")
    cells, starts = np.unique(index[order], return_index=True)
    for cell, rows in zip(cells, np.split(order, starts[1:]), strict=True):
        places = np.unravel_index(cell, sizes)
        yield (
            week[places[0]],
            tuple(str(label[p]) for label, p in zip(labels[1:], places[1:], strict=True)),
            rows,
        )


def _row(
    metric: Metric,
    figure: Figure,
    statistic: str,
    members: Members,
    rows: np.ndarray,
    week: np.datetime64,
    breakdown: tuple[str, ...],
    values: tuple[str, ...],
    basis: Basis,
) -> dict[str, Any]:
    known = rows[members.is_known[rows]]
    start = week.astype("datetime64[D]").astype(datetime.date)
    end = start + 6 * DAY
    names = [*breakdown, "", ""][:2] if breakdown else ["all", ""]
    labels = [*values, "", ""][:2]
    row = {
        "metric": figure.name,
        "version": metric.version,
        "statistic": statistic,
        "weighting": "ticket",
        "date_basis": metric.date_basis,
        "segment": "all",
        "period": "week",
        "period_start": start.isoformat(),
        "period_end": end.isoformat(),
        "breakdown": names[0],
        "breakdown_value": labels[0],
        "breakdown_2": names[1],
        "breakdown_value_2": labels[1],
    }
    # Another version of the definition replaces the figure of the same cell.
    row["cell_id"] = digest({name: told for name, told in row.items() if name != "version"})
    reason = _withheld(metric, statistic, len(known), end, basis, bool(breakdown))
    found = Estimate(np.nan, np.nan, np.nan, reason) if reason else estimate(statistic, members, rows)
    row |= _measured(statistic, members, rows, known, found)
    row |= _certainty(metric, members, known, end, basis)
    row |= _target(row, figure, basis, start)
    return row


def _withheld(
    metric: Metric, statistic: str, n: int, end: datetime.date, basis: Basis, is_broken_down: bool
) -> str | None:
    """Why a value would mislead or give somebody away, and is not even computed; None if it is fine."""
    if is_broken_down and n < basis.min_n:
        return f"{PRIVACY}: fewer than {basis.min_n}"
    matures = end + DAY * (1 + metric.matures_after_days)
    if metric.matures_after_days and matures > basis.mature_until:
        return f"not mature before {matures.isoformat()}: not yet is not never"
    needed = round(TAIL / (1 - PERCENTILES[statistic])) if statistic in PERCENTILES else 0
    return f"precision: {statistic} needs {needed} and there are {n}" if n < needed else None


def _measured(statistic: str, members: Members, rows: np.ndarray, known: np.ndarray, found: Estimate) -> dict[str, Any]:
    measurable = len(rows) - int(members.is_unmeasurable[rows].sum())
    shared = statistic in ("rate", "per_100")
    counted = (shared or statistic in COUNTS) and found.reason is None
    method = dict.fromkeys(COUNTS, FULL_COUNT) | {"rate": intervals.WILSON, "per_100": intervals.GARWOOD}
    return {
        "n": len(known),
        "numerator": _total(statistic, members, known) if counted else np.nan,
        "denominator": float(len(known)) if counted and shared else np.nan,
        "value": found.value,
        "ci_low": found.low,
        "ci_high": found.high,
        "ci_method": method.get(statistic, intervals.WOODRUFF),
        "coverage": measurable / len(rows) if len(rows) else np.nan,
        "suppressed_reason": found.reason,
        "members_hash": members.hash(rows),
    }


def _certainty(metric: Metric, members: Members, known: np.ndarray, end: datetime.date, basis: Basis) -> dict[str, Any]:
    """Whether the figure is final, and how far it can be relied upon."""
    settled = end + DAY * (1 + metric.matures_after_days) <= basis.mature_until
    running = bool(members.is_waiting[known].any())
    return {
        "maturity": "final" if settled and not running else "provisional",
        "reliability": "limited" if basis.missing else "sufficient",
        "sources": ",".join(basis.sources),
        "missing_sources": ",".join(basis.missing),
    }


def _hide(rows: list[dict[str, Any]], min_n: int, breakdown: tuple[str, ...]) -> None:
    """Hides small cells of a breakdown, and where only one would be hidden the next smallest too:
    otherwise it could be derived from the total."""
    if not breakdown:
        return
    by_week: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_week.setdefault(row["period_start"], []).append(row)
    for cells in by_week.values():
        small = [row for row in cells if row["n"] < min_n]
        if len(small) == 1 and len(cells) > 1:
            small.append(min((row for row in cells if row is not small[0]), key=_size))
        for row in small:
            row |= dict.fromkeys(("value", "ci_low", "ci_high", "numerator", "denominator"), np.nan)
            row |= {"suppressed_reason": f"{PRIVACY}: fewer than {min_n}, or derivable from one that has fewer"}
            row |= {"target": np.nan, "meets_target": None, "n": 0}


def _size(row: Mapping[str, Any]) -> tuple[int, str, str]:
    return row["n"], row["breakdown_value"], row["breakdown_value_2"]


def _target(row: Mapping[str, Any], figure: Figure, basis: Basis, start: datetime.date) -> dict[str, Any]:
    """The target that held when the period began, and whether it is met beyond doubt."""
    fitting = [t for t in basis.targets if _speaks_of(t, row) and t.since <= start]
    if not fitting:
        return {"target": np.nan, "meets_target": None}
    target = max(fitting, key=lambda t: t.since)
    low, high = row["ci_low"], row["ci_high"]
    if target.at_most is not None:
        bound, met, missed = target.at_most, high <= target.at_most, low > target.at_most
    else:
        bound, met, missed = target.at_least, low >= target.at_least, high < target.at_least
    if np.isnan(low) or np.isnan(high):
        return {"target": bound, "meets_target": None}
    return {"target": bound, "meets_target": "yes" if met else "no" if missed else "too close to tell"}


def _speaks_of(target: Any, row: Mapping[str, Any]) -> bool:
    if (target.metric, target.statistic) != (row["metric"], row["statistic"]):
        return False
    if target.segment not in (None, "all"):
        return False
    if target.team is None:
        return row["breakdown"] == "all"
    return row["breakdown"] == "team" and row["breakdown_value"] == target.team and not row["breakdown_2"]


def digest(content: Mapping[str, Any] | Iterable[Any]) -> str:
    """A short hash of something that JSON can say."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()[:20]
