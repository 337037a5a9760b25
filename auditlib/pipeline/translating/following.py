"""Statuses followed from night to night, where a helpdesk tells no history of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

import pandas as pd

from auditlib.caselog import looks
from auditlib.caselog import rows as r
from auditlib.caselog.batch import Batch
from auditlib.caselog.words import Status
from auditlib.store import status_looks
from auditlib.store.engine import Connection

SEEN, IN_A_SECOND = 1 << 60, 8
"""Sequence numbers of what looks tell: behind all that the helpdesk itself tells of the same second."""


def follow(c: Connection, batch: Batch, key_of: Callable[[str], int], run: int) -> set[str]:
    """Keeps the looks of a batch, and adds to its events the changes of status that all looks so far prove.

    Gives the tickets that are followed: all but those that were there before the first look at their source, and
    those that were solved and opened again at moments that nobody tells. Of sources with a history none is.
    """
    told = batch.others.get(r.Look, [])
    first = status_looks.first(c, batch.source)
    if not told and first is None:
        return set()
    first = min(look.looked_at for look in told) if first is None else first
    shown = _shown(c, batch, key_of, run, [look for look in told if look.ticket in batch.tickets])
    followed = set()
    for name, ticket in batch.tickets.items():
        known = looks.changes(ticket.created_at, shown[name]) if ticket.created_at >= first else None
        if known is not None:
            followed.add(name)
        if known is not None and name in batch.events:
            batch.events[name] += _events(name, known)
    return followed


def _shown(
    c: Connection, batch: Batch, key_of: Callable[[str], int], run: int, told: list[r.Look]
) -> defaultdict[str, list[r.Look]]:
    """Ticket → every look at it, those of this batch among them."""
    names = {key_of(name): name for name in batch.tickets}
    rows = [
        (key_of(x.ticket), x.looked_at, x.since, batch.source, int(Status[x.status]), x.reopened_at, x.solved_at, run)
        for x in told
    ]
    status_looks.add(c, pd.DataFrame(rows, columns=status_looks.COLUMNS))
    found: defaultdict[str, list[r.Look]] = defaultdict(list)
    for row in status_looks.held(c, names).itertuples():
        found[names[row.ticket_key]].append(_look(names[row.ticket_key], row))
    return found


def _look(ticket: str, row: Any) -> r.Look:
    reopened_at, solved_at = (None if pd.isna(at) else int(at) for at in (row.reopened_at, row.solved_at))
    status = Status(row.status).name
    return r.Look(
        ticket=ticket,
        looked_at=int(row.looked_at),
        status=status,
        since=int(row.since),
        reopened_at=reopened_at,
        solved_at=solved_at,
    )


def _events(ticket: str, known: list[looks.Change]) -> list[r.Event]:
    """The changes as events; who made them is not told."""
    in_second: Counter[int] = Counter()
    found = []
    for change in known:
        seq = SEEN + change.at * IN_A_SECOND + in_second[change.at]
        in_second[change.at] += 1
        found.append(
            r.Event(
                ticket=ticket,
                seq=seq,
                occurred_at=change.at,
                kind="status",
                actor_class="unknown",
                old=change.old,
                new=change.new,
            )
        )
    return found
