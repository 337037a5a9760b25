"""`make demo`: three nights of an invented company's helpdesk, audited by the Airflow DAG itself.

Everything is in .demo/, which each run begins anew. What Airflow says goes to .demo/airflow.log.
"""

from __future__ import annotations

import datetime
import os
import shutil
import sys
import time
from typing import TextIO

import stage
from closing import closing
from nights import NIGHTS, OPENS, REVIEW, TICKETS, morning_after, sign

from auditlib.sandbox.box import Box
from auditlib.sandbox.build import world
from auditlib.sandbox.server import serve

FOLDER = stage.ROOT / ".demo"


def main() -> None:
    """Plays the demo; ends with a non-zero code if a night does not succeed."""
    began, console = time.monotonic(), _begin_anew()
    print(f"Nordlicht Home opens: about {TICKETS:,} tickets of a year, in a helpdesk on this machine.", file=console)
    with serve(world(TICKETS), OPENS) as box:
        stage.set_up(FOLDER / "airflow", FOLDER / "audit.toml", box.url, box.email, box.token)
        _prepare(console)
        for day, words in NIGHTS.items():
            print(f"\nNight of {day}: {words}.", file=console)
            _night(box, day, console)
            if day == REVIEW[0]:
                print(f"\n{sign()}", file=console)
    page = _page()
    (FOLDER / "questions.md").write_text(_questions(), encoding="utf-8")
    print(f"\nDone in {(time.monotonic() - began) / 60:.1f} minutes.", file=console)
    closing(FOLDER / "audit.db", page, console)


def _begin_anew() -> TextIO:
    """An empty folder, and the terminal: whatever else would be printed from now on goes to the log."""
    for name in ("audit.db", "audit.db-wal", "audit.db-shm", "leaders.db", "landing"):
        path = FOLDER / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    FOLDER.mkdir(exist_ok=True)
    shutil.copy(stage.ROOT / "demo" / "audit.toml", FOLDER)
    console = os.fdopen(os.dup(1), "w", buffering=1)
    log = os.open(FOLDER / "airflow.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(log, 1)
    os.dup2(log, 2)
    return console


def _prepare(console: TextIO) -> None:
    print("Airflow is made ready …", file=console)
    from airflow.models.pool import Pool  # only now: Airflow reads its settings when it is imported
    from airflow.sdk.listener import get_listener_manager
    from airflow.utils import db
    from progress import Progress

    db.initdb()
    name, slots, words = stage.POOL
    Pool.create_or_update_pool(name, slots, words, include_deferred=False)
    get_listener_manager().add_listener(Progress(console))


def _night(box: Box, day: str, console: TextIO) -> None:
    box.set_clock(morning_after(day))
    run = _dag("ticket_audit").test(logical_date=None, run_after=_now(), run_conf={"day": day})
    if run.state != "success":
        print(f"The night ended {run.state}; what Airflow said is in {FOLDER / 'airflow.log'}", file=console)
        sys.exit(1)


def _questions() -> str:
    """The ten questions with the answers of this store."""
    from auditlib.pages import questions
    from auditlib.pipeline.setting import Setting

    return questions.page(Setting.here())


def _page() -> str:
    """The path of the leadership page."""
    run = _dag("leadership_page").test(logical_date=None, run_after=_now())
    (task,) = run.get_task_instances()
    return str(task.xcom_pull(task_ids=task.task_id))


def _dag(name: str):
    from airflow.dag_processing.dagbag import BundleDagBag

    folder = stage.ROOT / "dags"
    dag = BundleDagBag(dag_folder=folder, bundle_path=folder, bundle_name="dags-folder").dags[name]
    dag.deadline = None  # dag.test of Airflow 3.3.2 trips over deadlines
    return dag


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


if __name__ == "__main__":
    main()
