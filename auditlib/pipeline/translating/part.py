"""One landed part on its way into the case log: its rows, and what holds while it is taken in."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from auditlib.caselog import text
from auditlib.caselog.batch import Batch
from auditlib.caselog.keys import Keys
from auditlib.pipeline.tombstones import Tombstones
from auditlib.sources import Settings
from auditlib.store.engine import Connection


@dataclass
class Part:
    """A part's rows, the transaction that takes them in, and all that its rows are read by."""

    c: Connection
    run: int
    number: int
    batch: Batch
    settings: Settings
    keys: Keys
    secret: bytes
    """The store's own, under which what names somebody is kept."""
    erased: Tombstones
    last_looked: int
    """The moment until which the source was known before this run."""
    is_backfill: bool

    @property
    def source(self) -> str:
        return self.settings.name

    def key(self, kind: str, id: str | None) -> int:
        """The surrogate of something of this source; 0 for nothing."""
        return self.keys.of(kind, self.source, id)

    def person(self, id: str | None) -> int:
        return self.key("person", id)

    def ticket(self, id: str | None) -> int:
        return self.key("ticket", id)

    def told(self, kind: type) -> Sequence[Any]:
        """Its rows of a type that is neither a ticket nor an event."""
        return self.batch.others.get(kind, ())

    @functools.cached_property
    def own_words(self) -> Callable[[str], str]:
        """What of a message its writer wrote; the same message is read once a part."""
        return functools.cache(text.strip)
