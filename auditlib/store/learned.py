"""Which tickets a run has to measure: those of which something was learned, and those that come due."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import sqlalchemy as sa

from auditlib.store import bulk
from auditlib.store.caselog import DIMENSIONS
from auditlib.store.caselog_tables import IDENTITIES, PEOPLE, TICKET_CHANGES, TICKETS
from auditlib.store.runs import Run
from auditlib.store.versions import holding, known_to


def every_ticket(c: sa.Connection, run: Run) -> np.ndarray:
    """Surrogates of all tickets that the run knows."""
    query = sa.select(TICKETS.c.ticket_key).where(known_to(TICKETS, run.knows))
    return bulk.whole_columns(c, query)["ticket_key"]


def of_source(c: sa.Connection, run: Run, source: str) -> np.ndarray:
    """Surrogates of the tickets of a source that the run knows."""
    query = sa.select(TICKETS.c.ticket_key).where(known_to(TICKETS, run.knows), TICKETS.c.source == source)
    return bulk.whole_columns(c, query)["ticket_key"]


def was_edited(c: sa.Connection, name: str, source: str, since: int, until: int) -> bool:
    """Whether a source's schedules or service levels were told otherwise after a run, up to another."""
    table, _ = DIMENSIONS[name]
    added = (table.c.from_run > since) & (table.c.from_run <= until)
    withdrawn = (table.c.to_run > since) & (table.c.to_run <= until)
    query = sa.select(sa.func.count()).select_from(table).where(table.c.source == source, added | withdrawn)
    return bool(c.scalar(query))


def since(c: sa.Connection, source: str, run: int, until: int | None = None) -> pd.DataFrame:
    """Tickets of a source about which something was learned after a run, perhaps up to another: ticket_key, cause."""
    query = (
        sa.select(TICKET_CHANGES.c.ticket_key, TICKET_CHANGES.c.cause)
        .join(TICKETS, (TICKETS.c.ticket_key == TICKET_CHANGES.c.ticket_key) & holding(TICKETS))
        .where(TICKET_CHANGES.c.run > run, TICKETS.c.source == source)
    )
    return bulk.frame(c, query if until is None else query.where(TICKET_CHANGES.c.run <= until))


def ahead_of(c: sa.Connection, cuts: Mapping[str, int]) -> np.ndarray:
    """Tickets with something known that lay beyond the watermark of an earlier run, per source."""
    found = []
    for source, cut in cuts.items():
        query = (
            sa.select(TICKET_CHANGES.c.ticket_key)
            .join(TICKETS, TICKETS.c.ticket_key == TICKET_CHANGES.c.ticket_key)
            .where(TICKETS.c.source == source, holding(TICKETS), TICKET_CHANGES.c.last_event_at >= cut)
        )
        found.append(bulk.whole_columns(c, query)["ticket_key"])
    return np.unique(np.concatenate(found)) if found else np.zeros(0, np.int64)


def changing_by(c: sa.Connection, table: sa.Table, moment: int) -> np.ndarray:
    """Tickets of a family whose measures change by themselves up to a moment."""
    query = sa.select(table.c.ticket_key).where(holding(table), table.c.changes_at <= moment)
    return bulk.whole_columns(c, query)["ticket_key"]


def of_people(c: sa.Connection, run: Run, since: int) -> np.ndarray:
    """Tickets of people of whom an address or a shared mailbox was learned, changed or withdrawn since a run."""
    people = [
        sa.select(table.c.person).where(
            ((table.c.from_run > since) & (table.c.from_run <= run.knows))
            | ((table.c.to_run > since) & (table.c.to_run <= run.knows))
        )
        for table in (IDENTITIES, PEOPLE)
    ]
    # Who gets a number that another had makes a shared line of it, or ends one: that parts or ties still others.
    numbers = sa.select(IDENTITIES.c.fingerprint).where(
        IDENTITIES.c.kind == "phone", IDENTITIES.c.person.in_(sa.union(*people))
    )
    people.append(sa.select(IDENTITIES.c.person).where(IDENTITIES.c.fingerprint.in_(numbers)))
    query = sa.select(TICKETS.c.ticket_key).where(
        known_to(TICKETS, run.knows), TICKETS.c.requester.in_(sa.union(*people))
    )
    return bulk.whole_columns(c, query)["ticket_key"]
