"""Which path shows what, page by page: Help Scout's endpoints over the view of a moment."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

from auditlib.sandbox.box import EMAIL, TOKEN
from auditlib.sandbox.flavour import Answer, Asked, Refusal, routed
from auditlib.sandbox.help_scout.conversation import TOPIC, conversation, everyone, is_user, rated, threads
from auditlib.sandbox.instants import iso, moment
from auditlib.sandbox.plan import Plan
from auditlib.sandbox.view import View

Payload = dict[str, Any]

TOKEN_PATH = "/v2/oauth2/token"
PAGE = 25
OF_LIST = frozenset({"embed", "mailbox", "folder", "status", "tag", "assigned_to", "modifiedSince", "number", "page",
                     "sortField", "sortOrder", "query", "customFieldsByIds"})  # fmt: skip
_BETWEEN = re.compile(r"\(modifiedAt:\[(\S+) TO (\S+)\]\)")


def refusal(message: str) -> Payload:
    """How Help Scout words an error."""
    return {"logRef": "1b2c", "message": message, "_embedded": {"errors": []}, "_links": {}}


def answer(view: View, asked: Asked) -> Answer:
    """What the helpdesk answers, or the refusal it would give."""
    found = routed(ROUTES, view, asked, asked.path.removeprefix("/v2/"))
    if found is None:
        raise Refusal(404, refusal("Not found"))
    return found


def token(view: View, asked: Asked) -> Payload:
    """A token for the id and the secret of an app."""
    told = {name: values[0] for name, values in parse_qs((asked.body or b"").decode()).items()}
    if told != {"grant_type": "client_credentials", "client_id": EMAIL, "client_secret": TOKEN}:
        raise Refusal(400, {"error": "invalid_client", "error_description": "Client authentication failed"})
    return {"token_type": "bearer", "access_token": TOKEN, "expires_in": 172800}


def conversations(view: View, asked: Asked) -> Payload:
    """Conversations by their last change; without a wish only those that are active."""
    query = asked.query
    if unknown := sorted(set(query) - OF_LIST):
        raise Refusal(400, refusal(f"unknown parameter {unknown[0]}"))
    if query.get("status") != "all" or query.get("sortField") != "modifiedAt":
        raise Refusal(400, refusal("the sandbox lists conversations of every status by their last change"))
    begin, end = 0, view.now + 1
    if "modifiedSince" in query:
        begin = moment(query["modifiedSince"])
    if "query" in query:
        between = _BETWEEN.fullmatch(query["query"])
        if between is None:
            raise Refusal(400, refusal(f"the sandbox does not understand {query['query']!r}"))
        begin, end = moment(between[1]), moment(between[2])
    plans = [p for p in view.plans if not p.is_deleted(view.now) and begin <= view.moved(p) <= end]
    plans.sort(key=lambda plan: (view.moved(plan), plan.id), reverse=query.get("sortOrder", "desc") == "desc")
    return _paged(asked, "conversations", plans, lambda plan: conversation(view, plan))


def conversation_threads(view: View, asked: Asked, number: str) -> Payload:
    """The threads of one conversation, the newest first."""
    return _paged(asked, "threads", threads(view, _plan(view, number)), lambda row: row)


def ratings(view: View, asked: Asked) -> Payload:
    """Ratings of a time, the latest one of each reply; the newest change comes first."""
    begin, end = moment(asked.query["start"]), moment(asked.query["end"])
    if {asked.query.get(name) for name in ("rating", "sortField", "sortOrder")} != {"all", "modifiedAt", "DESC"}:
        raise Refusal(400, refusal("the sandbox reports all ratings by their last change"))
    known = (row for plan in view.plans if not plan.is_deleted(view.now) for row in rated(view, plan))
    rows = [row for row in known if begin <= moment(row["ratingCreatedAt"]) <= end]
    rows.sort(key=lambda row: (row["ratingCreatedAt"], row["id"]), reverse=True)
    number = int(asked.query.get("page", 1))
    return {"facets": {}, "results": rows[(number - 1) * PAGE : number * PAGE], "page": number,
            "pages": -(-len(rows) // PAGE), "count": len(rows)}  # fmt: skip


def users(view: View, asked: Asked) -> Payload:
    """Who works here now: whoever has left is gone."""
    rows: list[Payload] = [
        {"id": told.id, "firstName": told.name.partition(" ")[0], "lastName": told.name.partition(" ")[2],
         "email": told.email, "role": "admin" if told.role == "admin" else "user", "timezone": "Europe/Berlin",
         "createdAt": iso(told.created), "updatedAt": iso(told.updated), "type": "user", "_links": {}}
        for told in view.once(everyone).values() if is_user(told) and not told.has_left
    ]  # fmt: skip
    return _paged(asked, "users", rows, lambda row: row)


def system_users(view: View, asked: Asked) -> Payload:
    """AI agents, which are not among the users of this list: the company's assistant is an integration of its own."""
    return _paged(asked, "system_users", [], lambda row: row)


def mailboxes(view: View, asked: Asked) -> Payload:
    """One for each group."""
    rows: list[Payload] = [
        {"id": group.id, "name": group.name, "slug": "x", "email": "x@nordlicht.example", "_links": {}}
        for group in view.world.company.groups.values()
    ]
    return _paged(asked, "mailboxes", rows, lambda row: row)


def teams(view: View, asked: Asked) -> Payload:
    """Conversations are given to people here, not to teams."""
    return _paged(asked, "teams", [], lambda row: row)


def fields(view: View, asked: Asked, number: str) -> Payload:
    """The fields of one mailbox."""
    words = [topic.name for topic in view.world.company.topics]
    options = [{"id": 500 + place, "order": place, "label": word} for place, word in enumerate(words)]
    field = {"id": TOPIC, "required": False, "name": "Topic", "type": "dropdown", "order": 1, "options": options}
    return _paged(asked, "fields", [field], lambda row: row)


def _plan(view: View, number: str) -> Plan:
    plan = view.plan(int(number))
    if plan is None or plan.is_deleted(view.now):
        raise Refusal(404, refusal("Not found"))
    return plan


def _paged(asked: Asked, under: str, rows: list[Any], shown: Callable[[Any], Payload]) -> Payload:
    number = int(asked.query.get("page", 1))
    some = [shown(row) for row in rows[(number - 1) * PAGE : number * PAGE]]
    size = {"size": PAGE, "totalElements": len(rows), "totalPages": -(-len(rows) // PAGE), "number": number}
    embedded = {"_embedded": {under: some}} if some else {}
    return {**embedded, "_links": {"self": {"href": asked.url}}, "page": size}


ROUTES: list[tuple[str, Callable[..., Any]]] = [
    (r"POST oauth2/token", token),
    (r"GET conversations", conversations),
    (r"GET conversations/(\d+)/threads", conversation_threads),
    (r"GET users", users),
    (r"GET /v3/system-users", system_users),
    (r"GET mailboxes", mailboxes),
    (r"GET mailboxes/(\d+)/fields", fields),
    (r"GET teams", teams),
    (r"GET conversations/(\d+)", lambda view, asked, number: conversation(view, _plan(view, number))),
    (r"GET reports/happiness/ratings", ratings),
]
