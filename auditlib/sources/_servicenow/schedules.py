"""ServiceNow's schedules as opening hours: entries that come each week, and whole days on which nobody works.

https://www.servicenow.com/docs/ (Schedules, schedule entry fields). An entry whose type is *excluded* takes time away,
all others give it, whatever they are called. What a week and whole days cannot hold is said, and left out where it is
a single day; hours that are not those of every week are not read at all.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from auditlib.caselog.rows import BadRecord, Notice, Rejected, Row, Schedule
from auditlib.sources import Page
from auditlib.sources._servicenow import shapes
from auditlib.sources._servicenow.shapes import SHAPES, Span
from auditlib.sources._servicenow.weeks import merged, without
from auditlib.sources._servicenow.words import second
from auditlib.sources._shared.records import of_stream
from auditlib.sources._shared.zones import iana

A_DAY = 24 * 60
A_DAY_OF_SECONDS = 24 * 60 * 60
EXCLUDED = ("exclude", "excluded")
OTHERWISE_MEANT = ("maintenance", "blackout")
"""Schedules of changes: they are no hours in which anybody answers."""
FLOATING = ("", "floating")
UTC = ("UTC", "Etc/UTC", "GMT", "Etc/GMT")
WEEKLY = {"daily": "1234567", "weekdays": "12345", "weekends": "67", "weekmwf": "135", "weektt": "24", "weekly": ""}
"""How often an entry comes → its days from Monday on; of `weekly` it names them itself, or keeps its own."""
LAST_YEAR = 2049
"""So far are days written down that come each year."""
DEEP = 4

Spans = list[tuple[Span, bool]]
"""Entries, and whether each takes time away."""


class Schedules:
    """The schedules of one chunk."""

    def __init__(self, pages: Sequence[Page], default: str = "") -> None:
        hours = SHAPES.read(of_stream(pages, "hours"), shapes.Hours, "result")
        spans = SHAPES.read(of_stream(pages, "spans"), Span, "result")
        within = SHAPES.read(of_stream(pages, "within"), shapes.Within, "result")
        self.said: list[Notice | Rejected] = [*hours.said, *spans.said, *within.said]
        self._hours = {told.sys_id: told for told in hours.good}
        self._default = next((told.sys_id for told in hours.good if default and told.name == default), None)
        self._spans = {told.sys_id: told for told in spans.good}.values()
        self._within = {told.sys_id: told for told in within.good}.values()

    def key(self, schedule: str, zone: str) -> str | None:
        """What a schedule is called here; one that floats is another one in each zone. None: it is not known."""
        told = self._hours.get(schedule)
        if told is None:
            return None
        return f"{schedule}@{zone}" if told.time_zone.lower() in FLOATING else schedule

    def rows(self, kept: set[tuple[str, str]]) -> Iterator[Row]:
        """The hours that tickets keep: schedules, each with the zone in which it is kept if it has none."""
        by_default = {(self._default, "")} if self._default else set()
        keys = {self.key(*one): one for one in sorted(kept | by_default, reverse=True)}
        for key, (schedule, zone) in sorted(keys.items(), key=lambda one: str(one[0])):
            if key is None:
                continue
            try:
                yield from list(self._row(key, self._hours[schedule], zone))
            except ValueError as error:
                name = self._hours[schedule].name
                yield Rejected(ticket=None, reason="unreadable", detail=f"the schedule {name!r}: {error}")

    def _row(self, key: str, told: shapes.Hours, zone: str) -> Iterator[Row]:
        if told.parent:
            raise BadRecord("it holds within another one (its parent), and which of its hours are left is not told")
        if not zone and told.time_zone.lower() in FLOATING:
            raise BadRecord("it has no time zone of its own, so that it cannot be the one of all tickets")
        zone = iana(zone if told.time_zone.lower() in FLOATING else told.time_zone)
        given: list[tuple[int, int]] = []
        taken: list[tuple[int, int]] = []
        days: list[tuple[str, str]] = []
        edits: list[int] = []
        for span, is_excluded in self._entries(told.sys_id):
            if span.start_date_time.endswith("Z") and zone not in UTC:
                raise BadRecord(f"one of its entries is written in UTC, and its zone is {zone}")
            if span.repeat_type.lower() in WEEKLY:
                (taken if is_excluded else given).extend(_weekly(span))
                edits.append(second(span.sys_updated_on))
            elif is_excluded and _is_of_whole_days(span) and span.repeat_type.lower() in ("", "yearly"):
                days += _days(span)
            else:
                yield Notice(stream="spans", field=f"an entry of {told.name!r} that is neither weekly nor a whole day")
        edited = max(edits, default=0)
        yield Schedule(
            schedule=key,
            name=told.name,
            time_zone=zone,
            intervals=tuple(without(merged(given), taken)),
            holidays=tuple(sorted(set(days))),
            is_default=told.sys_id == self._default,
            edited_at=edited if edited > second(told.sys_created_on) + A_DAY_OF_SECONDS else 0,
        )

    def _entries(self, schedule: str, is_excluded: bool = False, deep: int = DEEP) -> Spans:
        """A schedule's own entries, and those of the ones within it, which keep its time and not their own."""
        own = [span for span in self._spans if span.schedule == schedule]
        if any(span.type.lower() in OTHERWISE_MEANT for span in own):
            raise BadRecord("it says when changes may be made, not when somebody answers")
        found: Spans = [(span, is_excluded or span.type.lower() in EXCLUDED) for span in own]
        for inner in self._within:
            if inner.schedule == schedule and deep:
                found += self._entries(inner.child_schedule, inner.type.lower() in EXCLUDED or is_excluded, deep - 1)
        return found


