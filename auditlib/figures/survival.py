"""Percentiles and shares of durations of which some have not ended: Kaplan and Meier, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Curves:
    """Kaplan-Meier curves of several cells, one point for each length at which something ended.

    cell: whose point, in order; time: the length; lasting: the share that lasts longer; variance:
    Greenwood's, of that share; at_risk: how many had not ended before; first: where each cell's points begin.
    """

    cell: np.ndarray
    time: np.ndarray
    lasting: np.ndarray
    variance: np.ndarray
    at_risk: np.ndarray
    first: np.ndarray

    def reached(self, p: np.ndarray | float) -> np.ndarray:
        """For each cell the point by which a share p has ended; one past the last if that is not reached."""
        count = len(self.first) - 1
        wanted = np.broadcast_to(np.asarray(p, float), (count,))
        short = self.lasting > 1 - wanted[self.cell] + 1e-12
        return self.first[:-1] + np.bincount(self.cell, weights=short, minlength=count).astype(np.int64)

    def at(self, points: np.ndarray, what: np.ndarray, otherwise: float) -> np.ndarray:
        """A column of the curves at one point a cell; `otherwise` where the point lies past the cell's last."""
        there = points < self.first[1:]
        found = np.full(len(points), otherwise)
        found[there] = what[points[there]]
        return found

    def by(self, time: float) -> np.ndarray:
        """For each cell its last point up to a length; one before the first where there is none."""
        count = len(self.first) - 1
        passed = np.bincount(self.cell, weights=self.time <= time, minlength=count).astype(np.int64)
        return self.first[:-1] + passed - 1


def curves(cell: np.ndarray, time: np.ndarray, ended: np.ndarray, weight: np.ndarray, count: int) -> Curves:
    """Curves of rows that are sorted by cell and time.

    `weight`: what each row counts; the variance takes the weights as if they summed up to the rows.
    """
    if not len(cell):
        nothing = np.zeros(0)
        return Curves(np.zeros(0, np.int64), nothing, nothing, nothing, nothing, np.zeros(count + 1, np.int64))
    new = np.append(True, (cell[1:] != cell[:-1]) | (time[1:] != time[:-1]))
    tie = np.cumsum(new) - 1
    of = cell[new]
    left = np.bincount(tie, weights=weight)
    deaths = np.bincount(tie, weights=weight * ended)
    bounds = np.searchsorted(of, np.arange(count + 1))
    at_risk, lasting, terms = np.empty(len(of)), np.empty(len(of)), np.empty(len(of))
    for begin, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        # Summed from the cell's longest on: no other cell has a part in it.
        at_risk[begin:end] = left[begin:end][::-1].cumsum()[::-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        stay = np.where(deaths > 0, 1 - deaths / at_risk, 1.0)
        after = at_risk - deaths
        terms = np.where((deaths > 0) & (after > 1e-9), deaths / (at_risk * np.where(after > 1e-9, after, 1)), 0.0)
    stay[deaths >= at_risk * (1 - 1e-12)] = 0.0
    for begin, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        np.cumprod(stay[begin:end], out=lasting[begin:end])
        np.cumsum(terms[begin:end], out=terms[begin:end])
    told = deaths > 0
    cells = of[told]
    return Curves(
        cells,
        time[new][told],
        lasting[told],
        (lasting**2 * terms)[told],
        at_risk[told],
        np.searchsorted(cells, np.arange(count + 1)),
    )
