"""What Zendesk's records look like: the fields that are read, and those that are left alone on purpose.

The records refuse fields that they do not know, so that a field that Zendesk adds is noticed;
https://developer.zendesk.com/api-reference/ticketing/introduction/ names the known ones.
"""

from __future__ import annotations

import datetime
import functools
import operator
from typing import TYPE_CHECKING, Any

import msgspec

Moment = datetime.datetime


class Origin(msgspec.Struct, gc=False):
    """One end of a via: what rules, merges and follow-ups say. Chat channels put words into `id`."""

    id: Any = None
    ticket_id: int | None = None


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
    tags: list[str] = []
    custom_fields: list[CustomField] = []
    metric_set: dict[str, Any] | None = None
    metric_events: dict[str, Any] | None = None


class Create(msgspec.Struct, gc=False, tag_field="type"):
    id: int
    field_name: str | None = None
    value: Any = None
    previous_value: Any = None
    via: Via | None = None


class Change(Create):
    pass


class Comment(msgspec.Struct, gc=False, kw_only=True, tag_field="type"):
    id: int
    public: bool
    author_id: int | None = None
    body: str | None = None
    plain_body: str | None = None
    via: Via | None = None


class VoiceComment(Comment):
    pass


class ScheduleAssignment(msgspec.Struct, gc=False, kw_only=True, tag_field="type"):
    id: int
    previous_schedule_id: int | None = None
    new_schedule_id: int | None = None
    via: Via | None = None


class User(msgspec.Struct, gc=False, kw_only=True):
    id: int
    role: str
    name: str | None = None
    email: str | None = None
    verified: bool = False
    locale: str | None = None
    organization_id: int | None = None
    active: bool = True
    suspended: bool = False


class Organization(msgspec.Struct, gc=False, kw_only=True):
    id: int
    name: str
    organization_fields: dict[str, Any] = {}


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
    field: str
    operator: str | None = None
    value: Any = None


class Conditions(msgspec.Struct, gc=False):
    all: list[Condition] = []
    any: list[Condition] = []


class Target(msgspec.Struct, gc=False):
    priority: str
    metric: str
    target: int
    target_in_seconds: int | None = None
    business_hours: bool = False


class Policy(msgspec.Struct, gc=False, kw_only=True):
    id: int
    title: str
    position: int = 0
    filter: Conditions | None = None
    policy_metrics: list[Target] = []


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
    Change: "",
    Create: "",
    Comment: "html_body attachments audit_id metadata created_at trusted transcription_visible",
    VoiceComment: """html_body attachments audit_id metadata created_at trusted transcription_visible data
        formatted_from formatted_to""",
    ScheduleAssignment: "",
    User: """url created_at updated_at time_zone iana_time_zone phone shared_phone_number photo locale_id
        external_id tags alias shared shared_agent last_login_at two_factor_auth_enabled signature details
        notes role_type custom_role_id moderator ticket_restriction only_private_comments restricted_agent
        chat_only default_group_id report_csv user_fields permanently_deleted remote_photo_url
        last_active abilities""",
    Organization: """url created_at updated_at domain_names details notes group_id shared_tickets
        shared_comments external_id tags deleted_at""",
    Group: "url deleted created_at updated_at description default is_public",
    CustomStatus: """url raw_agent_label end_user_label raw_end_user_label description raw_description
        end_user_description raw_end_user_description active default created_at updated_at""",
    Schedule: "url",
    Holiday: "id",
    Policy: "url description created_at updated_at metric_settings",
    RoleLog: "id url actor_id actor_name source_type source_label action action_label ip_address",
}

# Events of an audit that tell nothing about waiting, answering or being served.
_IGNORED_EVENTS = """
    Notification NotificationWithCcs SmsNotification OrganizationActivity Cc FollowerNotificationEvent
    FollowerChange EmailCcChange CommentRedactionEvent AttachmentRedactionEvent CommentPrivacyChange
    SuspendedTicketRecovery AgentMacroReference MacroReference SatisfactionRating TicketSharingEvent
    OrganizationSubscriptionNotificationEvent SlaTargetChange Error TranslatableError Tweet FacebookEvent
    FacebookComment External ExternalEvent LogMeInTranscript Push ChatStartedEvent ChatEndedEvent
    AssociateAttValsEvent OfferedTo RoutingChannel
    CollabThreadCreated CollabThreadClosed CollabThreadReply CollabThreadReopened ThreadCreated
    TicketUnshareEvent TicketSharing WebhookEvent KnowledgeLinked KnowledgeLinkAccepted
    KnowledgeLinkRejected MessagingCsatEvent
"""
IGNORED_EVENTS = frozenset(_IGNORED_EVENTS.split())


def _strict(shape: Any) -> Any:
    """The shape with its ignored fields, refusing every other."""
    fields = [(name, msgspec.Raw, msgspec.Raw()) for name in IGNORED[shape].split()]
    options: dict[str, Any] = {"tag": shape.__name__, "tag_field": "type"} if shape in EVENTS else {}
    return msgspec.defstruct(
        shape.__name__, fields, bases=(shape,), forbid_unknown_fields=True, kw_only=True, gc=False, **options
    )


class SurveyOffered(msgspec.Struct, gc=False, kw_only=True, tag="SurveyOffered", tag_field="type"):
    """A survey was sent. Zendesk documents no more than that there is such an event: its fields are its own."""

    id: int
    via: Via | None = None


class SurveyResponseSubmitted(msgspec.Struct, gc=False, kw_only=True, tag="SurveyResponseSubmitted", tag_field="type"):
    """A survey was answered; what was said stands in the survey's responses."""

    id: int
    via: Via | None = None


EVENTS = (Create, Change, Comment, VoiceComment, ScheduleAssignment)
SURVEYS = (SurveyOffered, SurveyResponseSubmitted)
STRICT: dict[Any, Any] = {shape: _strict(shape) for shape in IGNORED}
_SILENT = [msgspec.defstruct(name, [], tag=name, tag_field="type", gc=False) for name in sorted(IGNORED_EVENTS)]
if TYPE_CHECKING:
    AnyEvent = Any
else:
    AnyEvent = functools.reduce(operator.or_, [*(STRICT[shape] for shape in EVENTS), *SURVEYS, *_SILENT])


class Audit(msgspec.Struct, gc=False, kw_only=True):
    """One update of a ticket."""

    id: int
    created_at: Moment
    events: list[AnyEvent]
    author_id: int | None = None
    via: Via | None = None


IGNORED[Audit] = "ticket_id metadata"
STRICT[Audit] = _strict(Audit)
