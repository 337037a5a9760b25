"""The members of a published figure as they stood then, and whether the figure follows from them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from auditlib.figures import intervals, rollup
from auditlib.figures.basis import Basis
from auditlib.figures.members import Members
from auditlib.figures.moved import in_cell
from auditlib.pipeline import counted, figuring, touched
from auditlib.pipeline.setting import Setting
from auditlib.store import engine, runs
from auditlib.store.readings import Readings
from auditlib.store.runs import Run

SAME = ("members_hash", "n", "value", "numerator", "denominator", "ci_low", "ci_high", "suppressed_reason")
"""What of a figure follows from its members, and is compared."""
LAST_DIGITS = 1e-9
NOT_YET = "does not apply, or cannot be known yet"
COLUMNS = ("ticket", "unit", "number", "side", "reason", "contribution", "state")


@dataclass(frozen=True)
class Evidence:
    """A figure's members, what follows from them, and in sentences what does not agree; none if all does."""

    rows: pd.DataFrame
    recomputed: Mapping[str, Any] | None
    disagrees: list[str]


def of(setting: Setting, told: Mapping[str, Any]) -> Evidence:
    """The evidence of a published figure, as its row in the store tells it."""
    run = runs.read(setting.store, told["publication_run"])
    every = touched.everything(setting)
    if told["metric"] not in every.figures:
        gone = f"{told['metric']} is defined no more: bring its file back to compute it again"
        return Evidence(pd.DataFrame(columns=list(COLUMNS)), None, [gone])
    wanted = every.narrowed(pd.DataFrame([told]))
    basis = figuring.with_hidden(setting, run, figuring.basis_of(setting, run), wanted)
    everybody = dict(counted.members_of(setting, run, wanted, everybody=True))[told["metric"]]
    metric, figure, own, beside = everybody
    facts = _facts(setting, run, own)
    own, beside = (m and m.at(pd.isna(_excluded(facts, m))) for m in (own, beside))
    narrow = replace(basis, only=wanted.periods(metric, figure))
    found = rollup.figures(metric, replace(figure, periods=(told["period"],)), own, narrow, beside)
    same = found[found.cell_id == told["cell_id"]]
    again = None if same.empty else _plain(same.iloc[0])
    disagrees = [*_labels(told), *_differences(told, again)]
    if disagrees and metric.version != told["version"]:
        disagrees.append(f"the definition was {told['version']} then and is {metric.version} now")
    if disagrees and run.config_hash != setting.run_facts()["config_hash"]:
        disagrees.append("audit.toml was another then: with that one and its AUDITLIB_CONFIG it can be asked again")
    rows = _members(told, everybody, facts, basis)
    return Evidence(rows, again, disagrees)


def _labels(told: Mapping[str, Any]) -> list[str]:
    """Whether the ids are those of what the figure says that it is about."""
    cell = rollup.digest({name: told[name] for name in rollup.KEY})
    if (cell, rollup.digest([cell, told["publication_run"]])) != (told["cell_id"], told["figure_id"]):
        return ["what the figure is about was changed: its id is that of another metric, period or part"]
    return []


def _differences(told: Mapping[str, Any], again: Mapping[str, Any] | None) -> list[str]:
    if again is None:
        if told["suppressed_reason"] == figuring.NO_MEMBER:
            return []
        return ["no such figure follows from what the store holds of that publication"]
    found = []
    if again["members_hash"] != told["members_hash"]:
        found.append("the members are not those that the figure was published with: their hash is another")
    for name in SAME[1:]:
        if not agree(told[name], again[name]):
            found.append(f"{name} is {_said(told[name])} in the store, and {_said(again[name])} by its members")
    return found


def differs(told: Mapping[str, Any], again: Mapping[str, Any] | None) -> bool:
    """Whether a figure that was computed again comes to something else, or to nothing."""
    return again is None or not all(agree(_known(told[name]), _known(again[name])) for name in SAME)


def _known(value: Any) -> Any:
    return None if value is None or value != value else _number(value)


def agree(a: Any, b: Any) -> bool:
    """Whether two values are the same, but for the last digits of a number."""
    if isinstance(a, int | float) and isinstance(b, int | float):
        return math.isclose(a, b, rel_tol=LAST_DIGITS, abs_tol=LAST_DIGITS)
    return a == b


def _said(value: Any) -> str:
    return "nothing" if value is None else f"{value:.12g}" if isinstance(value, float) else str(value)


def _plain(row: pd.Series) -> dict[str, Any]:
    return {name: _known(row[name]) for name in SAME}


def _number(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value


def _facts(setting: Setting, run: Run, m: Members) -> pd.DataFrame:
    """Ticket → its name, and why it is out of every figure."""
    with engine.reading(setting.store.engine) as c:
        told = Readings().described(c, run, ("ticket", "exclusion_reason"), np.unique(m.key))
    return told.set_index("ticket_key")


def _excluded(facts: pd.DataFrame, m: Members) -> np.ndarray:
    """Why each is out of every figure; None if it is not."""
    return facts.exclusion_reason.reindex(m.key).to_numpy(object)


def _members(told: Mapping[str, Any], everybody: tuple, facts: pd.DataFrame, basis: Basis) -> pd.DataFrame:
    """A row for everybody in the figure's cell, whether it counts or is out."""
    metric, figure, own, beside = everybody
    is_estimated = told["ci_method"] == intervals.GREENWOOD
    m = beside if is_estimated and beside is not None else own
    has_states = metric.unit == "minutes" or is_estimated
    held = m.at(in_cell(figure, m, basis, told))
    excluded = _excluded(facts, held)
    state = _states(held, has_states)
    why = state.copy() if has_states else np.full(len(held), NOT_YET, object)
    why[held.is_known] = None
    reason = np.where(pd.isna(excluded), why, excluded)
    is_in = pd.isna(reason)
    contribution = held.contribution
    if told["statistic"] == "rate" and not has_states:
        contribution = (contribution >= held.at_least).astype(float)
    rows = pd.DataFrame(
        {
            "ticket": facts.ticket.reindex(held.key).to_numpy(object),
            "unit": metric.of,
            "number": held.number if metric.of != "ticket" else None,
            "side": np.where(is_in, "in", "out"),
            "reason": reason,
            "contribution": np.where(is_in & np.isfinite(contribution), contribution, np.nan),
            "state": state,
        }
    )
    return rows.sort_values(["side", "ticket", "number"], ignore_index=True)


def _states(m: Members, has_states: bool) -> np.ndarray:
    """What is known of each: how far a duration got, or whether there is a value at all."""
    if not has_states:
        return np.where(m.is_known, "observed", "unknown").astype(object)
    ended = np.where(m.observed, "observed", np.where(m.is_waiting, "waiting", "closed_unanswered"))
    nothing = np.where(m.is_unmeasurable, "unmeasurable", "not_applicable")
    return np.where(m.is_known, ended, nothing).astype(object)
