"""A metric is added, or changed, by one file: its whole history is measured, and leaders find it."""

from __future__ import annotations

import pathlib

import pytest

from auditlib import metrics
from tests.pipeline.conftest import SECOND, THIRD
from tests.pipeline.house import House

FILE = '''"""
# {title}

How often the customer wrote.
"""

import datetime

from auditlib.metric import Figure, Metric

METRIC = Metric(
    title="{title}",
    leg="process",
    unit="count",
    columns={{"{column}": {{}}}},
    sentences={{"{column}": "How often the customer wrote, {title}."}},
    figures=(
        Figure(name="{column}_rate", column="{column}", statistics=("rate",), title="{title}", better="lower"),
    ),
    date_basis="created",
    attributed_at="created",
    version="{version}",
    owner="company",
    checked_by="company",
    review_by=datetime.date(2027, 1, 1),
)


def value(t):
    return t.count(t.by_customer & t.is_message) + {more}
'''


def add(house: House, family: str, name: str, version: str = "1.0.0", more: int = 0) -> None:
    """Puts a metric's file into the company's own folder, which audit.toml names."""
    folder = house.folder / "company" / "metrics" / family
    folder.mkdir(parents=True, exist_ok=True)
    text = FILE.format(title=name.replace("_", " "), column=name, version=version, more=more)
    (folder / f"{name}.py").write_text(text)
    house.more = '[extend]\nmetrics = ["company/metrics"]\n'
    house.write_config()


@pytest.fixture(scope="module")
def with_metrics(second_night: House, tmp_path_factory: pytest.TempPathFactory) -> House:
    """One metric in a family of its own, one in a family of the package; then the first changes its version."""
    house = second_night.copy(tmp_path_factory.mktemp("metrics") / "house")
    house.set_clocks(SECOND)
    add(house, "nagging", "messages_written")
    add(house, "reply", "words_before_reply")
    house.again(SECOND)
    add(house, "nagging", "messages_written", version="2.0.0", more=1)
    house.night(THIRD)
    return house


NO_HISTORY = "SELECT ticket_key FROM tickets WHERE to_run IS NULL AND NOT has_history"
"""Deleted tickets whose past the helpdesk no longer tells have no measures."""


def test_its_family_is_a_task_without_anything_being_imported(with_metrics: House) -> None:
    families = metrics.families([str(with_metrics.folder / "company" / "metrics")])
    assert families["nagging"] == ["messages_written"]
    assert {"words_before_reply", "first_reply"} <= set(families["reply"])


def test_its_whole_history_is_measured_the_first_night(with_metrics: House) -> None:
    tickets = with_metrics.rows("SELECT ticket_key FROM ticket_versions WHERE from_run <= 2").ticket_key
    measured = with_metrics.rows("SELECT * FROM nagging_versions WHERE from_run = 3")
    assert set(measured.ticket_key) == set(tickets)
    told = ~measured.ticket_key.isin(with_metrics.rows(NO_HISTORY).ticket_key)
    assert told.sum() > 80
    assert measured.messages_written[told].notna().all()
    assert measured.causes.str.contains("DEFINITION_CHANGE").all()


def test_a_family_of_the_package_takes_it_in(with_metrics: House) -> None:
    rows = with_metrics.rows(f"SELECT * FROM reply_versions WHERE to_run IS NULL AND ticket_key NOT IN ({NO_HISTORY})")
    assert rows.words_before_reply.notna().all()
    earlier = with_metrics.rows("SELECT * FROM reply_versions WHERE from_run < 3 AND to_run = 3")
    assert len(earlier) > 50
    assert earlier.words_before_reply.isna().all()


def test_a_changed_version_measures_everything_anew_and_says_why(with_metrics: House) -> None:
    before = with_metrics.rows("SELECT ticket_key, messages_written AS n FROM nagging_versions WHERE from_run = 3")
    after = with_metrics.rows("SELECT ticket_key, messages_written AS n, causes FROM nagging_versions WHERE from_run=4")
    both = before.merge(after, on="ticket_key", suffixes=("", "_now"))
    assert len(both) > 80
    unchanged_since = ~both.causes.str.contains("LATE_EVENT|SOURCE_EDIT|SOURCE_DELETE|NEW_TICKET")
    assert (both.n_now - both.n)[unchanged_since].eq(1).all()
    assert after.causes.str.contains("DEFINITION_CHANGE").all()


def test_leaders_find_it_beside_the_others(with_metrics: House) -> None:
    seen = with_metrics.rows("SELECT messages_written, words_before_reply, first_reply_minutes FROM ticket_audit")
    assert seen.messages_written.notna().sum() > 80
    assert (seen.messages_written - 1 == seen.words_before_reply)[seen.messages_written.notna()].all()
    figures = with_metrics.rows("SELECT * FROM scorecard WHERE metric = 'messages_written_rate'")
    assert len(figures) > 10
    assert set(figures.definition_version) == {"2.0.0"}
    named = with_metrics.rows("SELECT * FROM definitions WHERE metric = 'messages_written_rate'")
    assert named.owner.tolist() == ["company"]


def test_a_metric_that_is_taken_away_leaves_the_past_as_it_was(with_metrics: House, tmp_path: pathlib.Path) -> None:
    house = with_metrics.copy(tmp_path / "house")
    before = house.table("nagging_versions")
    house.more = ""
    house.write_config()
    assert house.again(THIRD)["missing_sources"] == []
    assert "messages_written" not in house.table("ticket_audit")
    assert house.table("nagging_versions").equals(before)
