"""What Help Scout's records look like: the fields that are read, and those that are left alone on purpose.

https://developer.helpscout.com/mailbox-api/ describes them.
"""

from __future__ import annotations

import datetime
from typing import Any

import msgspec

from auditlib.sources._shared.records import Shapes


class Somebody(msgspec.Struct, kw_only=True):
    """A user, a team or a customer, as conversations and threads name them."""

    id: int | None = None
    type: str | None = None
    first: str | None = None
    last: str | None = None
    email: str | None = None


class Source(msgspec.Struct, kw_only=True):
    type: str | None = None
    via: str | None = None


class Tag(msgspec.Struct, kw_only=True):
    tag: str | None = None


class Field(msgspec.Struct, kw_only=True):
    """A field of the company's own; of a choice, `text` is what people read."""

    id: int
    name: str | None = None
    value: Any = None
    text: str | None = None


class Conversation(msgspec.Struct, kw_only=True):
    id: int
    status: str
    createdAt: datetime.datetime
    type: str | None = None
    state: str | None = None
    subject: str | None = None
    mailboxId: int | None = None
    assignee: Somebody | None = None
    createdBy: Somebody | None = None
    updatedAt: datetime.datetime | None = None
    userUpdatedAt: datetime.datetime | None = None
    source: Source | None = None
    tags: list[Tag] | None = None
    primaryCustomer: Somebody | None = None
    customFields: list[Field] | None = None

    @property
    def moved_at(self) -> datetime.datetime:
        """When it last changed, as far as it says."""
        return self.updatedAt or self.userUpdatedAt or self.createdAt


class Action(msgspec.Struct, kw_only=True):
    """What happened to the conversation beside what was written."""

    type: str | None = None
    associatedEntities: dict[str, Any] | None = None

    @property
    def numbers(self) -> list[str]:
        """The numbers of what it is about."""
        return [str(value) for value in (self.associatedEntities or {}).values() if isinstance(value, int)]


class Thread(msgspec.Struct, kw_only=True):
    """A message, a note, or a line that tells what changed; each with the status and the holder from then on."""

    id: int
    type: str
    createdAt: datetime.datetime
    status: str | None = None
    state: str | None = None
    action: Action | None = None
    body: str | None = None
    source: Source | None = None
    createdBy: Somebody | None = None
    assignedTo: Somebody | None = None


class User(msgspec.Struct, kw_only=True):
    id: int
    firstName: str | None = None
    lastName: str | None = None
    email: str | None = None


class Rating(msgspec.Struct, kw_only=True):
    """How a customer rated a reply, in the report of ratings: `id` is the conversation's, `ratingId` the rating."""

    id: int
    threadid: int
    ratingId: int
    ratingCreatedAt: datetime.datetime
    ratingCustomerId: int | None = None
    ratingComments: str | None = None


class Named(msgspec.Struct, kw_only=True):
    """A mailbox or a team."""

    id: int
    name: str


# The written decision of what is not looked at. Anything else that is unknown becomes a notice.
SHAPES = Shapes(
    {
        Conversation: """number threads folderId preview closedBy closedByUser closedAt customerWaitingSince cc bcc
            snooze nextEvent _links _embedded""",
        Thread: "customer savedReplyId to cc bcc openedAt linkedConversationId rating scheduled _embedded _links",
        User: """role timezone photoUrl createdAt updatedAt type mention initials jobTitle phone alternateEmails
            companyId _links""",
        Rating: "number type threadCreatedAt ratingCustomerName ratingUserId ratingUserName",
        Named: "slug email createdAt updatedAt timezone photoUrl mention initials _links",
    }
)
