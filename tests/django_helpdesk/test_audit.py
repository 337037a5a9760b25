"""The whole audit of what was lived in a real django-helpdesk: every named ticket as it was worked out by hand."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from tests.django_helpdesk.conftest import connection
from tests.django_helpdesk.server import Application
from tests.django_helpdesk.worked_by_hand import GONE, TICKETS, Audited
from tests.one_night import audited

AS_OF = "2026-04-20T09:00:00Z"
CONFIG = """
[audit]
name = "django-helpdesk"
time_zone = "Europe/London"
schedule = "0 2 * * *"
publish_by = "07:00"
store = "sqlite:///audit.db"
landing = "landing"
landing_days = 30

[[source]]
name = "dh"
kind = "django_helpdesk"
connection = "dh"
since = 2026-01-01
fields = { topic = "custom_field:category" }
options = { channel = "custom_field:reached_by" }

[clock]
schedule_mode = "cumulative"
business = { "*" = "Mon-Fri 09:00-17:00 Europe/London" }

[figures]
breakdowns = ["team"]
"""

Named = tuple[sqlite3.Row, Audited]


@pytest.fixture(scope="module")
def store(
    application: Application, tickets: dict[str, int], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[sqlite3.Connection]:
    """The store after one night that ends when the history does."""
    with audited(tmp_path_factory.mktemp("audit"), CONFIG, "dh", connection(application), AS_OF) as connected:
        yield connected


@pytest.fixture(params=sorted(TICKETS))
def named(request: pytest.FixtureRequest, store: sqlite3.Connection, tickets: dict[str, int]) -> Named:
    """A ticket's row in `ticket_audit`, and what it must say."""
    row = store.execute("SELECT * FROM ticket_audit WHERE ticket = ?", (f"dh:{tickets[request.param]}",)).fetchone()
    assert row is not None, f"{request.param} is not in the audit"
    return row, TICKETS[request.param]


def test_its_durations_are_the_ones_worked_out_by_hand(named: Named) -> None:
    row, meant = named
    assert row["first_reply_minutes"] == meant.first_reply
    assert row["first_reply_business_minutes"] == meant.first_reply_business
    assert row["first_reply_minutes_state"] == meant.first_reply_state
    assert row["full_resolution_minutes"] == meant.full_resolution
    assert row["full_resolution_minutes_state"] == meant.full_resolution_state


def test_what_became_of_it_is_what_was_worked_out_by_hand(named: Named) -> None:
    row, meant = named
    reopens = (row["reopens"], row["customer_reopens"])
    assert reopens == (meant.reopens, meant.customer_reopens)
    assert [_truth(row["is_one_touch"]), _truth(row["came_back_within_7d"])] == [
        meant.is_one_touch,
        meant.came_back_within_7d,
    ]
    assert row["outcome_code"] == meant.outcome
    assert row["channel"] == meant.channel


def test_its_turns_are_the_ones_worked_out_by_hand(named: Named, store: sqlite3.Connection) -> None:
    row, meant = named
    ours = store.execute(
        "SELECT opened_at, closed_at, state FROM turns WHERE ticket = ? ORDER BY turn", (row["ticket"],)
    ).fetchall()
    assert [(_short(t["opened_at"]), _short(t["closed_at"]), t["state"]) for t in ours] == list(meant.turns)


@pytest.mark.parametrize("name", GONE)
def test_what_was_deleted_before_the_audit_saw_it_is_not_in_it(
    name: str, store: sqlite3.Connection, tickets: dict[str, int]
) -> None:
    assert store.execute("SELECT * FROM ticket_audit WHERE ticket = ?", (f"dh:{tickets[name]}",)).fetchall() == []


def test_every_ticket_of_the_history_is_worked_out_or_gone(tickets: dict[str, int]) -> None:
    assert set(tickets) == {*TICKETS, *GONE}


def _truth(value: int | None) -> bool | None:
    return None if value is None else bool(value)


def _short(at: str | None) -> str | None:
    """2026-03-16T10:00:00Z as the hand writes it: 03-16 10:00."""
    return None if at is None else f"{at[5:10]} {at[11:16]}"
