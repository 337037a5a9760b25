"""A case log of so many tickets, straight into a store by its own bulk writers: no helpdesk tells it, nothing is read.

Each ticket is opened, routed, answered once or several times, solved, perhaps reopened, asked about and closed; ten
events on average. So many tickets come a day that a million make a year: a larger store is a longer history.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
import pandas as pd
import sqlalchemy as sa

from auditlib.caselog.keys import Keys
from auditlib.caselog.ratings import code
from auditlib.caselog.words import ActorClass, Basis, Kind, Marker, Status
from auditlib.pipeline.setting import Setting, seconds
from auditlib.store import bulk, caselog, engine
from auditlib.store import caselog_tables as t

SOURCE = "desk"
A_DAY = 2_740
DAY = 86_400
HOURS = (
    ("Europe/Berlin", [(d * 1440 + 540, d * 1440 + 1020) for d in range(5)]),
    ("America/New_York", [(d * 1440 + 480, d * 1440 + 1080) for d in range(5)]),
    ("Asia/Kolkata", [(d * 1440 + 570, d * 1440 + 1110) for d in range(6)]),
    ("UTC", [(0, 7 * 1440)]),
)
CHANNELS = np.array(["email", "web", "chat", "phone"], object)
PRIORITIES = np.array(["low", "normal", "high", "urgent"], object)
TOPICS = np.array(["billing", "login", "delivery", "defect", "setup", "returns", "other"], object)
TAGS = np.array(['["eu"]', '["us"]', '["beta", "eu"]', "[]"], object)
AGENTS, TEAMS = 200, 20
TICKETS_A_CUSTOMER = 10 / 3
AT_A_TIME = 100_000


@dataclass(frozen=True)
class Company:
    """Surrogates of whoever and whatever tickets speak of."""

    customers: np.ndarray
    agents: np.ndarray
    groups: np.ndarray
    schedules: np.ndarray
    policy: int
    words: dict[str, int]


def founded(setting: Setting, tickets: int) -> Company:
    """The company that a store of so many tickets has; the same each time."""
    keys = Keys(setting.store.key)
    customers, agents, groups, schedules = (
        np.array([keys.of(kind, SOURCE, f"{kind[0]}{number}") for number in range(first, first + count)], np.int64)
        for kind, first, count in (
            ("person", AGENTS, max(10, round(tickets / TICKETS_A_CUSTOMER))), ("person", 0, AGENTS),
            ("group", 0, TEAMS), ("schedule", 0, len(HOURS)),
        )
    )  # fmt: skip
    words = {word: keys.word(word) for word in PRIORITIES}
    return Company(customers, agents, groups, schedules, keys.of("policy", SOURCE, "1"), words)


def found(setting: Setting, company: Company, run: int) -> None:
    """Writes people, groups, hours and service levels, and what their surrogates stand for."""
    people = np.concatenate([company.agents, company.customers])
    ids = [f"p{number}" for number in range(len(people))]
    is_agent = np.arange(len(people)) < AGENTS
    named = {"source": SOURCE, "from_run": run}
    rows = {
        t.PEOPLE: {
            "person": people, "id": ids, "role": np.where(is_agent, "agent", "customer").astype(object),
            "display_name": [f"Agent {n}" if n < AGENTS else None for n in range(len(people))],
            "organization": 0, "is_active": True, "is_shared": False,
        },
        t.IDENTITIES: {"person": people, "fingerprint": [f"{p:016x}" for p in people.tolist()], "kind": "email",
                       "is_verified": True},
        t.GROUPS: {"group_key": company.groups, "id": [str(n) for n in range(TEAMS)],
                   "name": [f"Team {n}" for n in range(TEAMS)]},
        t.SCHEDULES: {
            "schedule": company.schedules, "id": [zone for zone, _ in HOURS], "name": [zone for zone, _ in HOURS],
            "time_zone": [zone for zone, _ in HOURS], "intervals": [json.dumps(open_) for _, open_ in HOURS],
            "holidays": '[["2025-12-25", "2025-12-26"], ["2026-01-01", "2026-01-01"]]',
            "is_default": np.arange(len(HOURS)) == 0, "edited_at": 0, "valid_from": 0,
        },
        t.SLA_POLICIES: {"policy": [company.policy], "id": "1", "name": "Standard", "position": 1,
                         "definition": json.dumps(_definition()), "valid_from": 0},
    }  # fmt: skip
    register = pd.DataFrame({"key": people, "kind": "person", "source": SOURCE, "id": ids})
    words = pd.DataFrame({"key": list(company.words.values()), "kind": "word", "source": "", "id": list(company.words)})
    with engine.writing(setting.store.engine) as c:
        for table, columns in rows.items():
            bulk.write(c, table, pd.DataFrame(columns).assign(**named))
        bulk.write(c, t.REGISTER, pd.concat([register, words]))


def write(setting: Setting, company: Company, run: int, tickets: int, since: int, until: int, seed: int) -> None:
    """Tickets that were created in a span of time, with all that happened to them until its end, as new to a run."""
    random = np.random.default_rng(seed)
    keys = np.unique(random.integers(1, 1 << 62, tickets + tickets // 1000 + 10))[:tickets]
    for first in range(0, tickets, AT_A_TIME):
        key = keys[first : first + AT_A_TIME]
        described, events = lives(random, company, key, since, until)
        changes = {"ticket_key": key, "cause": "NEW_TICKET", "first_event_at": described.created_at}
        with engine.writing(setting.store.engine) as c:
            bulk.write(c, t.TICKETS, described.assign(from_run=run))
            bulk.write(c, t.EVENTS, events.assign(from_run=run))
            caselog.note_changes(c, run, pd.DataFrame(changes).assign(last_event_at=until - 1))


def go_on(setting: Setting, company: Company, run: int, tickets: int, since: int, until: int, seed: int) -> None:
    """In a span of time, tickets of the two weeks before hear from their customers again, and are answered."""
    random = np.random.default_rng(seed)
    recent = t.TICKETS.c.created_at.between(since - 14 * DAY, since - 1)
    with engine.writing(setting.store.engine) as c:
        rows = bulk.whole_columns(c, sa.select(t.TICKETS.c.ticket_key, t.TICKETS.c.requester).where(recent))
        chosen = np.sort(random.permutation(len(rows["ticket_key"]))[:tickets])
        key, customer = rows["ticket_key"][chosen], rows["requester"][chosen]
        asked = random.integers(since, until - 7200, len(key))
        agent = random.choice(company.agents, len(key))
        first = 100 * run  # behind all that earlier nights told
        for seq, at, actor, who in ((first, asked, customer, 1), (first + 1, asked + 3600, agent, 3)):
            told = {"ticket_key": key, "occurred_at": at, "seq": seq, "kind": int(Kind.message), "actor": actor}
            told |= {"actor_class": who, "is_public": True, "body_chars": 80, "from_run": run}
            rest = dict.fromkeys(("old", "new", "markers", "raw_part"), 0) | {"basis": int(Basis.observed)}
            bulk.write(c, t.EVENTS, pd.DataFrame(told).assign(**rest))
        changes = {"ticket_key": key, "cause": "LATE_EVENT", "first_event_at": asked, "last_event_at": asked + 3600}
        caselog.note_changes(c, run, pd.DataFrame(changes))


def _definition() -> dict:
    targets = [
        {"promises": promises, "priority": priority, "seconds": hours * 3600, "business": True}
        for promises, hours in (("first_reply", 4), ("next_reply", 8), ("resolution", 40))
        for priority in PRIORITIES
    ]
    return {"all": [], "any": [], "targets": targets}


def lives(
    random: np.random.Generator, company: Company, key: np.ndarray, since: int, until: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tickets created in a span of time, and their events up to its end: slots of a life, of which each has some."""
    n = len(key)
    life = _Life(random, n)
    customer, agent = random.choice(company.customers, n), random.choice(company.agents, n)
    group, schedule = random.choice(company.groups, n), random.choice(company.schedules, n)
    priority = random.choice(PRIORITIES, n, p=[0.1, 0.6, 0.2, 0.1])
    always, hour = np.ones(n, bool), 3600.0
    life.slot(Kind.created, always, 0, customer, ActorClass.customer)
    life.slot(Kind.message, always, 0, customer, ActorClass.customer)
    life.slot(Kind.schedule, always, 0, 0, ActorClass.system, new=schedule)
    life.slot(Kind.sla_applied, random.random(n) < 0.4, 0, 0, ActorClass.system, new=company.policy)
    life.slot(Kind.group, always, 60, 0, ActorClass.automation, new=group)
    life.slot(Kind.assignee, always, 3 * hour, agent, ActorClass.agent, new=agent)
    again = always
    for goes_on in (0.35, 0.3, 0.0):
        last = again & (random.random(n) >= goes_on)
        life.slot(Kind.message, again, 5 * hour, agent, ActorClass.agent)
        life.slot(Kind.status, last, 0, agent, ActorClass.agent, new=int(Status.solved))
        again = again & ~last
        life.slot(Kind.status, again, 0, agent, ActorClass.agent, new=int(Status.pending_customer))
        life.slot(Kind.message, again, 20 * hour, customer, ActorClass.customer)
        life.slot(Kind.status, again, 0, customer, ActorClass.customer, new=int(Status.open))
    life.slot(Kind.message, random.random(n) < 0.1, 2 * hour, customer, ActorClass.customer, marker=Marker.gratitude)
    offered = random.random(n) < 0.5
    life.slot(Kind.rating_offered, offered, 0, 0, ActorClass.automation)
    rated = offered & (random.random(n) < 0.15)
    answer = np.where(random.random(n) < 0.85, code("good"), code("bad"))
    life.slot(Kind.rating, rated, 9 * hour, customer, ActorClass.customer, new=answer)
    reopened = random.random(n) < 0.07
    life.slot(Kind.message, reopened, 30 * hour, customer, ActorClass.customer)
    life.slot(Kind.status, reopened, 0, customer, ActorClass.customer, new=int(Status.open))
    life.slot(Kind.message, reopened, 9 * hour, agent, ActorClass.agent)
    life.slot(Kind.status, reopened, 0, agent, ActorClass.agent, new=int(Status.solved))
    life.slot(Kind.status, random.random(n) < 0.7, 96 * hour, 0, ActorClass.automation, new=int(Status.closed))
    created = random.integers(since, until - 120, n)
    events, status = life.told(key, created, until)
    described = pd.DataFrame(
        {
            "ticket_key": key, "source": SOURCE, "ticket": [str(k) for k in key.tolist()],
            "url": [f"https://desk.example/{k}" for k in key.tolist()],
            "created_at": created, "requester": customer, "opened_by": customer, "organization": 0,
            "channel": random.choice(CHANNELS, n), "subject": random.choice(TOPICS, n) + " question", "status": status,
            "priority": priority, "group_key": group, "assignee": agent, "topic": random.choice(TOPICS, n),
            "language": random.choice(np.array(["de", "en", "fr"], object), n),
            "tier": random.choice(np.array(["basic", "premium"], object), n, p=[0.8, 0.2]),
            "region": random.choice(np.array(["north", "south", "east", "west"], object), n),
            "follow_up_of": 0, "merged_into": 0, "incident_of": 0, "order_key": 0,
            "tags": random.choice(TAGS, n), "has_history": True,
        }
    )  # fmt: skip
    return described, events


