"""Who is named in issues: people by their accounts, and the organizations with which requests are shared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from auditlib.caselog.rows import Person, Row
from auditlib.sources._jira_service_management import shapes
from auditlib.sources._jira_service_management.words import role
from auditlib.sources._shared.identities import identities


def noted(people: dict[str, shapes.User], users: Sequence[shapes.User | None]) -> None:
    """Adds who is named in a record, by their account."""
    people |= {user.accountId: user for user in users if user is not None and user.accountId}


def person(user: shapes.User, bots: frozenset[str]) -> Iterator[Row]:
    """What an account says of somebody; an address only where its owner shows it."""
    number, email = str(user.accountId), user.emailAddress.lower() if user.emailAddress else None
    is_active = user.active is not False
    yield Person(person=number, role=role(user, bots), name=user.displayName, email=email, is_active=is_active)
    yield from identities(number, "email", email, is_verified=True)


def organizations_of(values: Mapping[str, Any], field: str | None) -> dict[str, str]:
    """The organizations with which a request is shared, by id; the first is taken for its customer's."""
    try:
        told = msgspec.convert(values.get(field or "") or [], list[shapes.Organization])
    except msgspec.ValidationError:
        return {}
    return {str(one.id): one.name or str(one.id) for one in told}
