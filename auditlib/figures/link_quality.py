"""How often links are right, by pairs that people judged.

Pairs to judge are taken as evenly over the layers as they go, so that rare layers are judged too. The share
over all links weighs each layer by how many links it has (a stratified sample, Cochran 1977); its interval is
Wilson's at the number of pairs that a plain sample would need for the same variance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from auditlib.figures.intervals import wilson

ENOUGH = 200
"""So many pairs are judged before what people say stands instead of what was simulated; or all that there are."""


@dataclass(frozen=True)
class Quality:
    """Of how many links, how many were judged, and which share of all is right, with its interval."""

    links: int
    judged: int
    share: float
    low: float
    high: float

    @property
    def is_enough(self) -> bool:
        return self.judged >= min(ENOUGH, self.links) > 0


def quality(links: Mapping[str, int], judged: Mapping[str, tuple[int, int]]) -> Quality | None:
    """The share of right links by layer → how many links, and layer → (judged, right); None if nothing was judged.

    Layers of which nothing was judged are left out of the share, and of its weights.
    """
    told = {layer: judged[layer] for layer in links if judged.get(layer, (0, 0))[0]}
    n, whole = sum(count for count, _ in told.values()), sum(links[layer] for layer in told)
    if not n or not whole:
        return None
    weights = {layer: links[layer] / whole for layer in told}
    share = sum(weights[layer] * right / count for layer, (count, right) in told.items())
    # A layer of which everybody said the same has no variance of its own: Laplace's share stands for it there.
    spread = sum(
        weights[layer] ** 2 * ((right + 1) / (count + 2)) * ((count - right + 1) / (count + 2)) / count
        for layer, (count, right) in told.items()
    )
    low, high = wilson(share, min(n, share * (1 - share) / spread) if 0 < share < 1 else n)
    return Quality(sum(links.values()), n, share, float(low), float(high))
