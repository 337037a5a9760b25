"""Service agreements of which helpdesks tell the name alone, as audit.toml describes them.

They hold as they are written now, for all of the past: whoever corrects a description corrects what was
measured by it. To the rest of the pipeline they are policies and schedules like those that helpdesks tell.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from auditlib.caselog.keys import Keys
from auditlib.caselog.words import Kind, Status
from auditlib.clocks import read_holidays, read_hours
from auditlib.config.agreements import Agreement, Deadline
from auditlib.pipeline.setting import Setting
from auditlib.timelines.agreements import NONE, Agreements, Within

MINUTE = 60
YEARS = range(2000, 2051)
NOBODYS = {"field": "tag", "operator": "is", "values": []}
"""A condition that no ticket meets: an agreement holds where the helpdesk says so, and nowhere else."""
OURS = {"response": ("first_reply", "next_reply"), "keep_in_loop": ("periodic_update",), "resolve": ("resolution",)}
PAUSED = {"keep_in_loop": ("pausable_update",), "resolve": ("requester_wait",)}
"""The same where time that waits for the customer does not count."""


def agreements(setting: Setting) -> Agreements:
    """Every deadline of every agreement, to compare a helpdesk's due dates with."""
    keys = Keys(setting.store.key)
    return Agreements.of(
        (
            keys.unregistered("policy", source, name),
            int(Within[within]),
            _seconds(deadline.business_minutes),
            _seconds(deadline.real_minutes),
            deadline.out_of_hours_business_minutes * MINUTE,
            deadline.out_of_hours_real_minutes * MINUTE,
            sum(1 << int(Status[status]) for status in deadline.ignore_on_statuses),
            int(deadline.exclude_time_on_ignored_statuses),
        )
        for source, name, agreement in _every(setting)
        for within, deadline in agreement.deadlines.items()
    )


def policies(setting: Setting, told: pd.DataFrame) -> pd.DataFrame:
    """The helpdesks' policies, and the agreements as policies of ours."""
    keys = Keys(setting.store.key)
    rows = [
        {
            "policy": keys.unregistered("policy", source, name), "source": source, "id": name, "name": name,
            "position": 0, "definition": json.dumps(_definition(agreement)), "valid_from": 0,
        }
        for source, name, agreement in _every(setting)
    ]  # fmt: skip
    return _with(told, rows)


def schedules(setting: Setting, told: pd.DataFrame) -> pd.DataFrame:
    """The helpdesks' schedules, and the hours that agreements name."""
    rows = {}
    for source, _, agreement in _every(setting):
        if agreement.hours:
            intervals, zone = read_hours(agreement.hours)
            rows[_schedule(setting, source, agreement)] = {
                "schedule": _schedule(setting, source, agreement), "source": source, "id": agreement.hours,
                "name": agreement.hours, "time_zone": zone, "intervals": json.dumps(list(map(list, intervals))),
                "holidays": json.dumps(_holidays(setting, source, agreement)), "is_default": False, "edited_at": 0,
                "valid_from": 0,
            }  # fmt: skip
    return _with(told, list(rows.values()))


def with_hours(setting: Setting, events: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The events, and beside each agreement that is applied the schedule on which it counts."""
    keys = Keys(setting.store.key)
    kept = {
        keys.unregistered("policy", source, name): _schedule(setting, source, agreement)
        for source, name, agreement in _every(setting)
        if agreement.hours
    }
    applied = np.flatnonzero((events["kind"] == Kind.sla_applied) & np.isin(events["new"], list(kept)))
    if not len(applied):
        return dict(events)
    beside = {name: values[applied] for name, values in events.items()}
    beside["kind"] = np.full(len(applied), Kind.schedule, events["kind"].dtype)
    beside["new"] = np.array([kept[policy] for policy in beside["new"].tolist()], np.int64)
    beside["old"] = np.zeros(len(applied), np.int64)
    return {name: np.insert(values, applied + 1, beside[name]) for name, values in events.items()}


def _every(setting: Setting) -> Iterator[tuple[str, str, Agreement]]:
    for source in setting.config.sources:
        for name, agreement in source.agreements.items():
            yield source.name, name, agreement


def _definition(agreement: Agreement) -> dict[str, Any]:
    targets = [
        {"promises": promised, "priority": None, "seconds": seconds * MINUTE, "business": business}
        for within, deadline in agreement.deadlines.items()
        for seconds, business in _on_one_clock(deadline)
        for promised in _promised(within, deadline)
    ]
    return {"all": [NOBODYS], "any": [], "targets": targets}


def _promised(within: str, deadline: Deadline) -> tuple[str, ...]:
    waits_for_customer = Status.pending_customer.name in deadline.ignore_on_statuses
    is_paused = waits_for_customer and (deadline.exclude_time_on_ignored_statuses or within == "keep_in_loop")
    return PAUSED.get(within, OURS[within]) if is_paused else OURS[within]


def _on_one_clock(deadline: Deadline) -> Iterator[tuple[int, bool]]:
    """Minutes, and whether they are of opening hours; nothing where a deadline has both, as no target of ours can."""
    counted = [(deadline.business_minutes, True), (deadline.real_minutes, False)]
    told = [(minutes, business) for minutes, business in counted if minutes]
    if len(told) == 1:
        yield told[0]


def _schedule(setting: Setting, source: str, agreement: Agreement) -> int:
    written = f"{agreement.hours}\0{agreement.holidays or ''}"
    return Keys(setting.store.key).unregistered("schedule", source, written)


def _holidays(setting: Setting, source: str, agreement: Agreement) -> list[list[str]]:
    calendars = setting.config.clock.holidays
    calendar = agreement.holidays or calendars.get(source, calendars.get("*"))
    return [list(pair) for pair in read_holidays(calendar, YEARS, setting.config.folder)] if calendar else []


def _seconds(minutes: int | None) -> int:
    return NONE if minutes is None else minutes * MINUTE


def _with(told: pd.DataFrame, rows: list[dict[str, Any]]) -> pd.DataFrame:
    ours = pd.DataFrame(rows).reindex(columns=told.columns)
    return told if not rows else ours if told.empty else pd.concat([told, ours], ignore_index=True)
