"""Customers who came back about the same issue, by the links between tickets."""

from __future__ import annotations

import numpy as np

from auditlib.span import NEVER
from auditlib.timelines.events import Events


class ComingBack(Events):
    """What the links to later tickets say of the earlier ones."""

    def followed_solve_at(self, window_seconds: int) -> np.ndarray:
        """Per ticket the first solve after which the customer came back about it within the window; else NEVER."""
        links = self.links
        soon = links.came_back_at - links.solved_at <= window_seconds
        found = np.full(self.n, NEVER)
        np.minimum.at(found, links.ticket[soon], links.solved_at[soon])
        return found
