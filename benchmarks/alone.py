"""Work measured in a process of its own, so that its peak of memory is its own and no import is counted."""

from __future__ import annotations

import contextlib
import dataclasses
import importlib
import json
import pathlib
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

ROOT = pathlib.Path(__file__).parents[1]


@dataclasses.dataclass(frozen=True)
class Cost:
    """CPU seconds of the work, the process's peak of memory, and what the work gave."""

    cpu_seconds: float
    peak_mib: int
    answer: Any


def alone(work: Callable[..., Callable[[], Any]], *arguments: Any) -> Cost:
    """The cost of `work(*arguments)()`: preparing counts for memory only, doing counts for both."""
    name = f"{work.__module__}:{work.__qualname__}"
    command = [sys.executable, "-m", "benchmarks.alone", name, json.dumps(arguments, default=str)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{name} failed:\n{done.stderr[-3000:]}")
    return Cost(**json.loads(done.stdout.splitlines()[-1]))


def cpu_seconds(work: Callable[[], Any]) -> float:
    """The CPU seconds that the work takes in this very process."""
    before = time.process_time()
    work()
    return time.process_time() - before


def peak_mib() -> int:
    """The most memory that this process ever had."""
    status = pathlib.Path("/proc/self/status")
    if status.exists():
        # Linux lets a child inherit its parent's peak in getrusage; this one is its own.
        [line] = [line for line in status.read_text().splitlines() if line.startswith("VmHWM")]
        return int(line.split()[1]) // 1024
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit


def forget_peak() -> None:
    """From here on the peak is that of what comes now, where the machine can forget it."""
    with contextlib.suppress(OSError):
        pathlib.Path("/proc/self/clear_refs").write_text("5")


def _main(name: str, arguments: str) -> None:
    module, _, function = name.partition(":")
    work = getattr(importlib.import_module(module), function)(*json.loads(arguments))
    before = time.process_time()
    answer = work()
    spent = time.process_time() - before
    print(json.dumps({"cpu_seconds": spent, "peak_mib": peak_mib(), "answer": answer}))


if __name__ == "__main__":
    _main(*sys.argv[1:])
