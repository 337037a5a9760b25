"""Service agreements as lines of a `[[source]]`: what is described stays, the others are there to fill in."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from auditlib.config.agreements import Agreement

TO_FILL_IN = (
    "# to decide: what these agreements promise, in minutes of opening hours (real_minutes are the calendar's), as the",
    "# helpdesk's own settings say; response, keep_in_loop and resolve, whichever there are",
)
BLANK = '{ response = 60, resolve = { real_minutes = 2880 }, hours = "Mon-Fri 09:00-17:00 Europe/Berlin" }'


def agreements(named: Iterable[str], described: Mapping[str, Agreement]) -> Iterator[str]:
    """A line for each agreement of audit.toml, and one behind # for each that only the helpdesk names."""
    for name, agreement in described.items():
        yield f"agreements.{_text(name)} = {_written(dataclasses.asdict(agreement))}"
    unknown = [name for name in named if name not in described]
    if unknown:
        yield from TO_FILL_IN
    for name in unknown:
        yield f"# agreements.{_text(name)} = {BLANK}"


def _written(value: Any) -> str:
    """A value as TOML; of a table only what says something."""
    if not isinstance(value, dict):
        return _text(list(value) if isinstance(value, tuple) else value)
    told = {key: one for key, one in value.items() if one is not None and one is not False and one != ()}
    parts = [f"{key} = {_written(one)}" for key, one in told.items() if not (key.startswith("out_of") and one == 0)]
    return f"{{ {', '.join(parts)} }}"


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
