"""Targets: which held when a period began, and whether a figure meets it beyond doubt."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

JUDGED = ("segment", "breakdown", "breakdown_value", "breakdown_2", "period_start", "value", "ci_low", "ci_high")
"""What has to be known of a figure to judge it."""


def judged(rows: pd.DataFrame, targets: Sequence[Any], is_exact: bool) -> tuple[np.ndarray, np.ndarray]:
    """The target of each row, NaN for none, and its verdict; None without a target or a value.

    The rows are one metric's in one statistic. `is_exact`: they are full counts, of which nothing is estimated.
    A target is met, or missed, if the whole interval lies on its side; otherwise it is too close to tell.
    """
    bound = np.full(len(rows), np.nan)
    verdict = np.full(len(rows), None, object)
    start = rows.period_start.to_numpy(object)
    value = rows.value.to_numpy(float)
    low = value if is_exact else rows.ci_low.to_numpy(float)
    high = value if is_exact else rows.ci_high.to_numpy(float)
    high = np.where(np.isnan(high) & ~np.isnan(low), np.inf, high)  # a percentile without an upper end
    for target in sorted(targets, key=lambda t: t.since or datetime.date.min):
        speaks = _speaks_of(target, rows) & (start >= target.since.isoformat())
        if target.at_most is not None:
            met, missed = high <= target.at_most, low > target.at_most
        else:
            met, missed = low >= target.at_least, high < target.at_least
        told = np.where(met, "yes", np.where(missed, "no", "too close to tell")).astype(object)
        told[np.isnan(low)] = None
        bound[speaks] = target.at_least if target.at_most is None else target.at_most
        verdict[speaks] = told[speaks]
    return bound, verdict


def _speaks_of(target: Any, rows: pd.DataFrame) -> np.ndarray:
    if target.team is None:
        whose = rows.breakdown == "all"
    else:
        whose = (rows.breakdown == "team") & (rows.breakdown_value == target.team) & (rows.breakdown_2 == "")
    return (whose & (rows.segment == (target.segment or "all"))).to_numpy(bool)
