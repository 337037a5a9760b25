"""What is read, from where, and what DAG files learn."""

from __future__ import annotations

import dataclasses
import datetime
import pathlib
import re
import subprocess
import sys

import pytest

from auditlib import config
from auditlib.config import ConfigError, lines
from auditlib.config.keys import TABLES
from tests.config import EXAMPLE, ROOT, written


def test_the_example_is_read_as_it_is_written(company: pathlib.Path) -> None:
    read = config.load(written(company, EXAMPLE))
    assert read.audit == config.Audit(
        name="Larch Outdoor support", time_zone="Europe/Berlin", schedule="30 2 * * *",
        publish_by=datetime.time(7, 30), store=f"sqlite:///{company}/audit.db",
        landing=f"{company}/landing", landing_days=45,
    )  # fmt: skip
    assert read.repeat == config.Repeat(window_days=7, topic_window_days={"billing": 30}, customer_is="person")
    assert read.teams == (
        config.Team(
            name="Billing",
            groups=("zendesk:Billing L1", "jira:SUP-Billing"),
            since=datetime.date(2025, 2, 1),
            until=None,
        ),
    )
    assert read.segments == (config.Segment(name="premium", when={"tier": ("premium",)}),)
    assert read.targets == (
        config.Target(
            metric="first_reply_business_minutes", segment="premium", team=None, statistic="p90", at_most=45,
            at_least=None, since=datetime.date(2026, 2, 1),
        ),
    )  # fmt: skip
    assert read.figures.breakdowns == (("team",), ("channel",), ("segment",), ("team", "channel"))
    assert (read.figures.agents, read.figures.min_n) == (False, 12)
    assert read.exclusions == (
        config.Exclusion(
            ticket=None, when={"tag": ("test", "training")}, kind="internal", why="QA traffic", by="j.doe"
        ),
        config.Exclusion(ticket="zendesk:90210", when={}, kind="internal", why="Load test", by="j.doe"),
    )
    assert read.alerts == config.Alerts(page="pagerduty_default", inform="slack_default")


def test_a_source_is_read_into_the_settings_that_helpdesks_get(company: pathlib.Path) -> None:
    zendesk, jira = config.load(written(company, EXAMPLE)).sources
    midnight_in_berlin = datetime.datetime.fromisoformat("2025-02-01T00:00:00+01:00")
    assert zendesk.since == midnight_in_berlin.timestamp()
    assert zendesk.scope == {"groups": ("Support", "Billing")}
    assert zendesk.statuses == {"Waiting on vendor": "on_hold"}
    assert (zendesk.connection, zendesk.max_share_of_rate_limit, zendesk.paused) == ("zendesk", 0.25, None)
    assert (jira.connection, jira.max_share_of_rate_limit, jira.paused) == ("", 0.3, "moves in March")
    assert jira.options == {"folder": f"{company}/exports", "page_size": 50}


def test_a_source_is_found_by_its_name(company: pathlib.Path) -> None:
    assert config.load(written(company, EXAMPLE)).source("jira").paused == "moves in March"


def test_what_is_left_out_has_its_default(company: pathlib.Path) -> None:
    audit, source = (
        EXAMPLE.split("schedule")[0],
        EXAMPLE[EXAMPLE.index("[[source]]") : EXAMPLE.index("scope")],
    )
    extend = EXAMPLE[EXAMPLE.index("[extend]") :]
    read = config.load(written(company, audit + source + extend))
    assert (read.audit.schedule, read.audit.publish_by) == ("0 2 * * *", datetime.time(7))
    assert (read.audit.store, read.audit.landing_days) == (f"sqlite:///{company}/audit.db", 30)
    assert read.clock == config.ClockRules(schedule_mode="cumulative", business={}, holidays={}, promised={})
    assert (read.repeat.window_days, read.figures.min_n, read.figures.agents) == (7, 10, False)
    assert ("segment",) in read.figures.breakdowns
    assert (read.teams, read.exclusions, read.alerts.page) == ((), (), None)


def test_a_team_may_change_its_groups_from_a_day_on(company: pathlib.Path) -> None:
    later = '[[team]]\nname = "Billing"\ngroups = ["zendesk:Billing L1"]\nsince = 2026-01-01\n\n[[segment]]'
    text = EXAMPLE.replace("since = 2025-02-01\n\n[[segment]]", f"until = 2026-01-01\n\n{later}")
    assert [team.since for team in config.load(written(company, text)).teams] == [
        None,
        datetime.date(2026, 1, 1),
    ]


def test_a_target_may_follow_another(company: pathlib.Path) -> None:
    target = EXAMPLE[EXAMPLE.index("[[target]]") : EXAMPLE.index("[figures]")]
    later = target.replace("2026-02-01", "2026-03-01").replace("45", "30")
    assert [one.at_most for one in config.load(written(company, EXAMPLE + later)).targets] == [45, 30]


