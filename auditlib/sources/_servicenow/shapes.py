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


class Promise(msgspec.Struct, kw_only=True, rename={"name": "sla.name", "type": "sla.type", "target": "sla.target"}):
    """A service level that was attached to a ticket, and how it stands."""

    sys_id: str
    task: str
    sys_created_on: str
    name: str = ""
    type: str = ""
    target: str = ""
    stage: str = ""
    active: str = ""
    has_breached: str = ""
    schedule: str = ""
    timezone: str = ""
    """The zone of hours that have none of their own."""


class Hours(msgspec.Struct, kw_only=True):
    """A schedule. One without a zone floats: it holds in the zone of whoever asks."""

    sys_id: str
    sys_created_on: str
    name: str = ""
    time_zone: str = ""
    parent: str = ""


class Span(msgspec.Struct, kw_only=True):
    """An entry of a schedule: some time on one day, which may come again, and may be excluded."""

    sys_id: str
    schedule: str
    start_date_time: str
    end_date_time: str
    sys_updated_on: str
    type: str = ""
    repeat_type: str = ""
    repeat_count: str = ""
    repeat_until: str = ""
    days_of_week: str = ""
    yearly_type: str = ""
    month: str = ""
    float_week: str = ""
    float_day: str = ""


class Within(msgspec.Struct, kw_only=True):
    """That a schedule stands within another one."""

    sys_id: str
    schedule: str
    child_schedule: str
    type: str = ""


class Survey(msgspec.Struct, kw_only=True):
    """A survey that somebody was asked to fill in, about a ticket."""

    sys_id: str
    task_id: str
    sys_created_on: str
    sys_updated_on: str
    state: str = ""
    user: str = ""
    taken_on: str = ""


class Answer(
    msgspec.Struct,
    kw_only=True,
    rename={
        "task": "instance.task_id", "name": "metric.name", "kind": "metric.datatype", "least": "metric.min",
        "most": "metric.max", "better": "metric.scale_definition",
    },
):  # fmt: skip
    """An answer to one question of a survey, with what its scale is."""

    sys_id: str
    instance: str
    task: str = ""
    metric: str = ""
    name: str = ""
    kind: str = ""
    least: str = ""
    most: str = ""
    better: str = ""
    actual_value: str = ""
    string_value: str = ""


class Definition(msgspec.Struct, kw_only=True, rename={"hours": "schedule.name"}):
    """A service level as it is defined; what starts, pauses and stops it is a condition on any field of a ticket."""

    sys_id: str
    name: str = ""
    hours: str = ""


def asked(shape: type[msgspec.Struct]) -> list[str]:
    """The fields of a record that are asked for."""
    return [field.encode_name for field in msgspec.structs.fields(shape)]


# Each request names its fields; whatever else is told becomes a notice.
_ALL = (
    Task, Change, Entry, User, Role, Group, Choice, Company, Deletion, Column, Promise, Hours, Span, Within, Survey,
    Answer, Definition,
)  # fmt: skip
SHAPES = Shapes(dict.fromkeys(_ALL, ""))
