"""Takes values away that would mislead: too few tickets, too early, too wide, not all of it loaded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from auditlib.figures.estimates import PERCENTILES
from auditlib.metric import Figure, Metric

PRECISION = "precision"
IMMATURE = "not mature"
NOT_LOADED = "not loaded: older months are still to come, and what stands since then would be missing"
NOT_MEASURED = "not measured"
TAIL = 5
"""A percentile is shown only if at least so many tickets lie beyond it."""
WIDEST = 0.15
"""The rate of a part is shown only if its interval is no wider than 15 points to either side."""
VALUES = ("value", "ci_low", "ci_high", "numerator", "denominator")
"""What is taken away where a figure is withheld."""


def withhold(
    found: dict[str, np.ndarray],
    about: Mapping[str, Any],
    metric: Metric,
    figure: Figure,
    statistic: str,
    immature: np.ndarray,
    is_whole: bool,
    untold: str | None = None,
) -> None:
    """Takes values away that would mislead, and says why. `untold`: what it needs and none of the sources tells."""
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
        reason[place] = f"{IMMATURE} before {matures}: what has not happened yet still can"
    if untold is not None:
        reason[:] = f"{NOT_MEASURED}: {untold}"
    found["suppressed_reason"] = reason
    gone = np.array([told is not None for told in reason], bool)
    for name in VALUES:
        found[name] = np.where(gone, np.nan, found[name])
