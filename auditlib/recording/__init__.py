"""A helpdesk's answers written down, masked: for tests of a source whose helpdesk nobody can be given.

`Recorder` stands between a source and its helpdesk and keeps each answer as it passes. What is written is a
folder of JSON files, each a list of answers with `path` and `body`, and if they matter `served_at` and
`following`; `Recorded` answers from it, as `auditlib.conformance.FromPages` does.
"""

from __future__ import annotations

import datetime
import json
import pathlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from auditlib.caselog.rows import moment
from auditlib.recording.masking import Mask
from auditlib.sources import Get, Page, SourceError

EACH = 50
"""Answers in one file."""


class NotRecorded(SourceError):
    """A request for which no page was written down: as good as not there."""


class Recorder:
    """Asks a helpdesk, and keeps what it answers, also where it refuses a stream."""

    def __init__(self, get: Get) -> None:
        self._get = get
        self.pages: list[Page] = []

    def __call__(
        self, path: str, params: Mapping[str, Any] | None = None, *, stream: str, body: Mapping[str, Any] | None = None
    ) -> Page:
        page = self._get(path, params, stream=stream, body=body)
        self.pages.append(page)
        return page


class Recorded:
    """Answers from a folder of pages: each path's pages one after the other, in the order of files and lists."""

    def __init__(self, folder: pathlib.Path) -> None:
        self._left: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for file in sorted(folder.glob("*.json")):
            for told in json.loads(file.read_text(encoding="utf-8")):
                self._left[told["path"]].append(told)
        if not self._left:
            raise SourceError(f"there are no pages in {folder}")

    def __call__(
        self, path: str, params: Mapping[str, Any] | None = None, *, stream: str, body: Mapping[str, Any] | None = None
    ) -> Page:
        bare = urlsplit(path).path
        if not self._left.get(bare):
            raise NotRecorded(f"{bare} is asked for more often than pages were written down for it", 404)
        told = self._left[bare].pop(0)
        return Page(
            stream=stream,
            url=f"{bare}?{urlencode(params, doseq=True)}" if params else path,
            body=json.dumps(told["body"]).encode(),
            served_at=moment(told["served_at"]) if told.get("served_at") else None,
            following=told.get("following"),
        )

    def left(self) -> list[str]:
        """The paths that nobody has asked for yet."""
        return [path for path, pages in self._left.items() if pages]


def write(pages: Iterable[Page], mask: Mask, folder: pathlib.Path) -> list[pathlib.Path]:
    """Writes answers, masked, into an empty folder; gives the files."""
    if folder.exists() and any(folder.iterdir()):
        raise SourceError(f"{folder} is not empty: what was recorded before would be mixed with what is recorded now")
    folder.mkdir(parents=True, exist_ok=True)
    told = [_told(page, mask) for page in pages]
    files = []
    for begin in range(0, len(told), EACH):
        path = folder / f"{begin // EACH + 1:03d}.json"
        path.write_text(json.dumps(told[begin : begin + EACH], indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        files.append(path)
    return files


def _told(page: Page, mask: Mask) -> dict[str, Any]:
    told: dict[str, Any] = {"path": mask.path(urlsplit(page.url).path)}
    if page.served_at is not None:
        told["served_at"] = _iso(page.served_at)
    if page.following:
        told["following"] = mask.link(page.following)
    return {**told, "body": mask.body(page)}


def _iso(at: int) -> str:
    return datetime.datetime.fromtimestamp(at, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
