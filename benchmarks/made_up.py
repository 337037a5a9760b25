"""Tickets and events as the store gives them to a bucket: made up, but with lives that could be true."""

from __future__ import annotations

import pathlib

import numpy as np

from auditlib.caselog.ratings import code
from auditlib.caselog.words import ActorClass, Kind, Marker, Status
from auditlib.clocks import OpenHours, Roster, read_hours

SINCE, UNTIL = 1_735_689_600, 1_767_225_600  # 2025
AS_OF = UNTIL + 60 * 86_400
EVENTS = 10
"""Events a ticket, on average."""
HOURS = (
    "Mon-Fri 09:00-17:00 Europe/Berlin",
    "Mon-Fri 08:00-12:00 13:00-18:00, Sat 10:00-14:00 America/New_York",
    "Mon-Sat 09:30-18:30 Asia/Kolkata",
    "24/7 UTC",
)
TOPICS = np.array(["billing", "login", "delivery", "defect", "setup", "returns", "other", None], object)
CHANNELS = np.array(["email", "web", "chat", "phone"], object)
WHOLE = ("key", "created_at", "customer", "status", "group", "assignee", "merged_into", "follow_up_of")


def write(folder: pathlib.Path, tickets: int) -> None:
    """So many tickets and ten times as many events, one file a column."""
    random = np.random.default_rng(7)
    described = _tickets(random, tickets)
    for kind, columns in {"tickets": described, "events": _events(random, described)}.items():
        (folder / kind).mkdir(parents=True)
        for name, values in columns.items():
            np.save(folder / kind / f"{name}.npy", values)


def read(folder: pathlib.Path, kind: str, part: slice = slice(None)) -> dict[str, np.ndarray]:
    """The columns of tickets or events, or a part of them; the rest stays on disk."""
    files = sorted((folder / kind).glob("*.npy"))
    return {file.stem: np.array(np.load(file, mmap_mode="r")[part]) for file in files}


