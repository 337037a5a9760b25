"""Records as they are landed: one JSON line each, with the row that it stood in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

Cells = dict[str, Any]


class Line(msgspec.Struct, array_like=True, gc=False):
    """One record of a file, or the reason why there is none."""

    row: int
    """As a spreadsheet or an editor counts: the first line of a file is 1."""
    cells: Cells | None
    """By the file's own column names."""
    code: str = ""
    detail: str = ""


_ENCODER = msgspec.json.Encoder(enc_hook=str)
_DECODER = msgspec.json.Decoder(Line)


def encoded(line: Line) -> bytes:
    """A line of a landed page."""
    return _ENCODER.encode(line) + b"\n"


def decoded(body: bytes) -> Iterable[Line]:
    """The lines of a landed page."""
    return _DECODER.decode_lines(body)
