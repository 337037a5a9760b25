"""A ticket as Gorgias shows it at a moment: its record, its messages and its survey."""

from __future__ import annotations

from html import escape
from typing import Any

from auditlib.sandbox.gorgias.people import everyone, is_user, named, stamp
from auditlib.sandbox.instants import DAY
from auditlib.sandbox.past import acts_until, state
from auditlib.sandbox.people import Somebody
from auditlib.sandbox.plan import Act, Plan
from auditlib.sandbox.view import View
from auditlib.sandbox.words import body, names, subject

Payload = dict[str, Any]

CHANNELS = {"email": "email", "web": "contact_form", "api": "api", "voice": "phone", "chat": "chat",
            "native_messaging": "whatsapp"}  # fmt: skip
PRIORITIES = {"urgent": "critical", "high": "high", "normal": "normal", "low": "low"}
OPEN, SNOOZED, CLOSED = "open", "snoozed", "closed"
STATUSES = {"new": OPEN, "open": OPEN, "pending": SNOOZED, "hold": SNOOZED, "solved": CLOSED, "closed": CLOSED,
            "Waiting on vendor": SNOOZED, "Escalated to engineering": OPEN}  # fmt: skip
"""The world's status → Gorgias's: it knows neither new nor on hold."""
STARS = {"good": 5, "bad": 1}
FIRST_MESSAGE, FIRST_SURVEY, A_TICKET = 500_000_000, 70_000_000, 10_000
TOPIC = 5077
RULE = 31


def moved_at(view: View, plan: Plan) -> int:
    """When something last happened to the ticket; its survey is a record of its own, which moves nothing else."""
    acts, at = acts_until(plan, view.now), view.moved(plan)
    if at != acts[-1].at:
        return at
    return next((act.at for act in reversed(acts) if not _is_rating(act)), at)


def _is_rating(act: Act) -> bool:
    return act.message is None and bool(act.changes) and all(c.field == "satisfaction_score" for c in act.changes)


def record(view: View, plan: Plan) -> Payload:
    """The ticket as a list shows it."""
    acts = acts_until(plan, view.now)
    now_is, people = state(plan, acts), view.once(everyone)
    status = STATUSES.get(now_is.custom_status or now_is.status, CLOSED)
    gone, is_spam, channel = plan.is_deleted(view.now), plan.facts.in_scope == "spam", CHANNELS[plan.channel]
    moved = moved_at(view, plan)
    holder, team = people.get(now_is.assignee_id or 0), now_is.group_id
    group = view.world.company.group(team) if team else None
    first = acts[0].message is not None and _by_user(plan, people.get(acts[0].actor))
    return {
        "id": plan.id, "uri": f"/api/tickets/{plan.id}/", "external_id": None, "language": plan.customer.language,
        "status": OPEN if status == OPEN else CLOSED, "priority": PRIORITIES[now_is.priority or "normal"],
        "channel": channel, "via": "helpdesk" if first else channel, "from_agent": first,
        "customer": named(people[plan.customer.id]) if plan.customer.id in people else None,
        "assignee_user": named(holder) if holder else None,
        "assignee_team": {"id": team, "name": group.name, "decoration": None} if group else None,
        "subject": subject(plan), "excerpt": "", "integrations": [], "meta": None,
        "tags": [{"id": i, "name": tag, "uri": f"/api/tags/{i}/", "decoration": None}
                 for i, tag in enumerate(sorted(now_is.tags), 1)],
        "custom_fields": {str(TOPIC): {"id": TOPIC, "value": now_is.topic}} if now_is.topic else {},
        "messages_count": sum(act.message is not None for act in acts), "is_unread": False, "spam": gone and is_spam,
        "created_datetime": stamp(plan.created_at), "opened_datetime": None,
        "last_received_message_datetime": None, "last_message_datetime": None, "updated_datetime": stamp(moved),
        "closed_datetime": None if status == OPEN else stamp(moved),
        "snooze_datetime": stamp(view.now + 7 * DAY) if status == SNOOZED else None,
        "trashed_datetime": stamp(plan.facts.deleted_at or 0) if gone and not is_spam else None,
    }  # fmt: skip


def whole(view: View, plan: Plan) -> Payload:
    """The ticket that is asked for alone: with its messages and its survey."""
    told = [message for act in enumerate(acts_until(plan, view.now)) if (message := _message(view, plan, *act))]
    return {**record(view, plan), "messages": told, "satisfaction_survey": survey(view, plan), "reply_options": {}}


def _by_user(plan: Plan, told: Somebody | None) -> bool:
    return told is not None and is_user(plan, told)


def _message(view: View, plan: Plan, number: int, act: Act) -> Payload | None:
    if act.message is None:
        return None
    people, by_rule = view.once(everyone), act.via.startswith("rule")
    by, channel = people.get(act.actor), CHANNELS[plan.channel]
    from_agent = by_rule or _by_user(plan, by)
    text = body(plan, act.message, names(view.world.company).get(act.actor, ""))
    html = f"<div>{escape(text)}</div>".replace("\n", "<br>")
    shown = channel if act.message.is_public else "internal-note"
    written = stamp(act.at)
    return {
        "id": FIRST_MESSAGE + plan.id * A_TICKET + number, "uri": f"/api/tickets/{plan.id}/messages/{number}/",
        "message_id": None, "ticket_id": plan.id, "external_id": None, "public": act.message.is_public,
        "channel": shown, "via": "rule" if by_rule else "helpdesk" if from_agent else channel,
        "source": {"type": shown, "from": {"name": None, "address": None}, "to": []},
        "sender": None if by_rule else named(by) if by else None, "receiver": None, "integration_id": None,
        "intents": [], "rule_id": RULE if by_rule else None, "from_agent": from_agent, "subject": subject(plan),
        "body_text": text, "body_html": html, "stripped_text": text, "stripped_html": html,
        "stripped_signature": None, "headers": None, "attachments": [], "actions": None, "macros": [], "meta": None,
        "created_datetime": written, "sent_datetime": written, "failed_datetime": None, "deleted_datetime": None,
        "opened_datetime": None, "last_sending_error": None, "is_retriable": False, "replied_by": None,
        "replied_to": None,
    }  # fmt: skip


def survey(view: View, plan: Plan) -> Payload | None:
    """From the moment at which it was sent; a changed answer takes the place of the one before."""
    told = [rating for rating in plan.facts.ratings if rating["at"] <= view.now]
    if not told:
        return None
    given = [rating for rating in told if rating["score"] in STARS]
    sent, last = stamp(told[0]["at"]), (given or told)[-1]
    return {
        "id": FIRST_SURVEY + plan.id, "uri": f"/api/satisfaction-surveys/{FIRST_SURVEY + plan.id}/",
        "body_text": None, "created_datetime": sent, "customer_id": plan.customer.id, "meta": None,
        "score": STARS[last["score"]] if given else None, "scored_datetime": stamp(last["at"]) if given else None,
        "sent_datetime": sent, "should_send_datetime": sent, "ticket_id": plan.id,
    }  # fmt: skip
