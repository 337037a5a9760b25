"""The leadership page: one file that says what the audit found, how sure it is, and what it can't know."""

from __future__ import annotations

import datetime
import pathlib
from collections.abc import Mapping
from typing import Any

import jinja2

import auditlib
from auditlib.pages import (
    agreement,
    beside,
    changes,
    claims,
    episodes,
    failing,
    fairness,
    judged,
    legs,
    listing,
    meanings,
    numbers,
    returning,
    signalled,
    signed,
    unknown,
    waiting,
)
from auditlib.pages.evidence import Footnotes
from auditlib.pages.published import NoSuchWeek, Published, weeks_before
from auditlib.pipeline.setting import Setting
from auditlib.store import access, engine, runs, showing, signing
from auditlib.store import figures as stored
from auditlib.store.runs import Run

__all__ = ["NoSuchWeek", "page"]

TEMPLATES = pathlib.Path(__file__).parent / "templates"
EPISODES_OF_WEEKS = 3
Row = Mapping[str, Any]


def page(setting: Setting, week: datetime.date | None = None, leaders: pathlib.Path | None = None) -> str:
    """The page of the current publication as one HTML file, or one that says that there is none.

    By default it speaks of the last week that is over, otherwise of the one that begins on that Monday, as it is
    known now. Raises NoSuchWeek if nothing was published of it or it is not over. `leaders` is the leaders' file of
    this publication, if it was written.
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
    with access.with_leaders_file(setting.store.engine, leaders) as opened:
        content = _content(setting, opened, run, current, week)
    return environment.get_template("page.html").render(common | content)


def _content(
    setting: Setting, opened: engine.Engine, run: Run, current: Row, asked: datetime.date | None
) -> dict[str, Any]:
    day = setting.day_before(run.as_of)
    with engine.reading(opened) as c:
        told = Published(c, asked, day)
        restated = showing.rows(c, "restatements", breakdown="all", publication=current["publication"])
        limits = _limits(c, setting, run, {row["metric"] for row in told.definitions if row["statistics"]})
        notes = Footnotes()
        week, until, whole = told.week, told.until, told.whole
        shown = {row["figure_id"]: row for row in told.by_ticket}
        content = {
            "day": numbers.day(day),
            "period": told.period,
            "current": current,
            "answer": legs.answer(told.headlines, told.judged(), week),
            "load": legs.load(told.headlines, notes),
            "legs": legs.legs(told.headlines, whole, told.controls, told.beside, week, notes),
            "signals": signalled.signalled(told.controls, told.without_chart, told.by_ticket, told.names, until, notes),
            **_places(told, notes),
            "fairness": fairness.fairness(showing.rows(c, "fairness", ("outcome", "attribute", "attribute_value"))),
            "waiting": waiting.waiting(showing.rows(c, "backlog", day=min(until, day)), told.headlines, notes),
            **_returning(c, setting, told, notes),
            "gap": claims.gap(whole, notes),
            "said": listing.listing(whole, claims.SAID, week, notes),
            "flatters": told.beside.flatters(week, notes),
            "checks": beside.checks(showing.rows(c, "integrity_checks", ("position",))),
            "changes": changes.changes(restated, shown, told.names, until, notes),
            **_sign_off(c, told, notes),
        }
    return content | {
        "headlines": told.names,
        "also": _also(told, notes),
        "episodes": episodes.episodes(setting, run, since=weeks_before(week, EPISODES_OF_WEEKS)),
        "withheld": unknown.withheld(told.of_week),
        "provisional": sum(row["maturity"] == "provisional" and row["value"] is not None for row in told.of_week),
        **limits,
        "meanings": meanings.meanings(told.definitions, notes.metrics, told.names),
        "evidence": notes.listed(),
    }


def _places(told: Published, notes: Footnotes) -> dict[str, Any]:
    """Where it fails: teams and segments, and what else differs."""
    outcomes, speeds = failing.OUTCOMES, [failing.SPEED]
    scorecard, until = told.by_ticket, told.until
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


def _returning(c: Any, setting: Setting, told: Published, notes: Footnotes) -> dict[str, Any]:
    """Who keeps having to come back."""
    return {
        "returning": listing.listing(told.whole, returning.FIGURES, told.week, notes),
        "drivers": returning.drivers(showing.rows(c, "repeat_drivers"), setting.config.figures.min_n, notes),
        "stories": returning.stories(showing.rows(c, "worst_episodes", ("place",)), notes),
        "links": judged.links(c),
    }


def _sign_off(c: Any, told: Published, notes: Footnotes) -> dict[str, Any]:
    """Who signed the week and which others, what moved since, and what was found."""
    signatures, week = signing.signatures(c), told.week
    mine = [row for row in signatures if row["period"] == "week" and row["period_start"] == week]
    corrected = signing.restated_since(c, mine[-1]["run"], "week", week) if mine else 0
    return {
        "signed": signed.signed(signatures, week, corrected),
        "signed_weeks": signed.weeks(signatures, told.weeks, week),
        "moved": signed.moved(told.by_ticket, notes),
        "findings": signed.findings(showing.rows(c, "findings", ("position",))),
    }


def _also(told: Published, notes: Footnotes) -> list[dict[str, Any]]:
    """Whatever else is measured of the whole."""
    shown = {*told.names, *returning.FIGURES, *claims.SAID, *claims.GAP}
    return listing.listing(told.whole, sorted({metric for metric, _, _ in told.whole.series} - shown), told.week, notes)


def _limits(c: Any, setting: Setting, run: Run, figures: set[str]) -> dict[str, Any]:
    """What stands in the way of knowing more."""
    excluded = showing.counts(c, "ticket_audit", "exclusion_reason")
    broken = showing.rows(c, "validation_results", ("severity", "rule"), run=run.run, state="fail")
    coverage = showing.rows(c, "coverage", ("metric", "source"))
    return {
        "sources": unknown.sources(showing.rows(c, "freshness", ("source",)), setting.zone),
        "reliability": unknown.reliability(showing.rows(c, "data_reliability", ("source",))),
        "unavailable": unknown.unavailable(coverage, figures),
        "looked_at": unknown.looked_at(coverage, figures, setting.zone),
        "quarantine": showing.counts(c, "quarantine", "reason"),
        "tickets": sum(excluded.values()),
        "excluded": {reason: count for reason, count in excluded.items() if reason is not None},
        "agreement": agreement.agreement(
            showing.rows(c, "agreement", ("source", "metric")), showing.counts(c, "reconciliation", "reason")
        ),
        "broken": [row for row in broken if row["severity"] != "info"],
    }
