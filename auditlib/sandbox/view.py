"""The company as at the simulated now: what every flavour shows in its own words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from auditlib.sandbox.build import World
from auditlib.sandbox.past import moved_at
from auditlib.sandbox.plan import Plan

T = TypeVar("T")


class View:
    """What exists at one moment; made anew when the clock is set."""

    def __init__(self, world: World, now: int, bursts: dict[int, int]) -> None:
        self.world = world
        self.now = now
        self._bursts = bursts
        self._made: dict[Callable[..., Any], Any] = {}
        self.plans = [p for p in world.plans if p.created_at <= now]

    def moved(self, plan: Plan) -> int:
        """When the ticket last moved, mass updates included."""
        at = moved_at(plan, self.now) or plan.created_at
        burst = self._bursts.get(plan.id, 0)
        return max(at, burst) if burst <= self.now else at

    def plan(self, ticket: int) -> Plan | None:
        """The ticket with that number, if it exists by now."""
        plan = self.world.plan(ticket)
        return plan if plan and plan.created_at <= self.now else None

    def once(self, make: Callable[[View], T]) -> T:
        """What a function makes of this moment: made at the first request, kept for the next."""
        if make not in self._made:
            self._made[make] = make(self)
        found: T = self._made[make]
        return found
