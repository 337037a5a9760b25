"""When what was promised falls due, with the hours in force: see `caselog.dues` for what is kept of the words."""

from __future__ import annotations

import numpy as np

from auditlib.caselog.dues import By
from auditlib.clocks.days import Days
from auditlib.clocks.hours import Moments, OpenHours

MINUTE = 60
FRIDAY, SUNDAY = 5, 7


def due_moments(hours: OpenHours, made_at: Moments, code: Moments) -> Moments:
    """When each due (`Due.code`) falls, for promises made at these moments; epoch seconds.

    Never before the end of the day on which it was said to fall: a time of the day that is already past, or
    a day that has closed, lasts until midnight.
    """
    days = Days.of(hours)
    by, amount, minute = code & 15, code >> 16, (code >> 4 & 0xFFF) - 1
    due = made_at + amount * MINUTE
    works = by == By.business_minutes
    due[works] = hours.add(made_at[works], amount[works] * MINUTE)
    closing = by == By.end_of_day
    due[closing] = days.next_close(made_at[closing])
    on_a_day = ~works & ~closing & (by != By.minutes)
    due[on_a_day] = _on_a_day(days, made_at[on_a_day], by[on_a_day], amount[on_a_day], minute[on_a_day])
    return due


def _on_a_day(days: Days, made_at: Moments, by: Moments, amount: Moments, minute: Moments) -> Moments:
    day = _day(days, made_at, by, amount)
    due = days.close(day)
    timed = minute >= 0
    due[timed] = days.wall(day[timed], minute[timed])
    return np.where((due <= made_at) & (day >= days.day(made_at)), days.end(day), due)


def _day(days: Days, made_at: Moments, by: Moments, amount: Moments) -> Moments:
    """The local day on which each falls due."""
    today = days.day(made_at)
    weekday = (today + 3) % 7 + 1  # 1970-01-01 was a Thursday
    monday = today - weekday + 1
    wanted, ahead = amount % 8, amount // 8
    coming = today + (wanted - weekday) % 7
    coming += 7 * ((wanted == weekday) & (days.close(today) <= made_at))
    friday = monday + 7 * amount + FRIDAY - 1
    # Said at the weekend, "this week" is over only with it.
    friday = np.where(friday < today, monday + SUNDAY - 1, friday)
    return np.select(
        [by == By.business_days, by == By.days, by == By.weekday, by == By.week, by == By.month, by == By.date],
        [
            days.working_day(today, amount),
            today + amount,
            np.where(ahead > 0, monday + 7 + wanted - 1, coming),
            friday,
            _last_of_month(today, amount),
            amount,
        ],
        _next_date(today, amount),
    )


def _last_of_month(today: Moments, ahead: Moments) -> Moments:
    month = today.astype("datetime64[D]").astype("datetime64[M]")
    return (month + ahead + 1).astype("datetime64[D]").astype(np.int64) - 1


def _next_date(today: Moments, date: Moments) -> Moments:
    """The next day, today included, with a month and a day; the first of March for a 29th of February that is none."""
    year = today.astype("datetime64[D]").astype("datetime64[Y]")
    month, day = np.maximum(date // 32, 1), date % 32

    def of(years: np.ndarray) -> Moments:
        first = (years.astype("datetime64[M]") + (month - 1)).astype("datetime64[D]")
        return (first + (day - 1)).astype(np.int64)

    this = of(year)
    return np.where(this >= today, this, of(year + 1))
