"""Who made a figure another: the units that were added to its cell, removed from it, or changed in it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from auditlib.figures import cells, intervals, why
from auditlib.figures.members import Members
from auditlib.figures.replaced import Knowledge
from auditlib.metric import Figure

Row = Mapping[str, Any]


def in_cell(figure: Figure, m: Members, basis: Any, about: Row) -> np.ndarray:
    """Places of the members of the cell that a figure's row is about, whether they count or not."""
    breakdown = tuple(name for name in (about["breakdown"], about["breakdown_2"]) if name not in ("", cells.EVERY))
    whole = dataclasses.replace(basis, only=None)
    table = cells.table(figure, m, whole, about["period"], about["segment"], breakdown)
    here = np.ones(table.count, bool)
    for name in ("period_start", "breakdown_value", "breakdown_value_2"):
        here &= table.labels[name].astype(str) == about[name]
    return table.rows[here[table.cell]]


def moved(now: Row, before: Row, old: Knowledge, new: Knowledge) -> pd.DataFrame:
    """Tickets (key) and the reason why they or their units moved, of a figure that replaced another."""
    figure = new.members[now["metric"]][0]
    both = tuple(_held(known, now) for known in (old, new))
    frames = []
    for side, (m, known) in enumerate(zip(both, (old, new), strict=True)):
        rows = in_cell(figure, m, known.basis, now)
        frames.append(pd.DataFrame({"key": m.key[rows], "number": m.number[rows], f"at{side}": rows}))
    units = frames[0].merge(frames[1], on=["key", "number"], how="outer")
    place = units[["at0", "at1"]].fillna(-1).to_numpy(np.int64)
    keys = units.key.to_numpy(np.int64)
    is_redefined, without = now["version"] != before["version"], new.out_of_reach.get(now["metric"], frozenset())
    elsewhere = why.elsewhere(now["segment"], (now["breakdown"], now["breakdown_2"]))
    reason = why.moved((both[0], both[1]), place, keys, new.causes, is_redefined, elsewhere, without)
    return pd.DataFrame({"key": keys, "reason": reason})[reason != ""].drop_duplicates(ignore_index=True)


def _held(known: Knowledge, about: Row) -> Members:
    """The members by which a figure was counted, or estimated while its window was not over."""
    _, own, beside = known.members[about["metric"]]
    return beside if beside is not None and about["ci_method"] == intervals.GREENWOOD else own
