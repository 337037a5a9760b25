"""Help Scout's words in the case log's: statuses, channels, and who somebody is."""

from __future__ import annotations

from auditlib.sources._help_scout.shapes import Somebody, Source

CUSTOM = "custom_field:"
STATUSES = {"active": "open", "open": "open", "pending": "pending_customer", "closed": "solved", "spam": "closed"}
"""A customer's answer opens a closed conversation again, so it is our solved."""
UNCHANGED = "nochange"
CHANNELS = {"email": "email", "phone": "phone", "chat": "chat"}
_OF_SOURCES = {"web": "docs beacon beacon-v2 web", "api": "api", "social": "facebook twitter instagram messenger"}
OF_SOURCES = {theirs: ours for ours, words in _OF_SOURCES.items() for theirs in words.split()}
SPOKEN = {"customer": True, "message": True, "reply": True, "chat": True, "beaconchat": True, "phone": True,
          "note": False, "forwardparent": False, "forwardchild": True}  # fmt: skip
"""Whether whoever asked sees it. What was passed on to somebody else, they do not; lines write nothing."""
UNSEEN = frozenset({"draft", "review", "underreview"})
"""States of what was never sent."""
WORKFLOWS = frozenset({"workflow", "automatic-workflow"})
HELP_SCOUT = 1
"""Help Scout's own user."""


def person(told: Somebody | None) -> str | None:
    """A person's key: users and customers are numbered apart."""
    if told is None or not told.id:
        return None
    return f"{'C' if told.type == 'customer' else 'U'}-{told.id}"


def holder(told: Somebody) -> str | None:
    """A person whom a conversation can be given to; Help Scout's own user stands for anyone."""
    return None if told.type != "customer" and told.id == HELP_SCOUT else person(told)


def is_rules(told: Somebody | None, source: Source | None, action: str | None) -> bool:
    """Whether a workflow or the platform did it, whomever it names."""
    is_workflow = action in WORKFLOWS or (source is not None and source.type == "workflows")
    return is_workflow or (told is not None and told.type != "customer" and told.id == HELP_SCOUT)


def channel(kind: str | None, source: Source | None) -> str:
    """How it came in: the form and the beacon are e-mails by their kind."""
    by_source = OF_SOURCES.get(source.type or "") if source else None
    return by_source if by_source and kind == "email" else CHANNELS.get(kind or "", "unknown")
