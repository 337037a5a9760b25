"""The leadership page: one file that says what the audit found, how sure it is, and what it can't know."""

from __future__ import annotations

import datetime
import pathlib
from collections.abc import Mapping, Sequence
from typing import Any

import jinja2

import auditlib
from auditlib.pages import (
    agreement,
    changes,
    claims,
    episodes,
    failing,
    legs,
    listing,
    numbers,
    returning,
    signed,
    unknown,
    waiting,
)
from auditlib.pages.evidence import Footnotes
from auditlib.pages.listing import Whole
from auditlib.pipeline.setting import Setting
from auditlib.store import engine, runs, showing, signing
from auditlib.store import figures as stored
from auditlib.store.runs import Run

TEMPLATES = pathlib.Path(__file__).parent / "templates"
PARTS_OF_WEEKS = 18
"""How many weeks back teams and topics are looked up: rates that mature late stand a few weeks behind, and
where weeks have few cases a month stands in."""
EPISODES_OF_WEEKS = 3
Row = Mapping[str, Any]


class NoSuchWeek(Exception):
    """A week that the page cannot speak of; the message says which it can."""


def page(setting: Setting, week: datetime.date | None = None) -> str:
    """The page of the current publication as one HTML file, or one that says that there is none.

    By default it speaks of the last week that is over, otherwise of the one that begins on that Monday, as it is
    known now. Raises NoSuchWeek if nothing was published of it or it is not over.
    """
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
    return environment.get_template("page.html").render(common | _content(setting, run, current, week))


def _content(setting: Setting, run: Run, current: Row, asked: datetime.date | None) -> dict[str, Any]:
    day = setting.day_before(run.as_of)
    with engine.reading(setting.store.engine) as c:
        headlines = [
            row
            for period in ("week", "month")
            for row in showing.rows(c, "headlines", ("period_start", "position"), period=period)
        ]
        week, until = _week(headlines, asked, day)
        headlines = [row for row in headlines if row["period_end"] <= until or asked is None]
        scorecard = _scorecard(c, week, until if asked else None)
        restated = showing.rows(c, "restatements", breakdown="all", publication=current["publication"])
        definitions = showing.rows(c, "definitions", ("metric",))
        limits = _limits(c, setting, run, {row["metric"] for row in definitions if row["statistics"]})
        notes = Footnotes()
        whole = Whole(scorecard, until)
        shown = [row for row in scorecard if row["period_start"] == week and row["period"] == "week"]
        weighed_by_ticket = [row for row in scorecard if row["weighting"] == "ticket"]
        content = {
            "day": numbers.day(day),
            "period": next((numbers.period(row) for row in headlines if row["period_start"] == week), ""),
            "current": current,
            "answer": legs.answer(headlines, _judged(weighed_by_ticket, until), week),
            "load": legs.load(headlines, notes),
            "legs": legs.legs(headlines, whole, week, notes),
            **_places(weighed_by_ticket, until, notes),
            "waiting": waiting.waiting(showing.rows(c, "backlog", day=min(until, day)), notes),
            **_returning(c, setting, whole, week, notes),
            "gap": claims.gap(whole, notes),
            "said": listing.listing(whole, claims.SAID, week, notes),
            "changes": changes.changes(restated, {row["figure_id"]: row for row in weighed_by_ticket}, notes),
            **_sign_off(c, week),
        }
    printed = set(notes.metrics)
    return content | {
        "printed": printed,
        "also": _also(whole, headlines, week, notes),
        "episodes": episodes.episodes(setting, run, since=_weeks_before(week, EPISODES_OF_WEEKS)),
        "withheld": unknown.withheld(shown),
        "provisional": sum(row["maturity"] == "provisional" and row["value"] is not None for row in shown),
        **limits,
        "definitions": [row for row in definitions if row["metric"] in notes.metrics],
        "evidence": notes.listed(),
    }


def _week(headlines: Sequence[Row], asked: datetime.date | None, day: str) -> tuple[str, str]:
    """The first and the last day of the week that the page speaks of."""
    over = {
        row["period_start"]: row["period_end"]
        for row in headlines
        if row["is_over"] == "yes" and row["period"] == "week"
    }
    if asked is not None and asked.isoformat() not in over:
        known = f"published are {min(over)} to {max(over)}" if over else "none is over yet"
        raise NoSuchWeek(f"the week from {asked} is not over, or nothing was published of it; of Mondays, {known}")
    week = asked.isoformat() if asked else max(over, default=day)
    return week, over.get(week, day)


