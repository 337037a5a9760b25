"""Whose a group is, and since when: an old week keeps the team of its time."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from auditlib.config import Config
from auditlib.pipeline.setting import Setting


@dataclass(frozen=True)
class Teams:
    """Group → team, in each span between two days on which audit.toml changes one.

    since: seconds at which each span begins, the first at the beginning of time; of_group: one a span.
    """

    since: np.ndarray
    of_group: tuple[Mapping[int, str], ...]

    def spans(self, at: np.ndarray) -> np.ndarray:
        """The span in which each moment (seconds) lies."""
        return np.searchsorted(self.since, at, side="right") - 1


def dated(setting: Setting, groups: pd.DataFrame, until: int) -> Teams:
    """The teams of all time up to a moment (seconds); what begins later has not begun."""
    days = {day for team in setting.config.teams for day in (team.since, team.until) if day is not None}
    begins = sorted(at for day in days if (at := _midnight(setting, day)) < until)
    first = datetime.date.min
    spans = [team_of_groups(setting.config, groups, day) for day in (first, *[_day(setting, at) for at in begins])]
    return Teams(np.array([np.iinfo(np.int64).min, *begins]), tuple(spans))


def team_of_groups(config: Config, groups: pd.DataFrame, day: datetime.date) -> dict[int, str]:
    """Group → team, as audit.toml says for a day; a group without a team is a team of its own."""
    team = {
        group: entry.name
        for entry in config.teams
        if (entry.since is None or entry.since <= day) and (entry.until is None or day < entry.until)
        for group in entry.groups
    }
    return {
        int(r.group_key): team.get(f"{r.source}:{r.name}", team.get(f"{r.source}:{r.id}", r.name))
        for r in groups.itertuples()
    }


def _midnight(setting: Setting, day: datetime.date) -> int:
    return int(datetime.datetime.combine(day, datetime.time(), setting.zone).timestamp())


def _day(setting: Setting, at: int) -> datetime.date:
    return datetime.datetime.fromtimestamp(at, setting.zone).date()
