"""Intercom's words in the case log's: states, kinds of parts, channels, authors and values."""

from __future__ import annotations

from typing import Any

from auditlib.caselog.rows import BadRecord
from auditlib.caselog.words import Status
from auditlib.sources import Settings
from auditlib.sources._intercom.shapes import Author, Conversation, Id
from auditlib.sources._shared.statuses import unmapped

STATES = {"open": "open", "snoozed": "pending_customer", "closed": "solved"}
"""A customer's answer opens each of them again, so a closed conversation is our solved."""
TICKETS = {"submitted": "open", "in_progress": "open", "waiting_on_customer": "pending_customer", "resolved": "solved"}
"""The categories of a ticket's states. Submitted is open, as a conversation is before anybody has looked at it."""
MOVES = {
    "open": "open", "close": "closed", "snoozed": "snoozed", "unsnoozed": "open", "timer_unsnooze": "open",
    "assign_and_unsnooze": "open", "assign_and_reopen": "open", "note_and_reopen": "open",
}  # fmt: skip
"""Parts that move the conversation, and the state that they leave it in."""
SPOKEN = frozenset({"comment", "quick_reply", "assignment", "assign_and_reopen", "assign_and_unsnooze", *MOVES})
"""Parts whose words, if they have any, the customer sees; those of notes only the team does."""
ATTRIBUTES = "conversation_attribute_updated_by_"
_SILENT = """
    participant_added participant_removed conversation_rating_changed conversation_rating_remark_added
    language_detection_details title_update custom_action_started custom_action_finished operator_workflow_event
    conversation_tags_updated priority_changed company_updated linked_object_added linked_object_removed
    channel_and_reply_time_expectation fin_guidance_applied
    conversation_sla_applied_by_rule conversation_sla_applied_by_workflow conversation_sla_target_missed
    conversation_sla_paused conversation_sla_unpaused conversation_sla_removed
"""
SILENT = frozenset(_SILENT.split())
"""Parts that are known and not read."""
_CHANNELS = {
    "chat": "conversation",
    "email": "email",
    "phone": "phone_call phone_switch",
    "messaging": "sms whatsapp push",
    "web": "ticket",
    "social": "facebook instagram twitter",
}
CHANNELS = {theirs: ours for ours, words in _CHANNELS.items() for theirs in words.split()}
PRIORITIES = {"priority": "high", "not_priority": "normal"}
PREFIX = "custom_attribute:"
NOBODY = ("", "0", "None", "nobody_admin")


def key(number: Id | None) -> str | None:
    """An id as the case log's key; Intercom's zero is nobody."""
    return None if number is None or str(number) in NOBODY else str(number)


def place(number: Id) -> int:
    """The id of a part as a number: Intercom counts them upwards."""
    if not str(number).isdigit():
        raise BadRecord("the id of a part is no number, as all of Intercom's are")
    return int(number)


def word(value: Any) -> str | None:
    """An attribute's value as one word; nothing for an empty one, or for a list of objects."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, str | int | float) and value != "" else None


def is_note(part_type: str) -> bool:
    """Whether only the team sees it."""
    return part_type.startswith("note")


def is_known(part_type: str) -> bool:
    """Whether it is read, or left alone on purpose."""
    assigns = part_type.endswith("assignment")
    of_ticket = part_type.startswith(("ticket_state_updated_by_", "ticket_attribute_updated_by_"))
    of_attribute = part_type.startswith(ATTRIBUTES)
    return part_type in SPOKEN | SILENT or assigns or is_note(part_type) or of_attribute or of_ticket


def is_contacts(author: Author | None) -> bool:
    """Whether a customer wrote it."""
    return author is not None and author.type in ("user", "lead", "contact", "visitor")


def class_of(author: Author | None, bots: frozenset[str], is_message: bool) -> str | None:
    """Who acted, as Intercom says of each part: what its AI agent writes is a bot's, what its workflows do a rule's."""
    if author is None or key(author.id) is None:
        return "unknown"
    if bots & {str(author.id), (author.email or "").lower()}:
        return "bot"
    if author.type == "bot":
        return "bot" if (author.from_ai_agent or author.is_ai_answer) and is_message else "automation"
    if author.type == "team":
        return "automation"
    return "agent" if author.type == "admin" else None


def priority(conversation: Conversation) -> str | None:
    """Intercom knows what is marked as a priority, and everything else."""
    return PRIORITIES.get(conversation.priority or "")


class States:
    """Which status of the case log a state means; `audit.toml` may say otherwise."""

    def __init__(self, settings: Settings) -> None:
        self._source, self._mapped = settings.name, {**STATES, **TICKETS, **settings.statuses}

    def known(self, state: str) -> str | None:
        """The case log's word, if it is known."""
        ours = self._mapped.get(state)
        return ours if ours in Status.__members__ else None

    def of(self, state: str) -> str:
        """The case log's word; a state that nobody knows stops the source with the line to add."""
        ours = self.known(state)
        if ours is None:
            raise unmapped(self._source, state, "state")
        return ours
