"""Tickets with what their properties were, contacts, companies and conversations, as HubSpot shows them."""

from __future__ import annotations

from typing import Any

from auditlib.sandbox import people
from auditlib.sandbox.hubspot.settings import FIRST_OWNER, SOURCES, STAGES, is_agent, made, when
from auditlib.sandbox.hubspot.surveys import service_levels
from auditlib.sandbox.past import acts_until, state
from auditlib.sandbox.people import Somebody
from auditlib.sandbox.plan import Act, Change, Plan
from auditlib.sandbox.staff import ASSISTANT, INTEGRATION
from auditlib.sandbox.view import View
from auditlib.sandbox.words import body, names, subject

Payload = dict[str, Any]

TRACED = {"assignee_id": "hubspot_owner_id", "group_id": "hubspot_team_id", "topic": "topic",
          "priority": "hs_ticket_priority"}  # fmt: skip
FIRST_THREAD = 9_000_000


def everyone(view: View) -> dict[int, Somebody]:
    """Everybody by number."""
    return {told.id: told for told in people.everybody(view.world, view.now)}


def ticket(view: View, plan: Plan, wanted: list[str], traced: list[str]) -> Payload:
    """A ticket with the properties that were asked for, and what some of them were."""
    now_is = state(plan, acts_until(plan, view.now))
    first = plan.acts[0]
    opener = view.once(everyone).get(plan.opened_by)
    written = body(plan, first.message, names(view.world.company).get(first.actor, "")) if first.message else None
    values = {
        "subject": subject(plan), "content": written if first.message and first.message.is_public else None,
        "createdate": when(plan.created_at), "hs_lastmodifieddate": when(view.moved(plan)),
        "hs_object_id": str(plan.id), "hs_pipeline": "0", "source_type": SOURCES[plan.channel],
        "hs_pipeline_stage": STAGES[now_is.custom_status or _shown(now_is.status)][0],
        "hubspot_owner_id": _owner(now_is.assignee_id), "hubspot_team_id": _text(now_is.group_id),
        "hs_ticket_priority": (now_is.priority or "normal").upper(), "topic": now_is.topic,
        "order_number": plan.order,
        "hs_created_by_user_id": str(opener.id) if opener and acts_as_agent(plan, opener) else None,
        **service_levels(view, plan),
    }  # fmt: skip
    record = {"id": str(plan.id), **made(plan.created_at, view.moved(plan))}
    record["properties"] = {name: values.get(name) for name in [*wanted, "hs_object_id"]}
    if traced:
        history = _traced(view, plan)
        record["propertiesWithHistory"] = {name: history.get(name, []) for name in traced}
    if plan.is_deleted(view.now) and plan.facts.deleted_at is not None:
        record |= {"archived": True, "archivedAt": when(plan.facts.deleted_at)}
    return record


def _shown(status: str) -> str:
    return "closed" if status == "deleted" else status


def _owner(number: Any) -> str | None:
    return str(FIRST_OWNER + number) if number else None


def _text(value: Any) -> str | None:
    return str(value) if value else None


def _traced(view: View, plan: Plan) -> dict[str, list[Payload]]:
    """Each property's values, the newest first."""
    found: dict[str, list[Payload]] = {}
    started = "new" if plan.acts[0].actor == plan.customer.id else "open"
    _set(view, plan, found, "hs_pipeline_stage", STAGES[started][0], plan.acts[0])
    for act in acts_until(plan, view.now):
        custom = next((c.new for c in act.changes if c.field == "custom_status"), None)
        for change in act.changes:
            name, value = _meant(change, custom)
            if name:
                _set(view, plan, found, name, value, act)
    return found


def _meant(change: Change, custom: str | None) -> tuple[str | None, str | None]:
    if change.field in ("status", "custom_status"):
        to = custom or change.new
        return ("hs_pipeline_stage", STAGES[to][0]) if to in STAGES else (None, None)
    name = TRACED.get(change.field)
    if name == "hubspot_owner_id":
        return name, _owner(change.new)
    return name, str(change.new).upper() if name == "hs_ticket_priority" else _text(change.new)


