"""Request Tracker's own due dates against what its rules give by our clock: to the second, or explained."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import os
import random
import sqlite3
from collections.abc import Callable, Iterator

import pytest

from auditlib.pages import agreement
from tests.one_night import audited
from tests.request_tracker.conftest import connection
from tests.request_tracker.history import Pen
from tests.request_tracker.server import Tracker

AS_OF = "2026-11-20T00:00:00Z"
CONFIG = """
[audit]
name = "Request Tracker"
time_zone = "Europe/London"
store = "sqlite:///audit.db"

[[source]]
name = "rt"
kind = "request_tracker"
connection = "rt"
since = 2026-10-01
statuses = { "awaiting parts" = "on_hold" }

[source.agreements.Gold]
response = 120
keep_in_loop = { business_minutes = 480 }
resolve = { real_minutes = 10080 }
hours = "Mon-Fri 09:00-17:00 Europe/Berlin"
holidays = "closed.csv"

[source.agreements.Silver]
response = { real_minutes = 60, out_of_hours_business_minutes = 30, ignore_on_statuses = ["pending_customer"] }
hours = "Mon-Fri 08:30-18:00, Sat 10:00-14:00 America/New_York"
holidays = "closed.csv"

[source.agreements.Silver.resolve]
business_minutes = 600
ignore_on_statuses = ["pending_customer"]
exclude_time_on_ignored_statuses = true

[source.agreements.Iron]
response = { business_minutes = 0, real_minutes = 90 }
hours = "Mon-Fri 22:00-06:00 Europe/Berlin"

[source.agreements.Far]
response = 60
resolve = 12000
hours = "Mon-Fri 09:00-17:00 Europe/Berlin"
holidays = "closed.csv"

[source.agreements.Always]
resolve = 2880
hours = "24/7 Europe/Berlin"
holidays = "closed.csv"

[source.agreements.Slow]
resolve = { real_minutes = 600, ignore_on_statuses = ["pending_customer"], exclude_time_on_ignored_statuses = true }

[source.agreements.Paused]
hours = "Mon-Fri 09:00-17:00 Europe/Berlin"
holidays = "closed.csv"

[source.agreements.Paused.response]
business_minutes = 600
ignore_on_statuses = ["pending_customer", "solved"]
exclude_time_on_ignored_statuses = true

[source.agreements.Paused.resolve]
business_minutes = 1200
ignore_on_statuses = ["pending_customer", "solved"]
exclude_time_on_ignored_statuses = true
"""
DIFFER = {
    "by hand": "set_by_hand",
    "moved": "moved",
    "nobody knows": "not_described",
    "a colleague": "others_wrote",
    "over a holiday around the clock": "after_a_holiday",
}
"""Tickets on which both differ, and why; they agree on all others."""


LEVELS = ("Gold", "Silver", "Iron", "Far", "Slow", "Paused")
STATUSES = ("open", "stalled", "resolved")
STORIES = 100 if os.environ.get("HYPOTHESIS_PROFILE") == "proof" else 1
"""Tickets to which anything happens: few by default, since each act is a request that signs in anew."""


@dataclasses.dataclass
class Contract(Pen):
    """Acts of autumn 2026 on tickets of the queue Contracts."""

    def mails(self, at: str, who: str, name: str, level: str | None = None) -> None:
        """A customer's mail, for which the queue has an agreement of its own; perhaps another is given at once."""
        self.opens(at, who, name, name, "Please help.", queue="Contracts")
        if level:
            self.sets(at, "ana", name, SLA=level)

    def again(self, at: str, who: str, name: str) -> None:
        self.writes(at, who, name, "And now?", queue="Contracts")

    def answers(self, at: str, agent: str, name: str) -> None:
        self.replies(at, agent, name, "We look into it.")


@pytest.fixture(scope="module")
def named(tracker: Tracker) -> Iterator[dict[str, str]]:
    """The tickets with their numbers."""
    before = tracker.clock.read_text().strip()
    pen = Contract(tracker)
    _october(pen)
    _the_clocks_go_back(pen)
    _november(pen)
    _paused(pen)
    _whatever(pen, random.Random(20261103), STORIES)
    tracker.at("2026-12-20 12:00:00")
    yield pen.tickets
    tracker.at(before)


