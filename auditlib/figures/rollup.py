"""From members to figures: every declared cell with value, interval, maturity, coverage, suppression."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from auditlib.figures import cells, intervals, periods, privacy, targets, withheld
from auditlib.figures.basis import Basis
from auditlib.figures.cells import EVERY, Table
from auditlib.figures.estimates import COUNTS, METHODS, Estimates, Groups, estimates, grouped, within
from auditlib.figures.members import Members, hashed
from auditlib.figures.privacy import Rules
from auditlib.metric import Figure, Metric

KEY = (
    "metric", "statistic", "weighting", "date_basis", "segment", "period", "period_start", "period_end",
    "breakdown", "breakdown_value", "breakdown_2", "breakdown_value_2",
)  # fmt: skip
"""What a figure is about. Another version of the definition replaces the figure of the same cell."""
TOLD = json.JSONEncoder(sort_keys=True, default=str).encode
WELL_COVERED, HARDLY_COVERED = 0.8, 0.5
"""With less of its tickets measurable a figure is limited, or undetermined."""


@dataclass(frozen=True)
class Asked:
    """One published metric, whose figures are asked for: its members, and what they rest on.

    `provisional`: the same units with the duration of `figure.provisional_from`, for windows that are not over.
    """

    metric: Metric
    figure: Figure
    members: Members
    basis: Basis
    provisional: Members | None = None


def figures(
    metric: Metric, figure: Figure, members: Members, basis: Basis, provisional: Members | None = None
) -> pd.DataFrame:
    """Every figure of one published metric: all its statistics, weightings, periods and breakdowns."""
    return together([Asked(metric, figure, members, basis, provisional)])


def together(asked: Iterable[Asked]) -> pd.DataFrame:
    """Every figure of several published metrics, one after another in one frame."""
    found: list[dict[str, np.ndarray]] = []
    of: list[int] = []
    rules: list[Rules] = []
    for number, one in enumerate(asked):  # one at a time: of all of them the members would fill the memory
        rules.append((one.figure, one.basis))
        packed = one.members.packed(), one.provisional.packed() if one.provisional is not None else None
        for table in cells.tables(one.figure, one.members, one.basis):
            told = _of_table(one.metric, one.figure, table, one.members, one.provisional, packed, one.basis)
            found += told
            of += [number] * len(told)
    if not found:
        return pd.DataFrame(columns=[*KEY, "cell_id"])
    columns = {name: np.concatenate([of_table[name] for of_table in found]) for name in found[0]}
    columns["of"] = np.repeat(of, [len(of_table["n"]) for of_table in found])
    # A part without anything to show yet says nothing that the whole does not say.
    silent = (columns["n"] == 0) | _begins_with(columns["suppressed_reason"], (withheld.IMMATURE, withheld.NOT_LOADED))
    is_part = (columns["breakdown"] != EVERY) | (columns["segment"] != EVERY)
    columns = {name: values[~(silent & is_part)] for name, values in columns.items()}
    privacy.hide(columns, rules, (*withheld.VALUES, "coverage"))
    _judge(columns, rules)
    columns["cell_id"] = np.array([digest(told) for told in _keys(columns)], object)
    # Words stay Python's own: they are on their way into the store.
    kept = {name: pd.Series(v, dtype=v.dtype) for name, v in columns.items() if name not in ("who", "of")}
    return pd.DataFrame(kept, copy=False)


def _begins_with(words: np.ndarray, beginning: tuple[str, ...]) -> np.ndarray:
    return np.array([word is not None and word.startswith(beginning) for word in words.tolist()], bool)


def _keys(columns: Mapping[str, np.ndarray]) -> Iterator[dict[str, Any]]:
    """What each figure is about."""
    return (dict(zip(KEY, told, strict=True)) for told in zip(*(columns[k].tolist() for k in KEY), strict=True))


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
    ripe = periods.last_settled(np.datetime64(basis.mature_until), metric.matures_after_days)
    settled = about["period_end"].astype("datetime64[D]") <= ripe
    early = ~settled & bool(metric.matures_after_days)
    final = settled & (own.sums(members.is_waiting[own.rows]) == 0)
    is_untold = figure.stands and not basis.is_loaded
    about["maturity"] = np.where(final & (not is_untold), "final", "provisional").astype(object)
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
            if is_untold:
                found["suppressed_reason"][:] = withheld.NOT_LOADED
            untold = basis.untold.get(figure.name)
            withheld.withhold(found, about, metric, figure, statistic, immature, table.is_whole, untold)
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


def _judge(columns: dict[str, np.ndarray], rules: Sequence[Rules]) -> None:
    """Targets, and how far each figure can be relied upon."""
    count = len(columns["of"])
    columns["target"], columns["meets_target"] = np.full(count, np.nan), np.full(count, None, object)
    missing = np.array([bool(basis.missing) for _, basis in rules])[columns["of"]]
    for number, (figure, basis) in enumerate(rules):
        for statistic in figure.statistics:
            mine = [t for t in basis.targets if (t.metric, t.statistic) == (figure.name, statistic)]
            if not mine:
                continue
            of = np.flatnonzero((columns["of"] == number) & (columns["statistic"] == statistic))
            if len(of):
                rows = pd.DataFrame({name: columns[name][of] for name in targets.JUDGED})
                bound, verdict = targets.judged(rows, mine, statistic in COUNTS)
                is_hidden = (columns["n"][of] == 0) & ~pd.isna(columns["suppressed_reason"][of])
                columns["target"][of] = np.where(is_hidden, np.nan, bound)
                columns["meets_target"][of] = verdict
    covered = np.where(np.isnan(columns["coverage"]), 1.0, columns["coverage"])
    columns["reliability"] = np.where(
        covered < HARDLY_COVERED,
        "undetermined",
        np.where(missing | (covered < WELL_COVERED), "limited", "sufficient"),
    ).astype(object)


def digest(content: Mapping[str, Any] | Iterable[Any]) -> str:
    """A short hash of something that JSON can say."""
    return hashlib.sha256(TOLD(content).encode()).hexdigest()[:20]
