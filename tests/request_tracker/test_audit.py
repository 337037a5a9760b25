"""The whole audit of the real tracker's history: every named ticket has the values worked out by hand."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from tests.one_night import audited
from tests.request_tracker.conftest import connection
from tests.request_tracker.server import Tracker
from tests.request_tracker.worked_by_hand import BUSINESS_HOURS, TICKETS, Audited

AS_OF = "2026-04-20T09:00:00Z"
EXCLUSION_CODES = {None: None, "deleted": "X3", "merged_secondary": "X4", "outbound": "X5"}
OUTCOMES = {
    "invoice": "O5",  # the customer came back two days later; the five of the survey was given before the solve
    "invoice again": "O1",  # what reopened it was thanks
    "colleague": "O2",
    "outbound": "X5",
    "outbound, answered": "O3",  # the seven days are over half an hour after the reading
    "weekend": "O2",
    "login, merged": "X4",
    "login": "O2",
    "unanswered": "O6",
    "rejected": "O6",  # closed, and nobody wrote
    "printer": "O5",  # the customer reopened it with more than thanks
    "robot": "O2",
    "phone": "O5",
    "bounced": "O2",  # the last message was answered before the solve
    "never answered": "O0",
    "still waiting": "O0",
}
CONFIG = f"""
[audit]
name = "Request Tracker"
time_zone = "Europe/London"
schedule = "0 2 * * *"
publish_by = "07:00"
store = "sqlite:///audit.db"
landing = "landing"
landing_days = 30

[[source]]
name = "rt"
kind = "request_tracker"
connection = "rt"
since = 2026-01-01
fields = {{ topic = "custom_field:Root cause" }}
statuses = {{ "awaiting parts" = "on_hold" }}
options = {{ rating = "custom_field:CSAT", channel = "custom_field:Channel" }}

[clock]
schedule_mode = "cumulative"
business = {{ "*" = "{BUSINESS_HOURS}" }}

[figures]
breakdowns = ["team", "source"]
"""


@pytest.fixture(scope="module")
def store(
    tracker: Tracker, tickets: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[sqlite3.Connection]:
    """The store after one night that ends when the history does."""
    tracker.at("2026-04-20 12:00:00")
    with audited(tmp_path_factory.mktemp("audit"), CONFIG, "rt", connection(tracker), AS_OF) as connected:
        yield connected


@pytest.fixture(params=sorted(TICKETS))
def named(request: pytest.FixtureRequest, store: sqlite3.Connection, tickets: dict[str, str]) -> tuple:
    """A ticket's row in `ticket_audit`, and what it must say."""
    row = store.execute("SELECT * FROM ticket_audit WHERE ticket = ?", (f"rt:{tickets[request.param]}",)).fetchone()
    assert row is not None, f"{request.param} is not in the audit"
    return row, TICKETS[request.param], request.param


def test_its_durations_are_the_ones_worked_out_by_hand(named: tuple) -> None:
    row, meant, _ = named
    assert row["first_reply_minutes"] == meant.first_reply_minutes
    assert row["first_reply_business_minutes"] == meant.first_reply_business_minutes
    assert row["first_reply_minutes_state"] == meant.first_reply_state
    assert row["full_resolution_minutes"] == meant.full_resolution_minutes
    assert row["full_resolution_minutes_state"] == meant.full_resolution_state


def test_its_outcomes_are_the_ones_worked_out_by_hand(named: tuple) -> None:
    row, meant, _ = named
    assert (row["reopens"] or 0, row["customer_reopens"] or 0) == (meant.reopens, meant.customer_reopens)
    assert _truth(row["is_one_touch"]) == meant.is_one_touch
    assert _truth(row["came_back_within_7d"]) == meant.came_back_within_7d
    assert row["channel"] == meant.channel


def test_it_is_in_scope_or_out_of_it_as_meant(named: tuple) -> None:
    row, meant, _ = named
    assert row["exclusion_code"] == EXCLUSION_CODES[meant.exclusion]


def test_how_it_ended_is_what_was_worked_out_by_hand(named: tuple) -> None:
    row, meant, name = named
    assert row["outcome_code"] == OUTCOMES[name]
    rated = [line.rpartition(":")[2] for line in meant.story if ": rating " in line]
    assert row["rating"] == (("good" if int(rated[-1]) > 3 else "bad") if rated else None)


def test_every_ticket_has_one_outcome_and_they_add_up_with_the_exclusions(store: sqlite3.Connection) -> None:
    rows = store.execute("SELECT outcome_code, exclusion_code FROM ticket_audit").fetchall()
    assert all(row["outcome_code"] for row in rows)
    assert [r["outcome_code"] for r in rows if r["exclusion_code"]] == [
        r["exclusion_code"] for r in rows if r["exclusion_code"]
    ]
    assert all(r["outcome_code"][0] in "OU" for r in rows if not r["exclusion_code"])
    assert len(rows) >= len(TICKETS)


def test_its_turns_are_the_ones_worked_out_by_hand(named: tuple, store: sqlite3.Connection) -> None:
    row, meant, _ = named
    ours = store.execute(
        "SELECT opened_at, closed_at, state FROM turns WHERE ticket = ? ORDER BY turn", (row["ticket"],)
    ).fetchall()
    assert [(_short(t["opened_at"]), _short(t["closed_at"]), t["state"]) for t in ours] == list(meant.turns)


def test_there_are_at_least_ten_named_tickets() -> None:
    assert len(TICKETS) >= 10
    assert all(isinstance(meant, Audited) for meant in TICKETS.values())


def _truth(value: int | None) -> bool | None:
    return None if value is None else bool(value)


def _short(at: str | None) -> str | None:
    """2026-03-16T10:00:00Z as the stories write it: 03-16 10:00."""
    return None if at is None else f"{at[5:10]} {at[11:16]}"
