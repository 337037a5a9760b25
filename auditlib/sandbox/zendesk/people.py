"""Users, identities, groups, memberships and organizations, as Zendesk shows them at a moment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditlib.sandbox.build import World
from auditlib.sandbox.customers import COLLEAGUES, FIRST_ORGANIZATION, Customer, organization
from auditlib.sandbox.instants import DAY, iso
from auditlib.sandbox.staff import ADMIN, ASSISTANT, INTEGRATION, Agent

ZONES = {"EMEA": ("Berlin", "Europe/Berlin"), "Americas": ("Eastern Time (US & Canada)", "America/New_York"),
         "APAC": ("Sydney", "Australia/Sydney")}  # fmt: skip
MACHINES = {
    ADMIN: ("Olga Admin", "admin@nordlicht.example", "admin"),
    ASSISTANT: ("Nordlicht Assistant", "assistant@nordlicht.example", "agent"),
    INTEGRATION: ("Zapier", "zapier@nordlicht.example", "agent"),
}


def users(world: World, now: int) -> list[dict[str, Any]]:
    """Everybody whom the helpdesk knows at that moment; who left reads back as an end user."""
    found = [_machine(world, number, *told) for number, told in MACHINES.items()]
    found += [_agent(world, a, now) for a in world.company.agents if a.since <= now]
    first_seen = seen(world)
    for customer in world.customers:
        at = first_seen.get(customer.id)
        if at is not None and at <= now:
            found.append(_customer(world, customer, at))
    for user, at in first_seen.items():
        if user >= COLLEAGUES and at <= now:
            found.append(_colleague(world, world.by_id[user - COLLEAGUES], user, at))
    return sorted(found, key=lambda u: int(u["id"]))


def seen(world: World) -> dict[int, int]:
    """When each customer, and each colleague in copy, first wrote."""
    first: dict[int, int] = {}
    for plan in world.plans:
        first.setdefault(plan.customer.id, plan.created_at)
        if plan.copied:
            for act in plan.acts:
                if act.actor == plan.copied:
                    first.setdefault(plan.copied, act.at)
    return first


def identities(world: World, user: dict[str, Any]) -> list[dict[str, Any]]:
    """The addresses of a user: the first one is the primary one."""
    number = int(user["id"])
    addresses = [("email", user["email"])]
    customer = world.by_id.get(number)
    if customer:
        addresses = [("email", e) for e in customer.emails]
        if customer.phone:
            addresses.append(("phone_number", customer.phone))
    return [
        {
            "id": number * 10 + i,
            "user_id": number,
            "type": kind,
            "value": value,
            "verified": i == 0,
            "primary": i == 0,
            "created_at": user["created_at"],
            "updated_at": user["created_at"],
            "deliverable_state": "deliverable",
            "undeliverable_count": 0,
        }
        for i, (kind, value) in enumerate(addresses)
    ]


def groups(world: World, now: int) -> list[dict[str, Any]]:
    """The teams."""
    made = iso(world.company.since)
    return [
        {"id": g.id, "name": g.name, "description": "", "default": i == 0, "is_public": True,
         "deleted": False, "created_at": made, "updated_at": made}
        for i, g in enumerate(world.company.groups.values())
    ]  # fmt: skip


def memberships(world: World, now: int) -> list[dict[str, Any]]:
    """Who is in which team at that moment: those who left are in none."""
    return [
        {"id": a.id * 10, "user_id": a.id, "group_id": a.group, "default": True,
         "created_at": iso(a.since), "updated_at": iso(a.since)}
        for a in world.company.agents
        if a.since <= now < a.until
    ]  # fmt: skip


def organizations(world: World, now: int) -> list[dict[str, Any]]:
    """The business customers with their plan and region."""
    made = iso(world.company.since)
    numbers = sorted({c.organization for c in world.customers if c.organization})
    found = []
    for number in numbers:
        org = organization(world.seed, number - FIRST_ORGANIZATION)
        found.append(
            {"id": org.id, "name": org.name, "domain_names": [org.domain], "created_at": made,
             "updated_at": made, "details": "",
             "notes": "", "group_id": None, "shared_tickets": False, "shared_comments": False,
             "external_id": None, "tags": [org.tier], "organization_fields": {"plan": org.tier}}
        )  # fmt: skip
    return found


def role_changes(world: World, now: int) -> list[dict[str, Any]]:
    """The account's audit log of roles: who became an agent, and who no longer is one."""
    return sorted(_role_changes(world, now), key=lambda r: str(r["created_at"]))


def _role_changes(world: World, now: int) -> Iterator[dict[str, Any]]:
    for agent in world.company.agents:
        for at, before, after, extra in (
            (agent.since, "End user", "Agent", 0),
            (agent.until, "Agent", "End user", 1),
        ):
            if at <= now:
                yield {
                    "id": agent.id * 100 + extra, "actor_id": ADMIN, "actor_name": "Olga Admin",
                    "source_id": agent.id, "source_type": "user", "source_label": f"User: {agent.name}",
                    "action": "update", "action_label": "Updated", "ip_address": "192.0.2.1",
                    "change_description": f"Role changed from {before} to {after}", "created_at": iso(at),
                }  # fmt: skip


def _agent(world: World, agent: Agent, now: int) -> dict[str, Any]:
    is_here = now < agent.until
    updated = agent.since if is_here else agent.until
    role = "agent" if is_here else "end-user"
    more = {"restricted_agent": not is_here, "default_group_id": agent.group if is_here else None}
    return _user(world, agent.id, agent.name, agent.email, role, agent.since, updated, **more)


def _machine(world: World, number: int, name: str, email: str, role: str) -> dict[str, Any]:
    return _user(world, number, name, email, role, world.company.since, world.company.since)


def _customer(world: World, customer: Customer, at: int) -> dict[str, Any]:
    zone, iana = ZONES[customer.region.name]
    role = "agent" if customer.is_employee else "end-user"
    return _user(
        world, customer.id, customer.name, customer.emails[0], role, at, at,
        locale={"en": "en-US"}.get(customer.language, customer.language), phone=customer.phone,
        organization_id=customer.organization, time_zone=zone, iana_time_zone=iana,
        user_fields={"region": customer.region.name},
    )  # fmt: skip


def _colleague(world: World, customer: Customer, number: int, at: int) -> dict[str, Any]:
    name, _, domain = customer.emails[0].partition("@")
    called, email = f"Colleague of {customer.name}", f"{name}.colleague@{domain}"
    return _user(world, number, called, email, "end-user", at, at, organization_id=customer.organization)


def _user(
    world: World, number: int, name: str, email: str, role: str, created: int, updated: int, **more: Any
) -> dict[str, Any]:
    user = {
        "id": number, "url": f"/api/v2/users/{number}.json", "name": name, "email": email,
        "created_at": iso(created), "updated_at": iso(updated), "time_zone": "Berlin",
        "iana_time_zone": "Europe/Berlin", "phone": None, "locale_id": 1, "locale": "en-US",
        "organization_id": None, "role": role, "verified": True, "external_id": None, "tags": [],
        "alias": None, "active": True, "shared": False, "shared_agent": False,
        "last_login_at": iso(min(updated + DAY, world.end)),
        "signature": None, "details": None, "notes": None, "role_type": 4 if role == "admin" else None,
        "custom_role_id": None, "moderator": role == "admin", "ticket_restriction": None,
        "only_private_comments": False, "restricted_agent": role == "end-user", "suspended": False,
        "default_group_id": None, "report_csv": False, "user_fields": {},
    }  # fmt: skip
    return user | more
