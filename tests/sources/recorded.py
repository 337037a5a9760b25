"""Pages written down, in the place of a helpdesk: for sources that have no flavour, and for shapes that none shows.

A folder `pages/<kind>` holds one JSON file a chunk: a list of pages, each with its `stream`, the `url` that
it answered, and its `body`. They are written by us in the form that the vendor documents; no customer's
word is in them. The file's name is the chunk's stream.
"""

from __future__ import annotations

import json
import pathlib
from types import ModuleType
from typing import Any

import pytest

from auditlib.sources import Chunk, Page, load
from tests.sources.conformance import Reading

FOLDER = pathlib.Path(__file__).parent / "pages"


def recorded(kind: str, folder: pathlib.Path = FOLDER) -> list[Chunk]:
    """The chunks of one kind's folder, in the order of their names."""
    files = sorted((folder / kind).glob("*.json"))
    return [
        Chunk(stream=file.stem, pages=[_page(told) for told in json.loads(file.read_text())], cursor={})
        for file in files
    ]


def _page(told: dict[str, Any]) -> Page:
    return Page(stream=told["stream"], url=told["url"], body=json.dumps(told["body"]).encode())


class FromPages(Reading):
    """What is asked of a source that has only pages: set `kind`, and give the fixture `settings`."""

    kind: str
    folder = FOLDER

    @pytest.fixture(scope="class")
    @classmethod
    def module(cls) -> ModuleType:
        return load(cls.kind)

    @pytest.fixture(scope="class")
    @classmethod
    def chunks(cls) -> list[Chunk]:
        found = recorded(cls.kind, cls.folder)
        assert found, f"there are no pages in {cls.folder / cls.kind}"
        return found
