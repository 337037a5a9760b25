"""What Intercom says of a conversation itself: its statistics, the service level, and how Fin came off."""

from __future__ import annotations

from typing import Any

from auditlib.sandbox.intercom.settings import STATE
from auditlib.sandbox.plan import Act, Plan
from auditlib.sandbox.staff import ASSISTANT
from auditlib.sandbox.view import View

Payload = dict[str, Any]
SERVICE_LEVEL = "Replies within a day"
A_DAY = 24 * 60 * 60


def statistics(view: View, plan: Plan, acts: list[Act]) -> Payload:
    """Moments from the contact's first words on; what was never is null."""
    theirs = (plan.customer.id, plan.copied)
    agents = {agent.id for agent in view.world.company.agents}
    wrote = [i for i, act in enumerate(acts) if act.message and act.message.is_public and act.actor in theirs]
    replied = [
        i for i, act in enumerate(acts)
        if act.message and act.message.is_public and act.actor in agents and not act.via.startswith("rule")
    ]  # fmt: skip
    begun = wrote[0] if wrote else len(acts)
    moved = [(i, was, now) for i, was, now in _moves(acts) if wrote and acts[i].at > acts[begun].at]
    closes = [i for i, was, now in moved if now == "closed"]
    answers = [i for i in replied if i > begun]

    def at(places: list[int], which: int) -> int | None:
        return acts[places[which]].at if places else None

    return {
        "type": "conversation_statistics",
        "first_contact_reply_at": at(wrote, 0), "last_contact_reply_at": at(wrote, -1),
        "first_admin_reply_at": at(answers, 0), "last_admin_reply_at": at(answers, -1), "first_close_at": at(closes, 0),
        "last_close_at": at(closes, -1), "count_reopens": sum(was == "closed" for _, was, _ in moved),
        "last_closed_by_id": None, "time_to_assignment": None, "time_to_admin_reply": None,
        "median_time_to_reply": None,
    }  # fmt: skip


def sla_applied(told: Payload) -> Payload | None:
    """A service level of a day for the first reply, on every conversation that a contact has written in."""
    begun, answered = told["first_contact_reply_at"], told["first_admin_reply_at"]
    if begun is None:
        return None
    status = "active" if answered is None else "missed" if answered - begun > A_DAY else "hit"
    return {"type": "conversation_sla_summary", "sla_name": SERVICE_LEVEL, "sla_status": status}


def ai_agent(plan: Plan, acts: list[Act]) -> Payload | None:
    """Whether Fin answered, and whether a team had to go on."""
    if not any(act.actor == ASSISTANT and act.message for act in acts):
        return None
    alone = all(act.actor in (ASSISTANT, plan.customer.id) for act in acts if act.message)
    resolution = "assumed_resolution" if alone else "routed_to_team"
    return {"source_type": "profile", "source_title": "Fin", "last_answer_type": "ai_answer",
            "resolution_state": resolution, "rating": None, "rating_remark": None, "created_at": None,
            "updated_at": None, "content_sources": {"type": "content_source.list", "content_sources": []}}  # fmt: skip


def _moves(acts: list[Act]) -> list[tuple[int, str, str]]:
    """Where the conversation changed its state: the place of the act, the state before and after."""
    found, state = [], "open"
    for i, act in enumerate(acts):
        for change in act.changes:
            new = STATE.get(change.new, state) if change.field == "status" else state
            if new != state:
                found.append((i, state, new))
                state = new
    return found
