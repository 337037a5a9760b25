"""Which units of some cells were added, removed or changed between two nights, and why each was."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from auditlib.figures import why
from auditlib.figures.basis import Basis
from auditlib.figures.cells import Table
from auditlib.figures.members import Members
from auditlib.metric import Figure
from auditlib.reasons import SCHEDULED

Label = tuple[str, str, str]
"""A cell of a table: period_start, breakdown_value, breakdown_value_2."""


@dataclass(frozen=True)
class Knowledge:
    """What a run knew: each figure's members, those of its provisional estimates, and the days it was as of."""

    basis: Basis
    members: Mapping[str, tuple[Figure, Members, Members | None]]
    causes: Mapping[int, str] = dataclasses.field(default_factory=dict)
    """Ticket → why it was measured since: also of those that count nowhere any more."""
    code_version: str = ""
    out_of_reach: Mapping[str, frozenset[str]] = dataclasses.field(default_factory=dict)
    """Figure → causes that cannot have moved it."""


@dataclass(frozen=True)
class Units:
    """Every unit that is or was in one of some cells, cell by cell, with the reasons that move them.

    starts: where each cell's units begin; place: a unit's places in old and new members joined (-1: none);
    nth: its reason's place in `names` (-1: nothing moved it).
    """

    starts: np.ndarray
    place: np.ndarray
    nth: np.ndarray
    names: list[str]

    @cached_property
    def steps(self) -> list[list[tuple[str, int, np.ndarray]]]:
        """Of each cell: reason, how many it moves, places of the members once it is applied; in the reasons' order."""
        return [self._steps(slice(*span)) for span in zip(self.starts[:-1], self.starts[1:], strict=True)]

    def _steps(self, span: slice) -> list[tuple[str, int, np.ndarray]]:
        nth, place = self.nth[span], self.place[span]
        found = []
        for last, moved in zip(*np.unique(nth[nth >= 0], return_counts=True), strict=True):
            # After each step those units are new whose reason has been applied; all others are as they were.
            chosen = np.where((nth >= 0) & (nth <= last), place[:, 1], place[:, 0])
            found.append((self.names[last], int(moved), chosen[chosen >= 0]))
        return found


def units(
    wanted: Mapping[Label, int],
    both: tuple[Members, Members],
    sides: Sequence[Table],
    new: Knowledge,
    is_redefined: bool,
    without: frozenset[str] = frozenset(),
) -> Units:
    """The units that are or were in some cells of one table; `wanted` numbers those from 0.

    `without`: causes that cannot have moved any of them.
    """
    cell, place, key = _aligned(both, [_within(m, t, wanted) for m, t in zip(both, sides, strict=True)])
    elsewhere = why.elsewhere(sides[0].segment, sides[0].breakdown)
    reason = why.moved(both, place, key, new.causes, is_redefined, elsewhere, without)
    place[:, 1] = np.where(place[:, 1] >= 0, place[:, 1] + len(both[0]), -1)
    code, told = pd.factorize(reason)
    names = sorted({name for name in told if name}, key=lambda name: (name in SCHEDULED, name))
    nth = np.array([names.index(name) if name else -1 for name in told], np.int64)[code]
    return Units(np.searchsorted(cell, np.arange(len(wanted) + 1)), place, nth, names)


def _within(m: Members, table: Table, wanted: Mapping[Label, int]) -> tuple[np.ndarray, np.ndarray]:
    """Cells, and places of the members in them, of those cells that are wanted."""
    labels = zip(*(values.tolist() for values in table.labels.values()), strict=True)
    index = np.array([wanted.get(label, -1) for label in labels], np.int64)
    cell = index[table.cell] if len(table.cell) else np.zeros(0, np.int64)
    return cell[cell >= 0], table.rows[cell >= 0]


def _aligned(
    both: tuple[Members, Members], sides: Sequence[tuple[np.ndarray, np.ndarray]]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The units of both sides in the order of their cells: cell, places in both (-1: none), ticket."""
    side = np.repeat([0, 1], [len(rows) for _, rows in sides])
    cell, at = (np.concatenate([told[n] for told in sides]) for n in (0, 1))
    key, number = (
        np.concatenate([getattr(m, name)[rows] for m, (_, rows) in zip(both, sides, strict=True)])
        for name in ("key", "number")
    )
    order = np.lexsort((number, key, cell))
    told = np.stack([cell, key, number])[:, order]
    first = np.append(True, (told[:, 1:] != told[:, :-1]).any(axis=0))[: len(order)]
    place = np.full((int(first.sum()), 2), -1, np.int64)
    place[np.cumsum(first) - 1, side[order]] = at[order]
    return told[0, first], place, told[1, first]
