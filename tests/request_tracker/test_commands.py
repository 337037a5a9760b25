"""What an operator does first, at a real Request Tracker: `auditlib connect`, and `auditlib record` for tests."""

from __future__ import annotations

import json
import pathlib

import pytest
from click.testing import CliRunner

from auditlib import config
from auditlib.commands.connect import connect
from auditlib.commands.record import record
from auditlib.recording import Recorded
from auditlib.sources import Window, request_tracker
from tests.request_tracker.conftest import SINCE, configured, connection
from tests.request_tracker.server import Tracker

AUDIT = """
[audit]
name = "Request Tracker"
time_zone = "Europe/London"

[[source]]
name = "rt"
kind = "request_tracker"
connection = "rt"
since = 2026-01-01
statuses = { "awaiting parts" = "on_hold" }
agreements.Iron = { response = { real_minutes = 90, ignore_on_statuses = ["on_hold"] } }
"""


@pytest.fixture
def desk(
    tracker: Tracker, tickets: dict[str, str], tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> pathlib.Path:
    """The folder of a company that has only begun to write its audit.toml."""
    (tmp_path / "audit.toml").write_text(AUDIT)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AUDITLIB_CONFIG", raising=False)
    monkeypatch.setenv("AIRFLOW_CONN_RT", json.dumps(connection(tracker)))
    return tmp_path


def test_connect_asks_once_a_stream_and_prints_the_agreements_to_fill_in(desk: pathlib.Path) -> None:
    said = CliRunner().invoke(connect, ["request_tracker", "--name", "rt", "--json"])
    assert said.exit_code == 0, said.output
    told = json.loads(said.stdout)
    assert set(told["streams"].values()) == {"ok"}
    assert told["first_load"]["requests"] > 20
    block = told["audit_toml"]
    assert 'agreements."Iron" = { response = { real_minutes = 90, ignore_on_statuses = ["on_hold"] } }' in block
    assert '# agreements."Gold" = ' in block
    filled_in = block.replace('# agreements."Gold"', 'agreements."Gold"')
    (desk / "filled_in.toml").write_text(f'[audit]\nname = "Acme"\ntime_zone = "Europe/Berlin"\n\n{filled_in}')
    source = config.load(desk / "filled_in.toml").source("rt")
    assert set(source.agreements) == {"Iron", "Gold"}
    assert source.agreements["Iron"] == config.load(desk / "audit.toml").source("rt").agreements["Iron"]
    measured = {row["metric"]: row["measured"] for row in told["metrics"]}
    assert measured["due_dates"] == measured["attainment"] == "yes"


def test_a_recording_tells_the_same_tickets_without_a_word_of_anybody(desk: pathlib.Path) -> None:
    said = CliRunner().invoke(record, ["request_tracker", "--name", "rt", "--to", "pages"])
    assert said.exit_code == 0, said.output
    pages = [json.loads(path.read_text("utf-8")) for path in (desk / "pages").glob("*.json")]
    written = json.dumps(pages, ensure_ascii=False)
    assert not [word for word in ("kunde.example", "Zoë", "Rechnung", "Łukasz") if word in written]
    assert all(word in written for word in ("Gold", "Nobody", "RT_System", "stalled", "fsck.com-rt://"))
    settings = configured(fields={}, options={})
    chunks = request_tracker.fetch(Recorded(desk / "pages"), {}, Window("live", SINCE), settings)
    kinds = {getattr(row, "kind", "") for chunk in chunks for row in request_tracker.read(chunk.pages, settings)}
    assert {"sla_applied", "due", "merged_into", "deleted", "restored", "assignee"} <= kinds
