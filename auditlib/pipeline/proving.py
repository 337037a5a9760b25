"""Whether what was signed still follows from its members: their hashes are taken again, and the figures computed.

The hash says who contributed what. Who counts as one customer, and with which team, shows in values, intervals and
labels: where the rules are those of that night, every figure is computed again too.
"""

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
from auditlib.pipeline import counted, evidence, figuring, touched
from auditlib.pipeline.setting import Setting
from auditlib.store import engine, moved, runs, signing
from auditlib.store.readings import Readings

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
        about = f"signature {row['signature']} by {row['signed_by']}, {row['period']} from {row['period_start']}"
        metrics = sorted({str(figure["metric"]) for figure in _others(setting, figures)})
        if metrics:
            found.append(f"{about}: the members of {', '.join(metrics)} are not those that were signed")
        else:
            others = sorted({str(figure["metric"]) for figure in _recomputed(setting, figures)})
            if others:
                found.append(f"{about}: {', '.join(others)} do not follow from their members any more")
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


def _recomputed(setting: Setting, figures: list[dict[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Figures that come to something else when they are computed again from the same members, by the same rules."""
    same_rules = _asked_again(setting, figures)
    if not same_rules:
        return
    every = touched.everything(setting)
    rows = pd.DataFrame(same_rules)
    for number, of_run in rows.groupby("publication_run"):
        run = runs.read(setting.store, int(number))
        anew, _ = figuring.computed(setting, run, every.narrowed(of_run), Readings(keeps=False))
        found = dict(zip(anew.cell_id, anew[list(evidence.SAME)].to_dict("records"), strict=True))
        for told in of_run.to_dict("records"):
            if told["suppressed_reason"] != figuring.NO_MEMBER and evidence.differs(told, found.get(told["cell_id"])):
                yield told


def _asked_again(setting: Setting, figures: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those of the figures whose definition, configuration and code are still those by which they were computed."""
    here, known = setting.run_facts(), touched.everything(setting).figures
    with engine.reading(setting.store.engine) as c:
        held = [runs.get(c, number) for number in {int(figure["publication_run"]) for figure in figures}]
        same = {run.run for run in held if run.config_hash == here["config_hash"]
                and moved.code_version(c, run) == here["code_version"]}  # fmt: skip
    return [
        figure
        for figure in figures
        if figure["metric"] in known
        and known[figure["metric"]][0].version == figure["version"]
        and figure["publication_run"] in same
    ]


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
