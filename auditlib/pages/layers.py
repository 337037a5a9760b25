"""What the page's charts are laid together from: marks, hair lines, dashed lines, words, and a fixed frame.

Every layer is placed by the columns x and y, in the unit of the axis. Nothing has an axis of its own.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import altair as alt

from auditlib.pages.drawing import APART, INK, LINE, PAPER, SOFT

Place = Mapping[str, Any]
Side = Literal["left", "right", "center"]
LEFT, RIGHT, ABOVE, BELOW = 34, 12, 10, 18
X, Y = alt.X("x:Q"), alt.Y("y:Q")


def of(places: Sequence[Place]) -> alt.Chart:
    """A chart of these places, to be given a mark."""
    return alt.Chart(alt.InlineData(values=list(places)))


def marks(places: Sequence[Place]) -> list[Any]:
    """A dot for each place in its `tone`; a diamond where that is another than usual, hollow where `is_open`."""
    found = []
    for is_open in (False, True):
        mine = [
            {**place, "shape": "diamond" if place["tone"] == APART else "circle"}
            for place in places
            if bool(place.get("is_open")) is is_open
        ]
        fill = alt.value(PAPER) if is_open else alt.Fill("tone:N", scale=None, legend=None)
        dots = of(mine).mark_point(size=44, opacity=1, strokeWidth=1.6)
        shape = alt.Shape("shape:N", scale=None, legend=None)
        stroke = alt.Stroke("tone:N", scale=None, legend=None)
        found += [dots.encode(x=X, y=Y, stroke=stroke, fill=fill, shape=shape)] if mine else []
    return found


def across(at: float, words: str) -> list[Any]:
    """A dashed line from left to right, with its name above it, away from the last point."""
    line = of([{"y": at, "words": words}])
    name = line.mark_text(align="left", dy=-5).encode(x=alt.value(30), y=Y, text="words:N")
    return [line.mark_rule(color=SOFT, strokeDash=[3, 3]).encode(y=Y), name]


def upright(at: float, words: str) -> list[Any]:
    """A thin line from top to bottom, with words beside its upper end."""
    line = of([{"x": at, "words": words}])
    name = line.mark_text(align="left", dx=3, baseline="top").encode(x=X, y=alt.value(0), text="words:N")
    return [line.mark_rule(color=INK, strokeWidth=0.8).encode(x=X), name]


def scale_of(at: Sequence[float], unit: str) -> list[Any]:
    """Hair lines at these heights, with their values at the left; the highest says the unit."""
    lines = of([{"y": tick, "words": f"{tick:g}{unit if tick == at[-1] else ''}"} for tick in at])
    hair = lines.mark_rule(color=LINE, strokeWidth=1).encode(y=Y)
    return [hair, lines.mark_text(align="right", dx=-4).encode(x=alt.value(0), y=Y, text="words:N")]


def below(words: Mapping[float, str], height: int) -> list[Any]:
    """Words below the frame at these places, the outermost within its ends."""
    first, last = min(words), max(words)
    sides: dict[float, Side] = {
        place: "left" if place == first else "right" if place == last else "center" for place in words
    }
    return [
        of([{"x": place, "words": said}])
        .mark_text(align=sides[place], baseline="bottom")
        .encode(x=X, y=alt.value(height + BELOW - 2), text="words:N")
        for place, said in words.items()
    ]


def framed(layers: Sequence[Any], wide: tuple[float, float], high: tuple[float, float], size: tuple[int, int]) -> Any:
    """Layers over each other within the ends of both axes; `size` is that of the frame without the words around it."""
    x, y = (
        channel.copy().scale(domain=list(end), nice=False, zero=False).axis(None)
        for channel, end in ((X, wide), (Y, high))
    )
    corner = of([{"x": wide[0], "y": high[0]}]).mark_point(opacity=0, size=0).encode(x=x, y=y)
    around = {"left": LEFT, "right": RIGHT, "top": ABOVE, "bottom": BELOW}
    return alt.layer(corner, *layers).properties(width=size[0], height=size[1], padding=around, autosize="none")


def ticks(floor: float, top: float) -> list[float]:
    """Two to four round values between the ends of an axis."""
    rough = (top - floor) / 2.2
    if rough <= 0:
        return [floor]
    size = 10 ** math.floor(math.log10(rough))
    step = max(factor * size for factor in (1, 2, 2.5, 5) if factor * size <= rough * (1 + 1e-9))
    steps = range(math.ceil(floor / step - 1e-9), math.floor(top / step + 1e-9) + 1)
    return [round(step * number, 10) for number in steps]
