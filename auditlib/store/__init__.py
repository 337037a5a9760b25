"""The only room that talks to the database: tables, versioned rows, bulk in and out."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from functools import cached_property

import sqlalchemy as sa

from auditlib.store import (  # noqa: F401  (they define the tables)
    caselog_tables,
    comparing_tables,
    definition_tables,
    engine,
    family_tables,
    figure_tables,
    judged,
    link_tables,
    run_tables,
    signature_tables,
    ticket_tables,
)
from auditlib.store.run_tables import STORE_FACTS


class StoreError(Exception):
    """The store cannot be used as it is; the message names the remedy."""


@dataclass(frozen=True)
class Store:
    """An opened store. `key` hashes surrogates and fingerprints; it belongs to the store."""

    engine: sa.Engine

    @cached_property
    def key(self) -> bytes:
        """The key of this store's surrogates, made once; AUDITLIB_SURROGATE_KEY (hex) sets it beforehand."""
        known = sa.select(STORE_FACTS.c.value).where(STORE_FACTS.c.name == "surrogate_key")
        with engine.reading(self.engine) as connection:  # who only looks finds it there
            made = connection.scalar(known)
        if made is not None:
            return bytes.fromhex(made)
        with engine.writing(self.engine) as connection:
            made = connection.scalar(known)
            if made is None:
                made = os.environ.get("AUDITLIB_SURROGATE_KEY") or secrets.token_hex(16)
                bytes.fromhex(made)
                connection.execute(sa.insert(STORE_FACTS).values(name="surrogate_key", value=made))
        return bytes.fromhex(made)


def open_store(url: str, looks_only: bool = False) -> Store:
    """The store at an address, brought up to date: a new one is created, an older one migrated.

    One that looks only is taken as it is, and can change nothing.
    """
    from auditlib.store.migrating import migrate

    if looks_only:
        return Store(engine.connect(url, looks_only=True))

    opened = engine.connect(url)
    migrate(opened)
    return Store(opened)
