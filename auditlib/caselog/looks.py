"""From nightly looks at a ticket's status to its changes: only what the looks prove, to the second.

A helpdesk without a history shows the status of today and, of each kind of change, the moment of the last one.
Two looks tell what became of a ticket between them as long as it was solved and opened again at most once:

- not solved at either, and not opened again: it was never solved between them;
- solved since: once, at the moment told, unless it was also opened again, for then the solve before is not told;
- solved at both, opened again: at the moment told, and solved again at the moment told;
- solved, and open now: opened again at the moment told.

Whatever contradicts this, or of which a moment is not told, makes the ticket's life unknown as a whole. What is
opened and solved twice between two looks looks like once: it is the one thing that cannot be seen.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from auditlib.caselog.rows import Look

DONE = ("solved", "closed")
BEGINNING = "open"
"""The status of a ticket whose first change nobody saw."""


class Change(NamedTuple):
    """A change of status; `old` is None for the one with which the ticket was created."""

    at: int
    old: str | None
    new: str


def changes(created_at: int, looks: Iterable[Look]) -> list[Change] | None:
    """A ticket's changes of status in order, its first status among them; None where the looks do not tell enough."""
    seen = sorted(looks, key=lambda look: (look.looked_at, look.since))
    if not seen:
        return None
    began = seen[0].status if seen[0].since <= created_at else BEGINNING
    solved_at = created_at if began in DONE else None
    before = Look(ticket=seen[0].ticket, looked_at=created_at, status=began, since=created_at, solved_at=solved_at)
    found = [Change(created_at, None, began)]
    for look in seen:
        steps = _between(before, look)
        if steps is None:
            return None
        for at, status in steps:
            found.append(Change(at, found[-1].new, status))
        before = look
    return found


def _between(before: Look, look: Look) -> list[tuple[int, str]] | None:
    """The moments and statuses that lie between two looks; None where one of them is not told."""
    was_done, is_done = before.status in DONE, look.status in DONE
    reopened_at = look.reopened_at if look.reopened_at != before.reopened_at else None
    if before.reopened_at is not None and look.reopened_at is None:
        return None
    # A reopening needs a solve before it, and what was solved and is open needs a reopening.
    if (reopened_at is not None and not was_done) or (was_done and not is_done and reopened_at is None):
        return None
    steps: list[tuple[int, str]] = []
    if reopened_at is not None:
        stayed_open = not is_done and look.since == reopened_at
        steps.append((reopened_at, look.status if stayed_open else BEGINNING))
    if is_done and (not was_done or reopened_at is not None):
        if look.solved_at is None:
            return None
        steps.append((look.solved_at, look.status if look.since == look.solved_at else "solved"))
    if (steps[-1][1] if steps else before.status) != look.status:
        steps.append((look.since, look.status))
    moments = [before.since, *(at for at, _ in steps), look.since]
    return steps if moments == sorted(moments) else None
