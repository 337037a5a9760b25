"""The views that leaders open: from sql/views, and `ticket_audit`, which is generated from the families."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from types import ModuleType

import sqlalchemy as sa

from auditlib.store import measures, migrating
from auditlib.store.run_tables import STORE_FACTS

PUBLISHED = "(SELECT run FROM run_log WHERE state = 'published')"
HOLDS = f"{{0}}.from_run IN {PUBLISHED} AND ({{0}}.to_run IS NULL OR {{0}}.to_run NOT IN {PUBLISHED})"
"""A version holds for leaders if a published run wrote it and no published run closed it. Rows of a past
night's own line are closed by the run that wrote them."""


def create(c: sa.Connection, families: Mapping[str, Mapping[str, ModuleType]], force: bool = False) -> None:
    """Creates or renews the views, if they are not as they should be."""
    wanted = statements(families)
    digest = hashlib.sha256("\n".join(wanted.values()).encode()).hexdigest()
    this = STORE_FACTS.c.name == "views"
    if not force and c.scalar(sa.select(STORE_FACTS.c.value).where(this)) == digest:
        return
    for name in reversed(wanted):
        c.exec_driver_sql(f'DROP VIEW IF EXISTS "{name}"')
    for statement in wanted.values():
        c.exec_driver_sql(statement)
    c.execute(sa.delete(STORE_FACTS).where(this))
    c.execute(sa.insert(STORE_FACTS).values(name="views", value=digest))


def statements(families: Mapping[str, Mapping[str, ModuleType]]) -> dict[str, str]:
    """View → its statement, in the order in which they build on each other."""
    found = {"ticket_audit": ticket_audit(families)}
    for path in migrating.view_files():
        name = path.stem.split("_", 1)[1] if path.stem[:2].isdigit() else path.stem
        found[name] = path.read_text().replace("{holds}", HOLDS).replace("%", "%%")
    return found


def ticket_audit(families: Mapping[str, Mapping[str, ModuleType]]) -> str:
    """One row a ticket: its facts, and every family's measures as they hold for leaders."""
    columns = [f"t.{name}" for name in FACTS]
    joins = []
    for number, (family, modules) in enumerate(families.items()):
        if measures.unit(modules) != "ticket":
            continue
        alias = f"f{number}"
        columns += [f'{alias}."{name}"' for name in measures.columns(modules)]
        joins.append(
            f'LEFT JOIN "{family}_versions" {alias} ON {alias}.ticket_key = t.ticket_key AND {HOLDS.format(alias)}'
        )
    listed = ",\n    ".join(columns)
    return (
        "-- Grain: one row a ticket, its current measures. Read by leaders and analysts.\n"
        f"CREATE VIEW ticket_audit AS\nSELECT\n    {listed}\nFROM ticket_versions t\n"
        + "\n".join(joins)
        + f"\nWHERE {HOLDS.format('t')}"
    )


FACTS = (
    "source", "ticket", "url", "created_at", "first_solved_at", "last_solved_at", "customer", "organization",
    "channel", "priority", "topic", "language", "tier", "region", "team", "assignee", "status", "status_since",
    "waiting_since", "exclusion_reason", "exclusion_code", "reliability",
)  # fmt: skip
