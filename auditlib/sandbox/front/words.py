"""Front's words for what every record has: ids, moments, addresses, and statuses."""

from __future__ import annotations

from typing import Any

from auditlib.sandbox.company import Company

Payload = dict[str, Any]

OPEN, SNOOZED, ARCHIVED = "open", "snoozed", "archived"
STATUSES = {"new": OPEN, "open": OPEN, "pending": SNOOZED, "hold": SNOOZED, "solved": ARCHIVED, "closed": ARCHIVED,
            "Waiting on vendor": SNOOZED, "Escalated to engineering": OPEN}  # fmt: skip
"""The world's status → what a conversation is: it knows neither new nor on hold."""
EVENTS = ("assign", "unassign", "archive", "reopen", "trash", "restore", "reminder", "comment", "mention", "inbound",
          "outbound", "out_reply", "move", "forward", "tag", "untag", "sending_error", "message_bounce_error",
          "conversations_merged", "link_added", "link_removed", "custom_field_updated")  # fmt: skip
MESSAGES = {"email": "email", "web": "custom", "api": "custom", "voice": "phone-call", "chat": "front_chat",
            "native_messaging": "whatsapp"}  # fmt: skip
FIELDS = {"topic": (5077, "Topic"), "priority": (5078, "Priority")}
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def identity(prefix: str, number: int) -> str:
    """An id: what it is of, and its number to the base of 36. Conversations keep their digits, which fit it too."""
    if prefix == "cnv":
        return f"cnv_{number}"
    digits = ""
    while number or not digits:
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return f"{prefix}_{digits}"


def number_of(prefix: str, told: str) -> int | None:
    """The number in an id, if it is one of that kind."""
    kind, _, digits = told.partition("_")
    if kind != prefix or not digits or not set(digits) <= set(DIGITS):
        return None
    if prefix == "cnv":
        return int(digits) if digits.isdigit() else None
    return int(digits, 36)


def seconds(ms: int) -> float:
    """A moment as Front writes it: seconds with up to three decimals."""
    return ms / 1000


def address(company: Company, path: str) -> str:
    """Where Front says that something is: under the company's own name, which is not the host that was asked."""
    return f"https://{company.subdomain}.api.frontapp.com/{path}"


def links(company: Company, path: str, *related: str, **more: str | None) -> Payload:
    """The addresses of a record and of what belongs to it."""
    below = {name: address(company, f"{path}/{name}") for name in related}
    return {"self": address(company, path), "related": {**below, **more}}
