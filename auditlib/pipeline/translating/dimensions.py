"""What describes tickets into the case log: groups, organizations, and the hours and service levels of a time."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd

from auditlib.caselog import rows as r
from auditlib.pipeline.translating.part import Part
from auditlib.store import caselog


def keep(part: Part) -> None:
    """Merges a part's groups, organizations, schedules and service levels."""
    source = part.source
    groups = [(part.key("group", g.group), source, g.group, g.name) for g in part.told(r.Group)]
    _merge(part, "groups", groups)
    organizations = [
        (part.key("organization", o.organization), source, o.organization, o.name, _json(o.fields))
        for o in part.told(r.Organization)
    ]
    _merge(part, "organizations", [part.erased.organization(row) for row in organizations])
    schedules = [
        (
            part.key("schedule", s.schedule), source, s.schedule, s.name, s.time_zone,
            _json(s.intervals), _json(s.holidays), s.is_default, s.edited_at,
        )
        for s in part.told(r.Schedule)
    ]  # fmt: skip
    _merge_valid(part, "schedules", schedules)
    policies = [
        (part.key("policy", p.policy), source, p.policy, p.name, p.position, _json(p.definition))
        for p in part.told(r.Policy)
    ]
    _merge_valid(part, "sla_policies", policies)


def _merge(part: Part, name: str, rows: list[tuple]) -> None:
    if rows:
        table, identity = caselog.DIMENSIONS[name]
        frame = pd.DataFrame(rows, columns=_own_columns(table)).drop_duplicates(list(identity), keep="last")
        caselog.merge_dimension(part.c, name, frame.reset_index(drop=True), part.run)


def _merge_valid(part: Part, name: str, rows: list[tuple]) -> None:
    """Merges what has a validity: an edit holds from when it was made, the old one before.

    Where the helpdesk does not tell when, it holds from when we last looked.
    """
    if not rows:
        return
    table, identity = caselog.DIMENSIONS[name]
    columns = [column for column in _own_columns(table) if column != "valid_from"]
    now = pd.DataFrame(rows, columns=columns).drop_duplicates(identity[0], keep="last")
    held = caselog.held(part.c, name, now[identity[0]])
    latest = held.sort_values("valid_from").drop_duplicates(identity[0], keep="last")
    both = now.merge(latest, on=identity[0], how="left", suffixes=("", "_held"))
    is_new = both.valid_from.isna()
    content = [column for column in columns if column != identity[0]]
    differs = np.logical_or.reduce([both[x] != both[f"{x}_held"] for x in content]) & ~is_new
    added = now[(is_new | differs).to_numpy()]
    made = np.maximum(now.get("edited_at", 0), part.last_looked)
    since = np.where(is_new, 0, made)[(is_new | differs).to_numpy()]
    every = pd.concat([held, added.assign(valid_from=since)], ignore_index=True)
    caselog.merge_dimension(part.c, name, every, part.run)


def _own_columns(table: Any) -> list[str]:
    return [column.name for column in table.columns if column.name not in ("from_run", "to_run")]


def _json(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)
