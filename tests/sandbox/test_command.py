"""The command writes files that read back as documented, and pages as the API gives them."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.csv
import pyarrow.parquet
import pytest
from click.testing import CliRunner

from auditlib.sandbox import answers, world
from auditlib.sandbox.command import sandbox
from auditlib.sandbox.files import EVENTS, TICKETS

KINDS = {
    "created", "message", "status", "assignee", "group", "priority", "tag", "topic", "sla_applied",
    "rating_offered", "rating", "merged_into", "deleted",
}  # fmt: skip
CLASSES = {"customer", "customer_side", "agent", "bot", "automation", "system"}
STATUSES = {"new", "open", "pending_customer", "on_hold", "solved", "closed", "deleted"}


def generated(folder: Path, *options: str) -> Path:
    told = CliRunner().invoke(sandbox, ["generate", "--to", str(folder), *options])
    assert told.exit_code == 0, told.output
    return folder


def test_two_parquet_files_as_documented(tmp_path: Path) -> None:
    folder = generated(tmp_path, "--tickets", "600", "--seed", "4")
    tickets = pyarrow.parquet.read_table(folder / "tickets.parquet")
    events = pyarrow.parquet.read_table(folder / "events.parquet")
    assert tickets.schema.equals(TICKETS)
    assert events.schema.equals(EVENTS)
    assert set(events["kind"].to_pylist()) >= KINDS
    assert set(events["actor_class"].to_pylist()) == CLASSES
    assert set(tickets["status"].to_pylist()) <= STATUSES
    assert set(tickets["ticket"].to_pylist()) == set(events["ticket"].to_pylist())


def test_the_same_seed_writes_the_same_bytes_and_the_same_answers(tmp_path: Path) -> None:
    first = generated(tmp_path / "a", "--tickets", "200")
    second = generated(tmp_path / "b", "--tickets", "200")
    for name in ("tickets.parquet", "events.parquet", "answer_key.jsonl"):
        assert (first / name).read_bytes() == (second / name).read_bytes()
    told = [json.loads(line) for line in (first / "answer_key.jsonl").read_text("utf-8").splitlines()]
    assert told == answers(world(tickets=200))


def test_events_tell_the_final_status_of_their_ticket(tmp_path: Path) -> None:
    folder = generated(tmp_path, "--tickets", "300", "--file-type", "jsonl")
    rows = [json.loads(line) for line in (folder / "events.jsonl").read_text("utf-8").splitlines()]
    last: dict[str, str] = {}
    for row in rows:
        if row["kind"] in ("created", "status", "deleted", "restored"):
            last[row["ticket"]] = row["new"]
    tickets = [json.loads(line) for line in (folder / "tickets.jsonl").read_text("utf-8").splitlines()]
    assert last == {t["ticket"]: t["status"] for t in tickets}
    assert all(t["created_at"].endswith("Z") for t in tickets)


def test_csv_reads_back(tmp_path: Path) -> None:
    folder = generated(tmp_path, "--tickets", "100", "--file-type", "csv")
    events = pyarrow.csv.read_csv(
        folder / "events.csv", parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True)
    )
    assert events.column_names == EVENTS.names


def test_raw_pages_hold_every_ticket_and_its_audits(tmp_path: Path) -> None:
    folder = generated(tmp_path, "--tickets", "150", "--format", "zendesk")
    page = json.loads((folder / "incremental_tickets_cursor" / "000001.json").read_text("utf-8"))
    assert page["end_of_stream"]
    audited = set()
    for line in (folder / "tickets_audits" / "000001.jsonl").read_text("utf-8").splitlines():
        audited.add(json.loads(line)["audits"][0]["ticket_id"])
    assert audited == {t["id"] for t in page["tickets"] if t["status"] != "deleted"}


@pytest.mark.parametrize("words", [["--help"], ["serve", "--help"], ["generate", "--help"]])
def test_help_shows_an_example(words: list[str]) -> None:
    told = CliRunner().invoke(sandbox, words)
    assert told.exit_code == 0
    assert "auditlib sandbox" in told.output


def test_a_moment_that_is_none_is_refused() -> None:
    told = CliRunner().invoke(sandbox, ["serve", "--now", "tomorrow"])
    assert told.exit_code == 2
    assert "2026-03-29T01:00:00Z" in told.output
