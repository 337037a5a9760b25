"""Is our service good? The answer in one sentence, and the three legs that have to hold on their own."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from auditlib.pages import charts, numbers
from auditlib.pages.beside import Counterweights
from auditlib.pages.controls import Controls
from auditlib.pages.evidence import Footnotes
from auditlib.pages.listing import Whole

Row = Mapping[str, Any]
LEGS = {
    "attitude": "Were they treated well?",
    "process": "Did it go quickly?",
    "outcome": "Was it really resolved?",
}
LOAD = ("tickets_created", "backlog")
POINTS = 13
RECENT = datetime.timedelta(weeks=5)
"""How far back a week may lie before the last month stands in for it: what matures late is known late."""


def newest(rows: Sequence[Row]) -> Row | None:
    """Of one headline's weeks and months that are over the newest week that has a value, and otherwise the last week.

    Where the last weeks have too few cases for a figure, its last month stands in; before anything is over, the
    week so far.
    """
    over = [row for row in rows if row["is_over"] == "yes"]
    told = [row for row in over or rows if row["value"] is not None]
    weeks = [row for row in told if row["period"] == "week" and _is_recent(row, over or rows)]
    last = [row for row in over or rows if row["period"] == "week"]
    return max(weeks or told or last, key=lambda row: (row["period_end"], row["period"]), default=None)


def _is_recent(row: Row, rows: Sequence[Row]) -> bool:
    last = max(datetime.date.fromisoformat(other["period_end"]) for other in rows)
    return last - datetime.date.fromisoformat(row["period_end"]) <= RECENT


def legs(
    headlines: Sequence[Row], whole: Whole, controls: Controls, beside: Counterweights, week: str, notes: Footnotes
) -> list[dict[str, Any]]:
    """Attitude, process and outcome, each with its measures as the page shows them."""
    found = []
    for leg, question in LEGS.items():
        mine = [row for row in _each(headlines) if row["leg"] == leg and row["metric"] not in LOAD]
        measures = [_measure(row, whole, controls, week, notes) for row in mine]
        for row, measure in zip(mine, measures, strict=True):
            measure["beside"] = beside.of(row, notes) if _told(row) else []
        found.append({"leg": leg, "question": question, "measures": measures, "missing": _missing(mine)})
    return found


def load(headlines: Sequence[Row], notes: Footnotes) -> list[dict[str, Any]]:
    """How much there was to do: counts that are neither good nor bad."""
    rows = [row for row in _each(headlines) if row["metric"] in LOAD]
    return [{"title": row["title"], "number": notes.number(row) if _told(row) else None} for row in rows]


def answer(headlines: Sequence[Row], targets: Sequence[Row], week: str) -> dict[str, str]:
    """The answer in one sentence, what the targets say of it, and whether anything changed beyond noise."""
    held = {row["metric"]: row for row in _each(headlines)}
    process = [
        held[name] for name in ("customer_wait_minutes", "first_reply_business_minutes") if _told(held.get(name))
    ]
    outcome = [held[name] for name in ("strict_resolution_rate", "came_back_rate_7d") if _told(held.get(name))]
    clauses = [_clause(rows[0], week) for rows in (process[-1:], outcome[:1]) if rows]
    if not clauses:
        sentence = "Nothing can be said yet: no week is known completely."
    else:
        said = "; ".join([clauses[0], *[clause[0].lower() + clause[1:] for clause in clauses[1:]]])
        sentence = f"{said}; how they were treated is not measured yet."
    return {"sentence": sentence, "targets": _judged(targets), "changed": _changed(list(held.values()))}


def _clause(row: Row, week: str) -> str:
    said = row["sentence"].rstrip(".")
    if row["period"] == "month":
        return f"{said} ({numbers.period(row)})"
    return said if row["period_start"] == week else f"{said} (week of {numbers.day(row['period_start'], year=False)})"


def _judged(targets: Sequence[Row]) -> str:
    if not targets:
        return "No target in audit.toml says what good would be."
    words = {"yes": "met", "no": "missed", "too close to tell": "too close to tell", None: "not to be judged yet"}
    told = [f"{row['title'].lower()} ({_cell(row)}): {words[row['meets_target']]}" for row in targets]
    return f"By the targets of audit.toml: {'; '.join(told)}."


def _changed(rows: Sequence[Row]) -> str:
    moved = [row for row in rows if row["changed_beyond_noise"] == "yes"]
    if any(row["changed_beyond_noise"] for row in rows) and not moved:
        return "Against the period before, nothing changed beyond noise."
    told = [f"{row['title'].lower()} rose" if row["change"] > 0 else f"{row['title'].lower()} fell" for row in moved]
    return f"Against the period before, {' and '.join(told)} beyond noise." if told else ""


def _measure(row: Row, whole: Whole, controls: Controls, week: str, notes: Footnotes) -> dict[str, Any]:
    every = whole.series.get((row["metric"], row["statistic"], row["period"]), [])
    series = [point for point in every if point["period_start"] <= row["period_start"]]
    better = series[-1].get("better") if series else None
    last = series[-POINTS:]
    is_this_week = row["period"] == "week" and row["period_start"] == week
    signal = controls.signal(last[-1]) if last else None
    return {
        "title": row["title"],
        "metric": row["metric"],
        "number": notes.number(row) if _told(row) else None,
        "lead": numbers.STATISTICS.get(row["statistic"], ""),
        "clock": numbers.on_clock(row["metric"]),
        "n": row["n"],
        "change": numbers.change({**row, "better": better}),
        "moved": _tone(row, better),
        "period": "" if is_this_week else numbers.period(row),
        "is_provisional": row["maturity"] == "provisional",
        "chart": _chart(row, last, controls) if _told(row) else "",
        "every": f"{row['period'].capitalize()} by {row['period']}",
        "since": _beginning(last[0]) if last else "",
        "signal": signal["rule"] if signal else "",
        "signed": _signed(row),
        "meets_target": row["meets_target"],
    }


def _chart(row: Row, series: Sequence[Row], controls: Controls) -> Any:
    values = ", ".join(numbers.value(point) for point in series)
    told = f"{row['period'].capitalize()} by {row['period']} since {_beginning(series[0])}: {values}." if series else ""
    return charts.course(series, row["title"], told, controls.limits(series))


def _tone(row: Row, better: str | None) -> str:
    """better or worse where a change is beyond noise; empty where it is not, or neither side is better."""
    if row["changed_beyond_noise"] != "yes" or better not in ("lower", "higher"):
        return ""
    return "better" if (row["change"] > 0) == (better == "higher") else "worse"


def _signed(row: Row) -> str:
    """What was signed, where something else holds now."""
    if row.get("is_signed") != "yes" or row["signed_value"] is None:
        return ""
    signed = numbers.value({**row, "value": row["signed_value"]})
    return "" if signed == numbers.value(row) else signed


def _beginning(row: Row) -> str:
    return numbers.period(row) if row["period"] == "month" else numbers.day(row["period_start"])


def _each(headlines: Sequence[Row]) -> list[Row]:
    """The newest row of each headline, in their order."""
    positions = sorted({row["position"] for row in headlines})
    rows = [newest([row for row in headlines if row["position"] == position]) for position in positions]
    return [row for row in rows if row is not None]


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
    at = "at least " if row["better"] == "higher" else "at most "
    words = (row["breakdown_value"], numbers.STATISTICS.get(row["statistic"]), at + numbers.value(row, "target"))
    return ", ".join([*filter(None, words), numbers.period(row)])