def _october(pen: Contract) -> None:
    pen.mails("10-19 08:00", "zoe", "in hours")
    pen.mails("10-19 13:30", "kim", "towards the closing")
    pen.again("10-19 13:40", "kim", "towards the closing")
    pen.mails("10-19 21:00", "zoe", "at night")
    pen.mails("10-20 08:00", "mira", "answered")
    pen.answers("10-20 08:30", "ana", "answered")
    pen.again("10-20 10:00", "mira", "answered")
    pen.again("10-20 11:00", "mira", "answered")
    pen.mails("10-20 11:30", "omar", "solved, asked again")
    pen.answers("10-20 12:00", "bo", "solved, asked again")
    pen.sets("10-20 12:01", "bo", "solved, asked again", Status="resolved")
    pen.again("10-21 06:00", "omar", "solved, asked again")
    pen.mails("10-21 09:00", "petra", "another agreement", "Silver")
    pen.sets("10-21 15:00", "ana", "another agreement", SLA="Gold")
    pen.answers("10-21 15:20", "ana", "another agreement")
    pen.sets("10-21 15:40", "ana", "another agreement", SLA="Silver")
    pen.mails("10-21 16:00", "rosa", "no more agreement")
    pen.sets("10-21 16:10", "ana", "no more agreement", SLA="")
    pen.mails("10-22 09:00", "sami", "by hand")
    pen.sets("10-22 09:30", "ana", "by hand", Due="2026-10-23 12:00:00")
    pen.mails("10-22 10:00", "nina", "owners")
    pen.takes("10-22 10:05", "ana", "owners")
    pen.answers("10-22 10:10", "ana", "owners")
    pen.takes("10-22 10:20", "bo", "owners", how="steal")
    pen.again("10-22 10:30", "nina", "owners")
    pen.mails("10-22 11:00", "pavel", "moved")
    pen.sets("10-22 11:10", "ana", "moved", Queue="Support")
    pen.answers("10-22 11:20", "ana", "moved")
    pen.mails("10-22 12:00", "umi", "nobody knows", "Nobody knows")
    pen.mails("10-22 13:00", "tess", "far", "Far")
    pen.mails("10-22 14:00", "ana", "opened by its owner")
    pen.takes("10-22 14:01", "ana", "opened by its owner")
    pen.sets("10-22 14:02", "ana", "opened by its owner", Status="open")
    pen.calls_in(
        *("10-22 15:00", "bo", "for a customer"),
        Queue="Contracts", Subject="Call", Requestor="kim@client.example", Content="Kim called.", SLA="Gold",
    )  # fmt: skip
    pen.again("10-22 15:10", "kim", "for a customer")


def _the_clocks_go_back(pen: Contract) -> None:
    pen.mails("10-23 14:45", "zoe", "over the weekend of the clocks")
    pen.mails("10-23 22:30", "kim", "out of hours, with more time", "Silver")
    pen.mails("10-24 15:00", "mira", "on a Saturday", "Silver")
    pen.mails("10-24 23:30", "omar", "at night before the clocks", "Iron")
    pen.mails("10-26 21:30", "petra", "in the night shift", "Iron")
    pen.mails("10-27 12:00", "rosa", "waiting for the customer", "Silver")
    pen.answers("10-27 13:00", "ana", "waiting for the customer")
    pen.sets("10-27 13:01", "ana", "waiting for the customer", Status="stalled")
    pen.mails("10-27 13:10", "sami", "stalled and open", "Silver")
    pen.answers("10-27 13:40", "ana", "stalled and open")
    pen.sets("10-27 14:00", "ana", "stalled and open", Status="stalled")
    pen.mails("10-28 09:00", "nina", "slow", "Slow")
    pen.sets("10-28 10:00", "ana", "slow", Status="stalled")
    pen.sets("10-28 11:30", "ana", "slow", Status="open")
    pen.again("10-28 12:00", "nina", "slow")
    pen.again("10-28 13:00", "rosa", "waiting for the customer")
    pen.answers("10-28 14:00", "bo", "waiting for the customer")
    pen.sets("10-28 16:00", "ana", "stalled and open", Status="open")
    pen.mails("10-29 08:00", "zoe", "over a holiday around the clock", "Always")
    pen.mails("10-29 15:30", "pavel", "before the holiday")
    pen.mails("10-30 10:00", "umi", "on the holiday")


