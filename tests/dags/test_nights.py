"""Whole nights through Airflow, against a real helpdesk and a real mail server on loopback."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest

from auditlib.sandbox.server import Box
from tests.dags.conftest import connection_to
from tests.dags.nights import Night, states

pytestmark = pytest.mark.usefixtures("airflow_db")
Nights = Callable[..., Night]


def published(night: Night) -> dict[str, list[tuple[Any, ...]]]:
    """What leaders can open, but for keys and moments that differ from store to store."""
    return {
        "scorecard": night.rows(
            "SELECT metric, statistic, weighting, segment, period, period_start, breakdown, breakdown_value,"
            " breakdown_value_2, value, n, numerator, denominator, ci_low, ci_high, maturity, suppressed_reason,"
            " as_of FROM scorecard ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9"
        ),
        "tickets": night.rows("SELECT * FROM ticket_audit ORDER BY ticket"),
    }


def test_a_night_publishes_figures_and_informs_once(helpdesk: Box, night: Nights, letters: list[EmailMessage]) -> None:
    nights = night("sandbox", alerts='inform = "mail"')
    done = nights.run()
    assert set(states(done).values()) == {"success"}
    assert done.state == "success"
    assert len(published(nights)["scorecard"]) > 100
    [letter] = letters
    assert letter["subject"].startswith("The audit of 2026-09-30 is published")
    body = letter.get_payload(0).get_payload(decode=True).decode()
    assert "Leaders see publication 1: everything up to the end of 2026-09-30" in body
    for rule, count in nights.rows(
        "SELECT rule, unexpected_count FROM validation_results WHERE severity = 'warning' AND state = 'fail'"
    ):
        assert f"- {rule} of " in body or "… and" in body, (rule, count)
    assert f"The page: {nights.folder / 'page.html'}" in body
    events = asset_events()
    assert {name: day for name, day in events if day == "2026-09-30"} == {
        "figures": "2026-09-30", "tickets": "2026-09-30"
    }  # fmt: skip


def asset_events() -> list[tuple[str, str]]:
    """Asset and partition of everything that was told to DAGs which wait for published tables."""
    from airflow.models.asset import AssetEvent
    from airflow.utils.session import create_session

    with create_session() as session:
        return [(event.name, event.partition_key) for event in session.query(AssetEvent)]


def test_a_source_with_wrong_credentials_does_not_stop_the_others_but_the_run_ends_red_with_one_alert(
    helpdesk: Box, night: Nights, letters: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_OTHER", connection_to(helpdesk, password="wrong"))
    nights = night("sandbox", "other", alerts='page = "mail"')
    done = nights.run()
    ended, tries = states(done), {ti.task_id: ti.try_number for ti in done.get_task_instances()}
    assert done.state == "failed"
    assert (ended["collect.other"], tries["collect.other"]) == ("failed", 1)
    assert (ended["collect.sandbox"], ended["publish"], ended["complete"]) == ("success", "success", "failed")
    assert nights.rows("SELECT DISTINCT missing_sources FROM publications") == [('["other"]',)]
    assert [letter["subject"] for letter in letters] == ["The audit of 2026-09-30 is published without other"]
    # `inform` has no connection here: it stands in the log only.
    body = letters[0].get_payload(0).get_payload(decode=True).decode()
    assert "401" in body
    assert "First command: auditlib" in body


def test_a_night_killed_twice_gives_the_same_tables(helpdesk: Box, night: Nights) -> None:
    killed = night("sandbox", folder="killed")
    killed.killed_when("SELECT 1 FROM landing_parts")
    killed.killed_when("SELECT 1 FROM worklist")
    assert killed.run().state == "success"
    assert killed.rows("SELECT run, state FROM runs") == [(1, "published")]
    undisturbed = night("sandbox", folder="undisturbed")
    assert undisturbed.run().state == "success"
    assert published(killed) == published(undisturbed)


def test_a_run_without_a_day_fails_and_says_how_to_give_one(night: Nights, letters: list[EmailMessage]) -> None:
    done = night("sandbox", alerts='page = "mail"').run(day=None)
    assert states(done)["begin"] == "failed"
    assert [letter["subject"] for letter in letters] == ["The audit could not begin"]


def test_a_mistake_in_audit_toml_reaches_somebody(night: Nights, letters: list[EmailMessage]) -> None:
    nights = night("sandbox", alerts='page = "mail"')
    nights.config.write_text(nights.config.read_text().replace("at_most = 60", "at_most = 'soon'"))
    done = nights.run()
    assert {ti.task_id: ti.try_number for ti in done.get_task_instances()}["begin"] == 1
    assert [letter["subject"] for letter in letters] == ["The audit could not begin"]
