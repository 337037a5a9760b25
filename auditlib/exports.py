"""Rows of a view as a file that people open elsewhere: CSV, Parquet or XLSX.

Customers choose some of the words in these rows, and a spreadsheet takes a cell that begins with
an equals sign for a formula. In CSV such text gets an apostrophe in front, which spreadsheets
hide; workbooks and Parquet hold text as text. Numbers stay numbers in all three.
"""

from __future__ import annotations

import csv
import os
import pathlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

Batches = Callable[[], Iterable[Sequence[Sequence[Any]]]]
"""Gives the rows anew each time that it is called, so many at a time."""

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
LONGEST_CELL = 32_767
MOST_ROWS = 1_048_575
"""Rows that a worksheet holds beneath its head."""


class ExportError(Exception):
    """A file that cannot be written as asked; the message says what can."""


def write(path: pathlib.Path, columns: Sequence[str], batches: Batches) -> int:
    """Writes all rows to a file of the kind that its name ends in; gives how many.

    The file is there when it is whole: it is written beside its place and moved.
    """
    ways = {".csv": _csv, ".parquet": _parquet, ".xlsx": _xlsx}
    if path.suffix.lower() not in ways:
        raise ExportError(f"{path.name!r} names no kind of file; it can end in {', '.join(ways)}")
    if not path.parent.is_dir():
        raise ExportError(f"there is no folder {str(path.parent)!r} to write {path.name} into; make it first")
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        count = ways[path.suffix.lower()](unfinished, columns, batches)
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
    return count


def harmless(value: Any) -> Any:
    """A value as a CSV cell: text that a spreadsheet would take for a formula gets an apostrophe."""
    if isinstance(value, str) and value.startswith(DANGEROUS):
        return f"'{value}"
    return value


def _csv(path: pathlib.Path, columns: Sequence[str], batches: Batches) -> int:
    count = 0
    # The mark at the beginning tells spreadsheets that it is UTF-8.
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for rows in batches():
            writer.writerows([harmless(value) for value in row] for row in rows)
            count += len(rows)
    return count


def _parquet(path: pathlib.Path, columns: Sequence[str], batches: Batches) -> int:
    schema = pa.schema([(name, pa.null()) for name in columns])
    for table in _tables(columns, batches):
        # A column may hold nothing in one batch and numbers in the next.
        schema = pa.unify_schemas([schema, table.schema], promote_options="permissive")
    count = 0
    with pq.ParquetWriter(path, schema) as writer:
        for table in _tables(columns, batches):
            writer.write_table(table.cast(schema))
            count += table.num_rows
    return count


def _tables(columns: Sequence[str], batches: Batches) -> Iterator[pa.Table]:
    for rows in batches():
        held = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
        yield pa.table([pa.array(values) for values in held], names=list(columns))


def _xlsx(path: pathlib.Path, columns: Sequence[str], batches: Batches) -> int:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    count = 0
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet, head = book.add_worksheet(), book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        for place, name in enumerate(columns):
            sheet.write_string(0, place, name, head)
        for rows in batches():
            if count + len(rows) > MOST_ROWS:
                raise ExportError(f"a worksheet holds {MOST_ROWS:,} rows and there are more; write .csv or .parquet")
            for row in rows:
                count += 1
                for place, value in enumerate(row):
                    _cell(sheet, count, place, value)
    return count


def _cell(sheet: Any, row: int, place: int, value: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, place, value)
    else:
        sheet.write_string(row, place, str(value)[:LONGEST_CELL])
