"""What was said in tickets that were merged: it stands in the timeline of the one that they went into, too."""

from __future__ import annotations

import numpy as np

from auditlib.caselog.words import Kind
from auditlib.timelines.events import Events


def merged_rows(key: np.ndarray, merged_into: np.ndarray) -> np.ndarray:
    """Per ticket the row of the one that it went into in the end, however many merges later; -1 for none.

    `key` and `merged_into` (a key, 0 for none) describe the tickets. What is not among them is no ticket.
    """
    order = np.argsort(key)
    place = np.searchsorted(key, merged_into, sorter=order)
    target = np.append(order, -1)[place]
    direct = np.where((merged_into != 0) & (np.append(key, 0)[target] == merged_into), target, -1)
    found = direct
    for _ in range(int((direct >= 0).sum())):  # a circle of merges has no end: somewhere in it is as good
        further = np.where(found >= 0, direct[found], -1)
        if not (further >= 0).any():
            break
        found = np.where(further >= 0, further, found)
    return found


def with_members(key: np.ndarray, merged_into: np.ndarray, events: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The events, with the messages of merged tickets also in the timeline of the one that they went into.

    The events are those of `Events`, and `key` is in order. A ticket's description moves as its first message,
    once: where the source keeps a row for it, that row. What the helpdesk itself moved or copied keeps its second
    and author, by which it is told. Within one second what moved stands behind what was there.
    """
    target = merged_rows(key, merged_into)
    is_merged = (target >= 0)[events["ticket"]] if len(key) else np.zeros(0, bool)
    if not is_merged.any():
        return events
    theirs = {name: values[is_merged] for name, values in events.items()}
    said = Events({"key": key}, theirs, np.zeros(len(key), np.int64), {}).is_message
    moved = {name: values[said] for name, values in theirs.items()}
    moved["ticket"] = target[moved["ticket"]]
    moved["kind"] = np.full(len(moved["kind"]), Kind.message)
    is_new = ~_stand_there(moved, events)
    both = {name: np.concatenate([events[name], moved[name][is_new]]) for name in events}
    is_moved = np.arange(len(both["ticket"])) >= len(events["ticket"])
    order = np.lexsort((is_moved, both["occurred_at"], both["ticket"]))
    return {name: values[order] for name, values in both.items()}


def _stand_there(moved: dict[str, np.ndarray], events: dict[str, np.ndarray]) -> np.ndarray:
    """Whether the helpdesk put each message into the other ticket itself: one of that second and author is there."""
    own = (events["kind"] == Kind.message) & np.isin(events["ticket"], moved["ticket"])
    told = set(zip(*(events[name][own].tolist() for name in ("ticket", "occurred_at", "actor")), strict=True))
    of = zip(*(moved[name].tolist() for name in ("ticket", "occurred_at", "actor")), strict=True)
    return np.array([one in told for one in of], bool)
