"""Tickets that customers open by a form: no conversations, with four states of their own."""

from __future__ import annotations

from html import escape
from typing import Any

from auditlib.sandbox.intercom.conversation import FIRST_PART, Parts, text_of
from auditlib.sandbox.intercom.people import author
from auditlib.sandbox.intercom.settings import OPERATOR, ORDER, TOPIC, contact_id
from auditlib.sandbox.past import acts_until, state
from auditlib.sandbox.plan import Change, Plan
from auditlib.sandbox.view import View
from auditlib.sandbox.words import subject

Payload = dict[str, Any]

CATEGORY = {
    "new": "submitted", "open": "in_progress", "pending": "waiting_on_customer", "hold": "waiting_on_customer",
    "solved": "resolved", "closed": "resolved",
}  # fmt: skip
LABELS = {
    "submitted": ("Submitted", "Submitted"), "in_progress": ("In progress", "In progress"),
    "waiting_on_customer": ("Waiting on customer", "Waiting on you"), "resolved": ("Resolved", "Resolved"),
}  # fmt: skip


def is_form(plan: Plan) -> bool:
    """Whether the customer filled in a form of the web site, and no conversation began with it."""
    return plan.channel == "web"


def ticket(view: View, plan: Plan) -> Payload:
    """The ticket with its parts, as searches and questions for one show it."""
    acts = acts_until(plan, view.now)
    now_is = state(plan, acts)
    category = CATEGORY[now_is.status]
    internal, external = LABELS[category]
    told = text_of(view, plan, acts[0]) if acts[0].message and acts[0].message.is_public else ""
    parts = _TicketParts(view, plan).told
    kind = {"type": "ticket_type", "id": "70", "name": "Request", "category": "Customer", "archived": False}
    return {
        "type": "ticket", "id": str(plan.id), "ticket_id": str(plan.id % 1000), "category": "Customer",
        "ticket_attributes": {"_default_title_": subject(plan), "_default_description_": markup(told) or None,
                              TOPIC: now_is.topic, ORDER: plan.order},
        "ticket_state": {"type": "ticket_state", "id": "8001", "category": category, "internal_label": internal,
                         "external_label": external},
        "ticket_type": kind, "contacts": {"type": "contact.list", "contacts": [
            {"type": "contact", "id": contact_id(plan.customer.id), "external_id": None}]},
        "admin_assignee_id": str(now_is.assignee_id or 0), "team_assignee_id": str(now_is.group_id or 0),
        "created_at": plan.created_at, "updated_at": view.moved(plan), "open": category != "resolved",
        "snoozed_until": None, "is_shared": True,
        "linked_objects": {"type": "list", "data": [], "total_count": 0, "has_more": False},
        "ticket_parts": {"type": "ticket_part.list", "ticket_parts": parts, "total_count": len(parts)},
    }  # fmt: skip


def markup(text: str) -> str:
    """A text as Intercom keeps it: a paragraph for each of its lines."""
    return "".join(f"<p>{escape(line)}</p>" for line in text.split("\n")) if text else ""


class _TicketParts(Parts):
    """A ticket's parts: its states instead of a conversation's moves, and bodies in markup."""

    def __init__(self, view: View, plan: Plan) -> None:
        first = acts_until(plan, view.now)[0]
        self._category = began = CATEGORY["new" if first.actor == plan.customer.id else "open"]
        super().__init__(view, plan)
        opened = self._part(0, "ticket_state_updated_by_user", plan.created_at, author(view, plan, first))
        opened |= {"id": str(FIRST_PART - 1 - plan.id), "ticket_state": began, "previous_ticket_state": began}
        self.told = [opened, *self.told]

    def _changed(self, change: Change) -> None:
        by = OPERATOR if change.rule else self._by
        if change.field == "status":
            to = CATEGORY.get(change.new, self._category)
            if to != self._category:
                self._add("ticket_state_updated_by_admin", ticket_state=to, previous_ticket_state=self._category)
                self._category = to
        elif change.field == "topic":
            told = {"attribute": {"type": "attribute", "id": "7", "label": TOPIC},
                    "value": {"type": "value", "id": change.new, "label": change.new}}  # fmt: skip
            self._add("ticket_attribute_updated_by_admin", by, updated_attribute_data=told)
        else:
            super()._changed(change)

    def _part(self, number: int, kind: str, at: int, by: Payload) -> Payload:
        return {
            "type": "ticket_part", "id": str(self._number(number)), "part_type": kind, "body": None, "created_at": at,
            "updated_at": at, "assigned_to": None, "author": by, "attachments": [], "external_id": None,
            "redacted": False,
        }  # fmt: skip

    def _said(self, text: str) -> str:
        return markup(text)
