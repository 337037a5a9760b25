"""Builds the world: customers in chunks, each chunk from the seed alone, so that any size can stream."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import msgspec

from auditlib.sandbox.calendar import Arrivals
from auditlib.sandbox.company import Company, founded
from auditlib.sandbox.customers import Crowd, Customer
from auditlib.sandbox.instants import HOUR, moment
from auditlib.sandbox.lives import Life
from auditlib.sandbox.plan import Act, Change, Facts, Message, Plan
from auditlib.sandbox.staff import ADMIN

START = "2025-11-01T00:00:00Z"
END = "2026-11-01T00:00:00Z"
TICKETS_A_CUSTOMER = 1.91
OUTAGE_TICKETS_A_CUSTOMER = 0.1
CUSTOMERS_A_CHUNK = 10_000


class World(msgspec.Struct):
    """A company, its customers, and all that happened between them."""

    seed: int
    start: int
    end: int
    company: Company
    customers: list[Customer]
    plans: list[Plan]
    follow_ups: dict[int, list[Plan]] = {}
    by_id: dict[int, Customer] = {}
    seats: dict[int, int] = {}
    """Colleagues in copy who turn out to work here: since when the helpdesk shows them as agents."""

    def __post_init__(self) -> None:
        self.by_id = {c.id: c for c in self.customers}
        for plan in self.plans:
            if plan.follows:
                self.follow_ups.setdefault(plan.follows.id, []).append(plan)

    def plans_after(self, plan: Plan) -> list[Plan]:
        """The follow-ups of a closed ticket."""
        return self.follow_ups.get(plan.id, [])

    def plan(self, ticket: int) -> Plan | None:
        """The ticket with that number."""
        return self.plans[ticket - 1] if 0 < ticket <= len(self.plans) else None


def world(tickets: int = 5000, seed: int = 1, start: str = START, end: str = END) -> World:
    """A world of about so many tickets, the same for the same arguments."""
    company = founded(seed, moment(start), moment(end), tickets)
    customers: list[Customer] = []
    plans: list[Plan] = []
    for some_customers, some_plans in chunks(company, seed, tickets):
        customers += some_customers
        plans += some_plans
    return World(seed, company.start, company.end, company, customers, plans)


def chunks(
    company: Company, seed: int, tickets: int, size: int = CUSTOMERS_A_CHUNK
) -> Iterator[tuple[list[Customer], list[Plan]]]:
    """The world in pieces: customers with all their tickets, numbered in order of creation within a piece."""
    crowd = Crowd(seed, company.regions)
    arrivals = Arrivals(company.start, company.end)
    total = customers_for(tickets, size)
    number = 1
    for first in range(0, total, size):
        # Outages strike the first piece only: a problem ticket and its incidents must be numbered together.
        outages = _outages(company) if first == 0 else []
        plans = list(outages)
        customers = []
        for i in range(first, min(first + size, total)):
            rng = Random(f"customer:{seed}:{i}")
            customer = crowd.customer(i, rng)
            customers.append(customer)
            plans += Life(company, customer, rng, arrivals).lived(outages)
        plans.sort(key=lambda p: p.created_at)
        for plan in plans:
            plan.id = number
            number += 1
        yield customers, plans


def customers_for(tickets: int, size: int) -> int:
    """How many customers write so many tickets; only those of the first piece also suffer the outages."""
    with_outages = tickets / (TICKETS_A_CUSTOMER + OUTAGE_TICKETS_A_CUSTOMER)
    if with_outages <= size:
        return max(1, round(with_outages))
    return round((tickets - size * OUTAGE_TICKETS_A_CUSTOMER) / TICKETS_A_CUSTOMER)


def _outages(company: Company) -> list[Plan]:
    """Two problem tickets of the engineers, on the days of the outages."""
    engineer = company.group_named("Technical L2").agents[0]
    reporter = Customer(ADMIN, "Operations", ["ops@nordlicht.example"], None, "en", company.regions[0], None, "free", 1)
    span = company.end - company.start
    found = []
    for share, salt in ((0.3, 11), (0.7, 12)):
        at = company.start + round(span * share) // HOUR * HOUR
        facts = Facts(issue=f"outage-{salt}", in_scope="internal")
        opening = [
            Change("priority", None, "urgent"),
            Change("group_id", None, engineer.group),
            Change("schedule", None, company.group_named("Technical L2").schedule.id),
            Change("topic", None, "defect"),
            Change("assignee_id", None, engineer.id),
        ]
        acts = [Act(at, engineer.id, "web", opening, Message(False, "note", salt))]
        if at + 9 * HOUR < company.end:
            facts.solves.append({"at": at + 9 * HOUR, "by": str(engineer.id), "with_reply": False})
            acts.append(Act(at + 9 * HOUR, engineer.id, "web", [Change("status", "open", "solved")]))
        facts.internal_notes = 1
        found.append(
            Plan(
                reporter,
                "web",
                "defect",
                at,
                engineer.id,
                "000000",
                "Nordlicht Hub",
                salt,
                facts,
                kind="problem",
                acts=acts,
            )
        )
    return found
