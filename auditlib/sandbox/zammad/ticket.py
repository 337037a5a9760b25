"""A ticket as Zammad shows it at a moment, with its articles."""

from __future__ import annotations

from html import escape
from typing import Any

from auditlib.sandbox.past import State, acts_until, state
from auditlib.sandbox.plan import Act, Plan
from auditlib.sandbox.view import View
from auditlib.sandbox.words import body, names, subject
from auditlib.sandbox.zammad.settings import PRIORITY, STATES, STATUS, SYSTEM, when

Payload = dict[str, Any]

TYPES = {
    "email": "email", "web": "web", "voice": "phone", "native_messaging": "whatsapp message", "chat": "chat",
    "api": "web",
}  # fmt: skip
UNSET = (
    "first_response_at", "first_response_escalation_at", "first_response_in_min", "first_response_diff_in_min",
    "close_at", "close_escalation_at", "close_in_min", "close_diff_in_min", "update_escalation_at", "update_in_min",
    "update_diff_in_min", "last_close_at", "last_contact_at", "last_contact_agent_at", "last_contact_customer_at",
    "last_owner_update_at", "escalation_at", "pending_time", "type", "time_unit", "note",
)  # fmt: skip
"""What Zammad reckons itself, and the sandbox does not."""
FIRST_ARTICLE, A_TICKET = 1_000_000_000, 1_000
MERGED = 999
"""The place of the article that a merge leaves behind."""


def state_name(now_is: State) -> str:
    """The name of the state; the company's own, where there is one."""
    return now_is.custom_status or STATUS[now_is.status]


def is_merged(plan: Plan, at: int) -> bool:
    """Whether the ticket was merged into another one by then."""
    return plan.facts.merged_at is not None and plan.facts.merged_at <= at


def ticket(view: View, plan: Plan) -> Payload:
    """The ticket's record, with the names of what it refers to."""
    now_is = state(plan, acts_until(plan, view.now))
    merged = is_merged(plan, view.now)
    name = "merged" if merged else state_name(now_is)
    priority, urgency = PRIORITY[now_is.priority or "normal"]
    group = view.world.company.group(now_is.group_id or next(iter(view.world.company.groups.values())).id)
    found: Payload = dict.fromkeys(UNSET)
    return found | {
        "id": plan.id, "number": str(70_000 + plan.id), "title": subject(plan), "group_id": group.id,
        "group": group.name, "state_id": STATES[name][0], "state": name, "priority_id": priority, "priority": urgency,
        "customer_id": plan.customer.id, "organization_id": plan.customer.organization,
        "owner_id": SYSTEM if merged else now_is.assignee_id or SYSTEM, "topic": now_is.topic or "",
        "order_number": plan.order, "create_article_type": article_type(plan), "create_article_type_id": 1,
        "create_article_sender": "Customer", "create_article_sender_id": 2, "preferences": {},
        "article_count": len(articles(view, plan)), "article_ids": [], "ticket_time_accounting_ids": [],
        "created_by_id": plan.opened_by, "updated_by_id": SYSTEM,
        "created_at": when(plan.created_at), "updated_at": when(view.moved(plan)),
    }  # fmt: skip


def article_type(plan: Plan) -> str:
    """How the first article came in."""
    if plan.opened_by != plan.customer.id and plan.channel != "voice":
        return "email"
    return TYPES[plan.channel]


def articles(view: View, plan: Plan) -> list[Payload]:
    """What is shown under the ticket: what came from others by a merge, and nothing that a merge took away."""
    merged_at = plan.facts.merged_at
    own = [] if is_merged(plan, view.now) else written(view, plan)
    others = [p for p in view.plans if p.facts.merged_into is plan and is_merged(p, view.now)]
    own += [row for other in others for row in _moved(view, other)]
    if is_merged(plan, view.now) and merged_at is not None:
        merger = next(act.actor for act in plan.acts if act.at == merged_at and act.via == "system:merge")
        own.append(_article(article_id(plan, MERGED), plan, merged_at, merger, "merged", "Agent", "note", False))
    return sorted(own, key=lambda row: (row["created_at"], row["id"]))


def _moved(view: View, plan: Plan) -> list[Payload]:
    """The articles of a merged ticket, those that it had received itself among them."""
    others = [p for p in view.plans if p.facts.merged_into is plan and is_merged(p, view.now)]
    return [*written(view, plan), *(row for other in others for row in _moved(view, other))]


def written(view: View, plan: Plan) -> list[Payload]:
    """Every article that was written into the ticket, wherever it is shown now."""
    acts = [(i, act) for i, act in enumerate(acts_until(plan, view.now)) if act.message]
    return [_of_act(view, plan, act, article_id(plan, i)) for i, act in acts]


def article_id(plan: Plan, number: int) -> int:
    """The number of an article by the act that wrote it."""
    return FIRST_ARTICLE + plan.id * A_TICKET + number


def _of_act(view: View, plan: Plan, act: Act, number: int) -> Payload:
    assert act.message is not None
    text = body(plan, act.message, names(view.world.company).get(act.actor, ""))
    is_customers = act.actor in (plan.customer.id, plan.copied)
    kind = article_type(plan) if act is plan.acts[0] else TYPES.get(act.via, "email")
    if act.via.startswith("rule"):
        return _article(number, plan, act.at, SYSTEM, text, "System", "email", not act.message.is_public)
    if not act.message.is_public:
        return _article(number, plan, act.at, act.actor, text, "Agent", "note", True)
    sender = "Customer" if is_customers or kind == "phone" else "Agent"
    told = _article(number, plan, act.at, act.actor, text, sender, kind, False)
    # A call is written down by an agent, for the customer.
    return told | {"origin_by_id": plan.customer.id if kind == "phone" else None}


def _article(
    number: int, plan: Plan, at: int, author: int, text: str, sender: str, kind: str, internal: bool
) -> Payload:
    html = kind != "note"
    return {
        "id": number, "ticket_id": plan.id, "type_id": 1, "type": kind, "sender_id": 1, "sender": sender,
        "from": None, "to": None, "cc": None, "subject": None, "reply_to": None, "message_id": None,
        "message_id_md5": None, "in_reply_to": None, "references": None,
        "content_type": "text/html" if html else "text/plain",
        "body": f"<div>{escape(text).replace(chr(10), '<br>')}</div>" if html else text, "internal": internal,
        "preferences": {}, "attachments": [], "origin_by_id": None, "created_by_id": author, "updated_by_id": author,
        "created_by": "-", "updated_by": "-", "created_at": when(at), "updated_at": when(at),
    }  # fmt: skip
