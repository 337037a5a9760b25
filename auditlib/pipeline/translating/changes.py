"""What was learned of which tickets: a row a ticket with the cause, and over which moments."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from auditlib.caselog.words import Status
from auditlib.pipeline.translating.part import Part
from auditlib.store.erasing import ERASURE
from auditlib.store.versions import Merged

COLUMNS = ["ticket_key", "cause", "first_event_at", "last_event_at"]


def of_tickets(part: Part, keys: list[int], known: set[int], merged: Mapping[str, Merged]) -> pd.DataFrame:
    """A row a changed ticket: what it was (new, a late event, an edit, deleted), and over which moments."""
    events, tickets = merged["events"], merged["tickets"]
    edited = {*events.withdrawn.ticket_key, *merged["markers"].withdrawn.ticket_key}
    deleted = set(tickets.added.ticket_key[tickets.added.status == Status.deleted])
    touched = pd.concat([events.added, events.withdrawn])
    spans = touched.groupby("ticket_key").occurred_at.agg(["min", "max"]) if len(touched) else pd.DataFrame()
    moved = {key: (first, last) for key, first, last in spans.itertuples()}
    created = {key: t.created_at for key, t in zip(keys, part.batch.tickets.values(), strict=True)}
    first_seen = "BACKFILL" if part.is_backfill else "NEW_TICKET"
    rows = []
    for key in sorted({*touched.ticket_key, *tickets.added.ticket_key, *edited}):
        cause = "SOURCE_EDIT" if key in edited else "LATE_EVENT" if key in known else first_seen
        cause = "SOURCE_DELETE" if key in deleted and key in known else cause
        if key in part.erased.tickets and cause in ("SOURCE_EDIT", "SOURCE_DELETE"):
            cause = ERASURE  # the helpdesk takes back what was erased here already
        first, last = moved.get(key, (created[key], created[key]))
        rows.append((key, cause, int(first), int(last)))
    return pd.DataFrame(rows, columns=COLUMNS)


def of_events(events: pd.DataFrame, cause: str) -> pd.DataFrame:
    """The tickets of these events, all for one cause."""
    if events.empty:
        return pd.DataFrame(columns=COLUMNS)
    spans = events.groupby("ticket_key", as_index=False).occurred_at.agg(first_event_at="min", last_event_at="max")
    return spans.assign(cause=cause)[COLUMNS]


def at_no_moment(keys: np.ndarray, cause: str) -> pd.DataFrame:
    """These tickets, of which something was learned that has no moment."""
    return pd.DataFrame({"ticket_key": keys, "cause": cause, "first_event_at": 0, "last_event_at": 0})
