"""The records of one CSV, JSON Lines or Parquet file, one by one, whatever is wrong with single ones."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping
from typing import IO, Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet

from auditlib.sources import Get, SourceError
from auditlib.sources._exports.folder import opened
from auditlib.sources._exports.lines import Line

LONGEST = 16 << 20
"""Characters of a cell, bytes of a line: what is longer is a file out of joint, not a message."""
BATCH = 4096
DELIMITERS = ",;\t|"
BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
UNDECODED = re.compile("[\udc80-\udcff]")

Options = Mapping[str, Any]


def records(get: Get, name: str, size: int, options: Options) -> Iterator[Line]:
    """Each record of a file with its row; a bad one says why and does not stop the others."""
    if size == 0:
        raise SourceError(f"{name} is empty; export it again, or remove it from the folder")
    bare = name.removesuffix(".gz").lower()
    with opened(get, name, size) as file:
        if bare.endswith(".parquet"):
            yield from _parquet(file, name)
        elif bare.endswith((".jsonl", ".ndjson")):
            yield from _json_lines(file)
        else:
            yield from _csv(file, name, options)


def _parquet(file: IO[bytes], name: str) -> Iterator[Line]:
    try:
        table = pyarrow.parquet.ParquetFile(file)
    except pa.ArrowException as error:
        raise SourceError(f"{name} is not a whole Parquet file ({error}); export it again") from None
    row = 0
    for batch in table.iter_batches(batch_size=BATCH):
        columns = [_plain(column).to_pylist() for column in batch.columns]
        for values in zip(*columns, strict=True):
            row += 1
            yield Line(row, dict(zip(batch.schema.names, values, strict=True)))


def _plain(column: pa.Array) -> pa.Array:
    """Moments as ISO text, with a zone only if the file has one; dictionaries unpacked."""
    if pa.types.is_dictionary(column.type):
        return _plain(column.dictionary_decode())
    return pc.cast(column, pa.string()) if pa.types.is_temporal(column.type) else column


def _json_lines(file: IO[bytes]) -> Iterator[Line]:
    row = 0
    while raw := file.readline(LONGEST):
        row += 1
        if raw.strip():
            yield _json_line(row, raw.removeprefix(codecs.BOM_UTF8))


def _json_line(row: int, raw: bytes) -> Line:
    try:
        record = msgspec.json.decode(raw)
    except UnicodeDecodeError:
        return Line(row, None, "wrong_encoding", "bytes that are not UTF-8; JSON Lines are written in UTF-8")
    except msgspec.DecodeError:
        return Line(row, None, "malformed_line", "no whole JSON; one object on each line would be right")
    if not isinstance(record, dict):
        return Line(row, None, "malformed_line", "JSON, but no object with a name for each value")
    return Line(row, record)


def _csv(file: IO[bytes], name: str, options: Options) -> Iterator[Line]:
    csv.field_size_limit(LONGEST)
    text = io.TextIOWrapper(file, _encoding(file, name, options), errors="surrogateescape", newline="")
    first = text.readline(LONGEST)
    delimiter = options.get("delimiter") or max(DELIMITERS, key=first.count)
    header = next(csv.reader([first], delimiter=delimiter), [])
    names = [cell.strip() for cell in header]
    if doubled := {column for column in names if column and names.count(column) > 1}:
        raise SourceError(f"{name} has two columns named {sorted(doubled)[0]!r}; rename one of them")
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    while True:
        before = reader.line_num
        try:
            values = next(reader, None)
        except csv.Error as error:
            yield _torn(name, before + 2, str(error))
            continue
        if values is None:
            return
        if values:
            yield _record(before + 2, names, values)


def _encoding(file: IO[bytes], name: str, options: Options) -> str:
    start = file.read(4)
    file.seek(0)
    found = next((encoding for bom, encoding in BOMS.items() if start.startswith(bom)), None)
    wanted = found or options.get("encoding", "utf-8")
    try:
        return codecs.lookup(wanted).name
    except LookupError:
        raise SourceError(f"encoding = {wanted!r} in audit.toml is unknown; utf-8 and latin-1 are known") from None


def _torn(name: str, row: int, error: str) -> Line:
    if "unexpected end" in error or "field limit" in error:
        raise SourceError(
            f"{name}, row {row}: a quotation mark is opened and never closed, so the rest of the file cannot "
            "be told apart; export it again"
        )
    return Line(row, None, "malformed_row", "quotation marks inside a cell; they must be doubled")


def _record(row: int, names: list[str], values: list[str]) -> Line:
    if len(values) != len(names):
        detail = f"{len(values)} cells; {len(names)} would be right, as in the first row"
        return Line(row, None, "wrong_number_of_cells", detail)
    if UNDECODED.search("".join(values)):
        column = next(name for name, value in zip(names, values, strict=True) if UNDECODED.search(value))
        detail = f'column {column!r} is not in UTF-8; options = {{ encoding = "latin-1" }} may be right'
        return Line(row, None, "wrong_encoding", detail)
    return Line(row, dict(zip(names, values, strict=True)))
