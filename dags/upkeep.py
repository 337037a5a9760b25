"""
### Upkeep

Each Sunday: raw pages past `landing_days` expire, and counts and deletions are compared with the helpdesks.
Rerunning is always safe.
"""

from datetime import timedelta

import pendulum
from airflow.sdk import CronTriggerTimetable, dag
from auditlib_airflow import alerts, steps

from auditlib import config

_, ZONE, _ = config.schedule()


@dag(
    schedule=CronTriggerTimetable("0 12 * * 0", timezone=ZONE),
    start_date=pendulum.datetime(2025, 1, 1, tz=ZONE),
    catchup=False,
    max_active_runs=1,
    default_args={"owner": "support-quality", "retries": 2, "retry_delay": timedelta(minutes=15)},
    on_failure_callback=alerts.chore_failed,
    tags=["audit"],
    doc_md=__doc__,
)
def upkeep() -> None:
    """Wires the one step."""
    steps.upkeep()


upkeep()
