"""Jira's own SLAs over the company's issues: two that never pause, as the templates of service projects begin."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from auditlib.sandbox.jira_service_management.settings import SITE, when
from auditlib.sandbox.past import acts_until
from auditlib.sandbox.plan import Act, Plan
from auditlib.sandbox.view import View

Payload = dict[str, Any]
HOUR = 60 * 60
RESPONSE, RESOLUTION = 8 * HOUR, 3 * 24 * HOUR
DONE = ("solved", "closed")


def service_levels(view: View, plan: Plan) -> list[Payload]:
    """Both SLAs with their completed cycles and the one that still runs."""
    acts = acts_until(plan, view.now)
    responded = next((act.at for act in acts if _responds(plan, act)), None)
    response = [(plan.created_at, responded)]
    return [
        _shown(view, plan, 1, "Time to first response", RESPONSE, response),
        _shown(view, plan, 2, "Time to resolution", RESOLUTION, _resolutions(plan, acts)),
    ]


def _responds(plan: Plan, act: Act) -> bool:
    """A comment that the customer sees, by anybody who is none, or the end of the request."""
    theirs = (plan.customer.id, plan.copied)
    wrote = act.message is not None and act.message.is_public and act.actor not in theirs and act.at > plan.created_at
    return wrote or any(c.field == "status" and c.new in DONE for c in act.changes)


def _resolutions(plan: Plan, acts: list[Act]) -> list[tuple[int, int | None]]:
    """From the creation, and from each reopening, to the solve."""
    found: list[tuple[int, int | None]] = [(plan.created_at, None)]
    for act in acts:
        for change in act.changes:
            if change.field == "status":
                began, ended = found[-1]
                if change.new in DONE and ended is None:
                    found[-1] = (began, act.at)
                elif change.new not in (*DONE, "deleted") and ended is not None:
                    found.append((act.at, None))
    return found


def _shown(view: View, plan: Plan, number: int, name: str, goal: int, cycles: list[tuple[int, int | None]]) -> Payload:
    completed = [_cycle(began, ended, ended, goal) for began, ended in cycles if ended is not None]
    running = [_cycle(began, None, view.now, goal) for began, ended in cycles if ended is None]
    ongoing = {"ongoingCycle": running[-1] | {"paused": False, "withinCalendarHours": True}} if running else {}
    link = {"self": f"{SITE}/rest/servicedeskapi/request/{plan.id}/sla/{number}"}
    return {"id": str(number), "name": name, "_links": link, "completedCycles": completed,
            "slaDisplayFormat": "NEW_SLA_FORMAT", **ongoing}  # fmt: skip


def _cycle(began: int, ended: int | None, until: int, goal: int) -> Payload:
    stopped = {"stopTime": _moment(ended)} if ended is not None else {}
    return {
        "startTime": _moment(began), **stopped, "breachTime": _moment(began + goal), "breached": until - began > goal,
        "goalDuration": _duration(goal), "elapsedTime": _duration(until - began),
        "remainingTime": _duration(began + goal - until),
    }  # fmt: skip


def _moment(at: int) -> Payload:
    shown = datetime.fromtimestamp(at, UTC)
    return {"iso8601": shown.strftime("%Y-%m-%dT%H:%M:%S+0000"), "jira": when(at),
            "friendly": f"{shown:%d/%b/%y %H:%M}", "epochMillis": at * 1000}  # fmt: skip


def _duration(seconds: int) -> Payload:
    return {"millis": seconds * 1000, "friendly": f"{seconds // HOUR}h {seconds % HOUR // 60}m"}
