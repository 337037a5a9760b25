"""Which path shows what, page by page: Intercom's endpoints over the view of a moment."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from auditlib.sandbox.flavour import Answer, Asked, Refusal, routed
from auditlib.sandbox.instants import DAY
from auditlib.sandbox.intercom import people, settings
from auditlib.sandbox.intercom.conversation import listed, whole
from auditlib.sandbox.intercom.ticket import is_form, ticket
from auditlib.sandbox.plan import Plan
from auditlib.sandbox.view import View

Payload = dict[str, Any]

VERSION = "2.14"
MOST, OF_COMPANIES = 150, 60
MOMENTS = ("created_at", "updated_at")


def refusal(code: str, message: str) -> Payload:
    """How Intercom words an error."""
    return {"type": "error.list", "request_id": None, "errors": [{"code": code, "message": message}]}


def answer(view: View, asked: Asked) -> Answer:
    """What the helpdesk answers, or the refusal it would give."""
    if asked.headers.get("intercom-version") != VERSION:
        raise Refusal(400, refusal("intercom_version_invalid", "The requested version could not be found"))
    found = routed(ROUTES, view, asked, asked.path.removeprefix("/"))
    if found is None:
        raise Refusal(404, refusal("not_found", "Resource not found"))
    return found


def me(view: View, asked: Asked) -> Payload:
    """Whose token it is, and of which workspace."""
    app = {"type": "app", "id_code": "nordlicht", "name": view.world.company.name, "region": "EU",
           "timezone": "Europe/Berlin", "created_at": view.world.company.since}  # fmt: skip
    return {"type": "admin", "id": "1", "name": "Audit", "email": "audit@nordlicht.example", "app": app}


def _there(view: View) -> list[Plan]:
    return [plan for plan in view.plans if not plan.is_deleted(view.now)]


def conversations(view: View, asked: Asked) -> Payload:
    """Conversations that a search finds, the one that moved last first; to the second."""
    plans = [plan for plan in view.once(_there) if not is_form(plan)]
    return _found(view, asked, plans, "conversations", listed)


def tickets(view: View, asked: Asked) -> Payload:
    """Tickets that a search finds: all of them are customers', and come with their parts."""
    return _found(view, asked, [plan for plan in view.once(_there) if is_form(plan)], "tickets", ticket)


def _found(
    view: View, asked: Asked, plans: Sequence[Plan], under: str, show: Callable[[View, Plan], Payload]
) -> Payload:
    plans = sorted(plans, key=lambda plan: (-view.moved(plan), plan.id))
    fits = _fits(asked, lambda value, compared: value)
    found = [p for p in plans if fits({"created_at": p.created_at, "updated_at": view.moved(p), "category": "request"})]
    key = [(-view.moved(plan), plan.id) for plan in found]
    return _page(asked, found, key, under, f"{under.removesuffix('s')}.list", lambda plan: show(view, plan))


def one_ticket(view: View, asked: Asked, number: str) -> Payload:
    """One ticket with its parts."""
    plan = view.plan(int(number))
    if plan is None or plan.is_deleted(view.now) or not is_form(plan):
        raise Refusal(404, refusal("ticket_not_found", "Ticket not found"))
    return ticket(view, plan)


