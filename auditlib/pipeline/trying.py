"""A metric tried out over the current case log: nothing is written, nothing published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd

from auditlib.metric import facts
from auditlib.pipeline.measuring import family_frame, lacking
from auditlib.pipeline.setting import Setting
from auditlib.pipeline.timelines import Bucket, together
from auditlib.span import NEVER, Reason, Span
from auditlib.store import engine, lives
from auditlib.store.runs import Run
from auditlib.worked_examples import broken, examples

AT_ONCE = 250_000
FEW = 3
QUANTILES = {"least": 0.0, "p10": 0.1, "p50": 0.5, "p90": 0.9, "most": 1.0}
REASONS = {
    Reason.no_schedule: "no opening hours are known",
    Reason.no_history: "the helpdesk told only the present state",
    Reason.not_told: "the source cannot tell what it needs",
}


def broken_promises(module: ModuleType) -> list[str]:
    """What a metric's page promises and its formula does not keep, in sentences; none if all is kept."""
    metric = facts(module)
    return [line for example in examples(module.__doc__ or "") for line in broken(metric, module.value, example)]


def tried(setting: Setting, run: Run, family: str, module: ModuleType) -> dict[str, dict[str, Any]]:
    """Measure → its distribution, its examples, and its NULLs by reason, over all tickets in scope."""
    pieces: dict[str, list[pd.DataFrame]] = {}
    for b in _buckets(setting, run):
        for name, frame in _values(setting, run, family, module, b):
            pieces.setdefault(name, []).append(frame)
    metric = facts(module)
    return {name: _summary(metric.unit, pd.concat(frames, ignore_index=True)) for name, frames in pieces.items()}


def _buckets(setting: Setting, run: Run) -> Iterator[Bucket]:
    """The whole case log as the run knew it, in pieces that keep tied tickets together."""
    with engine.reading(setting.store.engine) as c:
        rows = lives.components(c, run)
    _, first = np.unique(rows.component.to_numpy(np.int64), return_index=True)
    piece = np.repeat(first // AT_ONCE, np.diff(np.append(first, len(rows))))
    for number in np.unique(piece):
        yield together(setting, run, rows.ticket_key[piece == number].tolist())


def _values(setting: Setting, run: Run, family: str, module: ModuleType, b: Bucket) -> Iterator[tuple]:
    """(measure, frame of ticket, value, why) for the units whose tickets are in scope."""
    own = Setting(setting.config)
    own.__dict__["metrics"] = {family: {"tried": module}}  # the pipeline's own way of measuring, for this one alone
    frame, t, metric = family_frame(own, run, family, b), b.timelines, facts(module)
    of = t.units(metric.of).ticket
    tickets = (b.tickets.source + ":" + b.tickets.ticket).to_numpy(object)[of]
    for name, how in metric.columns.items():
        value = module.value(t, **how)
        state = frame.get(f"{name}_state", pd.Series([None] * len(frame), dtype=object))
        later = module.changes_at(t, **how) != NEVER if hasattr(module, "changes_at") else np.zeros(len(of), bool)
        told = ~lacking(b, metric.needs)[of]
        if isinstance(value, Span):
            why = _why_no_minutes(value, state)
        else:
            why = _why_no_number(t.tickets["has_history"][of], told, later)
        why[frame[name].notna().to_numpy()] = None
        cells = {"ticket": tickets, "value": frame[name].astype("Float64"), "why": why}
        yield name, pd.DataFrame(cells)[b.in_scope[of]]


def _why_no_minutes(value: Span, state: pd.Series) -> np.ndarray:
    words = np.array([REASONS.get(Reason(int(r)), REASONS[Reason.not_told]) for r in value.reason], object)
    return np.where(state == "unmeasurable", words, state.str.replace("_", " ").to_numpy(object)).astype(object)


def _why_no_number(has_history: np.ndarray, told: np.ndarray, later: np.ndarray) -> np.ndarray:
    why = np.where(later, "not known yet: its window is still open", "it does not apply, or has not happened yet")
    why = np.where(has_history.astype(bool), why, REASONS[Reason.no_history])
    return np.where(told, why, REASONS[Reason.not_told]).astype(object)


def _summary(unit: str, rows: pd.DataFrame) -> dict[str, Any]:
    there = rows[rows.value.notna()]
    values = there.value.to_numpy(float)
    summary: dict[str, Any] = {"units": len(rows), "with_a_value": len(there)}
    if unit == "share" and len(there):
        summary |= {"yes": int(values.sum()), "no": int(len(values) - values.sum()), "share": float(values.mean())}
    elif len(there):
        summary |= {name: float(np.quantile(values, q)) for name, q in QUANTILES.items()} | {"mean": values.mean()}
    summary["without"] = {str(why): int(n) for why, n in rows.why.dropna().value_counts().items()}
    summary["examples"] = _examples(there)
    return summary


def _examples(there: pd.DataFrame) -> list[Mapping[str, Any]]:
    """A few tickets from the least to the greatest, to look at with `auditlib explain`."""
    if there.value.nunique() <= FEW:
        there = there.sort_values(["value", "ticket"]).groupby("value").head(FEW)
    ordered = there.sort_values(["value", "ticket"], ignore_index=True)
    places = sorted({round(q * (len(ordered) - 1)) for q in (0, 0.25, 0.5, 0.75, 1)}) if len(ordered) else []
    return [{"ticket": ordered.ticket[p], "value": float(ordered.value[p])} for p in places]
