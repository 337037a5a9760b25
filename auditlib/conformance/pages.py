"""Pages that were written down, in the place of a helpdesk."""

from __future__ import annotations

import json
import pathlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any, ClassVar
from urllib.parse import urlencode

import pytest

from auditlib.caselog.rows import moment
from auditlib.conformance.reading import Reading
from auditlib.sources import Chunk, Page, Settings, SourceError, Window, load


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


class NotRecorded(SourceError):
    """A request for which no page was written down."""

    status = 404


class Recorded:
    """Answers from a folder of pages: each path's pages one after the other, in the order of files and lists."""

    def __init__(self, folder: pathlib.Path) -> None:
        self._left: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for file in sorted(folder.glob("*.json")):
            for told in json.loads(file.read_text()):
                self._left[told["path"]].append(told)
        if not self._left:
            raise SourceError(f"there are no pages in {folder}")

    def __call__(
        self, path: str, params: Mapping[str, Any] | None = None, *, stream: str, body: Mapping[str, Any] | None = None
    ) -> Page:
        bare = path.partition("?")[0]
        if not self._left.get(bare):
            raise NotRecorded(f"{bare} is asked for more often than pages were written down for it")
        told = self._left[bare].pop(0)
        return Page(
            stream=stream,
            url=f"{bare}?{urlencode(params)}" if params else path,
            body=json.dumps(told["body"]).encode(),
            served_at=moment(told["served_at"]) if told.get("served_at") else None,
            following=told.get("following"),
        )

    def left(self) -> list[str]:
        """The paths that nobody has asked for yet."""
        return [path for path, pages in self._left.items() if pages]
