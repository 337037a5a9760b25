"""Nights by hand: what they publish, what they refuse, what they resume, how they end."""

import json
import pathlib
import sqlite3
from collections.abc import Callable

import pytest
from click.testing import Result

from auditlib import pipeline
from tests.commands.conftest import MORNING, NIGHTS, Desk

NEVER_RIGHT = '''"""
# Never right

It breaks its own rule.

## Example: one

| ticket | when             | who      | what   |
| ------ | ---------------- | -------- | ------ |
| T1     | 2026-03-02 09:00 | customer | writes |

| value: ticket | never_right |
| ------------- | ----------- |
| T1            | 1           |
"""

import datetime

import numpy as np

from auditlib.metric import Metric

METRIC = Metric(
    title="Never right", leg="process", unit="count", columns={"never_right": {}}, figures=(),
    date_basis="created", attributed_at="reply", owner="x", checked_by="x", review_by=datetime.date(2027, 5, 1),
    expectations=(
        {
            "id": "NEVER-001",
            "type": "expect_column_values_to_be_between",
            "kwargs": {"column": "never_right", "max_value": 0},
            "severity": "critical",
            "notes": "It is never right.",
        },
    ),
)


def value(t):
    return np.ones(t.n)
'''


def test_a_night_tells_each_step_with_counts_and_what_it_published(audited: tuple[Desk, list[Result]]) -> None:
    said = audited[1][1]
    (published,) = json.loads(said.stdout)
    assert published["publication"] == 2
    assert published["sources"] == ["sandbox"]
    for step in (
        "collect sandbox:",
        "translate sandbox:",
        "gate sandbox: passed",
        "link:",
        "measure reply:",
        "figures:",
    ):
        assert step in said.stderr


def test_runs_are_listed_the_newest_first(cli: Desk) -> None:
    rows = cli.data("runs")
    assert [(row["run"], row["day"], row["state"]) for row in rows] == [
        (2, "2026-10-25", "published"),
        (1, "2026-10-24", "published"),
    ]
    assert [row["run"] for row in cli.data("runs", "--limit", "1")] == [2]
    assert "2026-10-25" in cli("runs").stdout


def test_a_dry_run_says_what_would_be_fetched_and_measured(cli: Desk) -> None:
    (plan,) = cli.data("run", "--dry-run", "--as-of", "2026-10-27")
    assert plan["kind"] == "night"
    assert "what changed since 2026-10-26T01:29:00Z" in plan["sources"]["sandbox"]
    assert plan["measured"]["windows_that_close"] > 0
    assert len(cli.data("runs")) == 2


def test_a_dry_run_of_a_past_night_says_that_it_is_read_from_what_is_known(cli: Desk) -> None:
    plans = cli.data("run", "--dry-run", "--as-of", NIGHTS[0], "--nights", "2")
    assert [plan["kind"] for plan in plans] == ["reconstruction", "replay"]
    assert "nothing" in plans[1]["sources"]["sandbox"]


def test_a_dry_run_before_the_first_night_makes_no_store(fresh: Desk) -> None:
    (plan,) = fresh.data("run", "--dry-run", "--as-of", "2026-10-27")
    assert "tickets changed since 2026-09-21" in plan["sources"]["sandbox"]
    assert plan["measured"]["tickets"] == "every ticket"
    assert not (fresh.folder / "audit.db").exists()


@pytest.mark.parametrize(
    ("words", "right"),
    [
        (("--as-of", "tomorrow"), "write the day that it begins, such as 2026-11-21"),
        (("--as-of", "2026-10-27T02:00:00+01:00"), "is no midnight in Europe/Berlin"),
        (("--source", "zendesk"), "it has sandbox"),
        (("--nights", "0"), "x>=1"),
    ],
)
def test_wrong_use_says_what_would_be_right(cli: Desk, words: tuple[str, ...], right: str) -> None:
    said = cli("run", *words)
    assert said.exit_code == 2
    assert right in said.stderr
    assert "Traceback" not in said.output


