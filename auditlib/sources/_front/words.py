"""Front's words in the case log's: statuses, channels, moments, and who somebody is."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import urlsplit

from auditlib.sources._front.shapes import Conversation, Recipient, Teammate

CUSTOM = "custom_field:"
OPEN, SNOOZED, ARCHIVED, DELETED = "open", "snoozed", "archived", "deleted"
TRASHED = "trashed"
"""What is deleted, in the words of Front's own filters."""
STATUSES = {OPEN: "open", SNOOZED: "pending_customer", ARCHIVED: "solved"}
"""An answer opens an archived conversation again, so it is our solved; a snoozed one comes back at a moment."""
TODAY = {"assigned": OPEN, "unassigned": OPEN, "archived": ARCHIVED, "deleted": DELETED}
CATEGORIES = {"open": OPEN, "waiting": SNOOZED, "resolved": ARCHIVED}
"""Where ticketing is on, what a company's own statuses are kinds of."""
ARCHIVE, REOPEN, REMINDER, INBOUND = "archive", "reopen", "reminder", "inbound"
MOVES = {ARCHIVE: ARCHIVED, REOPEN: OPEN, REMINDER: OPEN}
TRASH = "trash"
GONE = {TRASH: "deleted", "restore": "restored"}
ASSIGN, UNASSIGN, MOVE, FORWARD, MERGED = "assign", "unassign", "move", "forward", "conversations_merged"
COMMENTS = ("comment", "mention")
WRITTEN = (INBOUND, "outbound", "out_reply")
SENDING_ERROR = "sending_error"
_OTHERS = "tag untag message_bounce_error link_added link_removed custom_field_updated"
KNOWN = frozenset(
    [*MOVES, *GONE, *COMMENTS, *WRITTEN, ASSIGN, UNASSIGN, MOVE, FORWARD, MERGED, SENDING_ERROR, *_OTHERS.split()]
)  # fmt: skip
"""https://dev.frontapp.com/reference/events"""
_CHANNELS = {
    "email": "email",
    "phone": "call phone-call",
    "chat": "front_chat intercom",
    "messaging": "sms whatsapp yalo_wha facebook tweet_dm",
    "social": "tweet googleplay",
    "api": "custom",
    "unknown": "internal",
}
CHANNELS = {theirs: ours for ours, words in _CHANNELS.items() for theirs in words.split()}
AUTOMATA, BOTS = frozenset({"rule", "macro"}), frozenset({"API", "integration", "CSAT"})
"""Types of teammates that are no people: what rules and macros write, and what programs do."""
PROGRAMS, MAILBOXES = frozenset({"rule", "api", "oauth_client", "reminder"}), frozenset({"imap", "gmail"})
"""Sources of events: what acts by itself, and mail programs in which somebody of the team acts."""


def ticket_of(conversation: str) -> str:
    """A conversation's number: its id without the beginning that all of them have."""
    return conversation.removeprefix("cnv_")


def second(moment: float) -> int:
    """A moment in whole seconds; Front tells them to the millisecond."""
    return int(moment // 1)


def today(conversation: Conversation) -> str:
    """Front's status of now. A snoozed conversation is an archived one that is to be reminded of."""
    if conversation.status in (DELETED, TRASHED):
        return DELETED
    if conversation.status_category is not None:
        return CATEGORIES.get(conversation.status_category, conversation.status_category)
    word = TODAY.get(conversation.status, conversation.status)
    return SNOOZED if word == ARCHIVED and conversation.scheduled_reminders else word


def customer(told: Recipient | None) -> str | None:
    """The key of somebody who writes from outside: the contact, or else the address."""
    if told is None:
        return None
    number = last_part(told.links.related.contact if told.links and told.links.related else None)
    if re.fullmatch(r"\w+", number, re.ASCII):  # A link may name a contact by an address instead.
        return number
    handle = (told.handle or "").strip().lower()
    return "H-" + hashlib.blake2b(handle.encode(), digest_size=8).hexdigest() if handle else None


def last_part(link: str | None) -> str:
    """The id at the end of a link; empty without one."""
    try:
        return urlsplit(link or "").path.rstrip("/").rpartition("/")[2]
    except ValueError:
        return ""


def class_of(told: Teammate, bots: frozenset[str]) -> str | None:
    """What kind of actor a teammate is; nothing for a person."""
    if told.type in AUTOMATA:
        return "automation"
    is_named = {told.id.lower(), (told.email or "").lower()} & bots
    return "bot" if told.type in BOTS or is_named else None
