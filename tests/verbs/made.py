"""Timelines of a few rows, each written with only what matters."""

from __future__ import annotations

import numpy as np

from auditlib.caselog.words import ActorClass, Kind, Status
from auditlib.clocks import OpenHours
from auditlib.timelines import Timelines
from auditlib.timelines.policies import Policies

HOUR = 3600
CUSTOMER, ANN, BOB = 1, 11, 12
GOLD, SILVER, NORMAL, URGENT = 51, 52, 61, 62
CUT = 100_000


def made(*rows, n=1, policies=(), rosters=(), **columns):
    """Timelines of (ticket, moment, kind, more) in order; each ticket begins with what is first of it."""
    names = (
        "ticket",
        "occurred_at",
        "kind",
        "actor",
        "actor_class",
        "is_public",
        "old",
        "new",
        "markers",
        "body_chars",
    )
    usual = {"actor": ANN, "actor_class": ActorClass.agent, "is_public": 1, "body_chars": 60}
    told = [usual | {"ticket": ticket, "occurred_at": at, "kind": kind, **more} for ticket, at, kind, more in rows]
    events = {name: np.array([int(row.get(name, 0)) for row in told], np.int64) for name in names}
    first = {row["ticket"]: row["occurred_at"] for row in reversed(told)}
    zero = np.zeros(n, np.int64)
    tickets = {
        "key": np.arange(1, n + 1), "created_at": np.array([first.get(i, 0) for i in range(n)]),
        "merged_into": zero, "status": zero + Status.open, "group": zero, "assignee": zero, "priority": zero,
        "policy": zero, "tells_policies": np.ones(n, bool), "has_history": np.ones(n, bool),
        "channel": np.full(n, "email", object),
    }  # fmt: skip
    tickets |= {name: np.array(values) for name, values in columns.items()}
    return Timelines(tickets, events, np.full(n, CUT), dict(rosters), policies=Policies.of(policies))


def created(ticket, at, **more):
    return ticket, at, Kind.created, {"actor": CUSTOMER, "actor_class": ActorClass.customer, **more}


def status(at, new, ticket=0, **more):
    return ticket, at, Kind.status, {"new": new, **more}


def open_from(hour, until):
    """Every day from one hour to another, UTC."""
    week = [(day * 1440 + hour * 60, day * 1440 + until * 60) for day in range(7)]
    return OpenHours.compile(tuple(week), "Etc/UTC", (), 0, 10 * 86_400)
