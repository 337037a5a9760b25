"""The links between tickets of one bucket, as the timelines have them: who came back with which."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Links:
    """Pairs of an earlier and a later ticket (rows) of this bucket about one issue; at most one a later ticket."""

    ticket: np.ndarray
    """The earlier one, which failed the customer."""
    later: np.ndarray
    kind: np.ndarray
    """repeat (after a solve), parallel (while the earlier one was open) or forwarded (a call put through)."""
    is_competing_cause: np.ndarray
    """Whether an incident that many share brought them back."""
    solved_at: np.ndarray
    """The solve after which they came; NEVER while it was open."""
    came_back_at: np.ndarray
    issue: np.ndarray | None = None
    """Per ticket of the bucket the row of its issue's first ticket; None: each is an issue of its own."""

    def at(self, chosen: np.ndarray) -> Links:
        """These pairs only."""
        return Links(
            self.ticket[chosen],
            self.later[chosen],
            self.kind[chosen],
            self.is_competing_cause[chosen],
            self.solved_at[chosen],
            self.came_back_at[chosen],
            self.issue,
        )

    @classmethod
    def none(cls) -> Links:
        nothing = np.zeros(0, np.int64)
        return cls(nothing, nothing, np.zeros(0, object), np.zeros(0, bool), nothing, nothing)
