"""Stages, owners and properties, as the account shows them, and how HubSpot writes moments."""

from __future__ import annotations

from typing import Any

from auditlib.sandbox.instants import iso
from auditlib.sandbox.people import Somebody, everybody
from auditlib.sandbox.view import View

Payload = dict[str, Any]

STAGES = {
    "new": ("1", "New", "OPEN"), "pending": ("2", "Waiting on contact", "OPEN"), "open": ("3", "Waiting on us", "OPEN"),
    "hold": ("501", "On hold", "OPEN"), "solved": ("502", "Solved", "CLOSED"), "closed": ("4", "Closed", "CLOSED"),
    "Waiting on vendor": ("503", "Waiting on vendor", "OPEN"),
    "Escalated to engineering": ("504", "Escalated to engineering", "OPEN"),
}  # fmt: skip
"""The world's status → number, label and state; from 501 on the company's own."""
SOURCES = {
    "email": "EMAIL", "web": "FORM", "api": "FORM", "voice": "PHONE", "chat": "CHAT", "native_messaging": "CHAT",
}  # fmt: skip
FIRST_OWNER = 700_000
"""An owner has a number of their own, which is not the user's."""


def when(at: int) -> str:
    """A moment as HubSpot writes it, to the millisecond."""
    return iso(at).replace("Z", ".000Z")


def made(at: int, updated: int) -> Payload:
    """When a record came, and when it moved."""
    return {"createdAt": when(at), "updatedAt": when(updated), "archived": False}


def is_agent(told: Somebody) -> bool:
    """Whoever works here has, or had, a seat."""
    return told.role in ("agent", "admin") or told.has_left


def owners(view: View, archived: bool) -> list[Payload]:
    """Who may own tickets; or who might once."""
    found = []
    for told in everybody(view.world, view.now):
        if is_agent(told) and told.has_left == archived:
            first, _, last = told.name.partition(" ")
            group = view.world.company.group(told.group) if told.group else None
            teams = [{"id": str(group.id), "name": group.name, "primary": True}] if group else []
            seat = {"userIdIncludingInactive": told.id} | ({} if archived else {"userId": told.id})
            found.append({
                "id": str(FIRST_OWNER + told.id), "email": told.email, "type": "PERSON", "firstName": first,
                "lastName": last, **seat, "teams": teams, "createdAt": when(told.created),
                "updatedAt": when(told.updated), "archived": archived,
            })  # fmt: skip
    return found


def pipelines(view: View) -> list[Payload]:
    """The one pipeline of tickets, with the stages of the company's own."""
    since = view.world.company.since
    stages = [
        {"id": number, "label": label, "displayOrder": place, "metadata": {"ticketState": state}, **made(since, since)}
        for place, (number, label, state) in enumerate(STAGES.values())
    ]
    return [{"id": "0", "label": "Support Pipeline", "displayOrder": 0, "stages": stages, **made(since, since)}]


def properties(view: View) -> list[Payload]:
    """HubSpot's own properties of tickets, and the company's."""
    own = [("subject", "Ticket name", True), ("hs_pipeline_stage", "Ticket status", True), ("topic", "Topic", False),
           ("order_number", "Order number", False), ("hs_ticket_category", "Category", True)]  # fmt: skip
    options = {
        "topic": [topic.name for topic in view.world.company.topics],
        "hs_ticket_category": ["PRODUCT_ISSUE", "BILLING_ISSUE", "FEATURE_REQUEST", "GENERAL_INQUIRY"],
    }
    return [
        {"name": name, "label": label, "type": "enumeration" if name in options else "string",
         "fieldType": "select" if name in options else "text", "description": "", "groupName": "ticketinformation",
         "options": [{"label": word, "value": word, "displayOrder": i, "hidden": False}
                     for i, word in enumerate(options.get(name, []))],
         "hubspotDefined": theirs}
        for name, label, theirs in own
    ]  # fmt: skip
