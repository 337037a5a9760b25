"""The charts of the page: a figure's course, a funnel, durations beside each other, shares of one whole.

A chart repeats what stands beside it in words; whoever cannot see it misses nothing but the shape.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import numpy as np
from markupsafe import Markup

from auditlib.pages import layers, numbers
from auditlib.pages.drawing import ACCENT, APART, BAND, INK, PAPER, SOFT, drawn
from auditlib.pages.layers import X, Y

Row = Mapping[str, Any]
SMALL, WIDE, BESIDE = (250, 84), (430, 150), (310, 170)
"""Frames of a course in a leg or on its own, and of what stands beside a table: words are as tall there as in text."""
HIGHEST = 1.6
"""An interval that reaches further than so many times the highest value is cut off: it must not press all else flat."""
LONGEST = 30
SHORT = {" minutes": "min", " hours": "h", " days": "d", " points": "", " %": "%", "": ""}


@dataclass(frozen=True)
class Limits:
    """Between what a figure lies by its own noise, period by period, and why some are signals all the same."""

    lower: Sequence[float | None]
    upper: Sequence[float | None]
    signals: Sequence[str | None]


def course(
    rows: Sequence[Row], title: str, told: str, limits: Limits | None = None, size: tuple[int, int] = SMALL
) -> Markup:
    """One figure over time: its intervals, its own noise, its target; broken where its definition changed.

    Periods without a value leave a gap. What can still change is drawn hollow, a signal as a diamond.
    """
    known = [row for row in rows if row["value"] is not None]
    if len(known) < 2:
        return Markup("")
    divisor, unit, _ = numbers.scale(max(known, key=lambda row: row["value"]))
    points = list(_points(rows, divisor, limits))
    top = _top(points)
    points = [point | {name: min(point[name], top) for name in ("high", "upper") if name in point} for point in points]
    target = points[-1].get("target")
    ends = {0.0: _start(rows[0]), len(rows) - 1.0: _start(rows[-1])}
    broken = [place for place in range(1, len(rows)) if _is_redefined(rows[place - 1], rows[place])]
    drawing = [
        *layers.scale_of(layers.ticks(0.0, top), SHORT[unit]),
        *layers.below(ends, size[1]),
        *_noise(points),
        *(layers.across(target, "target") if target is not None and target <= top else []),
        *_line(points),
        *[each for at in broken for each in layers.upright(at - 0.5, f"version {rows[at]['definition_version']}")],
    ]
    return drawn(layers.framed(drawing, (0, len(rows) - 1), (0, top), size), "course", title, told)


def funnel(rows: Sequence[Row], whole: Row, limits: Sequence[tuple[float, float, float]], told: str) -> Markup:
    """Parts by their number of cases and their rate, within the funnel in which chance alone would leave them.

    `limits` has (cases, lowest, highest rate that chance allows) from few cases to as many as the largest part has.
    """
    band = [{"x": n, "low": 100 * low, "high": 100 * high} for n, low, high in limits]
    places = [_place(row, row["denominator"], 100 * row["value"]) for row in rows]
    for place in places:
        at = band[min(int(np.searchsorted([each["x"] for each in band], place["x"])), len(band) - 1)]
        place["tone"] = ACCENT if at["low"] <= place["y"] <= at["high"] else APART
    size, right = BESIDE, band[-1]["x"]
    values = [each[end] for each in band for end in ("low", "high")] + [place["y"] for place in places]
    low, high = max(min(values) - 2, 0.0), min(max(values) + 2, 100.0)
    area = layers.of(band).mark_area(color=BAND, opacity=0.45)
    drawing = [
        area.encode(x=X, y=alt.Y("low:Q"), y2="high:Q"),
        *layers.scale_of(layers.ticks(low, high), "%"),
        *layers.below({0.0: "0 cases", right: f"{right:.0f} cases"}, size[1]),
        *layers.across(100 * whole["value"], "the whole"),
        *layers.marks(places),
        *_names([place for place in places if place["x"] <= 0.6 * right], "left", 8),
        *_names([place for place in places if place["x"] > 0.6 * right], "right", -8),
    ]
    return drawn(layers.framed(drawing, (0, right), (low, high), size), "funnel", f"{whole['title']} by part", told)


def durations(rows: Sequence[Row], whole: Row, told: str) -> Markup:
    """Durations of parts with their intervals, one below the other, and the line of the whole."""
    divisor, unit, _ = numbers.scale(max(rows, key=lambda row: row["value"]))
    reach = HIGHEST * max(row["value"] for row in [*rows, whole]) / divisor
    places = [_place(row, row["value"] / divisor, -number) for number, row in enumerate(rows)]
    for place, row in zip(places, rows, strict=True):
        place["low"] = (row["value"] if row["ci_low"] is None else row["ci_low"]) / divisor
        place["high"] = reach if row["ci_high"] is None else min(row["ci_high"] / divisor, reach)
        place["tone"] = APART if stands_out(row, whole["value"]) else ACCENT
    right = 1.02 * max([place["high"] for place in places] + [whole["value"] / divisor])
    size = (BESIDE[0], 34 * len(rows) + 6)
    bars = layers.of(places).mark_rule(strokeWidth=5, color=BAND, strokeCap="round")
    drawing = [
        *layers.below({at: f"{at:g} {SHORT[unit]}" if at else "0" for at in layers.ticks(0.0, right)}, size[1]),
        layers.of([{"x": whole["value"] / divisor}]).mark_rule(color=SOFT, strokeDash=[3, 3]).encode(x=X),
        bars.encode(x=alt.X("low:Q"), x2="high:Q", y=Y),
        *layers.marks(places),
        layers.of(places).mark_text(align="left", dy=-13, color=INK).encode(x=alt.value(0), y=Y, text="name:N"),
    ]
    high = (0.5 - len(rows), 0.8)
    return drawn(layers.framed(drawing, (0, right), high, size), "durations", f"{whole['title']} by part", told)


def shares(parts: Sequence[tuple[str, float]], title: str, told: str) -> Markup:
    """Shares of one whole beside each other, each (variable of page.css, share of 0 to 1)."""
    ends = [0.0, *np.cumsum([share for _, share in parts]).tolist()]
    bars = [{"x": ends[n], "to": ends[n + 1], "tone": f"var(--{tone})"} for n, (tone, _) in enumerate(parts)]
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))
    fill = alt.Fill("tone:N", scale=None, legend=None)
    bar = layers.of(bars).mark_rect(stroke=PAPER, strokeWidth=1)
    chart = bar.encode(x=x, x2="to:Q", fill=fill, y=alt.value(0), y2=alt.value(24))
    chart = chart.properties(width=640, height=24, padding=0, autosize="none")
    return drawn(chart, "shares", title, told, is_stretched=True)


def stands_out(row: Row, whole: float) -> bool:
    """Whether the whole lies outside of a part's interval."""
    low, high = row["ci_low"], row["ci_high"]
    return (low is not None and whole < low) or (high is not None and whole > high)


