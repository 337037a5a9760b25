"""Small charts as inline SVG: no axes, no legends, colours from the page's style sheet.

A chart repeats what stands beside it in words; whoever cannot see it misses nothing but the shape.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

WIDTH, HEIGHT, EDGE = 220, 44, 4


def points(rows: Sequence[Mapping[str, Any]], label: str) -> Markup:
    """A line of values from zero up, with the interval of each; periods without a value leave a gap."""
    tops = [row[name] for row in rows for name in ("value", "ci_high") if row[name] is not None]
    if sum(row["value"] is not None for row in rows) < 2:
        return Markup("")
    # An interval that reaches far up must not press the line flat: what is beyond is cut off.
    highest = max(row["value"] for row in rows if row["value"] is not None)
    top = min(max(tops), 1.6 * highest) or 1.0
    places = [(_across(number, len(rows)), row) for number, row in enumerate(rows)]
    inner = "".join(_whisker(x, row, top) for x, row in places) + _line(places, top) + _last(places, top)
    return Markup(
        '<svg class="points" viewBox="0 0 {} {}" role="img" aria-label="{}" preserveAspectRatio="none">{}</svg>'
    ).format(WIDTH, HEIGHT, label, Markup(inner))


def strip(
    row: Mapping[str, Any], whole: float, top: float, label: str, by_chance: tuple[float, float] | None = None
) -> Markup:
    """One value on a line from zero to `top` with where the whole lies, and its interval or what chance allows."""
    at = {name: _percent(row[name], top) for name in ("ci_low", "value", "ci_high") if row[name] is not None}
    low, high = at.get("ci_low", at["value"]), at.get("ci_high", 100.0)
    tone = "apart" if stands_out(row, whole) else "usual"
    if by_chance is not None:
        low, high = (_percent(limit, top) for limit in by_chance)
        tone = "usual funnel" if by_chance[0] <= row["value"] <= by_chance[1] else "apart funnel"
    return Markup(
        '<svg class="strip {}" role="img" aria-label="{}"><line class="ground" x1="0" x2="100%" y1="50%" y2="50%"/>'
        '<line class="whole" x1="{:.1f}%" x2="{:.1f}%" y1="0" y2="100%"/>'
        '<line class="interval" x1="{:.1f}%" x2="{:.1f}%" y1="50%" y2="50%"/>'
        '<circle cx="{:.1f}%" cy="50%" r="4"/></svg>'
    ).format(tone, escape(label), *[_percent(whole, top)] * 2, low, high, at["value"])


def stack(parts: Sequence[tuple[str, float]], label: str) -> Markup:
    """Shares of one whole beside each other, each (tone of the style sheet, share of 0 to 1)."""
    bars, at = "", 0.0
    for tone, share in parts:
        bars += f'<rect class="{tone}" x="{100 * at:.2f}%" width="{100 * share:.2f}%" y="0" height="100%"/>'
        at += share
    return Markup('<svg class="stack" role="img" aria-label="{}">{}</svg>').format(label, Markup(bars))


def stands_out(row: Mapping[str, Any], whole: float) -> bool:
    """Whether the whole lies outside of a part's interval."""
    low, high = row["ci_low"], row["ci_high"]
    return (low is not None and whole < low) or (high is not None and whole > high)


def _across(number: int, count: int) -> float:
    return EDGE + number * (WIDTH - 2 * EDGE) / max(count - 1, 1)


def _up(amount: float, top: float) -> float:
    return HEIGHT - EDGE - min(amount / top, 1.0) * (HEIGHT - 2 * EDGE)


def _whisker(x: float, row: Mapping[str, Any], top: float) -> str:
    if row["value"] is None or row["ci_low"] is None:
        return ""
    high = _up(row["ci_high"], top) if row["ci_high"] is not None else EDGE
    return f'<line class="interval" x1="{x:.1f}" x2="{x:.1f}" y1="{_up(row["ci_low"], top):.1f}" y2="{high:.1f}"/>'


def _line(places: Sequence[tuple[float, Mapping[str, Any]]], top: float) -> str:
    runs: list[list[str]] = [[]]
    for x, row in places:
        if row["value"] is None:
            runs.append([])
        else:
            runs[-1].append(f"{x:.1f},{_up(row['value'], top):.1f}")
    lines = "".join(f'<polyline points="{" ".join(points)}"/>' for points in runs if len(points) > 1)
    alone = [points[0].split(",") for points in runs if len(points) == 1]
    return lines + "".join(f'<circle cx="{x}" cy="{y}" r="2.2"/>' for x, y in alone)


def _last(places: Sequence[tuple[float, Mapping[str, Any]]], top: float) -> str:
    x, row = [place for place in places if place[1]["value"] is not None][-1]
    return f'<circle cx="{x:.1f}" cy="{_up(row["value"], top):.1f}" r="3.2"/>'


def _percent(amount: float, top: float) -> float:
    return min(amount / top, 1.0) * 100 if top else 0.0
