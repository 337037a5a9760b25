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


def asked(shape: type[msgspec.Struct]) -> list[str]:
    """The fields of a record that are asked for."""
    return [field.encode_name for field in msgspec.structs.fields(shape)]


# Each query names its fields; `attributes` is Salesforce's own, and anything else becomes a notice.
SHAPES = Shapes(dict.fromkeys((Case, Change, Mail, Comment, User, Contact, Named, Status), "attributes"))
