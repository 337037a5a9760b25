"""What was said in a chat or a messaging conversation: lines of the event that began it, and no comments."""

from __future__ import annotations

from typing import Any

from auditlib.sandbox.plan import Act, Plan
from auditlib.sandbox.words import body

CHATS = ("chat", "native_messaging")


def is_line(plan: Plan, act: Act) -> bool:
    """Whether the act is something said in the chat; notes and e-mails are comments there too."""
    return plan.channel in CHATS and act.via == plan.channel and act.message is not None


def chat(plan: Plan, acts: list[Act], signed: dict[int, str]) -> dict[str, Any] | None:
    """The chat with its lines so far, in the order in which they were said."""
    said = [act for act in acts if is_line(plan, act)]
    if not said:
        return None
    joined = {"type": "ChatJoin", "timestamp": plan.created_at * 1000, **_actor(plan, said[0], signed)}
    lines = [joined, *({**_line(plan, act, signed), **_actor(plan, act, signed)} for act in said)]
    history = [{**line, "chat_index": index} for index, line in enumerate(lines)]
    return {"chat_id": f"2609.{plan.id}.Sandbox", "visitor_id": f"{plan.customer.id}-Sandbox", "history": history}


def _line(plan: Plan, act: Act, signed: dict[int, str]) -> dict[str, Any]:
    assert act.message is not None
    text = body(plan, act.message, signed.get(act.actor, ""))
    return {"type": "ChatMessage", "timestamp": act.at * 1000 + plan.id % 1000, "message": text}


def _actor(plan: Plan, act: Act, signed: dict[int, str]) -> dict[str, Any]:
    is_customers = act.actor in (plan.customer.id, plan.copied)
    name = plan.customer.name if is_customers else signed.get(act.actor, "Assistant")
    return {"actor_id": act.actor, "actor_name": name, "actor_type": "end-user" if is_customers else "agent"}
