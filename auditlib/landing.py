"""Raw pages in and out of a folder or a bucket: untouched, compressed, checksummed.

A part is a ZIP file that any tool opens: the pages as they came, in order, and `pages.json`
with the path that each answered. The same pages give the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

import fsspec

from auditlib.sources import Page, SourceError

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest moment a ZIP file knows: parts carry no clock of ours


@dataclass(frozen=True)
class Landed:
    """Where a part lies and how to tell that it is whole."""

    path: str
    sha256: str
    pages: int
    bytes: int


class Landing:
    """A folder or bucket (`landing` in audit.toml: a path, s3://, gs://, abfs://)."""

    def __init__(self, url: str) -> None:
        self._files, self._root = fsspec.core.url_to_fs(url)

    def put(self, path: str, pages: Sequence[Page]) -> Landed:
        """Stores a part; a part with this path is replaced, whole or not at all."""
        packed = _pack(pages)
        full = f"{self._root}/{path}"
        self._files.makedirs(full.rsplit("/", 1)[0], exist_ok=True)
        self._files.pipe_file(f"{full}.partial", packed)
        self._files.mv(f"{full}.partial", full)
        return Landed(path, hashlib.sha256(packed).hexdigest(), len(pages), len(packed))

    def get(self, landed: Landed) -> list[Page]:
        """The pages of a part; one that is missing or was altered is refused."""
        try:
            packed = self._files.cat_file(f"{self._root}/{landed.path}")
        except FileNotFoundError:
            raise SourceError(
                f"the landed part {landed.path} is missing; run `auditlib check --night` to see what to fetch again"
            ) from None
        if hashlib.sha256(packed).hexdigest() != landed.sha256:
            raise SourceError(f"the landed part {landed.path} was altered since it was fetched; it is not read")
        return _unpack(packed)

    def remove(self, path: str) -> None:
        """Removes a part that has expired; one that is gone already is fine."""
        full = f"{self._root}/{path}"
        if self._files.exists(full):
            self._files.rm_file(full)


def _pack(pages: Sequence[Page]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        listed = [{"stream": p.stream, "url": p.url, "served_at": p.served_at} for p in pages]
        _add(archive, "pages.json", json.dumps(listed, ensure_ascii=False, indent=0).encode())
        for number, page in enumerate(pages):
            _add(archive, f"{number:06d}-{page.stream}", page.body)
    return packed.getvalue()


def _add(archive: zipfile.ZipFile, name: str, body: bytes) -> None:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, body)


def _unpack(packed: bytes) -> list[Page]:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        listed = json.loads(archive.read("pages.json"))
        return [
            Page(
                stream=p["stream"],
                url=p["url"],
                served_at=p["served_at"],
                body=archive.read(f"{n:06d}-{p['stream']}"),
            )
            for n, p in enumerate(listed)
        ]
