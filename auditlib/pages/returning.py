"""Who keeps having to come back: how often customers ask again, what drives it, and the longest stories."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from auditlib.figures import intervals
from auditlib.pages import numbers
from auditlib.pages.episodes import safe_link
from auditlib.pages.evidence import Footnotes

Row = Mapping[str, Any]
FIGURES = (
    "came_back_rate_7d", "chasers_per_100_tickets", "chased_rate", "duplicate_rate", "issues_of_3_contacts",
    "issues_on_2_channels", "promise_kept_rate", "chased_after_due_rate",
)  # fmt: skip
LINES = 5
STORIES = 3


def drivers(rows: Sequence[Row], fewest: int, notes: Footnotes) -> list[dict[str, Any]]:
    """Topics and teams that most customers came back from, by number; where tickets are few, nothing is said."""
    told = [row for row in rows if row["tickets"] >= fewest and row["came_back"]]
    told.sort(key=lambda row: (-row["came_back"], row["topic"], row["team"]))
    if not told:
        return []
    of, back = (sum(row[name] for row in rows) for name in ("tickets", "came_back"))
    low, high = intervals.funnel(back / of, np.array([row["tickets"] for row in told]))
    return [_driver(row, (low[n], high[n]), notes) for n, row in enumerate(told[:LINES])]


def stories(rows: Sequence[Row], notes: Footnotes) -> list[dict[str, Any]]:
    """The issues that took most tickets, each in a line with its masked subject."""
    return [_story(row, notes) for row in rows[:STORIES]]


def _driver(row: Row, by_chance: tuple[float, float], notes: Footnotes) -> dict[str, Any]:
    where = " AND ".join(f"{name} = '{row[name].replace(chr(39), 2 * chr(39))}'" for name in ("topic", "team"))
    query = f"SELECT * FROM repeat_drivers WHERE {where}"
    share, title = row["came_back"] / row["tickets"], f"Came back: {row['topic']}, {row['team']}"
    verdict = "within chance" if by_chance[0] <= share <= by_chance[1] else "more than chance explains"
    return {
        "topic": "no topic" if row["topic"] == "(none)" else row["topic"],
        "team": "no team" if row["team"] == "(none)" else row["team"],
        "number": notes.counted(str(row["came_back"]), "came_back", title, query, "all that is loaded"),
        "tickets": row["tickets"],
        "share": f"{100 * share:.1f} %",
        "verdict": "fewer than chance explains" if share < by_chance[0] else verdict,
        "subject": row["subject_1"] or "",
    }


def _story(row: Row, notes: Footnotes) -> dict[str, Any]:
    first, last = (datetime.datetime.fromisoformat(row[name]) for name in ("first_contact_at", "last_contact_at"))
    query = f"SELECT * FROM worst_episodes WHERE place = {row['place']}"
    days, since = (last - first).days, numbers.day(first.date().isoformat())
    tickets = numbers.plural(row["contacts"], "ticket")
    return {
        "number": notes.counted(
            tickets, "issue_contacts", f"Tickets of one issue: {row['first_ticket']}", query, since
        ),
        "channels": numbers.plural(row["channels"], "channel"),
        "days": numbers.plural(days, "day"),
        "since": since,
        "topic": row["topic"],
        "ticket": row["first_ticket"],
        "subject": row["subject"] or "(no subject)",
        "url": safe_link(row["url"]),
        "is_over": row["ended_at"] is not None,
    }
