"""From members to figures: every declared cell with value, interval, maturity, coverage, suppression."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from auditlib.figures import cells, intervals, periods, suppression, targets
from auditlib.figures.basis import Basis
from auditlib.figures.cells import EVERY, Table
from auditlib.figures.estimates import COUNTS, METHODS, PERCENTILES, Estimates, Groups, estimates, grouped, within
from auditlib.figures.members import Members, hashed
from auditlib.metric import Figure, Metric

PRIVACY = "privacy"
PRECISION = "precision"
IMMATURE = "not mature"
TAIL = 5
"""A percentile is shown only if at least so many tickets lie beyond it."""
WIDEST = 0.15
"""The rate of a part is shown only if its interval is no wider than 15 points to either side."""
CELL = ("segment", "breakdown", "breakdown_value", "breakdown_2", "breakdown_value_2")
KEY = (
    "metric", "statistic", "weighting", "date_basis", "segment", "period", "period_start", "period_end",
    "breakdown", "breakdown_value", "breakdown_2", "breakdown_value_2",
)  # fmt: skip
"""What a figure is about. Another version of the definition replaces the figure of the same cell."""
WELL_COVERED, HARDLY_COVERED = 0.8, 0.5
"""With less of its tickets measurable a figure is limited, or undetermined."""


def figures(
    metric: Metric, figure: Figure, members: Members, basis: Basis, provisional: Members | None = None
) -> pd.DataFrame:
    """Every figure of one published metric: all its statistics, weightings, periods and breakdowns.

    `provisional`: the same units with the duration of `figure.provisional_from`, for windows that are not over.
    """
    packed = members.packed(), provisional.packed() if provisional is not None else None
    found = [
        columns
        for table in cells.tables(figure, members, basis)
        for columns in _of_table(metric, figure, table, members, provisional, packed, basis)
    ]
    if not found:
        return pd.DataFrame(columns=[*KEY, "cell_id"])
    rows = pd.DataFrame({name: np.concatenate([columns[name] for columns in found]) for name in found[0]})
    # A part without anything to show yet says nothing that the whole does not say.
    silent = (rows.n == 0) | rows.suppressed_reason.fillna("").str.startswith(IMMATURE)
    is_part = (rows.breakdown != EVERY) | (rows.segment != EVERY)
    rows = rows[~(silent & is_part)].reset_index(drop=True)
    _hide(rows, basis.min_n)
    _judge(rows, metric, figure, basis)
    rows["cell_id"] = [digest(dict(zip(KEY, told, strict=True))) for told in zip(*(rows[k] for k in KEY), strict=True)]
    return rows.drop(columns=["who"])


def _of_table(
    metric: Metric,
    figure: Figure,
    table: Table,
    members: Members,
    provisional: Members | None,
    packed: tuple[np.ndarray, np.ndarray | None],
    basis: Basis,
) -> list[dict[str, np.ndarray]]:
    """The figures of one table, for each statistic and weighting: columns with an element a cell."""
    count = table.count
    own = grouped(members, table.rows, table.cell, count)
    about = _about(metric, figure, table, basis)
    ripe = np.datetime64(basis.mature_until) - np.timedelta64(1 + metric.matures_after_days, "D")
    settled = about["period_end"].astype("datetime64[D]") <= ripe
    early = ~settled & bool(metric.matures_after_days)
    final = settled & (own.sums(members.is_waiting[own.rows]) == 0)
    about["maturity"] = np.where(final, "final", "provisional").astype(object)
    about |= _content(members, packed[0], table, own)
    beside = None
    if provisional is not None and packed[1] is not None and early.any():
        beside = grouped(provisional, table.rows, table.cell, count)
        _put(about, early, _content(provisional, packed[1], table, beside))
    rows = []
    for statistic in figure.statistics:
        for weighting in figure.weighted_by if statistic not in COUNTS else ("ticket",):
            found = _told(estimates(statistic, own, weighting), METHODS.get(statistic, intervals.WOODRUFF))
            immature = early
            if beside is not None and statistic == "rate":
                is_kept = figure.provisional_is == "lasting"
                told = within(beside, float(figure.window_minutes or 0), basis.min_n, is_kept, weighting)
                _put(found, early, _told(told, intervals.GREENWOOD))
                immature = np.zeros(count, bool)
            _withhold(found, about, metric, figure, statistic, immature, table.is_whole)
            kind = {"statistic": statistic, "weighting": weighting}
            rows.append({**about, **{name: np.full(count, told, object) for name, told in kind.items()}, **found})
    return rows


def _about(metric: Metric, figure: Figure, table: Table, basis: Basis) -> dict[str, Any]:
    """What the cells of a table are about."""
    names = [*table.breakdown, "", ""][:2] if table.breakdown else [EVERY, ""]
    start = table.labels["period_start"].astype("datetime64[D]")
    told = {
        "metric": figure.name,
        "version": metric.version,
        "date_basis": metric.date_basis,
        "segment": table.segment,
        "period": table.period,
        "breakdown": names[0],
        "breakdown_2": names[1],
        "sources": ",".join(basis.sources),
        "missing_sources": ",".join(basis.missing),
    }
    end = np.datetime_as_string(periods.ends(table.period, start), unit="D").astype(object)
    return (
        {name: np.full(table.count, word, object) for name, word in told.items()} | table.labels | {"period_end": end}
    )


def _content(members: Members, packed: np.ndarray, table: Table, known: Groups) -> dict[str, np.ndarray]:
    """How many count in each cell, how many could be measured, and who they are."""
    count = known.count
    order = np.argsort(table.cell, kind="stable")
    bounds = np.searchsorted(table.cell[order], np.arange(count + 1))
    content = packed[table.rows[order]]
    lost = np.bincount(table.cell, weights=members.is_unmeasurable[table.rows], minlength=count)
    everybody = np.bincount(table.cell, minlength=count)
    who = np.zeros(count, np.int64)
    np.add.at(who, known.cell, members.key[known.rows] ^ (members.number[known.rows] << 40))
    return {
        "n": known.n,
        "coverage": (everybody - lost) / everybody,
        "members_hash": np.array([hashed(content[a:b]) for a, b in itertools.pairwise(bounds)], object),
        "who": who,
    }


def _told(found: Estimates, method: str) -> dict[str, np.ndarray]:
    return {
        "value": found.value,
        "ci_low": found.low,
        "ci_high": found.high,
        "numerator": found.numerator,
        "denominator": found.denominator,
        "suppressed_reason": found.reason,
        "ci_method": np.full(len(found.value), method, object),
    }


def _put(columns: dict[str, Any], chosen: np.ndarray, instead: Mapping[str, np.ndarray]) -> None:
    for name, values in instead.items():
        columns[name] = np.where(chosen, values, columns[name])


def _withhold(
    found: dict[str, np.ndarray],
    about: Mapping[str, Any],
    metric: Metric,
    figure: Figure,
    statistic: str,
    immature: np.ndarray,
    is_whole: bool,
) -> None:
    """Takes values away that would mislead, and says why."""
    n, reason = about["n"], found["suppressed_reason"].copy()
    needed = round(TAIL / (1 - PERCENTILES[statistic])) if statistic in PERCENTILES else figure.fewest
    for place in np.flatnonzero(n < needed):
        reason[place] = f"{PRECISION}: {statistic} needs {needed} and there are {n[place]}"
    if statistic == "rate" and not is_whole:
        half = (found["ci_high"] - found["ci_low"]) / 2
        for place in np.flatnonzero(half > WIDEST):
            reason[place] = f"{PRECISION}: it could lie {100 * half[place]:.0f} points to either side"
    for place in np.flatnonzero(immature):
        matures = np.datetime64(about["period_end"][place], "D") + np.timedelta64(1 + metric.matures_after_days, "D")
        reason[place] = f"{IMMATURE} before {matures}: not yet is not never"
    found["suppressed_reason"] = reason
    gone = np.array([told is not None for told in reason], bool)
    for name in ("value", "ci_low", "ci_high", "numerator", "denominator"):
        found[name] = np.where(gone, np.nan, found[name])


def _hide(rows: pd.DataFrame, min_n: int) -> None:
    """Hides small cells of a breakdown, and those from which they could be derived."""
    when = list(zip(rows.period.tolist(), rows.period_start.tolist(), strict=True))
    keys = list(zip(*(rows[name].tolist() for name in CELL), strict=True))
    held: dict[tuple, dict[suppression.Cell, tuple[int, int]]] = {}
    for period, key, n, who in zip(when, keys, rows.n.tolist(), rows.who.tolist(), strict=True):
        held.setdefault(period, {})[key] = (n, who)
    small = {period: suppression.hidden(cells_of, min_n) for period, cells_of in held.items()}
    gone = np.array([key in small[period] for period, key in zip(when, keys, strict=True)], bool)
    rows.loc[gone, ["value", "ci_low", "ci_high", "numerator", "denominator", "coverage"]] = np.nan
    rows.loc[gone, "suppressed_reason"] = f"{PRIVACY}: fewer than {min_n}, or derivable from one that has fewer"
    rows.loc[gone, "n"] = 0


def _judge(rows: pd.DataFrame, metric: Metric, figure: Figure, basis: Basis) -> None:
    """Targets, and how far each figure can be relied upon."""
    rows["target"], rows["meets_target"] = np.nan, None
    for statistic in figure.statistics:
        mine = [t for t in basis.targets if (t.metric, t.statistic) == (figure.name, statistic)]
        if mine:
            of = rows.statistic == statistic
            bound, verdict = targets.judged(rows[of], mine, statistic in COUNTS)
            is_hidden = (rows[of].n == 0) & rows[of].suppressed_reason.notna()
            rows.loc[of, "target"] = np.where(is_hidden, np.nan, bound)
            rows.loc[of, "meets_target"] = verdict
    covered = rows.coverage.fillna(1.0)
    limited = bool(basis.missing) | (covered < WELL_COVERED)
    rows["reliability"] = np.where(
        covered < HARDLY_COVERED, "undetermined", np.where(limited, "limited", "sufficient")
    ).astype(object)


def digest(content: Mapping[str, Any] | Iterable[Any]) -> str:
    """A short hash of something that JSON can say."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()[:20]