def _november(pen: Contract) -> None:
    pen.mails("11-02 09:00", "tess", "a colleague")
    pen.sets("11-02 09:10", "ana", "a colleague", Requestor=["tess@client.example", "umi@client.example"])
    pen.answers("11-02 09:20", "ana", "a colleague")
    pen.again("11-02 09:30", "umi", "a colleague")
    pen.mails("11-02 10:00", "zoe", "deleted")
    pen.deletes("11-02 10:10", "ana", "deleted")
    pen.mails("11-02 10:20", "omar", "far, answered", "Far")
    pen.answers("11-02 10:30", "ana", "far, answered")
    pen.mails("11-02 10:40", "petra", "merged away")
    pen.mails("11-02 10:45", "petra", "merged into")
    pen.sets("11-02 10:50", "ana", "merged away", MergeInto=pen.tickets["merged into"])
    pen.answers("11-02 10:55", "ana", "merged into")
    pen.mails("11-02 11:00", "kim", "noted")
    pen.notes("11-02 11:10", "ana", "noted", "Ask billing.")
    pen.sets("11-02 11:20", "ana", "noted", Priority=50)
    pen.mails("11-02 12:00", "sami", "around the clock", "Always")


def _paused(pen: Contract) -> None:
    """Time that does not count: in a row, in the second of a question, and before the customer wrote."""
    pen.mails("11-02 13:00", "zoe", "stalled, then solved", "Paused")
    pen.answers("11-02 13:10", "ana", "stalled, then solved")
    pen.calls_in(
        *("11-02 13:20", "bo", "written to first"),
        Queue="Contracts", Subject="Renewal", Requestor="mira@client.example", Content="Shall we?", SLA="Slow",
    )  # fmt: skip
    pen.sets("11-02 13:25", "bo", "written to first", Status="stalled")
    pen.sets("11-02 13:30", "ana", "stalled, then solved", Status="stalled")
    pen.sets("11-02 13:40", "ana", "stalled, then solved", Status="resolved")
    pen.sets("11-02 13:50", "ana", "stalled, then solved", Status="open")
    pen.mails("11-02 14:00", "omar", "asked while solved", "Paused")
    pen.answers("11-02 14:10", "ana", "asked while solved")
    pen.again("11-02 14:15", "mira", "written to first")
    pen.sets("11-02 14:20", "bo", "written to first", Status="open")
    pen.sets("11-02 14:30", "ana", "asked while solved", Status="resolved")
    pen.again("11-02 15:00", "omar", "asked while solved")


def _whatever(pen: Contract, rng: random.Random, stories: int) -> None:
    """Tickets to which anything happens at any minute, some of it behind the night that is audited."""
    acts = []
    for number in range(stories):
        name, who = f"whatever {number}", rng.choice(["zoe", "kim", "mira", "omar"])
        at = datetime.datetime(2026, 11, 3, 6) + datetime.timedelta(minutes=rng.randrange(9 * 24 * 60))
        acts.append((at, number, Contract.mails, (who, name, rng.choice([*LEVELS, None]))))
        for _ in range(rng.randrange(1, 7)):
            at += datetime.timedelta(minutes=rng.choice((1, 30, 120, 330, 1440, 4320)) + rng.randrange(60))
            acts.append((at, number, *_anything(rng, who, name)))
    for at, _, act, told in sorted(acts, key=lambda act: act[:2]):
        act(pen, f"{at:%m-%d %H:%M}", *told)


