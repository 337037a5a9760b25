"""What the page's numbers mean: figures of one definition together, told once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import Any

Row = Mapping[str, Any]
BETTER = {"lower": "Lower is better.", "higher": "Higher is better."}


def meanings(definitions: Sequence[Row], shown: Collection[str], headlines: Collection[str]) -> list[dict[str, Any]]:
    """Of each definition that the page shows a figure of: these figures, and what is said of all of them.

    Definitions stand in the order of their first figure's title; paper has those of headlines only.
    """
    mine = sorted((row for row in definitions if row["metric"] in shown), key=lambda row: (row["page"], row["title"]))
    found = [_meaning(list(rows), headlines) for _, rows in groupby(mine, key=lambda row: row["page"])]
    return sorted(found, key=lambda each: str(each["figures"][0]["title"]))


def _meaning(rows: Sequence[Row], headlines: Collection[str]) -> dict[str, Any]:
    better = {row["better"] for row in rows}
    return {
        **rows[0],
        "figures": [{**row, "is_headline": row["metric"] in headlines} for row in rows],
        "is_headline": any(row["metric"] in headlines for row in rows),
        "better": BETTER.get(str(rows[0]["better"]), "") if len(better) == 1 else "",
    }
