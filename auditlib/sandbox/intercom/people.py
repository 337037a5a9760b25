"""Teammates, contacts and companies, as Intercom shows them at a moment."""

from __future__ import annotations

from typing import Any

from auditlib.sandbox import people
from auditlib.sandbox.intercom.settings import OPERATOR, contact_id
from auditlib.sandbox.people import Somebody, everybody
from auditlib.sandbox.plan import Act, Plan
from auditlib.sandbox.staff import ASSISTANT
from auditlib.sandbox.view import View

Payload = dict[str, Any]


def everyone(view: View) -> list[Somebody]:
    """Whom the helpdesk knows by then."""
    return everybody(view.world, view.now)


def _is_teammate(told: Somebody) -> bool:
    return told.role != "customer" and told.customer is None and told.id != ASSISTANT


def admins(view: View) -> list[Payload]:
    """Who has a seat now: who has left is shown no more, and Intercom's own bots never are."""
    return [
        {"type": "admin", "id": str(told.id), "name": told.name, "email": told.email, "job_title": "",
         "away_mode_enabled": False, "away_mode_reassign": False, "away_status_reason_id": None,
         "has_inbox_seat": True, "team_ids": [told.group] if told.group else [], "avatar": None}
        for told in view.once(everyone)
        if _is_teammate(told)
    ]  # fmt: skip


def contacts(view: View) -> list[Payload]:
    """Everybody who ever wrote as a customer."""
    return [_contact(told) for told in view.once(everyone) if not _is_teammate(told) and not told.has_left
            and told.id != ASSISTANT]  # fmt: skip


def companies(view: View) -> list[Payload]:
    """The business customers, with their plan."""
    made = view.world.company.since
    return [
        {"type": "company", "id": contact_id(org.id), "company_id": str(org.id), "app_id": "nordlicht",
         "name": org.name, "remote_created_at": made, "created_at": made, "updated_at": made,
         "last_request_at": made, "size": 0, "website": org.domain, "industry": "", "monthly_spend": 0,
         "session_count": 0, "user_count": 1, "custom_attributes": {}, "tags": {"type": "tag.list", "tags": []},
         "segments": {"type": "segment.list", "segments": []},
         "plan": {"type": "plan", "id": org.tier, "name": org.tier}}
        for org in people.organizations(view.world)
    ]  # fmt: skip


def author(view: View, plan: Plan, act: Act) -> Payload:
    """Who acted, as a part of a conversation names them: who has left keeps their name there."""
    if act.via.startswith("rule"):
        return OPERATOR
    if act.actor == ASSISTANT:
        return OPERATOR | {"id": str(ASSISTANT), "name": "Fin", "from_ai_agent": True, "is_ai_answer": True}
    told = next((s for s in view.once(everyone) if s.id == act.actor), None)
    name, email = (told.name, told.email) if told else ("", "")
    if act.actor in (plan.customer.id, plan.copied):
        return {"type": "user", "id": contact_id(act.actor), "name": name, "email": email}
    return {"type": "admin", "id": str(act.actor), "name": name, "email": email}


def _contact(told: Somebody) -> Payload:
    customer = told.customer
    empty = dict.fromkeys(
        ("external_id", "owner_id", "signed_up_at", "last_seen_at", "last_replied_at", "last_contacted_at",
         "last_email_opened_at", "last_email_clicked_at", "browser", "browser_version", "os", "avatar")
    )  # fmt: skip
    belongs = [{"type": "company", "id": contact_id(told.organization), "url": ""}] if told.organization else []
    return empty | {
        "type": "contact", "id": contact_id(told.id), "workspace_id": "nordlicht", "role": "user",
        "email": told.email, "email_domain": told.email.partition("@")[2], "name": told.name,
        "phone": customer.phone if customer else None, "has_hard_bounced": False, "marked_email_as_spam": False,
        "unsubscribed_from_emails": False, "created_at": told.created, "updated_at": told.updated,
        "language_override": customer.language if customer else "en", "browser_language": None,
        "custom_attributes": {}, "tags": {"data": [], "url": "", "total_count": 0, "has_more": False},
        "notes": {"data": [], "url": "", "total_count": 0, "has_more": False},
        "companies": {"data": belongs, "url": "", "total_count": len(belongs), "has_more": False},
        "location": {"type": "location", "country": None, "region": None, "city": None},
        "social_profiles": {"data": []},
    }  # fmt: skip