def test_paths_are_relative_to_the_file_and_not_to_the_working_directory(
    company: pathlib.Path, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(company, EXAMPLE)
    monkeypatch.chdir(tmp_path)
    read = config.load(path)
    assert read.extend.metrics == (f"{company}/company/metrics",)
    assert read.clock.holidays == {"*": "DE-BE", "jira": f"{company}/closed.csv"}
    assert read.folder == company


@pytest.mark.parametrize(
    "landing", ["s3://bucket/landing", "gs://bucket/landing", "abfs://box/landing", "/mnt/landing"]
)
def test_a_bucket_and_an_absolute_folder_stay_as_they_are(company: pathlib.Path, landing: str) -> None:
    path = written(company, EXAMPLE.replace('"landing"', f'"{landing}"'))
    assert config.load(path).audit.landing == landing


def test_auditlib_config_names_another_file(company: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(company, EXAMPLE)
    monkeypatch.setenv("AUDITLIB_CONFIG", str(path))
    assert config.load().path == path
    assert config.source_names() == ["zendesk", "jira"]


@pytest.mark.parametrize(
    ("address", "store"),
    [
        ("postgresql+psycopg://audit@db/audit", "postgresql+psycopg://audit@db/audit"),
        ("sqlite:////var/audit.db", "sqlite:////var/audit.db"),
        ("sqlite:///tonight.db", "sqlite:///{company}/tonight.db"),
    ],
)
def test_auditlib_store_overrides_the_store(
    company: pathlib.Path, monkeypatch: pytest.MonkeyPatch, address: str, store: str
) -> None:
    monkeypatch.setenv("AUDITLIB_STORE", address)
    assert config.load(written(company, EXAMPLE)).audit.store == store.format(company=company)


def test_a_configuration_shows_no_password(company: pathlib.Path) -> None:
    path = written(company, EXAMPLE.replace("sqlite:///audit.db", "postgresql+psycopg://me:hunter2@db/audit"))
    assert "hunter2" not in repr(config.load(path))


def test_the_configuration_cannot_be_changed_by_whoever_reads_it(company: pathlib.Path) -> None:
    read = config.load(written(company, EXAMPLE))
    with pytest.raises(dataclasses.FrozenInstanceError):
        read.audit.name = "another"  # type: ignore[misc]


def test_a_mark_that_windows_editors_write_does_no_harm(company: pathlib.Path) -> None:
    path = written(company, "\ufeff" + EXAMPLE.replace("\n", "\r\n"))
    assert config.load(path).line_of("repeat", "window_days") == 35


def test_a_dag_learns_its_sources_and_its_schedule(company: pathlib.Path) -> None:
    path = written(company, EXAMPLE)
    assert config.source_names(path) == ["zendesk", "jira"]
    assert config.schedule(path) == ("30 2 * * *", "Europe/Berlin", datetime.time(7, 30))


def test_a_mistake_elsewhere_does_not_take_the_dag_away(company: pathlib.Path) -> None:
    path = written(company, EXAMPLE.replace("2025-02-01", "7").replace('"p90"', '"p9"').replace("[alerts]", "[alarms]"))
    assert config.source_names(path) == ["zendesk", "jira"]
    assert config.schedule(path)[0] == "30 2 * * *"


def test_a_mistake_in_what_a_dag_needs_is_told(company: pathlib.Path) -> None:
    path = written(company, EXAMPLE.replace("30 2", "x").replace('name = "jira"', 'name = "zendesk"'))
    with pytest.raises(ConfigError, match="is no schedule"):
        config.schedule(path)
    with pytest.raises(ConfigError, match="is taken"):
        config.source_names(path)
    nameless = written(company, EXAMPLE.replace('name = "jira"\n', ""))
    with pytest.raises(ConfigError, match=r"21: \[\[source\]\] has no name"):
        config.source_names(nameless)


def test_a_dag_file_imports_nothing_slow(company: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDITLIB_CONFIG", str(written(company, EXAMPLE)))
    code = "import sys; from auditlib.config import *; source_names(); schedule(); print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    packages = {name.partition(".")[0] for name in run.stdout.split()}
    assert not packages & {"holidays", "msgspec", "numpy", "pandas", "requests", "sqlalchemy"}


def test_the_default_file_is_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    read = config.load()
    assert [(one.name, one.kind, one.connection) for one in read.sources] == [("sandbox", "zendesk", "sandbox")]


def test_the_default_file_shows_every_key_and_its_options_are_right_too(tmp_path: pathlib.Path) -> None:
    text = re.sub(r"^# (?=\[|\w+ = )", "", (ROOT / "audit.toml").read_text("utf-8"), flags=re.MULTILINE)
    for folder in ("company/metrics", "company/sources"):
        (tmp_path / folder).mkdir(parents=True)
    config.load(written(tmp_path, text))
    shown = {(place[0], place[-1]) for place in lines.index(text) if isinstance(place[-1], str)}
    known = {(table, key) for table in TABLES for key in TABLES[table].keys}
    left_out = {("target", "team")} - shown
    assert known - shown == left_out
