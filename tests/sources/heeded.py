"""What measures do without, but heed where it is told: where a helpdesk does not tell it, only who has it may differ.

A fact is named like the capability that it goes with, or stands among the `Helpdesk.silent` of the comparison.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from auditlib.sandbox import World
from auditlib.sandbox.instants import HOUR
from auditlib.sandbox.plan import Plan

Tickets = Iterable[Plan]
EVERY = frozenset({"*"})
RATED = frozenset({"rating", "csat", "survey_offered", "survey_response", "outcome", "outcome_decided", "resolved"})
"""Measures of answers to surveys, and what a bad answer decides."""
REPEATS = frozenset({"came_back", "came_back_in_window", "first_contact", "vendors_first_contact", "is_repeat",
                     "is_duplicate", "issue_contacts", "repeat_of"})  # fmt: skip
"""Measures of a ticket that depend on its customer's other tickets."""


IN_HOURS = frozenset({"chasers", "first_chase", "first_reply", "first_substantive_reply", "second_reply", "handoff",
                      "first_bot_reply", "first_resolution", "full_resolution", "next_reply"})  # fmt: skip
"""Measures of opening hours that do without a history of groups."""
DONE = ("solved", "closed")


def _rated(company: World) -> Tickets:
    return (plan for plan in company.plans if any(r["score"] in ("good", "bad") for r in plan.facts.ratings))


def _rated_or_asked(company: World) -> Tickets:
    return (plan for plan in company.plans if plan.facts.ratings)


def _merged(company: World) -> Tickets:
    for plan in company.plans:
        if plan.facts.merged_into is not None:
            yield from (plan, plan.facts.merged_into)


def _of_who(company: World, has: Callable[[Plan], object]) -> Tickets:
    """All tickets of customers who have such a one."""
    theirs = {plan.customer.id for plan in company.plans if has(plan)}
    return (plan for plan in company.plans if plan.customer.id in theirs)


def _impatient(company: World) -> Tickets:
    """A customer asked again, or in a second ticket, after four hours: were they opening hours?"""
    agents = {agent.id for agent in company.company.agents}
    for plan in company.plans:
        if plan.facts.repeat_kind == "duplicate" and plan.facts.repeat_of is not None:
            yield plan.facts.repeat_of
        asked: int | None = None
        for act in plan.acts:
            if act.message and act.message.is_public and act.actor in agents and not act.via.startswith("rule"):
                asked = None
            elif act.message and act.actor in (plan.customer.id, plan.copied):
                if asked is not None and act.at - asked >= 4 * HOUR:
                    yield plan
                asked = act.at if asked is None else asked


def _by_form_and_mail(company: World) -> Tickets:
    """Somebody filled in a form and wrote an e-mail about one issue, or about one topic, which links may join."""
    used: dict[object, set[str]] = defaultdict(set)
    for plan in company.plans:
        for about in (plan.facts.issue, (plan.customer.id, plan.topic), (plan.customer.id, plan.filed_as)):
            used[about] |= {plan.channel} & {"web", "api", "email"}
    for plan in company.plans:
        if len(used[plan.facts.issue]) > 1 or len(used[plan.customer.id, plan.topic]) > 1:
            yield plan


def _is_opened_by_agent(plan: Plan) -> bool:
    """What elsewhere is out of scope, and counts as a call where an agent's tickets are all alike."""
    return plan.facts.in_scope in ("outbound", "internal")


def _before_outbound(company: World) -> Tickets:
    """Earlier tickets of customers whom an agent wrote to: the later one may look as if they came back."""
    last: dict[int, int] = {}
    for plan in filter(_is_opened_by_agent, company.plans):
        last[plan.customer.id] = max(plan.created_at, last.get(plan.customer.id, 0))
    return (plan for plan in company.plans if plan.created_at <= last.get(plan.customer.id, 0))


def _handed_on(company: World) -> Tickets:
    """Several people or groups had it, one after the other."""
    for plan in company.plans:
        given = [change for act in plan.acts for change in act.changes if change.new is not None]
        if any(len({c.new for c in given if c.field == field}) > 1 for field in ("assignee_id", "group_id")):
            yield plan


