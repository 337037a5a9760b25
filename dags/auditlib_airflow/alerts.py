"""One alert a run: these are the DAGs' callbacks; Airflow imports them in its DAG processor and workers."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from airflow.sdk import DeadlineAlert, DeadlineReference, SyncCallback

from auditlib import config
from auditlib_airflow.telling import tell


def step_failed(context: Mapping[str, Any]) -> None:
    """Records in the run which step failed, and with what: the alert and `auditlib runs` say it."""
    from auditlib import pipeline

    run = _run(context)
    error = context.get("exception") or "its process was killed; the log of the task says more"
    if run is not None:
        pipeline.mark_failed(run, f"{context['ti'].task_id}: {error}")


def run_failed(context: Mapping[str, Any]) -> None:
    """Pages somebody: the run failed, was refused, or published without some source."""
    from auditlib import pipeline

    run = _run(context)
    if run is None:
        return tell(config.alerts().page, "The audit could not begin", _NOT_BEGUN)
    return _page(pipeline.alert(run, _kind(context["ti"].task_id)))


def run_published(context: Mapping[str, Any]) -> None:
    """Informs: a night was published, with its warnings."""
    told = context["ti"].xcom_pull(task_ids="publish")
    lines = [f"{name}: {value}" for name, value in told.items() if value not in (None, [], {})]
    tell(config.alerts().inform, f"The audit as of {told['as_of']} is published", "\n".join(lines))


def run_late(context: Mapping[str, Any]) -> None:
    """Pages somebody: by `publish_by` nothing was published. A run that ended before was told already."""
    from auditlib import pipeline

    dag_run = context["dag_run"]
    if dag_run["state"] in ("queued", "running"):
        day = dag_run["partition_key"] or dag_run["conf"]["day"]
        _page(pipeline.alert(pipeline.begin(day), "late"))


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


def _kind(failed: str) -> str:
    """What a run is whose last failed task was this one."""
    if failed == "complete":
        return "source_missing"
    return "refused" if failed.startswith("gate.") else "failed"


def _run(context: Mapping[str, Any]) -> int | None:
    """The run's number, if it got one before it failed."""
    return context["ti"].xcom_pull(task_ids="begin") if "ti" in context else None


_NOT_BEGUN = """The night failed in its first step, so there is no run to speak of.
Usually audit.toml has a mistake, or the store cannot be reached.

First command: auditlib check

Leaders still see the last publication, with its age."""
