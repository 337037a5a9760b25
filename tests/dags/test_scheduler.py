"""A real scheduler: what `make up` starts runs a night by its partition key, and says when it is late."""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from typing import Any

import pytest

from tests.dags.nights import Night

ROOT = pathlib.Path(__file__).parents[2]
PATIENCE = 300


class Up:
    """The API of Airflow as `make up` starts it."""

    def __init__(self, port: int) -> None:
        self.api = f"http://127.0.0.1:{port}/api/v2"

    def ask(self, path: str, body: Any = None) -> Any:
        return _ask(self.api + path, body)

    def until(self, path: str, good: Callable[[Any], bool]) -> Any:
        """The answer as soon as it is good."""
        end, answer = time.monotonic() + PATIENCE, None
        while time.monotonic() < end:
            with contextlib.suppress(OSError):
                if good(answer := self.ask(path)):
                    return answer
            time.sleep(1)
        raise AssertionError(f"{path} still answers {answer}")


@pytest.fixture
def up(tmp_path: pathlib.Path, night: Callable[..., Night], letters: list[EmailMessage]) -> Iterator[Up]:
    nights = night("sandbox", alerts='page = "mail"\ninform = "mail"')
    soon = nights.config.read_text().replace('publish_by = "07:00"', 'publish_by = "02:01"')
    nights.config.write_text(soon)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    own = {"AIRFLOW_HOME": str(tmp_path / "home"), "PORT": str(port), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, str(ROOT / "demo" / "up.py")]
    with subprocess.Popen(command, env=os.environ | own, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = next(line for line in process.stdout if "sandbox at" in line)
        helpdesk = re.findall(r"http://[\d.:]+", told)[0]
        # The helpdesk takes its time, and `publish_by` is a minute after the schedule.
        _ask(helpdesk + "/sandbox/faults", {"kind": "slow", "seconds": 65, "count": 1})
        yield Up(port)
        process.terminate()
        assert process.wait(60) == 0


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_scheduler_runs_last_night_by_its_key_and_pages_once_when_it_is_late(
    up: Up, letters: list[EmailMessage]
) -> None:
    ends = up.until("/dags/ticket_audit/dagRuns", lambda runs: runs["dag_runs"] and _ended(runs["dag_runs"][0]))
    (night,) = ends["dag_runs"]
    day = night["partition_key"]
    assert (night["run_type"], night["state"]) == ("scheduled", "success")
    page = up.until("/dags/leadership_page/dagRuns", lambda runs: runs["dag_runs"])["dag_runs"][0]
    assert page["partition_key"] == day
    up.until("/version", lambda _: len(letters) > 1)
    late, published = sorted(letter["subject"] for letter in letters)
    assert late == f"The audit of {day} is not published in time"
    assert published.startswith(f"The audit of {day} is published")


def _ended(run: dict[str, Any]) -> bool:
    return run["state"] in ("success", "failed")


def _ask(url: str, body: Any = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)
