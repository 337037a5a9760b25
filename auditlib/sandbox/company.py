"""The company in the box: teams, their hours, the people who answer, and what customers write about."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import msgspec

from auditlib.sandbox.chances import Chances
from auditlib.sandbox.hours import Holiday, OpenHours, Weekly, compiled
from auditlib.sandbox.staff import Agent, hired

FIRST_GROUP = 360_000_100
FIRST_SCHEDULE = 360_000_900
FIRST_POLICY = 360_000_800


class Schedule(msgspec.Struct):
    """A schedule of the helpdesk, with the hours that it had over time."""

    id: int
    name: str
    time_zone: str
    iana: str
    weeks: tuple[Weekly, ...]
    holidays: tuple[Holiday, ...]
    open: OpenHours


class Group(msgspec.Struct):
    """A team that tickets are assigned to."""

    id: int
    name: str
    schedule: Schedule
    agents: list[Agent] = []

    def on_duty(self, rng: Random, at: int) -> Agent:
        """Somebody of the team who works here at that moment."""
        here = [a for a in self.agents if a.since <= at < a.until]
        return rng.choice(here or self.agents[:1])


class Topic(msgspec.Struct):
    """What customers write about."""

    name: str
    share: float
    hard: float
    repeat: float
    group: str | None = None
    escalates: str | None = None


class Region(msgspec.Struct):
    """Where customers live."""

    name: str
    group: str
    languages: dict[str, float]
    share: float
    utc_offset_hours: int


class Policy(msgspec.Struct):
    """An SLA policy: minutes by priority, the first matching one holds."""

    title: str
    first_reply: dict[str, int]
    requester_wait: dict[str, int]
    tier: str | None = None
    id: int = 0


class Company(msgspec.Struct):
    """Everything about the company that does not depend on a single ticket."""

    name: str
    subdomain: str
    start: int
    end: int
    products: list[str]
    schedules: dict[str, Schedule]
    groups: dict[str, Group]
    topics: list[Topic]
    regions: list[Region]
    policies: list[Policy]
    agents: list[Agent]
    topic_chances: Chances[int]

    @property
    def since(self) -> int:
        """When the helpdesk was opened, some days before its first ticket."""
        return self.start - 40 * 86400

    def policy_for(self, tier: str) -> Policy:
        """The SLA policy that holds for customers of a tier."""
        return next(p for p in self.policies if p.tier in (None, tier))

    def group_named(self, name: str) -> Group:
        """The team of that name."""
        return self.groups[name]

    def group(self, group_id: int) -> Group:
        """The team with that id."""
        return next(g for g in self.groups.values() if g.id == group_id)

    def schedule(self, schedule_id: int) -> Schedule:
        """The schedule with that id."""
        return next(s for s in self.schedules.values() if s.id == schedule_id)


def founded(seed: int, start: int, end: int, tickets: int) -> Company:
    """The company as a seed makes it, with as many agents as its tickets need."""
    told = tomllib.loads(Path(__file__).with_name("company.toml").read_text("utf-8"))
    schedules = {row["name"]: _schedule(FIRST_SCHEDULE + i, row, start, end) for i, row in enumerate(told["schedule"])}
    groups = {
        row["name"]: Group(FIRST_GROUP + i, row["name"], schedules[row["schedule"]])
        for i, row in enumerate(told["group"])
    }
    crowd = max(1, round(tickets / 25_000))
    places = [(groups[row["name"]], row["agents"] * crowd) for row in told["group"]]
    agents = hired(Random(f"staff:{seed}"), [(g.id, g.name, n) for g, n in places], start, end)
    for group, _ in places:
        group.agents = [a for a in agents if a.group == group.id]
    return Company(
        name=told["name"],
        subdomain=told["subdomain"],
        start=start,
        end=end,
        products=told["products"],
        schedules=schedules,
        groups=groups,
        topics=msgspec.convert(told["topic"], list[Topic]),
        regions=msgspec.convert(told["region"], list[Region]),
        policies=[msgspec.convert({**row, "id": FIRST_POLICY + i}, Policy) for i, row in enumerate(told["policy"])],
        agents=agents,
        topic_chances=Chances({i: row["share"] for i, row in enumerate(told["topic"])}),
    )


def _schedule(schedule_id: int, row: dict[str, Any], start: int, end: int) -> Schedule:
    first = datetime.fromtimestamp(start, UTC).date() - timedelta(days=60)
    last = datetime.fromtimestamp(end, UTC).date() + timedelta(days=150)
    weeks = [Weekly(first, _intervals(row["days"], row["hours"]))]
    if "later_hours" in row:
        middle = datetime.fromtimestamp((start + end) // 2, UTC).date()
        weeks.append(Weekly(middle, _intervals(row["days"], row["later_hours"])))
    holidays = tuple(
        Holiday(name, date.fromisoformat(f"{year}-{begin}"), date.fromisoformat(f"{year}-{until}"))
        for year in range(first.year, last.year + 1)
        for name, begin, until in row["holidays"]
    )
    return Schedule(
        id=schedule_id,
        name=row["name"],
        time_zone=row["time_zone"],
        iana=row["iana"],
        weeks=tuple(weeks),
        holidays=holidays,
        open=compiled(row["iana"], tuple(weeks), holidays, first, last),
    )


def _intervals(days: list[int], hours: list[str]) -> tuple[tuple[int, int], ...]:
    begin, end = (int(h[:2]) * 60 + int(h[3:]) for h in hours)
    return tuple((day * 1440 + begin, day * 1440 + end) for day in days)
