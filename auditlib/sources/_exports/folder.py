"""A folder asked like a helpdesk: what is in it, and bytes of its files."""

from __future__ import annotations

import gzip
import hashlib
import io
import pathlib
from collections.abc import Iterator, Mapping
from typing import IO, Any, cast

import msgspec

from auditlib.sources import Get, Page, SourceError

BUFFER = 1 << 20


class Folder:
    """Answers for one folder: `""` lists it, a name gives a file's bytes, `what = "sha256"` its checksum."""

    def __init__(self, path: pathlib.Path | str) -> None:
        self.root = pathlib.Path(path).resolve()
        if not self.root.is_dir():
            raise SourceError(
                f"there is no folder {path}; create it and put the exports there, or correct "
                'options = { folder = "…" } in audit.toml'
            )

    def __call__(
        self, path: str, params: Mapping[str, Any] | None = None, *, stream: str, body: Mapping[str, Any] | None = None
    ) -> Page:
        asked = params or {}
        if path == "":
            return Page(stream=stream, url="", body=msgspec.json.encode(list(self._files())))
        file = self._inside(path)
        if asked.get("what") == "sha256":
            with file.open("rb") as opened:
                digest = hashlib.file_digest(opened, "sha256").hexdigest()
            return Page(stream=stream, url=path, body=digest.encode())
        with file.open("rb") as opened:
            opened.seek(asked.get("offset", 0))
            return Page(stream=stream, url=path, body=opened.read(asked.get("length", -1)))

    def _files(self) -> Iterator[dict[str, Any]]:
        for file in sorted(self.root.rglob("*")):
            inside = file.relative_to(self.root)
            is_hidden = any(part.startswith((".", "~")) for part in inside.parts)
            if file.is_file() and not is_hidden and file.resolve().is_relative_to(self.root):
                yield {"name": inside.as_posix(), "size": file.stat().st_size}

    def _inside(self, path: str) -> pathlib.Path:
        file = (self.root / path).resolve()
        if not file.is_relative_to(self.root):
            raise SourceError(f"{path!r} leads out of the folder {self.root.name}; only files in it are read")
        if not file.is_file():
            raise SourceError(f"{path!r} is not in the folder {self.root.name} any more; fetch again")
        return file


def open_folder(path: pathlib.Path | str) -> Get:
    """How to ask a folder of exports, in the place of a helpdesk's connection."""
    return Folder(path)


def listed(get: Get) -> dict[str, int]:
    """The files of the folder with their sizes."""
    return {file["name"]: file["size"] for file in get("", stream="folder").json()}


def checksum(get: Get, name: str) -> str:
    """The SHA-256 of a file."""
    return get(name, {"what": "sha256"}, stream="folder").body.decode()


def opened(get: Get, name: str, size: int) -> IO[bytes]:
    """A file to read and seek in, a piece at a time; `.gz` is unpacked on the way."""
    raw = io.BufferedReader(_Pieces(get, name, size), BUFFER)
    return cast(IO[bytes], gzip.GzipFile(fileobj=raw)) if name.endswith(".gz") else raw


class _Pieces(io.RawIOBase):
    """A file whose bytes are asked for in pieces."""

    def __init__(self, get: Get, name: str, size: int) -> None:
        self.get, self.name, self.size, self.at = get, name, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self.at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self.at, io.SEEK_END: self.size}[whence]
        return self.at

    def readinto(self, buffer: Any) -> int:
        wanted = {"offset": self.at, "length": len(buffer)}
        piece = self.get(self.name, wanted, stream="file").body
        buffer[: len(piece)] = piece
        self.at += len(piece)
        return len(piece)
