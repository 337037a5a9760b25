"""What people said of linked pairs: whether two tickets are about one issue."""

from __future__ import annotations

import pandas as pd
import sqlalchemy as sa

from auditlib.store import bulk
from auditlib.store.columns import flag, moment, table, text

JUDGED_LINKS = table(
    "judged_link_log",
    "Linked pairs that people judged; what is said of a pair again replaces what was said before.",
    text("earlier", "The ticket that failed them, by the links.", primary_key=True),
    text("later", "The ticket with which they came back, by the links.", primary_key=True),
    text("rule_version", "Version of the rules that linked them.", primary_key=True),
    text("layer", "How they were linked: explicit, topic, words or said.", nullable=False),
    flag("is_same_issue", "True if both are about one issue.", nullable=False),
    moment("judged_at", "When the judgement was read, by the clock of the machine.", nullable=False),
)


def keep(c: sa.Connection, rows: pd.DataFrame) -> None:
    """Keeps judgements: earlier, later, rule_version, layer, is_same_issue and judged_at of each pair."""
    key = [name.name for name in JUDGED_LINKS.primary_key]
    for pair in rows[key].to_dict("records"):
        c.execute(sa.delete(JUDGED_LINKS).where(*(JUDGED_LINKS.c[name] == value for name, value in pair.items())))
    bulk.write(c, JUDGED_LINKS, rows)


def counts(c: sa.Connection, rule_version: str) -> dict[str, tuple[int, int]]:
    """Layer → (judged, about one issue) of the pairs that one version of the rules linked."""
    t = JUDGED_LINKS
    right = sa.func.sum(sa.case((t.c.is_same_issue, 1), else_=0))
    query = sa.select(t.c.layer, sa.func.count(), right).where(t.c.rule_version == rule_version).group_by(t.c.layer)
    return {layer: (int(judged), int(same)) for layer, judged, same in c.execute(query)}
