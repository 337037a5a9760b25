"""Why a figure changed: its members are replaced reason by reason, and it is computed after each.

So the parts add up to the change exactly, for percentiles too. What changes without any member
changing (waits that have grown longer) is the last part, TIME_PASSED.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from auditlib.figures import rollup
from auditlib.figures.members import Members
from auditlib.metric import Metric

COLUMNS = ["figure_id", "position", "reason", "tickets", "part"]
NO_PARTS = pd.DataFrame(columns=COLUMNS)
MIXED = (
    "key", "number", "contribution", "is_known", "is_unmeasurable", "observed", "is_waiting", "customer", "week",
    "causes",
)  # fmt: skip
TIME_PASSED = "TIME_PASSED"
GONE = "OUT_OF_CELL"


def parts(
    rows: pd.DataFrame,
    before: pd.DataFrame,
    old: Mapping[str, Members],
    new: Mapping[str, tuple[Metric, Members]],
) -> pd.DataFrame:
    """Restatement parts of every row that supersedes another."""
    values = dict(zip(before.figure_id, before.value, strict=True))
    found: list[tuple] = []
    for name, of_metric in rows[rows.supersedes.notna()].groupby("metric"):
        if name not in new or name not in old:
            continue
        cells_before, cells_now = _Cells(old[name]), _Cells(new[name][1])
        for row in of_metric.to_dict("records"):
            found += _of_figure(row, values[row["supersedes"]], cells_before, cells_now)
    return pd.DataFrame(found, columns=COLUMNS) if found else NO_PARTS


def _of_figure(row: Mapping[str, Any], value_before: float, before: _Cells, now: _Cells) -> list[tuple]:
    old, new = before.members(row), now.members(row)
    reason = _reasons(old, new)
    steps, value = [], value_before
    for position, name in enumerate(sorted(set(reason.values()))):
        applied = {unit for unit, why in reason.items() if why <= name}
        mixed = _mixed(old, new, applied)
        then = rollup.estimate(row["statistic"], mixed, np.arange(len(mixed))).value
        moved = sum(why == name for why in reason.values())
        steps.append((row["figure_id"], position, name, moved, _difference(then, value)))
        value = then
    rest = _difference(row["value"], value)
    if rest is None or rest != 0 or not steps:
        steps.append((row["figure_id"], len(steps), TIME_PASSED, 0, rest))
    return steps


def _reasons(old: Members, new: Members) -> dict[tuple[int, int], str]:
    """Unit → why it was added, removed or changed."""
    was, now = _units(old), _units(new)
    reason = {}
    for unit, place in now.items():
        before = was.get(unit)
        if before is None or not _alike(old, before, new, place):
            reason[unit] = str(new.causes[place]).split(",")[0] or "LATE_EVENT"
    for unit in was.keys() - now.keys():
        reason[unit] = GONE
    return reason


def _alike(old: Members, a: int, new: Members, b: int) -> bool:
    if old.is_known[a] != new.is_known[b] or old.observed[a] != new.observed[b]:
        return False
    # What has not ended runs on by itself: that is no change of the member.
    return not new.observed[b] or old.contribution[a] == new.contribution[b]


def _mixed(old: Members, new: Members, applied: set[tuple[int, int]]) -> Members:
    """The old members with those of some reasons replaced by the new ones."""
    kept = np.array([place for unit, place in _units(old).items() if unit not in applied], np.int64)
    taken = np.array([place for unit, place in _units(new).items() if unit in applied], np.int64)
    first, second = old.at(kept), new.at(taken)
    both = {name: np.concatenate([getattr(first, name), getattr(second, name)]) for name in MIXED}
    return Members(**both, belongs={}, at_least=new.at_least)


def _units(m: Members) -> dict[tuple[int, int], int]:
    return {unit: place for place, unit in enumerate(zip(m.key.tolist(), m.number.tolist(), strict=True))}


def _difference(now: float, before: float) -> float | None:
    return None if np.isnan(now) or np.isnan(before) else now - before


class _Cells:
    """Members of one metric, found by the cell that a figure speaks of."""

    def __init__(self, held: Members) -> None:
        self._held = held
        self._weeks = {week: np.flatnonzero(held.week == week) for week in np.unique(held.week)}

    def members(self, row: Mapping[str, Any]) -> Members:
        rows = self._weeks.get(np.datetime64(row["period_start"], "D"), np.zeros(0, np.int64))
        for name in ("breakdown", "breakdown_2"):
            if row[name] not in ("", "all"):
                value = row[name.replace("breakdown", "breakdown_value")]
                rows = rows[self._held.belongs[row[name]][rows].astype(str) == value]
        return self._held.at(rows)
