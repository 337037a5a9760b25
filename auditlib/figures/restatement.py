"""Why a figure changed: its members are replaced reason by reason, and it is computed after each.

So the parts add up to the change exactly, for percentiles and weighted figures too. What changes without
any member changing (waits that have grown longer, windows that are over) is the last part.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from auditlib import reasons
from auditlib.figures import cells, intervals, replaced, why
from auditlib.figures.basis import Basis
from auditlib.figures.estimates import Estimates, estimates, grouped, within
from auditlib.figures.members import Members
from auditlib.figures.replaced import Knowledge, Units
from auditlib.metric import Figure

COLUMNS = ["figure_id", "position", "reason", "tickets", "part"]
NO_PARTS = pd.DataFrame(columns=COLUMNS)
TABLE = ("metric", "period", "segment", "breakdown", "breakdown_2")
CELL = ("period_start", "breakdown_value", "breakdown_value_2")
TOLD = (*TABLE, *CELL, "figure_id", "statistic", "weighting", "value", "version", "ci_method")
REPLACED = ("value", "version", "ci_method")
ALMOST_NOTHING = 1e-9
Part = tuple[str, int, str, int, float | None]
Step = tuple[int, str, int]
Both = tuple[Members, Members]


@dataclass(frozen=True)
class _Changed:
    """Figures that supersede others: column by column what they say, and what those said (`…_before`)."""

    columns: dict[str, np.ndarray]

    def __getitem__(self, name: str) -> np.ndarray:
        return self.columns[name]

    def __len__(self) -> int:
        return len(self.columns["figure_id"])

    def at(self, rows: np.ndarray) -> _Changed:
        return _Changed({name: values[rows] for name, values in self.columns.items()})

    def labels(self, *names: str) -> list[tuple]:
        return list(zip(*(self[name].tolist() for name in names), strict=True))

    def by(self, *names: str) -> Iterator[tuple[tuple, _Changed]]:
        """Those that agree in some columns together, in the order of what these say."""
        held: dict[tuple, list[int]] = {}
        for row, label in enumerate(self.labels(*names)):
            held.setdefault(label, []).append(row)
        for label in sorted(held):
            yield label, self.at(np.array(held[label]))


def parts(rows: pd.DataFrame, before: pd.DataFrame, old: Knowledge, new: Knowledge) -> pd.DataFrame:
    """Restatement parts of every row that supersedes another; `before` has those by their figure_id."""
    known = new.members.keys() & old.members.keys()
    rows = rows[rows.supersedes.notna() & rows.metric.isin(list(known))]
    was = before.set_index("figure_id").loc[rows.supersedes]
    changed = _Changed(
        {name: rows[name].to_numpy(object) for name in (*TOLD, *why.BESIDE) if name in rows}
        | {f"{name}_before": was[name].to_numpy(object) for name in (*REPLACED, *why.BESIDE) if name in was}
        | {"is_estimated": (rows.ci_method == intervals.GREENWOOD).to_numpy(bool)}
    )
    found: list[Part] = []
    for (metric,), of_metric in changed.by("metric"):
        joined: dict[bool, Members] = {}  # made once for all of a metric's tables
        for table, of_table in of_metric.by(*TABLE):
            for (is_estimated,), of_kind in of_table.by("is_estimated"):
                a, b = (_held(side, metric, is_estimated) for side in (old, new))
                if a is None or b is None:
                    continue
                if is_estimated not in joined:
                    joined[is_estimated] = _joined(a, b)
                found += _of_table(table, of_kind, (a, b), joined[is_estimated], old, new)
    return pd.DataFrame(found, columns=COLUMNS) if found else NO_PARTS


def _held(known: Knowledge, metric: str, is_estimated: bool) -> Members | None:
    _, members, provisional = known.members[metric]
    return provisional if is_estimated else members


def _of_table(table: tuple, rows: _Changed, both: Both, joined: Members, old: Knowledge, new: Knowledge) -> list[Part]:
    """The parts of one table's figures, all estimated or none; `joined` are both sides' members."""
    metric, period, segment, *names = table
    figure = new.members[metric][0]
    breakdown = tuple(name for name in names if name not in ("", cells.EVERY))
    sides = [
        cells.table(figure, m, dataclasses.replace(known.basis, only=None), period, segment, breakdown)
        for m, known in zip(both, (old, new), strict=True)
    ]
    labels = rows.labels(*CELL)
    wanted = {label: cell for cell, label in enumerate(dict.fromkeys(labels))}
    is_redefined = bool((rows["version"] != rows["version_before"]).any())
    without = new.out_of_reach.get(metric, frozenset())
    units = replaced.units(wanted, both, sides, new, is_redefined, without)
    is_other_code = bool(old.code_version) and old.code_version != new.code_version
    rows = _Changed(rows.columns | {"cell": np.array([wanted[label] for label in labels])})
    return [
        part
        for how, same in rows.by("statistic", "weighting")
        for part in _steps(same, figure, how, joined, units, new.basis, is_other_code)
    ]


def _steps(
    rows: _Changed, figure: Figure, how: tuple, joined: Members, units: Units, basis: Basis, is_other_code: bool
) -> list[Part]:
    """One part for each figure and reason. All mixtures of old and new members are computed at once."""
    told = [(row, *step) for row, cell in enumerate(rows["cell"]) for step in units.steps[cell]]
    then = _computed(figure, how, bool(rows["is_estimated"][0]), joined, [mixed for *_, mixed in told], basis)
    return _written(rows, [(row, name, moved) for row, name, moved, _ in told], then, is_other_code)


def _computed(
    figure: Figure, how: tuple, is_estimated: bool, m: Members, mixed: list[np.ndarray], basis: Basis
) -> np.ndarray:
    """The figure's value of each of some mixtures of members."""
    if not mixed:
        return np.zeros(0)
    statistic, weighting = how
    of_step = np.repeat(np.arange(len(mixed)), [len(places) for places in mixed])
    g = grouped(m, np.concatenate(mixed).astype(np.int64), of_step, len(mixed))
    if is_estimated and statistic == "rate":
        kept = figure.provisional_is == "lasting"
        found: Estimates = within(g, float(figure.window_minutes or 0), basis.min_n, kept, weighting)
    else:
        found = estimates(statistic, g, weighting)
    return found.value


