"""What Zendesk's records look like: the fields that are read, and those that are left alone on purpose.

The records refuse fields that they do not know, so that a field that Zendesk adds is noticed;
https://developer.zendesk.com/api-reference/ticketing/introduction/ names the known ones.
"""

from __future__ import annotations

import datetime
from typing import Any

import msgspec

from auditlib.sources._zendesk.strictly import strictly

Moment = datetime.datetime


class Origin(msgspec.Struct, gc=False):
    """One end of a via: what rules, merges and follow-ups say. Chat channels put words into `id`."""

    id: Any = None
    ticket_id: int | str | None = None


class ViaSource(msgspec.Struct, gc=False):
    """How a thing came about, in detail."""

    rel: str | None = None
    origin: Origin | None = msgspec.field(default=None, name="from")
    to: Origin | None = None


class Via(msgspec.Struct, gc=False):
    """How a thing came about; the channel may be a number (the via id) in old records."""

    channel: str | int | None = None
    source: ViaSource | None = None


class CustomField(msgspec.Struct, gc=False):
    id: int
    value: Any = None


class Ticket(msgspec.Struct, gc=False, kw_only=True):
    id: int
    status: str
    created_at: Moment
    generated_timestamp: int | None = None
    requester_id: int | None = None
    submitter_id: int | None = None
    organization_id: int | None = None
    group_id: int | None = None
    assignee_id: int | None = None
    custom_status_id: int | None = None
    ticket_form_id: int | None = None
    brand_id: int | None = None
    problem_id: int | None = None
    via: Via | None = None
    subject: str | None = None
    priority: str | None = None
    type: str | None = None
    url: str | None = None
    tags: list[str] | str | None = None
    custom_fields: list[CustomField] | None = None
    metric_set: dict[str, Any] | None = None
    metric_events: dict[str, Any] | None = None


class User(msgspec.Struct, gc=False, kw_only=True):
    id: int
    role: str | None = None
    name: str | None = None
    email: str | None = None
    verified: bool | None = None
    locale: str | None = None
    organization_id: int | None = None
    active: bool | None = None
    suspended: bool | None = None
    phone: str | None = None
    shared_phone_number: bool | None = None
    external_id: str | int | None = None


class Organization(msgspec.Struct, gc=False, kw_only=True):
    id: int
    name: str
    organization_fields: dict[str, Any] | None = None


class Group(msgspec.Struct, gc=False, kw_only=True):
    id: int
    name: str


class CustomStatus(msgspec.Struct, gc=False, kw_only=True):
    id: int
    status_category: str
    agent_label: str


class Interval(msgspec.Struct, gc=False):
    start_time: int
    end_time: int


class Schedule(msgspec.Struct, gc=False, kw_only=True):
    id: int
    name: str
    time_zone: str
    intervals: list[Interval]
    updated_at: Moment | None = None
    created_at: Moment | None = None


class Holiday(msgspec.Struct, gc=False, kw_only=True):
    name: str
    start_date: str
    end_date: str


class Condition(msgspec.Struct, gc=False):
    field: str | None = None
    operator: str | None = None
    value: Any = None


class Conditions(msgspec.Struct, gc=False):
    all: list[Condition] | None = None
    any: list[Condition] | None = None


class Target(msgspec.Struct, gc=False):
    priority: str | None = None
    metric: str | None = None
    target: int | None = None
    target_in_seconds: int | None = None
    business_hours: bool | None = None


class Policy(msgspec.Struct, gc=False, kw_only=True):
    id: int
    title: str
    created_at: Moment | None = None
    position: int | None = None
    filter: Conditions | None = None
    policy_metrics: list[Target] | None = None


class RoleLog(msgspec.Struct, gc=False, kw_only=True):
    source_id: int
    created_at: Moment
    change_description: str | None = None


# The written decision of what is not looked at. Anything else that is unknown becomes a notice.
IGNORED: dict[Any, str] = {
    Ticket: """external_id updated_at raw_subject description recipient collaborator_ids follower_ids
        email_cc_ids forum_topic_id has_incidents is_public due_at satisfaction_rating
        sharing_agreement_ids fields followup_ids allow_channelback allow_attachments
        from_messaging_channel satisfaction_probability encoded_id support_type result_type dates
        comment_count incident_counts slas attribute_value_ids is_messaging""",
    User: """url created_at updated_at time_zone iana_time_zone photo locale_id
        tags alias shared shared_agent last_login_at two_factor_auth_enabled signature details
        notes role_type custom_role_id moderator ticket_restriction only_private_comments restricted_agent
        chat_only default_group_id report_csv user_fields permanently_deleted remote_photo_url
        last_active abilities suspension_details""",
    Organization: """url created_at updated_at domain_names details notes group_id shared_tickets
        shared_comments external_id tags deleted_at""",
    Group: "url deleted created_at updated_at description default is_public",
    CustomStatus: """url raw_agent_label end_user_label raw_end_user_label description raw_description
        end_user_description raw_end_user_description active default created_at updated_at""",
    Schedule: "url",
    Holiday: "id",
    Policy: "url description updated_at metric_settings",
    RoleLog: "id url actor_id actor_name source_type source_label action action_label ip_address",
}
STRICT: dict[Any, Any] = {shape: strictly(shape, names) for shape, names in IGNORED.items()}
