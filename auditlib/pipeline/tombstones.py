"""Who was erased stays erased: what a source tells of them again is taken in without what names them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from auditlib.caselog import rows as r
from auditlib.caselog.batch import Batch
from auditlib.caselog.keys import Keys
from auditlib.store import erasing
from auditlib.store.engine import Connection


@dataclass
class Tombstones:
    """Surrogates of what was erased; `met` once something of it was delivered again."""

    people: set[int]
    tickets: set[int]
    organizations: set[int]
    fields: set[str]
    """Fields of organizations that are kept, because audit.toml maps them."""
    met: bool = field(default=False)

    @classmethod
    def of(cls, c: Connection, fields: Mapping[str, str]) -> Tombstones:
        """As the store has them; `fields` is what a source's audit.toml maps."""
        gone = erasing.tombstones(c)
        return cls(gone["people"], gone["tickets"], gone["organizations"], mapped(fields))

    def look(self, batch: Batch, keys: Keys) -> None:
        """Notes what of a batch is to be taken in without names: also new tickets of people who were erased."""
        self.met = mentions(self, keys, batch)
        for name, ticket in batch.tickets.items():
            if keys.of("person", batch.source, ticket.requester) in self.people:
                self.tickets.add(keys.of("ticket", batch.source, name))

    def tombed(self, rows: pd.DataFrame, by: str, among: set[int], **instead: object) -> pd.DataFrame:
        """The rows, those of erased surrogates with their id replaced, and some columns with something else."""
        if not among or rows.empty:
            return rows
        gone = rows[by].isin(among)
        if not gone.any():
            return rows
        told = rows.copy()
        for name, value in instead.items():
            told[name] = told[name].astype(object)
            told.loc[gone, name] = rows.loc[gone, by].map(erasing.erased) if value is ID else value
        return told

    def organization(self, row: tuple) -> tuple:
        """An organization's row (surrogate, source, id, name, fields) without its name, if it was erased."""
        key, source, _, _, fields = row
        if key not in self.organizations:
            return row
        kept = {name: value for name, value in json.loads(fields).items() if name in self.fields}
        return key, source, erasing.erased(key), erasing.erased(key), json.dumps(kept, sort_keys=True)


ID = object()
"""In place of a value: what stands for the erased id."""


def mapped(fields: Mapping[str, str]) -> set[str]:
    """Fields of organizations that audit.toml maps."""
    return {where.removeprefix("organization.") for where in fields.values() if where.startswith("organization.")}


def mentions(erased: Tombstones, keys: Keys, batch: Batch) -> bool:
    """Whether a batch has anything of somebody, or something, that was erased."""
    if not (erased.people or erased.tickets or erased.organizations):
        return False

    def those(kind: str, ids: Iterable[str | None]) -> set[int]:
        return {keys.unregistered(kind, batch.source, id) for id in ids if id}

    told = [event.actor for of in batch.events.values() for event in of]
    people = [*(row.requester for row in batch.tickets.values()), *told]
    people += [row.person for kind in (r.Person, r.Identity) for row in batch.others.get(kind, ())]
    tickets = [*batch.tickets, *(row.ticket for row in batch.rejected)]
    organizations = [row.organization for row in batch.others.get(r.Organization, ())]
    return bool(
        those("person", people) & erased.people
        or those("ticket", tickets) & erased.tickets
        or those("organization", organizations) & erased.organizations
    )
