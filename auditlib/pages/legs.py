"""Is our service good? The answer in one sentence, and the three legs that have to hold on their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from auditlib.pages import charts, numbers
from auditlib.pages.evidence import Footnotes

Row = Mapping[str, Any]
LEGS = {
    "attitude": "Were they treated well?",
    "process": "Did it go quickly?",
    "outcome": "Was it really resolved?",
}
LOAD = ("tickets_created", "backlog")
WEEKS = 13


def newest(rows: Sequence[Row]) -> Row | None:
    """Of one headline's weeks the last that has a value, and otherwise the last; weeks that are not over wait."""
    over = [row for row in rows if row.get("is_over", "yes") == "yes"] or rows
    told = [row for row in over if row["value"] is not None]
    return (told or over)[-1] if rows else None


def legs(headlines: Sequence[Row], whole: Mapping[tuple, list[Row]], notes: Footnotes) -> list[dict[str, Any]]:
    """Attitude, process and outcome, each with its measures as the page shows them."""
    week = _week(headlines)
    found = []
    for leg, question in LEGS.items():
        mine = [row for row in _each(headlines) if row["leg"] == leg and row["metric"] not in LOAD]
        measures = [_measure(row, whole, week, notes) for row in mine]
        found.append({"leg": leg, "question": question, "measures": measures, "missing": _missing(mine)})
    return found


def load(headlines: Sequence[Row], notes: Footnotes) -> list[dict[str, Any]]:
    """How much there was to do: counts that are neither good nor bad."""
    rows = [row for row in _each(headlines) if row["metric"] in LOAD]
    return [{"title": row["title"], "number": notes.number(row) if _told(row) else None} for row in rows]


def also(whole: Mapping[tuple, list[Row]], headlines: Sequence[Row], until: str, notes: Footnotes) -> list[dict]:
    """Whatever else is measured of the whole, each with its newest week that has a value."""
    shown = {(row["metric"], row["statistic"]) for row in _each(headlines)}
    found = []
    for cell, weeks in sorted(whole.items()):
        told = [row for row in weeks if row["value"] is not None and row["period_start"] <= until]
        if cell not in shown and told:
            found.append(_measure(told[-1], whole, until, notes))
    return found


def answer(headlines: Sequence[Row], targets: Sequence[Row]) -> dict[str, str]:
    """The answer in one sentence, what the targets say of it, and whether anything changed beyond noise."""
    held = {row["metric"]: row for row in _each(headlines)}
    process = [
        held[name] for name in ("customer_wait_minutes", "first_reply_business_minutes") if _told(held.get(name))
    ]
    outcome = [held[name] for name in ("strict_resolution_rate", "came_back_rate_7d") if _told(held.get(name))]
    week = _week(headlines)
    clauses = [_clause(rows[0], week) for rows in (process[-1:], outcome[:1]) if rows]
    if not clauses:
        sentence = "Nothing can be said yet: no week is known completely."
    else:
        said = "; ".join([clauses[0], *[clause[0].lower() + clause[1:] for clause in clauses[1:]]])
        sentence = f"{said}; how they were treated is not measured yet."
    return {"sentence": sentence, "targets": _judged(targets), "changed": _changed(list(held.values()))}


def _clause(row: Row, week: str) -> str:
    said = row["sentence"].rstrip(".")
    return said if row["period_start"] == week else f"{said} (week of {numbers.day(row['period_start'], year=False)})"


def _judged(targets: Sequence[Row]) -> str:
    if not targets:
        return "No target in audit.toml says what good would be."
    words = {"yes": "met", "no": "missed", "too close to tell": "too close to tell", None: "not to be judged yet"}
    told = [f"{row['title']} ({_cell(row)}): {words[row['meets_target']]}" for row in targets]
    return f"By the targets of audit.toml: {'; '.join(told)}."


def _changed(rows: Sequence[Row]) -> str:
    moved = [row for row in rows if row["changed_beyond_noise"] == "yes"]
    if any(row["changed_beyond_noise"] for row in rows) and not moved:
        return "Against the week before, nothing changed beyond noise."
    told = [f"{row['title'].lower()} rose" if row["change"] > 0 else f"{row['title'].lower()} fell" for row in moved]
    return f"Against the week before, {' and '.join(told)} beyond noise." if told else ""


def _measure(row: Row, whole: Mapping[tuple, list[Row]], week: str, notes: Footnotes) -> dict[str, Any]:
    series = [r for r in whole.get((row["metric"], row["statistic"]), []) if r["period_start"] <= row["period_start"]]
    better = series[-1].get("better") if series else None
    last = series[-WEEKS:]
    shape = f"{row['title']}, week by week: {', '.join(numbers.value(r) for r in last)}"
    return {
        "title": row["title"],
        "metric": row["metric"],
        "number": notes.number(row) if _told(row) else None,
        "lead": numbers.STATISTICS.get(row["statistic"], ""),
        "clock": numbers.on_clock(row["metric"]),
        "n": row["n"],
        "change": numbers.change({**row, "better": better}),
        "moved": row["changed_beyond_noise"] == "yes",
        "period": numbers.period(row) if row["period_start"] != week else "",
        "chart": charts.weeks(last, shape) if _told(row) else "",
        "since": numbers.day(last[0]["period_start"]) if last else "",
        "meets_target": row["meets_target"],
    }


def _each(headlines: Sequence[Row]) -> list[Row]:
    """The newest row of each headline, in their order."""
    positions = sorted({row["position"] for row in headlines})
    rows = [newest([row for row in headlines if row["position"] == position]) for position in positions]
    return [row for row in rows if row is not None]


def _week(headlines: Sequence[Row]) -> str:
    over = [row["period_start"] for row in headlines if row["is_over"] == "yes"]
    return max(over or [row["period_start"] for row in headlines], default="")


def _told(row: Row | None) -> bool:
    return row is not None and row["value"] is not None


def _missing(rows: Sequence[Row]) -> dict[str, list[str]]:
    """Why there is nothing to show → of what."""
    found: dict[str, list[str]] = {}
    for row in rows:
        if not _told(row):
            found.setdefault(_why(row), []).append(row["title"])
    return found if rows else {"not measured yet": []}


def _why(row: Row) -> str:
    return row["suppressed_reason"] or ("not measured yet" if row["figure_id"] is None else "nothing to measure")


def _cell(row: Row) -> str:
    bound = numbers.value(row, "target")
    return f"{row['breakdown_value'] or 'all'}, {bound}"
