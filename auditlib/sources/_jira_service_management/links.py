"""Duplicates: in Jira an issue is merged by linking it to another one and closing it; its history tells both."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec

from auditlib.caselog.rows import moment
from auditlib.sources._jira_service_management.shapes import History

LINK, DUPLICATE, DUPLICATES = "Link", "duplicate", "duplicates"


class Other(msgspec.Struct, kw_only=True):
    id: str
    key: str | None = None


class LinkType(msgspec.Struct, kw_only=True):
    name: str | None = None
    outward: str | None = None


class IssueLink(msgspec.Struct, kw_only=True):
    """A link as one of its two issues shows it: outward, this one does something to the other."""

    type: LinkType | None = None
    outwardIssue: Other | None = None


class Linked(NamedTuple):
    """Which issue this one is a duplicate of, and when and by which change it was linked."""

    issue: str
    at: int | None
    by: History | None


def duplicate_of(links: Any, histories: Iterable[History]) -> Linked | None:
    """The first issue that this one duplicates; None if it duplicates none, or its links cannot be read."""
    try:
        told = msgspec.convert(links or [], list[IssueLink])
    except msgspec.ValidationError:
        return None
    for link in told:
        if link.outwardIssue and link.type and _says_duplicate(link.type):
            other = link.outwardIssue
            made = next((h for h in histories if _links_to(h, other.key)), None)
            return Linked(other.id, moment(made.created) if made else None, made)
    return None


def _says_duplicate(kind: LinkType) -> bool:
    """By the type's name, or by what it says of the issue that shows it: sites may rename either."""
    return (kind.name or "").lower() == DUPLICATE or (kind.outward or "").lower() == DUPLICATES


def _links_to(history: History, key: str | None) -> bool:
    return any(change.field == LINK and key is not None and change.to == key for change in history.items or ())
