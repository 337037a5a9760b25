"""Agents, contacts and companies, as Freshdesk shows them at a moment."""

from __future__ import annotations

from typing import Any

from auditlib.sandbox import people
from auditlib.sandbox.instants import iso
from auditlib.sandbox.people import Somebody, everybody
from auditlib.sandbox.view import View

Payload = dict[str, Any]


def _everybody(view: View) -> list[Somebody]:
    return everybody(view.world, view.now)


def agents(view: View) -> list[Payload]:
    """Who has a seat now; who left is among the contacts."""
    return [_agent(told) for told in view.once(_everybody) if told.role != "customer"]


def contacts(view: View) -> list[Payload]:
    """Everybody else."""
    return [_contact(told) for told in view.once(_everybody) if told.role == "customer"]


def companies(view: View) -> list[Payload]:
    """The business customers, with their plan as a field of the company's own."""
    made = iso(view.world.company.since)
    return [
        {"id": org.id, "name": org.name, "description": None, "note": None, "domains": [org.domain],
         "created_at": made, "updated_at": made, "custom_fields": {"plan": org.tier},
         "health_score": None, "account_tier": None, "renewal_date": None, "industry": None}
        for org in people.organizations(view.world)
    ]  # fmt: skip


def requester(view: View, number: int) -> Payload | None:
    """The requester as a ticket includes them."""
    told = next((s for s in view.once(_everybody) if s.id == number), None)
    if told is None:
        return None
    phone = told.customer.phone if told.customer else None
    return {"id": told.id, "name": told.name, "email": told.email, "mobile": None, "phone": phone}


def _agent(told: Somebody) -> Payload:
    return {
        "id": told.id, "available": True, "occasional": False, "ticket_scope": 1, "type": "support_agent",
        "signature": None, "group_ids": [told.group] if told.group else [],
        "role_ids": [2 if told.role == "admin" else 3], "skill_ids": [], "available_since": None,
        "focus_mode": True, "created_at": iso(told.created), "updated_at": iso(told.updated),
        "contact": {
            "active": True, "email": told.email, "job_title": None, "language": "en",
            "last_login_at": iso(told.updated), "mobile": None, "name": told.name, "phone": None,
            "time_zone": "Berlin", "created_at": iso(told.created), "updated_at": iso(told.updated),
        },
    }  # fmt: skip


def _contact(told: Somebody) -> Payload:
    customer = told.customer
    return {
        "id": told.id, "active": True, "address": None, "company_id": told.organization, "description": None,
        "email": told.email, "job_title": None, "language": customer.language if customer else "en",
        "mobile": None, "name": told.name, "phone": customer.phone if customer else None, "time_zone": "Berlin",
        "twitter_id": None, "facebook_id": None, "custom_fields": {}, "tags": [],
        "other_emails": customer.emails[1:] if customer else [], "unique_external_id": None,
        "created_at": iso(told.created), "updated_at": iso(told.updated),
    }  # fmt: skip
