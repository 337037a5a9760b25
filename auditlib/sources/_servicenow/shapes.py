"""What ServiceNow's records look like: the fields that are asked for, all of them texts, empty where they are unset."""

from __future__ import annotations

import msgspec

from auditlib.sources._shared.records import Shapes


class Task(msgspec.Struct, kw_only=True):
    """An incident or a case. Whose it is stands in one of three fields, by the table; so does the organization."""

    sys_id: str
    number: str
    sys_created_on: str
    sys_updated_on: str
    state: str
    sys_created_by: str = ""
    hold_reason: str = ""
    short_description: str = ""
    description: str = ""
    priority: str = ""
    contact_type: str = ""
    assignment_group: str = ""
    assigned_to: str = ""
    opened_by: str = ""
    caller_id: str = ""
    contact: str = ""
    consumer: str = ""
    company: str = ""
    account: str = ""
    problem_id: str = ""

    @property
    def requester(self) -> str:
        """Whose question it is."""
        return self.caller_id or self.contact or self.consumer

    @property
    def organization(self) -> str:
        """The company that the requester asks for."""
        return self.account or self.company


class Change(msgspec.Struct, kw_only=True):
    """A line of the audit: one field of one record, changed in one of its updates."""

    sys_id: str
    documentkey: str
    fieldname: str
    sys_created_on: str
    user: str = ""
    oldvalue: str = ""
    newvalue: str = ""
    record_checkpoint: str = ""
    """The number of the record's update; all that was changed at once has the same."""


class Entry(msgspec.Struct, kw_only=True):
    """Something that was written into a record: `comments` are shown to whoever asked, `work_notes` are not."""

    sys_id: str
    element_id: str
    element: str
    sys_created_on: str
    sys_created_by: str = ""
    value: str = ""


class User(msgspec.Struct, kw_only=True):
    sys_id: str
    user_name: str = ""
    name: str = ""
    email: str = ""
    active: str = "true"
    company: str = ""
    preferred_language: str = ""


class Role(msgspec.Struct, kw_only=True, rename={"name": "role.name"}):
    """That somebody has a role, inherited ones included."""

    sys_id: str
    user: str
    name: str


class Group(msgspec.Struct, kw_only=True):
    sys_id: str
    name: str


class Choice(msgspec.Struct, kw_only=True):
    """What a number of a field is called."""

    sys_id: str
    element: str
    value: str
    label: str


class Company(msgspec.Struct, kw_only=True):
    sys_id: str
    name: str = ""


class Deletion(msgspec.Struct, kw_only=True):
    """That a record was deleted; the payload is what it was, as XML."""

    sys_id: str
    documentkey: str
    display_value: str = ""
    payload: str = ""


class Column(msgspec.Struct, kw_only=True):
    sys_id: str
    element: str
    column_label: str = ""


def asked(shape: type[msgspec.Struct]) -> list[str]:
    """The fields of a record that are asked for."""
    return [field.encode_name for field in msgspec.structs.fields(shape)]


# Each request names its fields; whatever else is told becomes a notice.
SHAPES = Shapes(dict.fromkeys((Task, Change, Entry, User, Role, Group, Choice, Company, Deletion, Column), ""))
