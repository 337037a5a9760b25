"""
### Ticket audit

Each night, for the day that ended: fetch what changed at each helpdesk, translate it into the case
log, refuse what cannot be trusted, measure, refuse again, and publish by flipping one row.

- **A source fails:** the others go on and are published; the page names the missing one, and the run
  is red at its end (task `complete`).
- **A gate refuses:** nothing is published; leaders keep the last good figures with their age.
- **Rerunning is always safe:** clear the failed task and all after it, or trigger the day again.
  The same day with the same answers gives the same figures.

By hand: trigger with the day as partition key, or with the parameter `day`.
The pool `helpdesk_api` caps how many helpdesks are asked at once; `make up` and docker/ create it, elsewhere
`airflow pools set helpdesk_api 4 "helpdesks asked at once"`.
"""

from datetime import timedelta
from typing import Any

import pendulum
from airflow.sdk import CronPartitionTimetable, Param, TaskGroup, chain, dag
from auditlib_airflow import alerts, steps
from auditlib_airflow.retries import ByKindOfError

from auditlib import config, metrics

CRON, ZONE, PUBLISH_BY = config.schedule()
SOURCES = config.source_names()
FAMILIES = list(metrics.families(config.metric_folders()))

# Templates, not arguments from task to task: those would tie every task to `begin`, and `link` would
# take the success of `begin` for a source that passed.
RUN = "{{ ti.xcom_pull(task_ids='begin') }}"
DAY = "{{ dag_run.partition_key or params.day }}"


def one_each(group: TaskGroup, step: Any) -> list[Any]:
    """One task a source. Not a mapped task: those are known by position, and a new source would take
    over the history of the one that it pushes down the list."""
    with group:
        return [step.override(task_id=source)(RUN, source) for source in SOURCES]


@dag(
    schedule=CronPartitionTimetable(CRON, timezone=ZONE, run_offset=-1, key_format="%Y-%m-%d"),
    start_date=pendulum.datetime(2025, 1, 1, tz=ZONE),
    catchup=False,
    max_active_runs=1,
    render_template_as_native_obj=True,
    params={"day": Param(None, type=["null", "string"], format="date", title="Day (only without a partition key)")},
    default_args={
        "owner": "support-quality",
        "retries": 2,
        "retry_delay": timedelta(minutes=5),
        "retry_policy": ByKindOfError(),
        "execution_timeout": timedelta(hours=6),
    },
    on_failure_callback=alerts.run_failed,
    on_success_callback=alerts.run_published,
    deadline=alerts.published_by(PUBLISH_BY, CRON),
    tags=["audit"],
    doc_md=__doc__,
)
def ticket_audit() -> None:
    """Wires the steps."""
    buckets = steps.link(RUN)
    chain(
        steps.begin(DAY),
        one_each(TaskGroup("collect"), steps.collect),
        one_each(TaskGroup("translate"), steps.translate),
        one_each(TaskGroup("gate"), steps.gate_source),
        buckets,
    )
    with TaskGroup("measure"):
        measured = [
            steps.measure.override(task_id=family, doc_md=steps.measure.function.__doc__)
            .partial(run=RUN, family=family)
            .expand(bucket=buckets)
            for family in FAMILIES
        ]
    # Named like the sources' gates but not in their group: groups must not wait for each other in a circle.
    chain(
        measured,
        steps.gate_measures.override(task_id="gate.measures")(RUN),
        steps.figures(RUN),
        steps.gate_figures.override(task_id="gate.figures")(RUN),
        steps.publish(RUN, DAY),
        steps.complete(RUN),
    )


ticket_audit()
