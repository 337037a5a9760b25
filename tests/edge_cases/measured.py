"""Which measure is what in the oracle, and how a formula's value of it is found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from auditlib.metric import facts
from auditlib.metrics import load_all
from auditlib.timelines import Timelines
from tests.edge_cases.oracle import Case, Duration

FORMULAS = {
    column: (module.value, how)
    for family in load_all().values()
    for module in family.values()
    for column, how in facts(module).columns.items()
}


def value(t: Timelines, column: str) -> Any:
    """What a metric's formula makes of tickets."""
    formula, how = FORMULAS[column]
    return formula(t, **how)


DURATIONS: dict[str, Callable[[Case], Duration]] = {
    **{f"first_reply{suffix}_minutes": lambda c, clock=clock: c.first_reply(clock)
       for clock, suffix in (("calendar", ""), ("business", "_business"), ("promised", "_promised"))},
    "first_substantive_reply_minutes": lambda c: c.substantive(),
    "second_reply_minutes": lambda c: c.second_reply(),
    "first_bot_reply_minutes": lambda c: c.first_bot_reply(),
    "handoff_minutes": lambda c: c.handoff(),
    "customer_wait_minutes": lambda c: c.customer_wait(),
    "customer_wait_by_status_minutes": lambda c: c.in_status(("new", "open", "hold"), "calendar"),
    "customer_wait_by_status_business_minutes": lambda c: c.in_status(("new", "open", "hold"), "business"),
    "waiting_on_customer_minutes": lambda c: c.in_status(("pending",), "calendar"),
    "waiting_on_customer_business_minutes": lambda c: c.in_status(("pending",), "business"),
    "new_or_open_business_minutes": lambda c: c.in_status(("new", "open"), "business"),
    "new_minutes": lambda c: c.in_status(("new",), "calendar"),
    "on_hold_minutes": lambda c: c.in_status(("hold",), "calendar"),
    "on_hold_business_minutes": lambda c: c.in_status(("hold",), "business"),
    "paused_while_customer_waited_minutes": lambda c: c.paused(),
    "unattended_minutes": lambda c: c.unattended("calendar"),
    "unattended_business_minutes": lambda c: c.unattended("business"),
    "unassigned_minutes": lambda c: c.unassigned(),
    "first_resolution_minutes": lambda c: c.resolution("first", "calendar"),
    "first_resolution_business_minutes": lambda c: c.resolution("first", "business"),
    "full_resolution_minutes": lambda c: c.resolution("last", "calendar"),
    "full_resolution_business_minutes": lambda c: c.resolution("last", "business"),
    "net_resolution_minutes": lambda c: c.net("calendar"),
    "net_resolution_business_minutes": lambda c: c.net("business"),
    "durable_resolution_minutes": lambda c: c.durable(),
    "lost_in_transfers_minutes": lambda c: c.lost_in_transfers(),
}  # fmt: skip
COUNTS: dict[str, Callable[[Case], int | bool | None]] = {
    "agent_replies": lambda c: c.answers(),
    "customer_messages": lambda c: sum(e.is_said for e in c.events),
    "internal_notes": lambda c: sum(e.is_note for e in c.events),
    "reopens": lambda c: c.reopened(),
    "customer_reopens": lambda c: c.reopened("customer"),
    "agent_reopens": lambda c: c.reopened("agent"),
    "automation_reopens": lambda c: c.reopened("automation"),
    "is_one_touch": lambda c: c.one_touch(),
    "is_solved": lambda c: c.is_done,
    "is_lost": lambda c: c.is_lost(),
    "group_stations": lambda c: len(c.moves("group")),
    "assignee_stations": lambda c: len(c.moves("assignee")),
    "transfers": lambda c: len(c.transfers()),
    "bounces": lambda c: c.bounces(),
}
IN_LAST_MODE = (
    "first_reply_business_minutes", "customer_wait_by_status_business_minutes", "waiting_on_customer_business_minutes",
    "first_resolution_business_minutes", "full_resolution_business_minutes", "net_resolution_business_minutes",
)  # fmt: skip
