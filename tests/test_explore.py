"""`make explore`: the leaders' file in Datasette, read-only, with the questions as forms."""

import hashlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

import pytest

from auditlib import explore, pipeline
from auditlib.store import questions
from tests import shop


@pytest.fixture(scope="module")
def audited(tmp_path_factory):
    with shop.opened(tmp_path_factory.mktemp("explore") / "shop") as opened:
        opened.two_nights(signed_by="J. Doe")
        pipeline.write_leaders_file()
        yield opened


@pytest.fixture(scope="module")
def served(audited):
    """The address of a running explorer."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command, log = [sys.executable, "-m", "auditlib.explore", "--tickets"], audited.folder / "explore.log"
    with log.open("w") as said:  # a file: nobody has to read it for the server to go on
        running = subprocess.Popen(command, env={**os.environ, "PORT": str(port)}, stdout=said, stderr=said)
    address = f"http://127.0.0.1:{port}/"
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(address, timeout=5)
                break
            except urllib.error.URLError:
                assert running.poll() is None, log.read_text()
                time.sleep(0.1)
        assert f"leaders.db at {address} (read-only" in log.read_text()
        yield address
    finally:
        running.terminate()
        running.wait(20)


def asked(address, path, **values):
    """What the explorer answers as data, or the status with which it refuses."""
    query = urllib.parse.urlencode({"_shape": "objects", **values})
    try:
        with urllib.request.urlopen(f"{address}{path}.json?{query}", timeout=30) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code


def test_a_question_is_a_form_that_answers(served, audited):
    rows = asked(served, "leaders/how_did_last_week_go")["rows"]
    assert len(rows) == 8
    assert rows[0]["sentence"].startswith("Tickets created")
    signed = asked(served, "leaders/what_is_signed")["rows"]
    assert {row["period_start"]: row["signed_by"] for row in signed}["2026-03-02"] == "J. Doe"
    parts = asked(
        served, "leaders/why_did_it_change", metric="one_touch_rate", statistic="rate", period="week",
        period_start="2026-03-02", from_publication=1, to_publication=2,
    )["rows"]  # fmt: skip
    assert parts
    worst = asked(served, "audit/where_did_we_fail_one_customer_again")["rows"]
    assert [row["first_ticket"] for row in worst] == ["shop:1"]


def test_leaders_are_asked_nothing_about_tickets(served):
    assert asked(served, "leaders/where_did_we_fail_one_customer_again") == 404
    assert asked(served, "leaders/ticket_audit") == 404


def test_views_and_columns_say_what_they_are(served):
    with urllib.request.urlopen(f"{served}leaders/headlines", timeout=30) as answer:
        text = answer.read().decode()
    assert "plain sentence" in text
    assert "The value that was signed" in text


@pytest.mark.parametrize("database", ["leaders", "audit"])
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM figures",
        "UPDATE signature_log SET head = 'x'",
        "CREATE TABLE mine (n INT)",
        "WITH one AS (SELECT 1) DELETE FROM figures",
        "ATTACH DATABASE 'other.db' AS other",
    ],
)
def test_writes_fail(served, audited, database, statement):
    files = [audited.folder / name for name in ("leaders.db", "audit.db")]
    before = [hashlib.sha256(path.read_bytes()).hexdigest() for path in files]
    assert asked(served, database, sql="SELECT 1 AS one")["rows"] == [{"one": 1}]
    assert asked(served, database, sql=statement) == 400
    assert [hashlib.sha256(path.read_bytes()).hexdigest() for path in files] == before


def test_what_is_missing_is_named_with_what_makes_it(audited, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AUDITLIB_STORE", f"sqlite:///{tmp_path}/audit.db")
    with pytest.raises(explore.NothingThere, match=r"leaders\.db: the first published night writes it"):
        explore.found(with_tickets=False)


def test_every_question_is_asked_in_the_browser():
    told = explore.metadata(["leaders", "audit"])["databases"]
    assert set(told["audit"]["queries"]) == {each.name for each in questions.questions()}
    assert len(told["leaders"]["queries"]) == 7
