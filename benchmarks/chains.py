"""Who came back about what, and their chains, over all tickets at once, against a join of pandas."""

from __future__ import annotations

import pathlib
import tempfile
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from auditlib.episodes import chains, same_issue
from auditlib.episodes.candidates import LONGEST_WINDOW, Candidates, candidates
from auditlib.timelines import NOWHERE, Timelines
from benchmarks import made_up, metric_core
from benchmarks.alone import alone
from benchmarks.results import Finding

SIZE = 100_000


def run(size: int) -> Iterator[Finding]:
    """Links by follow-up and by topic, the same with the words of every pair compared, and the issue of each ticket."""
    with tempfile.TemporaryDirectory() as folder:
        made_up.write(pathlib.Path(folder), size)
        slow, fast, words = alone(joined, folder, size), alone(linked, folder, size), alone(compared, folder, size)
    if slow.answer != fast.answer["candidates"]:
        raise AssertionError(f"{slow.answer} pairs by the join, {fast.answer['candidates']} by us")
    told = {"benchmark": "chains", "amount": size, "of": "tickets"}
    yield Finding(way="merge on customer", cpu_seconds=slow.cpu_seconds, peak_mib=slow.peak_mib, **told)
    yield Finding(
        way="links and chains", cpu_seconds=fast.cpu_seconds, peak_mib=fast.peak_mib, against="the join",
        times_faster=slow.cpu_seconds / fast.cpu_seconds, bar="at most 1 s of CPU a million",
        is_met=fast.cpu_seconds <= max(size / 1_000_000, 0.1), **told,
    )  # fmt: skip
    yield Finding(
        way="links and chains with words", cpu_seconds=words.cpu_seconds, peak_mib=words.peak_mib,
        bar="at most 6 s of CPU a million", is_met=words.cpu_seconds <= max(6 * size / 1_000_000, 0.6), **told,
    )  # fmt: skip


def linked(folder: str, size: int) -> Callable[[], dict[str, int]]:
    """Links and chains; gives how many links there are of each layer, and how many pairs were looked at."""
    t, in_scope = _timelines(folder, size)

    def work() -> dict[str, int]:
        found = same_issue(t, in_scope)
        earlier, later = (found[name].to_numpy(np.int64) for name in ("earlier", "later"))
        chains(t.tickets["key"], earlier, later, t.tickets["created_at"])
        return {str(layer): int(count) for layer, count in found.layer.value_counts().items()}

    counted = candidates(t, in_scope)
    after_solves = int(((counted.solve != NOWHERE) & _of_one_customer(t, counted)).sum())
    return lambda: work() | {"candidates": after_solves}


def compared(folder: str, size: int) -> Callable[[], int]:
    """The same with the sketches of all pairs compared: some thirty words a ticket, of three thousand."""
    t, in_scope = _timelines(folder, size)
    random = np.random.default_rng(11)
    words = np.sort(random.integers(1, 3000, (4096, 30)).astype("<u4"), axis=1)
    texts = [np.unique(row).tobytes() for row in words]

    def work() -> int:
        found = same_issue(t, in_scope, lambda rows: [texts[row % len(texts)] for row in rows.tolist()])
        earlier, later = (found[name].to_numpy(np.int64) for name in ("earlier", "later"))
        return int(chains(t.tickets["key"], earlier, later, t.tickets["created_at"]).max())

    return work


def _of_one_customer(t: Timelines, pairs: Candidates) -> np.ndarray:
    customer = t.tickets["customer"]
    return customer[pairs.earlier] == customer[pairs.later]


def joined(folder: str, size: int) -> Callable[[], int]:
    """The pairs of a customer's tickets after a solve as a join would find them; gives how many there are."""
    t, in_scope = _timelines(folder, size)
    names = ("customer", "topic", "created_at", "follow_up_of", "key")
    tickets = pd.DataFrame({name: t.tickets[name] for name in names})
    solves = np.flatnonzero(t.solves & in_scope[t.events["ticket"]])
    again_at = t.at(t.first_behind(t.reopens, solves))
    log = pd.DataFrame({"earlier": t.events["ticket"][solves], "solved_at": t.at(solves), "again_at": again_at})
    is_contact = in_scope & (~t.is_opened_by_agent | t.is_voice)

    def work() -> int:
        left = log.join(tickets, on="earlier")
        right = tickets[is_contact].rename_axis("later").reset_index()
        both = left.merge(right, on="customer", suffixes=("", "_later"))
        gap = both.created_at_later - both.solved_at
        is_in_time = (gap >= 0) & (gap <= LONGEST_WINDOW) & (both.again_at > both.created_at_later)
        pairs = both[is_in_time & (both.earlier != both.later)].drop_duplicates(["earlier", "later"])
        return len(pairs)

    return work


def _timelines(folder: str, size: int) -> tuple[Timelines, np.ndarray]:
    """All tickets as one bucket, with what every family has computed already."""
    t = metric_core.timelines(pathlib.Path(folder), 0, size, made_up.hours())
    for known in (t.solves, t.reopens, t.is_opened_by_agent):
        assert len(known)
    return t, ~t.is_outbound
