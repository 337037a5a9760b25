"""What is measured of the lamp shop, printed: `python -m tests.pipeline.measured FOLDER [SEED]`.

With a seed its files' rows come in another order; rows of one ticket and second keep theirs, since a file
without sequence tells by them what came first.
"""

import json
import pathlib
import random
import sys

import pandas as pd

from auditlib import pipeline
from auditlib.pipeline.setting import Setting
from tests.shop import REOPENED, TICKETS, events, opened


def shuffled(rows: str, seed: int | None, together: int) -> str:
    """The rows in another order; those that agree in their first cells stay in theirs."""
    if seed is None:
        return rows
    held: dict[tuple, list[str]] = {}
    for row in rows.splitlines(keepends=True):
        held.setdefault(tuple(row.split(",")[:together]), []).append(row)
    chance = random.Random(seed)
    mixed: list[str] = []
    while held:
        key = chance.choice(sorted(held))
        mixed.append(held[key].pop(0))
        if not held[key]:
            del held[key]
    return "".join(mixed)


def measured(folder: pathlib.Path, seed: int | None = None) -> dict[str, list]:
    """Table → its rows, of every family and of the tickets' facts."""
    with opened(folder) as shop:
        head, _, told = (events(TICKETS) + REOPENED).partition("\n")
        rows = shuffled(TICKETS, seed, 1), f"{head}\n{shuffled(told, seed, 2)}"
        shop.deliver("1", *rows, "2026-03-17T00:00:00Z")
        run = pipeline.begin("2026-03-16")
        for step in (pipeline.collect, pipeline.translate, pipeline.gate_source):
            step(run, "shop")
        pipeline.link(run)
        families = Setting.here().metrics
        for family in families:
            pipeline.measure(run, family)
        return {name: _told(shop.rows(f"SELECT * FROM {name}_versions")) for name in ("ticket", *families)}


def _told(rows: pd.DataFrame) -> list[list[str]]:
    return sorted([str(value) for value in row] for row in rows.itertuples(index=False))


if __name__ == "__main__":
    print(json.dumps(measured(pathlib.Path(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else None)))
