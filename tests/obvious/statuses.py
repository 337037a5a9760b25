"""The status through a ticket's life a second time: one plain loop over its events.

An event is (kind, old, new, moment) with statuses as numbers, 0 for none told; the first is the creation.
"""

from __future__ import annotations

from dataclasses import dataclass, field

DONE, UNSOLVED, DELETED, NEW = (5, 6), (1, 2, 3, 4), 7, 1


@dataclass
class Course:
    """What a ticket's status was after each event, and which events solved or reopened it."""

    after: list[int] = field(default_factory=list)
    solves: list[int] = field(default_factory=list)
    reopens: list[int] = field(default_factory=list)
    now: int = 0
    last_change: int = 0


def course(life: list[tuple[str, int, int]], shown_now: int) -> Course:
    """`shown_now`: what the helpdesk shows, for tickets of which no event tells a status."""
    found = Course()
    changes = [old for kind, old, new in life if kind == "status" and new != DELETED]
    created = life[0][2]
    status, is_hidden = (changes[0] if changes else 0) or created or NEW, False
    before = changes[0] if changes else 0
    for place, (kind, _, new) in enumerate(life):
        if kind == "status" and new != DELETED:
            if new in DONE and before not in DONE:
                found.solves.append(place)
            if new in UNSOLVED and before in DONE:
                found.reopens.append(place)
            status = before = new
        if kind == "deleted" or (kind == "status" and new == DELETED):
            is_hidden = True
        elif kind in ("status", "restored"):
            is_hidden = False
        if kind in ("status", "deleted", "restored"):
            found.last_change = place
        found.after.append(DELETED if is_hidden else status)
    is_told = bool(changes) or created > 0 or any(kind == "deleted" for kind, *_ in life)
    found.now = found.after[-1] if is_told else shown_now
    return found
