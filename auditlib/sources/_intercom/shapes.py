"""What Intercom's records look like: the fields that are read, and those that are left alone on purpose.

https://github.com/intercom/Intercom-OpenAPI describes them, version by version. It calls no field required: absent
or null is read alike, but for the few without which a record tells nothing.
"""

from __future__ import annotations

from typing import Any

import msgspec

from auditlib.sources._shared.records import Shapes

Id = str | int
"""Ids are words, and in some places numbers."""


class Author(msgspec.Struct, kw_only=True):
    """Who wrote a part: a contact (`user`, `lead`), an `admin`, a `bot` or a `team`."""

    type: str | None = None
    id: Id | None = None
    name: str | None = None
    email: str | None = None
    from_ai_agent: bool | None = None
    is_ai_answer: bool | None = None


class Reference(msgspec.Struct, kw_only=True):
    """Somebody or some team, by their id."""

    type: str | None = None
    id: Id | None = None


class Source(msgspec.Struct, kw_only=True):
    """The message with which a conversation began."""

    type: str | None = None
    delivered_as: str | None = None
    subject: str | None = None
    body: str | None = None
    author: Author | None = None
    redacted: bool | None = None


class Linked(msgspec.Struct, kw_only=True):
    """A ticket that a conversation is linked with; a tracker is one that many share."""

    id: Id | None = None
    category: str | None = None


class LinkedObjects(msgspec.Struct, kw_only=True):
    data: list[Linked] | None = None


class Contacts(msgspec.Struct, kw_only=True):
    contacts: list[Reference] | None = None


class Tag(msgspec.Struct, kw_only=True):
    name: str | None = None


class Tags(msgspec.Struct, kw_only=True):
    tags: list[Tag] | None = None


class Rating(msgspec.Struct, kw_only=True):
    """A survey: asked for at `created_at`; without a rating, nobody has answered it."""

    rating: int | None = None
    remark: str | None = None
    created_at: int | None = None
    updated_at: int | None = None
    contact: Reference | None = None


class Conversation(msgspec.Struct, kw_only=True):
    """A conversation as a search lists it; asked for by its number, it comes with its parts."""

    id: Id
    created_at: int
    updated_at: int
    state: str
    title: str | None = None
    priority: str | None = None
    admin_assignee_id: Id | None = None
    team_assignee_id: Id | None = None
    source: Source | None = None
    contacts: Contacts | None = None
    tags: Tags | None = None
    custom_attributes: dict[str, Any] | None = None
    conversation_rating: Rating | None = None
    conversation_parts: Any = None
    statistics: Any = None
    sla_applied: Any = None
    linked_objects: LinkedObjects | None = None


class Named(msgspec.Struct, kw_only=True):
    """The name of an attribute or a value."""

    name: str | None = None
    previous: str | None = None


class Details(msgspec.Struct, kw_only=True):
    """What a part of the conversation that is no message changed."""

    attribute: Named | None = None
    value: Named | None = None


class Part(msgspec.Struct, kw_only=True):
    id: Id
    part_type: str
    created_at: int
    body: str | None = None
    author: Author | None = None
    assigned_to: Reference | None = None
    state: str | None = None
    redacted: bool | None = None
    event_details: Any = None
    ticket_state: str | None = None
    before: str | None = None
    """A ticket's state before that part; no conversation tells it."""


class TicketPart(msgspec.Struct, kw_only=True):
    id: Id
    part_type: str
    created_at: int
    body: str | None = None
    author: Author | None = None
    assigned_to: Reference | None = None
    ticket_state: str | None = None
    previous_ticket_state: str | None = None
    redacted: bool | None = None
    updated_attribute_data: Any = None


class TicketState(msgspec.Struct, kw_only=True):
    """One of a workspace's own states, by the category that it belongs to."""

    category: str | None = None


class Ticket(msgspec.Struct, kw_only=True):
    """A customer's ticket: what a form asked for is among its attributes."""

    id: Id
    created_at: int
    updated_at: int
    ticket_state: TicketState | None = None
    ticket_attributes: dict[str, Any] | None = None
    contacts: Contacts | None = None
    admin_assignee_id: Id | None = None
    team_assignee_id: Id | None = None
    ticket_parts: Any = None


class Admin(msgspec.Struct, kw_only=True):
    id: Id
    name: str | None = None
    email: str | None = None


class Team(msgspec.Struct, kw_only=True):
    id: Id
    name: str | None = None


class Companies(msgspec.Struct, kw_only=True):
    data: list[Reference] | None = None


class Contact(msgspec.Struct, kw_only=True):
    id: Id
    updated_at: int | None = None
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    role: str | None = None
    language_override: str | None = None
    browser_language: str | None = None
    companies: Companies | None = None
    external_id: str | None = None


class Plan(msgspec.Struct, kw_only=True):
    name: str | None = None


class Company(msgspec.Struct, kw_only=True):
    id: Id
    name: str | None = None
    industry: str | None = None
    plan: Plan | None = None
    custom_attributes: dict[str, Any] | None = None


class Attribute(msgspec.Struct, kw_only=True):
    name: str
    label: str | None = None
    custom: bool | None = None
    archived: bool | None = None
    options: list[Any] | None = None

    @property
    def words(self) -> list[str]:
        """What it can hold, if it is a list: plain words, or each as somebody's value."""
        told = [option.get("value") if isinstance(option, dict) else option for option in self.options or ()]
        return [word for word in told if isinstance(word, str) and word]


# The written decision of what is not looked at. Anything else that is unknown becomes a notice.
SHAPES = Shapes(
    {
        Conversation: """type waiting_since snoozed_until open read teammates first_contact_reply
            ai_agent_participated ai_agent topics ticket company company_id""",
        Part: """type updated_at notified_at attachments external_id email_message_metadata metadata tags
            app_package_code""",
        Ticket: "type ticket_id category ticket_type open snoozed_until linked_objects is_shared",
        TicketPart: "type updated_at attachments external_id app_package_code",
        Admin: """type job_title away_mode_enabled away_mode_reassign away_status_reason_id has_inbox_seat team_ids
            avatar team_priority_level role""",
        Team: "type admin_ids admin_priority_level assignment_limit distribution_method",
        Contact: """type workspace_id email_domain owner_id has_hard_bounced marked_email_as_spam
            unsubscribed_from_emails created_at signed_up_at last_seen_at last_replied_at last_contacted_at
            last_email_opened_at last_email_clicked_at browser browser_version os android_app_name
            android_app_version android_device android_os_version android_sdk_version android_last_seen_at
            ios_app_name ios_app_version ios_device ios_os_version ios_sdk_version ios_last_seen_at
            custom_attributes avatar tags notes location social_profiles enabled_push_messaging formatted_phone
            opted_in_subscription_types opted_out_subscription_types referrer sms_consent unsubscribed_from_sms
            utm_campaign utm_content utm_medium utm_source utm_term""",
        Company: """type app_id company_id remote_created_at created_at updated_at last_request_at size website
            monthly_spend session_count user_count tags segments notes""",
        Attribute: """type id model full_name description data_type api_writable messenger_writable
            ui_writable created_at updated_at admin_id""",
    },
    may_be_null=True,
)
