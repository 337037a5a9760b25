"""Pages in every form that the vendors' descriptions allow, made up by hypothesis, against what they were made from.

Each module invents what happened to some tickets, writes it down in varying shapes (nulls, absent and unknown
fields, moments in every ISO form, pages of any length), and reads it back. It shares no code with the sandbox.
"""

from __future__ import annotations

import datetime
import json
from typing import Any

from hypothesis import strategies as st

from auditlib.sources import Page

BEGIN, END = 1_700_000_000, 1_780_000_000
ids = st.integers(1, 2**47)
words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)
anything = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | words, lambda inner: st.lists(inner, max_size=2), max_leaves=3
)
unknown = st.dictionaries(st.sampled_from(["new_field", "beta", "x_y"]), anything, max_size=2)


@st.composite
def iso(draw: st.DrawFn, at: int) -> str:
    """A second in one of ISO 8601's forms, whatever zone and fraction."""
    fraction = draw(st.sampled_from([0, 1_000, 999_000, 123_456]))
    hours = draw(st.sampled_from([0, 0, 2, -5]))
    zone = datetime.timezone(datetime.timedelta(hours=hours))
    moment = datetime.datetime.fromtimestamp(at, zone).replace(microsecond=fraction)
    text = moment.isoformat(timespec=draw(st.sampled_from(["auto", "milliseconds"])))
    return text.replace("+00:00", "Z") if draw(st.booleans()) else text


@st.composite
def varied(draw: st.DrawFn, record: dict[str, Any], nullable: set[str]) -> dict[str, Any]:
    """A record with fields that nobody knows, and with some of its empty fields left out."""
    told = {**draw(unknown), **record}
    return {k: v for k, v in told.items() if v is not None or k not in nullable or draw(st.booleans())}


def paged(draw: st.DrawFn, rows: list[Any], size: int) -> list[list[Any]]:
    """Some rows on pages, of which some are empty."""
    pages, at = [], 0
    while at < len(rows) or not pages:
        taken = draw(st.integers(0, size)) if len(pages) < 6 else len(rows)
        pages.append(rows[at : at + taken])
        at += taken
    return pages


def page(stream: str, url: str, body: Any) -> Page:
    """One answer."""
    return Page(stream=stream, url=url, body=json.dumps(body).encode())
