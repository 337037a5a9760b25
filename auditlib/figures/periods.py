"""Weeks, months and days: which period a day lies in, and when it ends."""

from __future__ import annotations

import datetime

import numpy as np

PERIODS = ("week", "month", "day")
DAY = datetime.timedelta(days=1)
ONE = np.timedelta64(1, "D")


def starts(period: str, days: np.ndarray) -> np.ndarray:
    """The first day of the period of each day (datetime64[D]); NaT stays NaT."""
    if period == "week":
        return days - ((days.astype(np.int64) + 3) % 7).astype("timedelta64[D]")  # 1970-01-01 was a Thursday
    return days.astype("datetime64[M]").astype("datetime64[D]") if period == "month" else days


def after(period: str, first: np.ndarray, by: np.ndarray | int = 1) -> np.ndarray:
    """The first days of later periods, given the first days of some."""
    if period == "month":
        return (first.astype("datetime64[M]") + np.asarray(by)).astype("datetime64[D]")
    return first + np.asarray(by) * (7 if period == "week" else 1) * ONE


def number(period: str, first: np.ndarray) -> np.ndarray:
    """Which period it is, counted from 1970, given its first day."""
    if period == "month":
        return first.astype("datetime64[M]").astype(np.int64)
    return (first.astype(np.int64) + 3) // 7 if period == "week" else first.astype(np.int64)


def ends(period: str, first: np.ndarray) -> np.ndarray:
    """The last days of periods."""
    return after(period, first) - ONE


def first_whole(period: str, day: datetime.date) -> np.datetime64:
    """The first period that begins on or after a day: those that were loaded only in part are not published."""
    at = np.array([day], "datetime64[D]")
    begin = starts(period, at)
    return np.where(begin == at, begin, after(period, begin))[0]


def last_settled(mature_until: np.datetime64, matures_after_days: int) -> np.datetime64:
    """The latest day on which a period may end so that all windows of its units are over."""
    return mature_until - (1 + matures_after_days) * ONE
