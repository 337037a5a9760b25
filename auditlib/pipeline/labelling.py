"""Pairs of tickets for people to judge, and how often links are right by their judgement, which is kept."""

from __future__ import annotations

import csv
import hashlib
import pathlib
from typing import Any

import pandas as pd

from auditlib.pipeline.setting import Setting, wall_clock
from auditlib.store import engine, judged, showing
from auditlib.store.readings import Readings
from auditlib.store.runs import Run

COLUMNS = (
    "earlier", "later", "earlier_subject", "later_subject", "earlier_url", "later_url", "solved_at", "came_back_at",
    "layer", "score", "rule_version", "same_issue",
)  # fmt: skip
ANSWERS = {"yes": True, "no": False}


class BadLabels(ValueError):
    """A file of judgements that cannot be read; the message names the line and what would be right."""


def pairs(setting: Setting, run: Run, count: int) -> pd.DataFrame:
    """So many repeat links that leaders see, as evenly over the layers as they go, the same ones every time.

    Masked subjects and links to the helpdesk; `same_issue` is empty: yes or no is for people to write.
    """
    with engine.reading(setting.store.engine) as c:
        links = showing.rows(c, "repeat_links", kind="repeat")
        facts = Readings().described(c, run, ("ticket", "subject", "url"))
    told = {row["ticket"]: row for row in facts.to_dict("records")}
    names = ("earlier", "later", "solved_at", "came_back_at", "layer", "score", "rule_version")
    rows = pd.DataFrame([{name: link[name] for name in names} for link in links], columns=list(names))
    for side in ("earlier", "later"):
        for what in ("subject", "url"):
            rows[f"{side}_{what}"] = [told.get(ticket, {}).get(what) for ticket in rows[side]]
    both = rows.earlier + " " + rows.later
    rows["place"] = [hashlib.sha256(pair.encode()).hexdigest() for pair in both]
    rows = rows.sort_values("place")
    rows["nth"] = rows.groupby("layer").cumcount()
    chosen = rows.sort_values(["nth", "layer"]).head(count).sort_values(["layer", "place"])
    return chosen.assign(same_issue="")[list(COLUMNS)].reset_index(drop=True)


def write(rows: pd.DataFrame, path: pathlib.Path) -> None:
    """Writes pairs as a CSV for a spreadsheet; text that a spreadsheet would compute is quoted."""
    safe = rows.map(lambda cell: f"'{cell}" if isinstance(cell, str) and cell and cell[0] in "=+-@\t\r" else cell)
    safe.to_csv(path, index=False, quoting=csv.QUOTE_MINIMAL)


def judge(setting: Setting, path: pathlib.Path) -> int:
    """Keeps what people said in a file that `--pairs` wrote; gives how many pairs they judged."""
    said = _said(path, {"earlier", "later", "rule_version", "layer", "same_issue"})
    named = said[["earlier", "later", "rule_version", "layer"]]
    rows = named.assign(is_same_issue=said.right.astype(bool), judged_at=wall_clock())
    rows = rows.drop_duplicates(["earlier", "later", "rule_version"], keep="last")
    with engine.writing(setting.store.engine) as c:
        judged.keep(c, rows)
    return len(rows)


def precision(path: pathlib.Path) -> dict[str, dict[str, Any]]:
    """Layer → how many pairs were judged, and which share of them is one issue, by a file that people filled in."""
    said = _said(path, {"layer", "same_issue"})
    groups = {"all": said, **dict(list(said.groupby("layer")))}
    told = {layer: some for layer, some in groups.items() if len(some)}
    return {layer: {"judged": len(some), "precision": float(some.right.mean())} for layer, some in told.items()}


def _said(path: pathlib.Path, needed: set[str]) -> pd.DataFrame:
    """The judged rows of a file, `right` where both are one issue; a BadLabels that names the line."""
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    if missing := needed - set(rows.columns):
        raise BadLabels(f"{path} has no column {', '.join(sorted(missing))}; fill in what `--pairs` wrote")
    said = rows.same_issue.str.strip().str.lower()
    for line, word in enumerate(said, 2):
        if word not in (*ANSWERS, ""):
            raise BadLabels(f"{path}, line {line}: same_issue is {word!r}; write yes, no, or leave it empty")
    return rows.assign(right=said.map(ANSWERS))[said != ""]
