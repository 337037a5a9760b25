"""Ids, teams and attributes, as Intercom shows them."""

from __future__ import annotations

from typing import Any

from auditlib.sandbox.view import View

Payload = dict[str, Any]

STATE = {"new": "open", "open": "open", "pending": "snoozed", "hold": "snoozed", "solved": "closed", "closed": "closed"}
"""The company's statuses in Intercom's three states; a deleted conversation has none."""
TOPIC, ORDER = "Topic", "Order number"
OPERATOR: Payload = {
    "type": "bot", "id": "991000001", "name": "Operator", "email": "operator+nordlicht@intercom.io",
    "from_ai_agent": False, "is_ai_answer": False,
}  # fmt: skip
"""Who acts where a workflow does."""


def contact_id(number: int) -> str:
    """Intercom's contacts have ids of 24 hexadecimal digits."""
    return f"{number:024x}"


def teams(view: View) -> list[Payload]:
    """The teams with who is in them now."""
    return [
        {"type": "team", "id": str(group.id), "name": group.name, "assignment_limit": None,
         "distribution_method": "manual",
         "admin_ids": [a.id for a in group.agents if a.since <= view.now < a.until]}
        for group in view.world.company.groups.values()
    ]  # fmt: skip


def attributes(view: View) -> list[Payload]:
    """What a conversation has, the company's own among it."""
    return [
        {"type": "data_attribute", "id": 900 + i, "model": "conversation", "name": name, "full_name": name,
         "label": name, "description": "", "data_type": "string", "api_writable": True, "messenger_writable": False,
         "ui_writable": True, "custom": custom, "archived": False, "created_at": view.world.company.since,
         "updated_at": view.world.company.since,
         **({"options": [topic.name for topic in view.world.company.topics]} if name == TOPIC else {})}
        for i, (name, custom) in enumerate(((TOPIC, True), (ORDER, True), ("state", False)))
    ]  # fmt: skip
