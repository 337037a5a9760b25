"""What an example promises of a metric against what a formula gives."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

import numpy as np

from auditlib.metric import Metric, MetricError
from auditlib.span import NEVER, Span, State
from auditlib.worked_examples.buckets import timelines
from auditlib.worked_examples.names import ZONE
from auditlib.worked_examples.reading import Example


def broken(metric: Metric, value: Callable[..., Span | np.ndarray], example: Example) -> list[str]:
    """What an example promises and a formula does not keep, in sentences; none if all is kept."""
    t = timelines(example)
    names = list(dict.fromkeys(row["ticket"] for row in example.happened))
    units = list(zip(t.units(metric.of).ticket.tolist(), t.units(metric.of).number.tolist(), strict=True))
    measured = {column: in_words(metric.unit, value(t, **how), names) for column, how in metric.columns.items()}
    found = []
    for promised in example.values:
        unit = (names.index(promised["ticket"]), int(promised[metric.of]) if metric.of != "ticket" else 0)
        measure = next((name for name in promised if name in metric.columns), "")
        for name, wanted in promised.items():
            if name in ("ticket", metric.of):
                continue
            if name != "state" and name not in metric.columns:
                raise MetricError(
                    f"example {example.title!r} promises {name!r}, which is no column of {metric.title!r}"
                )
            given = said(measured[measure if name == "state" else name], units.index(unit)) if unit in units else None
            shown = "no such row" if given is None else (given[1] or "") if name == "state" else written(given[0])
            if shown != wanted:
                found.append(f"{example.title}: {promised['ticket']} {name} is {shown!r}, the page says {wanted!r}")
    return found


def said(value: Span | np.ndarray, row: int) -> tuple[float | str | None, str | None]:
    """One unit's value (None for NULL) and state (None for what has no states)."""
    if not isinstance(value, Span) and value.dtype == object:
        return value[row], None
    if isinstance(value, Span):
        minutes = float(value.minutes[row])
        return (None if np.isnan(minutes) else minutes), State(int(value.state[row])).name
    number = float(value[row])
    return (None if np.isnan(number) else number), None


def in_words(unit: str, value: Span | np.ndarray, names: Sequence[str]) -> Span | np.ndarray:
    """Moments as 2026-03-02 09:00 and tickets by their names, as the pages write them; anything else as it is."""
    if isinstance(value, Span) or unit not in ("moment", "ticket"):
        return value
    if unit == "ticket":
        return np.array([names[key - 1] if key else None for key in value.tolist()], object)
    local = [None if at == NEVER else datetime.datetime.fromtimestamp(at, ZONE) for at in value.tolist()]
    return np.array([at and f"{at:%Y-%m-%d %H:%M}" for at in local], object)


def written(value: float | str | None) -> str:
    """A value as the pages write it; NULL is empty."""
    return "" if value is None else f"{value:.12g}" if isinstance(value, float) else str(value)
