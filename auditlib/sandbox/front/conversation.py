"""Conversations, messages, comments and events, as Front shows them."""

from __future__ import annotations

from html import escape
from typing import Any

from auditlib.sandbox.front import people
from auditlib.sandbox.front.history import Case, Event, Letter, Side
from auditlib.sandbox.front.people import PRIVATE, is_inbound
from auditlib.sandbox.front.words import (
    ARCHIVED,
    FIELDS,
    MESSAGES,
    OPEN,
    SNOOZED,
    Payload,
    address,
    identity,
    links,
    seconds,
)
from auditlib.sandbox.instants import DAY
from auditlib.sandbox.view import View
from auditlib.sandbox.words import body, names, subject

REMINDED_AFTER = 400 * DAY
"""Those whom nobody wakes before sleep for longer than the world lasts."""


def record(view: View, case: Case) -> Payload:
    """The conversation, as lists and events show it."""
    company, plan = view.world.company, case.plan
    path = f"conversations/{identity('cnv', plan.id)}"
    sent = [letter for letter in case.messages if letter.draft is None]
    last = address(company, f"messages/{identity('msg', sent[-1].number)}") if sent else None
    return {
        "_links": links(company, path, "events", "followers", "messages", "comments", "inboxes", last_message=last),
        "id": identity("cnv", plan.id), "subject": subject(plan), "status": status(case),
        "assignee": people.teammate(view, case.holder) if case.holder else None,
        "recipient": people.recipient(view, plan, plan.customer.id, _role(case)) if sent else None,
        "tags": [people.tag(company, name) for name in case.tags], "links": [],
        "custom_fields": {FIELDS[ours][1]: value for ours, value in case.fields.items()},
        "created_at": seconds(plan.created_at * 1000), "waiting_since": _waiting_since(case),
        "is_private": case.inbox == PRIVATE, "metadata": {},
        "scheduled_reminders": [_reminder(view, case.snoozed)] if case.snoozed else [],
    }  # fmt: skip


def status(case: Case) -> str:
    """One of Front's four words: what is snoozed is archived until its reminder."""
    if case.is_trashed:
        return "deleted"
    if case.status in (ARCHIVED, SNOOZED):
        return "archived"
    return "assigned" if case.holder else "unassigned"


def _role(case: Case) -> str:
    return "from" if is_inbound(case.plan, case.messages[0].act.actor) else "to"


def _waiting_since(case: Case) -> float | None:
    oldest = None
    for letter in case.messages:
        inbound = letter.author is None and is_inbound(letter.plan, letter.act.actor)
        oldest = (oldest or letter.ms) if inbound else oldest if letter.draft else None
    return seconds(oldest) if oldest and case.status == OPEN else None


def _reminder(view: View, snoozed: tuple[int, int], is_due: int | None = None) -> Payload:
    by, at = snoozed
    owner = address(view.world.company, f"teammates/{identity('tea', by)}")
    return {"_links": {"related": {"owner": owner}}, "created_at": seconds(at * 1000),
            "scheduled_at": seconds(is_due or (at + REMINDED_AFTER) * 1000),
            "updated_at": seconds(is_due or at * 1000)}  # fmt: skip


def message(view: View, letter: Letter) -> Payload:
    """A message, or the draft of one."""
    company, plan, act = view.world.company, letter.plan, letter.act
    key, text = identity("msg", letter.number), _text(view, letter)
    inbound = letter.author is None and is_inbound(plan, act.actor) and not act.via.startswith("rule")
    ours, kind = people.our_side(company, letter.inbox, "to" if inbound else "from"), _kind(letter)
    theirs = people.recipient(view, plan, act.actor if inbound else plan.customer.id, "from" if inbound else "to")
    return {
        "_links": links(company, f"messages/{key}", conversation=_home(view, letter)),
        "id": key, "type": kind, "is_inbound": inbound, "draft_mode": letter.draft,
        "error_type": "smtp_error" if letter.draft and plan.id % 2 else None, "version": None,
        "created_at": seconds(letter.ms),
        "subject": subject(plan) if kind == "email" else None, "blurb": text[:80],
        "author": people.teammate(view, letter.author) if letter.author else None,
        "recipients": [*([theirs, ours] if inbound else [ours, theirs]), *_in_copy(view, letter)],
        "body": f"<p>{escape(text)}</p>".replace("\n", "<br>"), "text": text, "attachments": [], "signature": None,
        "metadata": {},
    }  # fmt: skip


def _in_copy(view: View, letter: Letter) -> list[Payload]:
    """The customer, where a colleague of theirs writes."""
    plan = letter.plan
    return [people.recipient(view, plan, plan.customer.id, "cc")] if letter.act.actor == plan.copied else []


def _kind(letter: Letter) -> str:
    """A caller goes on by e-mail; what only the team sees is no comment where nothing else was written."""
    channel = letter.plan.channel
    if letter.act.message and not letter.act.message.is_public:
        return "internal"
    is_first = letter.act is letter.plan.acts[0]
    return MESSAGES["email" if channel == "voice" and not is_first else channel]


def _home(view: View, letter: Letter) -> str:
    """The conversation in which a letter is now."""
    return address(view.world.company, f"conversations/{identity('cnv', letter.merged_into or letter.plan.id)}")


def _text(view: View, letter: Letter) -> str:
    told = letter.act.message
    return body(letter.plan, told, names(view.world.company).get(letter.act.actor, "")) if told else ""


def comment(view: View, letter: Letter) -> Payload:
    """A comment, which only teammates see."""
    company, key = view.world.company, identity("com", letter.number)
    return {
        "_links": links(company, f"comments/{key}", "mentions", conversations=_home(view, letter)), "id": key,
        "author": people.teammate(view, letter.author) if letter.author else None, "body": _text(view, letter),
        "posted_at": seconds(letter.ms), "attachments": [], "is_pinned": False,
    }  # fmt: skip


def event(view: View, told: Event, case: Case) -> Payload:
    """An event, with the conversation as it is now."""
    company, key = view.world.company, identity("evt", told.number)
    return {
        "_links": {"self": address(company, f"events/{key}")}, "id": key, "type": told.kind,
        "emitted_at": seconds(told.ms), "conversation": record(view, case),
        "source": _side(view, told, told.source), "target": _side(view, told, told.target),
    }  # fmt: skip


def _side(view: View, about: Event, told: Side | None) -> Payload | None:
    if told is None:
        return None
    kind, value = told
    return {"_meta": {"type": kind}, "data": _data(view, about, kind, value)}


def _data(view: View, about: Event, kind: str, value: Any) -> Any:
    company = view.world.company
    shown: dict[str, Any] = {
        "teammate": lambda: people.teammate(view, value),
        "rule": lambda: people.rule(company, value),
        "api": lambda: None,
        "recipient": lambda: people.recipient(view, value, value.customer.id, "to"),
        "reminder": lambda: _reminder(view, value, about.ms if about.kind == "reminder" else None),
        "inboxes": lambda: [people.inbox(company, value)],
        "message": lambda: message(view, value),
        "comment": lambda: comment(view, value),
        "tag": lambda: people.tag(company, value),
        "custom_field": lambda: people.custom_field(company, value),
        "deleted_conversation_ids": lambda: [identity("cnv", number) for number in value],
    }
    return shown[kind]()
