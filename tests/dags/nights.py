"""A night as Airflow runs it, in a store of its own."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import os
import pathlib
import sqlite3
import subprocess
import sys
import time
from typing import Any

ROOT = pathlib.Path(__file__).parents[2]
DAY = "2026-09-30"


@dataclasses.dataclass
class Night:
    """A folder with audit.toml and a store; `run` gives the DAG run of a day."""

    folder: pathlib.Path

    @property
    def config(self) -> pathlib.Path:
        return self.folder / "audit.toml"

    def write(self, sources: tuple[str, ...], alerts: str) -> None:
        """The checkout's audit.toml with other sources: each has the connection of its name."""
        before, rest = (ROOT / "audit.toml").read_text().split("[[source]]", 1)
        source, after = rest.split("[clock]", 1)
        blocks = [
            "[[source]]" + source.replace('"sandbox"', f'"{name}"').replace("2025-11-01", "2026-09-01")
            for name in sources
        ]
        self.folder.mkdir(exist_ok=True)
        told = after.replace("[alerts]", f"[alerts]\n{alerts}\n", 1)
        self.config.write_text(before + "".join(blocks) + "[clock]" + told)

    def run(self, day: str = DAY) -> Any:
        """The DAG run of a day, as `dag.test` leaves it behind."""
        dag, now = bag().dags["ticket_audit"], datetime.datetime.now(datetime.UTC)
        for task in dag.tasks:
            task.retry_delay = datetime.timedelta(0)
        dag.deadline = None  # dag.test of Airflow 3.3.2 trips over deadlines; test_scheduler.py has them
        return dag.test(logical_date=None, run_after=now, run_conf={"day": day})

    def killed_when(self, query: str) -> None:
        """Begins the night in a process of its own, and kills it as soon as the store answers with a row."""
        command = [sys.executable, "-m", "tests.dags.nights", str(self.folder)]
        with subprocess.Popen(command, cwd=ROOT, start_new_session=True) as process:
            while not self._answers(query):
                assert process.poll() is None, f"it ended before {query}"
                time.sleep(0.02)
            os.killpg(process.pid, 9)

    def _answers(self, query: str) -> bool:
        with contextlib.suppress(sqlite3.OperationalError):  # no store or no table yet, or it is locked
            return bool(self.rows(query))
        return False

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the store answers."""
        with sqlite3.connect(self.folder / "audit.db") as store:
            return store.execute(query).fetchall()


def bag() -> Any:
    """The DAGs as they are parsed now, with the audit.toml of now."""
    from airflow.dag_processing.dagbag import BundleDagBag

    folder = ROOT / "dags"
    return BundleDagBag(dag_folder=folder, bundle_path=folder, bundle_name="dags-folder")


def states(dag_run: Any) -> dict[str, str]:
    """Task → how it ended."""
    return {ti.task_id: str(ti.state) for ti in dag_run.get_task_instances()}


if __name__ == "__main__":
    Night(pathlib.Path(sys.argv[1])).run()
