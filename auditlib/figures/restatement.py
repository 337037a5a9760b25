"""Why a figure changed: its members are replaced reason by reason, and it is computed after each.

So the parts add up to the change exactly, for percentiles and weighted figures too. What changes without
any member changing (waits that have grown longer, windows that are over) is the last part.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from auditlib.figures import cells, intervals
from auditlib.figures.basis import Basis
from auditlib.figures.estimates import Estimates, estimates, grouped, within
from auditlib.figures.members import Members
from auditlib.metric import Figure

COLUMNS = ["figure_id", "position", "reason", "tickets", "part"]
NO_PARTS = pd.DataFrame(columns=COLUMNS)
TIME_PASSED = "TIME_PASSED"
MATURATION = "MATURATION"
DEFINITION_CHANGE = "DEFINITION_CHANGE"
SCHEDULED = (MATURATION, TIME_PASSED)
"""Reasons that were to be expected: they are applied last, and no correction."""
GONE = "OUT_OF_CELL"
GOVERNING = (DEFINITION_CHANGE, "CONFIG_REMAP")
"""Causes that every ticket has when a rule changes: what happened to the ticket itself says more, if anything did."""
TABLE = ["period", "segment", "breakdown", "breakdown_2"]
ALMOST_NOTHING = 1e-9


@dataclass(frozen=True)
class Knowledge:
    """What a run knew: each figure's members, those of its provisional estimates, and the days it was as of."""

    basis: Basis
    members: Mapping[str, tuple[Figure, Members, Members | None]]
    causes: Mapping[int, str] = dataclasses.field(default_factory=dict)
    """Ticket → why its latest version exists: also of those that count nowhere any more."""


def parts(rows: pd.DataFrame, before: pd.DataFrame, old: Knowledge, new: Knowledge) -> pd.DataFrame:
    """Restatement parts of every row that supersedes another; `before` has those by their figure_id."""
    rows = rows[rows.supersedes.notna() & rows.metric.isin(list(new.members)) & rows.metric.isin(list(old.members))]
    was = before.set_index("figure_id").loc[rows.supersedes]
    was_method = np.zeros(len(rows), object) if "ci_method" not in was else was.ci_method.to_numpy(object)
    was_version = rows.version.to_numpy(object) if "version" not in was else was.version.to_numpy(object)
    rows = rows.assign(value_before=was.value.to_numpy(float), method_before=was_method, version_before=was_version)
    found = [
        _of_table(name, table, of_table, old, new)
        for (name, *table), of_table in rows.groupby(["metric", *TABLE], sort=True)
    ]
    return pd.concat(found, ignore_index=True) if found else NO_PARTS


def _of_table(name: str, table: list[str], rows: pd.DataFrame, old: Knowledge, new: Knowledge) -> pd.DataFrame:
    period, segment, one, two = table
    breakdown = tuple(n for n in (one, two) if n not in ("", "all"))
    figure = new.members[name][0]
    found = []
    estimated = rows.ci_method.eq(intervals.GREENWOOD) if "ci_method" in rows else pd.Series(False, rows.index)
    for is_estimated, of_kind in rows.groupby(estimated, sort=True):
        a, b = (_held(known, name, bool(is_estimated)) for known in (old, new))
        if a is None or b is None:
            continue
        sides = [
            cells.table(figure, m, dataclasses.replace(known.basis, only=None), period, segment, breakdown)
            for m, known in ((a, old), (b, new))
        ]
        units = _aligned(of_kind, (a, b), sides, new)
        joined = _joined(a, b)
        for (statistic, weighting), same in of_kind.groupby(["statistic", "weighting"], sort=True):
            how = (str(statistic), str(weighting), bool(is_estimated))
            found.append(_steps(same, figure, how, joined, units, new))
    return pd.concat(found, ignore_index=True) if found else NO_PARTS


def _held(known: Knowledge, name: str, is_estimated: bool) -> Members | None:
    _, members, provisional = known.members[name]
    return provisional if is_estimated else members


@dataclass(frozen=True)
class _Units:
    """Every unit that is or was in one of some cells, cell by cell, with the reasons that move them.

    `of`: a figure's row → its cell; starts: where each cell's units begin; place: a unit's places in old
    and new members joined (-1: none); nth: its reason's place in `names` (-1: nothing moved it).
    """

    of: pd.Series
    starts: np.ndarray
    place: np.ndarray
    nth: np.ndarray
    names: list[str]

    def steps(self, cell: int) -> list[tuple[int, int, np.ndarray]]:
        """(reason, how many it moves, places of the members once it is applied) in the order of the reasons."""
        span = slice(self.starts[cell], self.starts[cell + 1])
        nth, place = self.nth[span], self.place[span]
        found = []
        for last, moved in zip(*np.unique(nth[nth >= 0], return_counts=True), strict=True):
            # After each step those units are new whose reason has been applied; all others are as they were.
            chosen = np.where((nth >= 0) & (nth <= last), place[:, 1], place[:, 0])
            found.append((int(last), int(moved), chosen[chosen >= 0]))
        return found


def _steps(
    rows: pd.DataFrame, figure: Figure, how: tuple[str, str, bool], joined: Members, units: _Units, new: Knowledge
) -> pd.DataFrame:
    """One row for each figure and reason. All mixtures of old and new members are computed at once."""
    told = [(c, *step) for c, cell in enumerate(units.of[rows.index]) for step in units.steps(cell)]
    of_step = [np.full(len(mixed), step) for step, (_, _, _, mixed) in enumerate(told)]
    then = _computed(figure, how, joined, [mixed for *_, mixed in told], of_step, len(told), new.basis)
    return _written(rows, [(c, units.names[nth], moved) for c, nth, moved, _ in told], then)


