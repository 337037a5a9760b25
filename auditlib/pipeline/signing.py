"""Putting a name to a period: what is open is said first and kept with the signature."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from auditlib.metric import HEADLINES, facts
from auditlib.pipeline.setting import Setting, seconds, wall_clock
from auditlib.store import engine, runs, signing
from auditlib.store import figures as stored
from auditlib.store.runs import Run


class Unsignable(Exception):
    """A period that cannot be signed; the message says why and what can."""


@dataclass(frozen=True)
class Period:
    """A week, month or day of the figures."""

    name: str
    kind: str
    start: datetime.date
    end: datetime.date


def read_period(text: str) -> Period:
    """A period as people write it: 2026-W43, 2026-10 or 2026-10-25."""
    if week := re.fullmatch(r"(\d{4})-?W(\d\d?)", text):
        try:
            start = datetime.date.fromisocalendar(int(week[1]), int(week[2]), 1)
        except ValueError:
            raise Unsignable(f"{text!r} is no week of that year") from None
        return Period(text, "week", start, start + datetime.timedelta(days=6))
    if month := re.fullmatch(r"(\d{4})-(\d\d)", text):
        year, number = int(month[1]), int(month[2])
        if not 1 <= number <= 12:
            raise Unsignable(f"{text!r} is no month")
        last = calendar.monthrange(year, number)[1]
        return Period(text, "month", datetime.date(year, number, 1), datetime.date(year, number, last))
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        raise Unsignable(f"{text!r} is no period; write a week 2026-W43, a month 2026-10 or a day 2026-10-25") from None
    return Period(text, "day", day, day)


def exceptions(setting: Setting, run: Run, period: Period) -> list[str]:
    """What somebody who signs should know to be open, in sentences; refuses a period that is not over or not there."""
    audited = datetime.datetime.fromtimestamp(seconds(run.as_of), setting.zone).date()
    if period.end >= audited:
        raise Unsignable(f"{period.name} ends on {period.end} and is audited up to {audited}: it is not over yet")
    with engine.reading(setting.store.engine) as c:
        figures = signing.covered(c, run.run, period.kind, period.start.isoformat())
        before = [s for s in signing.signatures(c) if s["period_start"] == period.start.isoformat()]
        restated = [(s, signing.restated_since(c, s["run"], period.kind, s["period_start"])) for s in before[-1:]]
    if not figures:
        raise Unsignable(f"no figure of {period.name} was published: there is nothing to sign")
    every = [facts(module) for modules in setting.metrics.values() for module in modules.values()]
    found = _of_figures(figures, {figure.name: figure.title for metric in every for figure in metric.figures})
    found += [f"{n} figures were corrected since {s['signed_by']} signed them" for s, n in restated if n]
    return found + _of_findings(setting, period, audited)


def _of_figures(figures: list[dict[str, Any]], titles: Mapping[str, str]) -> list[str]:
    whole = [f for f in figures if f["breakdown"] == "all" and f["segment"] == "all" and f["metric"] in HEADLINES]
    found = []
    for name in HEADLINES:
        mine = [f for f in whole if f["metric"] == name]
        reasons = {f["suppressed_reason"] for f in mine if f["value"] is None}
        if not mine:
            found.append(f"{titles.get(name, name)} is not measured yet")
        elif all(f["value"] is None for f in mine):
            found.append(f"{titles.get(name, name)} has no value: {'; '.join(sorted(filter(None, reasons)))}")
    provisional = sum(f["maturity"] == "provisional" for f in figures)
    limited = sum(f["reliability"] != "sufficient" for f in figures)
    missing = sorted({name for f in figures for name in (f["missing_sources"] or "").split(",") if name})
    if provisional:
        found.append(f"{provisional} of {len(figures)} figures are provisional")
    if limited:
        found.append(f"{limited} of {len(figures)} figures are less than sufficiently reliable")
    return found + [f"the source {name} is missing" for name in missing]


def _of_findings(setting: Setting, period: Period, audited: datetime.date) -> list[str]:
    late = [f for f in setting.config.findings if f.done is None and f.due is not None and f.due < audited]
    return [f"the finding {f.title!r} is overdue since {f.due}" for f in late]


def sign(setting: Setting, period: Period, by: str, comment: str | None, open_: list[str]) -> dict[str, Any]:
    """Adds a signature to what leaders see now of a period; gives it with its head."""
    with engine.writing(setting.store.engine) as c:
        current = stored.current(c)
        if current is None:
            raise Unsignable("nothing was published yet: there is nothing to sign")
        held = runs.get(c, current["run"])
        return signing.add(
            c,
            period=period.kind,
            period_start=period.start.isoformat(),
            period_end=period.end.isoformat(),
            publication=current["publication"],
            run=held.run,
            signed_by=by,
            signed_at=wall_clock(),
            comment=comment,
            exceptions=open_,
        )


def findings(setting: Setting, period: Period) -> list[dict[str, Any]]:
    """The findings of a period, and those of others that are not done: what a review goes through."""
    mine = [each for each in setting.config.findings if each.done is None or each.period == period.name]
    return [_as_text(asdict(each)) for each in mine]


def _as_text(finding: dict[str, Any]) -> dict[str, Any]:
    return finding | {name: finding[name].isoformat() if finding[name] else None for name in ("due", "done")}


def keep_findings(setting: Setting, c: engine.Connection) -> None:
    """Makes the findings of audit.toml those that leaders see."""
    found = enumerate(setting.config.findings, 1)
    signing.keep_findings(c, [_as_text(asdict(finding)) | {"position": number} for number, finding in found])
