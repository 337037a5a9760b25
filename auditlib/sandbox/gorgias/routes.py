"""Which path shows what, page by page: Gorgias's endpoints over the view of a moment."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

from auditlib.sandbox.flavour import Answer, Asked, Refusal, routed
from auditlib.sandbox.gorgias import people
from auditlib.sandbox.gorgias.history import events
from auditlib.sandbox.gorgias.people import stamp
from auditlib.sandbox.gorgias.ticket import TOPIC, moved_at, record, survey, whole
from auditlib.sandbox.instants import moment
from auditlib.sandbox.plan import Plan
from auditlib.sandbox.view import View

Payload = dict[str, Any]
Place = tuple[int, int]

LIMIT, MOST = 30, 100
PAGED = frozenset({"cursor", "limit"})
ORDERS = ("created_datetime:asc", "created_datetime:desc", "updated_datetime:asc", "updated_datetime:desc")


def refusal(message: str, **fields: list[str]) -> Payload:
    """How Gorgias words an error."""
    return {"error": {"msg": message, **({"data": fields} if fields else {})}}


def answer(view: View, asked: Asked) -> Answer:
    """What the helpdesk answers, or the refusal it would give."""
    found = routed(ROUTES, view, asked, asked.path.removeprefix("/api/"))
    if found is None:
        raise Refusal(404, refusal("Not found"))
    return found


def account(view: View, asked: Asked) -> Payload:
    """Whose account it is."""
    _check(asked, frozenset())
    company = view.world.company
    return {"domain": company.subdomain, "created_datetime": stamp(company.since), "deactivated_datetime": None,
            "meta": {"company_name": company.name}, "settings": [], "status": {"status": "active"}}  # fmt: skip


def tickets(view: View, asked: Asked) -> Payload:
    """All tickets in an order; those in the trash only if they are asked for. Nothing limits them to a time."""
    more = {"order_by", "customer_id", "external_id", "view_id", "rule_id", "ticket_ids", "trashed"}
    _check(asked, PAGED | more)
    order = _order(asked, ORDERS, "created_datetime:desc")
    if unused := sorted(set(asked.query) & (more - {"order_by", "trashed"})):
        raise Refusal(400, refusal("Invalid parameters", **{unused[0]: ["The sandbox does not understand it."]}))
    is_by_change = order.startswith("updated")
    when: Callable[[Plan], int] = lambda plan: moved_at(view, plan) if is_by_change else plan.created_at  # noqa: E731
    shown = [plan for plan in view.plans if _is_there(view, plan)]
    if asked.query.get("trashed") != "true":
        shown = [plan for plan in shown if not plan.is_deleted(view.now)]
    return _paged(asked, shown, lambda plan: (when(plan), plan.id), lambda plan: record(view, plan), order)


def ticket(view: View, asked: Asked, number: str) -> Payload:
    """One ticket with its messages; also one in the trash."""
    _check(asked, frozenset({"relationships"}))
    return whole(view, _plan(view, number))


def ticket_events(view: View, asked: Asked) -> Payload:
    """Events of one object."""
    _check(asked, PAGED | {"order_by", "object_id", "object_type", "user_ids", "types", "created_datetime[gte]"})
    order = _order(
        asked, ("created_datetime:asc", "created_datetime:desc", "created_datetime"), "created_datetime:desc"
    )
    if asked.query.get("object_type") != "Ticket" or not asked.query.get("object_id", "").isdigit():
        raise Refusal(400, refusal("Invalid parameters", object_id=["The sandbox tells the events of one ticket."]))
    told = events(view, _plan(view, asked.query["object_id"]))
    return _paged(asked, told, lambda row: (0, row["id"]), lambda row: row, order)


def surveys(view: View, asked: Asked) -> Payload:
    """Surveys by when they were made; nothing asks for those that were answered since a moment."""
    _check(asked, PAGED | {"order_by", "ticket_id"})
    order = _order(asked, ORDERS[:2], "created_datetime:desc")
    told = [row for plan in view.plans if _is_there(view, plan) and (row := survey(view, plan))]
    return _paged(asked, told, lambda row: (moment(row["created_datetime"]), row["id"]), lambda row: row, order)


def users(view: View, asked: Asked) -> Payload:
    """Who works here now."""
    return _all(asked, view.once(people.users))


def teams(view: View, asked: Asked) -> Payload:
    """The company's groups."""
    return _all(asked, view.once(people.teams))