def named(tickets: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Tickets with their words, as a bucket has them."""
    words = {"channel": CHANNELS[tickets["channel"]], "topic": TOPICS[tickets["topic"]]}
    nothing = np.zeros(len(tickets["key"]), np.int64)
    untold = {"priority": nothing, "policy": nothing, "tells_policies": nothing.astype(bool)}
    untold |= {"moved_on": nothing.astype(bool), "hours_changed": nothing.astype(bool)}
    return tickets | words | untold | {"has_history": np.ones(len(tickets["key"]), bool)}


def hours() -> list[OpenHours]:
    """The schedules, compiled."""
    return [OpenHours.compile(*read_hours(text), (), SINCE - 86_400, AS_OF + 86_400) for text in HOURS]


def roster(first: int, last: int, schedules: list[OpenHours]) -> Roster:
    """Hours of these tickets: a quarter of them on each schedule."""
    owners = np.arange(first, last)
    return Roster(owners - first, np.full(len(owners), SINCE - 86_400), owners % len(schedules), schedules)


def _tickets(random: np.random.Generator, n: int) -> dict[str, np.ndarray]:
    zero = np.zeros(n, np.int64)
    follows = np.where(random.random(n) < 0.02, np.maximum(np.arange(n) - random.integers(1, 2000, n), 0), 0)
    return {
        "key": np.arange(1, n + 1),
        "created_at": np.sort(random.integers(SINCE, UNTIL, n)),
        "customer": random.integers(1, max(2, n * 3 // 10), n),
        "status": np.full(n, int(Status.new)),
        "group": zero, "assignee": zero, "merged_into": zero,
        "follow_up_of": follows,
        "channel": random.integers(0, len(CHANNELS), n),
        "topic": random.integers(0, len(TOPICS), n),
    }  # fmt: skip


def _events(random: np.random.Generator, tickets: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    n = len(tickets["key"])
    count = 2 + random.poisson(EVENTS - 2, n)
    ticket = np.repeat(np.arange(n), count)
    first = np.repeat(np.cumsum(count) - count, count)
    nth = np.arange(len(ticket)) - first
    gaps = random.exponential(20_000, len(ticket)).astype(np.int64)
    gaps[(nth < 2) | (random.random(len(ticket)) < 0.2)] = 0
    at = np.cumsum(gaps)
    columns = {"ticket": ticket, "occurred_at": tickets["created_at"][ticket] + at - at[first]}
    return columns | _lives(random, tickets, ticket, nth)


def _lives(random, tickets: dict[str, np.ndarray], ticket: np.ndarray, nth: np.ndarray) -> dict[str, np.ndarray]:
    """Who did what: a creation and its message first, then whatever comes."""
    m = len(ticket)
    kind = random.choice([Kind.message, Kind.status, Kind.group, Kind.tag], m, p=[0.5, 0.3, 0.1, 0.1])
    kind[nth == 0], kind[nth == 1] = Kind.created, Kind.message
    who = random.choice([ActorClass.customer, ActorClass.agent, ActorClass.bot], m, p=[0.4, 0.5, 0.1])
    opened = np.where(random.random(len(tickets["key"])) < 0.05, ActorClass.agent, ActorClass.customer)
    who[nth < 2] = opened[ticket[nth < 2]]
    new = random.choice([Status.open, Status.pending_customer, Status.solved, Status.closed], m, p=[0.3, 0.2, 0.4, 0.1])
    changes = np.flatnonzero(kind == Kind.status)
    follows = np.append(False, ticket[changes][1:] == ticket[changes][:-1])[: len(changes)]
    old = np.zeros(m, np.int64)
    old[changes] = np.where(follows, np.append(0, new[changes][:-1]), Status.new)
    thanks = (kind == Kind.message) & (who == ActorClass.customer) & (nth > 1) & (random.random(m) < 0.2)
    told = np.where(kind == Kind.status, new, 0)
    markers = np.where(thanks, int(Marker.gratitude), 0) | _said(random, kind, who, nth)
    kind, told = _surveyed(random, kind, told)
    return {
        "kind": kind.astype(np.int64),
        "actor": np.where(who == ActorClass.customer, -tickets["customer"][ticket], who),
        "actor_class": who.astype(np.int64),
        "is_public": ((who != ActorClass.agent) | (random.random(m) < 0.8)).astype(np.int64),
        "old": old,
        "new": told.astype(np.int64),
        "markers": markers,
    }


def _said(random: np.random.Generator, kind: np.ndarray, who: np.ndarray, nth: np.ndarray) -> np.ndarray:
    """What decides an outcome beside thanks: that it works, that it is needed no more, a no and another way."""
    chance, is_message = random.random(len(kind)), (kind == Kind.message) & (nth > 1)
    by_customer = is_message & (who == ActorClass.customer)
    found = np.where(by_customer & (chance < 0.08), int(Marker.confirmation), 0)
    found[by_customer & (chance > 0.97)] = int(Marker.withdrawal)
    found[is_message & ~by_customer & (chance < 0.04)] = int(Marker.refusal)
    found[is_message & ~by_customer & (chance < 0.02)] |= int(Marker.alternative)
    found[is_message & ~by_customer & (chance > 0.9)] = int(Marker.acknowledgement)
    return found


def _surveyed(random: np.random.Generator, kind: np.ndarray, told: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Half of what would be a tag offers a survey or answers one."""
    chance, is_tag = random.random(len(kind)), kind == Kind.tag
    kind = np.where(is_tag & (chance < 0.25), Kind.rating_offered, kind)
    kind = np.where(is_tag & (chance > 0.75), Kind.rating, kind)
    answers = np.array([code(word) for word in ("good", "bad", "neutral", "1-5:4")])
    return kind, np.where(kind == Kind.rating, answers[(chance * 1e6).astype(int) % len(answers)], told)
