"""The worklist of a run: the tickets that it measures, in which bucket and why."""

from __future__ import annotations

import pandas as pd
import sqlalchemy as sa

from auditlib.store import bulk
from auditlib.store.run_tables import WORKLIST


def write(c: sa.Connection, run: int, rows: pd.DataFrame) -> None:
    """Replaces the run's worklist (bucket, ticket_key, causes)."""
    c.execute(sa.delete(WORKLIST).where(WORKLIST.c.run == run))
    bulk.write(c, WORKLIST, rows.assign(run=run))


def buckets(c: sa.Connection, run: int) -> int:
    """Into how many buckets the worklist of a run was divided."""
    return int(c.scalar(sa.select(sa.func.max(WORKLIST.c.bucket)).where(WORKLIST.c.run == run)) or 0) + 1


def size(c: sa.Connection, run: int) -> int:
    """How many tickets the worklist of a run has."""
    query = sa.select(sa.func.count()).select_from(WORKLIST).where(WORKLIST.c.run == run)
    return int(c.scalar(query) or 0)


def read(c: sa.Connection, run: int, bucket: int) -> pd.DataFrame:
    """Tickets of a bucket (ticket_key) and why they are measured (causes), by surrogate."""
    query = sa.select(WORKLIST.c.ticket_key, WORKLIST.c.causes).where(
        WORKLIST.c.run == run, WORKLIST.c.bucket == bucket
    )
    return bulk.frame(c, query.order_by(WORKLIST.c.ticket_key))
