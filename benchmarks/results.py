"""What a benchmark found, as a line that people read and as JSON."""

from __future__ import annotations

import dataclasses
from typing import Any


@dataclasses.dataclass(frozen=True, kw_only=True)
class Finding:
    """One way of doing one thing: what it cost, against what, and whether that is good enough."""

    benchmark: str
    way: str
    amount: int
    of: str
    cpu_seconds: float
    peak_mib: int | None = None
    against: str | None = None
    """The baseline, by its name."""
    times_faster: float | None = None
    share_of_memory: float | None = None
    bar: str | None = None
    is_met: bool | None = None
    """None where there is no bar, or where this size cannot tell."""

    @property
    def rate(self) -> float:
        """So many a second of CPU."""
        return self.amount / self.cpu_seconds if self.cpu_seconds else 0.0

    def line(self) -> str:
        """As `make bench` prints it."""
        told = f"  {self.way:<38} {self.rate:>12,.0f} {self.of}/s {self.cpu_seconds:>8.2f} s"
        told += f" {self.peak_mib:>6,} MiB" if self.peak_mib else " " * 11
        if self.times_faster is not None:
            told += f"  {self.times_faster:,.1f} times {self.against}"
        if self.share_of_memory is not None:
            told += f", {self.share_of_memory:.2f} of its memory"
        if self.bar:
            met = {True: "met", False: "NOT MET", None: "this size does not tell"}[self.is_met]
            told += f"  [{self.bar}: {met}]"
        return told

    def as_json(self) -> dict[str, Any]:
        """As a row of `--json`."""
        return dataclasses.asdict(self) | {"rate": round(self.rate, 1)}
