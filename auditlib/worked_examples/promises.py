"""What an agent promises in an example: read by the same grammar as any agent's words."""

from __future__ import annotations

from auditlib.caselog.phrases import PACKS
from auditlib.caselog.promises import Promises
from auditlib.caselog.words import Marker
from auditlib.metric import MetricError

ENGLISH = Promises(PACKS["en"])


def promised(words: str) -> tuple[Marker, int]:
    """The marker of `promises: by Friday` or `promises: soon`, and the number under which its due is kept."""
    found = list(ENGLISH.found(f"we will reply {words.lower()}."))
    if not found:
        raise MetricError(f"an example promises {words!r}; write by Friday, within 24 hours, soon …")
    marker, _, due = found[0]
    return marker, due.code if due else 0
