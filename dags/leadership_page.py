"""
### Leadership page

Writes the page of each new publication. The figures are published before it and do not depend on it.
Rerunning is always safe: the page is written anew from what is published.
"""

from datetime import timedelta

from airflow.sdk import PartitionedAssetTimetable, dag
from auditlib_airflow import FIGURES, alerts, steps


@dag(
    schedule=PartitionedAssetTimetable(assets=FIGURES),
    catchup=False,
    max_active_runs=1,
    default_args={"owner": "support-quality", "retries": 2, "retry_delay": timedelta(minutes=1)},
    on_failure_callback=alerts.chore_failed,
    tags=["audit"],
    doc_md=__doc__,
)
def leadership_page() -> None:
    """Wires the one step."""
    steps.write_page()


leadership_page()
