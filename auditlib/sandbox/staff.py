"""The people and machines who answer: names, habits, and when they came and went."""

from __future__ import annotations

from random import Random

import msgspec

from auditlib.sandbox.instants import DAY

FIRST_AGENT = 9_000_001
ADMIN = 9_000_000
ASSISTANT = 8_000_001
INTEGRATION = 8_000_002
SYSTEM = -1

GIVEN = [
    "Anna", "Björn", "Chloé", "Dmitri", "Elena", "Farid", "Grace", "Hiroshi", "Inés", "Jürgen", "Katarzyna",
    "Liam", "Małgorzata", "Nadia", "Øyvind", "Priya", "Quentin", "Rosa", "Søren", "Tamás", "Uma", "Viktor",
    "Wen", "Ximena", "Yara", "Zoë",
]  # fmt: skip
FAMILY = [
    "Adeyemi", "Brandt", "Castro", "Dubois", "Eriksson", "Fischer", "García", "Hansen", "Ibrahim", "Jäger",
    "Kowalski", "López", "Müller", "Nguyễn", "Okafor", "Petrov", "Quinn", "Rossi", "Sørensen", "Tanaka",
]  # fmt: skip


class Agent(msgspec.Struct):
    """Somebody who answers customers, with habits that the audit is meant to find."""

    id: int
    name: str
    email: str
    group: int
    since: int
    until: int
    habit: str
    pace: float
    care: float


# Chances of an answer that only acknowledges, of a promise, of a solve that holds; and how polite it is.
HABITS: dict[str, dict[str, float]] = {
    "steady": {"acks": 0.10, "promises": 0.15, "keeps": 0.85, "warm": 0.8, "rude": 0.0},
    "fast_ack": {"acks": 0.75, "promises": 0.15, "keeps": 0.70, "warm": 0.6, "rude": 0.0},
    "closer": {"acks": 0.05, "promises": 0.10, "keeps": 0.90, "warm": 0.7, "rude": 0.0},
    "rude_but_solves": {"acks": 0.05, "promises": 0.05, "keeps": 0.95, "warm": 0.0, "rude": 0.7},
    "promises_much": {"acks": 0.20, "promises": 0.60, "keeps": 0.40, "warm": 0.9, "rude": 0.0},
}
PACE = {"steady": 1.0, "fast_ack": 0.35, "closer": 0.9, "rude_but_solves": 0.8, "promises_much": 1.3}
CARE = {"steady": 0.80, "fast_ack": 0.65, "closer": 0.94, "rude_but_solves": 0.92, "promises_much": 0.60}


def hired(rng: Random, places: list[tuple[int, str, int]], start: int, end: int) -> list[Agent]:
    """Agents for every team: most stay all year, some leave in it, one joins in it."""
    agents: list[Agent] = []
    for group, _, count in places:
        for i in range(count):
            habit = list(HABITS)[i % 5] if i < 5 else rng.choice(list(HABITS))
            number = len(agents)
            name = f"{GIVEN[number % len(GIVEN)]} {FAMILY[(number * 7 + number // 26) % len(FAMILY)]}"
            agents.append(
                Agent(
                    id=FIRST_AGENT + number,
                    name=name,
                    email=f"agent{number + 1}@nordlicht.example",
                    group=group,
                    since=start - 30 * DAY,
                    until=end + 3650 * DAY,
                    habit=habit,
                    pace=PACE[habit] * rng.uniform(0.8, 1.25),
                    care=min(0.97, CARE[habit] * rng.uniform(0.95, 1.05)),
                )
            )
    span = end - start
    agents[1].until = start + span * 35 // 100
    agents[len(agents) // 2].until = start + span * 60 // 100
    agents[3].since = start + span * 20 // 100
    return agents