def _scorecard(c: Any, week: str, until: str | None) -> list[Row]:
    """The whole and the segments of every week and month, and the parts of the last; `until` leaves out later ones."""
    found: list[Row] = []
    since = ("period_start", _weeks_before(week, PARTS_OF_WEEKS))
    for period in ("week", "month"):
        order = ("period_start", "breakdown_value")
        for row in showing.rows(c, "scorecard", (*order, "segment"), breakdown="all", period=period):
            parted = {"breakdown": "segment", "breakdown_value": row["segment"]}
            found.append(row if row["segment"] == "all" else {**row, **parted})
        equal = dict[str, Any](period=period, segment="all", weighting="ticket", breakdown_2="")
        found += [row for row in showing.rows(c, "scorecard", order, since, **equal) if row["breakdown"] != "all"]
    return [row for row in found if until is None or row["period_end"] <= until]


def _weeks_before(day: str, weeks: int) -> str:
    return (datetime.date.fromisoformat(day) - datetime.timedelta(weeks=weeks)).isoformat()


def _judged(scorecard: Sequence[Row], until: str) -> list[Row]:
    """Each target with the newest figure that it judges; where weeks have too few cases, a month."""
    newest: dict[tuple, Row] = {}
    for row in sorted(scorecard, key=lambda row: (row["period_end"], row["period"])):
        if row["target"] is not None and row["value"] is not None and row["period_end"] <= until:
            newest[row["metric"], row["statistic"], row["breakdown"], row["breakdown_value"]] = row
    return [row for _, row in sorted(newest.items()) if row["breakdown"] in ("all", "segment", "team")]


def _places(scorecard: Sequence[Row], until: str, notes: Footnotes) -> dict[str, Any]:
    """Where it fails: teams and segments, and what else differs."""
    outcomes, speeds = failing.OUTCOMES, [failing.SPEED]
    tables = []
    for breakdown in ("team", "segment"):
        for metrics, statistic in ((outcomes, "rate"), (speeds, "p50")):
            whole = failing.whole_of(scorecard, metrics, statistic, until, breakdown)
            tables.append(failing.parts(scorecard, whole, breakdown, notes))
    wholes = [
        failing.whole_of(scorecard, metrics, statistic, until, "topic")
        for metrics, statistic in ((outcomes, "rate"), (speeds, "p90"))
    ]
    return {
        "places": [table for table in tables if table],
        "apart": failing.apart(scorecard, [whole for whole in wholes if whole], notes),
    }


def _returning(c: Any, setting: Setting, whole: Whole, week: str, notes: Footnotes) -> dict[str, Any]:
    """Who keeps having to come back."""
    return {
        "returning": listing.listing(whole, returning.FIGURES, week, notes),
        "drivers": returning.drivers(showing.rows(c, "repeat_drivers"), setting.config.figures.min_n, notes),
        "stories": returning.stories(showing.rows(c, "worst_episodes", ("place",)), notes),
    }


def _sign_off(c: Any, week: str) -> dict[str, Any]:
    """Who signed the week, and what was found."""
    signatures = signing.signatures(c)
    mine = [row for row in signatures if row["period"] == "week" and row["period_start"] == week]
    corrected = signing.restated_since(c, mine[-1]["run"], "week", week) if mine else 0
    return {
        "signed": signed.signed(signatures, week, corrected),
        "findings": signed.findings(showing.rows(c, "findings", ("position",))),
    }


def _also(whole: Whole, headlines: Sequence[Row], week: str, notes: Footnotes) -> list[dict[str, Any]]:
    """Whatever else is measured of the whole."""
    told = {row["metric"] for row in headlines} | {*returning.FIGURES, *claims.SAID, *claims.GAP}
    return listing.listing(whole, sorted({metric for metric, _, _ in whole.series} - told), week, notes)


def _limits(c: Any, setting: Setting, run: Run, figures: set[str]) -> dict[str, Any]:
    """What stands in the way of knowing more."""
    excluded = showing.counts(c, "ticket_audit", "exclusion_reason")
    broken = showing.rows(c, "validation_results", ("severity", "rule"), run=run.run, state="fail")
    return {
        "sources": unknown.sources(showing.rows(c, "freshness", ("source",)), setting.zone),
        "reliability": unknown.reliability(showing.rows(c, "data_reliability", ("source",))),
        "unavailable": unknown.unavailable(showing.rows(c, "coverage", ("metric", "source")), figures),
        "quarantine": showing.counts(c, "quarantine", "reason"),
        "tickets": sum(excluded.values()),
        "excluded": {reason: count for reason, count in excluded.items() if reason is not None},
        "agreement": agreement.agreement(
            showing.rows(c, "agreement", ("source", "metric")), showing.counts(c, "reconciliation", "reason")
        ),
        "broken": [row for row in broken if row["severity"] != "info"],
    }
