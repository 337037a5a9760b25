"""Which service levels hold for each ticket, and what they promise: the helpdesks' policies as arrays."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from auditlib.caselog.keys import Keys
from auditlib.pipeline.abilities import Ability
from auditlib.pipeline.setting import Setting
from auditlib.timelines.policies import UNKNOWN_POLICY, Policies, Promised

YES, NO, UNSURE = 1, 0, -1
OPERATORS = {"is": True, "includes": True, "is_not": False, "not_includes": False}
WORDS = ("priority", "topic", "language", "tier", "region", "channel")


def promised(setting: Setting, known: pd.DataFrame) -> Policies:
    """What the versions of the policies promise, by priority."""
    keys = Keys(setting.store.key)
    targets, versions = [], []
    for row in known.itertuples():
        versions.append((int(row.policy), int(row.valid_from)))
        for one in json.loads(row.definition)["targets"]:
            limited, priority = int(Promised[one["promises"]]), keys.word(one["priority"])  # none: at any
            targets.append((*versions[-1], limited, priority, int(one["seconds"]), bool(one["business"])))
    return Policies.of(targets, versions)


def columns(
    setting: Setting, able: Mapping[str, Ability], tickets: pd.DataFrame, known: pd.DataFrame, moved_at: np.ndarray
) -> dict[str, np.ndarray]:
    """What timelines ask of each ticket: its priority, whether its helpdesk tells policies, and which one fits it.

    `moved_at`: the moment of each ticket's last event.
    """
    keys = Keys(setting.store.key)
    words = {word: keys.word(word) for word in tickets.priority.dropna().unique()}
    tells = {name: able[name].told.service_levels for name in tickets.source.unique()}
    return {
        "priority": tickets.priority.map(words).fillna(0).to_numpy(np.int64),
        "tells_policies": tickets.source.map(tells).to_numpy(bool),
        "policy": fitting(keys, tickets, known, moved_at),
    }


def fitting(keys: Keys, tickets: pd.DataFrame, known: pd.DataFrame, moved_at: np.ndarray) -> np.ndarray:
    """The first policy whose conditions a ticket meets as it is now; 0 for none, -1 where that cannot be told.

    A policy that is younger than a ticket's last event is none of its.
    """
    found, is_open = np.zeros(len(tickets), np.int64), np.ones(len(tickets), bool)
    latest = known.sort_values("valid_from").drop_duplicates("policy", keep="last")
    for row in latest.sort_values(["source", "position", "policy"]).itertuples():
        definition = json.loads(row.definition)
        asked = (tickets.source == row.source).to_numpy(bool) & is_open & (moved_at >= definition.get("since", 0))
        meets = np.where(asked, _meets(keys, tickets, str(row.source), definition), NO)
        found = np.where(meets == YES, row.policy, np.where(meets == UNSURE, UNKNOWN_POLICY, found))
        is_open &= meets == NO
    return found


def _meets(keys: Keys, tickets: pd.DataFrame, source: str, definition: Mapping[str, Any]) -> np.ndarray:
    """Whether tickets meet all of the one list of conditions, and at least one of the other unless it is empty."""
    every = [_condition(keys, tickets, source, one) for one in definition["all"]]
    some = [_condition(keys, tickets, source, one) for one in definition["any"]]
    return _all([*every, *([_either(some)] if some else [])], len(tickets))


def _all(conditions: Sequence[np.ndarray], n: int) -> np.ndarray:
    """Yes if all are, no if one is not, otherwise unsure."""
    refused, unsure = np.zeros(n, bool), np.zeros(n, bool)
    for one in conditions:
        refused |= one == NO
        unsure |= one == UNSURE
    return np.where(refused, NO, np.where(unsure, UNSURE, YES))


def _either(conditions: Sequence[np.ndarray]) -> np.ndarray:
    """Yes if one is, no if none is, otherwise unsure."""
    stack = np.stack(conditions)
    return np.where((stack == YES).any(axis=0), YES, np.where((stack == UNSURE).any(axis=0), UNSURE, NO))


def _condition(keys: Keys, tickets: pd.DataFrame, source: str, condition: Mapping[str, Any]) -> np.ndarray:
    field, operator, values = condition["field"], condition["operator"], condition["values"]
    if operator not in OPERATORS:
        return np.full(len(tickets), UNSURE)
    if field == "tag":
        has = np.array([not tags.isdisjoint(values) for tags in tickets.tag_set], bool)
    elif field in ("group", "organization"):
        wanted = [keys.unregistered(field, source, value) for value in values]
        has = tickets["group_key" if field == "group" else field].isin(wanted).to_numpy(bool)
    elif field in WORDS:
        # The helpdesk's conditions speak of topics in its own words.
        has = tickets["own_topic" if field == "topic" else field].isin(values).to_numpy(bool)
    else:
        return np.full(len(tickets), UNSURE)
    return np.where(has == OPERATORS[operator], YES, NO)
