"""Users, identities, groups, memberships and organizations, as Zendesk shows them at a moment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditlib.sandbox import people
from auditlib.sandbox.build import World
from auditlib.sandbox.customers import Customer
from auditlib.sandbox.instants import DAY, iso
from auditlib.sandbox.people import Somebody, everybody
from auditlib.sandbox.staff import ADMIN

ZONES = {"EMEA": ("Berlin", "Europe/Berlin"), "Americas": ("Eastern Time (US & Canada)", "America/New_York"),
         "APAC": ("Sydney", "Australia/Sydney")}  # fmt: skip


def users(world: World, now: int) -> list[dict[str, Any]]:
    """Everybody whom the helpdesk knows at that moment; who left reads back as an end user."""
    return [_user(world, somebody) for somebody in everybody(world, now)]


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
    return [
        {"id": org.id, "name": org.name, "domain_names": [org.domain], "created_at": made,
         "updated_at": made, "details": "",
         "notes": "", "group_id": None, "shared_tickets": False, "shared_comments": False,
         "external_id": None, "tags": [org.tier], "organization_fields": {"plan": org.tier}}
        for org in people.organizations(world)
    ]  # fmt: skip


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


def _user(world: World, told: Somebody) -> dict[str, Any]:
    role = {"customer": "end-user"}.get(told.role, told.role)
    user = {
        "id": told.id, "url": f"/api/v2/users/{told.id}.json", "name": told.name, "email": told.email,
        "created_at": iso(told.created), "updated_at": iso(told.updated), "time_zone": "Berlin",
        "iana_time_zone": "Europe/Berlin", "phone": None, "locale_id": 1, "locale": "en-US",
        "organization_id": told.organization, "role": role, "verified": True, "external_id": None, "tags": [],
        "alias": None, "active": True, "shared": False, "shared_agent": False,
        "last_login_at": iso(min(told.updated + DAY, world.end)),
        "signature": None, "details": None, "notes": None, "role_type": 4 if role == "admin" else None,
        "custom_role_id": None, "moderator": role == "admin", "ticket_restriction": None,
        "only_private_comments": False, "restricted_agent": role == "end-user" or told.has_left,
        "suspended": False, "default_group_id": told.group, "report_csv": False, "user_fields": {},
    }  # fmt: skip
    return user | (_of_customer(told.customer) if told.customer else {})


def _of_customer(customer: Customer) -> dict[str, Any]:
    zone, iana = ZONES[customer.region.name]
    return {
        "locale": {"en": "en-US"}.get(customer.language, customer.language), "phone": customer.phone,
        "time_zone": zone, "iana_time_zone": iana, "user_fields": {"region": customer.region.name},
    }  # fmt: skip
