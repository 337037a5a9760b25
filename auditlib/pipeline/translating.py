"""Landed pages into the case log: read, resolve, mark, merge; whole tickets or quarantine."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from auditlib.caselog import references, roles, text
from auditlib.caselog import rows as r
from auditlib.caselog.batch import Batch, mapped_field, mapped_fields
from auditlib.caselog.keys import Keys
from auditlib.caselog.words import ActorClass, Basis, Kind, Status
from auditlib.pipeline.following import follow
from auditlib.pipeline.tombstones import ID, Tombstones
from auditlib.sources import Settings
from auditlib.store import Store, caselog
from auditlib.store.engine import Connection
from auditlib.store.erasing import ERASURE
from auditlib.store.versions import Merged

EVENT_COLUMNS = [
    "ticket_key", "occurred_at", "seq", "kind", "actor", "actor_class", "basis", "is_public", "old", "new",
    "markers", "body_chars", "raw_part",
]  # fmt: skip
CHANGE_COLUMNS = ["ticket_key", "cause", "first_event_at", "last_event_at"]


class Translation:
    """Translates the parts of one source in one run."""

    def __init__(self, store: Store, run: int, settings: Settings, last_looked: int) -> None:
        self.store, self.run, self.settings = store, run, settings
        self.last_looked = last_looked
        self.notices: set[tuple[str, str]] = set()
        self.keys = Keys(store.key)

    def part(self, c: Connection, number: int, rows: Iterable[r.Row], is_backfill: bool = False) -> dict[str, int]:
        """Merges one part's rows, in the caller's transaction; gives the counts."""
        self.first_seen = "BACKFILL" if is_backfill else "NEW_TICKET"
        batch = Batch.of(self.settings.name, rows)
        self.own_words = functools.cache(text.strip)
        self.erased = Tombstones.of(c, self.settings.fields)
        self.erased.look(batch, self.keys)
        self.followed = follow(c, batch, functools.partial(self.keys.of, "ticket", batch.source), self.run)
        history = self._people(c, batch, number)
        self._other_dimensions(c, batch)
        changed = self._tickets(c, batch, number, history)
        gone = self.erased.tickets
        rejected = batch.rejected_frame(self.keys, number)
        rejected = self.erased.tombed(rejected, "ticket_key", gone, ticket=ID, detail="erased")
        cleared = [self.keys.of("ticket", batch.source, t) for t in batch.tickets]
        quarantined = caselog.quarantine(c, self.run, rejected, cleared, "read")
        moved = pd.concat([quarantined.added, quarantined.withdrawn])
        if len(moved):
            caselog.note_changes(c, self.run, _changes(moved.ticket_key.unique(), "QUARANTINE"))
        caselog.add_to_register(c, self.erased.tombed(self.keys.register(), "key", gone, id=ID))
        self.notices |= batch.notices
        return {
            "records_in": batch.records,
            "records_out": len(batch.tickets),
            "records_quarantined": batch.records - len(batch.tickets),
            "tickets_changed": changed,
        }

    def settle_roles(self, c: Connection) -> int:
        """Resolves again the events of people whose roles turned out otherwise; gives how many changed."""
        people = caselog.unsettled(c, self.settings.name)
        if not people:
            return 0
        events = caselog.events_of_people(c, people)
        history = caselog.held(c, "role_history", people)
        found, basis = roles.resolve(events.assign(actor_class=0), events.requester.to_numpy(), history)
        of_role = (events.basis != Basis.told) & (events.actor != 0)
        differs = of_role.to_numpy() & ((found != events.actor_class) | (basis != events.basis)).to_numpy()
        old = events[differs].drop(columns=["requester"])
        caselog.replace_events(c, old, old.assign(actor_class=found[differs], basis=basis[differs]), self.run)
        caselog.note_changes(c, self.run, _changes_of_events(old, "ROLE_HISTORY"))
        caselog.settled(c, self.settings.name)
        return len(old)

    def _people(self, c: Connection, batch: Batch, number: int) -> pd.DataFrame:
        """Merges people and their roles; gives the role history of everybody in the batch."""
        people = self.erased.tombed(self._people_frame(batch), "person", self.erased.people, id=ID, display_name=None)
        changes = pd.DataFrame(
            [(self._person(x.person), x.since, x.role, x.was) for x in batch.others.get(r.RoleChange, ())],
            columns=["person", "since", "role", "was"],
        )
        self.events = batch.event_frame(self.keys)
        acts = roles.acts_of_agents(self.events)
        everybody = {*people.person, *changes.person, *acts.index, *self.events.actor.unique()} - {0}
        before = caselog.held(c, "role_history", everybody)
        source = self.settings.name
        strangers = self._strangers(batch) - set(before.person)
        now = roles.history(people, changes, acts, before, source, self.last_looked, strangers)
        if len(people):
            # Who has left the helpdesk keeps the name under which they answered; customers have none.
            staff = people.person.isin(now.person[now.role.isin(("agent", "bot"))])
            named = people.assign(display_name=people.display_name.where(staff, None))
            caselog.merge_dimension(c, "people", named, self.run)
            identities = self._identities(batch, people)
            kept = identities[~identities.person.isin(self.erased.people)].reset_index(drop=True)
            caselog.merge_dimension(c, "identities", kept, self.run)
        merged = caselog.merge_dimension(c, "role_history", now, self.run)
        caselog.note_unsettled(c, source, set(merged.withdrawn.person))
        missing = before[~before.person.isin(now.person)]
        return pd.concat([now, missing[roles.COLUMNS]], ignore_index=True)

    def _strangers(self, batch: Batch) -> set[int]:
        """Who acted in tickets of others: once it is known who they are, their acts are resolved again."""
        own = {
            self.keys.of("ticket", batch.source, t.ticket): self._person(t.requester) for t in batch.tickets.values()
        }
        of_others = self.events.actor != self.events.ticket_key.map(own).fillna(0)
        return set(self.events.actor[of_others & (self.events.actor_class == 0)]) - {0}

    def _people_frame(self, batch: Batch) -> pd.DataFrame:
        rows = {self._person(p.person): p for p in batch.others.get(r.Person, ())}
        bots = set(self.settings.bots)
        columns = {
            "person": list(rows),
            "source": self.settings.name,
            "id": [p.person for p in rows.values()],
            "role": ["bot" if p.email in bots or p.person in bots else p.role for p in rows.values()],
            "display_name": [p.name for p in rows.values()],
            "organization": [self.keys.of("organization", batch.source, p.organization) for p in rows.values()],
            "language": [p.language for p in rows.values()],
            "is_active": [p.is_active for p in rows.values()],
            "is_shared": [p.is_shared for p in rows.values()],
        }
        frame = pd.DataFrame(columns)
        return frame.astype({"person": np.int64, "organization": np.int64})

    def _identities(self, batch: Batch, people: pd.DataFrame) -> pd.DataFrame:
        told = [(i.person, i.kind, i.value, _ties(i)) for i in batch.others.get(r.Identity, ())]
        rows = [
            (
                self._person(person),
                text.fingerprint(value, self.store.key, kind),
                self.settings.name,
                kind,
                verified,
            )
            for person, kind, value, verified in told
        ]
        columns = ["person", "fingerprint", "source", "kind", "is_verified"]
        frame = pd.DataFrame(rows, columns=columns).astype({"person": np.int64})
        return frame[frame.fingerprint.notna()].drop_duplicates(["person", "fingerprint"], ignore_index=True)

    def _other_dimensions(self, c: Connection, batch: Batch) -> None:
        source = self.settings.name
        of = functools.partial(self.keys.of, source=source)
        groups = [(of("group", id=g.group), source, g.group, g.name) for g in batch.others.get(r.Group, ())]
        self._merge(c, "groups", groups)
        organizations = [
            (of("organization", id=o.organization), source, o.organization, o.name, _json(o.fields))
            for o in batch.others.get(r.Organization, ())
        ]
        self._merge(c, "organizations", [self.erased.organization(row) for row in organizations])
        schedules = [
            (
                of("schedule", id=s.schedule), source, s.schedule, s.name, s.time_zone,
                _json(s.intervals), _json(s.holidays), s.is_default, s.edited_at,
            )
            for s in batch.others.get(r.Schedule, ())
        ]  # fmt: skip
        self._merge_valid(c, "schedules", schedules)
        policies = [
            (of("policy", id=p.policy), source, p.policy, p.name, p.position, _json(p.definition))
            for p in batch.others.get(r.Policy, ())
        ]
        self._merge_valid(c, "sla_policies", policies)

    def _merge(self, c: Connection, name: str, rows: list[tuple]) -> None:
        if rows:
            table, identity = caselog.DIMENSIONS[name]
            frame = pd.DataFrame(rows, columns=_own_columns(table)).drop_duplicates(list(identity), keep="last")
            caselog.merge_dimension(c, name, frame.reset_index(drop=True), self.run)

    def _merge_valid(self, c: Connection, name: str, rows: list[tuple]) -> None:
        """Merges what has a validity: an edit holds from when it was first seen, the old one before."""
        if not rows:
            return
        table, identity = caselog.DIMENSIONS[name]
        columns = [column for column in _own_columns(table) if column != "valid_from"]
        now = pd.DataFrame(rows, columns=columns).drop_duplicates(identity[0], keep="last")
        held = caselog.held(c, name, now[identity[0]])
        latest = held.sort_values("valid_from").drop_duplicates(identity[0], keep="last")
        both = now.merge(latest, on=identity[0], how="left", suffixes=("", "_held"))
        is_new = both.valid_from.isna()
        content = [column for column in columns if column != identity[0]]
        differs = np.logical_or.reduce([both[x] != both[f"{x}_held"] for x in content]) & ~is_new
        added = now[(is_new | differs).to_numpy()]
        since = np.where(is_new, 0, self.last_looked)[(is_new | differs).to_numpy()]
        every = pd.concat([held, added.assign(valid_from=since)], ignore_index=True)
        caselog.merge_dimension(c, name, every, self.run)

    def _tickets(self, c: Connection, batch: Batch, number: int, history: pd.DataFrame) -> int:
        if not batch.tickets:
            return 0
        keys = [self.keys.of("ticket", batch.source, t) for t in batch.tickets]
        known = caselog.tickets_known(c, keys)
        events, markers = self._described_events(number, batch, history)
        tickets = self._ticket_frame(c, batch)
        tickets, retold = self._keep_histories(c, tickets, keys)
        merged = {
            "tickets": caselog.merge_of_tickets(c, "tickets", tickets, keys, self.run),
            "events": caselog.merge_of_tickets(c, "events", events[EVENT_COLUMNS], retold, self.run),
            "markers": caselog.merge_of_tickets(c, "markers", markers, retold, self.run),
        }
        caselog.merge_of_tickets(c, "vendor_metrics", self._vendor_metrics(batch), keys, self.run)
        changes = self._what_changed(batch, keys, known, merged)
        caselog.note_changes(c, self.run, changes)
        return len(changes)

    def _keep_histories(self, c: Connection, tickets: pd.DataFrame, keys: list[int]) -> tuple[pd.DataFrame, list[int]]:
        """The tickets, and those whose history was told: one that the helpdesk no longer tells (a deleted
        ticket's) stays as it was known."""
        untold = tickets.ticket_key[~tickets.has_history.astype(bool)]
        kept = caselog.with_history(c, untold)
        had = tickets.ticket_key.isin(kept)
        return tickets.assign(has_history=tickets.has_history | had), [k for k in keys if k not in kept]

    def _what_changed(
        self, batch: Batch, keys: list[int], known: set[int], merged: Mapping[str, Merged]
    ) -> pd.DataFrame:
        """A row a changed ticket: what it was (new, a late event, an edit, deleted), and over which moments."""
        events, tickets = merged["events"], merged["tickets"]
        edited = {*events.withdrawn.ticket_key, *merged["markers"].withdrawn.ticket_key}
        deleted = set(tickets.added.ticket_key[tickets.added.status == Status.deleted])
        touched = pd.concat([events.added, events.withdrawn])
        spans = touched.groupby("ticket_key").occurred_at.agg(["min", "max"]) if len(touched) else pd.DataFrame()
        moved = {key: (first, last) for key, first, last in spans.itertuples()}
        rows = []
        created = {key: t.created_at for key, t in zip(keys, batch.tickets.values(), strict=True)}
        for key in sorted({*touched.ticket_key, *tickets.added.ticket_key, *edited}):
            cause = "SOURCE_EDIT" if key in edited else "LATE_EVENT" if key in known else self.first_seen
            cause = "SOURCE_DELETE" if key in deleted and key in known else cause
            if key in self.erased.tickets and cause in ("SOURCE_EDIT", "SOURCE_DELETE"):
                cause = ERASURE  # the helpdesk takes back what was erased here already
            first, last = moved.get(key, (created[key], created[key]))
            rows.append((key, cause, int(first), int(last)))
        return pd.DataFrame(rows, columns=CHANGE_COLUMNS)

    def _described_events(self, number: int, batch: Batch, history: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The batch's events with classes and markers, and the markers as rows of their own."""
        events = self.events
        requester_of = {
            self.keys.of("ticket", batch.source, t.ticket): self.keys.of("person", batch.source, t.requester)
            for t in batch.tickets.values()
        }
        requester = events.ticket_key.map(requester_of).to_numpy(np.int64)
        classes, basis = roles.resolve(events, requester, history)
        events = events.assign(actor_class=classes, basis=basis, raw_part=number)
        bits, chars, dues, found = self._marked(events)
        markers = pd.DataFrame(found, columns=["ticket_key", "seq", "marker", "position", "rule_version", "due"])
        markers = markers.astype({"ticket_key": np.int64, "seq": np.int64, "marker": np.int64})
        promised = np.where(dues > 0, dues, events.new)
        return events.assign(markers=bits, body_chars=chars, new=promised), markers

    def _marked(self, events: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[tuple]]:
        """Per event the bits of its markers, the length of its own text, and by when it promises something
        (0 if it does not); and each marker's place."""
        bits, chars, dues = np.zeros((3, len(events)), np.int64)
        found: dict[tuple, tuple] = {}
        said = np.flatnonzero((events.body.notna() & events.kind.isin([Kind.message, Kind.created])).to_numpy())
        by_customer = events.actor_class.isin([ActorClass.customer, ActorClass.customer_side]).to_numpy()
        bodies, keys, seqs = events.body.tolist(), events.ticket_key.tolist(), events.seq.tolist()
        # Agents and machines write the same words again and again: they are read once a part.
        read = functools.cache(text.markers)
        for row in said.tolist():
            own = self.own_words(bodies[row])
            chars[row] = len(own)
            for one in read(own, bool(by_customer[row])):
                bits[row] |= int(one.marker)
                said_by = None if one.due is None else str(one.due)
                found.setdefault((keys[row], seqs[row], int(one.marker)), (one.offset, one.rule_version, said_by))
                dues[row] = dues[row] or (0 if one.due is None else one.due.code)
        return bits, chars, dues, [(*where, *what) for where, what in found.items()]

    def _ticket_frame(self, c: Connection, batch: Batch) -> pd.DataFrame:
        source = batch.source
        wanted = {t.organization for t in batch.tickets.values() if t.organization}
        by_key = {self.keys.of("organization", source, o): o for o in wanted}
        fields = {by_key[k]: f for k, f in caselog.organization_fields(c, by_key).items()}
        names = {p.person: p.name or "" for p in batch.others.get(r.Person, ())}
        first = {t: _first_words(batch.events.get(t, ())) for t in batch.tickets}

        def describe(ticket: r.Ticket) -> Mapping[str, object]:
            subject = ticket.subject or ""
            known = [names[ticket.requester]] if names.get(ticket.requester or "") else []
            words = f"{subject}\n{self.own_words(first[ticket.ticket])}"
            return mapped_fields(ticket, self.settings.fields, fields) | {
                "subject": text.mask(subject, known) or None,
                "sketch": text.sketch(words, self.store.key),
                "order_key": self._order(mapped_field(ticket, self.settings.fields.get("order"), fields)),
                "quoted": self._quoted(ticket.ticket, words),
            }

        told = batch.ticket_frame(self.keys, describe)
        told = told.assign(is_followed=told.ticket.isin(self.followed))
        return self.erased.tombed(told, "ticket_key", self.erased.tickets, ticket=ID, url=None, subject=None)

    def _vendor_metrics(self, batch: Batch) -> pd.DataFrame:
        rows = [
            (self.keys.of("ticket", batch.source, v.ticket), v.metric, v.value)
            for v in batch.others.get(r.VendorMetric, ())
            if v.ticket in batch.tickets
        ]
        frame = pd.DataFrame(rows, columns=["ticket_key", "metric", "value"])
        return frame.astype({"ticket_key": np.int64, "value": np.float64})

    def _order(self, written: str | None) -> int:
        """The same order has the same key in every source: a customer may ask about it in either."""
        order = references.order(written)
        return self.keys.unregistered("order", "", order) if order else 0

    def _quoted(self, ticket: str, words: str) -> str | None:
        others = [id for id in references.quoted(words) if id != ticket]
        return ",".join(str(self.keys.unregistered("ticket", self.settings.name, id)) for id in others) or None

    def _person(self, id: str | None) -> int:
        return self.keys.of("person", self.settings.name, id)


def _first_words(events: Iterable[r.Event]) -> str:
    """The first text of a ticket, in whatever order its events were delivered."""
    said = [(event.occurred_at, event.seq, event.body) for event in events if event.body]
    return min(said)[2] if said else ""


def _ties(known: r.Identity) -> bool:
    """Whether an address may make two people one: a number without a country may be two of two countries."""
    return known.is_verified and (known.kind != "phone" or text.is_international(known.value))


def _changes(keys: np.ndarray, cause: str) -> pd.DataFrame:
    return pd.DataFrame({"ticket_key": keys, "cause": cause, "first_event_at": 0, "last_event_at": 0})


def _changes_of_events(events: pd.DataFrame, cause: str) -> pd.DataFrame:
    if events.empty:
        return pd.DataFrame(columns=CHANGE_COLUMNS)
    spans = events.groupby("ticket_key", as_index=False).occurred_at.agg(first_event_at="min", last_event_at="max")
    return spans.assign(cause=cause)[CHANGE_COLUMNS]


def _own_columns(table: Any) -> list[str]:
    return [column.name for column in table.columns if column.name not in ("from_run", "to_run")]


def _json(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)
