"""Which hours each ticket kept when: the helpdesk's schedules, and what audit.toml says where it has none."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from auditlib.caselog.words import Kind
from auditlib.clocks import OpenHours, Roster, read_holidays, read_hours
from auditlib.config import Config

MARGIN = 400 * 86400
SETTLED_AT_CREATION = 60
"""A first schedule that is assigned within so many seconds of creation holds from creation."""


def rosters(
    config: Config, tickets: pd.DataFrame, events: Mapping[str, np.ndarray], known: pd.DataFrame, as_of: int
) -> dict[str, Roster]:
    """business, promised and local hours of the bucket's tickets (rows), from schedules known and configured.

    `events` has ticket (row of the ticket) and what else the case log says; `known` are the
    versions of the helpdesks' schedules.
    """
    since = int(tickets.created_at.min()) - MARGIN if len(tickets) else 0
    compiled = _Compiled(config, since, as_of + MARGIN)
    found = {"business": _business(config, tickets, events, known, compiled)}
    found["promised"] = _configured(config.clock.promised, tickets, compiled)
    found["local"] = _local(config, tickets, compiled)
    return {clock: roster for clock, roster in found.items() if roster is not None}


def hours_changed(tickets: pd.DataFrame, events: Mapping[str, np.ndarray], known: pd.DataFrame) -> np.ndarray:
    """Whether a ticket kept several schedules, or one that was edited after its creation, seen by us or before us."""
    assigned = _assigned(tickets, events)
    kept = pd.concat([_by_default(tickets, known), assigned[["ticket", "schedule"]]])
    edits = known.assign(at=np.maximum(known.edited_at, known.valid_from)).groupby("schedule")["at"].max()
    edited = kept.schedule.map(edits).fillna(0) > tickets.created_at.to_numpy(np.int64)[kept.ticket]
    found = np.zeros(len(tickets), bool)
    found[kept.ticket[edited.to_numpy(bool)]] = True
    several = assigned.groupby("ticket").schedule.nunique()
    found[several.index[several > 1]] = True
    return found


def defaults(tickets: pd.DataFrame, known: pd.DataFrame) -> np.ndarray:
    """Surrogate of the schedule that each ticket's source gives by default; 0 where it has none."""
    of = {r.source: int(r.schedule) for r in known[known.is_default.astype(bool)].itertuples()}
    # Not by Series.map: beside a missing one it makes floats, which have fewer digits than a surrogate.
    return np.array([of.get(source, 0) for source in tickets.source], np.int64)


