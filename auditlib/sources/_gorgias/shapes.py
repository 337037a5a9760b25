"""What Gorgias's records look like: the fields that are read, and those that are left alone on purpose.

https://developers.gorgias.com/reference/the-ticket-object and the pages beside it describe them.
"""

from __future__ import annotations

import datetime
from typing import Any

import msgspec

from auditlib.sources._shared.records import Shapes


class Somebody(msgspec.Struct, kw_only=True):
    """A user or a customer, as tickets and messages name them."""

    id: int | None = None
    name: str | None = None
    email: str | None = None


class Tag(msgspec.Struct, kw_only=True):
    name: str | None = None


class Team(msgspec.Struct, kw_only=True):
    id: int
    name: str | None = None


class Value(msgspec.Struct, kw_only=True):
    """What a field of the company's own holds."""

    id: int | None = None
    value: Any = None


class Ticket(msgspec.Struct, kw_only=True):
    """A ticket as the list shows it."""

    id: int
    status: str
    created_datetime: datetime.datetime
    updated_datetime: datetime.datetime | None = None
    channel: str | None = None
    from_agent: bool | None = None
    spam: bool | None = None
    priority: str | None = None
    language: str | None = None
    subject: str | None = None
    customer: Somebody | None = None
    assignee_user: Somebody | None = None
    assignee_team: Team | None = None
    tags: list[Tag] | None = None
    custom_fields: dict[str, Value] | None = None
    trashed_datetime: datetime.datetime | None = None
    snooze_datetime: datetime.datetime | None = None

    @property
    def moved_at(self) -> datetime.datetime:
        """When it last changed, as far as it says."""
        return self.updated_datetime or self.created_datetime

    @property
    def is_gone(self) -> bool:
        """Whether it lies in the trash, or among what is no request at all."""
        return self.trashed_datetime is not None or bool(self.spam)


class Survey(msgspec.Struct, kw_only=True):
    """The one survey that a ticket can have."""

    score: int | None = None
    body_text: str | None = None
    customer_id: int | None = None
    sent_datetime: datetime.datetime | None = None
    scored_datetime: datetime.datetime | None = None


class Whole(msgspec.Struct, kw_only=True):
    """What a ticket that is asked for alone shows besides."""

    id: int
    messages: list[Any]
    satisfaction_survey: Survey | None = None


class Message(msgspec.Struct, kw_only=True):
    """Something that was written, to the customer or among the team."""

    id: int
    created_datetime: datetime.datetime
    from_agent: bool
    public: bool | None = None
    channel: str | None = None
    via: str | None = None
    rule_id: int | None = None
    sender: Somebody | None = None
    body_text: str | None = None
    body_html: str | None = None
    sent_datetime: datetime.datetime | None = None
    failed_datetime: datetime.datetime | None = None
    deleted_datetime: datetime.datetime | None = None

    @property
    def is_public(self) -> bool:
        """Whether the customer sees it: internal notes are seen by the team alone."""
        return self.public is not False and self.channel != "internal-note"


class Event(msgspec.Struct, kw_only=True):
    """A line of what happened to a ticket; `context` is the same for all that one act set off."""

    id: int
    type: str
    created_datetime: datetime.datetime
    user_id: int | None = None
    context: str | None = None
    data: Any = None


class Role(msgspec.Struct, kw_only=True):
    name: str | None = None


class User(msgspec.Struct, kw_only=True):
    id: int
    name: str | None = None
    email: str | None = None
    role: Role | None = None
    active: bool | None = None
    deactivated_datetime: datetime.datetime | None = None


class Field(msgspec.Struct, kw_only=True):
    id: int
    label: str | None = None
    definition: dict[str, Any] | None = None


_OF_TICKET = """uri external_id events via excerpt integrations meta messages_count is_unread opened_datetime
    closed_datetime last_message_datetime last_received_message_datetime last_sent_message_not_delivered
    assignee_user_id assignee_team_id requester summary reply_options"""
# The written decision of what is not looked at. Anything else that is unknown becomes a notice.
SHAPES = Shapes(
    {
        Ticket: f"{_OF_TICKET} messages satisfaction_survey",
        Whole: f"{_OF_TICKET} {' '.join(Ticket.__struct_fields__)}",
        Message: """uri ticket_id message_id external_id integration_id intents source receiver subject stripped_text
            stripped_html stripped_signature headers attachments actions macros meta opened_datetime
            last_sending_error is_retriable replied_by replied_to reply_to mention_ids""",
        Event: "uri account_id object_id object_type",
        User: """uri firstname lastname bio country created_datetime updated_datetime external_id language meta timezone
            client_id has_2fa_enabled has_password""",
        Team: "uri description decoration members created_datetime",
        Field: """uri object_type description priority required managed_type external_id requirement_type
            created_datetime updated_datetime deactivated_datetime""",
    }
)
