"""Working hours agree with minutes counted by hand, across clock changes and holidays."""

from __future__ import annotations

from datetime import date

import pytest

from auditlib.sandbox.hours import Holiday, OpenHours, Weekly, compiled
from auditlib.sandbox.instants import moment

OFFICE = tuple((day * 1440 + 540, day * 1440 + 1020) for day in range(1, 6))
ALWAYS = ((0, 10080),)


def hours(zone: str, intervals: tuple[tuple[int, int], ...], *holidays: Holiday) -> OpenHours:
    weeks = (Weekly(date(2024, 1, 1), intervals),)
    return compiled(zone, weeks, holidays, date(2024, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("begin", "end", "minutes"),
    [
        ("2026-03-06T15:30:00Z", "2026-03-09T08:30:00Z", 60),
        ("2026-03-27T15:00:00Z", "2026-03-30T08:00:00Z", 120),
        ("2026-03-07T10:00:00Z", "2026-03-08T10:00:00Z", 0),
    ],
    ids=["over a weekend", "over the change to summer time", "on a weekend"],
)
def test_office_hours_in_berlin(begin: str, end: str, minutes: int) -> None:
    assert hours("Europe/Berlin", OFFICE).between(moment(begin), moment(end)) == minutes * 60


def test_the_day_of_the_change_has_23_or_25_hours() -> None:
    always = hours("Europe/Berlin", ALWAYS)
    assert always.between(moment("2026-03-28T23:00:00Z"), moment("2026-03-29T22:00:00Z")) == 23 * 3600
    assert always.between(moment("2026-10-24T22:00:00Z"), moment("2026-10-25T23:00:00Z")) == 25 * 3600


def test_nobody_works_on_a_holiday() -> None:
    monday = Holiday("Company day", date(2026, 3, 9), date(2026, 3, 9))
    office = hours("Europe/Berlin", OFFICE, monday)
    assert office.between(moment("2026-03-06T15:30:00Z"), moment("2026-03-10T08:30:00Z")) == 60 * 60


def test_a_real_value_of_the_vendor() -> None:
    eastern = hours("America/New_York", OFFICE)
    begin, end = moment("2024-07-26T15:41:04Z"), moment("2024-08-01T14:45:47Z")
    assert (eastern.between(begin, end) + 30) // 60 == 1865


def test_after_is_the_inverse_of_between() -> None:
    office = hours("Europe/Berlin", OFFICE)
    begin = moment("2026-03-06T15:30:00Z")
    for seconds in (1, 3600, 5 * 3600, 40 * 3600):
        assert office.between(begin, office.after(begin, seconds)) == seconds


def test_the_day_closes_at_five_and_the_second_day_after_it_on_tuesday() -> None:
    office = hours("Europe/Berlin", OFFICE)
    friday = moment("2026-03-06T10:00:00Z")
    assert office.close_of_day(friday) == moment("2026-03-06T16:00:00Z")
    assert office.close_of_day(friday, 2) == moment("2026-03-10T16:00:00Z")
