"""Tickets into the case log, whole: what describes each, its events, and what its events say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import numpy as np
import pandas as pd

from auditlib.caselog import references, text
from auditlib.caselog import rows as r
from auditlib.caselog.batch import mapped_field, mapped_fields
from auditlib.pipeline.tombstones import ID
from auditlib.pipeline.translating import changes, marking
from auditlib.pipeline.translating.part import Part
from auditlib.store import caselog

EVENT_COLUMNS = [
    "ticket_key", "occurred_at", "seq", "kind", "actor", "actor_class", "basis", "is_public", "old", "new",
    "markers", "body_chars", "raw_part",
]  # fmt: skip


def keep(part: Part, events: pd.DataFrame, history: pd.DataFrame, followed: Collection[str]) -> int:
    """Merges a part's tickets with all that belongs to them; gives how many changed."""
    if not part.batch.tickets:
        return 0
    c, run = part.c, part.run
    keys = [part.ticket(t) for t in part.batch.tickets]
    known = caselog.tickets_known(c, keys)
    told, markers = marking.described(part, events, history)
    tickets, retold = _keep_histories(part, _described(part, followed), keys)
    merged = {
        "tickets": caselog.merge_of_tickets(c, "tickets", tickets, keys, run),
        "events": caselog.merge_of_tickets(c, "events", told[EVENT_COLUMNS], retold, run),
        "markers": caselog.merge_of_tickets(c, "markers", markers, retold, run),
    }
    caselog.merge_of_tickets(c, "vendor_metrics", _vendor_metrics(part), keys, run)
    changed = changes.of_tickets(part, keys, known, merged)
    caselog.note_changes(c, run, changed)
    return len(changed)


def _keep_histories(part: Part, tickets: pd.DataFrame, keys: list[int]) -> tuple[pd.DataFrame, list[int]]:
    """The tickets, and those whose history was told: one that the helpdesk no longer tells (a deleted
    ticket's) stays as it was known."""
    untold = tickets.ticket_key[~tickets.has_history.astype(bool)]
    kept = caselog.with_history(part.c, untold)
    had = tickets.ticket_key.isin(kept)
    return tickets.assign(has_history=tickets.has_history | had), [k for k in keys if k not in kept]


def _described(part: Part, followed: Collection[str]) -> pd.DataFrame:
    """A row a ticket, without the words of anybody: a masked subject, and a sketch that only this store can read."""
    mapped = part.settings.fields
    wanted = {t.organization for t in part.batch.tickets.values() if t.organization}
    by_key = {part.key("organization", o): o for o in wanted}
    fields = {by_key[k]: f for k, f in caselog.organization_fields(part.c, by_key).items()}
    names = {p.person: p.name or "" for p in part.told(r.Person)}
    first = {t: _first_words(part.batch.events.get(t, ())) for t in part.batch.tickets}

    def describe(ticket: r.Ticket) -> Mapping[str, object]:
        subject = ticket.subject or ""
        known = [names[ticket.requester]] if names.get(ticket.requester or "") else []
        words = f"{subject}\n{part.own_words(first[ticket.ticket])}"
        return mapped_fields(ticket, mapped, fields) | {
            "subject": text.mask(subject, known) or None,
            "sketch": text.sketch(words, part.secret),
            "order_key": _order(part, mapped_field(ticket, mapped.get("order"), fields)),
            "quoted": _quoted(part, ticket.ticket, words),
        }

    told = part.batch.ticket_frame(part.keys, describe)
    told = told.assign(is_followed=told.ticket.isin(followed))
    return part.erased.tombed(told, "ticket_key", part.erased.tickets, ticket=ID, url=None, subject=None)


def _vendor_metrics(part: Part) -> pd.DataFrame:
    rows = [
        (part.ticket(v.ticket), v.metric, v.value) for v in part.told(r.VendorMetric) if v.ticket in part.batch.tickets
    ]
    frame = pd.DataFrame(rows, columns=["ticket_key", "metric", "value"])
    return frame.astype({"ticket_key": np.int64, "value": np.float64})


def _order(part: Part, written: str | None) -> int:
    """The same order has the same key in every source: a customer may ask about it in either."""
    order = references.order(written)
    return part.keys.unregistered("order", "", order) if order else 0


def _quoted(part: Part, ticket: str, words: str) -> str | None:
    others = [id for id in references.quoted(words) if id != ticket]
    return ",".join(str(part.keys.unregistered("ticket", part.source, id)) for id in others) or None


def _first_words(events: Iterable[r.Event]) -> str:
    """The first text of a ticket, in whatever order its events were delivered."""
    said = [(event.occurred_at, event.seq, event.body) for event in events if event.body]
    return min(said)[2] if said else ""
