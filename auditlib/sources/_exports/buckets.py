"""Records of any order as whole tickets, in as much memory as one bucket takes.

Each record goes into the bucket of its ticket, a temporary file; then the buckets are read one by
one. So neither file needs to be sorted, and a file larger than memory is only read once.
"""

from __future__ import annotations

import pathlib
import zlib
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any

import msgspec

BUCKET = 16 << 20
"""Bytes of the files that make one bucket."""
HELD = 32 << 20
"""Bytes that wait in memory before they are written to the buckets."""
MOST = 4096

Whole = dict[str, list[msgspec.Raw]]
"""The lines of one ticket by stream."""

_ENCODER = msgspec.json.Encoder(enc_hook=str)
_DECODER = msgspec.json.Decoder(tuple[str | None, str, msgspec.Raw])


class Buckets:
    """Temporary files in a folder, as many as records of `size` bytes need."""

    def __init__(self, folder: pathlib.Path, size: int) -> None:
        self.folder = folder
        self.count = min(MOST, size // BUCKET + 1)
        self.waiting: dict[int, list[bytes]] = defaultdict(list)
        self.held = 0

    def add(self, ticket: str | None, stream: str, line: Any) -> None:
        """Puts a record to those of its ticket."""
        packed = _ENCODER.encode((ticket, stream, line)) + b"\n"
        self.waiting[zlib.crc32((ticket or "").encode()) % self.count].append(packed)
        self.held += len(packed)
        if self.held > HELD and self.count > 1:
            self._write()

    def tickets(self, most: int) -> Iterator[list[Whole]]:
        """At most so many whole tickets at a time; records without a ticket come like one ticket's."""
        for bucket in range(self.count):
            found: dict[str | None, Whole] = {}
            for ticket, stream, line in _DECODER.decode_lines(self._read(bucket)):
                found.setdefault(ticket, defaultdict(list))[stream].append(line.copy())
            whole = iter(found.values())
            while some := list(islice(whole, most)):
                yield some

    def _write(self) -> None:
        for bucket, lines in self.waiting.items():
            with self._file(bucket).open("ab") as file:
                file.writelines(lines)
        self.waiting.clear()
        self.held = 0

    def _read(self, bucket: int) -> bytes:
        file = self._file(bucket)
        written = file.read_bytes() if file.exists() else b""
        file.unlink(missing_ok=True)
        return written + b"".join(self.waiting.pop(bucket, ()))

    def _file(self, bucket: int) -> pathlib.Path:
        return self.folder / f"{bucket:04d}.jsonl"
