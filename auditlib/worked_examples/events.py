"""What happened in an example, as events: who did what to which ticket, when."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from auditlib.caselog import ratings
from auditlib.caselog.words import ActorClass, Kind, Marker, Status
from auditlib.metric import MetricError
from auditlib.worked_examples import promises
from auditlib.worked_examples.names import moment, named
from auditlib.worked_examples.reading import Example

MESSAGES = {"writes": True, "thanks": True, "promises": True, "notes": False}
CHANGES = {"status": Kind.status, "group": Kind.group, "assignee": Kind.assignee, "merged": Kind.merged_into}
SERVICE = {"priority": Kind.priority, "policy": Kind.sla_applied}
SURVEY = {"rating": Kind.rating}
DATES = {"due": Kind.due}
ACTS = {"deletes": Kind.deleted, "restores": Kind.restored}
LETTERS = re.compile(r"(\d+) letters")
ORDINARY = 100
"""Letters of a message of which nothing else is said."""


def events(example: Example, names: Sequence[str]) -> dict[str, np.ndarray]:
    """An example's events as columns, in (ticket, time, sequence) order; `names` are its tickets."""
    rows = [_event(names.index(row["ticket"]), seq, row) for seq, row in enumerate(example.happened)]
    first = {row[0]: row for row in reversed(rows)}
    created = [(*row[:2], -1, Kind.created, *row[4:6], True, 0, 0, 0, 0) for row in first.values()]
    ordered = sorted([*created, *rows], key=lambda row: (row[0], row[1], row[2]))
    columns = [np.array(column, np.int64) for column in zip(*ordered, strict=True)]
    ticket, at, _, kind, actor_, actor_class, is_public, old, new, markers, body_chars = columns
    return {
        "ticket": ticket,
        "occurred_at": at,
        "kind": kind,
        "actor": actor_,
        "actor_class": actor_class,
        "is_public": is_public,
        "old": old,
        "new": new,
        "markers": markers,
        "body_chars": body_chars,
    }


def _event(ticket: int, seq: int, row: Mapping[str, str]) -> tuple:
    who, _, name = row["who"].partition(" ")
    word, _, rest = row["what"].partition(": ")
    if who not in ActorClass.__members__ or not (
        word in MESSAGES or word in ACTS or (word in CHANGES | SERVICE | SURVEY | DATES and rest)
    ):
        raise MetricError(
            f"an example says {row['who']!r} {row['what']!r}; who is one of {', '.join(ActorClass.__members__)}, "
            "what is writes, thanks, notes, status: …, group: …, assignee: …, merged: …, priority: …, policy: …, "
            "rating: …, due: …, deletes or restores"
        )
    by_rule = word in DATES and who == "automation"  # nobody's doing
    actor = named(name) if name else 0 if by_rule else ticket * 100 + ActorClass[who]
    kind = (CHANGES | SERVICE | SURVEY | ACTS | DATES).get(word, Kind.message)
    kind = Kind.rating_offered if word in SURVEY and rest == "offered" else kind
    letters, seen_in_it = LETTERS.search(rest), LETTERS.sub("", rest).split()
    markers = [*seen_in_it, *(["gratitude"] if word == "thanks" else [])] if word in MESSAGES else []
    new = (int(Status[rest]) if kind == Kind.status else named(rest)) if word in CHANGES | SERVICE else 0
    if kind == Kind.rating:
        new = ratings.code(rest)
    if kind == Kind.due:
        new = 0 if rest == "nothing" else moment(rest)
    if word == "promises":
        marker, new = promises.promised(rest)
        markers = [marker.name]
    seen = sum(int(Marker[marker]) for marker in markers)
    return (
        ticket,
        moment(row["when"]),
        seq,
        int(kind),
        actor,
        int(ActorClass[who]),
        MESSAGES.get(word, True),
        0,
        new,
        seen,
        0 if word not in MESSAGES else int(letters[1]) if letters else ORDINARY,
    )
