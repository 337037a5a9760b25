"""What we can't know: sources that are missing, months still to load, what is withheld, and why."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from auditlib.pages import numbers

Row = Mapping[str, Any]
CAPABILITIES = {
    "status_history": "changes of status",
    "solve_history": "when tickets were solved and opened again",
    "detailed_statuses": "whom a ticket waits for",
    "assignment_history": "who had the ticket when",
    "role_history": "who was an agent when",
    "ratings": "ratings",
    "schedules": "opening hours",
    "message_text": "what was written",
    "deletions": "deleted tickets",
    "merges": "merged tickets",
    "vendor_metrics": "its own figures",
    "service_levels": "service levels",
    "due_dates": "its own due dates",
}


def sources(freshness: Sequence[Row], zone: ZoneInfo) -> list[dict[str, Any]]:
    """How far each source is known, in local time, and what is missing of it."""
    return [{"source": row["source"], "told": _told(row, zone), "is_missing": _is_missing(row)} for row in freshness]


def reliability(rows: Sequence[Row]) -> list[str]:
    """How many tickets of each source can be relied upon, in sentences."""
    told = []
    for row in rows:
        tickets = numbers.plural(row["in_scope"], "ticket")
        parts = [f"{numbers.plural(row['sufficient'], 'has', 'have')} a history and authors who are known"]
        if row["limited"]:
            parts.append(f"of {row['limited']} it is not known who wrote each message")
        if row["undetermined"]:
            parts.append(f"{numbers.plural(row['undetermined'], 'has', 'have')} no history")
        told.append(f"{row['source']}: {row['verdict']}. Of {tickets} in scope {'; '.join(parts)}")
    return told


def withheld(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Why figures of the shown weeks have no value: reason → how many."""
    kinds = Counter(_kind(row["suppressed_reason"]) for row in rows if row["suppressed_reason"])
    return [{"reason": reason, "figures": count} for reason, count in kinds.most_common()]


def unavailable(coverage: Sequence[Row], figures: Container[str]) -> list[dict[str, Any]]:
    """Figures that a source cannot be measured by, with the reason; the same reason once."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for row in coverage:
        if row["is_available"] == "no" and row["metric"] in figures:
            grouped.setdefault((row["source"], _in_words(row["reason"])), []).append(row["title"])
    return [
        {"source": source, "reason": reason, "titles": sorted(set(titles))}
        for (source, reason), titles in sorted(grouped.items())
    ]


def looked_at(coverage: Sequence[Row], figures: Container[str], zone: ZoneInfo) -> list[dict[str, Any]]:
    """Figures that a source is measured by only with what our own nightly looks at its tickets show, and since when."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for row in coverage:
        if row["looked_at_since"] is not None and row["metric"] in figures:
            grouped.setdefault((row["source"], _moment(row["looked_at_since"], zone)), []).append(row["title"])
    return [
        {"source": source, "since": since, "titles": sorted(set(titles))}
        for (source, since), titles in sorted(grouped.items())
    ]


def _told(row: Row, zone: ZoneInfo) -> str:
    if row["counts_until"] is None:
        return f"never read: {row['error'] or row['state']}"
    parts = [
        f"known up to {_moment(row['counts_until'], zone)}",
        f"loaded from {_moment(row['loaded_since'], zone)} on",
    ]
    if row["months_to_load"]:
        parts.append(f"{numbers.plural(row['months_to_load'], 'older month')} still to load")
    if _is_missing(row):
        parts.insert(0, f"missing in this publication ({row['error'] or row['state']})")
    return "; ".join(parts)


def _is_missing(row: Row) -> bool:
    return row["state"] not in ("passed", "quiet")


def _moment(text: str, zone: ZoneInfo) -> str:
    at = datetime.datetime.fromisoformat(text).astimezone(zone)
    return f"{numbers.day(at.date().isoformat())}, {at:%H:%M}"


def _kind(reason: str) -> str:
    if reason.startswith("privacy"):
        return "too few tickets to be shown without telling of persons, or giving such a few away"
    if reason.startswith("precision"):
        return "too few tickets to say it closely enough"
    if reason.startswith("not mature"):
        return "too early to tell: what has not happened yet still can"
    if reason.startswith("not loaded"):
        return "older months are not loaded yet, and what stands since then would be missing"
    if reason.startswith("not measured"):
        return "no source tells what it needs"
    if reason.startswith("not reached"):
        return "too many cases are unanswered for the percentile to be reached"
    return reason.split(":")[0]


def _in_words(reason: str | None) -> str:
    told, _, rest = (reason or "").partition(": ")
    names, _, because = rest.partition("; ")
    listed = ", ".join(CAPABILITIES.get(name.strip(), name.strip()) for name in names.split(","))
    return f"{told} {listed}{because and f': {because}'}" if names else told
