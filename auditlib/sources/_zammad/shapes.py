"""What Zammad's records look like: the fields that are read, and those that are left alone on purpose.

https://docs.zammad.org/en/latest/api/intro.html names the known ones. Attributes that a company adds to
tickets and organizations stand beside them, and are looked up by name.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Annotated, Any

import msgspec

from auditlib.sources._shared.records import Shapes

Moment = datetime.datetime
InZone = Annotated[datetime.datetime, msgspec.Meta(tz=True)]
"""One that names its time zone, also where nobody reads it: a history with an odd line is no history."""


class Ticket(msgspec.Struct, kw_only=True):
    id: int
    state_id: int
    group_id: int
    created_at: Moment
    updated_at: Moment
    state: str | None = None
    priority: str | None = None
    title: str | None = None
    customer_id: int | None = None
    owner_id: int | None = None
    organization_id: int | None = None
    created_by_id: int | None = None
    create_article_type: str | None = None


class Article(msgspec.Struct, kw_only=True):
    id: int
    created_at: Moment
    internal: bool
    sender: str | None = None
    type: str | None = None
    body: str | None = None
    content_type: str | None = None
    created_by_id: int | None = None
    origin_by_id: int | None = None


class Entry(msgspec.Struct, kw_only=True):
    """One line of a ticket's history."""

    id: int
    type: str
    object: str
    created_at: InZone
    o_id: int | None = None
    attribute: str | None = None
    value_from: str | None = None
    value_to: str | None = None
    id_from: int | None = None
    id_to: int | None = None
    created_by_id: int | None = None
    sourceable_type: str | None = None


class State(msgspec.Struct, kw_only=True):
    id: int
    name: str
    state_type: str | None = None


class Group(msgspec.Struct, kw_only=True):
    id: int
    name: str


class User(msgspec.Struct, kw_only=True):
    id: int
    updated_at: Moment
    firstname: str | None = None
    lastname: str | None = None
    email: str | None = None
    organization_id: int | None = None
    active: bool | None = None
    verified: bool | None = None
    roles: list[str] | None = None
    group_ids: dict[str, Any] | None = None
    preferences: dict[str, Any] | None = None
    phone: str | None = None
    mobile: str | None = None


class Organization(msgspec.Struct, kw_only=True):
    id: int
    name: str
    updated_at: Moment


class Day(msgspec.Struct, kw_only=True):
    active: bool | None = None
    timeframes: list[list[str]] | None = None


class Calendar(msgspec.Struct, kw_only=True):
    id: int
    name: str
    timezone: str
    business_hours: dict[str, Day]
    created_at: Moment
    updated_at: Moment
    default: bool | None = None
    public_holidays: dict[str, Any] | None = None


class Level(msgspec.Struct, kw_only=True):
    """A service level: read for the calendar that it keeps."""

    id: int
    name: str
    created_at: Moment
    calendar_id: int | None = None
    condition: dict[str, Any] | None = None


class Attribute(msgspec.Struct, kw_only=True):
    name: str
    object: str
    display: str | None = None
    editable: bool | None = None
    data_option: Any = None

    @property
    def words(self) -> list[str]:
        """What tickets hold of it, if it is a list or a tree."""
        return list(_keys(self.data_option.get("options"))) if isinstance(self.data_option, dict) else []


def _keys(options: Any) -> Iterator[str]:
    """A list has key and display, or name and value; a tree has children, whose values name the whole way."""
    if isinstance(options, dict):
        yield from (str(key) for key in options if key)
    for option in options if isinstance(options, list) else ():
        if isinstance(option, dict):
            yield from [str(option["value"])] if option.get("value") else []
            yield from _keys(option.get("children"))


_MADE = "created_by created_by_id updated_by updated_by_id created_at updated_at note active"
# The written decision of what is not looked at. Anything else that is unknown becomes a notice.
SHAPES = Shapes(
    {
        Ticket: f"""{_MADE} number group organization owner customer priority_id type time_unit preferences
            pending_time article_ids article_count ticket_time_accounting_ids ticket_time_accounting
            create_article_type_id create_article_sender_id create_article_sender last_contact_at
            last_contact_agent_at last_contact_customer_at last_owner_update_at last_close_at close_at
            first_response_at first_response_escalation_at first_response_in_min first_response_diff_in_min
            close_escalation_at close_in_min close_diff_in_min update_escalation_at update_in_min update_diff_in_min
            escalation_at checklist_id checklist referencing_checklist_ids referencing_checklists mention_ids
            ai_agent_running""",
        Article: f"""{_MADE} ticket_id type_id sender_id from to cc reply_to subject message_id message_id_md5
            in_reply_to references origin_by time_unit preferences attachments detected_language
            ticket_time_accounting_ids ticket_time_accounting""",
        Entry: "related_o_id related_object sourceable_id sourceable_name updated_at",
        State: f"""{_MADE} state_type_id next_state_id next_state ignore_escalation default_create default_follow_up
            ticket_ids""",
        Group: f"""{_MADE} name_last parent_id signature_id signature email_address_id email_address
            assignment_timeout follow_up_possible reopen_time_in_days follow_up_assignment shared_drafts user_ids
            users summary_generation""",
        User: f"""{_MADE} login image image_source web fax department street zip city country address
            vip last_login source login_failed out_of_office out_of_office_start_at out_of_office_end_at
            out_of_office_replacement_id out_of_office_replacement role_ids two_factor_preference_ids
            two_factor_preferences organization organization_ids organizations authorization_ids authorizations
            overview_sorting_ids overview_sortings groups""",
        Organization: f"""{_MADE} shared domain domain_assignment vip member_ids members secondary_member_ids
            secondary_members""",
        Calendar: f"{_MADE} ical_url last_log last_sync sla_ids slas",
        Level: f"""{_MADE} calendar data first_response_time response_time update_time solution_time""",
        Attribute: f"""{_MADE} id object_lookup_id data_type data_option_new to_migrate to_delete
            to_create to_config screens position""",
    }
)