def _points(rows: Sequence[Row], divisor: float, limits: Limits | None) -> Iterator[dict[str, Any]]:
    """What is drawn of each period that has a value, in the unit of the axis; `run` numbers unbroken lines."""
    run = 0
    for place, row in enumerate(rows):
        before = rows[place - 1] if place else None
        run += before is None or before["value"] is None or _is_redefined(before, row)
        if row["value"] is None:
            continue
        ends = {"y": row["value"], "low": row["ci_low"], "high": row["ci_high"], "target": row.get("target")}
        if ends["low"] is not None and ends["high"] is None:
            ends["high"] = math.inf
        if limits is not None:
            ends |= {"lower": limits.lower[place], "upper": limits.upper[place]}
        yield {
            "x": place,
            "run": run,
            "tone": APART if limits is not None and limits.signals[place] else ACCENT,
            "is_open": row.get("maturity") == "provisional",
            **{name: end / divisor for name, end in ends.items() if end is not None},
        }


def _is_redefined(before: Row, row: Row) -> bool:
    return before.get("definition_version") != row.get("definition_version")


def _top(points: Sequence[Mapping[str, Any]]) -> float:
    highest = max(point["y"] for point in points)
    ends = [point[name] for point in points for name in ("high", "upper", "target") if name in point]
    return 1.04 * min(max([highest, *ends]), HIGHEST * highest) or 1.0


def _noise(points: Sequence[Mapping[str, Any]]) -> list[Any]:
    """The limits of a figure's own noise as thin lines."""
    known = [point for point in points if "upper" in point]
    line = layers.of(known).mark_line(color=SOFT, strokeWidth=0.9, strokeDash=[1, 2], interpolate="step")
    return [line.encode(x=X, y=alt.Y(f"{end}:Q")) for end in ("lower", "upper")] if len(known) > 1 else []


def _line(points: Sequence[dict[str, Any]]) -> list[Any]:
    measured = [point for point in points if "low" in point]
    bars = layers.of(measured).mark_rule(color=BAND, strokeWidth=3, strokeCap="round")
    line = layers.of(points).mark_line(color=ACCENT, strokeWidth=1.6)
    runs = [point["run"] for point in points]
    dots = [
        point
        for point in points
        if point is points[-1] or point["is_open"] or point["tone"] == APART or runs.count(point["run"]) == 1
    ]
    drawing = [bars.encode(x=X, y=alt.Y("low:Q"), y2="high:Q")] if measured else []
    return [*drawing, line.encode(x=X, y=Y, detail="run:N"), *layers.marks(dots)]


def _place(row: Row, x: float, y: float) -> dict[str, Any]:
    name = "none" if row["breakdown_value"] == "(none)" else row["breakdown_value"]
    return {"x": float(x), "y": float(y), "name": name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"}


def _names(places: Sequence[Mapping[str, Any]], side: layers.Side, beside: int) -> list[Any]:
    words = layers.of(places).mark_text(align=side, dx=beside, dy=-7, color=INK)
    return [words.encode(x=X, y=Y, text="name:N")] if places else []


def _start(row: Row) -> str:
    if row["period"] == "month":
        return f"{numbers.period(row).split()[0][:3]} {row['period_start'][:4]}"
    words = numbers.day(row["period_start"], year=False).split()
    return f"{words[0]} {words[1][:3]}"
