"""The case log as a run knows it: tickets, ties, events and everything that describes them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
import sqlalchemy as sa

from auditlib.store import bulk
from auditlib.store import caselog_tables as t
from auditlib.store.link_tables import COMPONENTS
from auditlib.store.run_tables import WORKLIST
from auditlib.store.runs import Run
from auditlib.store.versions import known_to, own_line

EVENT_COLUMNS = (
    "ticket_key", "occurred_at", "kind", "actor", "actor_class", "is_public", "old", "new", "markers", "body_chars",
)  # fmt: skip


def tickets(c: sa.Connection, run: Run, bucket: int) -> pd.DataFrame:
    """The bucket's tickets as the run knows them, with their customer, by surrogate."""
    listed = WORKLIST.c.run == run.run
    of_run = own_line(COMPONENTS, run.run) if not run.is_night else known_to(COMPONENTS, run.run)
    query = (
        sa.select(*[column for column in t.TICKETS.c if column.name not in ("from_run", "to_run", "sketch")])
        .add_columns(COMPONENTS.c.customer, COMPONENTS.c.component)
        .join(
            WORKLIST,
            (WORKLIST.c.ticket_key == t.TICKETS.c.ticket_key) & listed & (WORKLIST.c.bucket == bucket),
        )
        .join(COMPONENTS, (COMPONENTS.c.ticket_key == t.TICKETS.c.ticket_key) & of_run)
        .where(known_to(t.TICKETS, run.knows))
        .order_by(t.TICKETS.c.ticket_key)
    )
    return bulk.frame(c, query)


def sketches(c: sa.Connection, run: Run, tickets: np.ndarray) -> list[bytes]:
    """The sketches of these tickets' words, in their order; empty where there is none."""
    query = sa.select(t.TICKETS.c.ticket_key, t.TICKETS.c.sketch).where(
        known_to(t.TICKETS, run.knows), bulk.among(c, t.TICKETS.c.ticket_key, tickets)
    )
    held = {row.ticket_key: row.sketch for row in c.execute(query)}
    return [bytes(held.get(key) or b"") for key in tickets.tolist()]


def events(c: sa.Connection, run: Run, bucket: int) -> dict[str, np.ndarray]:
    """The bucket's events as the run knows them, as int64 columns in (ticket, time, sequence) order."""
    listed = (WORKLIST.c.run == run.run) & (WORKLIST.c.bucket == bucket)
    query = (
        sa.select(*[t.EVENTS.c[name] for name in EVENT_COLUMNS])
        .join(WORKLIST, (WORKLIST.c.ticket_key == t.EVENTS.c.ticket_key) & listed)
        .where(known_to(t.EVENTS, run.knows))
        # By the worklist's key, which SQLite walks along: by the events' own it would sort them all again.
        .order_by(WORKLIST.c.ticket_key, t.EVENTS.c.occurred_at, t.EVENTS.c.seq)
    )
    return bulk.whole_columns(c, query)


def schedules(c: sa.Connection, run: Run) -> pd.DataFrame:
    """Every version of every schedule, by source, schedule and validity."""
    query = sa.select(t.SCHEDULES).where(known_to(t.SCHEDULES, run.knows))
    return bulk.frame(c, query.order_by(t.SCHEDULES.c.source, t.SCHEDULES.c.schedule, t.SCHEDULES.c.valid_from))


def policies(c: sa.Connection, run: Run) -> pd.DataFrame:
    """Every version of every service-level policy, by source, policy and validity."""
    query = sa.select(t.SLA_POLICIES).where(known_to(t.SLA_POLICIES, run.knows))
    table = t.SLA_POLICIES.c
    return bulk.frame(c, query.order_by(table.source, table.policy, table.valid_from))


def groups(c: sa.Connection, run: Run) -> pd.DataFrame:
    """Groups: group_key, source, id, name."""
    return bulk.frame(c, sa.select(t.GROUPS).where(known_to(t.GROUPS, run.knows)))


def names(c: sa.Connection, kind: str, keys: Iterable[int]) -> dict[int, str]:
    """What surrogates stand for, as source:id; those whose register row was erased are left out."""
    query = sa.select(t.REGISTER.c.key, t.REGISTER.c.source, t.REGISTER.c.id).where(
        t.REGISTER.c.kind == kind, bulk.among(c, t.REGISTER.c.key, keys)
    )
    return {row.key: f"{row.source}:{row.id}" for row in c.execute(query)}


def agents(c: sa.Connection, run: Run) -> dict[int, str]:
    """Display names of agents and bots."""
    named = t.PEOPLE.c.display_name.is_not(None)
    query = sa.select(t.PEOPLE.c.person, t.PEOPLE.c.display_name).where(known_to(t.PEOPLE, run.knows), named)
    return {row.person: row.display_name for row in c.execute(query)}


def organizations(c: sa.Connection, run: Run) -> dict[int, str]:
    """Names of organizations."""
    known = known_to(t.ORGANIZATIONS, run.knows)
    return {
        row.organization: row.name
        for row in c.execute(sa.select(t.ORGANIZATIONS.c.organization, t.ORGANIZATIONS.c.name).where(known))
    }