def test_a_midnight_may_be_written_with_its_time_and_zone(cli: Desk) -> None:
    (plan,) = cli.data("run", "--dry-run", "--as-of", "2026-10-26T23:00:00Z")
    assert plan["as_of"] == "2026-10-26T23:00:00Z"


def test_a_source_that_fails_is_missing_and_the_night_is_published_without_it(
    copied: Desk, within: Callable[[Desk], None]
) -> None:
    copied.connection = None
    said = copied("run", "--nights", "2", "--as-of", NIGHTS[1])
    assert said.exit_code == 3, said.output
    assert "replay as of 2026-10-24T22:00:00Z" in said.stdout
    assert "Without sandbox. First command: auditlib check --night" in said.stdout
    stuck = copied("check", "--night")
    assert stuck.exit_code == 3, stuck.output
    assert "AIRFLOW_CONN_SANDBOX is not set" in stuck.stdout
    assert "First command: auditlib connect zendesk --name sandbox" in stuck.stdout
    assert "without sandbox" in copied("status", "--now", MORNING).stdout
    within(copied)
    newest = copied.data("runs")[0]["run"]
    alert = pipeline.alert(newest, "source_missing")
    assert alert is not None
    assert alert["subject"] == "The audit of 2026-10-25 is published without sandbox"
    assert "First command: auditlib connect zendesk --name sandbox" in alert["body"]
    assert "Leaders see publication 4" in alert["body"]
    assert pipeline.alert(newest, "source_missing") is None, "one alert of a kind a run"


def test_a_source_that_is_left_out_is_missing_too(copied: Desk) -> None:
    block = copied.config.read_text().split("[[source]]")[1].split("[clock]")[0]
    copied.change("[clock]", "[[source]]" + block.replace('name = "sandbox"', 'name = "second"') + "[clock]")
    said = copied("run", "--as-of", NIGHTS[1], "--source", "sandbox", "--json")
    assert said.exit_code == 3, said.output
    assert json.loads(said.stdout)[0]["missing_sources"] == ["second"]
    assert "left out by --source" in copied("check", "--night").stdout


def test_a_gate_that_refuses_ends_with_one_and_leaders_keep_what_they_had(
    copied: Desk, within: Callable[[Desk], None]
) -> None:
    own = copied.folder / "own" / "oddities"
    own.mkdir(parents=True)
    (own / "never_right.py").write_text(NEVER_RIGHT)
    copied.change('# metrics = ["company/metrics"]', 'metrics = ["own"]')
    said = copied("run", "--as-of", "2026-10-27")
    assert said.exit_code == 1, said.output
    assert "oddities were refused" in said.stderr
    assert "First command: auditlib check --night" in said.stderr
    stuck = copied("check", "--night")
    assert stuck.exit_code == 1
    assert "NEVER-001" in stuck.stdout
    status = copied("status", "--now", MORNING)
    assert status.exit_code == 0
    assert "Leaders see publication 2" in status.stdout
    assert "is refused" in status.stdout
    within(copied)
    alert = pipeline.alert(3, "failed")
    assert alert is not None
    assert alert["subject"] == "The audit of 2026-10-26 was refused by a gate"
    assert "Leaders see publication 2: everything up to the end of 2026-10-25, 1 day old." in alert["body"]


def test_a_night_that_fails_says_where_in_the_code_and_quotes_nobody(copied: Desk) -> None:
    folder = copied.folder / "own"
    assert copied("new", "metric", "half_done", "--family", "oddities", "--to", str(folder)).exit_code == 0
    copied.change('# metrics = ["company/metrics"]', 'metrics = ["own"]')
    said = copied("run", "--as-of", "2026-10-27")
    assert said.exit_code == 4, said.output
    assert "NotImplementedError" in said.stderr
    assert "auditlib/pipeline/measuring.py, line" in said.stderr
    assert "Traceback" not in said.output
    stuck = copied("check", "--night")
    assert stuck.exit_code == 4
    assert "First command: auditlib run --as-of 2026-10-27" in stuck.stdout
    (plan,) = copied.data("run", "--dry-run", "--as-of", "2026-10-27")
    assert plan["resumes"] == 3


