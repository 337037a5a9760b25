"""One alert a run: these are the DAGs' callbacks; Airflow imports them in its DAG processor and workers."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Mapping
from typing import Any

from airflow.sdk import DeadlineAlert, DeadlineReference, SyncCallback

from auditlib import config
from auditlib_airflow.telling import tell

log = logging.getLogger(__name__)


def step_failed(context: Mapping[str, Any]) -> None:
    """Records in the run which step failed, and with what: the alert and `auditlib runs` say it."""
    from auditlib import pipeline
    from auditlib.telling import said

    run, error = _run(context), context.get("exception")
    words = said(error) if error is not None else "its process was killed; the log of the task says more"
    if run is not None:
        pipeline.mark_failed(run, f"{context['ti'].task_id}: {words}")


def run_failed(context: Mapping[str, Any]) -> None:
    """Pages somebody: the run failed, was refused, or published without some source."""
    from auditlib import pipeline

    run = _run(context)
    if run is None:
        return tell(config.alerts().page, "The audit could not begin", NOT_BEGUN)
    _page(pipeline.alert(run, _kind(context["ti"].task_id)))
    return _inform(run)  # it may be published all the same


def run_published(context: Mapping[str, Any]) -> None:
    """Informs: what leaders see now, what moved beyond its noise, what was corrected, what warns."""
    run = _run(context)
    if run is not None:
        _inform(run)


def run_late(context: Mapping[str, Any]) -> None:
    """Pages somebody: by `publish_by` nothing was published. A run that ended before was told already."""
    from auditlib import pipeline

    if context["dag_run"]["state"] not in ("queued", "running"):
        return None
    run = _run(context)
    if run is None:
        return tell(config.alerts().page, f"The audit of {_day(context)} is not published in time", NOT_BEGUN)
    return _page(pipeline.alert(run, "late"))


def chore_failed(context: Mapping[str, Any]) -> None:
    """Informs: the page was not written, or the weekly upkeep did not end well."""
    dag_id = context["dag"].dag_id
    body = "The published figures are not touched. Its log says why; it may simply be run again."
    tell(config.alerts().inform, f"The audit's DAG {dag_id} failed", body)


def published_by(time: datetime.time, cron: str) -> DeadlineAlert:
    """The deadline of a run: the first such time of day after the schedule's first run of a day.

    It counts from when the run is queued, so a night that is caught up by day has as long as any other.
    """
    from croniter import croniter

    midnight = datetime.datetime(2026, 1, 1)
    begins = croniter(cron, midnight - datetime.timedelta(seconds=1)).get_next(datetime.datetime)
    day = datetime.timedelta(days=1)
    return DeadlineAlert(
        name="publish_by",
        reference=DeadlineReference.DAGRUN_QUEUED_AT,
        interval=(datetime.datetime.combine(begins, time) - begins) % day or day,
        callback=SyncCallback(run_late),
    )


def _page(message: Mapping[str, str] | None) -> None:
    """Sends an alert, unless it was sent before: then there is none."""
    if message is not None:
        tell(config.alerts().page, message["subject"], message["body"])


def _inform(run: int) -> None:
    """Sends what is told of a published night, once."""
    from auditlib import pipeline

    if (message := pipeline.informed(run)) is not None:
        tell(config.alerts().inform, message["subject"], message["body"])


def _kind(failed: str) -> str:
    """What a run is whose last failed task was this one."""
    if failed == "complete":
        return "source_missing"
    return "refused" if failed.startswith("gate.") else "failed"


def _run(context: Mapping[str, Any]) -> int | None:
    """The run of the DAG run's day, if it got one; asked of the store, which every callback can reach."""
    from auditlib.pipeline.setting import Setting
    from auditlib.store import runs

    day = _day(context)
    try:
        setting = Setting.here()
        known = runs.listed(setting.store)
        of_day = known.loc[known.as_of == setting.midnight_after(str(day)), "run"]
    except Exception:  # the alert must go out even if what went wrong goes wrong here again
        log.exception("the run of %s is not found", day)
        return None
    return None if of_day.empty else int(of_day.max())


def _day(context: Mapping[str, Any]) -> str | None:
    """The day that the DAG run audits; Airflow gives callbacks its run as an object or as plain words."""
    dag_run = context.get("dag_run")
    if isinstance(dag_run, Mapping):
        return dag_run["partition_key"] or (dag_run["conf"] or {}).get("day")
    return dag_run and (dag_run.partition_key or (dag_run.conf or {}).get("day"))


NOT_BEGUN = """There is no run for the day: its first step did not come to its end.
Usually audit.toml has a mistake, the store cannot be reached, or the day was not given.

First command: auditlib check

Leaders still see the last publication, with its age."""
