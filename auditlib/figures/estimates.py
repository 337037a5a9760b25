"""Statistics of many cells at once: what figures publish, and what evidence and restatements compute again."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from auditlib.figures import intervals, survival
from auditlib.figures.members import Members

PERCENTILES = {"p50": 0.5, "p75": 0.75, "p90": 0.9}
COUNTS = ("count", "distinct", "standing")
"""Full counts: nothing is estimated."""
METHODS = dict.fromkeys(COUNTS, intervals.FULL_COUNT) | {"rate": intervals.WILSON, "per_100": intervals.GARWOOD}
NOTHING = "nothing to measure"
NOT_REACHED = "not reached: too many have not ended yet"


@dataclass(frozen=True)
class Estimates:
    """A value a cell with its interval, NaN where there is none, and the reason; of shares how many of how many."""

    value: np.ndarray
    low: np.ndarray
    high: np.ndarray
    reason: np.ndarray
    numerator: np.ndarray
    denominator: np.ndarray


@dataclass(frozen=True)
class Groups:
    """Known members in their cells, in the order of cell, customer, and surrogate.

    rows: places in `members`; cell: of each row; count: how many cells there are.
    """

    members: Members
    rows: np.ndarray
    cell: np.ndarray
    count: int
    cluster: np.ndarray = field(init=False)
    """Whose: a number for each customer in each cell."""
    cell_of_cluster: np.ndarray = field(init=False)
    n: np.ndarray = field(init=False)
    customers: np.ndarray = field(init=False)
    drawn: dict[str, tuple[np.ndarray, survival.Curves]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        customer = self.members.customer[self.rows]
        new = np.append(True, (self.cell[1:] != self.cell[:-1]) | (customer[1:] != customer[:-1]))[: len(self.cell)]
        put = object.__setattr__  # frozen: these follow from the rest
        put(self, "cluster", np.cumsum(new) - 1)
        put(self, "cell_of_cluster", self.cell[new])
        put(self, "n", np.bincount(self.cell, minlength=self.count))
        put(self, "customers", np.bincount(self.cell_of_cluster, minlength=self.count))

    def weights(self, weighting: str) -> np.ndarray:
        """What each row counts, so that every unit, every ticket or every customer counts once in its cell."""
        if weighting == "ticket":
            return np.ones(len(self.rows))
        if weighting == "customer":
            return 1.0 / np.bincount(self.cluster)[self.cluster] if len(self.rows) else np.ones(0)
        _, same = np.unique(np.stack([self.cell, self.members.key[self.rows]]), axis=1, return_inverse=True)
        return 1.0 / np.bincount(same.ravel())[same.ravel()] if len(self.rows) else np.ones(0)

    def curves(self, weighting: str) -> tuple[np.ndarray, survival.Curves]:
        """Rows in the order of cell and length, and the curves of their cells; drawn once for all percentiles."""
        if weighting not in self.drawn:
            length, ended = self.members.contribution[self.rows], self.members.observed[self.rows]
            order = np.lexsort((length, self.cell))
            w = self.leveled(weighting)
            drawn = survival.curves(self.cell[order], length[order], ended[order], w[order], self.count)
            self.drawn[weighting] = order, drawn
        return self.drawn[weighting]

    def leveled(self, weighting: str) -> np.ndarray:
        """The weights, so that they sum up to n in each cell."""
        w = self.weights(weighting)
        return w * (self.n / np.where(self.n > 0, self.sums(w), 1.0))[self.cell]

    def sums(self, values: np.ndarray) -> np.ndarray:
        """The sum of a value a row, in each cell."""
        return np.bincount(self.cell, weights=values, minlength=self.count)

    def spread(self, deviation: np.ndarray) -> np.ndarray:
        """The sum of squares of customers' summed deviations, in each cell."""
        of_customers = np.bincount(self.cluster, weights=deviation, minlength=len(self.cell_of_cluster))
        return np.bincount(self.cell_of_cluster, weights=of_customers**2, minlength=self.count)


def grouped(members: Members, rows: np.ndarray, cell: np.ndarray, count: int) -> Groups:
    """Rows of members put into cells; those that contribute nothing are left out."""
    known = members.is_known[rows]
    rows, cell = rows[known], cell[known]
    order = np.lexsort((members.customer[rows], cell))
    return Groups(members, rows[order], cell[order], count)


def estimates(statistic: str, groups: Groups, weighting: str = "ticket") -> Estimates:
    """A statistic of every cell."""
    if statistic in COUNTS:
        return _counted(_totals(statistic, groups))
    if statistic == "rate":
        return _rate(groups, groups.weights(weighting))
    if statistic == "per_100":
        return _per_100(groups, groups.weights(weighting))
    return _percentile(groups, PERCENTILES[statistic], weighting)


def _totals(statistic: str, g: Groups) -> np.ndarray:
    if statistic == "count":
        return g.sums(g.members.contribution[g.rows])
    return (g.customers if statistic == "distinct" else g.n).astype(float)


def _counted(total: np.ndarray) -> Estimates:
    nothing = np.full(len(total), np.nan)
    return Estimates(total, nothing, nothing, np.full(len(total), None, object), total, nothing)


def _rate(g: Groups, w: np.ndarray) -> Estimates:
    hits = (g.members.contribution[g.rows] >= g.members.at_least).astype(float)
    value, of, numerator = _share(g, w, hits)
    low, high = intervals.wilson(value, _effective(g, w, hits, value, of))
    return Estimates(value, np.minimum(low, value), np.maximum(high, value), _reasons(g), numerator, of)


