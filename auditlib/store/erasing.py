"""Forgetting a customer: what names them goes, the surrogates that figures are built on stay.

An erased id becomes `erased-` and its surrogate, in every row and version; the surrogate is a keyed
hash, so whoever is delivered again is recognised and stays erased. Each erasure is a row of
`store_facts`, named ERASURE and its number.
"""

from __future__ import annotations

import hashlib
import json
import pathlib
import secrets
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from auditlib.store import bulk
from auditlib.store import caselog_tables as t
from auditlib.store.link_tables import COMPONENTS
from auditlib.store.run_tables import LANDING_PARTS, STORE_FACTS
from auditlib.store.ticket_tables import TICKET_FACTS
from auditlib.store.versions import holding

ERASURE = "ERASURE"
STAFF = ("agent", "bot")


@dataclass(frozen=True)
class Customer:
    """Who is one customer, with their tickets and what is theirs alone: surrogate → (source, the helpdesk's id)."""

    people: dict[int, tuple[str, str]]
    tickets: dict[int, tuple[str, str]]
    organizations: dict[int, tuple[str, str]]

    @property
    def sources(self) -> set[str]:
        return {source for of in (self.people, self.tickets) for source, _ in of.values()}


def erased(key: int) -> str:
    """What stands for an erased id."""
    return f"erased-{key}"


def people_by_address(c: sa.Connection, fingerprint: str) -> set[int]:
    """Whom an address belongs to."""
    return set(c.scalars(sa.select(t.IDENTITIES.c.person).where(t.IDENTITIES.c.fingerprint == fingerprint)))


def customer_of(c: sa.Connection, people: Iterable[int]) -> Customer:
    """Everybody who is one customer with these people by the links of today, and all that is theirs."""
    everybody = set(people)
    theirs = sa.select(t.TICKETS.c.ticket_key).where(bulk.among(c, t.TICKETS.c.requester, everybody))
    of = sa.select(COMPONENTS.c.customer).where(holding(COMPONENTS), COMPONENTS.c.ticket_key.in_(theirs))
    same = sa.select(COMPONENTS.c.ticket_key).where(
        holding(COMPONENTS), COMPONENTS.c.customer.in_(of), COMPONENTS.c.customer != 0
    )
    tickets = {*c.scalars(theirs), *c.scalars(same)}
    query = sa.select(t.TICKETS.c.requester).where(bulk.among(c, t.TICKETS.c.ticket_key, tickets))
    everybody |= set(c.scalars(query)) - {0}
    tickets |= set(c.scalars(sa.select(t.TICKETS.c.ticket_key).where(bulk.among(c, t.TICKETS.c.requester, everybody))))
    return Customer(_named(c, everybody), _named(c, tickets), _named(c, _own_organizations(c, everybody)))


def staff(c: sa.Connection, people: Iterable[int]) -> set[int]:
    """Those of the people who work, or worked, for the company."""
    query = sa.select(t.ROLE_HISTORY.c.person).where(t.ROLE_HISTORY.c.role.in_(STAFF), holding(t.ROLE_HISTORY))
    return set(c.scalars(query.where(bulk.among(c, t.ROLE_HISTORY.c.person, people))))


def _named(c: sa.Connection, keys: Iterable[int]) -> dict[int, tuple[str, str]]:
    rows = c.execute(sa.select(t.REGISTER).where(bulk.among(c, t.REGISTER.c.key, keys)))
    return {row.key: (row.source, row.id) for row in rows}


def _own_organizations(c: sa.Connection, people: set[int]) -> set[int]:
    """Organizations that nobody else belongs to, and of which nobody else has a ticket."""
    mine = bulk.among(c, t.PEOPLE.c.person, people)
    theirs = set(c.scalars(sa.select(t.PEOPLE.c.organization).where(mine)))
    by_ticket = bulk.among(c, t.TICKETS.c.requester, people)
    theirs |= set(c.scalars(sa.select(t.TICKETS.c.organization).where(by_ticket)))
    others = set(c.scalars(sa.select(t.PEOPLE.c.organization).where(~mine)))
    others |= set(c.scalars(sa.select(t.TICKETS.c.organization).where(~by_ticket)))
    return theirs - others - {0}


