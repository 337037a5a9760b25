"""What a configuration holds, once it is read: plain frozen values, in the order of the file."""

from __future__ import annotations

import dataclasses
import datetime
import pathlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from auditlib.config.mistakes import Place, Problem, nearest_line

if TYPE_CHECKING:
    from auditlib.sources import Settings

When = Mapping[str, tuple[str, ...]]
"""Attribute → values: a ticket matches if each attribute has one of its values."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Audit:
    """Whose service is audited, when each night, and where everything is kept."""

    name: str
    time_zone: str
    schedule: str
    publish_by: datetime.time
    """The first such time after the schedule; later than this is an alert."""
    store: str = dataclasses.field(repr=False)  # it may hold a password
    landing: str
    landing_days: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class ClockRules:
    """Working hours where the helpdesk gives none. Keys: "*" for all, a source, or source:group."""

    schedule_mode: Literal["cumulative", "last"]
    business: Mapping[str, str]
    holidays: Mapping[str, str]
    """A calendar of the holidays library, such as DE-BE, or the absolute path of a CSV file."""
    promised: Mapping[str, str]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Repeat:
    """Within how many days a new ticket about the same issue counts as coming back."""

    window_days: int
    topic_window_days: Mapping[str, int]
    customer_is: Literal["person", "organization"]
    """Whose tickets may be one issue: a person's, or those of everybody in the person's organization."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Customer:
    """One customer whom the helpdesks know as several: people (source:id) or addresses, with who decided it."""

    aliases: tuple[str, ...]
    why: str
    by: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class Team:
    """A team's groups in [since, until); a team that changes its groups has one entry for each time."""

    name: str
    groups: tuple[str, ...]
    since: datetime.date | None
    until: datetime.date | None
    leads: tuple[str, ...] = ()
    """Logins of the database that see this team's tickets, on PostgreSQL."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Segment:
    """Tickets that are shown apart, because one size does not fit all."""

    name: str
    when: When


@dataclasses.dataclass(frozen=True, kw_only=True)
class Target:
    """What a figure should be from a day on, until a later target for the same figure takes over."""

    metric: str
    statistic: str
    since: datetime.date
    at_most: float | None
    at_least: float | None
    segment: str | None
    team: str | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class FigureRules:
    """By what figures are broken down, and from how many tickets on they are shown."""

    breakdowns: tuple[tuple[str, ...], ...]
    agents: bool
    min_n: int
    mix_by: str
    """By what a headline's change is taken apart into another mix of cases and another way of serving them."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Baseline:
    """From which week on charts of a metric are judged by a new baseline, why, and who decided it."""

    metric: str
    team: str | None
    since: datetime.date
    why: str
    by: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class Fairness:
    """Attributes and segments that may be served differently, because a contract says so."""

    by_contract: tuple[str, ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Exclusion:
    """Tickets that count in no figure, with the reason and who decided it: `ticket` or `when`."""

    ticket: str | None
    when: When
    kind: str
    """internal, spam or machine."""
    why: str
    by: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class Finding:
    """What a review found: what should be, what is, why, what follows, and who does what about it by when."""

    title: str
    period: str | None
    metric: str | None
    criteria: str
    condition: str
    cause: str | None
    consequence: str | None
    action: str | None
    owner: str | None
    due: datetime.date | None
    done: datetime.date | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Alerts:
    """The Airflow connections that are told: `page` wakes somebody, `inform` does not."""

    page: str | None
    inform: str | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Extend:
    """Absolute paths of the company's own metrics and sources."""

    metrics: tuple[str, ...]
    sources: tuple[str, ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Config:
    """Everything that `audit.toml` says, with paths made absolute and defaults filled in."""

    audit: Audit
    sources: tuple[Settings, ...]
    clock: ClockRules
    repeat: Repeat
    customers: tuple[Customer, ...]
    teams: tuple[Team, ...]
    segments: tuple[Segment, ...]
    targets: tuple[Target, ...]
    figures: FigureRules
    baselines: tuple[Baseline, ...]
    fairness: Fairness
    exclusions: tuple[Exclusion, ...]
    findings: tuple[Finding, ...]
    alerts: Alerts
    extend: Extend
    path: pathlib.Path
    lines: Mapping[Place, int] = dataclasses.field(repr=False, compare=False)

    @property
    def folder(self) -> pathlib.Path:
        """The folder to which the file's relative paths are relative."""
        return self.path.resolve().parent

    def line_of(self, *place: str | int) -> int:
        """The line of a table or key in the file's own words: line_of("exclude", 2, "ticket")."""
        return nearest_line(self.lines, place)

    def problem(self, *place: str | int, found: str, right: str) -> Problem:
        """A mistake that only the store can show, such as an exclusion of a ticket that is not there.

        `raise ConfigError([config.problem("exclude", 2, "ticket", found=…, right=…)])`
        """
        return Problem(self.path, self.line_of(*place), found, right)

    def source(self, name: str) -> Settings:
        """The settings of one source; a KeyError if there is none of that name."""
        return {source.name: source for source in self.sources}[name]
