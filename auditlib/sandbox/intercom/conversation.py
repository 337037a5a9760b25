"""A conversation as Intercom shows it at a moment: its three states, its parts, and its latest rating."""

from __future__ import annotations

from typing import Any

from auditlib.sandbox.intercom.people import author
from auditlib.sandbox.intercom.settings import OPERATOR, ORDER, STATE, TOPIC, contact_id
from auditlib.sandbox.intercom.statistics import ai_agent, sla_applied, statistics
from auditlib.sandbox.past import acts_until, state
from auditlib.sandbox.plan import Act, Change, Plan
from auditlib.sandbox.view import View
from auditlib.sandbox.words import body, names, subject

Payload = dict[str, Any]

SOURCE = {
    "email": "email", "api": "email", "voice": "phone_call", "chat": "conversation",
    "native_messaging": "whatsapp",
}  # fmt: skip
STARS = {"good": 5, "bad": 1}
FIRST_PART, A_CONVERSATION = 10_000_000_000, 10_000
SHOWN = 500
TRACKER = 7_000_000
"""Tickets in which the team follows what many conversations are about."""


def listed(view: View, plan: Plan) -> Payload:
    """The conversation as a search lists it: without its parts."""
    acts = acts_until(plan, view.now)
    now_is = state(plan, acts)
    problem = plan.incident_of
    trackers = [{"type": "ticket", "id": str(TRACKER + problem.id), "category": "Tracker"}] if problem else []
    counted, fin = statistics(view, plan, acts), ai_agent(plan, acts)
    first = acts[0].message
    told = text_of(view, plan, acts[0]) if first and first.is_public else ""
    return {
        "type": "conversation", "id": str(plan.id), "title": subject(plan), "created_at": plan.created_at,
        "updated_at": view.moved(plan), "waiting_since": None, "snoozed_until": None,
        "open": STATE[now_is.status] == "open", "state": STATE[now_is.status], "read": True,
        "priority": "priority" if now_is.priority in ("high", "urgent") else "not_priority",
        "admin_assignee_id": now_is.assignee_id, "team_assignee_id": now_is.group_id,
        "tags": {"type": "tag.list",
                 "tags": [{"type": "tag", "id": str(i), "name": name} for i, name in enumerate(sorted(now_is.tags))]},
        "conversation_rating": _rating(plan, view.now),
        "source": {
            "type": SOURCE[plan.channel], "id": str(FIRST_PART + plan.id), "subject": subject(plan), "body": told,
            "delivered_as": "customer_initiated" if acts[0].actor == plan.customer.id else "admin_initiated",
            "author": author(view, plan, acts[0]), "attachments": [], "url": None, "redacted": False,
        },
        "contacts": {"type": "contact.list", "contacts": [
            {"type": "contact", "id": contact_id(plan.customer.id), "external_id": None}]},
        "teammates": {"type": "admin.list", "teammates": []},
        "custom_attributes": {TOPIC: now_is.topic, ORDER: plan.order},
        "first_contact_reply": None, "sla_applied": sla_applied(counted), "statistics": counted,
        "linked_objects": {"type": "list", "data": trackers, "total_count": len(trackers), "has_more": False},
        "ai_agent_participated": fin is not None, "ai_agent": fin, "topics": {}, "ticket": None,
    }  # fmt: skip


def whole(view: View, plan: Plan) -> Payload:
    """The conversation with its parts, of which the newest five hundred are shown."""
    parts = Parts(view, plan).told
    held = {"type": "conversation_part.list", "conversation_parts": parts[-SHOWN:], "total_count": len(parts)}
    return {**listed(view, plan), "conversation_parts": held}


def _rating(plan: Plan, now: int) -> Payload | None:
    """From the moment at which a rating was asked for; without one until it is given."""
    told = [r for r in plan.facts.ratings if r["at"] <= now]
    if not told:
        return None
    given = [r for r in told if r["score"] in STARS]
    asked, last = told[0]["at"], (given or told)[-1]
    return {
        "rating": STARS[last["score"]] if given else None, "remark": "" if given else None, "created_at": asked,
        "updated_at": last["at"],
        "contact": {"type": "contact", "id": contact_id(plan.customer.id), "external_id": None},
        "teammate": {"type": "admin", "id": str(last["assignee"] or "")},
    }  # fmt: skip


class Parts:
    """The parts in their order: what is written, how the conversation moves, who gets it, what its attributes are."""

    def __init__(self, view: View, plan: Plan) -> None:
        self._view, self._plan, self.told = view, plan, list[Payload]()
        self._state = "open"
        for i, act in enumerate(acts_until(plan, view.now)):
            self._at, self._by = act.at, author(view, plan, act)
            if act.message and (i or not act.message.is_public):
                self._add("comment" if act.message.is_public else "note", body=self._said(text_of(view, plan, act)))
            for change in act.changes:
                self._changed(change)

    def _changed(self, change: Change) -> None:
        by = OPERATOR if change.rule else self._by
        if change.field == "status":
            self._moved(STATE.get(change.new, self._state))
        elif change.field == "assignee_id":
            to = {"type": "admin", "id": str(change.new)} if change.new else {"type": "nobody_admin", "id": None}
            self._add("assignment", by, assigned_to=to)
        elif change.field == "group_id":
            self._add("assignment", by, assigned_to={"type": "team", "id": str(change.new)})
        elif change.field == "topic":
            details = {"attribute": {"name": TOPIC}, "value": {"name": change.new}}
            self._add("conversation_attribute_updated_by_admin", by, event_details=details)

    def _moved(self, to: str) -> None:
        if to != self._state:
            self._state = to
            self._add({"open": "open", "snoozed": "snoozed", "closed": "close"}[to])

    def _add(self, kind: str, by: Payload | None = None, **more: Any) -> None:
        self.told.append(self._part(len(self.told), kind, self._at, by or self._by) | more)

    def _number(self, place: int) -> int:
        return FIRST_PART + self._plan.id * A_CONVERSATION + place

    def _part(self, number: int, kind: str, at: int, by: Payload) -> Payload:
        return {
            "type": "conversation_part", "id": str(self._number(number)), "part_type": kind, "body": None,
            "created_at": at, "updated_at": at, "notified_at": at, "assigned_to": None, "author": by,
            "attachments": [], "external_id": None, "redacted": False, "email_message_metadata": None, "metadata": {},
            "state": self._state, "tags": [], "event_details": {}, "app_package_code": None,
        }  # fmt: skip

    def _said(self, text: str) -> str:
        """Plain, since that is asked for."""
        return text


def text_of(view: View, plan: Plan, act: Act) -> str:
    return body(plan, act.message, names(view.world.company).get(act.actor, "")) if act.message else ""
