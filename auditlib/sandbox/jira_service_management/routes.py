"""Which path shows what, page by page: Jira's endpoints over the view of a moment."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from auditlib.sandbox.flavour import Answer, Asked, Refusal, routed
from auditlib.sandbox.jira_service_management import settings
from auditlib.sandbox.jira_service_management.issue import comments, histories, issue
from auditlib.sandbox.jira_service_management.service_levels import service_levels
from auditlib.sandbox.plan import Plan
from auditlib.sandbox.view import View

Payload = dict[str, Any]

MOST = 100
KNOWN = frozenset({"jql", "nextPageToken", "maxResults", "fields", "expand", "properties", "fieldsByKeys", "failFast",
                   "reconcileIssues"})  # fmt: skip
_CLAUSE = re.compile(r'(updated|created) (>=|<) "(\d{4}/\d\d/\d\d \d\d:\d\d)"')


def refusal(message: str) -> Payload:
    """How Jira words an error."""
    return {"errorMessages": [message], "errors": {}}


def answer(view: View, asked: Asked) -> Answer:
    """What the helpdesk answers, or the refusal it would give."""
    found = routed(ROUTES, view, asked, asked.path.removeprefix("/rest/"))
    if found is None:
        raise Refusal(404, refusal("null for uri"))
    return found


def myself(view: View, asked: Asked) -> Payload:
    """Who asks, and in which time zone."""
    return {"accountId": settings.account(1), "accountType": "atlassian", "displayName": "Audit", "active": True,
            "timeZone": settings.ZONE.key, "locale": "en_US"}  # fmt: skip


def search(view: View, asked: Asked) -> Payload:
    """Issues by JQL, the one that changed first first; behind the token's place."""
    query = asked.query
    unknown = sorted(set(query) - KNOWN)
    if unknown:
        raise Refusal(400, refusal(f"the parameter {unknown[0]!r} is unknown"))
    clauses, _, order = query.get("jql", "").partition(" ORDER BY ")
    if order not in ("", "updated ASC, key ASC"):
        raise Refusal(400, refusal(f"the sandbox does not order by {order!r}"))
    fits = _fits(clauses)
    found = sorted((p for p in view.plans if not p.is_deleted(view.now) and fits(view, p)),
                   key=lambda p: (view.moved(p), p.id))  # fmt: skip
    last = _place(query["nextPageToken"]) if query.get("nextPageToken") else (-1, -1)
    rest = [plan for plan in found if (view.moved(plan), plan.id) > last]
    size = max(1, min(int(query.get("maxResults", 50)), MOST))
    some = rest[:size]
    is_last = len(rest) <= size
    wanted = query.get("fields", "").split(",") if query.get("fields") else []
    page: Payload = {"issues": [_with(issue(view, plan), wanted, query.get("properties")) for plan in some]}
    if not is_last:
        page["nextPageToken"] = _token(view.moved(some[-1]), some[-1].id)
    return page | {"isLast": is_last}


def _with(shown: Payload, wanted: Sequence[str], properties: str | None) -> Payload:
    """Without a wish, Jira shows the id alone."""
    if not wanted:
        return {"id": shown["id"]}
    shown["fields"] = {name: value for name, value in shown["fields"].items() if name in wanted}
    return shown if properties else {name: value for name, value in shown.items() if name != "properties"}


def _fits(jql: str) -> Callable[[View, Plan], bool]:
    """The sandbox knows projects, and moments to the minute in the zone of whoever asks."""
    first, *rest = jql.split(" AND ")
    bounds = [_CLAUSE.fullmatch(clause) for clause in rest]
    if first != f'project in ("{settings.PROJECT["key"]}")' or None in bounds or not bounds:
        raise Refusal(400, refusal(f"the sandbox's JQL does not understand {jql!r}"))
    read = [
        (found[1], found[2], datetime.strptime(found[3], "%Y/%m/%d %H:%M").replace(tzinfo=settings.ZONE).timestamp())
        for found in bounds
        if found
    ]

    def fits(view: View, plan: Plan) -> bool:
        at = {"updated": view.moved(plan), "created": plan.created_at}
        return all(at[name] >= bound if compared == ">=" else at[name] < bound for name, compared, bound in read)

    return fits


def count(view: View, asked: Asked) -> Payload:
    """About how many; the sandbox counts exactly."""
    fits = _fits(asked.body["jql"])
    return {"count": sum(not p.is_deleted(view.now) and fits(view, p) for p in view.plans)}