def _written(rows: _Changed, steps: list[Step], then: np.ndarray, is_other_code: bool) -> list[Part]:
    of: dict[int, list[tuple[str, int, float]]] = {}
    for (row, name, tickets), after in zip(steps, then, strict=True):
        of.setdefault(row, []).append((name, tickets, float(after)))
    before, now = (rows[name].astype(float) for name in ("value_before", "value"))
    told: list[Part] = []
    for row, figure_id in enumerate(rows["figure_id"]):
        value, own = before[row], []
        has_both = not (np.isnan(before[row]) or np.isnan(now[row]))
        for name, tickets, after in _inseparable(of.get(row, [])) if has_both else of.get(row, []):
            own.append((name, tickets, _difference(after, value)))
            value = after
        rest = _difference(now[row], value)
        is_moved = rest is not None and abs(rest) > ALMOST_NOTHING * max(1.0, abs(now[row]))
        if is_moved or not own:
            itself = {name: values[row] for name, values in rows.columns.items()}
            own.append((why.by_itself(itself, is_other_code), 0, rest))
        told += [(figure_id, position, *part) for position, part in enumerate(own)]
    return told


def _inseparable(steps: list[tuple[str, int, float]]) -> list[tuple[str, int, float]]:
    """Steps after which there is a value each: a percentile may not be reached on the way from one to the other.

    Reasons between which nothing could be subtracted are one, so that the parts still add up to the change.
    """
    found: list[tuple[str, int, float]] = []
    names: list[str] = []
    tickets = 0
    for name, moved, after in steps:
        names, tickets = [*names, name], tickets + moved
        if not np.isnan(after):
            found.append((reasons.together(names), tickets, after))
            names, tickets = [], 0
    return found


def _difference(now: float, before: float) -> float | None:
    return None if np.isnan(now) or np.isnan(before) else float(now - before)


def _joined(old: Members, new: Members) -> Members:
    """Old members, then the new ones; where they belong is not asked any more."""
    taken = {
        field.name: np.concatenate([np.asarray(getattr(old, field.name)), np.asarray(getattr(new, field.name))])
        for field in dataclasses.fields(Members)
        if field.name not in ("belongs", "at_least", "segments")
    }
    return Members(**taken, belongs={}, segments=np.full(len(old) + len(new), "", object), at_least=new.at_least)