class _Life:
    """What may happen to a ticket, in its order; each thing some time after the one before."""

    def __init__(self, random: np.random.Generator, n: int) -> None:
        self.random, self.n = random, n
        self.slots: list[tuple[np.ndarray, ...]] = []

    def slot(
        self, kind: Kind, there: np.ndarray, gap: float, actor: np.ndarray | int, who: ActorClass,
        new: np.ndarray | int = 0, marker: int = 0,
    ) -> None:  # fmt: skip
        """One thing that happens to some of the tickets."""
        waited = np.where(there, self.random.exponential(gap, self.n).astype(np.int64) if gap else 0, 0)
        told = (int(kind), there, waited, actor, int(who), new, int(marker))
        self.slots.append(tuple(np.broadcast_to(np.asarray(value), self.n) for value in told))

    def told(self, key: np.ndarray, created: np.ndarray, until: int) -> tuple[pd.DataFrame, np.ndarray]:
        """The events up to a moment in (ticket, time, sequence) order, and each ticket's last status."""
        columns = zip(*self.slots, strict=True)
        kind, there, waited, actor, who, new, marker = (np.stack(column, axis=1) for column in columns)
        at = created[:, None] + np.cumsum(waited, axis=1)
        chosen = there & (at < until)
        ticket, slot = np.nonzero(chosen)
        is_status = kind[chosen] == Kind.status
        status = np.full(len(ticket), int(Status.new))
        status[is_status] = new[chosen][is_status]
        # The last status before each event of its ticket: the place of the last change, carried on.
        change = np.where(is_status | (slot == 0), np.arange(len(ticket)), 0)
        carried = status[np.maximum.accumulate(change)]
        before = np.append(int(Status.new), carried)[: len(ticket)]
        old = np.where(is_status, before, 0)
        ends = np.append(np.flatnonzero(np.diff(ticket)), len(ticket) - 1)
        events = {
            "ticket_key": key[ticket], "occurred_at": at[chosen], "seq": slot, "kind": kind[chosen],
            "actor": actor[chosen], "actor_class": who[chosen], "basis": int(Basis.observed), "is_public": True,
            "old": old, "new": new[chosen], "markers": marker[chosen], "body_chars": 120, "raw_part": 0,
        }  # fmt: skip
        # A status that is not another is no change.
        same = is_status & (old == new[chosen])
        return pd.DataFrame(events)[~same], carried[ends]


def midnights(setting: Setting, day: str) -> tuple[int, int]:
    """The beginning and the end of a local day, in seconds."""
    until = seconds(setting.midnight_after(day))
    return until - DAY, until
