"""Whether a series of figures moved by more than its own noise: control charts instead of thresholds.

A chart's limits come from a baseline that is frozen: later points are judged by it and do not
bend it. Sources: Shewhart 1931; Wheeler's XmR chart (limits at 2.66 mean moving ranges); Laney
2002 for rates of large numbers, whose binomial limits would hug the mean.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

RULES_VERSION = "1"
ENOUGH, PROVISIONAL = 20, 12
"""Points of a baseline, and of one that is provisional."""
XMR, RANGE_LIMIT = 2.66, 3.267
D2 = 1.128
"""Mean moving range of two independent standard normal values."""
OVERDISPERSED = 1.2
RUN, TREND = 8, 6
WORDS = {
    1: "beyond the limits",
    2: f"{RUN} in a row on one side of the mean",
    3: f"{TREND} in a row rising or falling",
    4: "two of three near a limit",
}


@dataclass(frozen=True)
class Chart:
    """Limits of each point and the first rule that it breaks (0 for none)."""

    kind: str
    """XmR, p or p′ (Laney)."""
    centre: float
    lower: np.ndarray
    upper: np.ndarray
    rule: np.ndarray
    sigma_z: float | None = None
    """How much more a rate varies than independent cases would; None for XmR."""

    def words(self, place: int) -> str | None:
        """Why a point is a signal; None if it is noise."""
        return WORDS.get(int(self.rule[place]))


def xmr(values: np.ndarray, baseline: int) -> Chart:
    """An individuals chart over the first `baseline` points of a series in order of time."""
    values = np.asarray(values, float)
    return individuals(values, *spread(values[:baseline]))


def spread(baseline: np.ndarray) -> tuple[float, float]:
    """The mean of a baseline's values in order of time, and the mean of their moving ranges."""
    values = np.asarray(baseline, float)
    return float(values.mean()), float(np.abs(np.diff(values)).mean())


def individuals(values: np.ndarray, centre: float, moving: float) -> Chart:
    """A series judged by the mean and the moving range of a baseline."""
    values = np.asarray(values, float)
    half = np.full(len(values), XMR * moving)
    return Chart("XmR", centre, centre - half, centre + half, _rules(values, centre, half))


def largest_range(values: np.ndarray, baseline: int) -> float:
    """The limit of the moving ranges of an individuals chart."""
    return float(RANGE_LIMIT * np.abs(np.diff(np.asarray(values, float)[:baseline])).mean())


def rates(numerator: np.ndarray, denominator: np.ndarray, baseline: int) -> Chart:
    """A chart of rates: binomial limits, widened as Laney does where the rate varies more than they allow."""
    return of_rates(numerator, denominator, *spread_of_rates(numerator[:baseline], denominator[:baseline]))


def spread_of_rates(numerator: np.ndarray, denominator: np.ndarray) -> tuple[float, float]:
    """The rate of a whole baseline, and how much more its points vary than independent cases would."""
    hits, n = np.asarray(numerator, float), np.asarray(denominator, float)
    centre = float(hits.sum() / n.sum())
    sigma = np.sqrt(centre * (1 - centre) / n)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(sigma > 0, (hits / n - centre) / sigma, 0.0)
    return centre, float(np.abs(np.diff(z)).mean() / D2)


def of_rates(numerator: np.ndarray, denominator: np.ndarray, centre: float, sigma_z: float) -> Chart:
    """Rates judged by the rate and the overdispersion of a baseline."""
    hits, n = np.asarray(numerator, float), np.asarray(denominator, float)
    p, is_laney = hits / n, sigma_z > OVERDISPERSED
    half = 3 * np.sqrt(centre * (1 - centre) / n) * (sigma_z if is_laney else 1.0)
    lower, upper = np.maximum(centre - half, 0.0), np.minimum(centre + half, 1.0)
    return Chart("p′" if is_laney else "p", centre, lower, upper, _rules(p, centre, half), sigma_z)


def _rules(values: np.ndarray, centre: float, half: np.ndarray) -> np.ndarray:
    """The first rule that each point breaks; a run or trend is told of the point that completes it."""
    side = np.sign(values - centre)
    with np.errstate(divide="ignore", invalid="ignore"):
        far = np.where(half > 0, (values - centre) / half, np.where(values == centre, 0.0, side * np.inf))
    rule = np.zeros(len(values), np.int8)
    near = np.where(np.abs(far) > 2 / 3, side, 0)
    rule[_two_of_three(near)] = 4
    rule[_in_a_row(np.append(0, np.sign(np.diff(values))), TREND - 1)] = 3
    rule[_in_a_row(side, RUN)] = 2
    rule[np.abs(far) > 1] = 1
    return rule


def _in_a_row(sign: np.ndarray, length: int) -> np.ndarray:
    """Where so many of the same sign, none of them 0, end."""
    starts = np.flatnonzero(np.append(True, sign[1:] != sign[:-1])) if len(sign) else np.zeros(0, np.int64)
    begun = np.zeros(len(sign), np.int64)
    begun[starts] = starts
    so_far = np.arange(len(sign)) - np.maximum.accumulate(begun) + 1 if len(sign) else begun
    return (so_far >= length) & (sign != 0)


def _two_of_three(near: np.ndarray) -> np.ndarray:
    found = np.zeros(len(near), bool)
    for sign in (-1, 1):
        hits = (near == sign).astype(int)
        padded = np.concatenate([[0, 0], hits])
        found |= (hits == 1) & (padded[2:] + padded[1:-1] + padded[:-2] >= 2)
    return found
