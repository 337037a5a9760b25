"""Which tickets a run has to measure, and which are tied to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import sqlalchemy as sa

from auditlib.store import bulk, versions
from auditlib.store.caselog import DIMENSIONS
from auditlib.store.caselog_tables import IDENTITIES, PEOPLE, TICKET_CHANGES, TICKETS
from auditlib.store.measure_tables import COMPONENTS
from auditlib.store.run_tables import WORKLIST
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


@dataclass(frozen=True)
class Declared:
    """What audit.toml says of who is one customer."""

    aliases: Sequence[Sequence[tuple[str, str | None]]] = ()
    """For each customer its aliases: (source:id or "", keyed fingerprint of an address or None)."""
    by_organization: bool = False
    """Whether everybody of one organization is one customer."""


NOTHING = Declared()


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


def same_people(c: sa.Connection, run: Run, people: Iterable[int], declared: Declared = NOTHING) -> np.ndarray:
    """Pairs of people who are one customer, among these and all whom they are one with, however far; (k, 2).

    Two people are one if they share a verified address or external id, or if it is declared. Shared mailboxes
    and nobody tie nobody.
    """
    known, frontier, found = set(), {int(p) for p in people} - {0}, [np.zeros((0, 2), np.int64)]
    aliases = _declared_pairs(c, run, declared)
    while frontier:
        known |= frontier
        pairs = [_sharing(c, run, frontier), aliases[np.isin(aliases, list(frontier)).any(axis=1)]]
        if declared.by_organization:
            pairs.append(_of_one_organization(c, run, frontier))
        found += pairs
        frontier = set(np.concatenate(pairs).ravel().tolist()) - known
    return np.unique(np.concatenate(found), axis=0)


def _sharing(c: sa.Connection, run: Run, people: Iterable[int]) -> np.ndarray:
    """Pairs of people who share a verified address, one of them among these.

    A telephone number that one helpdesk gives to two people is a household's or a switchboard's, and ties nobody.
    """
    theirs = sa.select(IDENTITIES.c.fingerprint).where(
        known_to(IDENTITIES, run.knows), IDENTITIES.c.is_verified, bulk.among(c, IDENTITIES.c.person, people)
    )
    query = sa.select(
        IDENTITIES.c.person, IDENTITIES.c.fingerprint.label("what"), IDENTITIES.c.source, IDENTITIES.c.kind
    ).where(known_to(IDENTITIES, run.knows), IDENTITIES.c.is_verified, IDENTITIES.c.fingerprint.in_(theirs))
    rows = bulk.frame(c, query)
    phones = rows[rows.kind == "phone"]
    shared = phones.what[phones.duplicated(["what", "source"])]
    return _pairs(c, run, rows.loc[~rows.what.isin(shared), ["person", "what"]])


def _declared_pairs(c: sa.Connection, run: Run, declared: Declared) -> np.ndarray:
    """Pairs of people whom audit.toml declares to be one: by their ids, or by addresses verified or not."""
    rows = []
    for number, aliases in enumerate(declared.aliases):
        for person, fingerprint in aliases:
            of_person = sa.select(PEOPLE.c.person).where(
                known_to(PEOPLE, run.knows), PEOPLE.c.source + ":" + PEOPLE.c.id == person
            )
            of_address = sa.select(IDENTITIES.c.person).where(
                known_to(IDENTITIES, run.knows), IDENTITIES.c.fingerprint == (fingerprint or "")
            )
            rows += [(key, number) for query in (of_person, of_address) for key in c.scalars(query)]
    return _pairs(c, run, pd.DataFrame(rows, columns=["person", "what"]))


def _of_one_organization(c: sa.Connection, run: Run, people: Iterable[int]) -> np.ndarray:
    theirs = sa.select(PEOPLE.c.organization).where(
        known_to(PEOPLE, run.knows), PEOPLE.c.organization != 0, bulk.among(c, PEOPLE.c.person, people)
    )
    query = sa.select(PEOPLE.c.person, PEOPLE.c.organization.label("what")).where(
        known_to(PEOPLE, run.knows), PEOPLE.c.role != "agent", PEOPLE.c.organization.in_(theirs)
    )
    return _pairs(c, run, bulk.frame(c, query))


def _pairs(c: sa.Connection, run: Run, rows: pd.DataFrame) -> np.ndarray:
    """Each person with the smallest who has the same, shared mailboxes left out; (k, 2)."""
    rows = rows[~rows.person.isin(_shared_mailboxes(c, run, rows.person))]
    if rows.empty:
        return np.zeros((0, 2), np.int64)
    first = rows.groupby("what").person.transform("min")
    pairs = np.column_stack([first.to_numpy(np.int64), rows.person.to_numpy(np.int64)])
    return pairs[pairs[:, 0] != pairs[:, 1]]


def newly_known(c: sa.Connection, run: Run, since: int) -> np.ndarray:
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
    shared = rows.person.isin(_shared_mailboxes(c, run, rows.person))
    return rows.assign(person=rows.person.where(~shared, 0))


def _shared_mailboxes(c: sa.Connection, run: Run, people: Iterable[int]) -> set[int]:
    query = sa.select(PEOPLE.c.person).where(
        known_to(PEOPLE, run.knows), PEOPLE.c.is_shared, bulk.among(c, PEOPLE.c.person, people)
    )
    return set(c.scalars(query))


def with_merged(c: sa.Connection, run: Run, tickets: Iterable[int]) -> list[int]:
    """These tickets and all that were merged into them."""
    keys = {int(k) for k in tickets}
    merged = sa.select(TICKETS.c.ticket_key).where(
        known_to(TICKETS, run.knows), bulk.among(c, TICKETS.c.merged_into, keys)
    )
    return sorted(keys.union(c.scalars(merged)))
