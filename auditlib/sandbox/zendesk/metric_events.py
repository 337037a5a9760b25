"""Zendesk's metric events: when its clocks for reply, wait and work start, pause, end, and break a target."""

from __future__ import annotations

from typing import Any

from auditlib.sandbox.build import World
from auditlib.sandbox.instants import iso
from auditlib.sandbox.past import acts_until
from auditlib.sandbox.plan import Act, Plan
from auditlib.sandbox.zendesk.metrics import first_reply, status_stays

RUNNING = {"requester_wait_time": ("new", "open", "hold"), "agent_work_time": ("new", "open")}


def metric_events(world: World, plan: Plan, now: int) -> list[dict[str, Any]]:
    """The metric events of a ticket up to that moment, in order of time."""
    acts = acts_until(plan, now)
    events = _reply_events(world, plan, acts)
    for metric, statuses in RUNNING.items():
        events += _clock_events(plan, acts, metric, statuses)
    events += _target_events(world, plan, acts, now)
    events.sort(key=lambda e: e["time"])
    for number, event in enumerate(events):
        event["id"] = plan.id * 1000 + number
        event["time"] = iso(event["time"])
    return events


def _event(plan: Plan, metric: str, kind: str, at: int, **more: Any) -> dict[str, Any]:
    return {
        "id": 0,
        "ticket_id": plan.id,
        "metric": metric,
        "instance_id": 1,
        "type": kind,
        "time": at,
        **more,
    }


def _reply_events(world: World, plan: Plan, acts: list[Act]) -> list[dict[str, Any]]:
    events = [_event(plan, "reply_time", "activate", plan.created_at)]
    replied = first_reply(world, plan, acts)
    if replied:
        events.append(_event(plan, "reply_time", "fulfill", replied[1]))
    return events


def _clock_events(plan: Plan, acts: list[Act], metric: str, statuses: tuple[str, ...]) -> list[dict[str, Any]]:
    events, runs = [], False
    for stay in status_stays(plan, acts):
        if stay.status in statuses and not runs:
            events.append(_event(plan, metric, "activate", stay.begin))
            runs = True
        elif stay.status not in statuses and runs:
            kind = "fulfill" if stay.status in ("solved", "closed") else "pause"
            events.append(_event(plan, metric, kind, stay.begin))
            runs = False
    return events


def _target_events(world: World, plan: Plan, acts: list[Act], now: int) -> list[dict[str, Any]]:
    """The policy's target for the first reply, again at each new priority, and the breach of the last one."""
    policy = world.company.policy_for(plan.customer.tier)
    replied = first_reply(world, plan, acts)
    until = replied[1] if replied else now
    events: list[dict[str, Any]] = []
    minutes, schedule = 0, None
    for act in acts:
        for change in act.changes:
            if change.field == "schedule":
                schedule = change.new
            if change.field == "priority" and act.at <= until:
                minutes = policy.first_reply[change.new]
                sla = {"target": minutes, "target_in_seconds": minutes * 60, "business_hours": True,
                       "policy": {"id": policy.id, "title": policy.title, "description": ""}}  # fmt: skip
                events.append(_event(plan, "reply_time", "apply_sla", act.at, sla=sla))
    if schedule is not None:
        due = world.company.schedule(schedule).open.after(plan.created_at, minutes * 60)
        if due < until:
            events.append(_event(plan, "reply_time", "breach", due, deleted=False))
    return events
