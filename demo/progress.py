"""A line for each step of a night as it ends, with what it counted."""

from __future__ import annotations

import time
from typing import Any, TextIO

from airflow.listeners import hookimpl

WORDS = {
    "collect": "{:,} parts of raw pages landed",
    "translate": "{:,} tickets new or changed",
    "gate": "{}",
    "measure": "{:,} units measured",
    "figures": "{:,} figures new or changed",
}


class Progress:
    """Airflow tells it of every task that begins or ends."""

    def __init__(self, console: TextIO) -> None:
        self.console = console
        self.began = 0.0

    @hookimpl
    def on_task_instance_running(self, previous_state: Any, task_instance: Any) -> None:
        """Looks at the clock."""
        self.began = time.monotonic()

    @hookimpl
    def on_task_instance_success(self, previous_state: Any, task_instance: Any) -> None:
        """Tells what the step counted."""
        task, index = task_instance.task_id, task_instance.map_index
        told = task_instance.xcom_pull(task_ids=task, map_indexes=index if index >= 0 else None)
        self._line(task, _words(task, told))

    @hookimpl
    def on_task_instance_failed(self, previous_state: Any, task_instance: Any, error: Any) -> None:
        """Tells why it failed."""
        self._line(task_instance.task_id, f"failed: {error}")

    def _line(self, task: str, words: str) -> None:
        seconds = time.monotonic() - self.began
        print(f"  {task:<22} {words:<40} {seconds:6.1f} s", file=self.console)


def _words(task: str, told: Any) -> str:
    match task, told:
        case "begin", run:
            return f"run {run}"
        case "link", buckets:
            return f"{len(buckets)} bucket{'s' if len(buckets) > 1 else ''} of tickets that belong together"
        case "publish", published:
            return f"publication {published['publication']}, {published['figures']:,} figures of it new"
        case "complete", _:
            return "no source is missing"
        case _, list():
            return f"{len(told)} warning{'s' if len(told) != 1 else ''}" if told else "nothing to object"
        case _, None:
            return ""
    return WORDS.get(task.partition(".")[0], "{}").format(told)
