"""Which tickets are tied to which: measured together, because one customer or one history is theirs."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
import sqlalchemy as sa

from auditlib.store import bulk, versions
from auditlib.store.caselog_tables import TICKETS
from auditlib.store.customers import NOTHING, Declared, same_people, shared_mailboxes
from auditlib.store.link_tables import COMPONENTS
from auditlib.store.runs import Run
from auditlib.store.versions import holding, known_to


def tied(c: sa.Connection, run: Run, tickets: Iterable[int], declared: Declared = NOTHING) -> pd.DataFrame:
    """The tickets and all that are tied to them, directly or through others.

    Columns ticket_key, source, person (0 for nobody and shared mailboxes), merged_into,
    follow_up_of. Ties are a common requester, verified addresses, what is declared, merges, follow-ups, and the
    components that the last night knew.
    """
    asked = np.unique(np.fromiter(tickets, np.int64))
    if len(asked) == _count(c, run):
        return _described(c, run, None)  # nobody is left to be reached
    reached: set[int] = set()
    frontier = set(asked.tolist())
    while frontier:
        reached |= frontier
        frontier = _neighbours(c, run, frontier, declared) - reached
    return _described(c, run, reached)


def held_customers(c: sa.Connection, tickets: Iterable[int]) -> pd.Series:
    """Ticket → the customer whose it was held to be, for those that were linked before."""
    query = sa.select(COMPONENTS.c.ticket_key, COMPONENTS.c.customer).where(
        holding(COMPONENTS), bulk.among(c, COMPONENTS.c.ticket_key, tickets)
    )
    rows = bulk.whole_columns(c, query)
    return pd.Series(rows["customer"], rows["ticket_key"])


def remember(c: sa.Connection, run: Run, rows: pd.DataFrame) -> None:
    """Writes components (ticket_key, component, customer): a night's hold, a past night's are its own."""
    scope = bulk.among(c, COMPONENTS.c.ticket_key, rows.ticket_key)
    if not run.is_night:
        versions.append_line(c, COMPONENTS, rows, run.run, scope)
        return
    versions.merge(c, COMPONENTS, ("ticket_key",), rows, run.run, scope)


def _neighbours(c: sa.Connection, run: Run, tickets: set[int], declared: Declared) -> set[int]:
    found: set[int] = set()
    here = _described(c, run, tickets)
    people = set(here.person[here.person != 0])
    people |= set(same_people(c, run, people, declared).ravel().tolist())
    known = known_to(TICKETS, run.knows)
    for condition in (
        bulk.among(c, TICKETS.c.requester, people),
        bulk.among(c, TICKETS.c.merged_into, tickets),
        bulk.among(c, TICKETS.c.follow_up_of, tickets),
    ):
        found.update(c.scalars(sa.select(TICKETS.c.ticket_key).where(known, condition)))
    found.update(int(k) for k in [*here.merged_into, *here.follow_up_of] if k)
    if run.is_night:
        mine = sa.select(COMPONENTS.c.component).where(
            holding(COMPONENTS), bulk.among(c, COMPONENTS.c.ticket_key, tickets)
        )
        held = sa.select(COMPONENTS.c.ticket_key).where(holding(COMPONENTS), COMPONENTS.c.component.in_(mine))
        found.update(c.scalars(held))
    return found


def _count(c: sa.Connection, run: Run) -> int:
    """How many tickets the run knows."""
    return int(c.scalar(sa.select(sa.func.count()).select_from(TICKETS).where(known_to(TICKETS, run.knows))) or 0)


def _described(c: sa.Connection, run: Run, tickets: Iterable[int] | None) -> pd.DataFrame:
    """These tickets, or all, by what ties them."""
    listed = sa.true() if tickets is None else bulk.among(c, TICKETS.c.ticket_key, tickets)
    query = sa.select(
        TICKETS.c.ticket_key,
        TICKETS.c.source,
        TICKETS.c.requester.label("person"),
        TICKETS.c.merged_into,
        TICKETS.c.follow_up_of,
    ).where(known_to(TICKETS, run.knows), listed)
    rows = bulk.frame(c, query.order_by(TICKETS.c.ticket_key))
    shared = rows.person.isin(shared_mailboxes(c, run, rows.person))
    return rows.assign(person=rows.person.where(~shared, 0))


def with_merged(c: sa.Connection, run: Run, tickets: Iterable[int]) -> list[int]:
    """These tickets and all that were merged into them."""
    keys = {int(k) for k in tickets}
    merged = sa.select(TICKETS.c.ticket_key).where(
        known_to(TICKETS, run.knows), bulk.among(c, TICKETS.c.merged_into, keys)
    )
    return sorted(keys.union(c.scalars(merged)))
