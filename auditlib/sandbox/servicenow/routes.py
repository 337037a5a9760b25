"""The Table API and the Aggregate API: any table by an encoded query, page by page."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from auditlib.sandbox.flavour import Answer, Asked, Refusal, routed
from auditlib.sandbox.servicenow.records import TABLES, Row
from auditlib.sandbox.view import View

Payload = dict[str, Any]

KNOWN = frozenset({
    "sysparm_query", "sysparm_fields", "sysparm_limit", "sysparm_offset", "sysparm_display_value",
    "sysparm_exclude_reference_link", "sysparm_no_count", "sysparm_suppress_pagination_header", "sysparm_view",
    "sysparm_query_category", "sysparm_query_no_domain",
})  # fmt: skip
MOST = 10_000
OPERATORS = (">=", "<=", "STARTSWITH", "IN", "=", ">", "<")
"""Longer ones first: `IN` stands within field names in small letters only."""


def refusal(message: str, detail: str) -> Payload:
    """How ServiceNow words an error."""
    return {"error": {"message": message, "detail": detail}, "status": "failure"}


def answer(view: View, asked: Asked) -> Answer:
    """What the helpdesk answers, or the refusal it would give."""
    found = routed(ROUTES, view, asked, asked.path.removeprefix("/api/now/"))
    if found is None:
        raise Refusal(400, refusal("Requested URI does not represent any resource", asked.path))
    return found


def table(view: View, asked: Asked, name: str) -> Answer:
    """Rows of a table, with the fields that were asked for, and a link to the page behind."""
    if unknown := sorted(set(asked.query) - KNOWN):
        raise Refusal(400, refusal(f"the sandbox does not know the parameter {unknown[0]}", ""))
    found = _found(view, name, asked.query.get("sysparm_query", ""))
    limit = min(int(asked.query.get("sysparm_limit", MOST)), MOST)
    offset = int(asked.query.get("sysparm_offset", 0))
    wanted = asked.query.get("sysparm_fields", "").split(",") if asked.query.get("sysparm_fields") else None
    page = [{n: row[n] for n in wanted if n in row} if wanted else dict(row) for row in found[offset : offset + limit]]
    headers = {"X-Total-Count": str(len(found))}
    if offset + limit < len(found):
        following = urlencode({**asked.query, "sysparm_offset": offset + limit})
        headers["Link"] = f'<{asked.url}?{following}>;rel="next"'
    return Answer({"result": page}, headers)


def stats(view: View, asked: Asked, name: str) -> Payload:
    """How many rows a query finds."""
    return {"result": {"stats": {"count": str(len(_found(view, name, asked.query.get("sysparm_query", ""))))}}}


def _found(view: View, name: str, query: str) -> list[Row]:
    if name not in TABLES:
        raise Refusal(400, refusal(f"Invalid table {name}", ""))
    rows: list[Row] = view.once(TABLES[name])
    conditions: list[list[tuple[str, Callable[[Row], bool]]]] = []
    order = ""
    for part in query.split("^") if query else []:
        if part.startswith("ORDERBY"):
            order = part.removeprefix("ORDERBY")
        elif part.startswith("OR") and conditions:
            conditions[-1].append(_condition(part.removeprefix("OR")))
        else:
            conditions.append([_condition(part)])
    columns = rows[0].keys() if rows else ()
    for either in conditions:
        # A condition on a field that there is not is left out without a word.
        tests = [test for field, test in either if field in columns]
        if tests:
            rows = [row for row in rows if any(test(row) for test in tests)]
    return sorted(rows, key=lambda row: row[order]) if order else rows


def _condition(part: str) -> tuple[str, Callable[[Row], bool]]:
    places = [(part.index(sign), sign) for sign in OPERATORS if sign in part]
    if not places:
        raise Refusal(400, refusal(f"the sandbox does not understand the condition {part!r}", ""))
    at = min(place for place, _ in places)
    sign = next(sign for place, sign in places if place == at)
    field, value = part[:at], part[at + len(sign) :]
    some = frozenset(value.split(","))
    tests: dict[str, Callable[[str], bool]] = {
        ">=": lambda told: told >= value, "<=": lambda told: told <= value, ">": lambda told: told > value,
        "<": lambda told: told < value, "=": lambda told: told == value, "IN": lambda told: told in some,
        "STARTSWITH": lambda told: told.startswith(value),
    }  # fmt: skip
    return field, functools.partial(_fits, field, tests[sign])


def _fits(field: str, test: Callable[[str], bool], row: Row) -> bool:
    return test(row[field])


ROUTES: list[tuple[str, Callable[..., Any]]] = [
    (r"GET table/(\w+)", table),
    (r"GET stats/(\w+)", stats),
]
