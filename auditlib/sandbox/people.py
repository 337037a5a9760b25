"""Everybody whom a helpdesk knows at a moment, whatever its words for them are."""

from __future__ import annotations

import msgspec

from auditlib.sandbox.build import World
from auditlib.sandbox.customers import COLLEAGUES, FIRST_ORGANIZATION, Customer, Organization, organization
from auditlib.sandbox.staff import ADMIN, ASSISTANT, INTEGRATION

MACHINES = {
    ADMIN: ("Olga Admin", "admin@nordlicht.example", "admin"),
    ASSISTANT: ("Nordlicht Assistant", "assistant@nordlicht.example", "agent"),
    INTEGRATION: ("Zapier", "zapier@nordlicht.example", "agent"),
}


class Somebody(msgspec.Struct, kw_only=True):
    """A person or a machine with a record in the helpdesk."""

    id: int
    name: str
    email: str
    role: str
    """admin, agent or customer, as it is now: who left is a customer again."""
    created: int
    updated: int
    customer: Customer | None = None
    """Whose tickets they are, if they ever asked for anything themselves."""
    organization: int | None = None
    group: int | None = None
    """The team in which they work now."""
    has_left: bool = False


def everybody(world: World, now: int) -> list[Somebody]:
    """By id: machines, agents who have come, customers who have written, colleagues put in copy."""
    since = world.company.since
    found = [
        Somebody(id=number, name=name, email=email, role=role, created=since, updated=since)
        for number, (name, email, role) in MACHINES.items()
    ]
    for agent in world.company.agents:
        if agent.since <= now:
            left = now >= agent.until
            found.append(
                Somebody(
                    id=agent.id, name=agent.name, email=agent.email, role="customer" if left else "agent",
                    created=agent.since, updated=agent.until if left else agent.since,
                    group=None if left else agent.group, has_left=left,
                )
            )  # fmt: skip
    for person, at in seen(world).items():
        if at <= now:
            found.append(_writer(world, person, at, now))
    return sorted(found, key=lambda s: s.id)


def _writer(world: World, person: int, at: int, now: int) -> Somebody:
    if person < COLLEAGUES:
        customer = world.by_id[person]
        role = "agent" if customer.is_employee else "customer"
        return Somebody(
            id=person, name=customer.name, email=customer.emails[0], role=role, created=at, updated=at,
            customer=customer, organization=customer.organization,
        )  # fmt: skip
    boss = world.by_id[person - COLLEAGUES]
    name, _, domain = boss.emails[0].partition("@")
    seated = world.seats.get(person, now + 1)
    return Somebody(
        id=person, name=f"Colleague of {boss.name}", email=f"{name}.colleague@{domain}",
        role="agent" if seated <= now else "customer", created=at, updated=max(at, seated) if seated <= now else at,
        organization=boss.organization,
    )  # fmt: skip


def seen(world: World) -> dict[int, int]:
    """When each customer, and each colleague in copy, first wrote."""
    first: dict[int, int] = {}
    for plan in world.plans:
        if plan.customer.id in world.by_id:
            first.setdefault(plan.customer.id, plan.created_at)
        if plan.copied:
            for act in plan.acts:
                if act.actor == plan.copied:
                    first.setdefault(plan.copied, act.at)
    return first


def organizations(world: World) -> list[Organization]:
    """The business customers, by id."""
    numbers = sorted({c.organization for c in world.customers if c.organization})
    return [organization(world.seed, number - FIRST_ORGANIZATION) for number in numbers]
