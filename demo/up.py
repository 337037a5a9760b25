"""`make up`: Airflow on this machine's loopback with the DAGs, and the sandbox as the helpdesk.

It reads the checkout's audit.toml, so a source that was added there is a task here. Ctrl-C stops everything.
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
from zoneinfo import ZoneInfo

import stage

from auditlib.sandbox.build import END, world
from auditlib.sandbox.server import serve

HOME = pathlib.Path(os.environ.get("AIRFLOW_HOME", stage.ROOT / ".airflow"))
PORT = os.environ.get("PORT", "8080")
TICKETS = 5000
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
    with serve(world(TICKETS), END) as box:
        stage.set_up(HOME, stage.ROOT / config, box.url, box.email, box.token)
        os.environ |= SETTINGS
        _quietly("airflow", "db", "migrate")
        _quietly("airflow", "pools", "set", *map(str, stage.POOL))
        print(_words(box.url), flush=True)
        return _standalone()


def _quietly(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")


def _standalone() -> int:
    """Airflow's four processes in a group of their own: two schedulers on one SQLite file would run a day twice."""
    with open(HOME / "standalone.log", "w") as log:
        group = subprocess.Popen(["airflow", "standalone"], stdout=log, stderr=log, start_new_session=True)
        stopped = threading.Event()
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, lambda *_: stopped.set())
        while group.poll() is None and not stopped.wait(1):
            pass
        code = 0 if stopped.is_set() else 1
        _stop(group)
    print("stopped" if code == 0 else f"Airflow ended by itself: {log.name} says why", flush=True)
    return code


def _stop(group: subprocess.Popen[bytes]) -> None:
    """Ends the group gently, then for good."""
    for each, seconds in ((signal.SIGINT, 20), (signal.SIGTERM, 10), (signal.SIGKILL, 10)):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(group.pid, each)
        with contextlib.suppress(subprocess.TimeoutExpired):
            group.wait(seconds)
            break
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group.pid, signal.SIGKILL)


def _words(helpdesk: str) -> str:
    day = datetime.datetime.fromisoformat(END).astimezone(ZoneInfo("Europe/Berlin")).date()
    return f"""
Airflow comes up at http://127.0.0.1:{PORT} in about half a minute; its log is {HOME / "standalone.log"}.
The helpdesk is the sandbox at {helpdesk}, an invented company.

Trigger ticket_audit there with {day - datetime.timedelta(days=1)} as the partition key or as the day.
Ctrl-C stops everything.
"""


if __name__ == "__main__":
    sys.exit(main())
