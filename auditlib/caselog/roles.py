"""Whose act it was, as of that moment.

The requester of a ticket is its customer, even if they are an agent elsewhere. Everybody else
is what their role history says. A change of role that the helpdesk tells holds from its moment on, and
adds to those told before; the first one also says what somebody was until then, if it names it. Of whom
the helpdesk tells no history, a person is an agent from their first to their last act that only agents
can do; one who is an agent now, from the start.

What a form, a follow-up or a default sets as a ticket is created stands in the name of whoever opened
it, so nothing in that second shows an agent. Nor does a message that others do not see, where changes of
roles are told: mail of somebody who is not on the ticket is hidden too.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from auditlib.caselog.words import ActorClass, Basis, Kind

START, STILL = 0, np.iinfo(np.int64).max
OF_ROLE = {"customer": ActorClass.customer_side, "agent": ActorClass.agent, "bot": ActorClass.bot}
COLUMNS = ["person", "since", "until", "source", "role", "basis"]


def acts_of_agents(events: pd.DataFrame, *, notes_tell: bool = True) -> pd.DataFrame:
    """First and last act that only agents can do, per person: writing a note, assigning, being assigned."""
    people = (events.actor_class.to_numpy() == 0) & ~_as_created(events)
    note = people & (events.kind == Kind.message) & ~events.is_public & notes_tell
    assigning = people & (events.kind == Kind.assignee) & (events.actor != events.new)
    assigned = (events.kind == Kind.assignee) & (events.new != 0)
    acts = pd.concat(
        [
            events.loc[note | assigning, ["actor", "occurred_at"]].set_axis(["person", "at"], axis=1),
            events.loc[assigned, ["new", "occurred_at"]].set_axis(["person", "at"], axis=1),
        ]
    )
    acts = acts[acts.person != 0]
    return acts.groupby("person").at.agg(first="min", last="max")


def _as_created(events: pd.DataFrame) -> np.ndarray:
    """Per event: whether it is part of how its ticket was created, by whoever did."""
    created = events[events.kind == Kind.created].drop_duplicates("ticket_key").set_index("ticket_key")
    at, by = (events.ticket_key.map(created[of]) for of in ("occurred_at", "actor"))
    return ((events.occurred_at == at) & (events.actor == by)).to_numpy()


def history(
    people: pd.DataFrame,
    changes: pd.DataFrame,
    acts: pd.DataFrame,
    before: pd.DataFrame,
    source: str,
    last_looked: int,
    strangers: Iterable[int] = (),
) -> pd.DataFrame:
    """Role intervals of everybody in `people` or in `acts`, as rows of `role_history`.

    `people` has person and role (as they are now); `changes` has person, since, role and was (the role
    before, if it is named) of what the helpdesk told since we last looked; `acts` is `acts_of_agents`,
    `before` the intervals that the case log holds, and `last_looked` the moment until which the case log was
    complete: one who was an agent then and is none now was an agent at least until then. `strangers` acted
    before anybody said who they are.
    """
    roles = dict(zip(people.person, people.role, strict=True)) if len(people) else {}
    told = _by_person(changes, ["since", "role", "was"])
    held = _by_person(before, ["since", "until", "role", "basis"])
    acting = {p: (int(a), int(z)) for p, a, z in zip(acts.index, acts["first"], acts["last"], strict=True)}
    rows: list[tuple] = []
    for person in sorted({*roles, *told, *acting, *held, *strangers}):
        spans = _spans(roles.get(person), told.get(person), acting.get(person), held.get(person), last_looked)
        rows += [(person, since, until, source, role, int(basis)) for since, until, role, basis in spans]
    return pd.DataFrame(rows, columns=COLUMNS).astype(
        {"person": np.int64, "since": np.int64, "until": "Int64", "basis": np.int64}
    )


def resolve(events: pd.DataFrame, requester: np.ndarray, history: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Class and basis of each event's actor, as of the event.

    `events` has actor, occurred_at and actor_class (0 unless the source knew it of this very
    event); `requester` is the ticket's customer per event.
    """
    actor, told = events.actor.to_numpy(), events.actor_class.to_numpy()
    found, basis = _look_up(actor, events.occurred_at.to_numpy(), history)
    found = np.where(actor == requester, ActorClass.customer, found)
    basis = np.where(actor == requester, Basis.observed, basis)
    found = np.where(actor == 0, ActorClass.system, found)
    found = np.where(told != 0, told, found)
    basis = np.where(actor == 0, Basis.observed, basis)
    basis = np.where(told != 0, Basis.told, basis)
    return found.astype(np.int64), basis.astype(np.int64)


