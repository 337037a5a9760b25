"""Which reason made each unit of a figure another, and which one a figure whose units are the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from auditlib import reasons
from auditlib.figures import intervals
from auditlib.figures.cells import EVERY
from auditlib.figures.members import Members
from auditlib.figures.withheld import IMMATURE, NOT_LOADED
from auditlib.ordered import is_among
from auditlib.reasons import Moved

BESIDE = ("suppressed_reason", "target", "missing_sources", "maturity")
"""What a figure says beside its value, by which one may be another although its members are the same."""
FINAL = "final"


def moved(
    both: tuple[Members, Members],
    place: np.ndarray,
    key: np.ndarray,
    causes: Mapping[int, str],
    is_redefined: bool,
    elsewhere: Moved,
    without: frozenset[str] = frozenset(),
) -> np.ndarray:
    """Why each unit was added to its cell, removed from it, or changed in it; empty if nothing moved it.

    `place` has each unit's places in the old and the new members (-1: none), `key` its ticket, `causes` why a
    ticket was measured since, `elsewhere` how a unit moves that counts in another such cell, `without` what of
    these causes can move no unit of this metric.
    """
    how = _how(both, place, key, elsewhere)
    units = np.flatnonzero(how)
    there = place[units, 1] >= 0
    told = np.empty(len(units), object)
    told[there] = np.asarray(both[1].causes, object)[place[units[there], 1]]
    told[~there] = [causes.get(ticket, "") for ticket in key[units[~there]].tolist()]
    # Few nights know more than some dozen sets of causes: each is explained once.
    said, words = pd.factorize(told)
    which, of = np.unique(np.stack([said, how[units], there]), axis=1, return_inverse=True)
    explained = [
        reasons.explaining(str(words[cause]), Moved(moved), is_redefined, without)
        or ("LATE_EVENT" if is_there else reasons.OUT_OF_CELL)
        for cause, moved, is_there in which.T.tolist()
    ]
    reason = np.full(len(place), "", object)
    reason[units] = np.array(explained, object)[of.ravel()]
    return reason


def _how(both: tuple[Members, Members], place: np.ndarray, key: np.ndarray, elsewhere: Moved) -> np.ndarray:
    """How each unit moved, as the number of `Moved`; 0 if it did not."""
    old, now = both
    a, b = place.T
    stays = (a >= 0) & (b >= 0)
    was, is_ = old.packed(a[stays]), now.packed(b[stays])
    was_known, is_known = old.is_known[a[stays]], now.is_known[b[stays]]
    differs = (was[:, 2:] != is_[:, 2:]).any(axis=1) | (was_known != is_known)
    how = np.full(len(place), int(elsewhere))
    how[stays] = np.where(differs, np.where(~was_known & is_known, int(Moved.known), int(Moved.amount)), 0)
    for there, side in ((a, old), (b, now)):
        gone = np.flatnonzero(there < 0)
        how[gone[~is_among(key[gone], side.key)]] = Moved.scope
    return how


def elsewhere(segment: str, breakdowns: Iterable[str]) -> Moved:
    """How a unit moves that counts in another cell of a segment and some breakdowns."""
    if segment != EVERY:
        return Moved.segment
    return Moved.topic if "topic" in breakdowns else Moved.team


def by_itself(row: Mapping[str, Any], is_other_code: bool) -> str:
    """Why a figure is another although its members are the same; `row` says what it was as …_before."""
    is_shown, was_shown = (row[name] == row[name] for name in ("value", "value_before"))
    if row["version"] != row["version_before"]:
        return reasons.DEFINITION_CHANGE
    if row["ci_method_before"] == intervals.GREENWOOD and row["ci_method"] != intervals.GREENWOOD:
        return reasons.MATURATION
    withheld = str(_said(row, "suppressed_reason_before") or "")
    if withheld.startswith(IMMATURE):
        return reasons.MATURATION
    if withheld == NOT_LOADED:
        return reasons.BACKFILL
    if is_shown != was_shown:
        return reasons.WITHHELD
    if not is_shown or row["value"] == row["value_before"]:
        return _beside_the_value(row)
    return reasons.CODE_CHANGE if is_other_code and row.get("maturity_before") == FINAL else reasons.TIME_PASSED


def _beside_the_value(row: Mapping[str, Any]) -> str:
    """Why a figure says something else around a value that is the same."""
    lacking, lacked = (
        set(str(_said(row, name) or "").split(",")) - {""} for name in ("missing_sources", "missing_sources_before")
    )
    if lacking != lacked:
        return reasons.SOURCE_MISSING if lacking - lacked else reasons.SOURCE_RETURNED
    if _said(row, "target") != _said(row, "target_before"):
        return reasons.TARGET_EDIT
    return reasons.TIME_PASSED


def _said(row: Mapping[str, Any], name: str) -> Any:
    value = row.get(name)
    return None if value is None or value != value else value
