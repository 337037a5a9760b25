"""`make up`: Airflow on this machine's loopback with the DAGs, and the sandbox as the helpdesk.

It reads the checkout's audit.toml, so a source that was added there is a task here. The sandbox lives in
the present: its company goes on day by day, so each night has something to audit. Ctrl-C stops everything.
"""

from __future__ import annotations

import contextlib
import datetime
import os
import pathlib
import signal
import subprocess
import sys
import threading
import urllib.request
from typing import TextIO

import stage

from auditlib.sandbox.box import Box
from auditlib.sandbox.build import world
from auditlib.sandbox.server import serve

HOME = pathlib.Path(os.environ.get("AIRFLOW_HOME", stage.ROOT / ".airflow"))
PORT = os.environ.get("PORT", "8080")
TICKETS, UNTIL = 20_000, "2030-11-01T00:00:00Z"
PARTS = ("scheduler", "dag-processor", "triggerer")
SETTINGS = {
    "AIRFLOW__API__HOST": "127.0.0.1",  # Airflow would listen on all interfaces
    "AIRFLOW__API__PORT": PORT,
    "AIRFLOW__API__BASE_URL": f"http://127.0.0.1:{PORT}",
    "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{PORT}/execution/",
    "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "True",  # no login, as nobody else gets here
    "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
    "AIRFLOW__CORE__PARALLELISM": "4",
    "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "10",  # a new source or metric shows soon
    "PYTHONUNBUFFERED": "1",
}


def main() -> int:
    """Runs until it is told to stop; the code with which Airflow ended."""
    config = os.environ.get("AUDITLIB_CONFIG", stage.ROOT / "audit.toml")
    with serve(world(TICKETS, end=UNTIL), _now()) as box:
        stage.set_up(HOME, stage.ROOT / config, box.url, box.email, box.token)
        os.environ |= SETTINGS
        _quietly("airflow", "db", "migrate")
        _quietly("airflow", "pools", "set", *map(str, stage.POOL))
        print(_words(box.url), flush=True)
        return _run(box)


def _quietly(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")


def _run(box: Box) -> int:
    """Airflow's four parts until one ends or somebody stops them, while the helpdesk's clock goes on."""
    stopped = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: stopped.set())
    with open(HOME / "airflow.log", "w") as log:
        parts = [_part(log, "api-server", "--host", "127.0.0.1", "--port", PORT)]
        # Tasks that start before the API answers would fail, and wait for their next try.
        while not _answers() and parts[0].poll() is None and not stopped.wait(0.5):
            pass
        parts += [_part(log, part) for part in PARTS]
        while all(part.poll() is None for part in parts) and not stopped.wait(5):
            box.set_clock(_now())
        for part in parts:
            _stop(part)
    code = 0 if stopped.is_set() else 1
    print("stopped" if code == 0 else f"Airflow ended by itself: {log.name} says why", flush=True)
    return code


def _part(log: TextIO, *command: str) -> subprocess.Popen[bytes]:
    """A part of Airflow in a group of its own: Ctrl-C must not reach its workers before it reaches us."""
    return subprocess.Popen(["airflow", *command], stdout=log, stderr=log, start_new_session=True)


def _answers() -> bool:
    with contextlib.suppress(OSError):
        return urllib.request.urlopen(f"http://127.0.0.1:{PORT}/api/v2/version", timeout=5).status == 200
    return False


def _stop(group: subprocess.Popen[bytes]) -> None:
    """Ends the group gently, then for good."""
    for each, seconds in ((signal.SIGINT, 10), (signal.SIGTERM, 10), (signal.SIGKILL, 10)):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(group.pid, each)
        with contextlib.suppress(subprocess.TimeoutExpired):
            group.wait(seconds)
            break
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group.pid, signal.SIGKILL)


def _words(helpdesk: str) -> str:
    return f"""
Airflow comes up at http://127.0.0.1:{PORT} in about half a minute; its log is {HOME / "airflow.log"}.
The helpdesk is the sandbox at {helpdesk}, an invented company in the present.

The DAG ticket_audit begins with last night by itself. Another day: trigger it with the day as partition key.
Ctrl-C stops everything.
"""


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


if __name__ == "__main__":
    sys.exit(main())
