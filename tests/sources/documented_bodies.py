"""What the vendors' descriptions say of the bodies that we send by POST, written as checks of one body each.

A check returns what is wrong, in words; nothing if the body is as described.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs

Body = Mapping[str, Any]
OPERATORS = frozenset({"=", "!=", "IN", "NIN", "<", "<=", ">", ">=", "~", "!~", "^", "$"})
OF_MOMENTS = frozenset({"=", "<", ">"})
"""The operators that dates take in every search of Intercom."""
MOMENTS = frozenset({"created_at", "updated_at"})
COMPARED = frozenset({"EQ", "NEQ", "LT", "LTE", "GT", "GTE", "BETWEEN", "IN", "NOT_IN", "HAS_PROPERTY",
                      "NOT_HAS_PROPERTY", "CONTAINS_TOKEN", "NOT_CONTAINS_TOKEN"})  # fmt: skip
"""The operators of HubSpot's filters."""
NESTED, IN_A_GROUP, MOST = 2, 15, 150
"""Intercom: groups within each other, filters in a group, and records in a page."""


def searched(body: Body) -> Iterator[str]:
    """Intercom's search: one filter or groups of them, and where to go on."""
    yield from _keys(body, {"query"}, {"pagination"})
    yield from _query(body.get("query"), 0)
    paging = body.get("pagination")
    if paging is not None:
        yield from _keys(paging, set(), {"per_page", "starting_after"})
        if not isinstance(paging.get("per_page", 1), int) or not 0 < paging.get("per_page", 1) <= MOST:
            yield f"per_page is {paging.get('per_page')!r}"
        if not isinstance(paging.get("starting_after"), str | None):
            yield f"starting_after is {paging['starting_after']!r}"


def _query(told: Any, depth: int) -> Iterator[str]:
    if isinstance(told, dict) and told.get("operator") in ("AND", "OR"):
        yield from _keys(told, {"operator", "value"}, set())
        groups = told["value"]
        if not isinstance(groups, list) or not 0 < len(groups) <= IN_A_GROUP or depth >= NESTED:
            yield f"{told['operator']} of {groups!r} at depth {depth}"
            return
        for one in groups:
            yield from _query(one, depth + 1)
        return
    if not isinstance(told, dict):
        yield f"{told!r} is no filter"
        return
    yield from _keys(told, {"field", "operator", "value"}, set())
    allowed = OF_MOMENTS if told.get("field") in MOMENTS else OPERATORS
    if told.get("operator") not in allowed or not isinstance(told.get("field"), str):
        yield f"{told.get('field')!r} is searched by {told.get('operator')!r}"
    if told.get("field") in MOMENTS and type(told.get("value")) is not int:
        yield f"{told['field']} is searched for {told.get('value')!r}"


def counted(body: Body) -> Iterator[str]:
    """Jira's estimate: a JQL that restricts what is counted."""
    yield from _keys(body, {"jql"}, set())
    if not isinstance(body.get("jql"), str) or not body["jql"].partition("ORDER BY")[0].strip():
        yield f"jql is {body.get('jql')!r}"


def granted(body: Any) -> Iterator[str]:
    """RFC 6749, section 4.4: a form with the app's id and secret."""
    told = parse_qs(body.decode()) if isinstance(body, bytes) else {}
    if told.get("grant_type") != ["client_credentials"] or {"client_id", "client_secret"} - set(told):
        yield "it is no form that asks for a token"


def found(body: Body) -> Iterator[str]:
    """HubSpot's search: up to five groups of filters, a few sorts, and where to go on."""
    # Older versions of the description require all but the query.
    yield from _keys(body, {"limit", "after", "sorts", "properties", "filterGroups"}, {"query"})
    if not isinstance(body.get("limit", 1), int) or not 0 < body.get("limit", 1) <= 200:
        yield f"limit is {body.get('limit')!r}"
    for name in ("sorts", "properties"):
        yield from _texts(body.get(name, []), name)
    groups = body.get("filterGroups", [])
    if len(groups) > 5:
        yield f"{len(groups)} groups of filters"
    for told in (told for group in groups for told in group["filters"]):
        yield from _keys(told, {"propertyName", "operator"}, {"value", "values", "highValue"})
        if told.get("operator") not in COMPARED or not isinstance(told.get("value", ""), str):
            yield f"{told!r} is no filter"


def batched(body: Body) -> Iterator[str]:
    """HubSpot's batch of records by number; with what properties were before, of half as many."""
    yield from _keys(body, {"inputs", "properties", "propertiesWithHistory"}, {"idProperty"})
    yield from _texts(body.get("properties", []), "properties")
    yield from _texts(body.get("propertiesWithHistory", []), "propertiesWithHistory")
    yield from _numbered(body, 50 if body.get("propertiesWithHistory") else 100)


def associated(body: Body) -> Iterator[str]:
    """HubSpot's batch of what belongs to some records."""
    yield from _keys(body, {"inputs"}, set())
    yield from _numbered(body, 1000)


def _numbered(body: Body, most: int) -> Iterator[str]:
    inputs = body.get("inputs", [])
    if not 0 < len(inputs) <= most or not all(isinstance(told.get("id"), str) for told in inputs):
        yield f"inputs are {inputs!r}"


def _texts(told: Any, name: str) -> Iterator[str]:
    if not isinstance(told, list) or not all(isinstance(one, str) for one in told):
        yield f"{name} is {told!r}"


def empty(body: Body) -> Iterator[str]:
    """No body is described: what is sent instead of none says nothing."""
    yield from _keys(body, set(), set())


def _keys(body: Any, needed: set[str], may: set[str]) -> Iterator[str]:
    told = set(body) if isinstance(body, dict) else set()
    if not isinstance(body, dict):
        yield f"{body!r} is no object"
    yield from (f"{name} is missing" for name in sorted(needed - told))
    yield from (f"{name} is not described" for name in sorted(told - needed - may))


BODIES: Mapping[str, Mapping[str, Callable[[Body], Iterator[str]]]] = {
    "intercom": {
        "POST /conversations/search": searched,
        "POST /contacts/search": searched,
        "POST /tickets/search": searched,
        "POST /companies/list": empty,
    },
    "help_scout": {"POST /v2/oauth2/token": granted},
    "salesforce": {"POST /services/oauth2/token": granted},
    "hubspot": {
        "POST /crm/v3/objects/tickets/search": found,
        "POST /crm/v3/objects/tickets/batch/read": batched,
        "POST /crm/v3/objects/contacts/batch/read": batched,
        "POST /crm/v3/objects/companies/batch/read": batched,
        "POST /crm/v3/objects/feedback_submissions/search": found,
        "POST /crm/v3/objects/feedback_submissions/batch/read": batched,
        "POST /crm/v4/associations/tickets/contacts/batch/read": associated,
        "POST /crm/v4/associations/tickets/feedback_submissions/batch/read": associated,
        "POST /crm/v4/associations/feedback_submissions/tickets/batch/read": associated,
    },
    "jira_service_management": {"POST /rest/api/3/search/approximate-count": counted},
}
