"""Which path shows what: Zendesk's endpoints over the view of a moment."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from auditlib.sandbox.flavour import Answer, Asked, Query
from auditlib.sandbox.instants import iso, moment
from auditlib.sandbox.plan import Plan
from auditlib.sandbox.view import View
from auditlib.sandbox.words import subject
from auditlib.sandbox.zendesk import people, settings
from auditlib.sandbox.zendesk.audits import audits
from auditlib.sandbox.zendesk.exports import (
    Payload,
    metric_events_export,
    organizations,
    organizations_export,
    tickets_export,
    users,
    users_export,
)
from auditlib.sandbox.zendesk.metrics import metric_set
from auditlib.sandbox.zendesk.paging import BadRequest, listed, number
from auditlib.sandbox.zendesk.ratings import ratings
from auditlib.sandbox.zendesk.ticket import ticket

Handler = Callable[[View, Query, str, str], Payload]


def answer(view: View, asked: Asked) -> Answer:
    """What the helpdesk answers to a GET, or the refusal it would give."""
    if asked.method != "GET":
        raise BadRequest(405, "MethodNotAllowed", "Only reading is simulated")
    bare = asked.path.removeprefix("/api/v2/").removesuffix(".json")
    for pattern, handler in ROUTES:
        found = re.fullmatch(pattern, bare)
        if found:
            return Answer(handler(view, asked.query, asked.url, found.group(1) if found.groups() else ""))
    raise BadRequest(404, "InvalidEndpoint", "Not found")


def ticket_audits(view: View, query: Query, url: str, ticket_id: str) -> Payload:
    """The audits of one ticket, oldest first."""
    return listed("audits", audits(view.world, _ticket(view, ticket_id), view.now), query, url)


def ticket_comments(view: View, query: Query, url: str, ticket_id: str) -> Payload:
    """The comments of one ticket, oldest first."""
    told = audits(view.world, _ticket(view, ticket_id), view.now)
    rows = [
        {**e, "created_at": a["created_at"], "via": a["via"]}
        for a in told for e in a["events"] if e["type"] == "Comment"
    ]  # fmt: skip
    return listed("comments", rows, query, url)


def one_ticket(view: View, query: Query, url: str, ticket_id: str) -> Payload:
    """One ticket."""
    return {"ticket": ticket(view.world, _ticket(view, ticket_id), view.now)}


def one_metric_set(view: View, query: Query, url: str, ticket_id: str) -> Payload:
    """Zendesk's own figures for one ticket."""
    return {"ticket_metric": metric_set(view.world, _ticket(view, ticket_id), view.now)}


def _ticket(view: View, ticket_id: str) -> Plan:
    plan = view.plan(int(ticket_id))
    if plan is None or plan.is_deleted(view.now):
        raise BadRequest(404, "RecordNotFound", "Not found")
    return plan


def all_tickets(view: View, query: Query, url: str, _: str) -> Payload:
    """The tickets that are not deleted, by number."""
    return _lazily("tickets", [p for p in view.plans if not p.is_deleted(view.now)], query, url,
                   lambda p: ticket(view.world, p, view.now))  # fmt: skip


def all_metrics(view: View, query: Query, url: str, _: str) -> Payload:
    """Zendesk's own figures for all tickets, newest first."""
    plans = [p for p in reversed(view.plans) if not p.is_deleted(view.now)]
    return _lazily("ticket_metrics", plans, query, url, lambda p: metric_set(view.world, p, view.now))


def _lazily(name: str, plans: list[Plan], query: Query, url: str, show: Callable[[Plan], Payload]) -> Payload:
    """A page of tickets of which only those on the page are rendered."""
    page = listed(name, [{"plan": p} for p in plans], query, url)
    return page | {name: [show(row["plan"]) for row in page[name]]}


def count_tickets(view: View, query: Query, url: str, _: str) -> Payload:
    """How many tickets there are that are not deleted."""
    value = sum(not p.is_deleted(view.now) for p in view.plans)
    return {"count": {"value": value, "refreshed_at": iso(view.now)}}


