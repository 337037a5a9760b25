"""Which tickets a run has to measure, and which are tied to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd
import sqlalchemy as sa

from auditlib.store import bulk, versions
from auditlib.store.caselog_tables import IDENTITIES, PEOPLE, TICKET_CHANGES, TICKETS
from auditlib.store.measure_tables import COMPONENTS
from auditlib.store.run_tables import WORKLIST
from auditlib.store.runs import Run
from auditlib.store.versions import holding, known_to


def every_ticket(c: sa.Connection, run: Run) -> np.ndarray:
    """Surrogates of all tickets that the run knows."""
    query = sa.select(TICKETS.c.ticket_key).where(known_to(TICKETS, run.knows))
    return bulk.whole_columns(c, query)["ticket_key"]


def learned_since(c: sa.Connection, source: str, run: int, until: int | None = None) -> pd.DataFrame:
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


def tied(c: sa.Connection, run: Run, tickets: Iterable[int]) -> pd.DataFrame:
    """The tickets and all that are tied to them, directly or through others.

    Columns ticket_key, source, person (0 for nobody and shared mailboxes), merged_into,
    follow_up_of. Ties are a common requester, verified addresses, merges, follow-ups, and the
    components that the last night knew.
    """
    reached: set[int] = set()
    frontier = {int(k) for k in tickets}
    while frontier:
        reached |= frontier
        frontier = _neighbours(c, run, frontier) - reached
    return _described(c, run, reached)


def same_people(c: sa.Connection, run: Run, people: Iterable[int]) -> np.ndarray:
    """Pairs of people who share a verified address, among these and those that they share one with; (k, 2)."""
    theirs = sa.select(IDENTITIES.c.fingerprint).where(
        known_to(IDENTITIES, run.knows), IDENTITIES.c.is_verified, bulk.among(c, IDENTITIES.c.person, people)
    )
    query = sa.select(IDENTITIES.c.person, IDENTITIES.c.fingerprint).where(
        known_to(IDENTITIES, run.knows), IDENTITIES.c.is_verified, IDENTITIES.c.fingerprint.in_(theirs)
    )
    shared = bulk.frame(c, query)
    shared = shared[~shared.person.isin(_shared_mailboxes(c, run, shared.person))]
    first = shared.groupby("fingerprint").person.transform("min")
    pairs = np.column_stack([first.to_numpy(np.int64), shared.person.to_numpy(np.int64)])
    return np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0)


def remember(c: sa.Connection, run: Run, rows: pd.DataFrame) -> None:
    """Writes components (ticket_key, component, customer): a night's hold, a past night's are its own."""
    scope = bulk.among(c, COMPONENTS.c.ticket_key, rows.ticket_key)
    if not run.is_night:
        versions.append_line(c, COMPONENTS, rows, run.run, scope)
        return
    versions.merge(c, COMPONENTS, ("ticket_key",), rows, run.run, scope)


def write_worklist(c: sa.Connection, run: int, rows: pd.DataFrame) -> None:
    """Replaces the run's worklist (bucket, ticket_key, causes)."""
    c.execute(sa.delete(WORKLIST).where(WORKLIST.c.run == run))
    bulk.write(c, WORKLIST, rows.assign(run=run))


def buckets(c: sa.Connection, run: int) -> int:
    """Into how many buckets the worklist of a run was divided."""
    return int(c.scalar(sa.select(sa.func.max(WORKLIST.c.bucket)).where(WORKLIST.c.run == run)) or 0) + 1


def worklist_size(c: sa.Connection, run: int) -> int:
    query = sa.select(sa.func.count()).select_from(WORKLIST).where(WORKLIST.c.run == run)
    return int(c.scalar(query) or 0)


def _neighbours(c: sa.Connection, run: Run, tickets: set[int]) -> set[int]:
    found: set[int] = set()
    here = _described(c, run, tickets)
    people = set(here.person[here.person != 0])
    people |= set(same_people(c, run, people).ravel().tolist())
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


def _described(c: sa.Connection, run: Run, tickets: set[int]) -> pd.DataFrame:
    query = sa.select(
        TICKETS.c.ticket_key,
        TICKETS.c.source,
        TICKETS.c.requester.label("person"),
        TICKETS.c.merged_into,
        TICKETS.c.follow_up_of,
    ).where(known_to(TICKETS, run.knows), bulk.among(c, TICKETS.c.ticket_key, tickets))
    rows = bulk.frame(c, query.order_by(TICKETS.c.ticket_key))
    shared = rows.person.isin(_shared_mailboxes(c, run, rows.person))
    return rows.assign(person=rows.person.where(~shared, 0))


def _shared_mailboxes(c: sa.Connection, run: Run, people: Iterable[int]) -> set[int]:
    query = sa.select(PEOPLE.c.person).where(
        known_to(PEOPLE, run.knows), PEOPLE.c.is_shared, bulk.among(c, PEOPLE.c.person, people)
    )
    return set(c.scalars(query))


def add_bucket(c: sa.Connection, run: Run, bucket: int, tickets: Iterable[int]) -> None:
    """Adds a bucket of these tickets and all that were merged into them to a run's worklist."""
    c.execute(sa.delete(WORKLIST).where(WORKLIST.c.run == run.run, WORKLIST.c.bucket == bucket))
    keys = {int(k) for k in tickets}
    merged = sa.select(TICKETS.c.ticket_key).where(
        known_to(TICKETS, run.knows), bulk.among(c, TICKETS.c.merged_into, keys)
    )
    keys.update(c.scalars(merged))
    rows = pd.DataFrame({"ticket_key": sorted(keys), "bucket": bucket, "causes": "", "run": run.run})
    bulk.write(c, WORKLIST, rows.astype({"ticket_key": np.int64}))
