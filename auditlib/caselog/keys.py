"""Surrogates: what the case log writes instead of a helpdesk's own ids.

A surrogate is a keyed hash, so the same ticket has the same surrogate in whatever order it
arrives; the register alone says what it stands for. Erasing a row of the register makes what
was built on it anonymous without making it unverifiable.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pandas as pd

NOBODY = 0


class Keys:
    """Surrogates of one store, remembering the ones that the register has to know."""

    def __init__(self, store_key: bytes) -> None:
        self.store_key = store_key
        self._known: dict[tuple[str, str, str], int] = {}

    def of(self, kind: str, source: str, id: str | None) -> int:
        """The surrogate of a ticket, person, group … or word; 0 for none."""
        if id is None or id == "":
            return NOBODY
        known = self._known.get((kind, source, id))
        if known is None:
            known = self._known[(kind, source, id)] = self.unregistered(kind, source, id)
        return known

    def unregistered(self, kind: str, source: str, id: str) -> int:
        """The surrogate of something that the register shall not know: it may not even exist."""
        digest = hashlib.blake2b(f"{kind}\0{source}\0{id}".encode(), key=self.store_key, digest_size=8).digest()
        return (int.from_bytes(digest, "big") >> 1) or 1

    def word(self, text: str | None) -> int:
        """The surrogate of a word, such as a priority or a tag: the same in every source."""
        return self.of("word", "", text)

    def register(self) -> pd.DataFrame:
        """All that were given since the last call, as rows of the register."""
        rows = pd.DataFrame(self._rows(), columns=["key", "kind", "source", "id"])
        self._known.clear()
        return rows

    def _rows(self) -> Iterator[tuple[int, str, str, str]]:
        for (kind, source, id), key in self._known.items():
            yield key, kind, source, id
