"""`auditlib sign`: what is open is said, what was signed is noticed if it changes."""

import json
import shutil
import sqlite3

import pytest

from tests.commands.conftest import Desk

WEEK = "2026-W42"


def changed(desk, statement):
    store = sqlite3.connect(desk.folder / "audit.db")
    with store:
        store.execute(statement)
    store.close()


def test_what_is_open_is_said_before_anything_is_signed(copied):
    refused = copied("sign", WEEK, "--by", "J. Doe")
    assert refused.exit_code == 1
    assert "was not signed" in refused.output
    assert copied.data("sign", "--verify") == {"signatures": 0, "broken": []}


def test_a_signature_keeps_what_was_open_and_covers_every_figure_of_its_period(copied):
    signed = copied.data("sign", WEEK, "--by", "J. Doe", "--comment", "seen", "--with-exceptions")
    store = sqlite3.connect(copied.folder / "audit.db")
    [(count,)] = store.execute(
        "SELECT COUNT(DISTINCT cell_id) FROM figures WHERE period = 'week' AND period_start = '2026-10-12'"
    )
    [(by, exceptions, figures)] = store.execute("SELECT signed_by, exceptions, figures FROM signatures")
    assert (by, figures) == ("J. Doe", count)
    assert count > 10
    assert json.loads(exceptions) == signed["exceptions"] != []
    assert copied.data("sign", "--verify", "--head", signed["head"])["broken"] == []


def test_a_changed_figure_a_changed_member_and_a_removed_signature_are_noticed(copied):
    head = copied.data("sign", WEEK, "--by", "J. Doe", "--with-exceptions")["head"]
    changed(copied, "UPDATE figures SET value = value + 1 WHERE period_start = '2026-10-12' AND value IS NOT NULL")
    told = copied("sign", "--verify", "--head", head)
    assert told.exit_code == 1
    assert "are not those that were signed" in told.output
    changed(copied, "UPDATE figures SET value = value - 1 WHERE period_start = '2026-10-12' AND value IS NOT NULL")
    changed(copied, "UPDATE figures SET members_hash = 'x' WHERE period_start = '2026-10-12'")
    assert copied("sign", "--verify", "--head", head).exit_code == 1
    changed(copied, "DELETE FROM signature_log")
    assert "a signature was removed" in copied("sign", "--verify", "--head", head).output


@pytest.mark.parametrize(
    ("tampering", "said"),
    [
        ("UPDATE figures SET {value} = {value} + 0.001", "not those that were signed"),
        ("UPDATE figures SET members_hash = 'x'", "not those that were signed"),
        ("DELETE FROM figures", "not those that were signed"),
        ("UPDATE reply_versions SET first_reply_business_minutes = 1", "the members of first_reply_business_minutes"),
        ("UPDATE ticket_versions SET exclusion_code = 'X1'", "the members of"),
        ("UPDATE ticket_versions SET created_at = '2026-09-01T08:00:00Z'", "the members of"),
        ("DELETE FROM ticket_versions", "the members of"),
        ("UPDATE ticket_versions SET customer = 'sandbox:1'", "do not follow from their members any more"),
        ("UPDATE figures SET period_end = '2026-10-31'", "not those that were signed"),
        ("UPDATE figures SET coverage = 1, ci_method = 'by heart'", "not those that were signed"),
        ("UPDATE restatement_parts SET reason = 'LATE_EVENT'", "not those that were signed"),
        ("UPDATE signature_log SET signed_by = 'Somebody Else'", "what is told of the signature is not"),
        ("UPDATE signature_log SET exceptions = '[]'", "what is told of the signature is not"),
        ("UPDATE signature_log SET head = 'x'", "the head that you kept"),
        ("DELETE FROM signature_log", "a signature was removed"),
    ],
)
def test_each_kind_of_tampering_is_noticed(signed, tampering, said, tmp_path):
    was, head = signed
    desk = Desk(shutil.copytree(was.folder, tmp_path / "copy"), was.connection)
    where = " WHERE period = 'week' AND period_start = '2026-10-12'" if " figures" in tampering else ""
    changed(desk, tampering.format(value="value") + where)
    told = desk("sign", "--verify", "--head", head)
    assert (told.exit_code, said in told.output) == (1, True), told.output


@pytest.fixture(scope="module")
def signed(audited, tmp_path_factory):
    """A signed desk, with the head that somebody keeps."""
    folder = tmp_path_factory.mktemp("signed") / "copy"
    shutil.copytree(audited[0].folder, folder)
    desk = Desk(folder, audited[0].connection)
    head = desk.data("sign", WEEK, "--by", "J. Doe", "--with-exceptions")["head"]
    assert desk.data("sign", "--verify", "--head", head)["broken"] == []
    return desk, head


def test_signatures_are_chained(copied):
    first = copied.data("sign", WEEK, "--by", "J. Doe", "--with-exceptions")
    second = copied.data("sign", "2026-W41", "--by", "J. Doe", "--with-exceptions")
    assert second["previous_head"] == first["head"] != second["head"]
    changed(copied, "UPDATE signature_log SET head = 'x' WHERE signature = 1")
    assert copied("sign", "--verify").exit_code == 1


def test_a_period_that_is_not_over_or_not_there_is_refused(copied):
    for period, said in (("2026-W44", "not over yet"), ("2019-W01", "nothing to sign"), ("W43", "is no period")):
        told = copied("sign", period, "--by", "J. Doe")
        assert told.exit_code == 1, told.output
        assert said in told.output
    assert copied("sign").exit_code == 2


def test_findings_come_from_audit_toml_and_overdue_ones_are_open(copied):
    finding = """
[[finding]]
title = "Nobody answers on Sundays"
criteria = "Nine in ten within a day"
condition = "Nine in ten within two"
owner = "operations"
due = 2026-10-01
"""
    copied.config.write_text(copied.config.read_text() + finding)
    assert copied("run", "--as-of", "2026-10-26").exit_code == 0
    store = sqlite3.connect(copied.folder / "audit.db")
    assert store.execute("SELECT title, state FROM findings").fetchall() == [("Nobody answers on Sundays", "overdue")]
    assert any("overdue since" in line for line in copied.data("sign", WEEK, "--by", "J. Doe")["exceptions"])
    signed = copied("sign", WEEK, "--by", "J. Doe", "--with-exceptions")
    assert "finding: Nobody answers on Sundays" in signed.output
    for line in ("criteria     Nine in ten within a day", "owner        operations", "due          2026-10-01"):
        assert line in signed.output
    assert f"that are over, signed: {WEEK};" in (copied.folder / "page.html").read_text()
    leaders = sqlite3.connect(copied.folder / "leaders.db")
    signed_weeks = "SELECT DISTINCT period_start FROM scorecard WHERE is_signed AND period = 'week'"
    assert leaders.execute(signed_weeks).fetchall() == [("2026-10-12",)]
