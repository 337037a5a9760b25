"""What the gates found, kept with the run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import sqlalchemy as sa

from auditlib.store import bulk
from auditlib.store.run_tables import VALIDATION_RESULTS


def keep(c: sa.Connection, run: int, gate: str, scope: str, found: Sequence[Mapping[str, Any]]) -> None:
    """Replaces what a gate found in one scope of a run."""
    table = VALIDATION_RESULTS
    this = (table.c.run == run) & (table.c.gate == gate) & (table.c.scope == scope)
    c.execute(sa.delete(table).where(this))
    if found:
        rows = pd.DataFrame(list(found)).drop(columns=["suite"], errors="ignore")
        whole = {name: "Int64" for name in ("element_count", "unexpected_count")}
        bulk.write(c, table, rows.astype(whole).assign(run=run, gate=gate, scope=scope))


def warnings(c: sa.Connection, run: int) -> list[dict[str, Any]]:
    """The rules that a run broke and was published all the same, in their order."""
    table = VALIDATION_RESULTS
    names = ("run", "gate", "scope", "rule", "unexpected_count", "element_count", "notes")
    broken = (table.c.run == run) & (table.c.severity == "warning") & (table.c.state == "fail")
    query = sa.select(*[table.c[name] for name in names]).where(broken).order_by(table.c.rule, table.c.scope)
    return [dict(row) for row in c.execute(query).mappings()]
