"""Which path shows what, page by page: Freshdesk's endpoints over the view of a moment."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from auditlib.sandbox.flavour import Answer, Asked, Refusal, routed
from auditlib.sandbox.freshdesk import people, settings
from auditlib.sandbox.freshdesk.ticket import conversations, ratings, ticket
from auditlib.sandbox.instants import DAY, moment
from auditlib.sandbox.plan import Plan
from auditlib.sandbox.view import View

Payload = dict[str, Any]

INCLUDES = {"stats", "requester", "description", "company", "conversations"}
FILTERS = ("new_and_my_open", "watching", "spam", "deleted")
LAST_PAGE = 300


def answer(view: View, asked: Asked) -> Answer:
    """What the helpdesk answers, or the refusal it would give."""
    found = routed(ROUTES, view, asked, asked.path.removeprefix("/api/v2/"))
    if found is None:
        raise Refusal(404, None)
    return found


def tickets(view: View, asked: Asked) -> Answer:
    """Tickets by filter; without `updated_since` only those that were created in the last thirty days."""
    query = asked.query
    known = {"filter", "updated_since", "order_by", "order_type", "include", "page", "per_page", "requester_id",
             "email", "company_id", "unique_external_id"}  # fmt: skip
    for name in query:
        if name not in known:
            raise _invalid(name, "Unexpected/invalid field in request", "invalid_field")
    include = _include(query)
    plans = [p for p in view.plans if _shows(view, p, query.get("filter"))]
    if "updated_since" in query:
        since = _moment(query, "updated_since")
        plans = [p for p in plans if view.moved(p) >= since]
    else:
        plans = [p for p in plans if p.created_at >= view.now - 30 * DAY]
    order = query.get("order_by", "created_at")
    if order not in ("created_at", "updated_at", "due_by", "status"):
        raise _invalid("order_by", "It should be one of these values: 'created_at,due_by,updated_at,status'")
    by_moment: Callable[[Plan], int] = view.moved if order == "updated_at" else lambda p: p.created_at
    plans.sort(key=lambda p: (by_moment(p), p.id), reverse=query.get("order_type", "desc") != "asc")
    return _paged(plans, asked, lambda p: _shown(view, p, include), LAST_PAGE)


def search(view: View, asked: Asked) -> Payload:
    """The tickets created after a day, thirty at a time, with how many there are."""
    found = re.fullmatch(r"\"created_at:>'(\d{4}-\d\d-\d\d)'\"", asked.query.get("query", ""))
    if found is None:
        raise _invalid("query", "It should be in the valid format")
    since = moment(found[1]) + DAY
    plans = [p for p in view.plans if p.created_at >= since and not p.is_deleted(view.now)]
    begin = 30 * (_number(asked.query, "page", 1) - 1)
    return {"total": len(plans), "results": [_shown(view, p, set()) for p in plans[begin : begin + 30]]}


def one_ticket(view: View, asked: Asked, number: str) -> Payload:
    """One ticket, a deleted one too."""
    return _shown(view, _plan(view, number), _include(asked.query) | {"description"})


def ticket_conversations(view: View, asked: Asked, number: str) -> Answer:
    """What was written in a ticket, oldest first."""
    plan = _plan(view, number)
    if plan.is_deleted(view.now):
        raise Refusal(404, None)
    return _paged(conversations(view, plan), asked, default=30)


def ticket_ratings(view: View, asked: Asked, number: str) -> Answer:
    """The answers to surveys about one ticket."""
    return _paged(ratings(view, _plan(view, number)), asked, default=30)


def all_ratings(view: View, asked: Asked) -> Answer:
    """Answers by when they were first given: a change of one does not bring it back."""
    rows = [row for plan in view.plans for row in ratings(view, plan)]
    if "created_since" in asked.query:
        since = _moment(asked.query, "created_since")
        rows = [row for row in rows if moment(row["created_at"]) >= since]
    return _paged(sorted(rows, key=lambda r: (r["created_at"], r["id"])), asked, default=30)


def all_contacts(view: View, asked: Asked) -> Answer:
    """The contacts that changed since a moment, by name, as the web shows them."""
    rows = view.once(people.contacts)
    if "_updated_since" in asked.query:
        since = _moment(asked.query, "_updated_since")
        rows = [row for row in rows if moment(row["updated_at"]) >= since]
    return _paged(sorted(rows, key=lambda r: (r["name"], r["id"])), asked, default=30)


def me(view: View, asked: Asked) -> Payload:
    """Whose key it is."""
    return next(row for row in view.once(people.agents) if row["role_ids"] == [2])


def _listed(rows: Callable[[View], list[Payload]]) -> Callable[[View, Asked], Answer]:
    return lambda view, asked: _paged(view.once(rows), asked, default=30)


def _shows(view: View, plan: Plan, chosen: str | None) -> bool:
    if chosen is not None and chosen not in FILTERS:
        raise _invalid("filter", f"It should be one of these values: '{','.join(FILTERS)}'")
    is_spam = plan.facts.in_scope == "spam"
    if not plan.is_deleted(view.now):
        return chosen is None
    purged = plan.facts.scrubbed_at is not None and plan.facts.scrubbed_at <= view.now
    return not purged and chosen == ("spam" if is_spam else "deleted")


def _shown(view: View, plan: Plan, include: set[str]) -> Payload:
    row = ticket(view, plan, include)
    if "requester" in include:
        row["requester"] = people.requester(view, plan.customer.id)
    return row


def _include(query: dict[str, str]) -> set[str]:
    include = {part.strip() for part in query.get("include", "").split(",") if part.strip()}
    if include - INCLUDES:
        raise _invalid("include", f"It should be one of these values: '{','.join(sorted(INCLUDES))}'")
    return include


def _plan(view: View, number: str) -> Plan:
    plan = view.plan(int(number))
    if plan is None:
        raise Refusal(404, None)
    return plan


def _paged(
    rows: list[Any], asked: Asked, show: Callable[[Any], Payload] | None = None, last: int = 10**9, default: int = 30
) -> Answer:
    size, page = _number(asked.query, "per_page", default), _number(asked.query, "page", 1)
    if size > 100:
        raise _invalid("per_page", "It should be a Positive Integer less than or equal to 100")
    if page > last:
        raise _invalid("page", f"You cannot access tickets beyond the {last}th page")
    shown = rows[(page - 1) * size : page * size]
    headers = {}
    if page * size < len(rows) and page < last:
        following = urlencode({**asked.query, "page": page + 1})
        headers["Link"] = f'<{asked.url}?{following}>; rel="next"'
    return Answer([show(row) for row in shown] if show else shown, headers)


def _number(query: dict[str, str], name: str, default: int) -> int:
    text = query.get(name, str(default))
    if not text.isdigit() or int(text) < 1:
        raise _invalid(name, "It should be a Positive Integer", "datatype_mismatch")
    return int(text)


def _moment(query: dict[str, str], name: str) -> int:
    try:
        return moment(query[name])
    except ValueError:
        raise _invalid(name, "It should be in the 'combined date and time ISO8601' format") from None


def _invalid(field: str, message: str, code: str = "invalid_value") -> Refusal:
    told = {"field": field, "message": message, "code": code}
    return Refusal(400, {"description": "Validation failed", "errors": [told]})


ROUTES: list[tuple[str, Callable[..., Any]]] = [
    (r"GET tickets", tickets),
    (r"GET search/tickets", search),
    (r"GET tickets/(\d+)", one_ticket),
    (r"GET tickets/(\d+)/conversations", ticket_conversations),
    (r"GET tickets/(\d+)/satisfaction_ratings", ticket_ratings),
    (r"GET surveys", _listed(settings.surveys)),
    (r"GET surveys/satisfaction_ratings", all_ratings),
    (r"GET contacts", all_contacts),
    (r"GET agents", _listed(people.agents)),
    (r"GET agents/me", me),
    (r"GET groups", _listed(settings.groups)),
    (r"GET companies", _listed(people.companies)),
    (r"GET business_hours", _listed(settings.business_hours)),
    (r"GET sla_policies", _listed(settings.sla_policies)),
    (r"GET ticket_fields", _listed(settings.ticket_fields)),
]
