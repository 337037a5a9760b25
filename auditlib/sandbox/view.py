"""The helpdesk as at its simulated now: the lists that requests ask for, sorted once per moment."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from auditlib.sandbox.build import World
from auditlib.sandbox.plan import Plan
from auditlib.sandbox.zendesk import people
from auditlib.sandbox.zendesk.metric_events import metric_events
from auditlib.sandbox.zendesk.ticket import generated_at


class View:
    """What exists at one moment; made anew when the clock is set."""

    def __init__(self, world: World, now: int, bursts: dict[int, int]) -> None:
        self.world = world
        self.now = now
        self._bursts = bursts
        self.plans = [p for p in world.plans if p.created_at <= now]

    def generated(self, plan: Plan) -> int:
        """When the ticket last moved in the export, mass updates included."""
        at = generated_at(plan, self.now) or plan.created_at
        burst = self._bursts.get(plan.id, 0)
        return max(at, burst) if burst <= self.now else at

    @cached_property
    def export(self) -> list[Plan]:
        """All tickets but those of the last minute, in the order of the export."""
        moved = [(self.generated(p), p.id, p) for p in self.plans]
        return [p for at, _, p in sorted(moved, key=lambda m: m[:2]) if at <= self.now - 60]

    @cached_property
    def users(self) -> list[dict[str, Any]]:
        """All users, by id."""
        return people.users(self.world, self.now)

    @cached_property
    def organizations(self) -> list[dict[str, Any]]:
        """All organizations, by id."""
        return people.organizations(self.world, self.now)

    @cached_property
    def metric_events(self) -> list[dict[str, Any]]:
        """All metric events, in order of time."""
        events = [e for p in self.plans for e in metric_events(self.world, p, self.now)]
        return sorted(events, key=lambda e: (e["time"], e["id"]))

    def plan(self, ticket: int) -> Plan | None:
        """The ticket with that number, if it exists by now."""
        plan = self.world.plan(ticket)
        return plan if plan and plan.created_at <= self.now else None
