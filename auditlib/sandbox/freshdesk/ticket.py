"""A ticket as Freshdesk shows it at a moment: its state now, its conversation, its ratings, and no history."""

from __future__ import annotations

from html import escape
from itertools import pairwise
from typing import Any

from auditlib.sandbox.freshdesk.settings import OWN, PRIORITY, STATUS
from auditlib.sandbox.instants import iso, iso_or_none
from auditlib.sandbox.past import State, acts_until, state
from auditlib.sandbox.plan import Act, Plan
from auditlib.sandbox.view import View
from auditlib.sandbox.words import body, names, subject

Payload = dict[str, Any]

SOURCE = {"email": 1, "web": 2, "voice": 3, "native_messaging": 7, "chat": 7, "api": 2}
OUTBOUND = 10
REPLY, NOTE = 0, 2
FIRST_CONVERSATION, A_TICKET = 1_000_000_000, 1_000
RATINGS = {"good": 103, "bad": -103}
DONE = (STATUS["solved"], STATUS["closed"])


def ticket(view: View, plan: Plan, include: set[str]) -> Payload:
    """The ticket's record, without what was not asked for."""
    acts = acts_until(plan, view.now)
    now_is = state(plan, acts)
    gone = plan.is_deleted(view.now)
    found = {
        "id": plan.id, "subject": subject(plan), "status": _status(acts, now_is), "type": "Question",
        "priority": PRIORITY[now_is.priority or "normal"], "source": _source(plan),
        "requester_id": plan.customer.id, "responder_id": now_is.assignee_id, "group_id": now_is.group_id,
        "company_id": plan.customer.organization, "product_id": None, "email_config_id": None,
        "cc_emails": [], "fwd_emails": [], "reply_cc_emails": [], "ticket_cc_emails": [], "to_emails": None,
        "spam": gone and plan.facts.in_scope == "spam", "deleted": gone and plan.facts.in_scope != "spam",
        "fr_escalated": False, "is_escalated": False, "association_type": None, "associated_tickets_count": None,
        "due_by": iso(plan.created_at + 86400), "fr_due_by": iso(plan.created_at + 3600),
        "custom_fields": {"cf_topic": now_is.topic, "cf_order_number": plan.order}, "tags": sorted(now_is.tags),
        "created_at": iso(plan.created_at), "updated_at": iso(view.moved(plan)),
    }  # fmt: skip
    if "description" in include:
        text = _text(view, plan, acts[0])
        found |= {"description": _html(text), "description_text": text, "structured_description": None}
    if "stats" in include:
        found["stats"] = _stats(view, plan, acts, now_is)
    return found


def conversations(view: View, plan: Plan) -> list[Payload]:
    """Everything that was written after the description, oldest first; notifications are not among it."""
    written = [a for a in acts_until(plan, view.now)[1:] if a.message and not a.via.startswith("rule")]
    return [_conversation(view, plan, act, i) for i, act in enumerate(written)]


def ratings(view: View, plan: Plan) -> list[Payload]:
    """The answer to the survey of one ticket: a changed one keeps its number and its moment of creation."""
    given = [r for r in plan.facts.ratings if r["at"] <= view.now and r["score"] in RATINGS]
    if not given:
        return []
    last = given[-1]
    return [
        {"id": 62_000_000 + plan.id, "survey_id": 1, "user_id": plan.customer.id, "agent_id": last["assignee"],
         "group_id": last["group"], "ticket_id": plan.id, "feedback": None,
         "ratings": {"default_question": RATINGS[last["score"]]},
         "created_at": iso(given[0]["at"]), "updated_at": iso(last["at"])}
    ]  # fmt: skip


def _conversation(view: View, plan: Plan, act: Act, number: int) -> Payload:
    assert act.message is not None
    text = _text(view, plan, act)
    incoming = _is_customers(plan, act)
    return {
        "id": FIRST_CONVERSATION + plan.id * A_TICKET + number, "ticket_id": plan.id, "user_id": act.actor,
        "body": _html(text), "body_text": text, "incoming": incoming, "private": not act.message.is_public,
        "source": REPLY if act.message.is_public else NOTE, "category": 1 if incoming else 3,
        "support_email": "support@nordlicht.example" if act.message.is_public else None, "to_emails": [],
        "from_email": None, "cc_emails": [], "bcc_emails": [], "email_failure_count": None,
        "outgoing_failures": None, "attachments": [], "last_edited_at": None, "last_edited_user_id": None,
        "thread_id": None, "thread_message_id": None, "source_additional_info": None,
        "created_at": iso(act.at), "updated_at": iso(act.at),
    }  # fmt: skip


def _stats(view: View, plan: Plan, acts: list[Act], now_is: State) -> Payload:
    """The last moments of each kind: Freshdesk keeps no others."""
    by_agents = [a.at for a in acts[1:] if a.message and a.message.is_public and _is_agents(view, a)]
    by_customer = [a.at for a in acts[1:] if a.message and _is_customers(plan, a)]
    shown = [(act.at, _status(acts[: i + 1], state(plan, acts[: i + 1]))) for i, act in enumerate(acts)]
    moves = [(at, old, new) for (_, old), (at, new) in pairwise(shown) if old != new]
    solves = [act.at for act in acts[:1] if shown[0][1] in DONE]
    solves += [at for at, old, new in moves if new in DONE and old not in DONE]
    reopened = [at for at, old, new in moves if old in DONE and new not in DONE]
    is_done = shown[-1][1] in DONE
    return {
        "agent_responded_at": iso_or_none(by_agents[-1] if by_agents else None),
        "requester_responded_at": iso_or_none(by_customer[-1] if by_customer else None),
        "first_responded_at": iso_or_none(by_agents[0] if by_agents else None),
        "status_updated_at": iso(moves[-1][0] if moves else plan.created_at),
        "reopened_at": iso_or_none(reopened[-1] if reopened else None),
        "resolved_at": iso_or_none(solves[-1] if solves and is_done else None),
        "closed_at": iso_or_none(next((at for at, _, new in reversed(moves) if new == STATUS["closed"]), None)),
        "pending_since": iso_or_none(moves[-1][0] if moves and now_is.status == "pending" else None),
    }  # fmt: skip


def _status(acts: list[Act], now_is: State) -> int:
    """A deleted ticket keeps the status that it had."""
    status = now_is.status
    if status == "deleted":
        status = next((c.old for a in reversed(acts) for c in a.changes if c.new == "deleted"), "open")
    return OWN.get(now_is.custom_status or "", STATUS[status])


def _source(plan: Plan) -> int:
    """What an agent writes down is a phone call or an e-mail sent first."""
    if plan.opened_by != plan.customer.id and plan.channel != "voice":
        return OUTBOUND
    return SOURCE[plan.channel]


def _is_customers(plan: Plan, act: Act) -> bool:
    return act.actor in (plan.customer.id, plan.copied)


def _is_agents(view: View, act: Act) -> bool:
    return any(agent.id == act.actor for agent in view.world.company.agents) and not act.via.startswith("rule")


def _text(view: View, plan: Plan, act: Act) -> str:
    return body(plan, act.message, names(view.world.company).get(act.actor, "")) if act.message else ""


def _html(text: str) -> str:
    return f"<div>{escape(text).replace(chr(10), '<br>')}</div>"
