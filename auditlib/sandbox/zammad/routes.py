"""Which path shows what, page by page: Zammad's endpoints over the view of a moment."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from auditlib.sandbox.flavour import Answer, Asked, Refusal, routed
from auditlib.sandbox.instants import moment
from auditlib.sandbox.plan import Plan
from auditlib.sandbox.view import View
from auditlib.sandbox.zammad import people, settings
from auditlib.sandbox.zammad.history import history
from auditlib.sandbox.zammad.ticket import articles, ticket

Payload = dict[str, Any]

OF_TICKETS, OF_SEARCH, OF_OTHERS = 100, 200, 500
"""The most that each list gives at once: a larger wish is cut down without a word."""
SEARCHABLE = 10_000
_RANGE = re.compile(r"(updated_at|created_at):\[(\S+) TO (\S+)\]")
_ID = re.compile(r"id:(\d+)")


def answer(view: View, asked: Asked) -> Answer:
    """What the helpdesk answers, or the refusal it would give."""
    found = routed(ROUTES, view, asked, asked.path.removeprefix("/api/v1/"))
    if found is None:
        raise Refusal(404, {"error": "No route matches"})
    return found


def tickets(view: View, asked: Asked) -> list[Payload]:
    """All tickets by number."""
    return [ticket(view, plan) for plan in _paged(sorted(view.plans, key=lambda p: p.id), asked, OF_TICKETS)]


def search(view: View, asked: Asked) -> Any:
    """Tickets that a query finds; with a total only where one is asked for."""
    fits = _fits(asked.query.get("query", ""))
    found = [p for p in view.plans if fits(p.id, view.moved(p), p.created_at)]
    if asked.query.get("sort_by") == "updated_at":
        found.sort(key=lambda p: (view.moved(p), p.id), reverse=asked.query.get("order_by", "asc") != "asc")
    rows = [ticket(view, plan) for plan in _paged(found, asked, OF_SEARCH, 50)]
    if asked.query.get("expand") != "true":
        return {"tickets": [row["id"] for row in rows], "tickets_count": len(rows), "assets": {}}
    if asked.query.get("with_total_count") == "true":
        there = [plan for plan in found if not plan.is_deleted(view.now)]
        return {"records": rows, "total_count": len(there)}
    return rows


def _searched(rows: Callable[[View], list[Payload]]) -> Callable[[View, Asked], list[Payload]]:
    def found(view: View, asked: Asked) -> list[Payload]:
        fits = _fits(asked.query.get("query", ""))
        told = [row for row in view.once(rows) if fits(row["id"], *map(moment, (row["updated_at"], row["created_at"])))]
        if asked.query.get("sort_by") == "updated_at":
            told.sort(key=lambda row: (row["updated_at"], row["id"]))
        return _paged(told, asked, OF_SEARCH, 50)

    return found


def _fits(query: str) -> Callable[[int, int, int], bool]:
    """Whether number, last change and creation fit: the sandbox knows ranges of moments, numbers, and everything."""
    if query == "*":
        return lambda number, updated, created: True
    if named := _ID.fullmatch(query):
        return lambda number, updated, created: number == int(named[1])
    if (between := _RANGE.fullmatch(query)) is None:
        raise Refusal(422, {"error": f"the sandbox's search does not understand {query!r}"})
    begin, end = (None if text == "*" else moment(text) for text in between.groups()[1:])
    is_update = between[1] == "updated_at"

    def fits(number: int, updated: int, created: int) -> bool:
        at = updated if is_update else created
        return (begin is None or at >= begin) and (end is None or at <= end)

    return fits


def ticket_history(view: View, asked: Asked, number: str) -> Payload:
    """The history of one ticket, whole."""
    return {"history": history(view, _plan(view, number)), "assets": {}}


def ticket_articles(view: View, asked: Asked, number: str) -> list[Payload]:
    """The articles of one ticket, whole: paging is not looked at."""
    return articles(view, _plan(view, number))


def one_ticket(view: View, asked: Asked, number: str) -> Payload:
    """One ticket."""
    return ticket(view, _plan(view, number))


def _plan(view: View, number: str) -> Plan:
    plan = view.plan(int(number))
    if plan is None:
        raise Refusal(404, {"error": f"Couldn't find Ticket with 'id'={number}"})
    return plan


def _listed(rows: Callable[[View], list[Payload]]) -> Callable[[View, Asked], list[Payload]]:
    return lambda view, asked: _paged(view.once(rows), asked, OF_OTHERS)


def _paged(rows: list[Any], asked: Asked, most: int, usual: int = 100) -> list[Any]:
    size = min(int(asked.query.get("per_page", usual)), most)
    begin = (int(asked.query.get("page", 1)) - 1) * size
    if most == OF_SEARCH and begin + size > SEARCHABLE:
        raise Refusal(422, {"error": "Result window is too large"})
    return rows[begin : begin + size]


ROUTES: list[tuple[str, Callable[..., Any]]] = [
    (r"GET tickets", tickets),
    (r"GET tickets/search", search),
    (r"GET tickets/(\d+)", one_ticket),
    (r"GET ticket_history/(\d+)", ticket_history),
    (r"GET ticket_articles/by_ticket/(\d+)", ticket_articles),
    (r"GET ticket_states", _listed(settings.states)),
    (r"GET groups", _listed(settings.groups)),
    (r"GET calendars", _listed(settings.calendars)),
    (r"GET slas", _listed(settings.levels)),
    (r"GET object_manager_attributes", _listed(settings.attributes)),
    (r"GET users", _listed(people.users)),
    (r"GET users/search", _searched(people.users)),
    (r"GET organizations", _listed(people.organizations)),
    (r"GET organizations/search", _searched(people.organizations)),
]
