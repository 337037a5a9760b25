"""How often links between tickets are right: simulated, until people have judged enough pairs of their own."""

from __future__ import annotations

from typing import Any

from auditlib.episodes import RULE_VERSION, SIMULATED
from auditlib.figures.link_quality import ENOUGH, quality
from auditlib.pages import numbers
from auditlib.store import judged, showing


def links(c: Any) -> dict[str, Any]:
    """Sentences about how right links are, and whether they are simulated."""
    there = showing.counts(c, "repeat_links", "layer", kind="repeat")
    said = judged.counts(c, RULE_VERSION)
    found = quality(there, said)
    if found is None or not found.is_enough:
        told = (
            f"How often links are right is simulated: of those of our invented customers {_share(SIMULATED.right)} are "
            f"right within a week, and {_share(SIMULATED.found)} of the returns are found; a second question under the "
            "same topic is what errs most."
        )
        so_far = f" {numbers.plural(found.judged, 'pair was', 'pairs were')} judged so far." if found else ""
        asks = f"auditlib try came_back --pairs {min(ENOUGH, found.links if found else ENOUGH)}"
        return {"is_simulated": True, "told": told + so_far, "asks": asks}
    layers = [
        f"{layer} {right} of {count}" for layer, (count, right) in sorted(said.items()) if layer in there and count
    ]
    told = (
        f"Of {numbers.plural(found.judged, 'linked pair')} that people read here, weighed by how many links there are "
        f"of each kind, {_share(found.share)} are about one issue (95 % interval: {_share(found.low)} to "
        f"{_share(found.high)}): {', '.join(layers)}. How many returns the links miss is not known."
    )
    return {"is_simulated": False, "told": told, "asks": None}


def _share(share: float) -> str:
    return f"{100 * share:.1f} %"
