"""Links and issues of one bucket: who came back about what, and what one issue cost its customer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from auditlib.config import Config
from auditlib.episodes import LONGEST_WINDOW, RULE_VERSION, same_issue
from auditlib.pipeline.columns import moments
from auditlib.pipeline.setting import Setting
from auditlib.pipeline.timelines import Bucket, with_links
from auditlib.span import NEVER
from auditlib.store import engine, measures, reading
from auditlib.store.link_tables import EPISODES, MEMBERSHIPS, REPEAT_LINKS
from auditlib.store.runs import Run

DAY = 24 * 60 * 60


def write_links(setting: Setting, run: Run, b: Bucket) -> Bucket:
    """Writes links, issues and who belongs to which; gives the bucket with its links."""
    key = b.timelines.tickets["key"]

    def sketches(rows: np.ndarray) -> Sequence[bytes]:
        with engine.reading(setting.store.engine) as c:
            return reading.sketches(c, run, key[rows])

    links = same_issue(b.timelines, b.in_scope, sketches, longest_window(setting.config))
    earlier, later = (key[links[name].to_numpy(np.int64)] for name in ("earlier", "later"))
    with engine.writing(setting.store.engine) as c:
        rows = links.assign(earlier=earlier, later=later, rule_version=RULE_VERSION)
        measures.keep(c, run, REPEAT_LINKS, rows, key)
    b = with_links(setting, run, b)
    members = pd.DataFrame({"ticket_key": key, "episode": key[b.timelines.issue]})
    with engine.writing(setting.store.engine) as c:
        measures.keep(c, run, MEMBERSHIPS, members[b.in_scope], key)
        measures.keep(c, run, EPISODES, _episodes(b), key)
    return b


def longest_window(config: Config) -> int:
    """How many seconds after a solve somebody can have come back about it: 30 days, or more if a topic has more."""
    told = [config.repeat.window_days, *config.repeat.topic_window_days.values()]
    return max(LONGEST_WINDOW, max(told) * DAY)


def _episodes(b: Bucket) -> pd.DataFrame:
    """One row an issue that a customer brought up."""
    t = b.timelines
    is_contact = b.in_scope & t.is_contact
    rows = pd.DataFrame(
        {
            "episode": t.tickets["key"][t.issue],
            "customer": t.tickets["customer"],
            "channel": t.tickets["channel"],
            "created_at": t.tickets["created_at"],
            "came_back": t.repeats >= 0,
            "parallels": t.parallel_to >= 0,
            "ended_at": _held_until(b),
        }
    )[is_contact]
    grouped = rows.groupby("episode", as_index=False).agg(
        customer=("customer", "min"),
        contacts=("episode", "size"),
        channels=("channel", "nunique"),
        came_back=("came_back", "sum"),
        parallels=("parallels", "sum"),
        first_contact_at=("created_at", "min"),
        last_contact_at=("created_at", "max"),
        ended_at=("ended_at", "max"),
    )
    for name in ("first_contact_at", "last_contact_at", "ended_at"):
        grouped[name] = moments(grouped[name].to_numpy(np.int64))
    return grouped


def _held_until(b: Bucket) -> np.ndarray:
    """Per ticket its last solve, once its window has passed without anybody coming back; NEVER before."""
    t = b.timelines
    held = (t.settled_at != NEVER) & (t.settled_at <= t.mature_until - t.repeat_window)
    return np.where(held, t.settled_at, NEVER)
