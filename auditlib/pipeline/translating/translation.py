"""The parts of one source, one after the other: read, resolve, mark, merge; whole tickets or quarantine."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from auditlib.caselog import roles
from auditlib.caselog import rows as r
from auditlib.caselog.batch import Batch
from auditlib.caselog.keys import Keys
from auditlib.caselog.words import Basis
from auditlib.pipeline.tombstones import ID, Tombstones
from auditlib.pipeline.translating import changes, dimensions, people, tickets
from auditlib.pipeline.translating.following import follow
from auditlib.pipeline.translating.part import Part
from auditlib.sources import Settings
from auditlib.store import Store, abilities, caselog
from auditlib.store.engine import Connection


class Translation:
    """Translates the parts of one source in one run."""

    def __init__(self, store: Store, run: int, settings: Settings, last_looked: int) -> None:
        self.store, self.run, self.settings = store, run, settings
        self.last_looked = last_looked
        self.notices: set[tuple[str, str]] = set()
        self.keys = Keys(store.key)

    def part(self, c: Connection, number: int, rows: Iterable[r.Row], is_backfill: bool = False) -> dict[str, int]:
        """Merges one part's rows, in the caller's transaction; gives the counts."""
        part = self._begun(c, number, Batch.of(self.settings.name, rows), is_backfill)
        batch = part.batch
        followed = follow(c, batch, part.ticket, self.run)
        events = batch.event_frame(self.keys)
        history = people.keep(part, events)
        dimensions.keep(part)
        changed = tickets.keep(part, events, history, followed)
        _quarantine(part)
        caselog.add_to_register(c, self.erased.tombed(self.keys.register(), "key", self.erased.tickets, id=ID))
        self.notices |= batch.notices
        abilities.note(c, self.run, self.settings.name, batch.abilities)
        return {
            "records_in": batch.records,
            "records_out": len(batch.tickets),
            "records_quarantined": batch.records - len(batch.tickets),
            "tickets_changed": changed,
        }

    def settle_roles(self, c: Connection) -> int:
        """Resolves again the events of people whose roles turned out otherwise; gives how many changed."""
        unsettled = caselog.unsettled(c, self.settings.name)
        if not unsettled:
            return 0
        events = caselog.events_of_people(c, unsettled)
        history = caselog.held(c, "role_history", unsettled)
        found, basis = roles.resolve(events.assign(actor_class=0), events.requester.to_numpy(), history)
        of_role = (events.basis != Basis.told) & (events.actor != 0)
        differs = of_role.to_numpy() & ((found != events.actor_class) | (basis != events.basis)).to_numpy()
        old = events[differs].drop(columns=["requester"])
        caselog.replace_events(c, old, old.assign(actor_class=found[differs], basis=basis[differs]), self.run)
        caselog.note_changes(c, self.run, changes.of_events(old, "ROLE_HISTORY"))
        caselog.settled(c, self.settings.name)
        return len(old)

    def _begun(self, c: Connection, number: int, batch: Batch, is_backfill: bool) -> Part:
        self.erased = Tombstones.of(c, self.settings.fields)
        self.erased.look(batch, self.keys)
        return Part(
            c, self.run, number, batch, self.settings, self.keys, self.store.key, self.erased,
            self.last_looked, is_backfill,
        )  # fmt: skip


def _quarantine(part: Part) -> None:
    """Keeps the rows that were rejected, and clears the tickets that can be trusted again."""
    rejected = part.batch.rejected_frame(part.keys, part.number)
    rejected = part.erased.tombed(rejected, "ticket_key", part.erased.tickets, ticket=ID, detail="erased")
    cleared = [part.ticket(t) for t in part.batch.tickets]
    quarantined = caselog.quarantine(part.c, part.run, rejected, cleared, "read")
    moved = pd.concat([quarantined.added, quarantined.withdrawn])
    if len(moved):
        caselog.note_changes(part.c, part.run, changes.at_no_moment(moved.ticket_key.unique(), "QUARANTINE"))
