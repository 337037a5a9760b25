"""By when somebody promises something: read from words at translation, kept as one small number.

What is kept says *how* the moment is found (two working days later, Friday's close); the moment itself
is found later, with the opening hours in force (`timelines/promising.py`). A due that can be read in
two ways, such as 3/4, or in none, is `ambiguous`: it is counted, and neither kept nor broken.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from auditlib.caselog.phrases.calendar import Calendar

A_DAY = 24 * 60


class By(IntEnum):
    """How a due moment is found. Stored: add new ones at the end, never renumber."""

    minutes = 1
    """So many minutes of the calendar later."""
    business_minutes = 2
    """So many minutes of opening time later."""
    business_days = 3
    """The close of so many working days later."""
    days = 4
    """The close of so many days later; 0 is today."""
    weekday = 5
    """The close of the coming Monday (1) … Sunday (7); 9 … 15 in the week after this one."""
    week = 6
    """The close of the Friday of this week (0) or the next."""
    month = 7
    """The close of the last day of this month (0) or the next."""
    end_of_day = 8
    """The next close."""
    date = 9
    """The close of a day, counted from 1970-01-01."""
    day_of_year = 10
    """The close of the next day with this date: 32 times the month, and the day."""
    ambiguous = 11


AMBIGUOUS = "ambiguous"
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
          "november", "december")  # fmt: skip


@dataclass(frozen=True)
class Due:
    """By when: how, how much, and the minute of the day where one was said (720 for noon)."""

    by: By
    amount: int = 0
    minute: int | None = None

    @property
    def code(self) -> int:
        """The number that is kept: the kind in 4 bits, the minute after it in 12, the amount above; never 0."""
        return self.by | (0 if self.minute is None else self.minute + 1) << 4 | self.amount << 16

    @classmethod
    def of(cls, code: int) -> Due:
        """The due that was kept under a number."""
        minute = (code >> 4) & 0xFFF
        return cls(By(code & 15), code >> 16, minute - 1 if minute else None)

    def __str__(self) -> str:
        time = "" if self.minute is None else f" {self.minute // 60:02}:{self.minute % 60:02}"
        return _said(self.by, self.amount) + time


def _said(by: By, amount: int) -> str:
    ahead, day = divmod(amount, 8)
    match by:
        case By.minutes | By.business_minutes:
            kind = "business " if by is By.business_minutes else ""
            return f"{amount // 60} {kind}hours" if amount % 60 == 0 else f"{amount} {kind}minutes"
        case By.business_days:
            return f"{amount} business days"
        case By.days:
            return {0: "today", 1: "tomorrow"}.get(amount, f"{amount} days")
        case By.weekday:
            return DAYS[day - 1] + (" next week" if ahead else "")
        case By.week | By.month:
            return f"{'next' if amount else 'this'} {by.name}"
        case By.date:
            return datetime.date.fromordinal(amount + EPOCH).isoformat()
        case By.day_of_year:
            return f"{amount % 32} {MONTHS[amount // 32 - 1]}"
    return by.name.replace("_", " ")


EPOCH = datetime.date(1970, 1, 1).toordinal()
ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
NUMERIC = re.compile(r"(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d\d)(?!\d))?")
FIGURES = re.compile(r"\d+")
CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d\d))? ?(am|pm|o'clock|uhr|heures|h)?(?!\w)")
CLOCK_WORDS = ("am", "pm", "o'clock", "uhr", "heures")


class Reader:
    """Reads the words of one language that say by when."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.numbers = re.compile(r"(?<!\w)(?:" + "|".join(calendar.numbers) + r")(?!\w)")
        self.months = [re.compile(rf"(?<!\w)(?:{word})[a-z]{{0,6}}") for word in calendar.months]

    def read(self, words: str) -> Due:
        """The due that the words say; ambiguous where they say none, or more than one."""
        due = self._date(words) or self._length(words) or self._day(words) or self._week(words)
        minute = self._minute(words)
        if due is None:
            return Due(By.days, 0, minute) if minute is not None else Due(By.ambiguous)
        takes_time = due.by in (By.days, By.weekday, By.date, By.day_of_year)
        return Due(due.by, due.amount, minute) if takes_time else due

    def _date(self, words: str) -> Due | None:
        if iso := ISO.search(words):
            return _dated(*map(int, iso.groups()))
        if numeric := NUMERIC.search(words):
            return self._numeric(*numeric.groups())
        for number, name in enumerate(self.months, start=1):
            # March and May are also verbs: a month has its day beside it.
            if (month := name.search(words)) and (day := FIGURES.search(words.replace(month[0], " "))):
                return _of_year(number, int(day[0]))
        return None

    def _numeric(self, first: str, second: str, year: str | None) -> Due:
        day, month = int(first), int(second)
        if not self.calendar.is_day_first and day != month:
            if day <= 12 and month <= 12:
                return Due(By.ambiguous)
            day, month = max(day, month), min(day, month)
        return _dated(int(year) % 100 + 2000, month, day) if year else _of_year(month, day)

    def _length(self, words: str) -> Due | None:
        """A length of time from now; of "two to three days" the later."""
        c = self.calendar
        figures = FIGURES.findall(words) or [str(c.numbers[word]) for word in self.numbers.findall(words)]
        if not figures:
            return None
        amount = int(figures[-1])
        works = bool(re.search(c.working, words))
        if re.search(c.minute, words):
            return Due(By.business_minutes if works else By.minutes, amount)
        if re.search(c.hour, words):
            return Due(By.business_minutes if works else By.minutes, amount * 60)
        if re.search(c.end, words):
            return None
        if re.search(c.day, words) and not self._weekday(words):
            return Due(By.business_days if works else By.days, amount)
        is_counted = re.search(c.week, words) and not re.search(rf"(?:{c.next})|\bthe\b|(?:{c.weekend})", words)
        return Due(By.days, amount * 7) if is_counted else None

    def _day(self, words: str) -> Due | None:
        c = self.calendar
        if day := self._weekday(words):
            return Due(By.weekday, day + 8 * bool(re.search(c.next, words)))
        if re.search(c.after_tomorrow, words):
            return Due(By.days, 2)
        # In German and Spanish the word for tomorrow is also the one for morning.
        if re.search(rf"(?<!\w)(?:{c.tomorrow})", words) and not re.search(c.today, words):
            return Due(By.days, 1)
        if re.search(c.end_of_day, words):
            return Due(By.end_of_day)
        return Due(By.days, 0) if re.search(c.today, words) else None

    def _weekday(self, words: str) -> int:
        found = (day for day, word in enumerate(self.calendar.weekdays, start=1) if re.search(word, words))
        return next(found, 0)

    def _week(self, words: str) -> Due | None:
        c = self.calendar
        ahead = int(bool(re.search(c.next, words)))
        if re.search(c.weekend, words):
            return Due(By.weekday, 7 + 8 * ahead)
        if re.search(c.week, words):
            return Due(By.week, ahead)
        return Due(By.month, ahead) if re.search(c.month, words) else None

    def _minute(self, words: str) -> int | None:
        c = self.calendar
        for hour, minute, word in CLOCK.findall(words):
            if word in CLOCK_WORDS:
                late = bool(c.after_noon) and word == c.after_noon and int(hour) < 12
                said = (int(hour) + 12 * late) * 60 + int(minute or 0)
                return said if said <= A_DAY else None
        if re.search(c.noon, words):
            return A_DAY // 2
        return A_DAY if re.search(c.evening, words) else None


@cache
def reader(calendar: Calendar) -> Reader:
    """The reader of a language, made once."""
    return Reader(calendar)


def _dated(year: int, month: int, day: int) -> Due:
    try:
        return Due(By.date, datetime.date(year, month, day).toordinal() - EPOCH)
    except ValueError:
        return Due(By.ambiguous)


def _of_year(month: int, day: int) -> Due:
    is_a_day = _dated(2024, month, day).by is By.date  # a leap year knows every day
    return Due(By.day_of_year, 32 * month + day) if is_a_day else Due(By.ambiguous)
