"""Indexes by what a night asks of the measures, so that it costs what moved and not what is held."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

import sqlalchemy as sa


def of_family(table: str, durations: Sequence[str], days: Sequence[str]) -> Iterator[sa.Index]:
    """The indexes of a family's table, which has these durations and these local days.

    What a run wrote, and replaced; on which days units lie; what comes due by itself; what has not ended.
    """
    yield sa.Index(f"ix_{table}_from", "from_run")
    yield few(f"ix_{table}_to", "to_run", sa.text("to_run IS NOT NULL"))
    if days:
        # In the order of the table, and all that is asked of days: many times narrower than its rows.
        yield sa.Index(f"ix_{table}_days", "ticket_key", *days, "from_run", "to_run")
    yield few(f"ix_{table}_changes", "changes_at", sa.text("to_run IS NULL AND changes_at IS NOT NULL"))
    if durations:
        waits = " OR ".join(is_waiting(name).text for name in durations)
        # Another set of durations is another index.
        known = hashlib.sha256(waits.encode()).hexdigest()[:6]
        yield few(f"ix_{table}_waits_{known}", "ticket_key", sa.text(waits))


def is_waiting(duration: str) -> sa.TextClause:
    """A condition on the table of its family, in the words of the index: a duration has not ended."""
    return sa.text(f"{duration}_state = 'waiting'")


def few(name: str, column: str, rows: sa.TextClause) -> sa.Index:
    """An index of those rows of a table that a condition holds for."""
    return sa.Index(name, column, sqlite_where=rows, postgresql_where=rows)
