"""Zendesk's incremental exports, and the lists that they and the other endpoints show."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

from auditlib.sandbox.flavour import Query
from auditlib.sandbox.instants import iso, moment
from auditlib.sandbox.plan import Plan
from auditlib.sandbox.view import View
from auditlib.sandbox.zendesk import people
from auditlib.sandbox.zendesk.metric_events import metric_events
from auditlib.sandbox.zendesk.metrics import metric_set
from auditlib.sandbox.zendesk.paging import BadRequest, export_page, number
from auditlib.sandbox.zendesk.ticket import ticket

Payload = dict[str, Any]


def exported(view: View) -> list[Plan]:
    """All tickets but those of the last minute, in the order of the export."""
    moved = [(view.moved(p), p.id, p) for p in view.plans]
    return [p for at, _, p in sorted(moved, key=lambda m: m[:2]) if at <= view.now - 60]


def users(view: View) -> list[Payload]:
    """All users, by id."""
    return people.users(view.world, view.now)


def organizations(view: View) -> list[Payload]:
    """All organizations, by id."""
    return people.organizations(view.world, view.now)


def all_metric_events(view: View) -> list[Payload]:
    """All metric events, in order of time."""
    events = [e for p in view.plans for e in metric_events(view.world, p, view.now)]
    return sorted(events, key=lambda e: (e["time"], e["id"]))


def tickets_export(view: View, query: Query, url: str, _: str) -> Payload:
    """Tickets in the order in which they moved, with what the request wants beside them."""
    rows = view.once(exported)
    if query.get("exclude_deleted") == "true":
        rows = [p for p in rows if not p.is_deleted(view.now)]
    plans: list[Plan] = []

    def show(plan: Plan) -> Payload:
        plans.append(plan)
        return {**ticket(view.world, plan, view.now), "generated_timestamp": view.moved(plan)}

    page = export_page("tickets", rows, lambda p: (view.moved(p), p.id), show, query, view.now, url)
    return page | _beside(view, page["tickets"], plans, query.get("include", ""))


def _beside(view: View, tickets: list[Payload], plans: list[Plan], include: str) -> Payload:
    wanted = include.split(",") if include else []
    found: Payload = {}
    if "metric_sets" in wanted:
        for row, plan in zip(tickets, plans, strict=True):
            row["metric_set"] = metric_set(view.world, plan, view.now)
    if "metric_events" in wanted:
        for row, plan in zip(tickets, plans, strict=True):
            row["metric_events"] = _by_metric(metric_events(view.world, plan, view.now))
    if "users" in wanted:
        ids = {row[k] for row in tickets for k in ("requester_id", "submitter_id", "assignee_id")}
        found["users"] = [u for u in view.once(users) if u["id"] in ids]
    if "groups" in wanted:
        ids = {row["group_id"] for row in tickets}
        found["groups"] = [g for g in people.groups(view.world, view.now) if g["id"] in ids]
    if "organizations" in wanted:
        ids = {row["organization_id"] for row in tickets}
        found["organizations"] = [o for o in view.once(organizations) if o["id"] in ids]
    return found


def _by_metric(events: list[Payload]) -> dict[str, list[Payload]]:
    """Metric events as they stand beside a ticket: a list for each metric."""
    return {metric: [e for e in events if e["metric"] == metric] for metric in sorted({e["metric"] for e in events})}


def users_export(view: View, query: Query, url: str, _: str) -> Payload:
    """Users in the order in which they last changed."""
    rows = sorted(view.once(users), key=_moved)
    return export_page("users", rows, _moved, lambda u: u, query, view.now, url)


def _moved(row: Payload) -> tuple[int, int]:
    return moment(row["updated_at"]), row["id"]


def organizations_export(view: View, query: Query, url: str, _: str) -> Payload:
    """Organizations in the order in which they last changed."""
    rows = sorted(view.once(organizations), key=_moved)
    return export_page("organizations", rows, _moved, lambda o: o, query, view.now, url)


def metric_events_export(view: View, query: Query, url: str, _: str) -> Payload:
    """Metric events since a time, in Zendesk's older, time-based way: a page never splits a second."""
    start = number(query, "start_time", 0)
    if start > view.now - 60:
        raise BadRequest(422, "InvalidValue", "Too recent start_time. Use a start_time older than 60 seconds")
    size = min(number(query, "per_page", 1000), 1000)
    events = view.once(all_metric_events)
    rows = events[bisect_left(events, iso(start), key=lambda e: e["time"]) :]
    end = min(size, len(rows))
    while 0 < end < len(rows) and rows[end]["time"] == rows[end - 1]["time"]:
        end += 1
    following = moment(rows[end - 1]["time"]) + 1 if end else start
    return {
        "ticket_metric_events": rows[:end], "count": end, "end_time": following,
        "end_of_stream": end == len(rows), "next_page": f"{url}?start_time={following}",
    }  # fmt: skip
