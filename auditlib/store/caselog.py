"""The case log in and out of the store."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd
import sqlalchemy as sa

from auditlib.caselog.words import Basis
from auditlib.store import bulk, versions
from auditlib.store import caselog_tables as t
from auditlib.store.versions import Merged

DIMENSIONS: dict[str, tuple[sa.Table, tuple[str, ...]]] = {
    "people": (t.PEOPLE, ("person",)),
    "role_history": (t.ROLE_HISTORY, ("person", "since")),
    "identities": (t.IDENTITIES, ("person", "fingerprint")),
    "groups": (t.GROUPS, ("group_key",)),
    "organizations": (t.ORGANIZATIONS, ("organization",)),
    "schedules": (t.SCHEDULES, ("schedule", "valid_from")),
    "sla_policies": (t.SLA_POLICIES, ("policy", "valid_from")),
}
OF_TICKETS: dict[str, tuple[sa.Table, tuple[str, ...]]] = {
    "tickets": (t.TICKETS, ("ticket_key",)),
    "events": (t.EVENTS, ("ticket_key", "seq")),
    "markers": (t.MARKERS, ("ticket_key", "seq", "marker")),
    "vendor_metrics": (t.VENDOR_METRICS, ("ticket_key", "metric")),
}

LOOKED_AT = ("ticket_key", "occurred_at", "seq", "kind", "actor_class", "is_public", "old", "new")
"""What of an event gate 1 looks at: a first night has millions of them, so nothing more is read."""


def merge_dimension(c: sa.Connection, name: str, rows: pd.DataFrame, run: int) -> Merged:
    """Makes the rows the ones that hold for the people, groups … that they speak of."""
    table, identity = DIMENSIONS[name]
    return versions.merge(c, table, identity, rows, run, bulk.among(c, table.c[identity[0]], rows[identity[0]]))


def merge_of_tickets(c: sa.Connection, name: str, rows: pd.DataFrame, tickets: Iterable[int], run: int) -> Merged:
    """Makes the rows all that holds of these tickets: what is missing among them is withdrawn."""
    table, identity = OF_TICKETS[name]
    ignoring = ("raw_part",)  # re-reading the same words from a later part is no change
    return versions.merge(c, table, identity, rows, run, bulk.among(c, table.c.ticket_key, tickets), ignoring=ignoring)


def held(c: sa.Connection, name: str, keys: Iterable[int]) -> pd.DataFrame:
    """The rows that hold for these people, schedules …"""
    table, identity = DIMENSIONS[name]
    chosen = versions.holding(table) & bulk.among(c, table.c[identity[0]], keys)
    return bulk.frame(c, sa.select(table).where(chosen)).drop(columns=["from_run", "to_run"])


def tells_roles(c: sa.Connection, source: str) -> bool:
    """Whether this source has ever told a change of somebody's role."""
    history = t.ROLE_HISTORY
    of_staff = (history.c.basis == Basis.observed) & history.c.role.in_(("agent", "bot"))
    told = sa.select(history.c.person).where(versions.holding(history), history.c.source == source, of_staff)
    return c.scalar(told.limit(1)) is not None


def add_to_register(c: sa.Connection, rows: pd.DataFrame) -> None:
    """Adds the surrogates that the register does not know yet."""
    if rows.empty:
        return
    known = c.scalars(sa.select(t.REGISTER.c.key).where(bulk.among(c, t.REGISTER.c.key, rows.key)))
    bulk.write(c, t.REGISTER, rows[~rows.key.isin(set(known))])


def organization_fields(c: sa.Connection, keys: Iterable[int]) -> dict[int, Mapping[str, str]]:
    """Fields of organizations, by surrogate."""
    frame = held(c, "organizations", keys)
    return {key: json.loads(fields) for key, fields in zip(frame.organization, frame.fields, strict=True)}


def tickets_known(c: sa.Connection, tickets: Iterable[int]) -> set[int]:
    """Those of the tickets that the case log has."""
    query = sa.select(t.TICKETS.c.ticket_key).where(
        versions.holding(t.TICKETS), bulk.among(c, t.TICKETS.c.ticket_key, tickets)
    )
    return set(c.scalars(query))


def with_history(c: sa.Connection, tickets: Iterable[int]) -> set[int]:
    """Those of the tickets whose history the case log has."""
    query = sa.select(t.TICKETS.c.ticket_key).where(
        versions.holding(t.TICKETS), t.TICKETS.c.has_history, bulk.among(c, t.TICKETS.c.ticket_key, tickets)
    )
    return set(c.scalars(query))


def note_changes(c: sa.Connection, run: int, changes: pd.DataFrame) -> None:
    """Records which tickets a run learned something about (ticket_key, cause, first_event_at, last_event_at).

    Noted again in the same run, a ticket keeps its first cause and the widest moments.
    """
    if changes.empty:
        return
    table = t.TICKET_CHANGES
    before = bulk.frame(
        c, sa.select(table).where(table.c.run == run, bulk.among(c, table.c.ticket_key, changes.ticket_key))
    )
    c.execute(sa.delete(table).where(table.c.run == run, bulk.among(c, table.c.ticket_key, changes.ticket_key)))
    both = pd.concat([before.drop(columns="run"), changes], ignore_index=True)
    merged = both.groupby("ticket_key", as_index=False).agg(
        cause=("cause", "first"),
        first_event_at=("first_event_at", "min"),
        last_event_at=("last_event_at", "max"),
    )
    bulk.write(c, table, merged.assign(run=run))


