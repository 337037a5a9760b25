"""Issues: tickets that are linked end to end, named after the first of them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from auditlib.episodes.components import labels
from auditlib.span import NEVER
from auditlib.timelines import Links, Timelines


def linked(t: Timelines, links: pd.DataFrame) -> Links:
    """What `same_issue` found, as the timelines' verbs take it, with the issues that it makes."""
    earlier, later = (links[name].to_numpy(np.int64) for name in ("earlier", "later"))
    return Links(
        ticket=earlier,
        later=later,
        kind=links.kind.to_numpy(object),
        is_competing_cause=links.is_competing_cause.to_numpy(bool),
        solved_at=links.solved_at.fillna(NEVER).to_numpy(np.int64),
        came_back_at=links.came_back_at.to_numpy(np.int64),
        issue=chains(t.tickets["key"], earlier, later, t.tickets["created_at"]),
    )


def chains(key: np.ndarray, earlier: np.ndarray, later: np.ndarray, created_at: np.ndarray) -> np.ndarray:
    """For each ticket the row of its issue's first ticket, by creation and then by surrogate.

    `key`, `created_at`: one entry a ticket; `earlier`, `later`: the links, as rows.
    """
    linked = np.unique(np.concatenate([earlier, later]))
    label = labels(len(linked), np.searchsorted(linked, np.column_stack([earlier, later])))
    order = np.lexsort((key[linked], created_at[linked]))[::-1]
    first = np.zeros(label.max(initial=-1) + 1, np.int64)
    first[label[order]] = linked[order]
    found = np.arange(len(key))
    found[linked] = first[label]
    return found
