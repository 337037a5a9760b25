"""What is meant to happen to one ticket: the intended facts, and the acts that will show them."""

from __future__ import annotations

from random import Random
from typing import Any, NamedTuple

import msgspec

from auditlib.sandbox.customers import Customer


class Change(NamedTuple):
    """A field that an act sets; `rule` names the trigger that did it, if no person did."""

    field: str
    old: Any
    new: Any
    rule: str | None = None


class Message(NamedTuple):
    """Something written: the occasion and a number choose the words."""

    is_public: bool
    occasion: str
    number: int
    due: str = ""


class Act(msgspec.Struct):
    """One update of a ticket: who, when, through which channel, and what it changed."""

    at: int
    actor: int
    via: str
    changes: list[Change]
    message: Message | None = None


class Facts(msgspec.Struct):
    """The answer key of a ticket, written while the story is invented and before anything is rendered."""

    issue: str
    in_scope: str = "yes"
    repeat_of: Plan | None = None
    repeat_kind: str | None = None
    unrelated_to: Plan | None = None
    first_reply: dict[str, Any] | None = None
    turns: list[dict[str, Any]] = []
    chasers: list[dict[str, Any]] = []
    solves: list[dict[str, Any]] = []
    reopens: list[dict[str, Any]] = []
    transfers: list[dict[str, Any]] = []
    assignees: list[dict[str, Any]] = []
    topics: list[dict[str, Any]] = []
    priorities: list[dict[str, Any]] = []
    statuses: list[dict[str, Any]] = []
    attended: list[dict[str, Any]] = []
    promises: list[dict[str, Any]] = []
    ratings: list[dict[str, Any]] = []
    customer_messages: int = 0
    agent_replies: int = 0
    internal_notes: int = 0
    merged_into: Plan | None = None
    merged_at: int | None = None
    deleted_at: int | None = None
    restored_at: int | None = None
    scrubbed_at: int | None = None
    confirmed_at: int | None = None
    withdrawn: bool = False
    declined: bool = False


class Plan(msgspec.Struct):
    """One ticket as it was intended."""

    customer: Customer
    channel: str
    topic: str
    created_at: int
    opened_by: int
    order: str
    product: str
    salt: int
    facts: Facts
    id: int = 0
    kind: str | None = None
    tags: list[str] = []
    acts: list[Act] = []
    follows: Plan | None = None
    incident_of: Plan | None = None
    quotes: Plan | None = None
    filed_as: str | None = None
    """A topic under which the ticket is filed wrongly, and stays."""
    copied: int | None = None
    touched_at: int | None = None

    def is_deleted(self, now: int) -> bool:
        """Whether somebody has deleted the ticket by then, and nobody has brought it back."""
        facts = self.facts
        restored = facts.restored_at is not None and facts.restored_at <= now
        return facts.deleted_at is not None and facts.deleted_at <= now and not restored

    @property
    def solved_at(self) -> int | None:
        """The last intended solve, if the ticket stayed solved."""
        solves, reopens = self.facts.solves, self.facts.reopens
        if not solves or (reopens and reopens[-1]["at"] > solves[-1]["at"]):
            return None
        return int(solves[-1]["at"])

    @property
    def closed_at(self) -> int | None:
        """When the ticket was closed for good, if it was."""
        for act in reversed(self.acts):
            for change in act.changes:
                if change.field == "status" and change.new == "closed":
                    return act.at
        return None


def duplicate_of(plan: Plan, at: int, rng: Random) -> Plan:
    """A second ticket of the same customer about the same issue, through another channel."""
    return Plan(
        customer=plan.customer,
        channel="web" if plan.channel == "email" else "email",
        topic=plan.topic,
        created_at=at,
        opened_by=plan.customer.id,
        order=plan.order,
        product=plan.product,
        salt=rng.getrandbits(30),
        facts=Facts(issue=plan.facts.issue, repeat_of=plan, repeat_kind="duplicate"),
        quotes=plan,
    )
