"""Records as Zendesk's and Freshdesk's descriptions allow them, drawn by chance: fields absent, null, or there.

Zendesk: the components of its OpenAPI description, which requires hardly any field in an answer. Freshdesk: the
attributes and examples of https://developers.freshdesk.com/api/, taken as optional throughout.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any

Value = Callable[[random.Random], Any]
Shape = Mapping[str, Value]
ABSENT, NULL = 0.1, 0.25
MOMENTS = ("2026-02-03T09:00:00Z", "2026-02-04T10:20:30.123Z", "2026-02-05T11:00:00+05:30", "2026-02-01T00:00:00Z")


def record(shape: Shape, chance: random.Random) -> dict[str, Any]:
    """One record; each of its fields may be absent."""
    return {name: value(chance) for name, value in shape.items() if chance.random() > ABSENT}


def one_of(*values: Any) -> Value:
    return lambda chance: chance.choice(values)


def null(value: Value) -> Value:
    return lambda chance: None if chance.random() < NULL else value(chance)


def some(value: Value) -> Value:
    return lambda chance: [value(chance) for _ in range(chance.randrange(4))]


def of(shape: Shape) -> Value:
    return lambda chance: record(shape, chance)


number, flag, text, moment = (
    one_of(1, 7, 360001, 1 << 52),
    one_of(True, False),
    one_of("", "a b", "ü"),
    one_of(*MOMENTS),
)
anything: Value = one_of(None, "", "7", 7, True, 1.5, ["a", "b"], [])
person = one_of(1, 2, 3)

END: Shape = {"id": null(number), "name": null(text), "title": null(text), "address": null(text), "ticket_id": number}
VIA: Shape = {
    "channel": one_of("web", "email", "rule", "chat", "never heard of", 4, 8),
    "source": of({"from": of(END), "to": of({"name": text, "address": text}), "rel": null(text)}),
}
STATUS = one_of("new", "open", "pending", "hold", "solved", "closed")
ZENDESK_TICKET: Shape = {
    "status": STATUS, "created_at": moment, "updated_at": moment, "generated_timestamp": number, "subject": null(text),
    "raw_subject": text, "description": text, "requester_id": null(person), "submitter_id": null(person),
    "assignee_id": null(person), "organization_id": null(number), "group_id": null(person), "url": text,
    "custom_status_id": null(person), "ticket_form_id": null(number), "brand_id": null(number),
    "problem_id": null(number), "priority": null(one_of("urgent", "high", "normal", "low")),
    "type": null(one_of("problem", "incident", "question", "task")), "via": of(VIA), "external_id": null(text),
    "tags": one_of([], ["a"], "a", ""), "satisfaction_probability": one_of(0.5), "is_public": flag,
    "custom_fields": some(lambda chance: {"id": number(chance), "value": anything(chance)}), "due_at": null(moment),
    "satisfaction_rating": null(of({"score": text, "id": number})), "has_incidents": flag, "encoded_id": text,
    "from_messaging_channel": flag, "collaborator_ids": some(number), "follower_ids": some(number),
}  # fmt: skip
NAMED = ("priority", "tags", "subject", "custom_status_id", "assignee_id", "group_id", "360001", "satisfaction_score")
CHANGE: Shape = {
    "id": number, "type": one_of("Change", "Create"), "field_name": one_of(*NAMED), "via": of(VIA),
    "value": one_of(None, "1", "2", "high", ["a"]), "previous_value": one_of(None, "1", "low", []),
}  # fmt: skip
MOVE: Shape = {**CHANGE, "field_name": one_of("status"), "value": STATUS, "previous_value": null(STATUS)}
COMMENT: Shape = {
    "id": number, "type": one_of("Comment", "VoiceComment"), "body": text, "html_body": text, "plain_body": text,
    "public": flag, "author_id": null(person), "via": of(VIA), "attachments": some(one_of({})), "audit_id": number,
}  # fmt: skip
OTHER: Shape = {"id": number, "type": one_of("Notification", "Cc", "NeverHeardOf", "SurveyOffered"), "body": text}
AUDIT: Shape = {
    "id": number, "ticket_id": number, "created_at": moment, "author_id": person, "via": of(VIA),
    "metadata": one_of({}),
    "events": some(lambda chance: record(chance.choice((CHANGE, MOVE, COMMENT, OTHER)), chance)),
}  # fmt: skip
USER: Shape = {
    "id": person, "name": text, "email": null(one_of("a@b.example", "")), "role": one_of("end-user", "agent", "admin"),
    "verified": flag, "active": flag, "suspended": flag, "organization_id": null(number), "locale": text,
    "phone": null(one_of("+4930123456", "?")), "shared_phone_number": null(flag), "external_id": null(text),
    "user_fields": one_of({}, {"a": None}), "tags": some(text), "photo": null(one_of({})), "role_type": null(number),
}  # fmt: skip
HOURS: Shape = {
    "id": number, "name": text, "time_zone": one_of("UTC", "Eastern Time (US & Canada)", "nowhere"),
    "intervals": some(of({"start_time": number, "end_time": number})), "created_at": moment, "updated_at": moment,
}  # fmt: skip
CONDITION: Shape = {"field": text, "operator": text, "value": anything}
POLICY: Shape = {
    "id": number, "title": text, "position": number, "created_at": moment, "description": null(text),
    "filter": of({"all": some(of(CONDITION)), "any": some(of(CONDITION))}),
    "policy_metrics": some(of({"priority": text, "metric": one_of("first_reply_time", "new"), "target": number,
                               "business_hours": flag})),
}  # fmt: skip
CUSTOM: Shape = {
    "id": person, "status_category": one_of("new", "open", "pending", "hold", "solved"), "agent_label": text,
    "active": flag, "default": flag, "end_user_label": text,
}  # fmt: skip
LOG: Shape = {"id": number, "source_id": number, "created_at": moment, "change_description": text, "actor_id": person}
PLACE: Shape = {"id": person, "name": text, "created_at": moment, "updated_at": moment}
HOLIDAY: Shape = {"id": number, "name": text, "start_date": one_of("2026-05-01"), "end_date": one_of("2026-05-01")}

FRESHDESK_TICKET: Shape = {
    "status": one_of(2, 3, 4, 5, 6, 7), "created_at": moment, "updated_at": moment, "source": one_of(1, 2, 3, 7, 9, 10),
    "priority": one_of(1, 2, 3, 4), "subject": null(text), "requester_id": person, "responder_id": null(person),
    "group_id": null(person), "company_id": null(number), "type": null(text), "tags": some(text), "spam": flag,
    "custom_fields": one_of({}, {"cf_topic": None}, {"cf_topic": "A"}), "description_text": null(text),
    "deleted": flag, "due_by": moment, "fr_due_by": moment, "cc_emails": some(text), "product_id": null(number),
    "stats": of({"status_updated_at": moment, "reopened_at": null(moment), "resolved_at": null(moment),
                 "closed_at": null(moment), "agent_responded_at": null(moment)}),
}  # fmt: skip
CONVERSATION: Shape = {
    "id": number, "created_at": moment, "updated_at": moment, "private": flag, "incoming": flag, "user_id": person,
    "source": one_of(0, 2, 6, 8), "body_text": text, "body": text, "support_email": null(text), "ticket_id": number,
}  # fmt: skip
RATING: Shape = {
    "id": number, "survey_id": number, "user_id": person, "agent_id": null(person), "group_id": null(number),
    "ticket_id": one_of(101, 102), "feedback": null(text), "created_at": moment, "updated_at": moment,
    "ratings": one_of({"default_question": 103}, {"default_question": -103, "question_7": 100}, {}, {"question_7": 1}),
}  # fmt: skip
CONTACT: Shape = {
    "id": person, "name": text, "email": null(one_of("A@b.example")), "phone": null(text), "mobile": null(text),
    "updated_at": moment, "created_at": moment, "active": flag, "company_id": null(number), "language": null(text),
    "other_emails": some(text), "custom_fields": one_of({}), "tags": some(text), "unique_external_id": null(text),
}  # fmt: skip
AGENT: Shape = {"id": person, "contact": of(CONTACT), "role_ids": some(number), "occasional": flag, "type": text}
COMPANY: Shape = {
    "id": number, "name": text, "domains": some(text), "health_score": null(text), "account_tier": null(text),
    "industry": null(text), "custom_fields": one_of({}, {"a": 5, "b": None}), "note": null(text),
}  # fmt: skip
GROUP: Shape = {"id": person, "name": text, "business_hour_id": null(number), "agent_ids": some(person)}
DAY = of({"start_time": one_of("8:00 am", "00:00:00 am"), "end_time": one_of("5:00 pm", "11:59:59 pm")})
OPENING: Shape = {
    "id": number, "name": text, "time_zone": one_of("Eastern Time (US & Canada)", "America/New_York"),
    "business_hours": of({"monday": DAY, "sunday": DAY}), "is_default": flag, "description": null(text),
}  # fmt: skip
TARGET: Shape = {"respond_within": number, "resolve_within": number, "business_hours": flag, "escalation_enabled": flag}
LEVEL: Shape = {
    "id": number, "name": text, "is_default": flag, "active": flag, "position": number, "description": null(text),
    "sla_target": of({"priority_1": null(of(TARGET)), "priority_4": of(TARGET)}),
    "applicable_to": of({"company_ids": some(number), "group_ids": null(some(number)), "sources": number}),
}  # fmt: skip
FIELD: Shape = {
    "id": number, "name": one_of("status", "cf_topic"), "label": text, "type": one_of("default_status", "custom_text"),
    "choices": one_of([], ["A"], {"2": ["Open", "Being processed"]}, {"A": {"b": ["c"]}}),
}  # fmt: skip
