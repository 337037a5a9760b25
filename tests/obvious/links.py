"""The rules of links written down once more, slowly and plainly: ticket by ticket, with nothing but loops."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from auditlib.caselog.words import ActorClass, Kind, Marker, Status
from auditlib.timelines import Timelines

HOUR = 3600
DAY = 24 * HOUR
SIMILAR, UNLIKE, UNLIKE_LATE, ENOUGH, HAND_OVER = 0.6, 0.15, 0.3, 5, 15 * 60


@dataclass(frozen=True)
class Ticket:
    """A ticket as the rules see it."""

    key: int
    created_at: int
    customer: int
    moves: tuple[tuple[int, str], ...] = ()
    """(when, solved or open), in order."""
    topic: str | None = None
    order: int = 0
    follow_up_of: int = 0
    quotes: tuple[int, ...] = ()
    says_so: bool = False
    is_voice: bool = False
    words: frozenset[int] = frozenset()
    in_scope: bool = True
    incident: int = 0
    by_agent: bool = field(default=False)

    @property
    def is_contact(self) -> bool:
        return self.in_scope and (not self.by_agent or self.is_voice)

    def state_at(self, moment: int) -> tuple[str, int]:
        """open with its creation, or solved with when it was solved, just after a moment."""
        state, since = "open", self.created_at
        for at, what in self.moves:
            if at <= moment and what != state:
                state, since = what, at
        return state, since


def links(tickets: list[Ticket], longest: int = 30 * DAY) -> set[tuple]:
    """(earlier, later, kind, layer) by key."""
    found = set()
    for later in tickets:
        if later.is_contact:
            ties = [tie for earlier in tickets if (tie := _tie(earlier, later, longest))]
            if ties:
                _, _, key, kind, layer = max(ties)
                found.add((key, later.key, kind, layer))
    return found


def _tie(earlier: Ticket, later: Ticket, longest: int) -> tuple | None:
    """(score, moved last, earlier, kind, layer), if anything ties the two."""
    follows = later.follow_up_of == earlier.key
    same_customer = earlier.customer == later.customer != 0
    if earlier is later or not earlier.in_scope or not (follows or same_customer):
        return None
    if (earlier.created_at, earlier.key) > (later.created_at, later.key):
        return None
    state, since = earlier.state_at(later.created_at)
    opened = max([earlier.created_at, *(at for at, what in earlier.moves if what == "open" and at <= later.created_at)])
    moved = since if state == "solved" else earlier.created_at
    too_long_ago = later.created_at - (since if state == "solved" else opened) > longest
    if too_long_ago and (state == "solved" or not follows):
        return None
    layer, score = _layer(earlier, later, follows, is_late=later.created_at - moved > 7 * DAY)
    if layer is None:
        return None
    kind = "repeat" if state == "solved" else "parallel"
    if earlier.is_voice and later.is_voice and later.created_at - moved <= HAND_OVER:
        kind = "forwarded"
    return score, moved, earlier.key, kind, layer


def _layer(earlier: Ticket, later: Ticket, follows: bool, is_late: bool) -> tuple[str | None, float]:
    both_order = earlier.order and later.order
    if follows or (both_order and earlier.order == later.order) or earlier.key in later.quotes:
        return "explicit", 1.0
    if both_order:
        return None, 0.0
    returns = later.says_so and not later.by_agent
    likeness, comparable = 0.0, False
    if not earlier.by_agent and not later.by_agent:
        shorter = min(len(earlier.words), len(later.words))
        union = len(earlier.words | later.words)
        likeness = len(earlier.words & later.words) / union if shorter else 0.0
        comparable = shorter >= ENOUGH
    if earlier.topic is not None and earlier.topic == later.topic:
        if not comparable or likeness > (UNLIKE_LATE if is_late else UNLIKE) or returns:
            return "topic", 0.8 + 0.15 * likeness
    elif comparable and likeness >= SIMILAR:
        return "words", likeness
    return ("said", 0.6) if returns else (None, 0.0)


def timelines(tickets: list[Ticket]) -> tuple[Timelines, np.ndarray, list[bytes]]:
    """The same tickets as the audit sees them, which are in scope, and their sketches; in the order of keys."""
    ordered = sorted(tickets, key=lambda one: one.key)
    rows = []
    for row, one in enumerate(ordered):
        whose = ActorClass.agent if one.by_agent else ActorClass.customer
        said = int(Marker.returning) if one.says_so else 0
        rows.append((row, one.created_at, 0, Kind.created, whose, 0, 0))
        rows.append((row, one.created_at, 1, Kind.message, whose, 0, said))
        for at, what in one.moves:
            new = Status.solved if what == "solved" else Status.open
            rows.append((row, at, 2, Kind.status, ActorClass.agent, new, 0))
    columns = (
        [np.array(column, np.int64) for column in zip(*rows, strict=True)] if rows else [np.zeros(0, np.int64)] * 7
    )
    ticket, at, _, kind, whose, new, markers = columns
    events = {
        "ticket": ticket, "occurred_at": at, "kind": kind, "actor": whose, "actor_class": whose,
        "is_public": np.ones(len(ticket), np.int64), "old": 0 * ticket, "new": new, "markers": markers,
    }  # fmt: skip
    n, zero = len(ordered), np.zeros(len(ordered), np.int64)
    described = {
        "key": np.array([one.key for one in ordered], np.int64),
        "created_at": np.array([one.created_at for one in ordered], np.int64),
        "customer": np.array([one.customer for one in ordered], np.int64),
        "order": np.array([one.order for one in ordered], np.int64),
        "follow_up_of": np.array([one.follow_up_of for one in ordered], np.int64),
        "quoted": np.array([",".join(map(str, one.quotes)) or None for one in ordered], object),
        "incident_of": np.array([one.incident for one in ordered], np.int64),
        "topic": np.array([one.topic for one in ordered], object),
        "channel": np.array(["voice" if one.is_voice else "email" for one in ordered], object),
        "has_history": np.ones(n, bool), "status": zero + Status.new, "group": zero, "assignee": zero,
        "merged_into": zero,
    }  # fmt: skip
    sketches = [np.array(sorted(one.words), "<u4").tobytes() for one in ordered]
    t = Timelines(described, events, np.full(n, 1 << 33), {}, mature_until=1 << 33)
    return t, np.array([one.in_scope for one in ordered], bool), sketches


def moved_to(tickets: list[Ticket], customers: int, keys: int) -> list[Ticket]:
    """The same story of other people: other customers, other tickets, other orders."""
    return [
        replace(
            one,
            key=one.key + keys,
            customer=one.customer + customers if one.customer else 0,
            follow_up_of=one.follow_up_of + keys if one.follow_up_of else 0,
            quotes=tuple(quoted + keys for quoted in one.quotes),
        )
        for one in tickets
    ]
