"""`auditlib status`: what leaders see now and how old it is, for people and for monitors."""

from __future__ import annotations

import datetime
from typing import Any

import click

from auditlib.commands.answers import DONE, STALE, Answer, WrongUse, answered


@click.command()
@click.option("--now", metavar="T", help="Another moment than now, with its zone: 2026-11-21T09:00:00+01:00.")
@answered
def status(now: str | None) -> Answer:
    """Say what leaders see now and how old it is.

    Ends with 5 if the newest night should have been published by now (by `schedule` and `publish_by`
    of audit.toml) and is not: so a monitor outside the scheduler notices that the scheduler is dead.

    \b
    auditlib status
    auditlib status --json
    """
    from auditlib.pipeline import standing as s
    from auditlib.pipeline.setting import Setting
    from auditlib.store import looking

    setting, moment = Setting.here(), _moment(now)
    if looking.state(setting.config.audit.store) == "absent":
        return _nothing("There is no store yet, so leaders see no figures.")
    seen = s.standing(setting, int(moment.timestamp()))
    due, newest = s.due(setting, moment), s.newest(setting)
    if seen is None:
        return _nothing("Nothing was ever published, so leaders see no figures.")
    is_stale = due is not None and seen.as_of < due
    lines = [seen.sentence(), f"As of {seen.as_of}, published {seen.published_at}, from {', '.join(seen.sources)}."]
    if is_stale:
        assert due is not None
        publish_by = setting.config.audit.publish_by.strftime("%H:%M")
        lines.append(f"Stale: the night of {s.day_before(setting, due)} should have been published by {publish_by}.")
    lines += _troubled(newest, seen.run)
    spoken = _headlines(setting)
    data = {
        "publication": seen.publication, "run": seen.run, "as_of": seen.as_of, "day": seen.day.isoformat(),
        "published_at": seen.published_at, "age_days": seen.age_days, "sources": seen.sources,
        "missing_sources": seen.missing, "due_as_of": due, "is_stale": is_stale, "headlines": spoken,
        "newest_run": None if newest is None else {n: newest[n] for n in ("run", "as_of", "state", "reason")},
    }  # fmt: skip
    if spoken:
        lines += ["", f"The week from {spoken[0]['period_start']}:", *(f"  {row['sentence']}" for row in spoken)]
    return Answer(data, lines, STALE if is_stale else DONE)


def _moment(now: str | None) -> datetime.datetime:
    """The moment at which it is asked: the wall clock, unless a test says otherwise."""
    if now is None:
        return datetime.datetime.now(datetime.UTC)
    right = "write it with its zone, such as 2026-11-21T09:00:00+01:00"
    try:
        moment = datetime.datetime.fromisoformat(now)
    except ValueError:
        raise WrongUse(f"--now {now} is no moment; {right}") from None
    if moment.tzinfo is None:
        raise WrongUse(f"--now {now} has no zone; {right}")
    return moment


def _nothing(sentence: str) -> Answer:
    data: dict[str, Any] = {"publication": None, "is_stale": True, "headlines": []}
    return Answer(data, [sentence, "First command: auditlib run"], STALE)


def _troubled(newest: Any, seen: int) -> list[str]:
    """A later run than the one that leaders see, and why it is not there."""
    if newest is None or newest["run"] == seen or newest["state"] == "published":
        return []
    why = f": {newest['reason']}".split("\n", 1)[0] if isinstance(newest["reason"], str) else ""
    return [f"Run {newest['run']}, as of {newest['as_of']}, is {newest['state']}{why}",
            "First command: auditlib check --night"]  # fmt: skip


def _headlines(setting: Any) -> list[dict[str, Any]]:
    from auditlib.store import engine, looking

    with engine.reading(setting.store.engine) as c:
        rows = looking.headlines(c)
    kept = ("metric", "statistic", "value", "period", "period_start", "sentence")
    return [{name: row[name] for name in kept if name in row} for row in rows if row.get("period") == "week"]