def _anything(rng: random.Random, who: str, name: str) -> tuple[Callable[..., None], tuple[str, ...]]:
    if rng.random() < 0.3:
        return Contract.again, (who, name)
    changes = [
        {"Status": rng.choice(STATUSES)},
        {"SLA": rng.choice(LEVELS)},
        {"Owner": rng.choice(["ana", "bo", "cy"])},
    ]
    act = rng.choice([Contract.answers, *(functools.partial(Pen.sets, **change) for change in changes)])
    return act, (rng.choice(["ana", "bo"]), name)


@pytest.fixture(scope="module")
def store(
    tracker: Tracker, named: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[sqlite3.Connection]:
    folder = tmp_path_factory.mktemp("due-dates")
    (folder / "closed.csv").write_text("date,name\n2026-10-30,Works outing\n")
    with audited(folder, CONFIG, "rt", connection(tracker), AS_OF) as connected:
        yield connected


def test_every_due_date_is_the_trackers_own_or_differs_for_a_reason(
    store: sqlite3.Connection, named: dict[str, str]
) -> None:
    names = {f"rt:{number}": name for name, number in named.items()}
    rows = store.execute("SELECT * FROM compared WHERE source = 'rt' AND helpdesk_metric = 'Due'").fetchall()
    found = {names[row["ticket"]]: row["reason"] for row in rows}
    told = {names[row["ticket"]]: (row["our_value"], row["helpdesk_value"]) for row in rows}
    assert {name: reason for name, reason in found.items() if reason} == DIFFER, told
    assert set(found) == set(named) - {"no more agreement"}


def test_every_due_date_that_it_ever_set_is_compared(store: sqlite3.Connection, named: dict[str, str]) -> None:
    names = {f"rt:{number}": name for name, number in named.items()}
    rows = store.execute("SELECT * FROM compared WHERE helpdesk_metric = 'every Due of its history'").fetchall()
    found = {names[row["ticket"]]: row["reason"] for row in rows if row["reason"]}
    changed = set(DIFFER) - {"by hand"}
    # What is written to the one before they meet is told of both: of the other its rules knew nothing yet.
    assert set(found) - {"no more agreement"} == changed | {"merged into"}
    assert found["merged into"] == "merged"
    assert sum(row["our_value"] for row in rows) / sum(row["helpdesk_value"] for row in rows) > 0.85


def test_agreements_are_service_levels_of_ours(store: sqlite3.Connection, named: dict[str, str]) -> None:
    query = "SELECT promises, policy, schedule, minutes, due_at, state FROM sla WHERE ticket = ? ORDER BY target"
    told = [tuple(row) for row in store.execute(query, (f"rt:{named['answered']}",))]
    hours = "Mon-Fri 09:00-17:00 Europe/Berlin"
    assert told == [
        ("first_reply", "Gold", hours, 120, "2026-10-20T10:00:00Z", "achieved"),
        ("resolution", "Gold", hours, 10080, "2026-10-27T08:00:00Z", "breached"),
        ("periodic_update", "Gold", hours, 480, "2026-10-21T08:30:00Z", "breached"),
        ("next_reply", "Gold", hours, 120, "2026-10-20T12:00:00Z", "breached"),
    ]
    states = dict(store.execute("SELECT t.state, COUNT(*) FROM sla t WHERE t.policy IS NULL GROUP BY 1").fetchall())
    assert states == {"unmeasurable": 1}, "the agreement that audit.toml does not describe"


def test_the_page_says_how_many_agree_and_why_the_others_do_not(store: sqlite3.Connection) -> None:
    rows = store.execute("SELECT * FROM agreement").fetchall()
    reasons = dict(store.execute("SELECT reason, COUNT(*) FROM reconciliation GROUP BY reason").fetchall())
    told = agreement.agreement([dict(row) for row in rows], reasons)
    assert told["sentences"][0].startswith("rt gives ")
    shown = {row["reason"]: row["told"] for row in told["reasons"]}
    assert shown["somebody wrote the due date by hand"] == "1 value"
    assert shown["audit.toml does not say what the ticket’s service agreement promises"] == "2 values"
    assert not {"unknown", None} & set(reasons)
