"""What still waits: the backlog when a period ended, by age."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from auditlib.pages import charts, numbers
from auditlib.pages.evidence import Footnotes

AGES = {
    "days_0_to_1": "since that day",
    "days_1_to_3": "for 1 or 2 days",
    "days_3_to_7": "for 3 to 6 days",
    "days_7_to_14": "for 7 to 13 days",
    "days_14_to_30": "for 14 to 29 days",
    "days_30_and_more": "for 30 days or more",
}


def waiting(
    rows: Sequence[Mapping[str, Any]], headlines: Sequence[Mapping[str, Any]], notes: Footnotes
) -> dict[str, Any] | None:
    """A day of the view `backlog`: how many were unsolved when it ended, and since when.

    Nothing while the headline has no value: then part of them is not known.
    """
    is_known = any(row["metric"] == "backlog" and row["value"] is not None for row in headlines)
    if not is_known or not rows or not rows[0]["left_over"]:
        return None
    row, day = rows[0], numbers.day(rows[0]["day"])
    ages = {words: row[name] for name, words in AGES.items() if row[name]}
    query = f"SELECT * FROM backlog WHERE day = '{row['day']}'"
    tones = [(f"age-{number}", row[name] / row["left_over"]) for number, name in enumerate(AGES, start=1) if row[name]]
    told = "; ".join(f"{count} {words}" for words, count in ages.items())
    return {
        "day": day,
        "number": notes.counted(numbers.plural(row["left_over"], "ticket"), "backlog", "Backlog by age", query, day),
        "told": told,
        "bar": charts.shares(tones, "Unsolved tickets by age", f"{told}."),
    }
