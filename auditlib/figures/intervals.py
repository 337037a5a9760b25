"""How sure a figure is: 95 % intervals that are robust to customers with many tickets.

Tickets of one customer resemble each other, so n tickets tell less than n: the effective n is
what independent tickets would give the same variance. Sources: Wilson 1927 for rates; Kaplan
and Meier 1958 with Greenwood's variance, and Woodruff 1952, for percentiles.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaincinv

Z = 1.959963984540054
WILSON = "Wilson 95 % at the effective n (customers), of the service that gave these tickets"
GARWOOD = "Garwood 95 % at the effective count (customers), of the service that gave these tickets"
WOODRUFF = "Woodruff 95 % at the effective n (customers), of the service that gave these tickets"


@dataclass(frozen=True)
class Estimate:
    """A value with its interval; NaN where there is none, with the reason."""

    value: float
    low: float
    high: float
    reason: str | None = None


def wilson(p: float, n: float) -> tuple[float, float]:
    """Wilson's interval for a share p of n; n need not be whole."""
    if n <= 0:
        return 0.0, 1.0
    middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * np.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    return max(0.0, float(middle - half)), min(1.0, float(middle + half))


def effective_n(hits: np.ndarray, customer: np.ndarray) -> float:
    """What n independent tickets would tell as much as these, whose customers have several; at most n.

    `hits`: 0 or 1 per ticket; `customer`: whose it is. Where all hits agree, the number of customers.
    """
    n = len(hits)
    whose, index = np.unique(customer, return_inverse=True)
    p = hits.mean() if n else 0.0
    if len(whose) == n:
        return float(n)
    if p in (0.0, 1.0) or len(whose) < 2:
        return float(len(whose))
    deviation = np.bincount(index, weights=hits - p)
    variance = (deviation**2).sum() / n**2 * len(whose) / (len(whose) - 1)
    return float(np.clip(p * (1 - p) / variance, 1.0, n)) if variance > 0 else float(n)


def rate(hits: np.ndarray, customer: np.ndarray) -> Estimate:
    """A share with its interval."""
    if len(hits) == 0:
        return Estimate(np.nan, np.nan, np.nan, "nothing to measure")
    p = float(hits.mean())
    low, high = wilson(p, effective_n(hits, customer))
    return Estimate(p, min(low, p), max(high, p))


def per_100(counts: np.ndarray, customer: np.ndarray) -> Estimate:
    """The sum for each hundred units, with Garwood's interval for a Poisson count.

    Counts that cluster in customers vary more than Poisson's: the sum is divided by how much more
    (never by less than 1), which gives the effective count that the interval is made for.
    """
    n = len(counts)
    if n == 0:
        return Estimate(np.nan, np.nan, np.nan, "nothing to measure")
    total = float(counts.sum())
    whose, index = np.unique(customer, return_inverse=True)
    if total == 0:
        return Estimate(0.0, 0.0, 100 * float(gammaincinv(1, 0.975)) / len(whose))
    mean = total / n
    deviation = np.bincount(index, weights=counts - mean)
    more = (deviation**2).sum() / total * len(whose) / (len(whose) - 1) if len(whose) > 1 else n
    events = total / max(1.0, more)
    scale = 100 * mean / events
    return Estimate(
        100 * mean, scale * float(gammaincinv(events, 0.025)), scale * float(gammaincinv(events + 1, 0.975))
    )


def percentile(minutes: np.ndarray, observed: np.ndarray, customer: np.ndarray, p: float) -> Estimate:
    """The p-th percentile of durations, those that have not ended included, with its interval.

    `minutes`: length, or how long it runs already; `observed`: whether it ended. With everything
    observed the percentile is interpolated (Hyndman and Fan's type 7), otherwise it is the first
    moment by which Kaplan and Meier's curve has fallen far enough; where it has not, NaN.
    """
    if len(minutes) == 0:
        return Estimate(np.nan, np.nan, np.nan, "nothing to measure")
    if observed.all():
        ordered = np.sort(minutes)
        value = interpolated(ordered, p)
        low, high = wilson(p, effective_n((minutes <= value).astype(float), customer))
        return Estimate(value, interpolated(ordered, low), interpolated(ordered, high))
    times, survival, variance = kaplan_meier(minutes, observed)
    value = _reached(times, survival, p)
    if np.isnan(value):
        return Estimate(np.nan, np.nan, np.nan, "not reached: too many have not ended yet")
    at = np.searchsorted(times, value)
    independent = p * (1 - p) / variance[at] if variance[at] > 0 else float(len(minutes))
    hits = ((minutes <= value) & observed).astype(float)
    n = independent * effective_n(hits, customer) / len(minutes)
    low, high = wilson(p, n)
    return Estimate(value, min(_reached(times, survival, low), value), _reached(times, survival, high))


def interpolated(ordered: np.ndarray, p: float) -> float:
    """The p-th percentile of ordered values, between neighbours in proportion (Hyndman and Fan's type 7)."""
    place = p * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return float(ordered[below] + (place - below) * (ordered[above] - ordered[below]))


def kaplan_meier(minutes: np.ndarray, observed: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Moments at which something ended, the share that then still runs, and Greenwood's variance of it."""
    times = np.unique(minutes[observed])
    ordered = np.sort(minutes)
    at_risk = len(ordered) - np.searchsorted(ordered, times, side="left")
    ended = np.sort(minutes[observed])
    deaths = np.searchsorted(ended, times, side="right") - np.searchsorted(ended, times, side="left")
    survival = np.cumprod(1 - deaths / at_risk)
    left = at_risk - deaths
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(left > 0, deaths / (at_risk * np.maximum(left, 1)), 0.0)
    return times, survival, survival**2 * np.cumsum(terms)


def _reached(times: np.ndarray, survival: np.ndarray, p: float) -> float:
    """The first moment by which a share p has ended; NaN if that is not reached."""
    reached = np.flatnonzero(survival <= 1 - p + 1e-12)
    return float(times[reached[0]]) if len(reached) else np.nan