def _weekly(span: Span) -> Iterator[tuple[int, int]]:
    """Minutes since Monday of an entry that comes each week, for good."""
    if span.repeat_count not in ("", "0", "1") or span.repeat_until.strip("0"):
        raise BadRecord("one of its entries does not come every week, or only until some day")
    begin, end = _moment(span.start_date_time), _moment(span.end_date_time)
    if begin.timestamp() > second(span.sys_updated_on) + A_DAY_OF_SECONDS:
        raise BadRecord("one of its entries begins later than it was written")
    at = begin.hour * 60 + begin.minute
    length = -(-int((end - begin).total_seconds()) // 60)
    days = WEEKLY[span.repeat_type.lower()] or span.days_of_week or str(begin.isoweekday())
    if not set(days) <= set("1234567"):
        raise BadRecord(f"one of its entries comes on {days!r}; days are numbers from 1, Monday, to 7")
    if length > 0:
        yield from (((int(day) - 1) * A_DAY + at, (int(day) - 1) * A_DAY + at + length) for day in sorted(set(days)))


def _is_of_whole_days(span: Span) -> bool:
    begin, end = _moment(span.start_date_time), _moment(span.end_date_time)
    return (begin.hour, begin.minute) == (0, 0) and (end.hour, end.minute) in ((23, 59), (0, 0)) and end > begin


def _days(span: Span) -> Iterator[tuple[str, str]]:
    """First and last day of an entry of whole days, once or each year."""
    begin = _moment(span.start_date_time).date()
    last = (_moment(span.end_date_time) - datetime.timedelta(seconds=1)).date()
    until = span.repeat_until[:4] if span.repeat_until.strip("0") else str(LAST_YEAR)
    for year in range(begin.year, min(int(until), LAST_YEAR) + 1 if span.repeat_type else begin.year + 1):
        first = _in_year(span, begin, year)
        if first is not None:
            yield first.isoformat(), (first + (last - begin)).isoformat()


def _in_year(span: Span, begin: datetime.date, year: int) -> datetime.date | None:
    """The day of a year; of one that floats, such as the last Monday of May, it is counted (Sunday is 1)."""
    if not span.repeat_type or span.yearly_type != "float":
        try:
            return begin.replace(year=year)
        except ValueError:
            return None  # The 29th of February.
    month, weekday = int(span.month), (int(span.float_day) - 2) % 7
    first = datetime.date(year, month, 1)
    days = [first + datetime.timedelta(days=n) for n in range((weekday - first.weekday()) % 7, 31, 7)]
    days = [day for day in days if day.month == month]
    place = -1 if span.float_week == "last" else int(span.float_week) - 1
    return days[place] if place < len(days) else None


def _moment(text: str) -> datetime.datetime:
    """A moment on the clock of the schedule."""
    try:
        return datetime.datetime.strptime(text.removesuffix("Z"), "%Y%m%dT%H%M%S").replace(tzinfo=datetime.UTC)
    except ValueError:
        raise BadRecord("a moment of one of its entries is not written as 20260302T090000") from None
