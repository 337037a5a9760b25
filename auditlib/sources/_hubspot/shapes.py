"""What HubSpot's records look like: the fields that are read, and those that are left alone on purpose.

Its published descriptions, https://github.com/HubSpot/HubSpot-public-api-spec-collection, say which are always there.
"""

from __future__ import annotations

import datetime
from typing import Any

import msgspec

from auditlib.sources._shared.records import Shapes


class Value(msgspec.Struct, kw_only=True):
    """What a property was from a moment on, and who set it."""

    value: str | None = None
    timestamp: datetime.datetime
    sourceType: str = ""
    updatedByUserId: int | None = None


class Record(msgspec.Struct, kw_only=True):
    """A ticket, a contact or a company: properties are texts, empty or null where they are unset."""

    id: str
    createdAt: datetime.datetime
    updatedAt: datetime.datetime
    properties: dict[str, str | None]
    propertiesWithHistory: dict[str, list[Value]] = {}
    archived: bool = False
    archivedAt: datetime.datetime | None = None


class Stage(msgspec.Struct, kw_only=True):
    """A status of a pipeline."""

    id: str
    label: str
    metadata: dict[str, Any] = {}


class Pipeline(msgspec.Struct, kw_only=True):
    id: str
    label: str
    stages: list[Stage] = []


class Team(msgspec.Struct, kw_only=True):
    id: str
    name: str
    primary: bool = False


class Owner(msgspec.Struct, kw_only=True):
    """Somebody who may own tickets. A record's owner is named by `id`, whoever acts by `userId`."""

    id: str
    type: str = "PERSON"
    email: str | None = None
    firstName: str | None = None
    lastName: str | None = None
    userId: int | None = None
    userIdIncludingInactive: int | None = None
    teams: list[Team] = []
    archived: bool = False

    @property
    def user(self) -> int | None:
        """The user, also of one who has left."""
        return self.userId or self.userIdIncludingInactive


class Reference(msgspec.Struct, kw_only=True):
    id: str


class Linked(msgspec.Struct, kw_only=True):
    toObjectId: int | str


class Association(msgspec.Struct, kw_only=True, rename={"origin": "from"}):
    """The contacts that a ticket has."""

    origin: Reference
    to: list[Linked] = []


class Thread(msgspec.Struct, kw_only=True):
    """A conversation that belongs to a ticket."""

    id: str
    associatedContactId: str | None = None


class Sender(msgspec.Struct, kw_only=True):
    actorId: str | None = None


class Sent(msgspec.Struct, kw_only=True):
    statusType: str = ""


class Message(msgspec.Struct, kw_only=True):
    """Something in a conversation: a message, a comment among colleagues, or what happened to the conversation."""

    id: str
    type: str
    createdAt: datetime.datetime
    createdBy: str | None = None
    senders: list[Sender] = []
    text: str | None = None
    direction: str | None = None
    status: Sent | None = None

    @property
    def visitors(self) -> list[str]:
        """The numbers of visitors who wrote it; HubSpot may know them as contacts by now."""
        actors = (self.createdBy, *(sender.actorId for sender in self.senders))
        return [actor.removeprefix("V-") for actor in actors if actor and actor.startswith("V-")]


class Option(msgspec.Struct, kw_only=True):
    """One of the words that a property can hold."""

    value: str
    hidden: bool = False


class Property(msgspec.Struct, kw_only=True):
    name: str
    label: str = ""
    hubspotDefined: bool = False
    options: list[Option] = []


# The written decision of what is not looked at. Anything else that is unknown becomes a notice.
SHAPES = Shapes(
    {
        Record: "url associations objectWriteTraceId",
        Pipeline: "displayOrder createdAt updatedAt archived archivedAt",
        Stage: "displayOrder createdAt updatedAt archived archivedAt writePermissions",
        Owner: "createdAt updatedAt",
        Association: "paging errors",
        Thread: """createdAt closedAt status originalChannelId originalChannelAccountId latestMessageTimestamp
            latestMessageSentTimestamp latestMessageReceivedTimestamp assignedTo spam inboxId archived
            threadAssociations""",
        Message: """updatedAt client recipients archived richText attachments subject truncationStatus inReplyToId
            channelId channelAccountId conversationsThreadId assignedTo assignedFrom newStatus fromInboxId toInboxId""",
        Property: """type fieldType description groupName createdAt updatedAt displayOrder calculated
            externalOptions archived archivedAt hasUniqueValue hidden modificationMetadata formField dataSensitivity
            createdUserId updatedUserId referencedObjectType calculationFormula showCurrencySymbol
            sensitiveDataCategories currencyPropertyName""",
    }
)
