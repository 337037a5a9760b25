"""What people are told of a published night: what leaders see, what moved beyond noise, what was corrected, what warns.

Every line says which figure, where to look and what to type. Only figures, rules and names of teams go out, never
anything that a customer wrote.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from auditlib import reasons
from auditlib.metric import HEADLINES
from auditlib.pages import numbers
from auditlib.pipeline.setting import Setting, seconds
from auditlib.pipeline.standing import day_before, standing
from auditlib.store import comparing, engine, results, runs, showing

Row = Mapping[str, Any]
LISTED = 5
"""So many of a kind are listed; the rest is counted."""
NEWS_DAYS = 35
"""A signal of an older week is no news: a first night finds those of a whole year."""
ADVICE = "Look at tickets before you ask a team; a signal is a question, no verdict."


def informed(setting: Setting, number: int) -> dict[str, str] | None:
    """Subject and body of what is told of a run; None if it was told already, or is no night that was published."""
    run = runs.read(setting.store, number)
    seen = standing(setting, at=seconds(run.as_of))
    if run.state != "published" or not run.is_night or seen is None or seen.run != number:
        return None
    with engine.reading(setting.store.engine) as c:
        units = {row["metric"]: row for row in showing.rows(c, "definitions")}
        fresh = comparing.fresh_signals(c, run)
        signals = [row for row in showing.rows(c, "signals", ["period_start"]) if row["figure_id"] in fresh]
        parts = showing.rows(c, "restatements", ["figure_id", "position"], publication=seen.publication, segment="all")
        warnings = results.warnings(c, number)
    news = str(day_before(setting, run.as_of) - datetime.timedelta(days=NEWS_DAYS))
    told = [
        _section(
            "moved beyond its noise", "moved beyond their noise", ADVICE,
            [_signal(row, units) for row in reversed(signals) if row["period_start"] >= news],
        ),
        _section("figure was corrected", "figures were corrected", None, _corrections(parts, units)),
        _section("rule warns", "rules warn", "They were published with the figures.", [_warning(r) for r in warnings]),
    ]  # fmt: skip
    found = [section for section in told if section]
    subject = f"The audit of {seen.day} is published" + "".join(f", {headline}" for headline, _ in found)
    where = (
        f"The page: {setting.config.folder / 'page.html'}\nAll of it: auditlib status; the views scorecard, signals."
    )
    body = "\n\n".join([seen.sentence(), *(text for _, text in found), where])
    return {"subject": subject, "body": body} if runs.alert_once(setting.store, number, "published", body) else None


def _section(one: str, many: str, advice: str | None, lines: Sequence[str]) -> tuple[str, str] | None:
    """How many there are, and the first of them in words; None if there are none."""
    if not lines:
        return None
    headline = f"{len(lines)} {one if len(lines) == 1 else many}"
    more = [f"… and {len(lines) - LISTED} more"] if len(lines) > LISTED else []
    return headline, "\n".join([f"{headline}.{' ' + advice if advice else ''}", *lines[:LISTED], *more])


def _signal(row: Row, units: Mapping[str, Row]) -> str:
    figure = _shown(row, units)
    usual = numbers.value({**figure, "value": row["centre"]})
    direction = f", {row['direction']}" if row["direction"] else ""
    return (
        f"- {_about(figure)}: {numbers.value(figure)}, usually {usual}{direction} ({row['rule']})\n"
        f"  auditlib evidence {row['figure_id'][:12]}"
    )


def _corrections(parts: Iterable[Row], units: Mapping[str, Row]) -> list[str]:
    """Figures of the whole that say something else than before for reasons that nobody had announced: headlines
    first, then the newest."""
    of_figure: dict[str, list[Row]] = {}
    for part in parts:
        if part["breakdown"] == "all" and part["weighting"] == "ticket":
            of_figure.setdefault(part["figure_id"], []).append(part)
    ordered = sorted(of_figure.values(), key=lambda told: told[0]["period_start"], reverse=True)
    ordered.sort(key=lambda told: told[0]["metric"] not in HEADLINES)
    return [
        _correction(told, units)
        for told in ordered
        if any(part["kind"] == "correction" for part in told) and told[0]["value"] != told[0]["value_before"]
    ]


def _correction(parts: Sequence[Row], units: Mapping[str, Row]) -> str:
    figure = _shown(parts[0], units)
    before = numbers.value({**figure, "value": parts[0]["value_before"]})
    largest = max(parts, key=lambda part: abs(part["part"] or 0.0))
    return (
        f"- {_about(figure)}: {before} → {numbers.value(figure)}, because {reasons.sentence(largest['reason'])}\n"
        f"  auditlib why-changed {figure['metric']} {_period(figure)}"
    )


def _warning(row: Row) -> str:
    count = f"{row['unexpected_count']} of {row['element_count']} rows" if row["unexpected_count"] else "not met"
    where = f"in the view validation_results, run {row['run']}"
    return f"- {row['rule']} of {row['scope']}: {count}. {row['notes']}\n  {where}"


def _shown(row: Row, units: Mapping[str, Row]) -> dict[str, Any]:
    """A figure with the unit in which people read it."""
    of = {"rate": "share", "count": "count", "distinct": "count", "standing": "count", "per_100": "per 100"}
    known = units.get(row["metric"], {})
    unit = of.get(row["statistic"], known.get("unit", ""))
    return {**row, "unit": unit, "title": known.get("title", row["metric"]), "period": row.get("period", "week")}


def _about(figure: Row) -> str:
    """Which figure it is, in words."""
    lead = numbers.STATISTICS.get(figure["statistic"], figure["statistic"].replace("_", " "))
    part = f", {figure['breakdown']} {figure['breakdown_value']}" if figure["breakdown"] != "all" else ""
    return f"{figure['title']}{f' ({lead})' if lead else ''}{part}, {figure['period']} of {figure['period_start']}"


def _period(figure: Row) -> str:
    """A period as the command line reads it."""
    start = datetime.date.fromisoformat(figure["period_start"])
    return start.strftime({"week": "%G-W%V", "month": "%Y-%m"}.get(figure["period"], "%Y-%m-%d"))
