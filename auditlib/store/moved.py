"""What moved in the measures since a night: which days figures have to be computed again for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import sqlalchemy as sa

from auditlib.store import bulk
from auditlib.store.indexes import is_waiting
from auditlib.store.measures import in_run
from auditlib.store.run_tables import RUNS, WORKLIST
from auditlib.store.runs import Run
from auditlib.store.ticket_tables import TICKET_FACTS

Table = sa.Table
BASIS = {
    "created": "created_on", "replied": "first_reply_on", "solved": "last_solved_on", "judged": "judged_solved_on",
}  # fmt: skip


def nights(c: sa.Connection, run: Run) -> list[tuple[int, str]]:
    """Nights that were published before a run, the latest first: number and midnight."""
    query = sa.select(RUNS.c.run, RUNS.c.as_of).where(
        RUNS.c.state == "published", RUNS.c.kind == "night", RUNS.c.run < run.run
    )
    return [(int(row.run), str(row.as_of)) for row in c.execute(query.order_by(RUNS.c.run.desc()))]


def code_version(c: sa.Connection, run: Run) -> str:
    """The version of auditlib that a run was made with."""
    return str(c.scalar(sa.select(RUNS.c.code_version).where(RUNS.c.run == run.run)))


def measured(c: sa.Connection, run: Run) -> int:
    """How many tickets a run measures."""
    query = sa.select(sa.func.count()).select_from(WORKLIST).where(WORKLIST.c.run == run.run, WORKLIST.c.bucket >= 0)
    return int(c.scalar(query) or 0)


def days(c: sa.Connection, run: Run, since: Run, families: Sequence[sa.Table]) -> np.ndarray:
    """Local days on which a unit lies, or lay, of which something changed after a night."""
    found: set[str] = set()
    keys: list[np.ndarray] = []
    for table in (TICKET_FACTS, *families):
        moved = (table.c.from_run > since.run) | (table.c.to_run > since.run)
        keys.append(_tickets(c, sa.select(table.c.ticket_key).where(moved)))
        if {"opened_on", "closed_on"} <= {column.name for column in table.columns}:
            found.update(_stood(c, table, moved, since))
            continue
        for column in _day_columns(table):
            found.update(c.scalars(sa.select(column).where(moved, column.is_not(None)).distinct()))
    of_tickets = bulk.among(c, TICKET_FACTS.c.ticket_key, np.concatenate(keys)) & TICKET_FACTS.c.to_run.is_(None)
    for column in _day_columns(TICKET_FACTS):
        found.update(c.scalars(sa.select(column).where(of_tickets, column.is_not(None)).distinct()))
    return np.array(sorted(found), "datetime64[D]")


def _stood(c: sa.Connection, table: sa.Table, moved: sa.ColumnElement[bool], since: Run) -> set[str]:
    """Days at whose end something stands, or stood, that was known otherwise: between its beginnings, and its ends."""
    # What had not ended was known to stand up to that night.
    begin, end = table.c.opened_on, sa.func.coalesce(table.c.closed_on, since.as_of[:10])
    unit = [column for column in table.primary_key if column.name != "from_run"]
    query = sa.select(
        sa.func.min(begin), sa.func.max(begin), sa.func.min(end), sa.func.max(end)
    ).where(moved).group_by(*unit)  # fmt: skip
    found: set[str] = set()
    for first, later, ended, ends in set(c.execute(query).fetchall()):
        for a, b in ((first, later), (ended, ends)):
            found.add(b)
            found.update(np.datetime_as_string(np.arange(a, b, dtype="datetime64[D]"), unit="D").tolist())
    return found


def waiting_days(c: sa.Connection, run: Run, durations: Sequence[tuple[sa.Table, str, str]]) -> dict[str, np.ndarray]:
    """Duration → local days of the units that still wait by it: their figures grow each night."""
    found = {}
    for table, name, basis in durations:
        waits = is_waiting(name)
        if basis in BASIS:
            column = TICKET_FACTS.c[BASIS[basis]]
            query = sa.select(column).join_from(
                TICKET_FACTS, table, table.c.ticket_key == TICKET_FACTS.c.ticket_key
            ).where(waits, in_run(table, run), in_run(TICKET_FACTS, run))  # fmt: skip
        else:
            column = table.c[f"{basis}_on"]
            query = sa.select(column).where(waits, in_run(table, run))
        found[name] = np.array(sorted(day for day in c.scalars(query.distinct()) if day), "datetime64[D]")
    return found


def unobserved(c: sa.Connection, run: Run, durations: Sequence[tuple[Table, str]]) -> np.ndarray:
    """Tickets on which somebody still waits by any of these durations of families' tables."""
    found = [np.zeros(0, np.int64)]
    for table, name in durations:
        found.append(_tickets(c, sa.select(table.c.ticket_key).where(in_run(table, run), is_waiting(name))))
    return np.unique(np.concatenate(found))


def tickets_within(
    c: sa.Connection, run: Run, families: Sequence[sa.Table], spans: Sequence[tuple[str, str]]
) -> np.ndarray:
    """Tickets with a moment, of their own or of a unit, in one of these spans of days."""
    keys = [np.zeros(0, np.int64)]
    for table in (TICKET_FACTS, *families):
        columns = _day_columns(table)
        names = {column.name for column in columns}
        conditions: list[sa.ColumnElement[bool]] = [
            column.between(first, last) for column in columns for first, last in spans
        ]
        if {"opened_on", "closed_on"} <= names and spans:
            is_open = sa.or_(table.c.closed_on.is_(None), table.c.closed_on > spans[0][0])
            conditions = [is_open & (table.c.opened_on <= spans[-1][1])]
        if conditions:
            keys.append(_tickets(c, sa.select(table.c.ticket_key).where(in_run(table, run), sa.or_(*conditions))))
    return np.unique(np.concatenate(keys))


def _tickets(c: sa.Connection, query: sa.Select) -> np.ndarray:
    """The surrogates that a query gives, some perhaps several times."""
    return bulk.whole_columns(c, query)["ticket_key"]


def _day_columns(table: sa.Table) -> list[sa.Column]:
    return [column for column in table.columns if column.name.endswith("_on") and isinstance(column.type, sa.Text)]
