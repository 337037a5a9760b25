"""What the page's numbers mean: figures of one definition together, told once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import Any

Row = Mapping[str, Any]
BETTER = {"lower": "Lower is better.", "higher": "Higher is better."}
COUNTS_WHEN = {
    "created": "the case began",
    "replied": "a human first replied",
    "solved": "the case was solved",
    "judged": "the case was solved, by the solve that is judged",
    "opened": "it began",
    "made": "the promise was made",
    "due": "the promise fell due",
    "offered": "the survey was offered",
    "rated": "the answer was given",
    "applied": "the target was applied",
}
"""The moment that puts something into a week, as a reader would say it."""


def meanings(definitions: Sequence[Row], shown: Collection[str], headlines: Collection[str]) -> list[dict[str, Any]]:
    """Of each definition that the page shows a figure of: these figures, and what is said of all of them.

    Definitions stand in the order of their first figure's title; paper has those of headlines only.
    """
    mine = sorted((row for row in definitions if row["metric"] in shown), key=lambda row: (row["page"], row["title"]))
    titles = {str(row["metric"]): str(row["title"]) for row in definitions}
    found = [_meaning(list(rows), headlines, titles) for _, rows in groupby(mine, key=lambda row: row["page"])]
    return sorted(found, key=lambda each: str(each["figures"][0]["title"]))


def _meaning(rows: Sequence[Row], headlines: Collection[str], titles: Mapping[str, str]) -> dict[str, Any]:
    counter = rows[0]["counter_metric"]
    better = {row["better"] for row in rows}
    return {
        **rows[0],
        "figures": [{**row, "is_headline": row["metric"] in headlines} for row in rows],
        "is_headline": any(row["metric"] in headlines for row in rows),
        "counts_when": COUNTS_WHEN[str(rows[0]["date_basis"])],
        "counter": titles.get(str(counter), counter),
        "better": BETTER.get(str(rows[0]["better"]), "") if len(better) == 1 else "",
    }
