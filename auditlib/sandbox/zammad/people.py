"""Users and organizations, as Zammad shows them at a moment."""

from __future__ import annotations

from typing import Any

from auditlib.sandbox import people
from auditlib.sandbox.people import Somebody, everybody
from auditlib.sandbox.view import View
from auditlib.sandbox.zammad.settings import SYSTEM, made, when

Payload = dict[str, Any]


def users(view: View) -> list[Payload]:
    """Everybody: Zammad's own user, agents, who has left among them, and customers."""
    world = view.world
    system = Somebody(
        id=SYSTEM, name="-", email="", role="", created=world.company.since, updated=world.company.since, has_left=True
    )
    return [_user(view, told) for told in [system, *everybody(world, view.now)]]


def organizations(view: View) -> list[Payload]:
    """The business customers, with their plan as an attribute of the company's own."""
    return [
        {"id": org.id, "name": org.name, "shared": True, "domain": org.domain, "domain_assignment": False,
         "vip": False, "member_ids": [], "plan": org.tier, **made(view)}
        for org in people.organizations(view.world)
    ]  # fmt: skip


def _user(view: View, told: Somebody) -> Payload:
    first, _, last = told.name.partition(" ")
    customer = told.customer
    is_agent = told.has_left or told.role in ("agent", "admin")
    roles = ["Admin", "Agent"] if told.role == "admin" else ["Agent"] if is_agent else ["Customer"]
    return {
        **made(view), "id": told.id, "login": told.email or "-", "firstname": first, "lastname": last,
        "email": told.email, "organization_id": told.organization, "phone": (customer and customer.phone) or "",
        "mobile": "", "fax": "", "web": "", "department": None, "street": "", "zip": "", "city": "", "country": "",
        "address": None, "vip": False, "verified": bool(told.email), "active": not told.has_left, "image": None,
        "image_source": None, "last_login": None, "source": None, "login_failed": 0, "out_of_office": False,
        "out_of_office_start_at": None, "out_of_office_end_at": None, "out_of_office_replacement_id": None,
        "preferences": {"locale": customer.language if customer else "en-us"},
        "role_ids": [], "roles": roles if told.id != SYSTEM else [], "organization_ids": [], "authorization_ids": [],
        "group_ids": {str(told.group): ["full"]} if told.group else {},
        "created_at": when(told.created), "updated_at": when(told.updated),
    }  # fmt: skip