def _of_other_hours(company: World) -> Tickets:
    """They went from a group to one with other opening hours."""
    for plan in company.plans:
        if len({change.new for act in plan.acts for change in act.changes if change.field == "schedule"}) > 1:
            yield plan


class Heeded(NamedTuple):
    """A fact, the measures that heed it, and the tickets that have it."""

    fact: str
    measures: frozenset[str]
    tickets: Callable[[World], Tickets]


ALL = (
    Heeded("ratings", frozenset({"outcome", "outcome_decided", "resolved"}), _rated),
    Heeded("form_ratings", RATED, lambda c: (p for p in _rated_or_asked(c) if p.channel == "web")),
    Heeded("merges", EVERY, _merged),
    Heeded("merged", EVERY, _merged),
    # Where only the present one is known, it counts as one stay.
    Heeded("assignment_history", frozenset({"stations"}), _handed_on),
    # Where only the present one is known, its hours held from the beginning.
    Heeded("assignment_history", IN_HOURS, _of_other_hours),
    Heeded("schedules", frozenset({"chasers", "first_chase"}), _impatient),
    Heeded("schedules", frozenset({"lateness"}), lambda c: (p for p in c.plans if p.facts.promises)),
    # A case that is still open was decided by its last change of status, be it only from new to open.
    Heeded("detailed_statuses", frozenset({"outcome_decided"}), lambda c: (p for p in c.plans if p.solved_at is None)),
    Heeded(
        "ties",
        frozenset({"came_back_after", "reopened_by_customer"}),
        lambda c: _of_who(c, lambda plan: plan.follows or plan.incident_of),
    ),
    Heeded("outbound", EVERY, lambda c: (p for p in c.plans if _is_opened_by_agent(p))),
    Heeded("outbound", REPEATS, lambda c: _of_who(c, _is_opened_by_agent)),
    Heeded("outbound", frozenset({"came_back_after"}), _before_outbound),
    Heeded("inside", frozenset({"counts"}), lambda c: (p for p in c.plans if p.facts.in_scope == "internal")),
    Heeded("web", frozenset({"issue_contacts"}), _by_form_and_mail),
)


def reopened(plan: Plan) -> list[int]:
    """When a solved ticket was opened again."""
    moves = [(act.at, change) for act in plan.acts for change in act.changes if change.field == "status"]
    return [at for at, move in moves if move.old in DONE and move.new not in (*DONE, "deleted")]


def is_done(plan: Plan, at: int) -> bool:
    """Whether it was solved at a moment."""
    moves = [change for act in plan.acts if act.at <= at for change in act.changes if change.field == "status"]
    return bool(moves) and moves[-1].new in DONE


def unfollowed(company: World, looked_at: Sequence[int]) -> set[int]:
    """Tickets whose solves looks at these moments do not tell: they were there before the first one, or were solved
    and opened again between two looks, so that nobody says when they were solved."""
    lost = {plan.id for plan in company.plans if plan.created_at < looked_at[0]}
    for since, until in pairwise(looked_at):
        for plan in company.plans:
            if not is_done(plan, since) and any(since < at <= until for at in reopened(plan)):
                lost.add(plan.id)
    return lost


def seen_as_one(company: World, looked_at: Sequence[int]) -> set[int]:
    """Tickets that were opened again twice between two looks, which look like once."""
    twice = set()
    for since, until in pairwise(looked_at):
        twice |= {plan.id for plan in company.plans if sum(since < at <= until for at in reopened(plan)) > 1}
    return twice


def heeded(company: World, name: str, untold: Iterable[str]) -> set[int]:
    """The tickets whose measure may differ because of facts that a helpdesk does not tell."""
    facts = [rule for rule in ALL if rule.fact in set(untold) and (rule.measures == EVERY or name in rule.measures)]
    return {plan.id for rule in facts for plan in rule.tickets(company)}
