"""Pages that were written down, in the place of a helpdesk."""

from __future__ import annotations

import pathlib
from collections.abc import Sequence
from types import ModuleType
from typing import ClassVar

import pytest

from auditlib.conformance.reading import Reading
from auditlib.recording import NotRecorded, Recorded
from auditlib.sources import Chunk, Settings, Window, load

__all__ = ["FromPages", "NotRecorded", "Recorded"]


class FromPages(Reading):
    """A source over pages that were written down: set `kind`, `here` and `pages`, and `sources` outside the package."""

    kind: ClassVar[str]
    here: ClassVar[Settings]
    pages: ClassVar[pathlib.Path]
    """A folder of JSON files, each a list of answers: `path`, `body`, and if they matter `served_at`, `following`."""
    sources: ClassVar[Sequence[str]] = ()
    """Folders of sources of one's own, as `[extend] sources` names them."""

    @pytest.fixture(scope="class")
    @classmethod
    def module(cls) -> ModuleType:
        return load(cls.kind, cls.sources)

    @pytest.fixture(scope="class")
    @classmethod
    def settings(cls) -> Settings:
        return cls.here

    @pytest.fixture(scope="class")
    @classmethod
    def chunks(cls, module: ModuleType) -> list[Chunk]:
        return list(module.fetch(Recorded(cls.pages), {}, Window("live", cls.here.since), cls.here))

    def test_only_a_complete_collection_says_until_when(self, chunks: list[Chunk]) -> None:
        *before, last = chunks
        assert last.complete_until is not None
        assert all(chunk.complete_until is None for chunk in before)

    def test_every_page_that_was_written_down_is_asked_for(self, module: ModuleType) -> None:
        get = Recorded(self.pages)
        list(module.fetch(get, {}, Window("live", self.here.since), self.here))
        assert get.left() == []
