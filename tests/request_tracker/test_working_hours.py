"""Request Tracker's own due dates, by Perl's Business::Hours, against our clock: two engines that share no line."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Iterator

import numpy as np
import pytest

from auditlib.caselog.rows import moment
from auditlib.clocks import OpenHours, Roster, read_hours
from tests.request_tracker.server import Tracker

BERLIN = "Mon-Fri 09:00-17:00 Europe/Berlin"
NEW_YORK = "Mon-Fri 08:30-18:00, Sat 10:00-14:00 America/New_York"
SYDNEY = "Mon-Sat 08:30-16:30 Australia/Sydney"
HOLIDAYS = ("2026-10-30", "2027-03-26", "2027-03-29", "2027-12-24")
LEVELS = {"Berlin": BERLIN, "New York": NEW_YORK, "Sydney": SYDNEY}
MINUTES = (30, 240, 960, 4800)
"""As settings.pl agrees them: one service level for each zone and time."""
IS_PROOF = os.environ.get("HYPOTHESIS_PROFILE") == "proof"
"""The proof asks for every time at every moment: some minutes, since each request signs in anew."""
CREATED = (
    "2027-03-10 10:00:00",  # a Wednesday in opening hours
    "2027-03-12 15:45:30",  # a Friday: the clocks of New York change on Sunday
    "2027-03-14 03:00:00",
    "2027-03-25 15:59:59",  # the evening before Good Friday, and a weekend without an hour before a Monday off
    "2027-03-27 12:00:00",
    "2027-04-02 22:00:00",  # Sydney's clocks go back
    "2027-10-01 05:00:00",  # … and forth
    "2027-10-29 14:30:00",  # Berlin's clocks go back
    "2027-11-05 21:30:00",  # New York's clocks go back
    "2027-12-23 16:00:00",  # the day before a holiday before a weekend
    "2027-12-24 09:00:00",
    "2027-12-31 23:59:59",
)


@pytest.fixture(scope="module")
def due_dates(tracker: Tracker) -> list[tuple[str, int, int, int]]:
    """(level, agreed minutes, created, due) of a ticket for each level and moment, as the tracker says."""
    before = tracker.clock.read_text().strip()
    for place, created in enumerate(CREATED):
        tracker.at(created)
        for level in LEVELS:
            for minutes in MINUTES if IS_PROOF else [MINUTES[place % len(MINUTES)]]:
                asked = {"Queue": "Agreed", "Subject": "How long?", "SLA": f"{level} {minutes}"}
                tracker.act("ana", "POST", "ticket", asked)
    tracker.at(before)
    return list(told(tracker))


def told(tracker: Tracker) -> Iterator[tuple[str, int, int, int]]:
    query, page = "tickets?query=Queue='Agreed'&fields=SLA,Created,Due&per_page=100&page=", 1
    while items := tracker.act("ana", "GET", f"{query}{page}")["items"]:
        for item in items:
            level, _, minutes = item["SLA"].rpartition(" ")
            yield level, int(minutes), moment(item["Created"]), moment(item["Due"])
        page += 1


def hours(level: str) -> OpenHours:
    since, until = (int(datetime.datetime(y, 1, 1, tzinfo=datetime.UTC).timestamp()) for y in (2027, 2029))
    return OpenHours.compile(*read_hours(LEVELS[level]), [(day, day) for day in HOLIDAYS], since, until)


def test_our_clock_gives_the_trackers_own_due_dates(due_dates):
    """A time that runs out as the office closes is due at the closing for us, at the next opening for the tracker."""
    ours = [int(hours(level).add(created, minutes * 60 + 1)[0]) - 1 for level, minutes, created, _ in due_dates]
    assert ours == [due for *_, due in due_dates]
    assert len(due_dates) == len(LEVELS) * len(CREATED) * (len(MINUTES) if IS_PROOF else 1)


def test_as_much_open_time_passes_until_the_trackers_due_date_as_was_agreed(due_dates):
    roster = Roster(np.arange(3), np.zeros(3, np.int64), np.arange(3), [hours(level) for level in LEVELS])
    ticket = [list(LEVELS).index(level) for level, *_ in due_dates]
    created, due = ([row[place] for row in due_dates] for place in (2, 3))
    passed, known = roster.seconds(ticket, created, due)
    assert known.all()
    assert passed.tolist() == [minutes * 60 for _, minutes, *_ in due_dates]


def test_the_agreements_here_are_those_of_the_settings(tracker: Tracker):
    settings = (tracker.folder / "RT_SiteConfig.pm").read_text()
    assert set(re.findall(r"'(\d{4}-\d\d-\d\d)'", settings)) == set(HOLIDAYS)
