"""The steps of a night as tasks. Each only hands over to `auditlib.pipeline`, which it imports when it runs.

Each step can be killed and repeated at any time: it replaces what it wrote before.
"""

from __future__ import annotations

from typing import Any

from airflow.sdk import TriggerRule, task
from airflow.sdk.exceptions import AirflowFailException

from auditlib_airflow import PUBLISHED, alerts

FOR_ALL = {"on_failure_callback": alerts.step_failed}
"""Of steps without which nothing is published; what fails at one source is recorded with that source."""


@task
def begin(day: str | None) -> int:
    """Opens the night's run, or goes on with the one that was begun, and returns its number.

    **If it fails:** `auditlib check` names the mistake in audit.toml or says why the store is not reached.
    """
    from auditlib import pipeline

    if day is None:
        raise AirflowFailException("no day: trigger with a partition key such as 2026-11-20, or with day")
    return pipeline.begin(day)


@task(pool="helpdesk_api")
def collect(run: int, source: str) -> Any:
    """Fetches what changed at the helpdesk and keeps the raw pages.

    **If it fails:** the others go on. The error says what to do; cleared, it continues where it stopped.
    """
    from auditlib import pipeline
    from auditlib_airflow.connections import connection_of

    return pipeline.collect(run, source, connection_of(source))


@task
def translate(run: int, source: str) -> Any:
    """Reads the raw pages into the case log; no network.

    **If it fails:** the helpdesk says something new, such as a status; the error has the line to add.
    """
    from auditlib import pipeline

    return pipeline.translate(run, source)


@task
def gate_source(run: int, source: str) -> Any:
    """Refuses the source if its case log breaks a rule; single false tickets go into quarantine.

    **If it fails:** the others are published without it. The view `validation_results` names the rule.
    """
    from auditlib import pipeline

    return pipeline.gate_source(run, source)


@task(trigger_rule=TriggerRule.ALL_DONE_MIN_ONE_SUCCESS, **FOR_ALL)
def link(run: int) -> list[int]:
    """Ties tickets of one customer and one issue together, and shares the work out among buckets.

    **If it is not run:** no source passed; look at the first red task above it.
    """
    from auditlib import pipeline

    return list(range(pipeline.link(run)))


@task(**FOR_ALL)
def measure(run: int, family: str, bucket: int) -> Any:
    """Measures the tickets of one bucket for one family of metrics.

    **If it fails:** `auditlib try METRIC` shows the same at your desk. Nothing is visible until published.
    """
    from auditlib import pipeline

    return pipeline.measure(run, family, bucket)


@task(trigger_rule=TriggerRule.NONE_FAILED)
def gate_measures(run: int) -> Any:
    """Refuses the night if a measure cannot be true.

    **If it fails:** leaders keep the last good figures. The view `validation_results` names the rule.
    """
    from auditlib import pipeline

    return pipeline.gate_measures(run)


@task(**FOR_ALL)
def figures(run: int) -> Any:
    """Rolls the measures up into figures with their intervals, and holds small cells back.

    **If it fails:** clear it; it writes only its own run's figures.
    """
    from auditlib import pipeline

    return pipeline.figures(run)


@task
def gate_figures(run: int) -> Any:
    """Refuses the night if a figure cannot be true.

    **If it fails:** leaders keep the last good figures. The view `validation_results` names the rule.
    """
    from auditlib import pipeline

    return pipeline.gate_figures(run)


@task(outlets=PUBLISHED, **FOR_ALL)
def publish(run: int, day: str, outlet_events: Any = None) -> dict[str, Any]:
    """Makes the night visible by flipping one row, and tells the DAGs that wait for figures or tickets.

    **If it fails:** clear it; a night is published once, however often this runs.
    """
    from auditlib import pipeline

    published = pipeline.publish(run)
    for asset in PUBLISHED:
        outlet_events[asset].add_partitions(day)
        outlet_events[asset].extra = published
    return published


@task(retries=0)
def complete(run: int) -> None:
    """Is red if the night was published without some source.

    **If it fails:** mend the source, then clear its `collect` and all after it: the day is published anew.
    """
    from auditlib import pipeline

    if missing := pipeline.missing(run):
        raise AirflowFailException("published without " + "; ".join(missing))


@task
def write_page() -> str:
    """Writes the leadership page of the newest publication.

    **If it fails:** the figures are published all the same; clear it.
    """
    from auditlib import pipeline

    return pipeline.write_page()


@task
def upkeep() -> Any:
    """Lets raw pages expire, and compares counts and deletions with the helpdesks.

    **If it fails:** nothing that leaders see depends on it; clear it.
    """
    from auditlib import pipeline

    return pipeline.upkeep()
