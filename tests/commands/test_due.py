"""When a night is due, by schedule and publish_by."""

import datetime

import pytest

from auditlib.config.nights import last_due

SEVEN = datetime.time(7)


@pytest.mark.parametrize(
    ("schedule", "publish_by", "now", "due"),
    [
        ("0 2 * * *", SEVEN, "2026-10-26T07:00", "2026-10-26"),
        ("0 2 * * *", SEVEN, "2026-10-26T06:59", "2026-10-25"),
        ("0 22 * * *", SEVEN, "2026-10-26T08:00", "2026-10-25"),  # due on the morning after
        ("0 2 * * MON-FRI", SEVEN, "2026-10-25T12:00", "2026-10-23"),  # a Sunday; the last was Friday's
        ("0 2 * * 1,3", SEVEN, "2026-10-25T12:00", "2026-10-21"),
        ("0 2 1 * *", SEVEN, "2026-10-25T12:00", "2026-10-01"),
        ("0 2 1 * 0", SEVEN, "2026-10-24T12:00", "2026-10-18"),  # the first of the month, or a Sunday
        ("*/30 2-4 * * 7", SEVEN, "2026-10-25T12:00", "2026-10-25"),
        ("0 2 31 FEB *", SEVEN, "2026-10-25T12:00", None),
    ],
)
def test_the_last_night_that_should_be_published(
    schedule: str, publish_by: datetime.time, now: str, due: str | None
) -> None:
    found = last_due(schedule, publish_by, datetime.datetime.fromisoformat(now))
    assert (None if found is None else found.isoformat()) == due