def _by_person(rows: pd.DataFrame, columns: list[str]) -> dict[int, list[tuple]]:
    """Each person's rows in the order of time, as plain tuples; what still holds has None for its end."""
    found: dict[int, list[tuple]] = {}
    if len(rows):
        ordered = rows.sort_values(["person", "since"])
        values = [[None if v is pd.NA else v for v in ordered[c].tolist()] for c in columns]
        for person, *row in zip(ordered.person.tolist(), *values, strict=True):
            found.setdefault(person, []).append(tuple(row))
    return found


def _spans(
    role: str | None,
    told: list[tuple] | None,
    acting: tuple[int, int] | None,
    held: list[tuple] | None,
    last_looked: int,
) -> list[tuple]:
    """One person's (since, until, role, basis)."""
    if told is not None:
        return _told_spans(told, held if held is not None and _was_told(held) else [])
    if held is not None and _was_told(held):
        return held
    if role is None and held is not None and held[-1][1] is None:
        role = held[-1][2]
    if role in ("agent", "bot"):
        return [(START, None, role, Basis.inferred)]
    first, last = _acting(acting, held, last_looked)
    rest = Basis.observed if role == "customer" else Basis.assumed
    now = role if role in OF_ROLE else "unknown"
    if first is None:
        return [(START, None, now, rest)]
    before = [(START, first, now, Basis.assumed)] if first > START else []
    return [*before, (first, last + 1, "agent", Basis.inferred), (last + 1, None, now, rest)]


def _told_spans(told: list[tuple], held: list[tuple]) -> list[tuple]:
    """What the helpdesk has told of a person's roles in all: tonight's changes added to those known before."""
    known = {since: r for since, _, r, _ in held}
    first, was = told[0][0], told[0][2]
    if was and min(known, default=first) >= first:
        known[START] = was
    known |= {since: r for since, r, _ in told}
    starts = sorted(known)
    return [(a, z, known[a], Basis.observed) for a, z in zip(starts, [*starts[1:], None], strict=True)]


def _was_told(held: list[tuple]) -> bool:
    """Whether the helpdesk told of changes once: then only the helpdesk changes them."""
    return any(basis == Basis.observed and role in ("agent", "bot") for _, _, role, basis in held)


def _acting(acting: tuple[int, int] | None, held: list[tuple] | None, last_looked: int) -> tuple[int | None, int]:
    """From when to when a person acted as an agent, by all that was ever seen of them.

    One who was an agent when we last looked, and is none now, was one at least until then.
    """
    spans = [acting] if acting is not None else []
    for since, until, role, _ in held or ():
        if role == "agent":
            spans.append((since, last_looked if until is None else until - 1))
    return (min(s for s, _ in spans), max(u for _, u in spans)) if spans else (None, 0)


def _look_up(actor: np.ndarray, at: np.ndarray, history: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    unknown = np.full(len(actor), int(ActorClass.unknown)), np.full(len(actor), int(Basis.assumed))
    if history.empty:
        return unknown
    spans = history.sort_values(["person", "since"])
    people = np.unique(spans.person.to_numpy())
    rank = np.searchsorted(people, spans.person.to_numpy())
    asked = np.clip(np.searchsorted(people, actor), 0, len(people) - 1)
    order = np.lexsort((spans.since.to_numpy(), rank))
    # One sorted key of (person, moment): a person's rank above 2^40 seconds keeps them apart.
    starts = (rank[order].astype(np.int64) << 40) + np.maximum(spans.since.to_numpy()[order], 0)
    place = np.searchsorted(starts, (asked.astype(np.int64) << 40) + np.maximum(at, 0), side="right") - 1
    # Whoever acted before anything is known of them is nobody whom we know.
    hit = (place >= 0) & (people[asked] == actor) & (rank[order][np.maximum(place, 0)] == asked)
    classes = spans.role.map(lambda r: int(OF_ROLE.get(r, ActorClass.unknown))).to_numpy()[order]
    bases = spans.basis.to_numpy()[order]
    return np.where(hit, classes[place], unknown[0]), np.where(hit, bases[place], unknown[1])
