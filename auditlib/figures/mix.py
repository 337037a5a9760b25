"""How much of a change is another mix of cases, and how much is another way of serving them.

Each group's share and rate are taken at the middle of the two periods, so that the parts add up
to the change exactly: a rate can fall in all although it rose in every group.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Shift:
    """Parts of a change by group; all of them together are the change."""

    mix: np.ndarray
    """What each group's other share of the cases explains."""
    rate: np.ndarray
    """What each group's other rate explains."""

    @property
    def change(self) -> float:
        return float(self.mix.sum() + self.rate.sum())


def shift(n_before: np.ndarray, rate_before: np.ndarray, n_now: np.ndarray, rate_now: np.ndarray) -> Shift:
    """The parts of the change of a rate between two periods.

    One value a group: how many cases it had in each period, and their rate; where a group had no
    case its rate is not used, and all that it does to the change is mix. Both periods need cases.
    """
    before, now = np.asarray(n_before, float), np.asarray(n_now, float)
    if before.sum() <= 0 or now.sum() <= 0:
        raise ValueError("a period without any case has no rate that could have changed")
    r_before = np.where(before > 0, rate_before, rate_now)
    r_now = np.where(now > 0, rate_now, r_before)
    w_before, w_now = before / before.sum(), now / now.sum()
    total_before, total_now = (w_before * r_before).sum(), (w_now * r_now).sum()
    # Against the overall rate: a group that is like the others explains nothing by its size.
    middle = (total_before + total_now) / 2
    mix = (w_now - w_before) * ((r_before + r_now) / 2 - middle)
    rate = (w_now + w_before) / 2 * (r_now - r_before)
    return Shift(mix, rate)
