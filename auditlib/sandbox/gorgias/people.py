"""Users, teams and customers, as Gorgias shows them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from auditlib.sandbox.people import Somebody, everybody
from auditlib.sandbox.plan import Plan
from auditlib.sandbox.view import View

Payload = dict[str, Any]


def stamp(at: int, micro: int = 0) -> str:
    """A moment as Gorgias writes it, to the microsecond."""
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%dT%H:%M:%S}.{micro:06d}+00:00"


def everyone(view: View) -> dict[int, Somebody]:
    """Everybody by number."""
    return {told.id: told for told in everybody(view.world, view.now)}


def works_here(told: Somebody) -> bool:
    """Whoever works here has, or had, an account."""
    return told.role in ("agent", "admin") or told.has_left


def is_user(plan: Plan, told: Somebody) -> bool:
    """Whether somebody acts in a ticket as a user: a colleague who asks for something is a customer like others."""
    return works_here(told) and told.id != plan.customer.id


def named(told: Somebody) -> Payload:
    """Somebody as tickets and messages name them."""
    first, _, last = told.name.partition(" ")
    return {"id": told.id, "email": told.email, "name": told.name, "firstname": first, "lastname": last, "meta": None}


def users(view: View) -> list[Payload]:
    """Who works here now: whoever has left is deleted."""
    return [
        {**named(told), "uri": f"/api/users/{told.id}/", "active": True, "bio": None, "country": None,
         "created_datetime": stamp(told.created), "deactivated_datetime": None, "external_id": None,
         "language": "en", "role": {"id": 1, "name": "admin" if told.role == "admin" else "agent"},
         "timezone": "Europe/Berlin"}
        for told in view.once(everyone).values() if works_here(told) and not told.has_left
    ]  # fmt: skip


def teams(view: View) -> list[Payload]:
    """The teams, with who is in them now."""
    since = view.world.company.since
    return [
        {"id": group.id, "uri": f"/api/teams/{group.id}/", "name": group.name, "description": None,
         "decoration": {"emoji": None}, "created_datetime": stamp(since),
         "members": [{"id": a.id, "name": a.name, "email": a.email, "meta": None}
                     for a in group.agents if a.since <= view.now < a.until]}
        for group in view.world.company.groups.values()
    ]  # fmt: skip