def _share(g: Groups, w: np.ndarray, hits: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    of, numerator = g.sums(w), g.sums(w * hits)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = numerator / of
    all_hit = g.sums(hits) == g.n
    return np.where(all_hit & (g.n > 0), 1.0, value), of, numerator


def _effective(g: Groups, w: np.ndarray, hits: np.ndarray, p: np.ndarray, of: np.ndarray) -> np.ndarray:
    agree = np.isin(g.sums(hits), [0.0]) | (g.sums(hits) == g.n)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = g.spread(w * (hits - p[g.cell])) / of**2
    return intervals.effective_n(p, agree, g.n, g.customers, spread)


def _per_100(g: Groups, w: np.ndarray) -> Estimates:
    counts = g.members.contribution[g.rows]
    of, total = g.sums(w), g.sums(w * counts)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = total / of
    low, high = intervals.garwood(total, of, g.customers, g.spread(w * (counts - mean[g.cell])))
    empty = g.n == 0
    return Estimates(
        100 * mean, np.where(empty, np.nan, 100 * low), np.where(empty, np.nan, 100 * high), _reasons(g), total, of
    )


def _percentile(g: Groups, p: float, weighting: str) -> Estimates:
    """Percentiles of durations, those that have not ended included.

    With everything ended, and each unit counting once, they are interpolated (Hyndman and Fan's type 7); otherwise
    each is the first length by which Kaplan and Meier's curve has fallen far enough, NaN where it has not.
    """
    length, ended = g.members.contribution[g.rows], g.members.observed[g.rows]
    w = g.leveled(weighting)
    order, c = g.curves(weighting)
    point = c.reached(p)
    value, variance = c.at(point, c.time, np.nan), c.at(point, c.variance, 0.0)
    plain = g.sums(ended) == g.n if weighting == "ticket" else np.zeros(g.count, bool)
    first, sorted_length = np.append(0, np.cumsum(g.n)), length[order]
    value = np.where(plain & (g.n > 0), _interpolated(sorted_length, first, g.n, np.full(g.count, p)), value)
    hits = ((length <= value[g.cell]) & ended).astype(float)
    effective = _effective(g, w, hits, *_share(g, w, hits)[:2])
    with np.errstate(divide="ignore", invalid="ignore"):
        independent = np.where(variance > 0, p * (1 - p) / variance, g.n)
        n = np.where(plain, effective, independent * effective / g.n)
    low_p, high_p = intervals.wilson(np.full(g.count, p), n)
    low = np.fmin(c.at(c.reached(low_p), c.time, np.nan), value)
    high = c.at(c.reached(high_p), c.time, np.nan)
    low = np.where(plain, _interpolated(sorted_length, first, g.n, low_p), low)
    high = np.where(plain, _interpolated(sorted_length, first, g.n, high_p), high)
    lost = np.isnan(value)
    reason = np.where(lost & (g.n > 0), NOT_REACHED, _reasons(g))
    nothing = np.full(g.count, np.nan)
    return Estimates(value, np.where(lost, np.nan, low), np.where(lost, np.nan, high), reason, nothing, nothing)


def _interpolated(ordered: np.ndarray, first: np.ndarray, n: np.ndarray, p: np.ndarray) -> np.ndarray:
    """The p-th percentile of each cell's ordered values, between neighbours in proportion."""
    if not len(ordered):
        return np.full(len(n), np.nan)
    place = p * np.maximum(n - 1, 0)
    below = place.astype(np.int64)
    last = len(ordered) - 1
    a = ordered[np.minimum(first[:-1] + below, last)]
    b = ordered[np.minimum(first[:-1] + np.minimum(below + 1, np.maximum(n - 1, 0)), last)]
    with np.errstate(invalid="ignore"):
        return np.where(a == b, a, a + (place - below) * (b - a))


def within(groups: Groups, window: float, floor: int, is_kept: bool, weighting: str = "ticket") -> Estimates:
    """The share that had ended within a window, of cells in which not everybody has been seen for so long.

    Kaplan and Meier's estimate, never the plain ratio, which counts *not yet* as *never*. NaN where fewer than
    `floor` have been seen for the whole window. `is_kept`: the share that lasts is asked instead.
    """
    g, w = groups, groups.leveled(weighting)
    length, ended = g.members.contribution[g.rows], g.members.observed[g.rows]
    c = g.curves(weighting)[1]
    point = c.by(window)
    none = point < c.first[:-1]
    safe = np.minimum(np.maximum(point, 0), max(len(c.time) - 1, 0))
    lasting = np.where(none, 1.0, c.lasting[safe] if len(c.time) else 1.0)
    variance = np.where(none, 0.0, c.variance[safe] if len(c.time) else 0.0)
    seen = g.sums((length >= window).astype(float))
    hits = (ended & (length <= window)).astype(float)
    p = 1 - lasting
    effective = _effective(g, w, hits, *_share(g, w, hits)[:2])
    with np.errstate(divide="ignore", invalid="ignore"):
        n = np.where(variance > 0, p * (1 - p) / variance, np.maximum(seen, 1)) * effective / np.maximum(g.n, 1)
    low, high = intervals.wilson(p, n)
    value = lasting if is_kept else p
    low, high = (1 - high, 1 - low) if is_kept else (low, high)
    too_few = (seen < max(floor, 1)) & (g.n > 0)
    reason = np.where(
        too_few, f"not mature: fewer than {max(floor, 1)} have been seen for the whole window", _reasons(g)
    )
    blank = too_few | (g.n == 0)
    nothing = np.full(g.count, np.nan)
    return Estimates(
        np.where(blank, np.nan, value),
        np.where(blank, np.nan, np.minimum(low, value)),
        np.where(blank, np.nan, np.maximum(high, value)),
        reason, nothing, nothing,
    )  # fmt: skip


def _reasons(g: Groups) -> np.ndarray:
    reason = np.full(g.count, None, object)
    reason[g.n == 0] = NOTHING
    return reason
