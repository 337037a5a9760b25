"""A ticket's life for people: found by its name, with all it is tied to, what was measured, what it came to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
import sqlalchemy as sa

from auditlib.store import bulk, measures
from auditlib.store import caselog_tables as t
from auditlib.store.link_tables import COMPONENTS, EPISODES, MEMBERSHIPS, REPEAT_LINKS
from auditlib.store.reading import EVENT_COLUMNS
from auditlib.store.runs import Run
from auditlib.store.ticket_tables import TICKET_FACTS
from auditlib.store.versions import holding, known_to, own_line


def ticket_key(c: sa.Connection, run: Run, name: str) -> int | None:
    """The surrogate of a ticket such as zendesk:4711, if the run knew it."""
    source, _, ticket = name.partition(":")
    mine = (t.TICKETS.c.source == source) & (t.TICKETS.c.ticket == ticket)
    return c.scalar(sa.select(t.TICKETS.c.ticket_key).where(known_to(t.TICKETS, run.knows), mine))


def known_tickets(c: sa.Connection, names: Iterable[str]) -> set[str]:
    """Those of the tickets (zendesk:4711) that the case log holds now."""
    wanted = sorted(set(names))
    name = t.TICKETS.c.source + ":" + t.TICKETS.c.ticket
    return set(c.scalars(sa.select(name).where(holding(t.TICKETS), name.in_(wanted))))


def tied_to(c: sa.Connection, run: Run, key: int) -> list[int]:
    """A ticket and all that it is measured together with."""
    mine = sa.select(COMPONENTS.c.component).where(known_to(COMPONENTS, run.run), COMPONENTS.c.ticket_key == key)
    query = sa.select(COMPONENTS.c.ticket_key).where(known_to(COMPONENTS, run.run))
    return sorted({key, *c.scalars(query.where(COMPONENTS.c.component.in_(mine)))})


def components(c: sa.Connection, run: Run) -> pd.DataFrame:
    """Every ticket of a night with its component: ticket_key, component."""
    query = sa.select(COMPONENTS.c.ticket_key, COMPONENTS.c.component)
    return bulk.frame(c, query.where(known_to(COMPONENTS, run.run)).order_by(COMPONENTS.c.component))


def tickets(c: sa.Connection, run: Run, keys: Iterable[int]) -> pd.DataFrame:
    """These tickets as a run knows them, with their customer, by surrogate."""
    of_run = known_to(COMPONENTS, run.run) if run.is_night else own_line(COMPONENTS, run.run)
    query = (
        sa.select(*[column for column in t.TICKETS.c if column.name not in ("from_run", "to_run", "sketch")])
        .add_columns(COMPONENTS.c.customer, COMPONENTS.c.component)
        .join(COMPONENTS, (COMPONENTS.c.ticket_key == t.TICKETS.c.ticket_key) & of_run)
        .where(known_to(t.TICKETS, run.knows), bulk.among(c, t.TICKETS.c.ticket_key, keys))
        .order_by(t.TICKETS.c.ticket_key)
    )
    return bulk.frame(c, query)


def events(c: sa.Connection, run: Run, keys: Iterable[int]) -> dict[str, np.ndarray]:
    """The tickets' events as a run knows them, as int64 columns in (ticket, time, sequence) order."""
    query = (
        sa.select(*[t.EVENTS.c[name] for name in EVENT_COLUMNS])
        .where(known_to(t.EVENTS, run.knows), bulk.among(c, t.EVENTS.c.ticket_key, keys))
        .order_by(t.EVENTS.c.ticket_key, t.EVENTS.c.occurred_at, t.EVENTS.c.seq)
    )
    return bulk.whole_columns(c, query)


def words(c: sa.Connection, keys: Iterable[int]) -> dict[int, str]:
    """What surrogates of words (priorities, scores, tags) and of tickets stand for."""
    listed = bulk.among(c, t.REGISTER.c.key, keys)
    query = sa.select(t.REGISTER.c.key, t.REGISTER.c.kind, t.REGISTER.c.source, t.REGISTER.c.id)
    rows = c.execute(query.where(t.REGISTER.c.kind.in_(("word", "ticket")), listed))
    return {row.key: row.id if row.kind == "word" else f"{row.source}:{row.id}" for row in rows}


def facts(c: sa.Connection, run: Run, key: int) -> dict[str, Any]:
    """The facts of a ticket as a run measured them; empty if it did not."""
    mine = measures.in_run(TICKET_FACTS, run) & (TICKET_FACTS.c.ticket_key == key)
    row = c.execute(sa.select(TICKET_FACTS).where(mine)).mappings().first()
    return {} if row is None else dict(row)


def measured(c: sa.Connection, run: Run, family: sa.Table, key: int) -> list[Mapping[str, Any]]:
    """A ticket's rows of one family as a run measured them."""
    query = sa.select(family).where(measures.in_run(family, run), family.c.ticket_key == key)
    return [dict(row) for row in c.execute(query).mappings()]


def links(c: sa.Connection, run: Run, key: int) -> list[dict[str, Any]]:
    """Links with this ticket: earlier, later (names), kind, layer, score, moments (solved_at NULL of parallel ones)."""
    table, earlier, later = REPEAT_LINKS, t.REGISTER.alias(), t.REGISTER.alias()
    query = (
        sa.select(
            (earlier.c.source + ":" + earlier.c.id).label("earlier"),
            (later.c.source + ":" + later.c.id).label("later"),
            table.c.kind,
            table.c.layer,
            table.c.score,
            table.c.solved_at,
            table.c.came_back_at,
        )
        .join(earlier, earlier.c.key == table.c.earlier)
        .join(later, later.c.key == table.c.later)
        .where(measures.in_run(table, run), (table.c.earlier == key) | (table.c.later == key))
    )
    return [dict(row) for row in c.execute(query.order_by(table.c.came_back_at)).mappings()]


def episode(c: sa.Connection, run: Run, key: int) -> Mapping[str, Any] | None:
    """The issue that a ticket belongs to; None if it belongs to none."""
    mine = (MEMBERSHIPS.c.ticket_key == key) & measures.in_run(MEMBERSHIPS, run)
    query = sa.select(EPISODES).join(MEMBERSHIPS, MEMBERSHIPS.c.episode == EPISODES.c.episode)
    row = c.execute(query.where(mine, measures.in_run(EPISODES, run))).mappings().first()
    return None if row is None else dict(row)


def quarantined(c: sa.Connection, run: Run, name: str) -> list[str]:
    """Why a ticket such as zendesk:4711 is in quarantine; nothing if it is not."""
    source, _, ticket = name.partition(":")
    mine = (t.QUARANTINE.c.source == source) & (t.QUARANTINE.c.ticket == ticket)
    query = sa.select(t.QUARANTINE.c.reason, t.QUARANTINE.c.detail)
    return [f"{r.reason}: {r.detail}" for r in c.execute(query.where(known_to(t.QUARANTINE, run.knows), mine))]
