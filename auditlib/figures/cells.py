"""The cells of a figure: which periods, breakdowns and segments it is published for, and who is in each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from auditlib.figures import periods
from auditlib.figures.basis import Basis
from auditlib.figures.members import Members
from auditlib.metric import Figure

EVERY = "all"
SEGMENT = "segment"


@dataclass(frozen=True)
class Table:
    """The cells of one period's length, breakdown and segment.

    labels: period_start, breakdown_value and breakdown_value_2 of each cell;
    rows, cell: places of the members, and each one's place in `labels`.
    """

    period: str
    segment: str
    breakdown: tuple[str, ...]
    labels: dict[str, np.ndarray]
    rows: np.ndarray
    cell: np.ndarray

    @property
    def count(self) -> int:
        """How many cells there are."""
        return len(self.labels["period_start"])

    @property
    def is_whole(self) -> bool:
        return not self.breakdown and self.segment == EVERY


def tables(figure: Figure, m: Members, basis: Basis) -> Iterator[Table]:
    """Every table of a figure that has members."""
    for period in figure.periods:
        rows, start = _in_periods(m, period, basis, figure.stands)
        if not len(rows):
            continue
        for segment, breakdown in _wanted(figure, period, basis):
            if all(name in m.belongs for name in breakdown):
                table = _chosen(m, period, segment, breakdown, rows, start, basis)
                if len(table.rows):
                    yield table


def table(figure: Figure, m: Members, basis: Basis, period: str, segment: str, breakdown: tuple[str, ...]) -> Table:
    """One table of a figure, with or without members."""
    rows, start = _in_periods(m, period, basis, figure.stands)
    return _chosen(m, period, segment, breakdown, rows, start, basis)


def _chosen(
    m: Members, period: str, segment: str, breakdown: tuple[str, ...], rows: np.ndarray, start: np.ndarray, basis: Basis
) -> Table:
    chosen = np.ones(len(rows), bool)
    if segment != EVERY:
        chosen = _has(m.segments, segment)[rows]
    if segment != EVERY or breakdown:
        # Parts are published once their period is over.
        chosen = chosen & (periods.ends(period, start) < np.datetime64(basis.as_of))
    return _table(m, period, segment, breakdown, rows[chosen], start[chosen])


def _wanted(figure: Figure, period: str, basis: Basis) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield EVERY, ()
    for names in basis.breakdowns:
        if not figure.is_broken_down(names, period):
            continue
        others = tuple(name for name in names if name != SEGMENT)
        if SEGMENT not in names:
            yield EVERY, names
        else:
            yield from ((segment, others) for segment in basis.segments)


def _in_periods(m: Members, period: str, basis: Basis, stands: bool) -> tuple[np.ndarray, np.ndarray]:
    """Places of members and the first day of a period that each is in; what stands is in many."""
    first = periods.first_whole(period, basis.loaded_since)
    last = np.datetime64(basis.as_of) - periods.ONE
    if not stands:
        rows = np.flatnonzero((m.day >= first) & (m.day <= last))
        start = periods.starts(period, m.day[rows])
    else:
        rows, start = _standing(m, period, first, last)
    if basis.only is not None:
        kept = np.isin(start, basis.only[period])
        rows, start = rows[kept], start[kept]
    return rows, start


def _standing(m: Members, period: str, first: np.datetime64, last: np.datetime64) -> tuple[np.ndarray, np.ndarray]:
    """A row for each period at whose end a member stands: it has begun, and is not over."""
    begin = periods.starts(period, np.maximum(m.day, first))
    over = np.where(np.isnat(m.until), periods.after(period, periods.starts(period, np.array([last])))[0], m.until)
    until = periods.starts(period, np.maximum(over, first))
    count = np.maximum(periods.number(period, until) - periods.number(period, begin), 0)
    count[m.day > last] = 0
    rows = np.repeat(np.arange(len(m)), count)
    nth = np.arange(len(rows)) - np.repeat(np.cumsum(count) - count, count)
    return rows, periods.after(period, begin[rows], nth)


def _has(segments: np.ndarray | pd.Categorical, segment: str) -> np.ndarray:
    codes, words = pd.factorize(segments)
    within = np.array([f",{segment}," in str(word) for word in words] + [False])
    return within[codes]


def _table(
    m: Members, period: str, segment: str, breakdown: tuple[str, ...], rows: np.ndarray, start: np.ndarray
) -> Table:
    codes, labels = pd.factorize(start, sort=True)
    index, words = codes.astype(np.int64), [labels]
    for name in breakdown:
        more, distinct = pd.factorize(m.belongs[name])
        index = index * max(len(distinct), 1) + more[rows]
        words.append(np.array([str(word) for word in distinct], object))
    cell, which = pd.factorize(index, sort=True)
    places = np.unravel_index(which, [len(w) for w in words])
    told = {"period_start": np.datetime_as_string(labels[places[0]], unit="D").astype(object)}
    for number, column in enumerate(("breakdown_value", "breakdown_value_2"), 1):
        named = number < len(words)
        told[column] = words[number][places[number]] if named else np.full(len(which), "", object)
    return Table(period, segment, breakdown, told, rows, cell)
