"""Which people are one customer: by what is known of them, and by what audit.toml declares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import sqlalchemy as sa

from auditlib.store import bulk
from auditlib.store.caselog_tables import IDENTITIES, PEOPLE
from auditlib.store.runs import Run
from auditlib.store.versions import known_to


@dataclass(frozen=True)
class Declared:
    """What audit.toml says of who is one customer."""

    aliases: Sequence[Sequence[tuple[str, str | None]]] = ()
    """For each customer its aliases: (source:id or "", keyed fingerprint of an address or None)."""
    by_organization: bool = False
    """Whether everybody of one organization is one customer."""


NOTHING = Declared()


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
    rows = rows[~rows.person.isin(shared_mailboxes(c, run, rows.person))]
    if rows.empty:
        return np.zeros((0, 2), np.int64)
    first = rows.groupby("what").person.transform("min")
    pairs = np.column_stack([first.to_numpy(np.int64), rows.person.to_numpy(np.int64)])
    return pairs[pairs[:, 0] != pairs[:, 1]]


def shared_mailboxes(c: sa.Connection, run: Run, people: Iterable[int]) -> set[int]:
    """Who of these people is a mailbox that several write from."""
    query = sa.select(PEOPLE.c.person).where(
        known_to(PEOPLE, run.knows), PEOPLE.c.is_shared, bulk.among(c, PEOPLE.c.person, people)
    )
    return set(c.scalars(query))
