"""What Front's records look like: the fields that are read, and those that are left alone on purpose.

https://dev.frontapp.com/reference describes them.
"""

from __future__ import annotations

from typing import Any

import msgspec

from auditlib.sources._shared.records import Shapes


class Related(msgspec.Struct, kw_only=True):
    contact: str | None = None
    owner: str | None = None


class Links(msgspec.Struct, kw_only=True):
    related: Related | None = None


class Teammate(msgspec.Struct, kw_only=True):
    """Somebody who works here, or a program that Front shows as one."""

    id: str
    email: str | None = None
    username: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    is_blocked: bool | None = None
    type: str | None = None

    @property
    def name(self) -> str | None:
        """First and last name, or what colleagues call them."""
        return " ".join(filter(None, (self.first_name, self.last_name))) or self.username or None


class Inbox(msgspec.Struct, kw_only=True):
    id: str
    name: str | None = None
    is_private: bool | None = None


class Recipient(msgspec.Struct, kw_only=True):
    """Whoever a message is from or to: an address, and the contact that it belongs to."""

    handle: str | None = None
    name: str | None = None
    role: str | None = None
    links: Links | None = msgspec.field(name="_links", default=None)


class Tag(msgspec.Struct, kw_only=True):
    name: str | None = None


class Conversation(msgspec.Struct, kw_only=True):
    """A conversation as it is now."""

    id: str
    status: str
    created_at: float
    subject: str | None = None
    status_category: str | None = None
    assignee: Teammate | None = None
    recipient: Recipient | None = None
    tags: list[Tag] | None = None
    custom_fields: dict[str, Any] | None = None
    scheduled_reminders: list[Any] | None = None


class Meta(msgspec.Struct, kw_only=True):
    type: str | None = None


class End(msgspec.Struct, kw_only=True):
    """What caused an event, or what it happened to."""

    meta: Meta | None = msgspec.field(name="_meta", default=None)
    data: Any = None

    @property
    def type(self) -> str:
        """Front's word for what it is."""
        return (self.meta.type or "") if self.meta else ""


class Event(msgspec.Struct, kw_only=True):
    """Something that happened to a conversation, with the conversation as it is now."""

    id: str
    type: str
    emitted_at: float
    source: End | None = None
    target: End | None = None
    conversation: Any = None


class Comment(msgspec.Struct, kw_only=True):
    """What colleagues write to each other beside the messages; no customer sees it."""

    id: str
    author: Teammate | None = None
    body: str | None = None
    posted_at: float | None = None


class Message(msgspec.Struct, kw_only=True):
    """What came in or went out."""

    id: str
    is_inbound: bool
    created_at: float
    type: str | None = None
    draft_mode: str | None = None
    is_draft: bool | None = None
    error_type: str | None = None
    author: Teammate | None = None
    recipients: list[Recipient] | None = None
    body: str | None = None
    text: str | None = None

    @property
    def was_written(self) -> bool:
        """Whether it was ever sent or received: no draft was, and none that failed to be sent."""
        return self.is_inbound or (self.draft_mode is None and not self.is_draft and self.error_type is None)

    @property
    def addressees(self) -> list[Recipient]:
        """Whoever it is to."""
        return [told for told in self.recipients or () if told.role != "from"]

    @property
    def sender(self) -> Recipient | None:
        """Whoever it is from."""
        return next((told for told in self.recipients or () if told.role == "from"), None)


class Field(msgspec.Struct, kw_only=True):
    """A field of conversations that the company has made."""

    name: str
    description: str | None = None
    type: str | None = None
    values: list[Any] | None = None


class Shift(msgspec.Struct, kw_only=True):
    """Working hours of some teammates."""

    name: str | None = None
    timezone: str | None = None
    times: dict[str, Any] | None = None


# The written decision of what is not looked at. Anything else that is unknown becomes a notice.
SHAPES = Shapes(
    {
        Teammate: "_links is_admin is_available custom_fields license_type",
        Inbox: "_links type address send_as is_public custom_fields",
        Event: "_links",
        Conversation: """_links is_private status_id ticket_ids links last_message waiting_since metadata updated_at""",
        Comment: "_links attachments is_pinned",
        Message: "_links message_uid version subject blurb attachments signature metadata delivered_at",
        Field: "_links id is_required",
        Shift: "_links id color teammate_ids created_at updated_at",
    }
)