def changelog(view: View, asked: Asked, number: str) -> Payload:
    """The changes of one issue, oldest first."""
    rows = histories(view, _plan(view, number))
    page, begin, size = _placed(rows, asked, 100)
    return {"self": "", "startAt": begin, "maxResults": size, "total": len(rows),
            "isLast": begin + len(page) >= len(rows), "values": page}  # fmt: skip


def issue_comments(view: View, asked: Asked, number: str) -> Payload:
    """The comments of one issue, oldest first."""
    rows = comments(view, _plan(view, number))
    page, begin, size = _placed(rows, asked, 100)
    return {"startAt": begin, "maxResults": size, "total": len(rows), "comments": page}


def _placed(rows: list[Payload], asked: Asked, usual: int) -> tuple[list[Payload], int, int]:
    """A page by the place of its first row; larger wishes are cut down without a word."""
    begin, size = int(asked.query.get("startAt", 0)), max(1, min(int(asked.query.get("maxResults", usual)), MOST))
    return rows[begin : begin + size], begin, size


def desks(view: View, asked: Asked) -> Payload:
    """The service desks that the account sees."""
    rows, begin = settings.desks(view), int(asked.query.get("start", 0))
    page = rows[begin : begin + int(asked.query.get("limit", 50))]
    return {"size": len(page), "start": begin, "limit": 50, "isLastPage": begin + len(page) >= len(rows),
            "values": page, "_links": {}}  # fmt: skip


def forms(view: View, asked: Asked) -> Payload:
    """The one kind of request that customers can make."""
    told = {"id": "1", "name": "Get help", "description": "", "issueTypeId": "10001", "serviceDeskId": "1",
            "portalId": "1", "groupIds": ["1"], "_links": {}}  # fmt: skip
    return {"size": 1, "start": 0, "limit": 50, "isLastPage": True, "values": [told], "_links": {}}


def form(view: View, asked: Asked) -> Payload:
    """What customers fill in, and what they can choose."""
    words = [topic.name for topic in view.world.company.topics]
    chosen = [{"value": str(10200 + place), "label": word, "children": []} for place, word in enumerate(words)]
    told = [("summary", "Summarise the problem", "string", []), (settings.TOPIC, "Topic", "option", chosen)]
    fields = [
        {"fieldId": number, "name": name, "description": "", "required": True, "defaultValues": [],
         "validValues": values, "jiraSchema": {"type": kind}, "visible": True}
        for number, name, kind, values in told
    ]  # fmt: skip
    return {"requestTypeFields": fields, "canRaiseOnBehalfOf": True, "canAddRequestParticipants": True}


def levels(view: View, asked: Asked, number: str) -> Payload:
    """What the SLAs of one request say."""
    rows, begin = service_levels(view, _plan(view, number)), int(asked.query.get("start", 0))
    page = rows[begin : begin + int(asked.query.get("limit", 50))]
    return {"size": len(page), "start": begin, "limit": 50, "isLastPage": begin + len(page) >= len(rows),
            "values": page, "_links": {}}  # fmt: skip


def _plan(view: View, number: str) -> Plan:
    plan = view.plan(int(number))
    if plan is None or plan.is_deleted(view.now):
        raise Refusal(404, refusal("Issue does not exist or you do not have permission to see it."))
    return plan


def _token(at: int, number: int) -> str:
    return base64.urlsafe_b64encode(f"{at},{number}".encode()).decode()


def _place(token: str) -> tuple[int, int]:
    try:
        at, _, number = base64.urlsafe_b64decode(token).decode().partition(",")
        return int(at), int(number)
    except (ValueError, binascii.Error):
        raise Refusal(400, refusal("The provided next page token is invalid or expired.")) from None


ROUTES: list[tuple[str, Callable[..., Any]]] = [
    (r"GET api/3/myself", myself),
    (r"GET api/3/field", lambda view, asked: settings.fields(view)),
    (r"GET api/3/status", lambda view, asked: settings.statuses(view)),
    (r"GET api/3/search/jql", search),
    (r"POST api/3/search/approximate-count", count),
    (r"GET api/3/issue/(\d+)/changelog", changelog),
    (r"GET api/3/issue/(\d+)/comment", issue_comments),
    (r"GET servicedeskapi/servicedesk", desks),
    (r"GET servicedeskapi/servicedesk/1/requesttype", forms),
    (r"GET servicedeskapi/servicedesk/1/requesttype/1/field", form),
    (r"GET servicedeskapi/request/(\d+)/sla", levels),
]