def test_an_exclusion_of_a_ticket_that_does_not_exist_stops_the_run(copied: Desk) -> None:
    copied.change("[alerts]", '[[exclude]]\nticket = "sandbox:90211"\nwhy = "a test"\nby = "j.doe"\n\n[alerts]')
    said = copied("run", "--as-of", NIGHTS[1])
    assert said.exit_code == 2, said.output
    assert f"audit.toml:{copied.line_of('90211')}: " in said.stderr
    assert copied.data("runs", "--limit", "1")[0]["state"] == "failed"


def test_a_night_that_is_late_says_what_it_waits_for(copied: Desk, within: Callable[[Desk], None]) -> None:
    within(copied)
    run = pipeline.begin("2026-10-26")
    alert = pipeline.alert(run, "late")
    assert alert is not None
    assert alert["subject"] == "The audit of 2026-10-26 is not published in time"
    assert "sandbox is waiting" in alert["body"]
    assert "First command: auditlib check --night" in alert["body"]


def test_what_was_never_published_is_said_in_the_alert(fresh: Desk, within: Callable[[Desk], None]) -> None:
    within(fresh)
    run = pipeline.begin("2026-10-26")
    pipeline.mark_failed(run, "collect.sandbox: it broke")
    alert = pipeline.alert(run, "failed")
    assert alert is not None
    assert "collect.sandbox: it broke" in alert["body"]
    assert "Nothing was ever published" in alert["body"]
    assert fresh("status").exit_code == 5
    with sqlite3.connect(fresh.folder / "audit.db") as store:
        assert store.execute("SELECT kind FROM alerts").fetchall() == [("failed",)]


def test_when_no_source_was_ever_read_the_night_is_refused_and_can_be_resumed(fresh: Desk) -> None:
    said = fresh("run", "--as-of", "2026-10-27")
    assert said.exit_code == 1
    assert "no source could be read" in said.stderr
    (plan,) = fresh.data("run", "--dry-run", "--as-of", "2026-10-27")
    assert plan["resumes"] == 1
    assert fresh.data("runs")[0]["state"] == "failed"


def test_the_page_is_written_and_its_place_is_said(copied: Desk) -> None:
    told = copied.data("page")
    assert told["as_of"] == "2026-10-25T23:00:00Z"
    assert pathlib.Path(told["page"]).read_text().lstrip().startswith("<!")


def test_a_past_week_has_a_page_of_its_own_and_other_periods_are_refused(copied: Desk) -> None:
    told = copied.data("page", "--period", "2026-W42")
    assert pathlib.Path(told["page"]).name == "page-2026-W42.html"
    page = pathlib.Path(told["page"]).read_text()
    assert "the week of 12 to 18 October 2026" in page
    assert "auditlib sign 2026-W42" in page
    assert "19 to 25 October 2026" not in page.split("<footer>")[0]
    for period, why in (("2026-10", "is a month"), ("2026-W44", "not over"), ("soon", "is no period")):
        said = copied("page", "--period", period)
        assert said.exit_code == 2
        assert why in said.stderr


def test_a_signed_week_says_who_signed_it_and_what_was_open(copied: Desk) -> None:
    assert copied("sign", "2026-W43", "--by", "J. <b>Doe</b>", "--with-exceptions").exit_code == 0
    page = pathlib.Path(copied.data("page")["page"]).read_text()
    assert "Signed by <b>J. &lt;b&gt;Doe&lt;/b&gt;</b>" in page
    assert "Open when it was signed:" in page
    assert "Nobody has signed" not in page


def test_there_is_no_page_before_a_publication(fresh: Desk) -> None:
    assert fresh("page").exit_code == 2
