"""A private Request Tracker 5 on the loopback interface, living at whatever moment a test sets."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import email.message
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from typing import Any

import requests

HERE = pathlib.Path(__file__).parent
PACKAGES = ("request-tracker5", "rt5-db-sqlite", "rt5-standalone", "rt5-clients", "faketime")
DATABASE_SETUP = "/usr/sbin/rt-setup-database-5"
SERVER = "/usr/share/request-tracker5/libexec/rt-server"
MAILGATE = "rt-mailgate"
PASSWORD = "correct-horse"
START_SECONDS = 90


def what_is_missing() -> str | None:
    """Why no Request Tracker can be started here, with the packages that would help; None if one can."""
    programs = (DATABASE_SETUP, SERVER, MAILGATE)
    absent = [program for program in programs if shutil.which(program) is None]
    if _faketime() is None:
        absent.append("libfaketime.so.1")
    if not absent:
        return None
    return (
        f"Request Tracker is not installed: {', '.join(absent)} not found; "
        f"run .ci/install-request-tracker as root, or apt-get install {' '.join(PACKAGES)}"
    )


@contextlib.contextmanager
def running(folder: pathlib.Path, starts_at: str) -> Iterator[Tracker]:
    """A fresh Request Tracker whose files are all below `folder`; stopped at the end."""
    tracker = Tracker(folder, _free_port())
    tracker.at(starts_at)
    _set_up(tracker)
    with _serving(tracker):
        yield tracker


@dataclasses.dataclass
class Tracker:
    """A running Request Tracker: its address, its clock and its doors."""

    folder: pathlib.Path
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def clock(self) -> pathlib.Path:
        return self.folder / "clock"

    def at(self, moment: str) -> None:
        """The server lives at this UTC moment (2026-03-02 09:00:00) until the next one is set."""
        datetime.datetime.fromisoformat(moment)
        swap = self.clock.with_suffix(".new")
        swap.write_text(moment + "\n")
        swap.replace(self.clock)  # never half written: the server reads it at any instant

    def mail(self, sender: str, subject: str, text: str, queue: str = "Support", **headers: str) -> None:
        """A mail that arrives at a queue's address, through the program that mail servers call."""
        message = email.message.EmailMessage()
        message["From"], message["To"] = sender, f"{queue.lower()}@tracker.example"
        message["Subject"] = subject
        for name, value in headers.items():
            message[name.replace("_", "-")] = value
        message.set_content(text)
        gate = [MAILGATE, "--queue", queue, "--action", "correspond", "--url", self.url]
        subprocess.run(gate, input=message.as_bytes(), check=True, timeout=60)

    def act(self, agent: str, method: str, path: str, body: Any = None) -> Any:
        """What an agent does through REST2; anything but success is an error."""
        url = f"{self.url}/REST/2.0/{path}"
        answer = requests.request(method, url, json=body, auth=(agent, PASSWORD), timeout=60)
        if not answer.ok:
            raise AssertionError(f"{agent} {method} {path} → {answer.status_code} {answer.text[:500]}")
        return answer.json() if answer.content else None


def _set_up(tracker: Tracker) -> None:
    (tracker.folder / "sessions").mkdir()
    text = (HERE / "settings.pl").read_text()
    text = text.replace("DESK", str(tracker.folder)).replace("PORT", str(tracker.port))
    (tracker.folder / "RT_SiteConfig.pm").write_text(text)
    with (tracker.folder / "setup.log").open("w") as log:
        for arguments in (
            ["--action", "init", "--skip-create"],
            ["--action", "insert", "--datafile", str(HERE / "company.pl")],
        ):
            command = [DATABASE_SETUP, *arguments]
            subprocess.run(command, env=_environment(tracker), stdout=log, stderr=log, check=True, timeout=120)


@contextlib.contextmanager
def _serving(tracker: Tracker) -> Iterator[None]:
    options = [
        "--host",
        "127.0.0.1",
        "--port",
        str(tracker.port),
        "--server",
        "Starlet",
        "--max-workers",
        "2",
    ]
    with (tracker.folder / "server.log").open("w") as log:
        process = subprocess.Popen(
            [SERVER, *options], env=_environment(tracker), stdout=log, stderr=log, start_new_session=True
        )
    try:
        _wait_for(tracker, process)
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)  # the group that we started: the server and its workers
        process.wait(timeout=30)


def _wait_for(tracker: Tracker, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(requests.ConnectionError, AssertionError):
            tracker.act("ana", "GET", "rt")
            return
        time.sleep(0.2)
    log = (tracker.folder / "server.log").read_text()[-2000:]
    raise AssertionError(f"Request Tracker did not answer within {START_SECONDS} s: {log}")


def _environment(tracker: Tracker) -> dict[str, str]:
    return {
        **os.environ,
        "RT_SITE_CONFIG": str(tracker.folder / "RT_SiteConfig.pm"),
        "RT_SITE_CONFIG_DIR": os.devnull,  # the machine's own instance, if any, is left alone
        "TMPDIR": str(tracker.folder),
        "TZ": "UTC",
        "LD_PRELOAD": str(_faketime()),
        "FAKETIME_TIMESTAMP_FILE": str(tracker.clock),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",  # timeouts inside the server still run
    }


def _faketime() -> pathlib.Path | None:
    return next(pathlib.Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
