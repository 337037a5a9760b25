"""A conversation as Help Scout shows it at a moment: its record, and its threads."""

from __future__ import annotations

from html import escape
from typing import Any

from auditlib.sandbox.instants import iso
from auditlib.sandbox.past import acts_until, state
from auditlib.sandbox.people import Somebody, everybody
from auditlib.sandbox.plan import Act, Plan
from auditlib.sandbox.view import View
from auditlib.sandbox.words import body, names, subject

Payload = dict[str, Any]

STATUSES = {"new": "active", "open": "active", "pending": "pending", "hold": "pending", "solved": "closed",
            "closed": "closed", "Waiting on vendor": "pending", "Escalated to engineering": "active"}  # fmt: skip
"""The world's status → Help Scout's: it tells neither new nor on hold."""
TYPES = {"email": "email", "web": "email", "api": "email", "voice": "phone", "chat": "chat", "native_messaging": "chat"}
SOURCES = {"web": "beacon-v2", "api": "api"}
FIRST_THREAD, A_CONVERSATION = 5_000_000_000, 10_000
TOPIC = 77
RATINGS = {"good": 1, "bad": 3}
PLATFORM = {"id": 1, "type": "user", "first": "Help", "last": "Scout", "email": "none@nowhere.com"}


def everyone(view: View) -> dict[int, Somebody]:
    """Everybody by number."""
    return {told.id: told for told in everybody(view.world, view.now)}


def is_user(told: Somebody) -> bool:
    """Whoever works here has, or had, an account."""
    return told.role in ("agent", "admin") or told.has_left


def somebody(plan: Plan, told: Somebody) -> Payload:
    """A colleague who asks for something is a customer like others."""
    first, _, last = told.name.partition(" ")
    kind = "user" if is_user(told) and told.id != plan.customer.id else "customer"
    return {"id": told.id, "type": kind, "first": first, "last": last, "photoUrl": None, "email": told.email}


def _person(view: View, plan: Plan, number: int | None) -> Payload | None:
    told = view.once(everyone).get(number or 0)
    return somebody(plan, told) if told else None


def conversation(view: View, plan: Plan) -> Payload:
    """The record, without its threads."""
    now_is = state(plan, acts_until(plan, view.now))
    customer = _person(view, plan, plan.customer.id)
    fields = [{"id": TOPIC, "name": "Topic", "value": "1", "text": now_is.topic}] if now_is.topic else []
    return {
        "id": plan.id, "number": 9_000 + plan.id, "threads": len(plan.acts), "type": TYPES[plan.channel],
        "folderId": 1, "status": STATUSES[now_is.custom_status or now_is.status], "state": "published",
        "subject": subject(plan), "preview": "", "mailboxId": now_is.group_id,
        "assignee": _person(view, plan, now_is.assignee_id), "createdBy": _person(view, plan, plan.opened_by),
        "createdAt": iso(plan.created_at), "updatedAt": iso(view.moved(plan)), "closedBy": 0, "closedAt": None,
        "userUpdatedAt": iso(view.moved(plan)), "customerWaitingSince": {"time": iso(plan.created_at), "friendly": ""},
        "source": {"type": SOURCES.get(plan.channel, "email"), "via": "customer"},
        "tags": [{"id": 1, "color": "none", "tag": tag} for tag in now_is.tags], "cc": [], "bcc": [],
        "primaryCustomer": customer, "customFields": fields, "_embedded": {"threads": []}, "_links": {},
    }  # fmt: skip


def threads(view: View, plan: Plan) -> list[Payload]:
    """What was written and what was changed, the newest first."""
    return _Threads(view, plan).told[::-1]


def rated(view: View, plan: Plan) -> list[Payload]:
    """How its replies were rated, as the report tells: of each reply the latest rating."""
    acts, found = acts_until(plan, view.now), dict[int, Payload]()
    for told in plan.facts.ratings:
        if told["score"] in RATINGS and told["at"] <= view.now:
            replies = [(i, act) for i, act in enumerate(acts) if act.at < told["at"] and _is_reply(plan, act)]
            place, reply = replies[-1] if replies else (0, acts[0])
            thread = FIRST_THREAD + plan.id * A_CONVERSATION + place
            found[thread] = {
                "number": 9_000 + plan.id, "id": plan.id, "type": TYPES[plan.channel], "threadid": thread,
                "threadCreatedAt": iso(reply.at), "ratingId": RATINGS[told["score"]],
                "ratingCustomerId": plan.customer.id, "ratingComments": "", "ratingCreatedAt": iso(told["at"]),
                "ratingCustomerName": "", "ratingUserId": reply.actor, "ratingUserName": "",
            }  # fmt: skip
    return list(found.values())


def _is_reply(plan: Plan, act: Act) -> bool:
    return act.message is not None and act.message.is_public and act.actor not in (plan.customer.id, plan.copied)


class _Threads:
    def __init__(self, view: View, plan: Plan) -> None:
        self._view, self._plan, self.told = view, plan, list[Payload]()
        self._status = "active"
        self._holder: int | None = None
        for i, act in enumerate(acts_until(plan, view.now)):
            self._acted(i, act)

    def _acted(self, number: int, act: Act) -> None:
        custom = next((c.new for c in act.changes if c.field == "custom_status"), None)
        status, action = "nochange", None
        for change in act.changes:
            if change.field in ("status", "custom_status"):
                now = STATUSES.get(custom or change.new, self._status)
                status, self._status = (now if now != self._status else status), now
            elif change.field == "assignee_id":
                self._holder = change.new
            elif change.field == "group_id" and change.old and change.old != change.new and number:
                action = {"type": "movedFromMailbox", "text": "", "associatedEntities": {"mailbox": change.old}}
        if act.message or status != "nochange" or action or any(c.field == "assignee_id" for c in act.changes):
            self._add(number, act, status, action)

    def _add(self, number: int, act: Act, status: str, action: Payload | None) -> None:
        plan, view = self._plan, self._view
        by_rule = act.via.startswith("rule")
        by = PLATFORM if by_rule else _person(view, plan, act.actor) or PLATFORM
        text = body(plan, act.message, names(view.world.company).get(act.actor, "")) if act.message else ""
        held = _person(view, plan, self._holder)
        self.told.append({
            "id": FIRST_THREAD + plan.id * A_CONVERSATION + number, "type": self._type(number, act, by),
            "status": status, "state": "published",
            "action": action or {"type": "automatic-workflow" if by_rule else "default", "associatedEntities": {}},
            "body": escape(text).replace("\n", "<br>"), "source": {"type": "web", "via": by["type"]},
            "customer": _person(view, plan, plan.customer.id), "createdBy": by,
            **({"assignedTo": held} if held else {}), "savedReplyId": 0, "to": [], "cc": [], "bcc": [],
            "createdAt": iso(act.at), "openedAt": None, "_embedded": {"attachments": []}, "_links": {},
        })  # fmt: skip

    def _type(self, number: int, act: Act, by: Payload) -> str:
        if not act.message:
            return "lineitem"
        if not act.message.is_public:
            return "note"
        if self._plan.channel == "voice" and number == 0:
            return "phone"
        return "customer" if by["type"] == "customer" else "message"
