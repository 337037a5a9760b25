"""ServiceNow's schedules in any form that its own entries have, against what each of their minutes says by itself."""

from __future__ import annotations

import calendar
import dataclasses
import datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from auditlib.caselog import rows as r
from auditlib.sources import Settings, load
from tests.sources.allowed import page

servicenow = load("servicenow")
SETTINGS = Settings(name="s", kind="servicenow", connection="s", since=1, options={"schedule": "Desk"})
MONDAY = datetime.date(2020, 1, 6)
DAYS = {"daily": {0, 1, 2, 3, 4, 5, 6}, "weekdays": {0, 1, 2, 3, 4}, "weekends": {5, 6}, "weekMWF": {0, 2, 4},
        "weekTT": {1, 3}}  # fmt: skip
WEEKS = (datetime.date(2026, 5, 18), datetime.date(2027, 1, 1))
HALF_HOURS = 48
MADE = "2020-06-01 00:00:00"


@dataclasses.dataclass
class Entry:
    """An entry as it is written down, and on which half-hours of which days it says something."""

    record: dict[str, Any]
    days: Any
    first: int
    last: int
    is_excluded: bool

    def says(self, day: datetime.date, half: int) -> bool:
        return self.first <= half < self.last and self.days(day)


def record(number: int, schedule: str, begin: datetime.date, first: int, last: int, **more: Any) -> dict[str, Any]:
    def at(half: int) -> str:
        return f"{begin:%Y%m%d}T" + ("235959" if half == HALF_HOURS else f"{half // 2:02d}{half % 2 * 30:02d}00")

    return {"sys_id": f"s{number}", "schedule": schedule, "start_date_time": at(first), "end_date_time": at(last),
            "sys_updated_on": MADE, "repeat_count": "1", **more}  # fmt: skip


@st.composite
def weekly(draw: st.DrawFn, number: int) -> Entry:
    first = draw(st.integers(0, HALF_HOURS - 1))
    last = draw(st.integers(first + 1, HALF_HOURS))
    kind = draw(st.sampled_from([*DAYS, "weekly"]))
    begin = MONDAY + datetime.timedelta(days=draw(st.integers(0, 6)))
    named = draw(st.sets(st.integers(0, 6))) if kind == "weekly" else set()
    on = DAYS.get(kind) or named or {begin.weekday()}
    excluded = draw(st.booleans())
    told = record(
        number, draw(st.sampled_from(["h", "inner"])), begin, first, last, repeat_type=kind,
        days_of_week="".join(str(day + 1) for day in draw(st.permutations(sorted(named)))),
        type="exclude" if excluded else draw(st.sampled_from(["", "meeting", "phone_call"])),
    )  # fmt: skip
    return Entry(told, lambda day: day.weekday() in on, first, last, excluded)


@st.composite
def whole_days(draw: st.DrawFn, number: int) -> Entry:
    kind = draw(st.sampled_from(["once", "doy", "float"]))
    week = draw(st.sampled_from(WEEKS))
    begin = week + datetime.timedelta(days=draw(st.integers(0, 13)))
    if kind == "once":
        told, on = record(number, "inner", begin, 0, HALF_HOURS, type="exclude"), lambda day: day == begin
    elif kind == "doy":
        told = record(number, "inner", begin.replace(year=2020), 0, HALF_HOURS, type="exclude", repeat_type="yearly",
                      yearly_type="doy")  # fmt: skip
        on = lambda day: (day.month, day.day) == (begin.month, begin.day)  # noqa: E731
    else:
        place = draw(st.sampled_from(["1", "2", "3", "4", "last"]))
        told = record(
            number, "inner", begin.replace(year=2020), 0, HALF_HOURS, type="exclude", repeat_type="yearly",
            yearly_type="float", month=str(begin.month), float_week=place, float_day=str((begin.weekday() + 1) % 7 + 1),
        )  # fmt: skip

        def on(day: datetime.date) -> bool:
            length = calendar.monthrange(day.year, day.month)[1]
            is_place = day.day > length - 7 if place == "last" else (day.day - 1) // 7 + 1 == int(place)
            return day.month == begin.month and day.weekday() == begin.weekday() and is_place

    return Entry(told, on, 0, HALF_HOURS, True)


def read(entries: list[Entry]) -> list[Any]:
    """What is read of a schedule and of the one within it."""
    hours = {"sys_id": "h", "sys_created_on": MADE, "name": "Desk", "time_zone": "Europe/Berlin"}
    inner = {"sys_id": "inner", "sys_created_on": MADE, "name": "Within", "time_zone": ""}
    bodies: dict[str, list[dict[str, Any]]] = {
        "choices": [], "groups": [], "tickets": [], "hours": [hours, inner], "spans": [e.record for e in entries],
        "within": [{"sys_id": "w", "schedule": "h", "child_schedule": "inner", "type": "include"}],
    }  # fmt: skip
    pages = [page(stream, f"/api/now/table/{stream}", {"result": rows}) for stream, rows in bodies.items()]
    return list(servicenow.read(pages, SETTINGS))


def is_open(schedule: r.Schedule, day: datetime.date, half: int) -> bool:
    minute = day.weekday() * 24 * 60 + half * 30
    if any(first <= day.isoformat() <= last for first, last in schedule.holidays):
        return False
    return any(begin <= minute < end for begin, end in schedule.intervals)


@given(st.data())
def test_each_half_hour_is_open_as_its_entries_say(data: st.DataObject) -> None:
    numbers = range(data.draw(st.integers(0, 6)))
    entries = [data.draw(st.one_of(weekly(n), weekly(n), whole_days(n))) for n in numbers]
    (schedule,) = read(entries)
    assert all(before[1] <= after[0] for before, after in zip(schedule.intervals, schedule.intervals[1:], strict=False))
    for week in WEEKS:
        for day in (week + datetime.timedelta(days=n) for n in range(14)):
            for half in range(HALF_HOURS):
                said = [entry.is_excluded for entry in entries if entry.says(day, half)]
                assert is_open(schedule, day, half) == (bool(said) and not any(said)), (day, half)
