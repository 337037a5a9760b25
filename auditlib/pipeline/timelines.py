"""A bucket of the case log, as a run knows it, turned into timelines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from auditlib.config import Config
from auditlib.episodes import linked
from auditlib.pipeline import abilities, agreed, policies, topics
from auditlib.pipeline.abilities import Ability
from auditlib.pipeline.schedules import hours_changed, rosters
from auditlib.pipeline.setting import Setting, seconds
from auditlib.pipeline.teams import Teams, dated
from auditlib.scope import KINDS, Chosen, exclusions
from auditlib.store import caselog, engine, lives, measures, reading, runs, worklist
from auditlib.store.runs import Run
from auditlib.timelines import Links, Timelines
from auditlib.timelines.members import with_members

DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Bucket:
    """Timelines of a bucket, and what describes its tickets, row by row."""

    timelines: Timelines
    tickets: pd.DataFrame
    exclusion_code: np.ndarray
    exclusion_reason: np.ndarray
    teams: Mapping[int, str]
    """Group → the team that it belongs to now."""
    dated_teams: Teams
    """… and to which it belonged before."""
    able: Mapping[str, Ability]
    """What each source can tell."""

    @cached_property
    def sources(self) -> pd.Categorical:
        """The source of each ticket."""
        return pd.Categorical(self.tickets.source)

    @property
    def in_scope(self) -> np.ndarray:
        return self.exclusion_code == np.full(len(self.tickets), None, object)


def bucket(setting: Setting, run: Run, number: int, linked: bool = True) -> Bucket:
    """Reads a bucket: tickets and events up to each source's watermark, schedules, scope, links."""
    with engine.reading(setting.store.engine) as c:
        tickets = reading.tickets(c, run, number)
        events = reading.events(c, run, number)
        causes = worklist.read(c, run.run, number)
    read = _made(setting, run, tickets, events, causes)
    return with_links(setting, run, read) if linked else read


def with_links(setting: Setting, run: Run, b: Bucket) -> Bucket:
    """The bucket with the links that have been written for it since it was read."""
    with engine.reading(setting.store.engine) as c:
        links = measures.links(c, run, b.tickets.ticket_key)
    return replace(b, timelines=replace(b.timelines, links=_links(b.timelines, links)))


def together(setting: Setting, run: Run, keys: Iterable[int]) -> Bucket:
    """The tickets with these surrogates as a bucket of their own, whatever the run's worklist says."""
    with engine.reading(setting.store.engine) as c:
        tickets, events = lives.tickets(c, run, keys), lives.events(c, run, keys)
    causes = tickets[["ticket_key"]].assign(causes="")
    return with_links(setting, run, _made(setting, run, tickets, events, causes))


def _moved_at(tickets: pd.DataFrame, events: dict) -> np.ndarray:
    """The moment of each ticket's last event; that of its creation without any."""
    moved = tickets.created_at.to_numpy(np.int64).copy()
    np.maximum.at(moved, events["ticket"], events["occurred_at"])
    return moved


def _made(setting: Setting, run: Run, tickets: pd.DataFrame, events: dict, causes: pd.DataFrame) -> Bucket:
    with engine.reading(setting.store.engine) as c:
        groups = reading.groups(c, run)
        known = agreed.schedules(setting, reading.schedules(c, run))
        levels = agreed.policies(setting, reading.policies(c, run))
        quarantined = caselog.quarantined(c, run.knows)
        cuts = runs.cuts(c, run.run)
        able = abilities.known(setting, c, run.knows)
    as_of = seconds(run.as_of)
    mature_until = min(cuts.values(), default=0)
    teams = dated(setting, groups, as_of)
    tickets = _described(tickets, groups, causes).assign(team_name=tickets.group_key.map(teams.of_group[-1]))
    own_topic = tickets.topic.to_numpy(object)
    tickets = tickets.assign(
        own_topic=own_topic, topic=topics.named(setting, tickets.source.to_numpy(object), own_topic)
    )
    cut = tickets.source.map(cuts).fillna(0).to_numpy(np.int64)
    tickets, cut, events = _up_to(tickets, cut, events)
    key, into = (tickets[name].to_numpy(np.int64) for name in ("ticket_key", "merged_into"))
    events = agreed.with_hours(setting, with_members(key, into, events))
    clocks = rosters(setting.config, tickets, events, known, as_of)
    t = Timelines(
        _arrays(tickets)
        | {"repeat_window": _repeat_windows(setting.config, tickets.topic)}
        | policies.columns(setting, able, tickets, levels, _moved_at(tickets, events))
        | {"hours_changed": hours_changed(tickets, events, known)},
        events,
        cut,
        clocks,
        setting.config.clock.schedule_mode,
        mature_until=mature_until,
        policies=policies.promised(setting, levels),
        agreements=agreed.agreements(setting),
    )
    chosen = _chosen(setting.config, tickets)
    is_quarantined = np.isin(t.tickets["key"], quarantined)
    code, reason = exclusions(t, chosen, is_quarantined, _in_groups(setting, tickets))
    t = replace(t, tickets={**t.tickets, "exclusion": code})
    return Bucket(t, tickets, code, reason, teams.of_group[-1], teams, able)


