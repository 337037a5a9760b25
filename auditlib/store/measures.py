"""Measures in and out of the store: one versioned table per family."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import ModuleType

import pandas as pd
import sqlalchemy as sa

from auditlib.metric import facts
from auditlib.store import bulk, comparing_tables, definitions, versions
from auditlib.store.caselog_tables import TICKETS
from auditlib.store.family_tables import UNITS, family_table
from auditlib.store.link_tables import COMPONENTS, EPISODES, MEMBERSHIPS, REPEAT_LINKS
from auditlib.store.runs import Run
from auditlib.store.ticket_tables import TICKET_FACTS
from auditlib.store.versions import known_to, own_line

Table = sa.Table
"""A family's table, handed on by those who may not know what a database is."""
IGNORING = ("causes",)  # why a version exists does not make it differ from the one before
DERIVED = (COMPONENTS, REPEAT_LINKS, MEMBERSHIPS, EPISODES, TICKET_FACTS)


def columns(family: Mapping[str, ModuleType]) -> dict[str, tuple[str, str]]:
    """Measure → (type, sentence) of a family, each duration followed by its state."""
    found: dict[str, tuple[str, str]] = {}
    for module in family.values():
        metric = facts(module)
        for column in metric.columns:
            found[column] = (metric.unit, metric.sentence(column))
            if metric.unit == "minutes":
                found[f"{column}_state"] = ("state", _state_sentence(column))
    return found


def unit(family: Mapping[str, ModuleType]) -> str:
    """What one row of a family is: ticket, turn, promise …"""
    return next(facts(module).of for module in family.values())


def team(family: Mapping[str, ModuleType]) -> str | None:
    """The column of a family's table that names the team charged; None where it is one of the ticket's own."""
    beside = UNITS.get(unit(family))
    return beside.team if beside else None


def table(family: str, modules: Mapping[str, ModuleType]) -> sa.Table:
    """The table of a family as its metrics declare it."""
    return family_table(family, unit(modules), columns(modules))


def tables(families: Mapping[str, Mapping[str, ModuleType]]) -> list[sa.Table]:
    """The tables of all families."""
    return [table(family, modules) for family, modules in families.items()]


def prepare(c: sa.Connection, families: Mapping[str, Mapping[str, ModuleType]]) -> list[str]:
    """Creates missing tables and columns, once, before anything is measured; gives what was added."""
    added = []
    inspector = sa.inspect(c)
    for wanted in tables(families):
        if not inspector.has_table(wanted.name):
            wanted.create(c)
            added.append(wanted.name)
            continue
        there = {column["name"] for column in inspector.get_columns(wanted.name)}
        for column in wanted.columns:
            if column.name not in there:
                kind = column.type.compile(c.dialect)
                c.execute(sa.DDL(f'ALTER TABLE "{wanted.name}" ADD COLUMN "{column.name}" {kind}'))
                added.append(f"{wanted.name}.{column.name}")
        _index(c, wanted, {str(index["name"]) for index in inspector.get_indexes(wanted.name)})
    return added


def _index(c: sa.Connection, wanted: sa.Table, there: Collection[str]) -> None:
    """Gives a family's table the indexes that it shall have, and takes those away that it had for other columns."""
    names = {str(index.name) for index in wanted.indexes}
    for index in wanted.indexes:
        if index.name not in there:
            index.create(c)
    for name in sorted(set(there) - names):
        c.execute(sa.DDL(f'DROP INDEX "{name}"'))


def keep(c: sa.Connection, run: Run, kept: sa.Table, rows: pd.DataFrame, tickets: Iterable[int]) -> None:
    """Makes the rows all that holds of these tickets; a past night's rows are its own."""
    identity = [column.name for column in kept.primary_key if column.name != "from_run"]
    scope = bulk.among(c, kept.c[identity[0]], tickets)
    if not run.is_night:
        versions.append_line(c, kept, rows, run.run, scope)
        return
    versions.merge(c, kept, identity, rows, run.run, scope, ignoring=IGNORING)


def carry_over(
    c: sa.Connection, families: Mapping[str, Mapping[str, ModuleType]], run: Run, tickets: Iterable[int]
) -> None:
    """Gives a replay the measures that tickets kept in the night itself, since their source was refused then."""
    for kept in (*DERIVED, *tables(families)):
        if kept is not COMPONENTS:
            scope = bulk.among(c, next(iter(kept.primary_key)), tickets)
            rows = bulk.frame(c, sa.select(kept).where(known_to(kept, run.knows), scope))
            versions.append_line(c, kept, rows.drop(columns=["from_run", "to_run"]), run.run, scope)


def take_back(c: sa.Connection, families: Mapping[str, Mapping[str, ModuleType]], run: int) -> None:
    """Undoes the measures of a run that was never published."""
    versions.take_back(c, [*DERIVED, *definitions.TABLES, *comparing_tables.TABLES, *tables(families)], run)


def links(c: sa.Connection, run: Run, tickets: Sequence[int]) -> pd.DataFrame:
    """Repeat links whose earlier ticket is one of these, as the run knows them."""
    table = REPEAT_LINKS
    return bulk.frame(c, sa.select(table).where(in_run(table, run), bulk.among(c, table.c.earlier, tickets)))


def links_written(c: sa.Connection, run: Run) -> pd.DataFrame:
    """The links that a run wrote, with the creation of the earlier ticket and whether a ticket is linked to itself."""
    table = REPEAT_LINKS
    told = (table.c.later, table.c.kind, table.c.score, table.c.solved_at, table.c.came_back_at)
    query = (
        sa.select(
            *told,
            TICKETS.c.created_at.label("earlier_created_at"),
            (table.c.earlier == table.c.later).label("is_self"),
        )
        .join(TICKETS, (TICKETS.c.ticket_key == table.c.earlier) & known_to(TICKETS, run.knows))
        .where(table.c.from_run == run.run)
    )
    return bulk.frame(c, query)


def in_run(kept: sa.Table, run: Run) -> sa.ColumnElement[bool]:
    """A condition: the row belongs to what a run measured."""
    return known_to(kept, run.run) if run.is_night else own_line(kept, run.run)


def changed_in(c: sa.Connection, run: Run, kept: sa.Table, names: Collection[str]) -> pd.DataFrame:
    """The rows of a table that a run wrote, in those of the columns that it has: what gate 2 looks at."""
    told = [column for column in kept.columns if column.name in names or column.primary_key]
    return bulk.frame(c, sa.select(*told).where(kept.c.from_run == run.run))


def _state_sentence(column: str) -> str:
    return f"observed, waiting, closed_unanswered, not_applicable or unmeasurable: what is known of {column}."
