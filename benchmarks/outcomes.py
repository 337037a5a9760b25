"""How every ticket ended, with the comings back given: all columns of the family `outcome`, against pandas."""

from __future__ import annotations

import pathlib
import tempfile
from collections.abc import Callable, Iterator

import numpy as np

from auditlib import metrics
from auditlib.episodes import linked, same_issue
from auditlib.metric import facts
from auditlib.timelines import Links
from benchmarks import made_up, metric_core, pandas_outcomes
from benchmarks.alone import alone
from benchmarks.results import Finding

SIZE = 100_000
BAR = "at least 3 times"
LINK_COLUMNS = ("ticket", "later", "kind", "is_competing_cause", "solved_at", "came_back_at")


def run(size: int) -> Iterator[Finding]:
    """Both ways over the same tickets; every column has to be equal."""
    with tempfile.TemporaryDirectory() as folder:
        where = pathlib.Path(folder)
        made_up.write(where, size)
        _write_links(where, size)
        slow = alone(pandas_outcomes.measured, folder, size)
        fast = alone(measured, folder, size)
        for file in sorted((where / "ours").glob("*.npy")):
            theirs = np.load(where / "pandas" / file.name)
            np.testing.assert_array_equal(np.load(file), theirs, err_msg=file.stem)
    told = {"benchmark": "outcomes", "amount": size, "of": "tickets"}
    yield Finding(way="idiomatic pandas", cpu_seconds=slow.cpu_seconds, peak_mib=slow.peak_mib, **told)
    faster, share = slow.cpu_seconds / fast.cpu_seconds, fast.peak_mib / slow.peak_mib
    yield Finding(
        way="timelines", cpu_seconds=fast.cpu_seconds, peak_mib=fast.peak_mib, against="pandas", times_faster=faster,
        share_of_memory=share, bar=BAR, is_met=faster >= 3, **told,
    )  # fmt: skip


def measured(folder: str, size: int) -> Callable[[], None]:
    """The columns of the family, saved as files of the folder `ours`."""
    where = pathlib.Path(folder)
    modules = metrics.load_all()["outcome"].values()
    links = Links(**{name: np.load(where / "links" / f"{name}.npy", allow_pickle=True) for name in LINK_COLUMNS})

    def work() -> None:
        t = metric_core.timelines(where, 0, size, made_up.hours(), links)
        (where / "ours").mkdir()
        for module in modules:
            for name, how in facts(module).columns.items():
                if name not in ("outcome", "outcome_evidence"):  # words for codes, which pandas has not either
                    np.save(where / "ours" / f"{name}.npy", _plain(module.value(t, **how)))

    return work


def _plain(values: np.ndarray) -> np.ndarray:
    """Words without None, as files hold them."""
    return np.array(["" if word is None else word for word in values.tolist()]) if values.dtype == object else values


def _write_links(where: pathlib.Path, size: int) -> None:
    """The comings back, by follow-up and by topic: neither way has to find them."""
    t = metric_core.timelines(where, 0, size, made_up.hours())
    links = linked(t, same_issue(t, ~t.is_outbound))
    (where / "links").mkdir()
    for name in LINK_COLUMNS:
        np.save(where / "links" / f"{name}.npy", getattr(links, name))
    repeats = links.at((links.kind == "repeat") & ~links.is_competing_cause)
    np.save(where / "links" / "came_back.npy", repeats.came_back_at)
    np.save(where / "links" / "solved.npy", repeats.solved_at)
    np.save(where / "links" / "repeated.npy", repeats.ticket)
