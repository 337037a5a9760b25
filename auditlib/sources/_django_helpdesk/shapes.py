"""The columns of django-helpdesk's tables that are read, as typed records.

SQLite knows neither truth values nor time zones: 0 and 1 stand for the ones, and moments come as text that
`words.second` reads.
"""

from __future__ import annotations

import msgspec

from auditlib.sources._shared.records import Shapes


class Ticket(msgspec.Struct, kw_only=True):
    id: int
    title: str
    queue_id: int
    created: str
    modified: str
    status: int
    on_hold: bool | int
    submitter_email: str | None = None
    assigned_to_id: int | None = None
    description: str | None = None
    priority: int | None = None
    merged_to_id: int | None = None


class Merged(msgspec.Struct, kw_only=True):
    """A ticket that was merged, and into which."""

    id: int
    merged_to_id: int


class Followup(msgspec.Struct, kw_only=True):
    """What somebody wrote, or changed, or both."""

    id: int
    ticket_id: int
    date: str
    public: bool | int
    title: str | None = None
    comment: str | None = None
    user_id: int | None = None
    new_status: int | None = None
    message_id: str | None = None


class Change(msgspec.Struct, kw_only=True):
    """One field that a follow-up changed, in the words of who changed it."""

    id: int
    followup_id: int
    field: str
    old_value: str | None = None
    new_value: str | None = None


class Queue(msgspec.Struct, kw_only=True):
    id: int
    title: str


class User(msgspec.Struct, kw_only=True):
    id: int
    username: str
    is_staff: bool | int
    is_active: bool | int
    email: str = ""
    first_name: str = ""
    last_name: str = ""


class Field(msgspec.Struct, kw_only=True):
    """A field that the company added to its tickets."""

    id: int
    name: str
    label: str
    list_values: str | None = None
    """What can be chosen, a line each; only of lists."""


class Value(msgspec.Struct, kw_only=True):
    """A ticket's value of such a field, as it is now."""

    id: int
    ticket_id: int
    field_id: int
    value: str | None = None


TABLES = {
    "helpdesk_ticket": Ticket.__struct_fields__,
    "helpdesk_followup": Followup.__struct_fields__,
    "helpdesk_ticketchange": Change.__struct_fields__,
    "helpdesk_queue": Queue.__struct_fields__,
    "helpdesk_customfield": Field.__struct_fields__,
    "helpdesk_ticketcustomfieldvalue": Value.__struct_fields__,
    "auth_user": User.__struct_fields__,
}
"""Table → the columns that are read; the account needs SELECT on these and on nothing else."""

SHAPES = Shapes({shape: "" for shape in (Ticket, Merged, Followup, Change, Queue, User, Field, Value)})