def fields(view: View, asked: Asked) -> Payload:
    """The fields of tickets."""
    _check(asked, PAGED | {"object_type", "order_by", "search", "archived"})
    if asked.query.get("object_type") not in ("Ticket", "Customer"):
        raise Refusal(400, refusal("Invalid parameters", object_type=["Missing data for required field."]))
    choices = [topic.name for topic in view.world.company.topics]
    definition = {"data_type": "text", "input_settings": {"input_type": "dropdown", "choices": choices}}
    rows = [
        {"id": TOPIC, "uri": f"/api/custom-fields/{TOPIC}/", "object_type": "Ticket", "label": "Topic", "priority": 1,
         "description": None, "required": False, "managed_type": "contact_reason", "external_id": None,
         "definition": definition, "created_datetime": stamp(view.world.company.since), "updated_datetime": None,
         "deactivated_datetime": None}
    ]  # fmt: skip
    return _paged(asked, rows, lambda row: (0, row["id"]), lambda row: row, "asc")


def _all(asked: Asked, rows: list[Payload]) -> Payload:
    _check(asked, PAGED | {"order_by"})
    return _paged(asked, rows, lambda row: (0, row["id"]), lambda row: row, "asc")


def _is_there(view: View, plan: Plan) -> bool:
    """What is deleted for good is gone."""
    scrubbed = plan.facts.scrubbed_at
    return not (plan.is_deleted(view.now) and scrubbed is not None and scrubbed <= view.now)


def _plan(view: View, number: str) -> Plan:
    plan = view.plan(int(number))
    if plan is None or not _is_there(view, plan):
        raise Refusal(404, refusal("Ticket not found"))
    return plan


def _check(asked: Asked, known: frozenset[str] | set[str]) -> None:
    if unknown := sorted(set(asked.query) - known):
        raise Refusal(400, refusal("Invalid parameters", **{unknown[0]: ["Unknown field."]}))


def _order(asked: Asked, known: tuple[str, ...], default: str) -> str:
    order = asked.query.get("order_by", default)
    if order not in known:
        raise Refusal(400, refusal("Invalid parameters", order_by=["Not a valid choice."]))
    return order


def _paged(
    asked: Asked, rows: list[Any], place: Callable[[Any], Place], shown: Callable[[Any], Payload], order: str
) -> Payload:
    """A page behind the cursor, which is a place in the order and no number of rows."""
    size = asked.query.get("limit", str(LIMIT))
    if not size.isdigit() or not 1 <= int(size) <= MOST:
        raise Refusal(400, refusal("Invalid parameters", limit=["Must be between 1 and 100."]))
    is_down = order.endswith(":desc")
    rows = sorted(rows, key=place, reverse=is_down)
    if "cursor" in asked.query:
        behind = _placed(asked.query["cursor"])
        rows = [row for row in rows if (place(row) < behind if is_down else place(row) > behind)]
    some = rows[: int(size)]
    following = (
        base64.urlsafe_b64encode(json.dumps(place(some[-1])).encode()).decode() if len(rows) > len(some) else None
    )
    return {"data": [shown(row) for row in some], "object": "list", "uri": asked.path,
            "meta": {"prev_cursor": None, "next_cursor": following}}  # fmt: skip


def _placed(cursor: str) -> Place:
    try:
        at, number = json.loads(base64.urlsafe_b64decode(cursor))
    except ValueError:
        raise Refusal(400, refusal("Invalid parameters", cursor=["Invalid cursor."])) from None
    return at, number


ROUTES: list[tuple[str, Callable[..., Any]]] = [
    (r"GET account", account),
    (r"GET tickets", tickets),
    (r"GET tickets/(\d+)", ticket),
    (r"GET events", ticket_events),
    (r"GET satisfaction-surveys", surveys),
    (r"GET users", users),
    (r"GET teams", teams),
    (r"GET custom-fields", fields),
]
