"""What all figures of a run rest on."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Basis:
    """Days, sources, and what audit.toml says of figures."""

    as_of: datetime.date
    """The local day on which the audited time ends (its midnight)."""
    mature_until: datetime.date
    loaded_since: datetime.date
    sources: tuple[str, ...]
    missing: tuple[str, ...]
    min_n: int
    is_loaded: bool = True
    """Whether all months are loaded that audit.toml asks for. Until then nobody knows what else stands."""
    untold: Mapping[str, str] = field(default_factory=dict)
    """Metric → why it is not measured: what none of the sources tells."""
    breakdowns: Sequence[tuple[str, ...]] = ()
    segments: Sequence[str] = ()
    targets: Sequence[Any] = field(default=())
    hidden: Mapping[str, frozenset[tuple[str, ...]]] = field(default_factory=dict)
    """Metric → cells (period, period_start, segment, breakdown, its value, second one, its value) that an earlier
    publication hid: these are the first to be hidden beside a small one, or two publications would tell
    together what neither tells."""
    kept: Mapping[str, frozenset[tuple[str, ...]]] = field(default_factory=dict)
    """Metric → cells that are hidden in what is published now."""
    decided: Mapping[str, np.ndarray] | None = None
    """week, month, day → first days of the periods of which all figures are computed, so that what is hidden of them
    is decided anew; elsewhere it stays as it is published. None for all."""
    only: Mapping[str, np.ndarray] | None = None
    """week, month, day → first days of the periods to be computed; None for all."""

    def is_kept(self, period: str, start: str) -> bool:
        """Whether what is hidden of a period is not decided anew."""
        return self.decided is not None and np.datetime64(start, "D") not in self.decided[period]
