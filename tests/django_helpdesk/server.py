"""A private django-helpdesk in a process of its own, which lives at whatever moment a test says."""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

HERE = pathlib.Path(__file__).parent


class Application:
    """The running application: what somebody does in it, and the file of its database."""

    def __init__(self, folder: pathlib.Path, process: subprocess.Popen[str]) -> None:
        self.database = folder / "helpdesk.sqlite3"
        self._process = process

    def act(self, at: str, do: str, **how: Any) -> dict[str, Any]:
        """One act at a UTC moment of 2026, written 03-16 10:00."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"at": f"2026-{at}:00", "do": do, **how}) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise AssertionError(f"django-helpdesk ended at {do} {how}: {self._said()}")
        return json.loads(answer)

    def _said(self) -> str:
        assert self._process.stderr is not None
        return self._process.stderr.read()[-3000:]


@contextlib.contextmanager
def running(folder: pathlib.Path) -> Iterator[Application]:
    """A fresh application whose files are all below `folder`; ended at the end."""
    process = subprocess.Popen(
        [sys.executable, str(HERE / "application.py"), str(folder)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONHASHSEED": "0"},
    )  # fmt: skip
    try:
        yield Application(folder, process)
    finally:
        if process.stdin is not None:
            process.stdin.close()
        process.wait(timeout=60)
