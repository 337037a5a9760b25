"""Whether a recorded segment of customers is served as the others are.

Ratios and differences of rates with intervals, adjusted for what the segments ask about
(Mantel and Haenszel), corrected for looking at many segments (Benjamini and Hochberg). The
methods are those of statsmodels and scipy; which is used when is decided here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from statsmodels.stats.contingency_tables import StratifiedTable
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, test_proportions_2indep

FEW = 30
"""Below so many cases on a side, intervals are by score, and a ratio is watched and never flagged."""
FOUR_FIFTHS = 0.8
TINY = 1e-6


@dataclass(frozen=True)
class Comparison:
    """A segment's rate against the others', of something that is good to have."""

    ratio: float
    low: float
    high: float
    difference: float
    difference_low: float
    difference_high: float
    p_value: float
    method: str


def compare(hits: int, n: int, hits_others: int, n_others: int) -> Comparison:
    """The segment's rate over the others' with 95 % intervals: log (Katz), or score where one side is small.

    Without any hit among the others a ratio has no value: NaN. Where the score method finds no interval, which
    happens if all of the few others are hits, its ends are NaN. Both sides need cases.
    """
    if n <= 0 or n_others <= 0:
        raise ValueError("a comparison needs cases on both sides")
    is_small = min(n, n_others) < FEW or 0 in (hits, hits_others)
    method = "score" if is_small else "log"
    low = high = ratio = np.nan
    if hits_others:
        ratio = (hits / n) / (hits_others / n_others)
        low, high = _ratio_interval(hits, n, hits_others, n_others, method)
    d_low, d_high = confint_proportions_2indep(hits, n, hits_others, n_others, method="newcomb", compare="diff")
    p = _p_value(hits, n, hits_others, n_others)
    return Comparison(ratio, low, high, hits / n - hits_others / n_others, d_low, d_high, p, method)


def _ratio_interval(hits: int, n: int, hits_others: int, n_others: int, method: str) -> tuple[float, float]:
    with np.errstate(divide="ignore", invalid="ignore"):
        found = confint_proportions_2indep(hits, n, hits_others, n_others, method=method, compare="ratio")
    ratio = (hits / n) / (hits_others / n_others)
    # At a rate of 1 the roots that statsmodels looks for may be complex, or beside the ratio.
    low, high = (float(end) if np.isrealobj(end) else np.nan for end in found)
    is_found = low <= ratio + TINY and ratio <= high + TINY
    return (min(low, ratio), max(high, ratio)) if is_found else (np.nan, np.nan)


def adjusted(hits: np.ndarray, n: np.ndarray, hits_others: np.ndarray, n_others: np.ndarray) -> tuple[float, float]:
    """The ratio of rates over strata that both sides have cases in, and the share of the segment's cases in them.

    One value a stratum, such as a topic and priority. NaN where no stratum has both.
    """
    both = (n > 0) & (n_others > 0)
    if not both.any():
        return np.nan, 0.0
    tables = [
        np.array([[a, m - a], [b, k - b]], float)
        for a, m, b, k in zip(hits[both], n[both], hits_others[both], n_others[both], strict=True)
    ]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = float(StratifiedTable(tables).riskratio_pooled)
    return ratio if np.isfinite(ratio) else np.nan, float(n[both].sum() / n.sum())


def corrected(p_values: np.ndarray) -> np.ndarray:
    """p-values corrected for their number, at the false discovery rate (Benjamini and Hochberg); NaN stays NaN."""
    found = np.asarray(p_values, float).copy()
    known = ~np.isnan(found)
    if known.any():
        found[known] = multipletests(found[known], method="fdr_bh")[1]
    return found


def verdict(c: Comparison, corrected_p: float, n: int, n_others: int, by_contract: bool) -> str:
    """flagged, watched, alike, or by contract: a ratio is flagged only if it is low, beyond noise, and of enough."""
    if np.isnan(c.ratio):
        return "too few to compare"
    if c.ratio >= FOUR_FIFTHS and not corrected_p < 0.05:
        return "alike"
    if by_contract:
        return "different by contract"
    beyond_noise = c.high < 1 and corrected_p < 0.05 and min(n, n_others) >= FEW
    if c.ratio < FOUR_FIFTHS and beyond_noise:
        return "flagged"
    return "watched" if c.ratio < 1 else "better than the others"


def _p_value(hits: int, n: int, hits_others: int, n_others: int) -> float:
    if hits + hits_others in (0, n + n_others):
        return 1.0
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(test_proportions_2indep(hits, n, hits_others, n_others, compare="diff", method="score").pvalue)
