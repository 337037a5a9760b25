"""The world as two files, tickets and events: the shape in which other systems export."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from auditlib.sandbox.answer_key import answers_for
from auditlib.sandbox.build import chunks
from auditlib.sandbox.company import Company
from auditlib.sandbox.instants import iso
from auditlib.sandbox.rows import event_rows, ticket_row

MOMENT = pa.timestamp("ms", tz="UTC")
TICKETS = pa.schema(
    [
        ("ticket", pa.string()), ("created_at", MOMENT), ("requester", pa.string()),
        ("requester_email", pa.string()), ("organization", pa.string()), ("channel", pa.string()),
        ("subject", pa.string()), ("status", pa.string()), ("priority", pa.string()), ("group", pa.string()),
        ("assignee", pa.string()), ("topic", pa.string()), ("language", pa.string()), ("tier", pa.string()),
        ("region", pa.string()), ("follow_up_of", pa.string()), ("merged_into", pa.string()),
        ("tags", pa.list_(pa.string())),
    ]
)  # fmt: skip
EVENTS = pa.schema(
    [
        ("ticket", pa.string()), ("seq", pa.int32()), ("occurred_at", MOMENT), ("kind", pa.string()),
        ("actor", pa.string()), ("actor_class", pa.string()), ("is_public", pa.bool_()), ("old", pa.string()),
        ("new", pa.string()), ("body", pa.string()),
    ]
)  # fmt: skip


def write_files(company: Company, seed: int, tickets: int, folder: Path, kind: str = "parquet") -> int:
    """Writes tickets, events and the answer key; tells how many tickets. Memory holds one piece at a time."""
    folder.mkdir(parents=True, exist_ok=True)
    made = WRITERS[kind]
    outputs = made(folder / f"tickets.{kind}", TICKETS), made(folder / f"events.{kind}", EVENTS)
    count = 0
    with (folder / "answer_key.jsonl").open("wb") as key, _collecting_between_pieces() as collect:
        for _, plans in chunks(company, seed, tickets):
            outputs[0].write([ticket_row(company, plan) for plan in plans])
            outputs[1].write([row for plan in plans for row in event_rows(company, plan)])
            write_answers(answers_for(plans, company.end), key)
            count += len(plans)
            collect()
    for output in outputs:
        output.close()
    return count


@contextmanager
def _collecting_between_pieces() -> Iterator[Callable[[], int]]:
    """Garbage waits for the end of a piece: looking for it among a million live objects doubles the time."""
    gc.disable()
    try:
        yield gc.collect
    finally:
        gc.enable()


def write_answers(answers: Iterable[dict[str, Any]], file: Any) -> None:
    """The answer key as JSON Lines."""
    for answer in answers:
        file.write(msgspec.json.encode(answer) + b"\n")


def _table(rows: list[tuple[Any, ...]], schema: pa.Schema) -> pa.Table:
    columns: list[Any] = list(zip(*rows, strict=True)) or [[] for _ in schema]
    arrays = []
    for field, column in zip(schema, columns, strict=True):
        if field.type == MOMENT:
            arrays.append(pa.array([at * 1000 for at in column], pa.int64()).cast(MOMENT))
        else:
            arrays.append(pa.array(column, field.type))
    return pa.Table.from_arrays(arrays, schema=schema)


class _Parquet:
    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self.schema = schema
        self.file = pyarrow.parquet.ParquetWriter(path, schema, compression="zstd")

    def write(self, rows: list[tuple[Any, ...]]) -> None:
        self.file.write_table(_table(rows, self.schema))

    def close(self) -> None:
        self.file.close()


class _JsonLines:
    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self.names = schema.names
        self.moment = next(i for i, f in enumerate(schema) if f.type == MOMENT)
        self.file = path.open("wb")

    def write(self, rows: list[tuple[Any, ...]]) -> None:
        for row in rows:
            told = dict(zip(self.names, row, strict=True))
            told[self.names[self.moment]] = iso(row[self.moment])
            self.file.write(msgspec.json.encode(told) + b"\n")

    def close(self) -> None:
        self.file.close()


class _Csv:
    """CSV, with the tags of a ticket joined by semicolons."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self.moment = next(i for i, f in enumerate(schema) if f.type == MOMENT)
        flat = [pa.field(f.name, pa.string() if f.type in (MOMENT, pa.list_(pa.string())) else f.type) for f in schema]
        self.schema = pa.schema(flat)
        self.file = pyarrow.csv.CSVWriter(path, self.schema)

    def write(self, rows: list[tuple[Any, ...]]) -> None:
        self.file.write_table(_table([self._flat(row) for row in rows], self.schema))

    def _flat(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        values = [";".join(v) if isinstance(v, list) else v for v in row]
        values[self.moment] = iso(row[self.moment])
        return tuple(values)

    def close(self) -> None:
        self.file.close()


WRITERS: dict[str, Any] = {"parquet": _Parquet, "jsonl": _JsonLines, "csv": _Csv}