def acts_as_agent(plan: Plan, told: Somebody) -> bool:
    """Whoever has a seat: a colleague who asks for something writes a mail, and is a contact like others."""
    return is_agent(told) and told.id != plan.customer.id


def _set(view: View, plan: Plan, found: dict[str, list[Payload]], name: str, value: str | None, act: Act) -> None:
    values = found.setdefault(name, [])
    if values and values[0]["value"] == (value or ""):
        return
    who = view.once(everyone).get(act.actor)
    by_rule = act.via.startswith("rule") or who is None
    told: Payload = {"value": value or "", "timestamp": when(act.at), "sourceType": "AUTOMATION_PLATFORM"}
    if not by_rule and who is not None and acts_as_agent(plan, who):
        told |= {"sourceType": "CRM_UI", "sourceId": f"userId:{who.id}", "updatedByUserId": who.id}
    values.insert(0, told)


def threads(view: View, plan: Plan) -> list[Payload]:
    """The conversation of a ticket, if something was written in it."""
    written = messages(view, plan)
    if not written:
        return []
    return [{
        "id": str(FIRST_THREAD + plan.id), "createdAt": written[0]["createdAt"], "status": "OPEN",
        "originalChannelId": "1002", "originalChannelAccountId": "1", "inboxId": "1", "archived": False, "spam": False,
        "associatedContactId": str(plan.customer.id), "latestMessageTimestamp": written[-1]["createdAt"],
    }]  # fmt: skip


def messages(view: View, plan: Plan) -> list[Payload]:
    """What was written, oldest first; what an agent opened a ticket with stands in the ticket alone."""
    found = []
    for i, act in enumerate(acts_until(plan, view.now)):
        opened = view.once(everyone).get(act.actor)
        is_description = i == 0 and act.message and act.message.is_public and opened and acts_as_agent(plan, opened)
        if act.message and not is_description:
            found.append(_message(view, plan, act, i))
    return found


def _message(view: View, plan: Plan, act: Act, place: int) -> Payload:
    assert act.message is not None
    who = view.once(everyone).get(act.actor)
    sender = "S-hubspot" if act.via.startswith("rule") or who is None else actor(plan, who)
    text = body(plan, act.message, names(view.world.company).get(act.actor, ""))
    told: Payload = {
        "id": f"{plan.id}-{place:04}", "conversationsThreadId": str(FIRST_THREAD + plan.id),
        "createdAt": when(act.at), "createdBy": sender, "client": {"clientType": "HUBSPOT"},
        "senders": [{"actorId": sender}], "recipients": [], "archived": False, "text": text, "richText": text,
        "attachments": [], "type": "MESSAGE" if act.message.is_public else "COMMENT",
    }  # fmt: skip
    if act.message.is_public:
        told |= {
            "direction": "INCOMING" if sender.startswith("V-") else "OUTGOING", "truncationStatus": "NOT_TRUNCATED",
            "channelId": "1002", "channelAccountId": "1", "status": {"statusType": "SENT"},
        }  # fmt: skip
    return told


def actor(plan: Plan, told: Somebody) -> str:
    """Somebody as conversations name them: users, bots, integrations, and visitors who are contacts."""
    if told.id == ASSISTANT:
        return f"B-{told.id}"
    if told.id == INTEGRATION:
        return f"I-{told.id}"
    return f"A-{told.id}" if acts_as_agent(plan, told) else f"V-{told.id}"


def contacts(view: View) -> dict[int, Payload]:
    """Whoever has written: customers, and those in copy."""
    found = {}
    for told in view.once(everyone).values():
        if not is_agent(told) or told.customer is not None:
            first, _, last = told.name.partition(" ")
            values = {
                "email": told.email, "firstname": first, "lastname": last,
                "associatedcompanyid": _text(told.organization),
                "hs_language": told.customer.language if told.customer else None,
            }  # fmt: skip
            found[told.id] = {"id": str(told.id), **made(told.created, told.updated), "properties": values}
    return found


def companies(view: View) -> dict[int, Payload]:
    """The business customers, with their plan as a property of the company's own."""
    since = view.world.company.since
    return {
        org.id: {"id": str(org.id), **made(since, since), "properties": {"name": org.name, "plan": org.tier}}
        for org in people.organizations(view.world)
    }
