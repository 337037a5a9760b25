"""Salesforce's business hours. Which of its holidays hold for which of them, it does not tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditlib.caselog.rows import BadRecord, Notice, Rejected, Row, Schedule
from auditlib.sources import Page
from auditlib.sources._salesforce import shapes
from auditlib.sources._salesforce.shapes import SHAPES
from auditlib.sources._shared.records import of_stream
from auditlib.sources._shared.values import second
from auditlib.sources._shared.zones import iana

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
A_DAY = 24 * 60


class BusinessHours:
    """The business hours of one chunk."""

    def __init__(self, pages: Sequence[Page]) -> None:
        found = SHAPES.read(of_stream(pages, "hours"), shapes.Hours, "records")
        self.said: list[Notice | Rejected] = found.said
        self.told = {hours.Id: hours for hours in found.good}

    @property
    def known(self) -> frozenset[str]:
        """The ids of those that are told."""
        return frozenset(self.told)

    def rows(self) -> Iterator[Row]:
        """All of them, the inactive ones too: older cases kept them."""
        for hours in self.told.values():
            try:
                yield _schedule(hours)
            except BadRecord as error:
                yield Rejected(ticket=None, reason="unreadable", detail=f"hours: {error}")


def _schedule(told: shapes.Hours) -> Schedule:
    intervals = []
    for place, day in enumerate(DAYS):
        begins, ends = getattr(told, f"{day}StartTime"), getattr(told, f"{day}EndTime")
        if begins is not None and ends is not None:
            begin, end = _minute(begins), _minute(ends)
            # From midnight to midnight is the whole day, and so does any day end at midnight.
            end += A_DAY if end <= begin else 0
            intervals.append((place * A_DAY + begin, place * A_DAY + end))
    made, edited = second(told.CreatedDate), second(told.LastModifiedDate)
    return Schedule(
        schedule=told.Id,
        name=told.Name,
        time_zone=iana(told.TimeZoneSidKey),
        intervals=tuple(intervals),
        is_default=told.IsDefault,
        edited_at=edited if edited > made else 0,
    )


def _minute(text: str) -> int:
    """Minutes since midnight of a time of the day such as 09:00:00.000Z, which is local whatever its end says."""
    hour, colon, rest = text.partition(":")
    if not (colon and hour.isdigit() and rest[:2].isdigit()):
        raise BadRecord(f"{text!r} is no time of the day such as 09:00:00.000Z")
    return int(hour) * 60 + int(rest[:2])
