"""Which path shows what: HubSpot's endpoints over the view of a moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from auditlib.sandbox.flavour import Answer, Asked, Refusal, routed
from auditlib.sandbox.hubspot import records, settings, surveys
from auditlib.sandbox.plan import Plan
from auditlib.sandbox.view import View

Payload = dict[str, Any]

SHOWN, OF_A_SEARCH, WITH_HISTORY, OF_A_BATCH = 10_000, 200, 50, 100


def refusal(category: str, message: str) -> Payload:
    """How HubSpot words an error."""
    return {"status": "error", "message": message, "category": category,
            "correlationId": "aeb5f871-7f07-4993-9211-075dc63e7cbf"}  # fmt: skip


def _invalid(message: str) -> Refusal:
    return Refusal(400, refusal("VALIDATION_ERROR", message))


def answer(view: View, asked: Asked) -> Answer:
    """What the helpdesk answers, or the refusal it would give."""
    found = routed(ROUTES, view, asked, asked.path.removeprefix("/"))
    if found is None:
        raise Refusal(404, refusal("OBJECT_NOT_FOUND", "resource not found"))
    return found


def _there(view: View) -> list[Plan]:
    return [plan for plan in view.plans if not plan.is_deleted(view.now)]


Shown = Callable[[Sequence[str]], Payload]
"""A record with the properties that are asked for."""


def search(view: View, asked: Asked) -> Payload:
    """Tickets that one group of filters finds."""
    found: list[tuple[dict[str, int], Shown]] = [
        (
            {"hs_object_id": plan.id, "createdate": plan.created_at * 1000,
             "hs_lastmodifieddate": view.moved(plan) * 1000},
            lambda wanted, plan=plan: records.ticket(view, plan, list(wanted), []),  # type: ignore[misc]
        )
        for plan in view.once(_there)
    ]  # fmt: skip
    return _searched(asked, found)


def answered(view: View, asked: Asked) -> Payload:
    """Answers to surveys that one group of filters finds."""
    found: list[tuple[dict[str, int], Shown]] = [
        (
            {"hs_object_id": number, "hs_lastmodifieddate": told.at * 1000},
            lambda wanted, told=told: _with(told.record, wanted),  # type: ignore[misc]
        )
        for number, told in view.once(surveys.answers).items()
    ]
    return _searched(asked, found)


def _searched(asked: Asked, rows: list[tuple[dict[str, int], Shown]]) -> Payload:
    """What is found, by number; at most 10,000 can be paged."""
    body = asked.body
    unknown = set(body) - {"filterGroups", "sorts", "properties", "limit", "after", "query"}
    if unknown or len(body.get("filterGroups", [])) > 1:
        raise _invalid(f"the sandbox's search does not understand {sorted(unknown) or 'several groups of filters'}")
    limit, begin = int(body.get("limit", 10)), int(body.get("after", 0))
    if not 1 <= limit <= OF_A_SEARCH:
        raise _invalid(f"the limit is {limit}; it may be {OF_A_SEARCH} at most")
    if begin + limit > SHOWN:
        raise _invalid("a search shows 10,000 results at most")
    tests = [_test(told) for group in body.get("filterGroups", []) for told in group["filters"]]
    found = [(values["hs_object_id"], shown) for values, shown in rows if all(test(values) for test in tests)]
    found.sort(key=lambda row: row[0])
    page = [shown(body.get("properties", [])) for _, shown in found[begin : begin + limit]]
    told: Payload = {"total": len(found), "results": page}
    if begin + limit < len(found):
        told["paging"] = {"next": {"after": str(begin + limit)}}
    return told


def _test(told: Payload) -> Callable[[dict[str, int]], bool]:
    name, operator = told["propertyName"], told["operator"]
    if operator == "IN":
        wanted = {int(value) for value in told["values"]}
        return lambda values: values[name] in wanted
    if name not in ("hs_lastmodifieddate", "createdate", "hs_object_id") or not str(told.get("value", "")).isdigit():
        raise _invalid(f"the sandbox's search does not understand {told}")
    bound = int(told["value"])
    compared: dict[str, Callable[[int], bool]] = {
        "GTE": lambda value: value >= bound, "GT": lambda value: value > bound, "LT": lambda value: value < bound,
        "LTE": lambda value: value <= bound, "EQ": lambda value: value == bound,
    }  # fmt: skip
    if operator not in compared:
        raise _invalid(f"the sandbox's search does not know the operator {operator}")
    fits = compared[operator]
    return lambda values: fits(values[name])


def tickets(view: View, asked: Asked) -> Payload:
    """A batch of tickets by number; what is gone is left out."""
    body = asked.body
    traced, inputs = body.get("propertiesWithHistory", []), _inputs(asked, WITH_HISTORY)
    plans = [plan for number in inputs if (plan := view.plan(number)) and not plan.is_deleted(view.now)]
    return _complete([records.ticket(view, plan, body.get("properties", []), traced) for plan in plans])


def listed(view: View, asked: Asked) -> Payload:
    """Tickets by number, or those in the recycling bin."""
    archived = asked.query.get("archived") == "true"
    plans = [plan for plan in view.plans if plan.is_deleted(view.now) == archived]
    wanted = asked.query.get("properties", "").split(",")
    return _paged(asked, [records.ticket(view, plan, wanted, []) for plan in plans])


def requesters(view: View, asked: Asked) -> Payload:
    """The contacts of a batch of tickets."""
    kind = {"category": "HUBSPOT_DEFINED", "typeId": 16, "label": None}
    plans = [plan for number in _inputs(asked, 1000) if (plan := view.plan(number))]
    return _complete([
        {"from": {"id": str(plan.id)}, "to": [{"toObjectId": plan.customer.id, "associationTypes": [kind]}]}
        for plan in plans
    ])  # fmt: skip


def surveyed(view: View, asked: Asked) -> Payload:
    """The answers about a batch of tickets; a ticket without one is left out."""
    wanted = _inputs(asked, 1000)
    about: dict[int, list[int]] = {}
    for number, told in view.once(surveys.answers).items():
        about.setdefault(told.ticket, []).append(number)
    return _complete([surveys.tie(number, about[number]) for number in wanted if number in about])


def about(view: View, asked: Asked) -> Payload:
    """The tickets that a batch of answers is about."""
    known, wanted = view.once(surveys.answers), _inputs(asked, 1000)
    plans = {number: view.plan(known[number].ticket) for number in wanted if number in known}
    return _complete([
        surveys.tie(number, [plan.id]) for number, plan in plans.items() if plan and not plan.is_deleted(view.now)
    ])  # fmt: skip


def owners(view: View, asked: Asked) -> Payload:
    """Who may own tickets, or who might once."""
    return _paged(asked, settings.owners(view, asked.query.get("archived") == "true"))


def _batch(rows: Callable[[View], dict[int, Payload]]) -> Callable[[View, Asked], Payload]:
    def found(view: View, asked: Asked) -> Payload:
        known, wanted = view.once(rows), asked.body.get("properties", [])
        return _complete([_with(known[n], wanted) for n in _inputs(asked, OF_A_BATCH) if n in known])

    return found


def _listed(rows: Callable[[View], dict[int, Payload]]) -> Callable[[View, Asked], Payload]:
    return lambda view, asked: _paged(asked, list(view.once(rows).values()))


def _with(record: Payload, wanted: Sequence[str]) -> Payload:
    return {**record, "properties": {name: record["properties"].get(name) for name in wanted}}


def _inputs(asked: Asked, most: int) -> list[int]:
    inputs = asked.body["inputs"]
    if not 1 <= len(inputs) <= most:
        raise _invalid(f"a batch of {len(inputs)}; it may hold {most} at most")
    return [int(told["id"]) for told in inputs]


def _complete(rows: list[Payload]) -> Payload:
    return {"status": "COMPLETE", "results": rows, "startedAt": "2026-01-01T00:00:00.000Z",
            "completedAt": "2026-01-01T00:00:00.000Z"}  # fmt: skip


def threads(view: View, asked: Asked) -> Payload:
    """The conversations of one ticket, or of all."""
    named = asked.query.get("associatedTicketId")
    plans = [view.plan(int(named))] if named else view.once(_there)
    return _paged(asked, [row for plan in plans if plan for row in records.threads(view, plan)])


def messages(view: View, asked: Asked, thread: str) -> Payload:
    """What was written in one conversation; the newest first, unless it is asked for otherwise."""
    plan = view.plan(int(thread) - records.FIRST_THREAD)
    if plan is None:
        raise Refusal(404, refusal("OBJECT_NOT_FOUND", "resource not found"))
    rows = records.messages(view, plan)
    return _paged(asked, rows if asked.query.get("sort") == "createdAt" else rows[::-1])


def _paged(asked: Asked, rows: list[Payload]) -> Payload:
    limit, begin = int(asked.query.get("limit", 10)), int(asked.query.get("after", 0))
    if not 1 <= limit <= 100:
        raise _invalid(f"the limit is {limit}; it may be 100 at most")
    told: Payload = {"results": rows[begin : begin + limit]}
    if begin + limit < len(rows):
        told["paging"] = {"next": {"after": str(begin + limit), "link": f"?after={begin + limit}"}}
    return told


ROUTES: list[tuple[str, Callable[..., Any]]] = [
    (r"GET crm/v3/pipelines/tickets", lambda view, asked: {"results": settings.pipelines(view)}),
    (
        r"GET crm/v3/owners",
        lambda view, asked: _paged(asked, settings.owners(view, asked.query.get("archived") == "true")),
    ),
    (r"GET crm/v3/properties/tickets", lambda view, asked: {"results": settings.properties(view)}),
    (r"POST crm/v3/objects/tickets/search", search),
    (r"POST crm/v3/objects/tickets/batch/read", tickets),
    (r"GET crm/v3/objects/tickets", listed),
    (r"POST crm/v4/associations/tickets/contacts/batch/read", requesters),
    (r"GET crm/v3/objects/contacts", _listed(records.contacts)),
    (r"GET crm/v3/objects/companies", _listed(records.companies)),
    (r"POST crm/v3/objects/contacts/batch/read", _batch(records.contacts)),
    (r"POST crm/v3/objects/companies/batch/read", _batch(records.companies)),
    (r"POST crm/v3/objects/feedback_submissions/search", answered),
    (r"POST crm/v3/objects/feedback_submissions/batch/read", _batch(surveys.records)),
    (r"GET crm/v3/objects/feedback_submissions", _listed(surveys.records)),
    (r"POST crm/v4/associations/tickets/feedback_submissions/batch/read", surveyed),
    (r"POST crm/v4/associations/feedback_submissions/tickets/batch/read", about),
    (r"GET conversations/v3/conversations/threads", threads),
    (r"GET conversations/v3/conversations/threads/(\d+)/messages", messages),
]
