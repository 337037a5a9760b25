"""What has to add up: every ticket has one outcome, is excluded for one reason, or stands in quarantine."""

from __future__ import annotations

import pandas as pd
import sqlalchemy as sa

from auditlib.store import bulk
from auditlib.store.measures import in_run
from auditlib.store.run_tables import WORKLIST
from auditlib.store.runs import Run
from auditlib.store.ticket_tables import TICKET_FACTS


def of_outcomes(c: sa.Connection, run: Run, outcome: sa.Table) -> pd.DataFrame:
    """One row a source: its tickets that a run measured, and how many ended, are excluded or in quarantine.

    `left_over` is what these do not add up to; `unlike` how many tickets' outcome says another scope than their facts.
    `outcome`: the table of the family that has `outcome_code`.
    """
    t, code, excluded = TICKET_FACTS, outcome.c.outcome_code, TICKET_FACTS.c.exclusion_code
    in_scope = code.like("O%") | (code == "U")
    parts = {
        "outcomes": in_scope,
        "excluded": code.like("X%"),
        "quarantined": code == "Q",
        "unlike": (excluded.is_(None) & ~in_scope) | (code != excluded),
    }
    counts = [sa.func.coalesce(sa.func.sum(sa.case((told, 1), else_=0)), 0).label(name) for name, told in parts.items()]
    query = (
        sa.select(t.c.source, sa.func.count().label("tickets"), *counts)
        .join(outcome, (outcome.c.ticket_key == t.c.ticket_key) & in_run(outcome, run), isouter=True)
        .join(
            WORKLIST, (WORKLIST.c.ticket_key == t.c.ticket_key) & (WORKLIST.c.run == run.run) & (WORKLIST.c.bucket >= 0)
        )
        .where(in_run(t, run))
        .group_by(t.c.source)
    )
    rows = bulk.frame(c, query)
    return rows.assign(left_over=rows.tickets - rows.outcomes - rows.excluded - rows.quarantined)