class _Compiled:
    """Opening hours by what they were written as, each compiled once, all for one horizon."""

    def __init__(self, config: Config, since: int, until: int) -> None:
        self.config, self.since, self.until = config, since, until
        self.hours: list[OpenHours] = []
        self._index: dict[tuple, int] = {}

    def of(self, intervals: Iterable, zone: str, holidays: Iterable) -> int:
        key = (tuple(map(tuple, intervals)), zone, tuple(map(tuple, holidays)))
        if key not in self._index:
            self._index[key] = len(self.hours)
            self.hours.append(OpenHours.compile(key[0], zone, key[2], self.since, self.until))
        return self._index[key]

    def written(self, text: str, where: str) -> int:
        """Hours as audit.toml writes them, without the holidays that it names for the same source."""
        intervals, zone = read_hours(text)
        calendars = self.config.clock.holidays
        return self.of(intervals, zone, self._named(calendars.get(where, calendars.get("*"))))

    def told(self, schedule: Any) -> int:
        """A version of a helpdesk's schedule; one that tells no holidays keeps those that audit.toml names for it."""
        holidays = json.loads(schedule.holidays) or self._named(self.config.clock.holidays.get(schedule.source))
        return self.of(json.loads(schedule.intervals), schedule.time_zone, holidays)

    def _named(self, calendar: str | None) -> Iterable:
        years = range(1970 + self.since // 31557600, 1972 + self.until // 31557600)
        return read_holidays(calendar, years, self.config.folder) if calendar else ()


def _business(
    config: Config,
    tickets: pd.DataFrame,
    events: Mapping[str, np.ndarray],
    known: pd.DataFrame,
    compiled: _Compiled,
) -> Roster | None:
    """Spells of each ticket: its source's default schedule, those assigned to it, or audit.toml's."""
    versions = _versions(known, compiled)
    rows: list[pd.DataFrame] = []
    begin = _by_default(tickets, known).assign(since=0)
    spells = pd.concat([begin, _assigned(tickets, events)], ignore_index=True)
    spells = spells.sort_values(["ticket", "since"], kind="stable")
    spells["until"] = spells.groupby("ticket").since.shift(-1).fillna(np.inf)
    crossed = spells.merge(versions, on="schedule", how="left")
    crossed["since"] = np.maximum(crossed.since, crossed.valid_from.fillna(0))
    crossed = crossed[crossed.since < np.minimum(crossed.until, crossed.valid_until.fillna(np.inf))]
    rows.append(crossed.assign(hours=crossed.hours.fillna(-1))[["ticket", "since", "hours"]])
    without = ~np.isin(np.arange(len(tickets)), spells.ticket)
    rows.append(_rows_configured(config.clock.business, tickets, compiled, without))
    every = pd.concat(rows, ignore_index=True)
    if not compiled.hours:
        return None
    return Roster(
        every.ticket.to_numpy(np.int64),
        every.since.to_numpy(np.int64),
        every.hours.to_numpy(np.int64),
        compiled.hours,
    )


def _versions(known: pd.DataFrame, compiled: _Compiled) -> pd.DataFrame:
    """schedule, valid_from, valid_until, hours of each version of the helpdesks' schedules."""
    ordered = known.sort_values(["schedule", "valid_from"])
    hours = [compiled.told(row) for row in ordered.itertuples()]
    return pd.DataFrame(
        {
            "schedule": ordered.schedule.to_numpy(np.int64),
            "valid_from": ordered.valid_from.to_numpy(np.float64),
            "valid_until": ordered.groupby("schedule").valid_from.shift(-1).to_numpy(np.float64),
            "hours": np.array(hours, np.float64),
        }
    )


def _by_default(tickets: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    schedule = defaults(tickets, known)
    where = np.flatnonzero(schedule)
    return pd.DataFrame({"ticket": where, "schedule": schedule[where]})


def _assigned(tickets: pd.DataFrame, events: Mapping[str, np.ndarray]) -> pd.DataFrame:
    """Schedules that tickets were given; a first one given at once after creation holds from creation."""
    where = np.flatnonzero(events["kind"] == Kind.schedule)
    ticket, since = events["ticket"][where], events["occurred_at"][where]
    is_first = np.append(True, ticket[1:] != ticket[:-1])[: len(where)]
    soon = since - tickets.created_at.to_numpy(np.int64)[ticket] <= SETTLED_AT_CREATION
    since = np.where(is_first & soon, 0, since)
    return pd.DataFrame({"ticket": ticket, "since": since, "schedule": events["new"][where]})


def _configured(written: Mapping[str, str], tickets: pd.DataFrame, compiled: _Compiled) -> Roster | None:
    rows = _rows_configured(written, tickets, compiled, np.ones(len(tickets), bool))
    if not compiled.hours or rows.empty:
        return None
    return Roster(
        rows.ticket.to_numpy(np.int64),
        rows.since.to_numpy(np.int64),
        rows.hours.to_numpy(np.int64),
        compiled.hours,
    )


def _local(config: Config, tickets: pd.DataFrame, compiled: _Compiled) -> Roster:
    """The working days of audit.toml's time zone, midnight to midnight: for promises where nobody knows any hours."""
    week = read_hours("Mon-Fri 00:00-24:00 UTC")[0]
    number = compiled.of(week, config.audit.time_zone, ())
    every = np.arange(len(tickets))
    return Roster(every, np.zeros(len(every), np.int64), np.full(len(every), number), compiled.hours)


def _rows_configured(
    written: Mapping[str, str], tickets: pd.DataFrame, compiled: _Compiled, chosen: np.ndarray
) -> pd.DataFrame:
    """One spell a chosen ticket: the hours of its source and group, of its source, or of all."""
    group = tickets.source + ":" + tickets.group_name.fillna("")
    found = group.map(written).astype(object).fillna(tickets.source.map(written)).fillna(written.get("*", ""))
    where = np.flatnonzero(chosen & (found != "").to_numpy())
    hours = {
        (text, source): compiled.written(text, source)
        for text, source in set(zip(found.iloc[where], tickets.source.iloc[where], strict=True))
    }
    pairs = zip(found.iloc[where], tickets.source.iloc[where], strict=True)
    return pd.DataFrame(
        {
            "ticket": where,
            "since": np.zeros(len(where), np.int64),
            "hours": np.array([hours[p] for p in pairs], np.int64),
        }
    )