def _computed(
    figure: Figure, how: tuple[str, str, bool], m: Members, mixed: list, of_step: list, count: int, basis: Basis
) -> np.ndarray:
    if not count:
        return np.zeros(0)
    statistic, weighting, is_estimated = how
    g = grouped(m, np.concatenate(mixed).astype(np.int64), np.concatenate(of_step), count)
    if is_estimated and statistic == "rate":
        kept = figure.provisional_is == "lasting"
        found: Estimates = within(g, float(figure.window_minutes or 0), basis.min_n, kept, weighting)
    else:
        found = estimates(statistic, g, weighting)
    return found.value


def _written(rows: pd.DataFrame, steps: list[tuple[int, str, int]], then: np.ndarray) -> pd.DataFrame:
    value = rows.value_before.to_numpy(float).copy()
    position = np.zeros(len(rows), np.int64)
    ids, told = rows.figure_id.to_numpy(object), []
    for (c, name, tickets), after in zip(steps, then, strict=True):
        told.append([ids[c], int(position[c]), name, tickets, _difference(after, value[c])])
        value[c] = after
        position[c] += 1
    for c, row in enumerate(rows.itertuples()):
        rest = _difference(row.value, value[c])
        is_moved = rest is not None and abs(rest) > ALMOST_NOTHING * max(1.0, abs(row.value))
        if is_moved or not position[c]:
            told.append([row.figure_id, int(position[c]), _by_itself(row), 0, rest])
    return pd.DataFrame(told, columns=COLUMNS)


def _by_itself(row: Any) -> str:
    """Why a figure is another although its members are the same."""
    if row.version != row.version_before:
        return DEFINITION_CHANGE
    estimated = row.ci_method == intervals.GREENWOOD if hasattr(row, "ci_method") else False
    if row.method_before == intervals.GREENWOOD and not estimated:
        return MATURATION
    return TIME_PASSED


def _order(reason: str) -> tuple[bool, str]:
    return reason in SCHEDULED, reason


def _difference(now: float, before: float) -> float | None:
    return None if np.isnan(now) or np.isnan(before) else float(now - before)


def _aligned(rows: pd.DataFrame, both: tuple[Members, Members], sides: list[cells.Table], new: Knowledge) -> _Units:
    """The units that are or were in the cells of some figures of one table, whatever their statistics."""
    told = rows[["period_start", "breakdown_value", "breakdown_value_2"]].astype(str).agg(tuple, axis=1)
    wanted = {label: cell for cell, label in enumerate(dict.fromkeys(told))}
    frames = []
    for side, (m, table) in enumerate(zip(both, sides, strict=True)):
        labels = zip(*(values.astype(str).tolist() for values in table.labels.values()), strict=True)
        index = np.array([wanted.get(label, -1) for label in labels], np.int64)
        cell = index[table.cell] if len(table.cell) else np.zeros(0, np.int64)
        held = table.rows[cell >= 0]
        frame = {"cell": cell[cell >= 0], "key": m.key[held], "number": m.number[held], f"at{side}": held}
        frames.append(pd.DataFrame(frame))
    units = frames[0].merge(frames[1], on=["cell", "key", "number"], how="outer").sort_values(["cell", "key", "number"])
    place = units[["at0", "at1"]].fillna(-1).to_numpy(np.int64)
    is_redefined = bool((rows.version != rows.version_before).any())
    reason = _reasons(both, place, units.key.to_numpy(np.int64), new, is_redefined)
    place[:, 1] = np.where(place[:, 1] >= 0, place[:, 1] + len(both[0]), -1)
    names = sorted({r for r in reason if r}, key=_order)
    number = {name: n for n, name in enumerate(names)}
    nth = np.array([number.get(r, -1) for r in reason], np.int64)
    starts = np.searchsorted(units.cell.to_numpy(np.int64), np.arange(len(wanted) + 1))
    return _Units(told.map(wanted), starts, place, nth, names)


def _reasons(
    both: tuple[Members, Members], place: np.ndarray, key: np.ndarray, new: Knowledge, is_redefined: bool
) -> np.ndarray:
    """Why each unit was added, removed or changed; empty if it was not."""
    old, now = both
    a, b = place.T
    stays = (a >= 0) & (b >= 0)
    same = np.zeros(len(a), bool)
    was, is_ = old.packed()[a[stays]], now.packed()[b[stays]]
    same[stays] = (was[:, 2:] == is_[:, 2:]).all(axis=1) & (old.is_known[a[stays]] == now.is_known[b[stays]])
    reason = np.full(len(a), "", object)
    changed = np.flatnonzero(~same & (b >= 0))
    reason[changed] = [_cause(now.causes[p], is_redefined) or "LATE_EVENT" for p in b[changed]]
    gone = np.flatnonzero(b < 0)
    reason[gone] = [_cause(new.causes.get(int(key[u]), ""), is_redefined) or GONE for u in gone]
    return reason


def _cause(causes: str, is_redefined: bool) -> str:
    """The one of several causes that explains most."""
    told = str(causes).split(",")
    if is_redefined and DEFINITION_CHANGE in told:
        return DEFINITION_CHANGE
    return min(told, key=lambda cause: (cause in GOVERNING, cause))


def _joined(old: Members, new: Members) -> Members:
    """Old members, then the new ones; where they belong is not asked any more."""
    taken = {
        field.name: np.concatenate([np.asarray(getattr(old, field.name)), np.asarray(getattr(new, field.name))])
        for field in dataclasses.fields(Members)
        if field.name not in ("belongs", "at_least", "segments")
    }
    return Members(**taken, belongs={}, segments=np.full(len(old) + len(new), "", object), at_least=new.at_least)