def contacts(view: View, asked: Asked) -> Payload:
    """Contacts that a search finds: by whole days, and `>` begins with the day after."""
    rows = sorted(view.once(people.contacts), key=lambda row: (row["updated_at"], row["id"]))
    fits = _fits(asked, lambda value, compared: value // DAY * DAY + (DAY - 1 if compared == ">" else 0))
    found = [row for row in rows if fits(row)]
    key = [(row["updated_at"], int(row["id"], 16)) for row in found]
    return _page(asked, found, key, "data", "list", lambda row: row)


def one_conversation(view: View, asked: Asked, number: str) -> Payload:
    """One conversation with its parts: in plain text where that is asked for."""
    plan = view.plan(int(number))
    if plan is None or plan.is_deleted(view.now) or is_form(plan):
        raise Refusal(404, refusal("not_found", "Resource Not Found"))
    told = whole(view, plan)
    if asked.query.get("display_as") != "plaintext":
        for part in [told["source"], *told["conversation_parts"]["conversation_parts"]]:
            part["body"] = f"<p>{escape(part['body'])}</p>" if part["body"] else part["body"]
    return told


def companies(view: View, asked: Asked) -> Payload:
    """Companies by number of page."""
    size, number = (int(asked.query.get(name, usual)) for name, usual in (("per_page", 20), ("page", 1)))
    if not 0 < size <= OF_COMPANIES:
        raise Refusal(400, refusal("parameter_invalid", f"per_page must be between 1 and {OF_COMPANIES}"))
    rows = view.once(people.companies)
    some = rows[(number - 1) * size : number * size]
    pages = {"type": "pages", "next": None, "page": number, "per_page": size, "total_pages": -(-len(rows) // size)}
    return {"type": "list", "data": some, "pages": pages, "total_count": len(rows)}


def attributes(view: View, asked: Asked) -> Payload:
    """The attributes of conversations."""
    return {"type": "list", "data": settings.attributes(view) if asked.query.get("model") == "conversation" else []}


def _fits(asked: Asked, as_searched: Callable[[int, str], int]) -> Callable[[Mapping[str, Any]], bool]:
    """The search's filters: the sandbox knows moments, alone or joined by AND."""
    query = asked.body.get("query") if isinstance(asked.body, dict) else None
    if not isinstance(query, dict):
        raise Refusal(400, refusal("parameter_invalid", "query is required"))
    filters = query["value"] if query.get("operator") == "AND" else [query]
    for told in filters:
        if (told.get("field"), told.get("operator"), asked.path) == ("category", "=", "/tickets/search"):
            continue
        if told.get("field") not in MOMENTS or told.get("operator") not in ("=", "<", ">"):
            raise Refusal(400, refusal("parameter_invalid", f"the sandbox does not search by {told.get('field')!r}"))
        if not isinstance(told.get("value"), int):
            raise Refusal(400, refusal("parameter_invalid", "a moment is searched for by its number"))

    def fits(row: Mapping[str, Any]) -> bool:
        for told in filters:
            if told["field"] == "category":
                if row["category"] != told["value"]:
                    return False
                continue
            value, compared = as_searched(told["value"], told["operator"]), told["operator"]
            at = row[told["field"]]
            if not (at > value if compared == ">" else at < value if compared == "<" else at == value):
                return False
        return True

    return fits


def _page(
    asked: Asked,
    found: Sequence[Any],
    keys: Sequence[tuple[int, int]],
    under: str,
    kind: str,
    show: Callable[[Any], Payload],
) -> Payload:
    """A page behind the cursor, which holds the place of the last row that was shown."""
    told = asked.body.get("pagination") or {}
    size = int(told.get("per_page", 50 if under == "data" else 20))
    if not 0 < size <= MOST:
        raise Refusal(400, refusal("parameter_invalid", f"per_page must be between 1 and {MOST}"))
    begin = 0
    if told.get("starting_after"):
        last = _decoded(told["starting_after"])
        begin = next((i for i, key in enumerate(keys) if key > last), len(keys))
    some, end = found[begin : begin + size], begin + size
    following = {"per_page": size, "starting_after": _encoded(keys[end - 1])} if end < len(found) else None
    pages = {"type": "pages", "page": begin // size + 1, "per_page": size, "total_pages": -(-len(found) // size)}
    return {
        "type": kind, under: [show(row) for row in some], "total_count": len(found),
        "pages": pages | ({"next": following} if following else {}),
    }  # fmt: skip


def _encoded(key: tuple[int, int]) -> str:
    return base64.urlsafe_b64encode(f"{key[0]},{key[1]}".encode()).decode()


def _decoded(cursor: str) -> tuple[int, int]:
    try:
        at, _, number = base64.urlsafe_b64decode(cursor).decode().partition(",")
        return int(at), int(number)
    except (ValueError, binascii.Error):
        raise Refusal(400, refusal("parameter_invalid", "starting_after is invalid")) from None


ROUTES: list[tuple[str, Callable[..., Any]]] = [
    (r"GET me", me),
    (r"GET admins", lambda view, asked: {"type": "admin.list", "admins": people.admins(view)}),
    (r"GET teams", lambda view, asked: {"type": "team.list", "teams": settings.teams(view)}),
    (r"GET data_attributes", attributes),
    (r"POST conversations/search", conversations),
    (r"GET conversations/(\d+)", one_conversation),
    (r"POST tickets/search", tickets),
    (r"GET tickets/(\d+)", one_ticket),
    (r"POST contacts/search", contacts),
    (r"POST companies/list", companies),
]
