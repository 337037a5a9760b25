"""What Freshdesk's records look like: the fields that are read, and those that are left alone on purpose.

https://developers.freshdesk.com/api/ names the known ones.
"""

from __future__ import annotations

import datetime
from typing import Any

import msgspec

from auditlib.sources._shared.records import Shapes

Moment = datetime.datetime


class Stats(msgspec.Struct, kw_only=True):
    """The last moment of each kind of change of status. All three are named, be they empty, or no look is taken."""

    status_updated_at: Moment
    reopened_at: Moment | None
    resolved_at: Moment | None


class Ticket(msgspec.Struct, kw_only=True):
    id: int
    status: int
    created_at: Moment
    updated_at: Moment
    source: int | None = None
    priority: int | None = None
    subject: str | None = None
    requester_id: int | None = None
    responder_id: int | None = None
    group_id: int | None = None
    company_id: int | None = None
    type: str | None = None
    tags: list[str] | None = None
    custom_fields: dict[str, Any] | None = None
    deleted: bool | None = None
    spam: bool | None = None
    description_text: str | None = None
    stats: dict[str, Any] | None = None
    """As `Stats`, where it is whole."""


class Conversation(msgspec.Struct, kw_only=True):
    id: int
    created_at: Moment
    private: bool
    incoming: bool | None = None
    user_id: int | None = None
    source: int | None = None
    body_text: str | None = None


class Rating(msgspec.Struct, kw_only=True):
    id: int
    ticket_id: int
    created_at: Moment
    updated_at: Moment
    ratings: dict[str, int | None]
    user_id: int | None = None
    feedback: str | None = None


class Contact(msgspec.Struct, kw_only=True):
    id: int
    updated_at: Moment
    name: str | None = None
    email: str | None = None
    other_emails: list[str] | None = None
    language: str | None = None
    company_id: int | None = None
    active: bool | None = None
    phone: str | None = None
    mobile: str | None = None
    unique_external_id: str | None = None


class Profile(msgspec.Struct, kw_only=True):
    """The person behind an agent."""

    name: str | None = None
    email: str | None = None
    language: str | None = None


class Agent(msgspec.Struct, kw_only=True):
    id: int
    contact: Profile
    role_ids: list[int] | None = None


class Company(msgspec.Struct, kw_only=True):
    id: int
    name: str
    custom_fields: dict[str, Any] | None = None
    account_tier: str | None = None
    industry: str | None = None
    health_score: str | None = None


class Group(msgspec.Struct, kw_only=True):
    id: int
    name: str
    business_hour_id: int | None = None


class Day(msgspec.Struct):
    start_time: str
    end_time: str


class Hours(msgspec.Struct, kw_only=True):
    id: int
    name: str
    time_zone: str
    business_hours: dict[str, Day]
    is_default: bool | None = None


class Target(msgspec.Struct, kw_only=True):
    """What a service level promises at one priority, in seconds."""

    respond_within: int | None = None
    next_respond_within: int | None = None
    resolve_within: int | None = None
    business_hours: bool | None = None


class Policy(msgspec.Struct, kw_only=True):
    id: int
    name: str
    position: int | None = None
    active: bool | None = None
    is_default: bool | None = None
    sla_target: dict[str, Target | None] | None = None
    applicable_to: dict[str, Any] | None = None


class Field(msgspec.Struct, kw_only=True):
    name: str
    label: str | None = None
    type: str | None = None
    choices: Any = None


# The written decision of what is not looked at. Anything else that is unknown becomes a notice.
SHAPES = Shapes(
    {
        Ticket: """cc_emails fwd_emails reply_cc_emails ticket_cc_emails ticket_bcc_emails to_emails product_id
            email_config_id fr_escalated is_escalated nr_escalated association_type associated_tickets_count
            associated_tickets_list due_by fr_due_by nr_due_by description structured_description attachments
            facebook_id twitter_id source_additional_info support_email form_id parent_id conversations company
            requester internal_agent_id internal_group_id sentiment_score initial_sentiment_score""",
        Conversation: """ticket_id body category support_email to_emails from_email cc_emails bcc_emails
            email_failure_count outgoing_failures attachments updated_at last_edited_at last_edited_user_id
            thread_id thread_message_id source_additional_info cloud_files has_quoted_text automation_id
            automation_type_id auto_response""",
        Rating: "survey_id agent_id group_id",
        Contact: """address description job_title time_zone twitter_id facebook_id custom_fields tags
            created_at view_all_tickets other_companies avatar deleted blocked csat_rating
            preferred_source visitor_id org_contact_id other_phone_numbers first_name last_name
            external_id twitter_profile_status twitter_followers_count was_agent agent_deleted_forever
            marked_for_hard_delete""",
        Agent: """available occasional ticket_scope type signature group_ids skill_ids available_since focus_mode
            created_at updated_at deactivated agent_level_id org_agent_id contribution_group_ids org_contact_id
            scope availability agent_operational_status last_active_at has_voice""",
        Company: "description note domains created_at updated_at renewal_date org_company_id",
        Group: """description escalate_to unassigned_for group_type auto_ticket_assign agent_ids created_at
            updated_at allow_agents_to_change_availability agent_availability_status""",
        Hours: "description created_at updated_at",
        Policy: "description escalation created_at updated_at",
        Field: """id description position required_for_closure required_for_agents required_for_customers default
            customers_can_edit label_for_customers displayed_to_customers created_at updated_at portal_cc
            portal_cc_to dependent_fields is_fsm field_update_in_progress archived sections nested_ticket_fields
            has_section""",
    }
)
