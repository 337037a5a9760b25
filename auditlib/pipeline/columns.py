"""Seconds and surrogates as the store writes them: moments, local days, names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from auditlib.pipeline.setting import Setting
from auditlib.pipeline.timelines import Bucket, has
from auditlib.span import NEVER


def framed(columns: Mapping[str, Any]) -> pd.DataFrame:
    """Columns as a frame, each in its own type: words stay Python's own, since they are on their way into the store."""
    kept = {name: pd.Series(values, dtype=values.dtype, copy=False) for name, values in columns.items()}
    return pd.DataFrame(kept, copy=False)


def moments(at: np.ndarray) -> np.ndarray:
    """Seconds as ISO 8601 text in UTC; None for NEVER."""
    there = at != NEVER
    text = np.full(len(at), None, object)
    written = np.datetime_as_string(at[there].astype("datetime64[s]"), unit="s").astype(object)
    text[there] = written + "Z"
    return text


def days(setting: Setting, at: np.ndarray) -> np.ndarray:
    """Seconds as the local day on which they lie; None for NEVER."""
    there = at != NEVER
    text = np.full(len(at), None, object)
    local = pd.to_datetime(at[there], unit="s", utc=True).tz_convert(setting.zone).tz_localize(None)
    text[there] = np.datetime_as_string(local.to_numpy().astype("datetime64[D]"), unit="D").astype(object)
    return text


def named(keys: np.ndarray, names: Mapping[int, str], otherwise: str | None) -> np.ndarray:
    """What surrogates stand for; `otherwise` for those without a name, None for 0."""
    distinct, where = np.unique(keys, return_inverse=True)
    words = np.array([names.get(int(k), otherwise if k else None) for k in distinct], object)
    return words[where] if len(distinct) else np.zeros(0, object)


def teams(b: Bucket, group: np.ndarray, at: np.ndarray | None = None) -> np.ndarray:
    """The team of each group, by its surrogate, now or at a moment (seconds, NEVER for now); None for no group."""
    group = np.asarray(group, np.int64)
    found = named(group, b.teams, None)
    if at is not None:
        span = b.dated_teams.spans(np.asarray(at, np.int64))
        for number, of_group in enumerate(b.dated_teams.of_group[:-1]):
            found[span == number] = named(group[span == number], of_group, None)
    return found


def segments(setting: Setting, b: Bucket) -> np.ndarray:
    """The segments of audit.toml that each ticket belongs to, with a comma on either side; empty for none."""
    found = np.full(len(b.tickets), "", object)
    for segment in setting.config.segments:
        matches = np.ones(len(b.tickets), bool)
        for attribute, values in segment.when.items():
            matches &= has(b.tickets, attribute, values)
        found[matches] += f"{segment.name},"
    return np.where(found == "", "", "," + found)
