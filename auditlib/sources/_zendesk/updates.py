"""What the audits of a ticket look like: each is an update, with the events that it was made of.

https://developer.zendesk.com/documentation/ticketing/reference-guides/ticket-audit-events-reference/ names the
known events, and says that others may come at any time: they are noticed, and the update is read without them.
"""

from __future__ import annotations

import functools
import operator
from typing import TYPE_CHECKING, Any

import msgspec

from auditlib.sources._zendesk import shapes
from auditlib.sources._zendesk.shapes import Moment, Via
from auditlib.sources._zendesk.strictly import strictly

Id = int | str | None


class Create(msgspec.Struct, gc=False, tag_field="type"):
    id: int
    field_name: str | None = None
    value: Any = None
    previous_value: Any = None
    via: Via | None = None


class Change(Create):
    pass


class Comment(msgspec.Struct, gc=False, kw_only=True, tag_field="type"):
    """Something written. Zendesk leaves `public` out where it is what it is by default: public."""

    id: int
    public: bool = True
    author_id: int | None = None
    body: str | None = None
    plain_body: str | None = None
    via: Via | None = None


class VoiceComment(Comment):
    pass


class TpeVoiceComment(Comment):
    """A call through a partner's telephone system."""


class FacebookComment(Comment):
    pass


class CommentPrivacyChange(msgspec.Struct, gc=False, kw_only=True, tag_field="type"):
    """A comment was made private, or public, after it was written."""

    id: int
    public: bool | None = None
    comment_id: Id = None
    via: Via | None = None


class SatisfactionRating(msgspec.Struct, gc=False, kw_only=True, tag_field="type"):
    id: int
    score: Any = None
    via: Via | None = None


class ScheduleAssignment(msgspec.Struct, gc=False, kw_only=True, tag_field="type"):
    id: int
    previous_schedule_id: Id = None
    new_schedule_id: Id = None
    via: Via | None = None


class Line(msgspec.Struct, gc=False, kw_only=True):
    """One line of a chat; its moment is told in milliseconds since 1970."""

    type: str
    timestamp: int | float | str | None = None
    actor_id: Id = None
    actor_type: str | None = None
    message: Any = None


class Chat(msgspec.Struct, gc=False):
    history: list[Line] | None = None


class ChatStartedEvent(msgspec.Struct, gc=False, kw_only=True, tag_field="type"):
    """A chat or a messaging conversation began: here stands everything that was said in it, later too."""

    id: int
    value: Chat | None = None
    via: Via | None = None


class SurveyOffered(msgspec.Struct, gc=False, kw_only=True, tag="SurveyOffered", tag_field="type"):
    """A survey was sent. Zendesk documents no more than that there is such an event: its fields are its own."""

    id: int
    via: Via | None = None


class SurveyResponseSubmitted(msgspec.Struct, gc=False, kw_only=True, tag="SurveyResponseSubmitted", tag_field="type"):
    """A survey was answered; what was said stands in the survey's responses."""

    id: int
    via: Via | None = None


_WRITTEN = "html_body attachments audit_id metadata created_at trusted"
IGNORED: dict[Any, str] = {
    Create: "",
    Change: "",
    Comment: f"{_WRITTEN} transcription_visible",
    VoiceComment: f"{_WRITTEN} transcription_visible data formatted_from formatted_to",
    TpeVoiceComment: f"{_WRITTEN} transcription_visible data formatted_from formatted_to",
    FacebookComment: f"{_WRITTEN} data graph_object_id",
    CommentPrivacyChange: "",
    SatisfactionRating: "assignee_id body",
    ScheduleAssignment: "",
    ChatStartedEvent: "field_name previous_value",
}
# Events of an audit that tell nothing about waiting, answering or being served.
_IGNORED_EVENTS = """
    Notification NotificationWithCcs SmsNotification OrganizationActivity Cc FollowerNotificationEvent
    FollowerChange EmailCcChange CommentRedactionEvent AttachmentRedactionEvent
    SuspendedTicketRecovery AgentMacroReference MacroReference TicketSharingEvent
    OrganizationSubscriptionNotificationEvent SlaTargetChange Error TranslatableError Tweet FacebookEvent
    External ExternalEvent LogMeInTranscript Push ChatEndedEvent
    AssociateAttValsEvent OfferedTo RoutingChannel
    CollabThreadCreated CollabThreadClosed CollabThreadReply CollabThreadReopened ThreadCreated
    TicketUnshareEvent TicketSharing WebhookEvent KnowledgeLinked KnowledgeLinkAccepted
    KnowledgeLinkRejected MessagingCsatEvent
"""
IGNORED_EVENTS = frozenset(_IGNORED_EVENTS.split())
EVENTS: dict[str, Any] = {shape.__name__: shape for shape in IGNORED}
SURVEYS: dict[str, Any] = {shape.__name__: shape for shape in (SurveyOffered, SurveyResponseSubmitted)}
_STRICT: dict[Any, Any] = {shape: strictly(shape, names, tag=shape.__name__) for shape, names in IGNORED.items()}
_SILENT = [msgspec.defstruct(name, [], tag=name, tag_field="type", gc=False) for name in sorted(IGNORED_EVENTS)]
if TYPE_CHECKING:
    AnyEvent = Any
else:
    AnyEvent = functools.reduce(operator.or_, [*_STRICT.values(), *SURVEYS.values(), *_SILENT])


class Audit(msgspec.Struct, gc=False, kw_only=True):
    """One update of a ticket."""

    id: int
    created_at: Moment
    events: list[AnyEvent]
    author_id: int | None = None
    via: Via | None = None


STRICT: dict[Any, Any] = {**shapes.STRICT, **_STRICT, Audit: strictly(Audit, "ticket_id metadata")}
"""Every shape of Zendesk's, the updates' too, with its ignored fields, refusing every other."""
