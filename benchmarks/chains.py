"""Who came back about what, and their chains, over all tickets at once, against a join of pandas."""

from __future__ import annotations

import pathlib
import tempfile
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from auditlib.episodes import chains, same_issue
from auditlib.episodes.links import LONGEST_WINDOW
from auditlib.timelines import Timelines
from benchmarks import made_up, metric_core
from benchmarks.alone import alone
from benchmarks.results import Finding

SIZE = 100_000


def run(size: int) -> Iterator[Finding]:
    """Links by follow-up and by topic, and the issue of each ticket."""
    with tempfile.TemporaryDirectory() as folder:
        made_up.write(pathlib.Path(folder), size)
        slow, fast = alone(joined, folder, size), alone(linked, folder, size)
    if slow.answer != fast.answer["topic"]:
        raise AssertionError(f"{slow.answer} links by the join, {fast.answer['topic']} by us")
    told = {"benchmark": "chains", "amount": size, "of": "tickets"}
    yield Finding(way="merge on customer and topic", cpu_seconds=slow.cpu_seconds, peak_mib=slow.peak_mib, **told)
    yield Finding(
        way="links and chains", cpu_seconds=fast.cpu_seconds, peak_mib=fast.peak_mib, against="the join",
        times_faster=slow.cpu_seconds / fast.cpu_seconds, bar="at most 1 s of CPU a million",
        is_met=fast.cpu_seconds <= max(size / 1_000_000, 0.1), **told,
    )  # fmt: skip


def linked(folder: str, size: int) -> Callable[[], dict[str, int]]:
    """Links and chains; gives how many links there are of each kind."""
    t, in_scope = _timelines(folder, size)

    def work() -> dict[str, int]:
        found = same_issue(t, in_scope)
        chains(t.n, found.earlier.to_numpy(np.int64), found.later.to_numpy(np.int64), t.tickets["created_at"])
        return {str(layer): int(count) for layer, count in found.layer.value_counts().items()}

    return work


def joined(folder: str, size: int) -> Callable[[], int]:
    """The links by topic as a join would find them; gives how many there are."""
    t, in_scope = _timelines(folder, size)
    names = ("customer", "topic", "created_at", "follow_up_of", "key")
    tickets = pd.DataFrame({name: t.tickets[name] for name in names})
    solves = np.flatnonzero(t.solves & in_scope[t.events["ticket"]])
    again_at = t.at(t.first_behind(t.reopens, solves))
    log = pd.DataFrame({"earlier": t.events["ticket"][solves], "solved_at": t.at(solves), "again_at": again_at})
    is_contact = in_scope & (~t.is_opened_by_agent | t.is_voice)

    def work() -> int:
        left = log.join(tickets, on="earlier").dropna(subset=["topic"])
        right = tickets[is_contact].rename_axis("later").reset_index()
        both = left.merge(right, on=["customer", "topic"], suffixes=("", "_later"))
        gap = both.created_at_later - both.solved_at
        is_in_time = (gap >= 0) & (gap <= LONGEST_WINDOW) & (both.again_at > both.created_at_later)
        pairs = both[is_in_time & (both.earlier != both.later)].drop_duplicates(["earlier", "later"])
        return int((pairs.follow_up_of_later != pairs.key).sum())

    return work


def _timelines(folder: str, size: int) -> tuple[Timelines, np.ndarray]:
    """All tickets as one bucket, with what every family has computed already."""
    t = metric_core.timelines(pathlib.Path(folder), 0, size, made_up.hours())
    for known in (t.solves, t.reopens, t.is_opened_by_agent):
        assert len(known)
    return t, ~t.is_outbound
