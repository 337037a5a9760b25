"""The leadership page: one file that says what the audit found, how sure it is, and what it can't know."""

from __future__ import annotations

import datetime
import pathlib
from collections.abc import Mapping, Sequence
from typing import Any

import jinja2

import auditlib
from auditlib.pages import agreement, changes, episodes, failing, legs, numbers, unknown
from auditlib.pages.evidence import Footnotes
from auditlib.pipeline.setting import Setting
from auditlib.store import engine, runs, showing
from auditlib.store import figures as stored
from auditlib.store.runs import Run

TEMPLATES = pathlib.Path(__file__).parent / "templates"
PARTS_OF_WEEKS = 6
"""How many weeks back teams and topics are looked up: rates that mature late stand a few weeks behind."""
EPISODES_OF_WEEKS = 3
Row = Mapping[str, Any]


def page(setting: Setting) -> str:
    """The page of the current publication as one HTML file, or one that says that there is none."""
    with engine.reading(setting.store.engine) as c:
        current = stored.current(c)
        run = runs.get(c, current["run"]) if current else None
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    common = {"name": setting.config.audit.name, "code_version": auditlib.__version__, "plural": numbers.plural}
    if current is None or run is None:
        return environment.get_template("nothing.html").render(common)
    return environment.get_template("page.html").render(common | _content(setting, run, current))


def _content(setting: Setting, run: Run, current: Row) -> dict[str, Any]:
    day = setting.day_before(run.as_of)
    with engine.reading(setting.store.engine) as c:
        headlines = showing.rows(c, "headlines", ("period_start", "position"), period="week")
        until = max((row["period_start"] for row in headlines if row["is_over"] == "yes"), default=day)
        scorecard = _scorecard(c, until)
        restated = showing.rows(c, "restatements", breakdown="all", publication=current["publication"])
        definitions = showing.rows(c, "definitions", ("metric",))
        limits = _limits(c, setting, run, {row["metric"] for row in definitions if row["statistics"]})
    notes = Footnotes()
    whole = _whole(scorecard)
    shown = [row for row in scorecard if row["period_start"] == until]
    content = {
        "day": numbers.day(day),
        "period": next((numbers.period(row) for row in headlines if row["period_start"] == until), ""),
        "current": current,
        "answer": legs.answer(headlines, [row for row in shown if row["target"] is not None]),
        "load": legs.load(headlines, notes),
        "legs": legs.legs(headlines, whole, notes),
        "gap": legs.newest([row for row in headlines if row["metric"] == "say_do_gap"]),
        **_places(scorecard, until, notes),
        "changes": changes.changes(restated, {row["figure_id"]: row for row in scorecard}, notes),
        "also": legs.also(whole, headlines, until, notes),
        "episodes": episodes.episodes(setting, run, since=_weeks_before(until, EPISODES_OF_WEEKS)),
        "withheld": unknown.withheld(shown),
        **limits,
    }
    return content | {
        "definitions": [row for row in definitions if row["metric"] in notes.metrics],
        "evidence": notes.listed(),
    }


def _scorecard(c: Any, until: str) -> list[Row]:
    """The whole of every week, and the parts of the last few."""
    order, these = ("period_start", "breakdown_value"), dict[str, Any](period="week", segment="all", weighting="ticket")
    whole = showing.rows(c, "scorecard", order, breakdown="all", **these)
    parts = showing.rows(
        c, "scorecard", order, ("period_start", _weeks_before(until, PARTS_OF_WEEKS)), breakdown_2="", **these
    )
    return [*whole, *[row for row in parts if row["breakdown"] != "all"]]


def _weeks_before(day: str, weeks: int) -> str:
    return (datetime.date.fromisoformat(day) - datetime.timedelta(weeks=weeks)).isoformat()


def _places(scorecard: Sequence[Row], until: str, notes: Footnotes) -> dict[str, Any]:
    """Where it fails, and who has to come back."""
    outcome = failing.week_with_values(scorecard, failing.OUTCOMES, "rate", until)
    speed = failing.week_with_values(scorecard, [failing.SPEED], "p90", until)
    slow = failing.week_with_values(scorecard, [failing.SPEED], "p50", until)
    back = failing.week_with_values(scorecard, failing.OUTCOMES[1:], "rate", until)
    return {
        "teams": [
            table for table in (failing.parts(scorecard, whole, "team", notes) for whole in (outcome, slow)) if table
        ],
        "apart": failing.apart(scorecard, [whole for whole in (outcome, speed) if whole], notes),
        "drivers": failing.parts(scorecard, back, "topic", notes),
    }


def _limits(c: Any, setting: Setting, run: Run, figures: set[str]) -> dict[str, Any]:
    """What stands in the way of knowing more."""
    excluded = showing.counts(c, "ticket_audit", "exclusion_reason")
    broken = showing.rows(c, "validation_results", ("severity", "rule"), run=run.run, state="fail")
    return {
        "sources": unknown.sources(showing.rows(c, "freshness", ("source",)), setting.zone),
        "unavailable": unknown.unavailable(showing.rows(c, "coverage", ("metric", "source")), figures),
        "quarantine": showing.counts(c, "quarantine", "reason"),
        "tickets": sum(excluded.values()),
        "excluded": {reason: count for reason, count in excluded.items() if reason is not None},
        "agreement": agreement.agreement(
            showing.rows(c, "agreement", ("source", "metric")), showing.counts(c, "reconciliation", "reason")
        ),
        "broken": [row for row in broken if row["severity"] != "info"],
    }


def _whole(scorecard: Sequence[Row]) -> dict[tuple, list[Row]]:
    """(metric, statistic) → its weeks, not broken down."""
    found: dict[tuple, list[Row]] = {}
    for row in scorecard:
        if row["breakdown"] == "all" and row["weighting"] == "ticket":
            found.setdefault((row["metric"], row["statistic"]), []).append(row)
    return found