def deleted_tickets(view: View, query: Query, url: str, _: str) -> Payload:
    """Tickets that can still be restored: thirty days later they are gone from this list."""
    rows = [
        {"id": p.id, "subject": subject(p), "actor": {"id": 9_000_000, "name": "Olga Admin"},
         "deleted_at": iso(p.facts.deleted_at or 0), "previous_state": "open"}
        for p in view.plans
        if p.is_deleted(view.now) and view.now < (p.facts.deleted_at or 0) + 30 * 86400
    ]  # fmt: skip
    return listed("deleted_tickets", rows, query, url)


def satisfaction(view: View, query: Query, url: str, _: str) -> Payload:
    """All ratings and offers, oldest first."""
    rows = ratings(view.plans, view.now)
    if "start_time" in query:
        rows = [r for r in rows if moment(r["updated_at"]) >= number(query, "start_time", 0)]
    return listed("satisfaction_ratings", rows, query, url)


def one_user(view: View, query: Query, url: str, user_id: str) -> Payload:
    """One user."""
    return {"user": _user(view, user_id)}


def user_identities(view: View, query: Query, url: str, user_id: str) -> Payload:
    """The addresses of one user."""
    return listed("identities", people.identities(view.world, _user(view, user_id)), query, url)


def _user(view: View, user_id: str) -> Payload:
    found = next((u for u in view.once(users) if u["id"] == int(user_id)), None)
    if found is None:
        raise BadRequest(404, "RecordNotFound", "Not found")
    return found


def me(view: View, query: Query, url: str, _: str) -> Payload:
    """Who is asking: the administrator whose token it is."""
    return {"user": _user(view, "9000000")}


def holiday_list(view: View, query: Query, url: str, schedule: str) -> Payload:
    """The holidays of one schedule."""
    if not any(s.id == int(schedule) for s in view.world.company.schedules.values()):
        raise BadRequest(404, "RecordNotFound", "Not found")
    return {"holidays": settings.holidays(view.world, int(schedule))}


def audit_log(view: View, query: Query, url: str, _: str) -> Payload:
    """The account's audit log; only changes of roles are in it."""
    rows = people.role_changes(view.world, view.now)
    kind = query.get("filter[source_type]")
    return listed("audit_logs", [r for r in rows if kind in (None, r["source_type"])], query, url)


def _settings(name: str, rows: Callable[[Any, int], list[Payload]]) -> Handler:
    """A handler for a list that is the same for every request of a moment."""
    return lambda view, query, url, _: listed(name, rows(view.world, view.now), query, url)


ROUTES: list[tuple[str, Handler]] = [
    (r"incremental/tickets/cursor", tickets_export),
    (r"incremental/users/cursor", users_export),
    (r"incremental/organizations(?:/cursor)?", organizations_export),
    (r"incremental/ticket_metric_events", metric_events_export),
    (r"tickets/count", count_tickets),
    (r"tickets/(\d+)/audits", ticket_audits),
    (r"tickets/(\d+)/comments", ticket_comments),
    (r"tickets/(\d+)/metrics", one_metric_set),
    (r"tickets/(\d+)", one_ticket),
    (r"tickets", all_tickets),
    (r"ticket_metrics", all_metrics),
    (r"deleted_tickets", deleted_tickets),
    (r"satisfaction_ratings", satisfaction),
    (r"users/me", me),
    (r"users/(\d+)/identities", user_identities),
    (r"users/(\d+)", one_user),
    (r"users", lambda view, query, url, _: listed("users", view.once(users), query, url)),
    (r"groups", _settings("groups", people.groups)),
    (r"group_memberships", _settings("group_memberships", people.memberships)),
    (r"organizations", lambda view, query, url, _: listed("organizations", view.once(organizations), query, url)),
    (r"business_hours/schedules", _settings("schedules", settings.schedules)),
    (r"business_hours/schedules/(\d+)/holidays", holiday_list),
    (r"slas/policies", _settings("sla_policies", settings.policies)),
    (r"ticket_fields", _settings("ticket_fields", settings.ticket_fields)),
    (r"custom_statuses", _settings("custom_statuses", settings.custom_statuses)),
    (r"audit_logs", audit_log),
    (r"account/settings", lambda view, query, url, _: settings.account(view.world)),
]