def _described(tickets: pd.DataFrame, groups: pd.DataFrame, causes: pd.DataFrame) -> pd.DataFrame:
    names = dict(zip(groups.group_key, groups.name, strict=True))
    why = dict(zip(causes.ticket_key, causes.causes, strict=True))
    tag_sets = {tags: frozenset(json.loads(tags)) for tags in tickets.tags.unique()}
    return tickets.assign(
        group_name=tickets.group_key.map(names),
        causes=tickets.ticket_key.map(why),
        tag_set=[tag_sets[tags] for tags in tickets.tags],
    )


def _up_to(tickets: pd.DataFrame, cut: np.ndarray, events: dict) -> tuple[pd.DataFrame, np.ndarray, dict]:
    """What lies before the watermark: tickets created by then, and their events."""
    there = tickets.created_at.to_numpy(np.int64) < cut
    tickets, cut = tickets[there].reset_index(drop=True), cut[there]
    keys = tickets.ticket_key.to_numpy(np.int64)
    row = np.searchsorted(keys, events["ticket_key"]).clip(max=max(len(keys) - 1, 0))
    known = (keys[row] == events["ticket_key"]) if len(keys) else np.zeros(len(events["ticket_key"]), bool)
    kept = known.copy()
    kept[known] = events["occurred_at"][known] < cut[row[known]]
    tickets = tickets.assign(moved_on=np.isin(np.arange(len(tickets)), row[known & ~kept]))
    columns = {name: values[kept] for name, values in events.items() if name != "ticket_key"}
    return tickets, cut, {"ticket": row[kept]} | columns


def _arrays(tickets: pd.DataFrame) -> dict[str, np.ndarray]:
    whole = {
        "key": "ticket_key", "created_at": "created_at", "requester": "requester", "status": "status",
        "group": "group_key", "assignee": "assignee", "merged_into": "merged_into",
        "follow_up_of": "follow_up_of", "customer": "customer", "order": "order_key", "incident_of": "incident_of",
    }  # fmt: skip
    arrays = {name: tickets[column].to_numpy(np.int64) for name, column in whole.items()}
    return arrays | {
        "has_history": tickets.has_history.to_numpy(bool),
        "moved_on": tickets.moved_on.to_numpy(bool),
        "channel": tickets.channel.to_numpy(object),
        "topic": tickets.topic.to_numpy(object),
        "quoted": tickets.quoted.to_numpy(object),
    }


def _chosen(config: Config, tickets: pd.DataFrame) -> Chosen:
    """What the first `[[exclude]]` that matches a ticket says of it."""
    chosen = Chosen.none(len(tickets))
    for exclusion in reversed(config.exclusions):
        matches = np.ones(len(tickets), bool)
        if exclusion.ticket:
            matches &= (tickets.source + ":" + tickets.ticket == exclusion.ticket).to_numpy(bool)
        for attribute, values in exclusion.when.items():
            matches &= has(tickets, attribute, values)
        chosen.code[matches], chosen.reason[matches] = KINDS[exclusion.kind], exclusion.why
    return chosen


def has(tickets: pd.DataFrame, attribute: str, values: tuple[str, ...]) -> np.ndarray:
    """Which tickets have one of the values in an attribute of `when`."""
    if attribute == "tag":
        return np.array([not tags.isdisjoint(values) for tags in tickets.tag_set], bool)
    column = {"group": "group_name", "team": "team_name"}.get(attribute, attribute)
    return tickets[column].isin(values).to_numpy(bool)


def _in_groups(setting: Setting, tickets: pd.DataFrame) -> np.ndarray:
    inside = np.ones(len(tickets), bool)
    for name, source in setting.sources.items():
        wanted = source.scope.get("groups")
        if wanted:
            inside &= (tickets.source != name).to_numpy(bool) | tickets.group_name.isin(wanted).to_numpy(bool)
    return inside


def _links(t: Timelines, links: pd.DataFrame) -> Links:
    keys = t.tickets["key"]
    links = links[links.earlier.isin(keys) & links.later.isin(keys)]
    rows = {name: np.searchsorted(keys, links[name].to_numpy(np.int64)) for name in ("earlier", "later")}
    return linked(t, links.assign(**rows))


def _repeat_windows(config: Config, topic: pd.Series) -> np.ndarray:
    """Per ticket the seconds in which coming back counts, as `[repeat]` says for its topic."""
    days = topic.map(dict(config.repeat.topic_window_days)).fillna(config.repeat.window_days)
    return days.to_numpy(np.int64) * DAY
