"""Whether the members of what was signed still are those that were signed: their hashes are taken again."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from auditlib.figures import cells
from auditlib.figures.basis import Basis
from auditlib.figures.members import Members, hashed
from auditlib.metric import Figure
from auditlib.pipeline import counted, figuring, touched
from auditlib.pipeline.setting import Setting
from auditlib.store import engine, runs, signing

TABLE = ["metric", "segment", "breakdown", "breakdown_2"]
LABELS = ["period_start", "breakdown_value", "breakdown_value_2"]


def altered(setting: Setting) -> list[str]:
    """What of the members of signed figures is another than when they were published, in sentences.

    A definition that has another version since, or is gone, cannot be asked: the hash of its members then stands in
    the signed head alone.
    """
    with engine.reading(setting.store.engine) as c:
        signed = [
            (row, signing.covered(c, row["run"], row["period"], row["period_start"])) for row in signing.signatures(c)
        ]
    found = []
    for row, figures in signed:
        metrics = sorted({str(figure["metric"]) for figure in _others(setting, figures)})
        if metrics:
            about = f"signature {row['signature']} by {row['signed_by']}, {row['period']} from {row['period_start']}"
            found.append(f"{about}: the members of {', '.join(metrics)} are not those that were signed")
    return found


def _others(setting: Setting, figures: list[dict[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Figures whose members, as they were known when each was published, have another hash now."""
    if not figures:
        return
    every = touched.everything(setting)
    rows = pd.DataFrame(figures)
    same = [
        metric in every.figures and every.figures[metric][0].version == version
        for metric, version in zip(rows.metric, rows.version, strict=True)
    ]
    for number, of_run in rows[same].groupby("publication_run"):
        run = runs.read(setting.store, int(number))
        held = dict(counted.members_of(setting, run, every.narrowed(of_run)))
        basis = dataclasses.replace(figuring.basis_of(setting, run), only=None)
        for about, of_table in of_run.groupby(TABLE):
            _, figure, own, beside = held[str(about[0])]
            hashes = [_hashes(figure, m, basis, of_table, about) for m in (own, beside) if m is not None]
            for told in of_table.to_dict("records"):
                label = tuple(str(told[name]) for name in LABELS)
                if told["members_hash"] not in {one.get(label, "") for one in hashes}:
                    yield told


def _hashes(figure: Figure, m: Members, basis: Basis, rows: pd.DataFrame, about: tuple) -> dict[tuple, str]:
    """Cell → hash of its members, of one table."""
    _, segment, *names = about
    breakdown = tuple(name for name in names if name not in ("", cells.EVERY))
    table = cells.table(figure, m, basis, str(rows.period.iloc[0]), segment, breakdown)
    order = np.argsort(table.cell, kind="stable")
    bounds = np.searchsorted(table.cell[order], np.arange(table.count + 1))
    packed = m.packed(table.rows[order])
    labels = zip(*(table.labels[name].astype(str).tolist() for name in LABELS), strict=True)
    return {label: hashed(packed[bounds[n] : bounds[n + 1]]) for n, label in enumerate(labels)}
