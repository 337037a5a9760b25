"""Pairs of tickets for people to judge, and how often links are right by their judgement."""

from __future__ import annotations

import csv
import hashlib
import pathlib
from typing import Any

import pandas as pd

from auditlib.pipeline.setting import Setting
from auditlib.store import engine, measures, showing
from auditlib.store.runs import Run

COLUMNS = (
    "earlier", "later", "earlier_subject", "later_subject", "earlier_url", "later_url", "solved_at", "came_back_at",
    "layer", "score", "same_issue",
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
        facts = measures.described(c, run, ("ticket", "subject", "url"))
    told = {row["ticket"]: row for row in facts.to_dict("records")}
    names = ("earlier", "later", "solved_at", "came_back_at", "layer", "score")
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
    safe = rows.map(lambda cell: f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r" else cell)
    safe.to_csv(path, index=False, quoting=csv.QUOTE_MINIMAL)


def precision(path: pathlib.Path) -> dict[str, dict[str, Any]]:
    """Layer → how many pairs were judged, and which share of them is one issue, by a file that people filled in."""
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    if missing := {"layer", "same_issue"} - set(rows.columns):
        raise BadLabels(f"{path} has no column {', '.join(sorted(missing))}; fill in what `--pairs` wrote")
    said = rows.same_issue.str.strip().str.lower()
    for line, word in enumerate(said, 2):
        if word not in (*ANSWERS, ""):
            raise BadLabels(f"{path}, line {line}: same_issue is {word!r}; write yes, no, or leave it empty")
    judged = rows.assign(right=said.map(ANSWERS))[said != ""]
    groups = {"all": judged, **dict(list(judged.groupby("layer")))}
    told = {layer: some for layer, some in groups.items() if len(some)}
    return {layer: {"judged": len(some), "precision": float(some.right.mean())} for layer, some in told.items()}
