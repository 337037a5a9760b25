"""Charts of the grammar Vega-Lite as static SVG inside a page: no script, no network, the page's own colours.

A chart is written with Altair and drawn by vl-convert when the page is written. Colours are the variables of
page.css, so one drawing serves light, dark and paper. Nothing is laid out by the width of words, which depends on
the machine's fonts: the same figures are the same bytes everywhere.
"""

from __future__ import annotations

import functools
import json
import re
from typing import Any

from markupsafe import Markup, escape

INK, SOFT, LINE, PAPER = "var(--ink)", "var(--soft)", "var(--line)", "var(--paper)"
ACCENT, BAND, APART = "var(--accent)", "var(--band)", "var(--apart)"
LETTER = 11
"""Height of a chart's words in its own units, which are pixels at full size."""
OUTER = re.compile(r"^<svg[^>]*?viewBox=\"([^\"]+)\"[^>]*>(?:<rect[^>]*/>)?")
SILENT = re.compile(r' (?:class="[^"]*"|role="[^"]*"|aria-[a-z]+="[^"]*")')
"""What the drawing says of its own parts: the chart speaks as a whole, and the page styles it as a whole."""
THEME = {
    "aria": False,
    "background": None,
    "font": "inherit",
    "view": {"stroke": None},
    "text": {"fontSize": LETTER, "fill": SOFT, "font": "inherit"},
    "axis": {
        "domain": False, "ticks": False, "grid": False, "title": None, "labelOverlap": False, "labelBound": False,
        "labelColor": SOFT, "labelFont": "inherit", "labelFontSize": LETTER, "gridColor": LINE, "labelLimit": 0,
    },
}  # fmt: skip


def drawn(chart: Any, kind: str, title: str, told: str, is_stretched: bool = False) -> Markup:
    """An Altair chart as SVG of a class of page.css, with what it shows in words for whoever cannot see it.

    A stretched one fills its place whatever its shape; it must hold no words.
    """
    # Whether it is of the grammar is for tests to say: it takes as long as the drawing.
    viewbox, inner = _svg(json.dumps(chart.to_dict(validate=False) | {"config": THEME}, sort_keys=True))
    return Markup('<svg class="chart {}" viewBox="{}" role="img"{}><title>{}</title><desc>{}</desc>{}').format(
        kind, viewbox, Markup(' preserveAspectRatio="none"') if is_stretched else "", title, told, Markup(inner)
    )


@functools.lru_cache(maxsize=512)
def _svg(spec: str) -> tuple[str, str]:
    """The view box of a drawn specification, and what is in it up to the closing tag."""
    import vl_convert  # half a second that only whoever draws pays

    svg = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    outer = OUTER.match(svg)
    assert outer is not None, svg[:200]
    return str(escape(outer[1])), SILENT.sub("", svg[outer.end() :])
