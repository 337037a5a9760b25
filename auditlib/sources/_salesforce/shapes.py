"""What Salesforce's records look like: the fields that are asked for, and no others.

https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/ describes them.
"""

from __future__ import annotations

import datetime

import msgspec

from auditlib.sources._shared.records import Shapes


class Case(msgspec.Struct, kw_only=True):
    Id: str
    CaseNumber: str
    CreatedDate: datetime.datetime
    SystemModstamp: datetime.datetime
    Status: str
    IsDeleted: bool = False
    MasterRecordId: str | None = None
    Priority: str | None = None
    Origin: str | None = None
    OwnerId: str | None = None
    ContactId: str | None = None
    AccountId: str | None = None
    SuppliedEmail: str | None = None
    Subject: str | None = None
    Description: str | None = None
    CreatedById: str | None = None
    BusinessHoursId: str | None = None


class Change(msgspec.Struct, kw_only=True):
    """A line of a case's history. What is looked up is told twice: once by names, once by ids."""

    Id: str
    CaseId: str
    Field: str
    CreatedDate: datetime.datetime
    CreatedById: str | None = None
    OldValue: str | float | bool | None = None
    NewValue: str | float | bool | None = None


class Mail(msgspec.Struct, kw_only=True):
    """An e-mail of a case."""

    Id: str
    ParentId: str
    CreatedDate: datetime.datetime
    MessageDate: datetime.datetime | None = None
    Incoming: bool = False
    Status: str | None = None
    FromAddress: str | None = None
    TextBody: str | None = None
    CreatedById: str | None = None


class Comment(msgspec.Struct, kw_only=True):
    Id: str
    ParentId: str
    CreatedDate: datetime.datetime
    IsPublished: bool = False
    CommentBody: str | None = None
    CreatedById: str | None = None


class User(msgspec.Struct, kw_only=True):
    """Somebody who can log in, or a part of the platform: `UserType` says what."""

    Id: str
    Username: str
    UserType: str | None = None
    Name: str | None = None
    Email: str | None = None
    IsActive: bool = True
    ContactId: str | None = None


class Contact(msgspec.Struct, kw_only=True):
    Id: str
    Name: str | None = None
    Email: str | None = None
    AccountId: str | None = None


class Named(msgspec.Struct, kw_only=True):
    """A queue or an account."""

    Id: str
    Name: str


class Status(msgspec.Struct, kw_only=True):
    ApiName: str
    MasterLabel: str | None = None
    IsClosed: bool = False


class Hours(msgspec.Struct, kw_only=True):
    """Business hours, by days; a day without is closed, and one from midnight to midnight is open."""

    Id: str
    Name: str
    TimeZoneSidKey: str
    CreatedDate: datetime.datetime
    LastModifiedDate: datetime.datetime
    IsDefault: bool = False
    MondayStartTime: str | None = None
    MondayEndTime: str | None = None
    TuesdayStartTime: str | None = None
    TuesdayEndTime: str | None = None
    WednesdayStartTime: str | None = None
    WednesdayEndTime: str | None = None
    ThursdayStartTime: str | None = None
    ThursdayEndTime: str | None = None
    FridayStartTime: str | None = None
    FridayEndTime: str | None = None
    SaturdayStartTime: str | None = None
    SaturdayEndTime: str | None = None
    SundayStartTime: str | None = None
    SundayEndTime: str | None = None


class Milestone(msgspec.Struct, kw_only=True):
    """A milestone of a case, and whether it was reached in time."""

    Id: str
    CaseId: str
    MilestoneTypeId: str | None = None
    CompletionDate: datetime.datetime | None = None
    IsViolated: bool = False


class Subject(msgspec.Struct, kw_only=True):
    """That a survey was sent, or filled in, about a case."""

    Id: str
    SubjectId: str
    ParentId: str | None = None


class Invitation(msgspec.Struct, kw_only=True):
    Id: str
    CreatedDate: datetime.datetime
    ContactId: str | None = None


class Response(msgspec.Struct, kw_only=True):
    Id: str
    InvitationId: str | None = None
    CompletionDateTime: datetime.datetime | None = None


class Answer(msgspec.Struct, kw_only=True):
    Id: str
    ResponseId: str
    QuestionId: str | None = None
    NumberValue: int | float | None = None


class Question(msgspec.Struct, kw_only=True):
    Id: str
    Name: str | None = None
    DeveloperName: str | None = None
    QuestionType: str | None = None


class Picked(msgspec.Struct, kw_only=True):
    """A word to choose."""

    value: str
    active: bool = True


class Field(msgspec.Struct, kw_only=True):
    """A field of cases as it is described."""

    name: str
    label: str
    custom: bool = False
    picklistValues: list[Picked] | None = None


def asked(shape: type[msgspec.Struct]) -> list[str]:
    """The fields of a record that are asked for."""
    return [field.encode_name for field in msgspec.structs.fields(shape)]


# Each query names its fields; `attributes` is Salesforce's own, and anything else becomes a notice.
_ALL = (
    Case, Change, Mail, Comment, User, Contact, Named, Status, Hours, Milestone, Subject, Invitation, Response, Answer,
    Question, Field,
)  # fmt: skip
SHAPES = Shapes(dict.fromkeys(_ALL, "attributes"))
