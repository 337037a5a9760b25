"""Nightly looks at statuses in and out of the store: they are added, and never changed or taken away."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import sqlalchemy as sa

from auditlib.store import bulk
from auditlib.store.caselog_tables import STATUS_LOOKS

COLUMNS = [column.name for column in STATUS_LOOKS.columns]
SHOWN = ["ticket_key", "status", "since", "reopened_at", "solved_at"]
"""What a look tells beside its own moment."""


def first(c: sa.Connection, source: str) -> int | None:
    """When a source was first looked at; None if it never was."""
    return c.scalar(sa.select(sa.func.min(STATUS_LOOKS.c.looked_at)).where(STATUS_LOOKS.c.source == source))


def held(c: sa.Connection, tickets: Iterable[int]) -> pd.DataFrame:
    """Every look at these tickets."""
    return bulk.frame(c, sa.select(STATUS_LOOKS).where(bulk.among(c, STATUS_LOOKS.c.ticket_key, tickets)))


def add(c: sa.Connection, looks: pd.DataFrame) -> pd.DataFrame:
    """Adds looks that show something new of a ticket; gives every look at these tickets."""
    before = held(c, looks.ticket_key)
    both = pd.concat([before, looks], ignore_index=True)[COLUMNS]
    both = both.astype({"reopened_at": "Int64", "solved_at": "Int64"})
    is_new = ~both.duplicated(SHOWN) & (both.index >= len(before))
    bulk.write(c, STATUS_LOOKS, both[is_new])
    return both[is_new | (both.index < len(before))]
