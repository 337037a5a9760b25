"""The names and times of the examples, as the surrogates and moments that timelines have."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Berlin")


def named(name: str) -> int:
    """The surrogate of a person or group of the examples; 0 for nobody."""
    return 0 if name == "nobody" else 1_000_000 + int.from_bytes(name.encode()[:5], "big")


def number(names: Sequence[str], name: str | None) -> int:
    """The surrogate of a ticket of the examples; 0 for none."""
    return names.index(name) + 1 if name else 0


def moment(text: str) -> int:
    """A time of the pages, such as 2026-03-02 09:00 in Berlin, as seconds."""
    return int(datetime.datetime.fromisoformat(text).replace(tzinfo=ZONE).timestamp())
