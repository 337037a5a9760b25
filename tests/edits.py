"""What somebody changes in the helpdesk in a box after it was audited: each gives another world of the same company."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from msgspec.structs import replace

from auditlib.sandbox.build import World
from auditlib.sandbox.hours import Weekly
from auditlib.sandbox.instants import moment
from auditlib.sandbox.past import acts_until, state
from auditlib.sandbox.plan import Act, Change, Message, Plan
from auditlib.sandbox.staff import ADMIN

ROUND_THE_CLOCK = ((0, 7 * 1440),)


def made(world: World, **other: Any) -> World:
    """The world with something else in it; what it looks up is looked up anew."""
    return replace(world, follow_ups={}, by_id={}, **other)


def of_company(world: World, **other: Any) -> World:
    """The world of a company that is otherwise the same."""
    return made(world, company=replace(world.company, **other))


def lasting(world: World, until: str) -> World:
    """A world that does not end where its story does: nothing more happens in it by itself."""
    return made(world, end=moment(until))


def reopened(world: World, ticket: int, at: str) -> World:
    """A late event: the customer of a solved ticket writes once more."""
    plan = _plan(world, ticket)
    again = Act(moment(at), plan.customer.id, "email", [Change("status", "solved", "open")], Message(True, "chase", 7))
    return _with(world, [replace(plan, acts=[*acts_until(plan, moment(at)), again])])


def deleted(world: World, tickets: Iterable[int], at: str) -> World:
    """Tickets are deleted."""
    gone = Act(moment(at), ADMIN, "web", [Change("status", None, "deleted")])
    plans = [_plan(world, ticket) for ticket in tickets]
    return _with(
        world,
        [
            replace(p, acts=[*acts_until(p, moment(at)), gone], facts=replace(p.facts, deleted_at=moment(at)))
            for p in plans
        ],
    )


def seated(world: World, person: int, at: str) -> World:
    """A role: somebody who was in copy and answered turns out to work here."""
    return made(world, seats={**world.seats, person: moment(at)})


def one_policy(world: World) -> World:
    """A service level: the first policy holds for everybody; what is told again of a ticket is told with it."""
    first, *others = world.company.policies
    return of_company(world, policies=[replace(first, tier=None), *others])


def never_closed(world: World, since: str) -> World:
    """Opening hours: from a day on somebody is there round the clock."""
    told = world.company.schedules.items()
    always = Weekly(date.fromisoformat(since), ROUND_THE_CLOCK)
    return of_company(world, schedules={name: replace(one, weeks=(*one.weeks, always)) for name, one in told})


def opened(world: World, since: str, until: str) -> list[Plan]:
    """Tickets in scope that customers opened between two moments."""
    plans = [plan for plan in world.plans if moment(since) <= plan.created_at < moment(until)]
    return [plan for plan in plans if plan.opened_by == plan.customer.id and plan.facts.in_scope == "yes"]


def solved_at(world: World, now: str, since: str, until: str) -> list[Plan]:
    """Those of them that stand as solved now, and not yet as closed."""
    found = opened(world, since, until)
    return [plan for plan in found if state(plan, acts_until(plan, moment(now))).status == "solved"]


def in_copy(world: World, since: str, until: str) -> list[Plan]:
    """Tickets opened between two moments in which somebody in copy wrote."""
    plans = [plan for plan in world.plans if moment(since) <= plan.created_at < moment(until)]
    return [plan for plan in plans if any(act.actor == plan.copied for act in plan.acts)]


def _plan(world: World, ticket: int) -> Plan:
    plan = world.plan(ticket)
    assert plan is not None, ticket
    return plan


def _with(world: World, plans: Iterable[Plan]) -> World:
    """A world in which another life was meant for some tickets."""
    other = {plan.id: plan for plan in plans}
    return made(world, plans=[other.get(plan.id, plan) for plan in world.plans])
