"""Events in plain words: who did what, without anything that a customer wrote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from auditlib.caselog.dues import Due
from auditlib.caselog.ratings import ANSWERS
from auditlib.caselog.words import ActorClass, Kind, Marker, Status
from auditlib.timelines import Timelines

QUIET = (Kind.tag, Kind.field, Kind.schedule, Kind.sla_applied, Kind.rating_offered, Kind.topic, Kind.due)
"""What a short story leaves out, unless a measure rests on it."""
WHO = {
    ActorClass.customer: "the customer",
    ActorClass.customer_side: "somebody on the customer's side",
    ActorClass.agent: "an agent",
    ActorClass.bot: "a bot",
    ActorClass.automation: "an automation",
    ActorClass.system: "the helpdesk",
    ActorClass.unknown: "somebody unknown",
}
SAID = {
    Marker.gratitude: "only thanks",
    Marker.acknowledgement: "only says that it was received",
    Marker.update_request: "asks where the answer is",
    Marker.refusal: "declines",
    Marker.promise: "promises something",
    Marker.vague_promise: "promises something without a date",
    Marker.confirmation: "says that it works",
    Marker.withdrawal: "needs no answer any more",
    Marker.alternative: "offers another way",
    Marker.returning: "says that it is not the first time",
}
STATUSES = {
    Status.new: "new",
    Status.open: "open",
    Status.pending_customer: "waiting for the customer",
    Status.on_hold: "on hold",
    Status.solved: "solved",
    Status.closed: "closed",
    Status.deleted: "deleted",
}
SIDES = (ActorClass.customer, ActorClass.customer_side)


@dataclass(frozen=True)
class Words:
    """What surrogates stand for: agents, groups and their teams, words and tickets."""

    agents: Mapping[int, str]
    groups: Mapping[int, str]
    teams: Mapping[int, str]
    others: Mapping[int, str]


def who(t: Timelines, position: int, words: Words) -> str:
    """Who acted: agents and bots by name, customers never."""
    actor_class = ActorClass(int(t.events["actor_class"][position]))
    if actor_class in (ActorClass.agent, ActorClass.bot):
        return words.agents.get(int(t.events["actor"][position]), WHO[actor_class])
    return WHO[actor_class]


def what(t: Timelines, position: int, words: Words) -> str:
    """What was done, as a phrase behind who did it."""
    kind = Kind(int(t.events["kind"][position]))
    if kind in (Kind.created, Kind.message):
        return _opening(t, position) if kind is Kind.created else _message(t, position)
    if kind is Kind.status:
        return _status(t, position)
    if kind is Kind.assignee:
        return _assignment(t, position, words)
    return _change(kind, int(t.events["new"][position]), words)


def _opening(t: Timelines, position: int) -> str:
    channel = t.tickets["channel"][int(t.events["ticket"][position])] or "an unknown channel"
    return f"opens the case ({channel})"


def _message(t: Timelines, position: int) -> str:
    if not t.is_public[position]:
        return "leaves an internal note"
    actor_class = ActorClass(int(t.events["actor_class"][position]))
    marked = [said for marker, said in SAID.items() if t.events["markers"][position] & marker]
    if t.events["markers"][position] & Marker.promise:
        marked = [_promised(t, position) if said == SAID[Marker.promise] else said for said in marked]
    told = f" ({', '.join(marked)})" if marked else ""
    if actor_class is ActorClass.agent:
        asked = t.first_ask[int(t.events["ticket"][position])]
        return f"answers{told}" if position > asked else f"writes to the customer{told}"
    if actor_class in SIDES:
        return f"writes{told}"
    return f"sends a message{told}"


def _promised(t: Timelines, position: int) -> str:
    """What is promised by when; what was read before dues were kept says only that something is."""
    code = int(t.events["new"][position])
    return f"promises: {Due.of(code)}" if code else SAID[Marker.promise]


def _status(t: Timelines, position: int) -> str:
    status = STATUSES.get(Status(int(t.events["new"][position])), "something unknown")
    if t.solves[position]:
        return "solves it" if status == "solved" else f"solves it ({status})"
    if t.reopens[position]:
        return f"reopens it ({status})"
    return f"sets it to {status}"


def _assignment(t: Timelines, position: int, words: Words) -> str:
    new = int(t.events["new"][position])
    if not new:
        return "takes the assignee away"
    if new == int(t.events["actor"][position]):
        return "takes it"
    return f"assigns it to {words.agents.get(new, 'an agent')}"


def _change(kind: Kind, new: int, words: Words) -> str:
    word = words.others.get(new)
    if kind is Kind.group:
        team = words.teams.get(new)
        group = words.groups.get(new, "no group")
        return f"moves it to {group}" + (f" (team {team})" if team and team != group else "")
    told = {
        Kind.priority: f"sets the priority to {word or 'none'}",
        Kind.tag: "changes the tags",
        Kind.topic: f"sets the topic to {word or 'none'}",
        Kind.field: "changes a field",
        Kind.schedule: "puts it on another schedule",
        Kind.sla_applied: "applies a service level",
        Kind.rating_offered: "asks for a rating",
        Kind.rating: _rating(new),
        Kind.merged_into: f"merges it into {word or 'another ticket'}",
        Kind.deleted: "deletes it",
        Kind.restored: "restores it",
        Kind.due: _due(new),
    }
    return told[kind]


def _due(at: int) -> str:
    return (
        f"says that it is due on {np.datetime64(at, 's')} UTC".replace("T", " ") if at else "says that nothing is due"
    )


def _rating(code: int) -> str:
    answer = ANSWERS.get(code)
    if answer is None:
        return "rates it"
    on = f" ({answer.answer} on {answer.scale})" if answer.answer != answer.rating.name else ""
    return f"rates it {answer.rating.name}{on}{' and comments on it' if answer.has_comment else ''}"


def referred(t: Timelines, positions: np.ndarray) -> set[int]:
    """Surrogates of the words and tickets that these events name."""
    named = ~np.isin(t.events["kind"][positions], (Kind.status, Kind.assignee, Kind.group, Kind.rating, Kind.due))
    return {int(key) for key in t.events["new"][positions][named]} - {0}
