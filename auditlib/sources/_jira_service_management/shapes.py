"""What Jira's records look like: the fields that are read, and those that are left alone on purpose.

https://developer.atlassian.com/cloud/jira/platform/rest/v3/ describes them. It calls hardly any field required: absent
or null is read alike, but for the few without which a record tells nothing.
"""

from __future__ import annotations

from typing import Any

import msgspec

from auditlib.sources._shared.records import Shapes

Id = str | int


class User(msgspec.Struct, kw_only=True):
    """Somebody, by an account id that tells nothing; the address is shown only where its owner allows it."""

    accountId: str | None = None
    accountType: str | None = None
    displayName: str | None = None
    emailAddress: str | None = None
    active: bool | None = None


class Category(msgspec.Struct, kw_only=True):
    key: str | None = None


class Status(msgspec.Struct, kw_only=True):
    id: str
    name: str
    statusCategory: Category | None = None


class Project(msgspec.Struct, kw_only=True):
    id: str
    key: str | None = None
    name: str | None = None


class Named(msgspec.Struct, kw_only=True):
    name: str | None = None


class Fields(msgspec.Struct, kw_only=True):
    """The fields of an issue that every service desk has; those of the company's own stand beside them."""

    created: str
    updated: str
    status: Status
    project: Project
    summary: str | None = None
    description: Any = None
    reporter: User | None = None
    creator: User | None = None
    assignee: User | None = None
    priority: Named | None = None
    labels: list[str] | None = None
    issuelinks: Any = None


class Issue(msgspec.Struct, kw_only=True):
    id: str
    key: str
    fields: Any
    properties: dict[str, Any] | None = None
    self: str | None = None


class Change(msgspec.Struct, kw_only=True, rename={"old": "from", "old_name": "fromString", "new_name": "toString"}):
    """One field that a history entry changed; `from` and `to` are ids, the strings are names."""

    field: str | None = None
    fieldId: str | None = None
    old: str | None = None
    old_name: str | None = None
    to: str | None = None
    new_name: str | None = None


class History(msgspec.Struct, kw_only=True):
    id: str
    created: str
    author: User | None = None
    items: list[Change] | None = None


class Comment(msgspec.Struct, kw_only=True):
    id: str
    created: str
    author: User | None = None
    body: Any = None
    jsdPublic: bool | None = None
    visibility: Any = None


class Schema(msgspec.Struct, kw_only=True):
    custom: str | None = None


class Field(msgspec.Struct, kw_only=True):
    id: str
    name: str
    custom: bool | None = None
    schema: Schema | None = None


class Organization(msgspec.Struct, kw_only=True):
    """A customer's organization, as the field of an issue names it."""

    id: Id
    name: str | None = None


class ServiceLevel(msgspec.Struct, kw_only=True):
    """One of Jira's own SLAs, with its cycles as they stand (`service_levels.py`)."""

    name: str | None = None
    completedCycles: Any = None


class Desk(msgspec.Struct, kw_only=True):
    """A service desk, which is a project that has a portal."""

    id: str
    projectId: str
    projectName: str
    projectKey: str


class RequestType(msgspec.Struct, kw_only=True):
    """A kind of request that customers can make."""

    id: Id


class Choice(msgspec.Struct, kw_only=True):
    label: str | None = None


class FormField(msgspec.Struct, kw_only=True):
    """What customers fill in for a request; `validValues` only where they choose."""

    fieldId: str
    validValues: list[Choice] = []


# The written decision of what is not looked at. Anything else that is unknown becomes a notice.
SHAPES = Shapes(
    {
        Issue: "expand changelog renderedFields names schema operations editmeta versionedRepresentations",
        History: "historyMetadata",
        Comment: "self updateAuthor updated jsdAuthorCanSeeRequest properties renderedBody parentId",
        Status: "self description iconUrl untranslatedName scope",
        Field: """key orderable navigable searchable clauseNames untranslatedName scope description isLocked
            isUnscreenable searcherKey""",
        Desk: "_links projectTypeKey",
        RequestType: """name description helpText defaultName issueTypeId serviceDeskId portalId groupIds icon fields
            practice restrictionStatus canCreateRequest _links _expands""",
        FormField: "name description required defaultValues jiraSchema visible",
        ServiceLevel: "id ongoingCycle slaDisplayFormat _links",
    }
)
