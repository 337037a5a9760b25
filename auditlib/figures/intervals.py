"""How sure figures are: 95 % intervals that are robust to customers with many tickets.

Tickets of one customer resemble each other, so n tickets tell less than n: the effective n is
what independent tickets would give the same variance. Sources: Wilson 1927 for shares; Garwood
1936 for counts; Kaplan and Meier 1958 with Greenwood's variance, and Woodruff 1952, for
percentiles; Newcombe 1998, and Zou and Donner 2008, for changes.

Everything works on arrays, one element a cell. What an element is depends on its own cell only:
a figure is the same to the last bit in whatever company it is computed.
"""

from __future__ import annotations

import numpy as np
from scipy.special import bdtr, bdtrik, gammaincinv

Z = 1.959963984540054
OF = "of the service that gave these tickets"
WILSON = f"Wilson 95 % at the effective n (customers), {OF}"
GARWOOD = f"Garwood 95 % at the effective count (customers), {OF}"
WOODRUFF = f"Woodruff 95 % at the effective n (customers), {OF}"
GREENWOOD = f"Kaplan-Meier, Wilson 95 % at Greenwood's effective n (customers), {OF}"
FULL_COUNT = "a full count: nothing is estimated"


def wilson(p: np.ndarray | float, n: np.ndarray | float) -> tuple[np.ndarray, np.ndarray]:
    """Wilson's interval for shares p of n, 0 to 1 where n is 0; n need not be whole."""
    p, n = np.asarray(p, float), np.asarray(n, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
        half = Z / (1 + Z * Z / n) * np.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    empty = ~(n > 0)
    return np.where(empty, 0.0, np.maximum(0.0, middle - half)), np.where(empty, 1.0, np.minimum(1.0, middle + half))


def effective_n(
    p: np.ndarray, all_agree: np.ndarray, n: np.ndarray, customers: np.ndarray, spread: np.ndarray
) -> np.ndarray:
    """What n independent units would tell as much as these about a share p; between 1 and n.

    `customers`: how many; `spread`: the variance of p, taken over whole customers. Where all units agree, the
    number of customers; where each customer has one, n.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        robust = p * (1 - p) / (spread * customers / np.maximum(customers - 1, 1))
    found = np.where(spread > 0, np.clip(robust, 1.0, n), n)
    found = np.where(all_agree | (customers < 2), customers, found)
    return np.where(customers == n, n, found).astype(float)


def garwood(
    total: np.ndarray, n: np.ndarray, customers: np.ndarray, spread: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The interval of a count for each of n units, from Poisson's at the effective count.

    Counts that cluster in customers vary more than Poisson's: the sum is divided by how much more (never by less
    than 1). `spread`: the sum of squares of customers' deviations.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        more = np.where(customers > 1, spread / total * customers / np.maximum(customers - 1, 1), n)
        events = total / np.maximum(1.0, more)
        scale = np.where(total > 0, total / n / np.where(total > 0, events, 1.0), 1.0 / np.maximum(customers, 1))
    events = np.where(total > 0, events, 0.0)
    low = np.where(events > 0, gammaincinv(np.where(events > 0, events, 1.0), 0.025), 0.0)
    return scale * low, scale * gammaincinv(events + 1, 0.975)


def of_change(
    value: np.ndarray,
    low: np.ndarray,
    high: np.ndarray,
    before: np.ndarray,
    low_before: np.ndarray,
    high_before: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """The interval of value - before, of two independent estimates, out of their own intervals.

    Of two rates with Wilson's intervals this is Newcombe's; for percentiles it is what Zou and Donner made of it.
    """
    change = value - before
    down = np.sqrt((value - low) ** 2 + (high_before - before) ** 2)
    up = np.sqrt((high - value) ** 2 + (before - low_before) ** 2)
    return change - down, change + up


def funnel(rate: float, n: np.ndarray, share: float = 0.998) -> tuple[np.ndarray, np.ndarray]:
    """Between which rates teams of these sizes lie by chance alone, if all serve at the overall rate."""
    tail, n = (1 - share) / 2, np.asarray(n, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        return _binomial(tail, n, rate) / n, _binomial(1 - tail, n, rate) / n


def _binomial(share: float, n: np.ndarray, rate: float) -> np.ndarray:
    """The fewest hits of n with which at least this share of the binomial distribution is reached."""
    if rate in (0, 1):
        return n * rate
    found = np.clip(np.ceil(bdtrik(share, n, rate)), 0, n)
    # The inverse is not exact: where one hit less reaches the share too, that is the answer.
    less = np.maximum(found - 1, 0)
    return np.where(bdtr(less, n.astype(np.int64), rate) >= share, less, found)