def quarantine(c: sa.Connection, run: int, rows: pd.DataFrame, cleared: Iterable[int], reasons: str) -> Merged:
    """Quarantines tickets (ticket_key, reason, source, ticket, detail, raw_part) and releases the cleared ones.

    `reasons` names which kind of reason this speaks of: "read" for records that could not be
    read, "rule" for rules of the gate; the other kind is left as it is.
    """
    table = t.QUARANTINE
    is_rule = table.c.reason.like("%-0%")
    kind = is_rule if reasons == "rule" else ~is_rule
    keys = np.union1d(np.fromiter(cleared, np.int64), rows.ticket_key.to_numpy(np.int64))
    scope = kind & bulk.among(c, table.c.ticket_key, keys)
    return versions.merge(c, table, ("ticket_key", "reason"), rows, run, scope)


def quarantined(c: sa.Connection, knows: int) -> np.ndarray:
    """Surrogates of the tickets in quarantine, as a run knew them."""
    query = sa.select(t.QUARANTINE.c.ticket_key).where(versions.known_to(t.QUARANTINE, knows)).distinct()
    return np.array(sorted(c.scalars(query)), dtype=np.int64)


def events_of_people(c: sa.Connection, people: Iterable[int]) -> pd.DataFrame:
    """Every event by these people that holds, with the requester of its ticket."""
    requester = sa.select(t.TICKETS.c.requester).where(
        t.TICKETS.c.ticket_key == t.EVENTS.c.ticket_key, versions.holding(t.TICKETS)
    )
    query = sa.select(t.EVENTS, requester.scalar_subquery().label("requester")).where(
        versions.holding(t.EVENTS), bulk.among(c, t.EVENTS.c.actor, people)
    )
    return bulk.frame(c, query)


def replace_events(c: sa.Connection, old: pd.DataFrame, new: pd.DataFrame, run: int) -> None:
    """Withdraws these very event rows and adds the others in their place."""
    versions.replace(c, t.EVENTS, old, new, run)


def changed_tickets(c: sa.Connection, after: int, source: str) -> np.ndarray:
    """Surrogates of the tickets of a source about which something was learned after a run, in their order."""
    of = sa.select(t.TICKET_CHANGES.c.ticket_key).where(t.TICKET_CHANGES.c.run > after)
    ours = versions.holding(t.TICKETS) & (t.TICKETS.c.source == source) & t.TICKETS.c.ticket_key.in_(of)
    return np.sort(bulk.whole_columns(c, sa.select(t.TICKETS.c.ticket_key).where(ours))["ticket_key"])


def rows_of(c: sa.Connection, tickets: np.ndarray) -> tuple[pd.DataFrame, pd.DataFrame]:
    """These tickets as they hold, and what gate 1 looks at of their events."""
    mine = versions.holding(t.TICKETS) & bulk.among(c, t.TICKETS.c.ticket_key, tickets)
    theirs = versions.holding(t.EVENTS) & bulk.among(c, t.EVENTS.c.ticket_key, tickets)
    described = [column for column in t.TICKETS.c if column.name not in ("from_run", "to_run", "sketch", "subject")]
    events = bulk.whole_columns(c, sa.select(*[t.EVENTS.c[name] for name in LOOKED_AT]).where(theirs))
    return bulk.frame(c, sa.select(*described).where(mine)), pd.DataFrame(events, copy=False)


def oldest_members(c: sa.Connection, tickets: np.ndarray) -> pd.Series:
    """Ticket → when the oldest of those that were merged into it was created."""
    created = sa.func.min(t.TICKETS.c.created_at).label("created_at")
    mine = versions.holding(t.TICKETS) & bulk.among(c, t.TICKETS.c.merged_into, tickets)
    rows = bulk.whole_columns(
        c, sa.select(t.TICKETS.c.merged_into, created).where(mine).group_by(t.TICKETS.c.merged_into)
    )
    return pd.Series(rows["created_at"], rows["merged_into"])


def note_unsettled(c: sa.Connection, source: str, people: Iterable[int]) -> None:
    """Remembers people whose roles turned out otherwise after events of theirs were written."""
    known = unsettled(c, source)
    new = sorted({int(person) for person in people} - known)
    bulk.write(c, t.UNSETTLED, pd.DataFrame({"source": source, "person": new}))


def unsettled(c: sa.Connection, source: str) -> set[int]:
    """The people of a source whose events are still to be resolved again."""
    return set(c.scalars(sa.select(t.UNSETTLED.c.person).where(t.UNSETTLED.c.source == source)))


def settled(c: sa.Connection, source: str) -> None:
    """Nobody of a source is left to be resolved again."""
    c.execute(sa.delete(t.UNSETTLED).where(t.UNSETTLED.c.source == source))


def count_quarantined(c: sa.Connection, run: int, source: str) -> int:
    """How many tickets that a source told in a run are in quarantine."""
    table = t.QUARANTINE
    told = sa.select(t.TICKET_CHANGES.c.ticket_key).where(t.TICKET_CHANGES.c.run == run)
    query = sa.select(sa.func.count(sa.distinct(table.c.ticket_key))).where(
        versions.holding(table), table.c.source == source, (table.c.from_run == run) | table.c.ticket_key.in_(told)
    )
    return int(c.scalar(query) or 0)


def unreadable(c: sa.Connection, after: int, source: str) -> dict[str, int]:
    """Reason → how many tickets a source told after a run of which no record could be read."""
    table = t.QUARANTINE
    query = (
        sa.select(table.c.reason, sa.func.count())
        .where(versions.holding(table), table.c.source == source, ~table.c.reason.like("%-0%"))
        .where(table.c.from_run > after)
        .group_by(table.c.reason)
    )
    return {reason: count for reason, count in c.execute(query)}
