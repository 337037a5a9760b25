"""Definitions and what sources can tell, into the store: one version for as long as they stay the same."""

from __future__ import annotations

import pandas as pd
import sqlalchemy as sa

from auditlib.store import versions
from auditlib.store.definition_tables import AVAILABILITY, DEFINITIONS
from auditlib.store.runs import Run

TABLES = (DEFINITIONS, AVAILABILITY)
COLUMNS = {
    name: [column.name for column in kept.columns if column.name not in ("from_run", "to_run")]
    for name, kept in (("definitions", DEFINITIONS), ("availability", AVAILABILITY))
}


def keep(c: sa.Connection, run: Run, definitions: pd.DataFrame, availability: pd.DataFrame) -> None:
    """Makes these the definitions and capabilities that hold; a past night leaves them as they are."""
    if run.is_night:
        versions.merge(c, DEFINITIONS, ("metric",), definitions, run.run, sa.true())
        versions.merge(c, AVAILABILITY, ("metric", "source"), availability, run.run, sa.true())
