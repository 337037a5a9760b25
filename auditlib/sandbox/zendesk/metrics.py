"""Zendesk's own figures for a ticket by its documented rules: whole minutes, by the clock and in hours."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, NamedTuple

from auditlib.sandbox.build import World
from auditlib.sandbox.instants import iso, iso_or_none
from auditlib.sandbox.past import acts_until
from auditlib.sandbox.plan import Act, Plan

DONE = ("solved", "closed")


class Stay(NamedTuple):
    """A time that the ticket spent in one status; the last one may still run."""

    status: str
    begin: int
    end: int | None


def metric_set(world: World, plan: Plan, now: int) -> dict[str, Any]:
    """The metric set of a ticket as at a moment."""
    acts = acts_until(plan, now)
    clock = _Clock(world, acts)
    stays = status_stays(plan, acts)
    solves = [s.begin for s in stays if s.status == "solved" or (s.status == "closed" and not _was_solved(stays, s))]
    replied = first_reply(world, plan, acts)
    assigned = _changes(acts, "assignee_id")
    return {
        "url": f"/api/v2/ticket_metrics/{plan.id + 70_000_000}.json", "id": plan.id + 70_000_000,
        "ticket_id": plan.id, "created_at": iso(plan.created_at), "updated_at": iso(acts[-1].at),
        "group_stations": _stations(acts, "group_id"), "assignee_stations": _stations(acts, "assignee_id"),
        "reopens": sum(a.status in DONE and b.status not in (*DONE, "deleted") for a, b in pairwise(stays)),
        "replies": len(_agent_comments(world, acts)),
        "assignee_updated_at": iso_or_none(_last(a.at for a in acts if _is_agent(world, a.actor))),
        "requester_updated_at": iso(
            _last(a.at for a in acts if a.actor == plan.customer.id) or plan.created_at),
        "status_updated_at": iso(stays[-1].begin), "custom_status_updated_at": iso(stays[-1].begin),
        "initially_assigned_at": iso_or_none(assigned[0] if assigned else None),
        "assigned_at": iso_or_none(assigned[-1] if assigned else None),
        "solved_at": iso_or_none(solves[-1]) if solves and stays[-1].status in DONE else None,
        "latest_comment_added_at": iso_or_none(_last(a.at for a in acts if a.message)),
        "reply_time_in_minutes": clock.span(replied and replied[0], replied and replied[1]),
        "first_resolution_time_in_minutes": clock.span(plan.created_at, solves[0] if solves else None),
        "full_resolution_time_in_minutes": clock.span(plan.created_at, solves[-1] if solves else None),
        "agent_wait_time_in_minutes": clock.sum(stays, "pending"),
        "requester_wait_time_in_minutes": clock.sum(stays, "new", "open", "hold"),
        "on_hold_time_in_minutes": clock.sum(stays, "hold"),
    }  # fmt: skip


def status_stays(plan: Plan, acts: list[Act]) -> list[Stay]:
    """The statuses of the ticket, one after the other."""
    status = "new" if acts[0].actor == plan.customer.id else "open"
    begin, found = plan.created_at, []
    for act in acts:
        for change in act.changes:
            if change.field == "status":
                found.append(Stay(status, begin, act.at))
                status, begin = change.new, act.at
    return [*found, Stay(status, begin, None)]


def first_reply(world: World, plan: Plan, acts: list[Act]) -> tuple[int, int] | None:
    """From creation to an agent's first public comment; to the second where an agent opened the ticket."""
    comments = _agent_comments(world, acts)
    opened_by_agent = bool(comments) and comments[0] is acts[0]
    if len(comments) <= opened_by_agent:
        return None
    return plan.created_at, comments[opened_by_agent].at


def _agent_comments(world: World, acts: list[Act]) -> list[Act]:
    return [
        a for a in acts
        if a.message and a.message.is_public and _is_agent(world, a.actor) and not a.via.startswith("rule")
    ]  # fmt: skip


def _is_agent(world: World, number: int) -> bool:
    return any(a.id == number for a in world.company.agents)


def _was_solved(stays: list[Stay], closed: Stay) -> bool:
    return any(s.status == "solved" and s.begin <= closed.begin for s in stays)


def _changes(acts: list[Act], field: str) -> list[int]:
    return [a.at for a in acts for c in a.changes if c.field == field and c.new is not None]


def _stations(acts: list[Act], field: str) -> int:
    return len(_changes(acts, field))


def _last(moments: Any) -> int | None:
    return max(moments, default=None)


class _Clock:
    """Whole minutes, twice: by the clock, and in the hours of the schedule that the ticket has now."""

    def __init__(self, world: World, acts: list[Act]) -> None:
        assigned = [c.new for a in acts for c in a.changes if c.field == "schedule"]
        self.hours = world.company.schedule(assigned[-1]).open if assigned else None

    def span(self, begin: int | None, end: int | None) -> dict[str, int | None]:
        if begin is None or end is None:
            return {"calendar": None, "business": None}
        return self._minutes([(begin, end)])

    def sum(self, stays: list[Stay], *statuses: str) -> dict[str, int | None]:
        """Time in statuses that the ticket has left: Zendesk adds a stay up when it ends."""
        done = [(s.begin, s.end) for s in stays if s.status in statuses and s.end is not None]
        return self._minutes(done)

    def _minutes(self, spans: list[tuple[int, int]]) -> dict[str, int | None]:
        worked = sum(self.hours.between(a, b) for a, b in spans) if self.hours else None
        return {"calendar": _whole(sum(b - a for a, b in spans)), "business": _whole(worked)}


def _whole(seconds: int | None) -> int | None:
    return None if seconds is None else (seconds + 30) // 60