def forget(c: sa.Connection, customer: Customer, fields: Iterable[str], now: str, parts: int) -> int:
    """Takes everything away that names a customer; gives the number of the erasure. `fields`: those of
    organizations that audit.toml maps, and that stay."""
    people, tickets, organizations = customer.people, customer.tickets, customer.organizations
    for keys in (people, tickets, organizations):
        _set(c, t.REGISTER, "key", {key: {"id": erased(key)} for key in keys})
    nothing: dict[str, Any] = {"url": None, "subject": None}
    _set(c, t.PEOPLE, "person", {key: {"id": erased(key), "display_name": None} for key in people})
    _set(c, t.TICKETS, "ticket_key", {key: {"ticket": erased(key), **nothing} for key in tickets})
    _set(c, TICKET_FACTS, "ticket_key", {
        key: {"ticket": f"{source}:{erased(key)}", **nothing} for key, (source, _) in tickets.items()
    })  # fmt: skip
    _set(c, TICKET_FACTS, "customer", {
        f"{source}:{id}": {"customer": f"{source}:{erased(key)}"} for key, (source, id) in people.items()
    })  # fmt: skip
    _set(c, t.QUARANTINE, "ticket_key", {key: {"ticket": erased(key), "detail": "erased"} for key in tickets})
    _forget_addresses(c, people)
    _forget_organizations(c, customer, set(fields))
    number = 1 + int(c.scalar(sa.select(sa.func.count()).where(STORE_FACTS.c.name.like(f"{ERASURE} %"))) or 0)
    told = {
        "erased_at": now, "reason": ERASURE, "landed_parts": parts,
        "people": sorted(people), "tickets": sorted(tickets), "organizations": sorted(organizations),
    }  # fmt: skip
    c.execute(sa.insert(STORE_FACTS).values(name=f"{ERASURE} {number}", value=json.dumps(told)))
    return number


def _set(c: sa.Connection, table: sa.Table, by: str, values: dict[Any, dict[str, Any]]) -> None:
    """Sets columns of every version of the rows that a column finds."""
    if values:
        names = next(iter(values.values()))
        change = sa.update(table).where(table.c[by] == sa.bindparam("found_by"))
        change = change.values({name: sa.bindparam(f"new_{name}") for name in names})
        told = [{"found_by": key, **{f"new_{n}": v for n, v in row.items()}} for key, row in values.items()]
        bulk.execute_many(c, change, told)


def _forget_addresses(c: sa.Connection, people: Iterable[int]) -> None:
    """Addresses under a key that nobody keeps: the same ones still are the same, and none is found any more."""
    once = secrets.token_bytes(32)
    theirs = bulk.among(c, t.IDENTITIES.c.person, people)
    for held in sorted(set(c.scalars(sa.select(t.IDENTITIES.c.fingerprint).where(theirs)))):
        new = hashlib.blake2b(held.encode(), key=once, digest_size=16).hexdigest()
        c.execute(sa.update(t.IDENTITIES).where(theirs, t.IDENTITIES.c.fingerprint == held).values(fingerprint=new))


def _forget_organizations(c: sa.Connection, customer: Customer, fields: set[str]) -> None:
    table = t.ORGANIZATIONS
    for row in c.execute(sa.select(table).where(bulk.among(c, table.c.organization, customer.organizations))).all():
        kept = json.dumps({name: value for name, value in json.loads(row.fields).items() if name in fields})
        this = (table.c.organization == row.organization) & (table.c.from_run == row.from_run)
        new = {"id": erased(row.organization), "name": erased(row.organization), "fields": kept}
        c.execute(sa.update(table).where(this).values(**new))
        theirs = bulk.among(c, TICKET_FACTS.c.ticket_key, customer.tickets) & (TICKET_FACTS.c.organization == row.name)
        c.execute(sa.update(TICKET_FACTS).where(theirs).values(organization=erased(row.organization)))


def tombstones(c: sa.Connection) -> dict[str, set[int]]:
    """people, tickets, organizations → surrogates of all that was ever erased."""
    found: dict[str, set[int]] = {"people": set(), "tickets": set(), "organizations": set()}
    for value in c.scalars(sa.select(STORE_FACTS.c.value).where(STORE_FACTS.c.name.like(f"{ERASURE} %"))):
        told = json.loads(value)
        for kind, keys in found.items():
            keys.update(told[kind])
    return found


def landed(c: sa.Connection, source: str) -> list[sa.Row]:
    """A source's parts that are in the case log and still in the landing."""
    mine = (LANDING_PARTS.c.source == source) & ~LANDING_PARTS.c.is_expired & LANDING_PARTS.c.translated_by.is_not(None)
    return list(c.execute(sa.select(LANDING_PARTS).where(mine).order_by(LANDING_PARTS.c.part)))


def sweep(engine: sa.Engine) -> None:
    """Rewrites a SQLite store, whose free pages and journal would still hold what was taken away."""
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return
    engine.dispose()
    connection = sqlite3.connect(pathlib.Path(engine.url.database), isolation_level=None)
    try:
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
