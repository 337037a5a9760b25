"""By when: what words say, and when that is on the hours in force."""

import datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditlib.caselog.dues import By, Due, Reader
from auditlib.caselog.phrases import calendar
from auditlib.clocks import OpenHours, read_hours
from auditlib.timelines.falling_due import due_moments

BERLIN = ZoneInfo("Europe/Berlin")
HOLIDAYS = (("2026-04-03", "2026-04-06"),)  # Good Friday to Easter Monday


def moment(text: str, zone: ZoneInfo = BERLIN) -> int:
    return int(datetime.datetime.fromisoformat(text).replace(tzinfo=zone).timestamp())


def hours(text: str = "Mon-Fri 09:00-17:00 Europe/Berlin") -> OpenHours:
    intervals, zone = read_hours(text)
    return OpenHours.compile(intervals, zone, HOLIDAYS, moment("2025-01-01"), moment("2027-12-31"))


@pytest.mark.parametrize(
    ("language", "words", "due"),
    [
        (calendar.ENGLISH, "by friday", "friday"),
        (calendar.ENGLISH, "next friday", "friday next week"),
        (calendar.ENGLISH, "in 2-3 business days", "3 business days"),
        (calendar.ENGLISH, "within 4 business hours", "4 business hours"),
        (calendar.ENGLISH, "within 90 minutes", "90 minutes"),
        (calendar.ENGLISH, "within the hour", "1 hours"),
        (calendar.ENGLISH, "tomorrow by noon", "tomorrow 12:00"),
        (calendar.ENGLISH, "today at 5:30 pm", "today 17:30"),
        (calendar.ENGLISH, "tonight", "today 24:00"),
        (calendar.ENGLISH, "this afternoon", "today"),
        (calendar.ENGLISH, "end of next week", "next week"),
        (calendar.ENGLISH, "by the end of the month", "this month"),
        (calendar.ENGLISH, "within 2 weeks", "14 days"),
        (calendar.ENGLISH, "by may 3rd", "3 may"),
        (calendar.ENGLISH, "by 3/4", "ambiguous"),
        (calendar.ENGLISH, "by 13/4", "13 april"),
        (calendar.ENGLISH, "by 4/13/2026", "2026-04-13"),
        (calendar.ENGLISH, "by 4/4", "4 april"),
        (calendar.ENGLISH, "by 31/2", "ambiguous"),
        (calendar.ENGLISH, "by 2026-02-30", "ambiguous"),
        (calendar.GERMAN, "bis zum 3.4.", "3 april"),
        (calendar.GERMAN, "morgen früh", "tomorrow 12:00"),
        (calendar.GERMAN, "am donnerstag um 15 uhr", "thursday 15:00"),
        (calendar.GERMAN, "am montagnachmittag", "monday"),
        (calendar.GERMAN, "binnen zwei arbeitstagen", "2 business days"),
        (calendar.FRENCH, "sous 48 h", "48 hours"),
        (calendar.FRENCH, "fin de la journée", "end of day"),
        (calendar.FRENCH, "vendredi prochain", "friday next week"),
        (calendar.SPANISH, "mañana por la mañana", "tomorrow 12:00"),
        (calendar.SPANISH, "en dos días hábiles", "2 business days"),
    ],
)
def test_words_say_by_when(language, words, due):
    assert str(Reader(language).read(words)) == due


@pytest.mark.parametrize(
    ("words", "made", "due"),
    [
        ("within 24 hours", "2026-03-06 16:00", "2026-03-07 16:00"),  # the calendar's, over a weekend
        ("within 24 hours", "2026-03-28 12:00", "2026-03-29 13:00"),  # the clocks go forward
        ("within 4 business hours", "2026-03-06 15:00", "2026-03-09 11:00"),
        ("within 2 business days", "2026-03-03 10:00", "2026-03-05 17:00"),
        ("within 2 business days", "2026-03-07 10:00", "2026-03-10 17:00"),  # said on a Saturday
        ("within 1 business days", "2026-04-02 10:00", "2026-04-07 17:00"),  # over Easter
        ("by friday", "2026-03-03 10:00", "2026-03-06 17:00"),
        ("by friday", "2026-03-06 16:59", "2026-03-06 17:00"),
        ("by friday", "2026-03-06 17:00", "2026-03-13 17:00"),  # this Friday is over
        ("by friday", "2026-03-03 18:00", "2026-03-06 17:00"),  # today is over, but another day was named
        ("by monday", "2026-03-06 10:00", "2026-03-09 17:00"),  # in the week after this one
        ("by friday", "2026-03-31 10:00", "2026-04-04 00:00"),  # nobody works: its midnight
        ("next friday", "2026-03-03 10:00", "2026-03-13 17:00"),
        ("next week", "2026-03-08 10:00", "2026-03-13 17:00"),
        ("this week", "2026-03-03 10:00", "2026-03-06 17:00"),
        ("this week", "2026-03-06 10:00", "2026-03-06 17:00"),  # it is Friday
        ("this week", "2026-03-07 10:00", "2026-03-09 00:00"),
        ("by end of day", "2026-03-03 10:00", "2026-03-03 17:00"),
        ("by end of day", "2026-03-06 18:00", "2026-03-09 17:00"),
        ("today", "2026-03-03 10:00", "2026-03-03 17:00"),
        ("today", "2026-03-03 18:00", "2026-03-04 00:00"),
        ("today at 5 pm", "2026-03-03 10:00", "2026-03-03 17:00"),
        ("today at 5 pm", "2026-03-03 17:00", "2026-03-04 00:00"),  # in that very second
        ("tomorrow morning", "2026-03-03 10:00", "2026-03-04 12:00"),
        ("tonight", "2026-03-28 10:00", "2026-03-29 00:00"),
        ("tomorrow", "2026-03-06 10:00", "2026-03-08 00:00"),
        ("by end of month", "2026-02-10 10:00", "2026-03-01 00:00"),  # a Saturday
        ("by 5 march", "2026-03-03 10:00", "2026-03-05 17:00"),
        ("by 5 march", "2026-03-05 10:00", "2026-03-05 17:00"),
        ("by 2 march", "2026-03-03 10:00", "2027-03-02 17:00"),
        ("by 5 january", "2026-03-03 10:00", "2027-01-05 17:00"),
        ("by 2026-03-12", "2026-03-03 10:00", "2026-03-12 17:00"),
        ("by 2026-03-02", "2026-03-03 10:00", "2026-03-02 17:00"),
    ],
)
def test_dues_fall_on_the_hours_in_force(words, made, due):
    code = Reader(calendar.ENGLISH).read(words).code
    (at,) = due_moments(hours(), np.array([moment(made)]), np.array([code]))
    assert datetime.datetime.fromtimestamp(at, BERLIN).strftime("%Y-%m-%d %H:%M") == due


def test_midnight_is_a_time_of_the_day():
    (at,) = due_moments(hours(), np.array([moment("2026-03-03 10:00")]), np.array([Due(By.days, 1, 0).code]))
    assert at == moment("2026-03-04 00:00")


def test_days_are_those_of_the_schedule():
    auckland = hours("Mon-Fri 09:00-17:00 Pacific/Auckland")
    made = moment("2026-03-03 21:00")  # Wednesday 09:00 in Auckland
    (at,) = due_moments(auckland, np.array([made]), np.array([Due(By.weekday, 4).code]))
    assert at == moment("2026-03-05 17:00", ZoneInfo("Pacific/Auckland"))


def test_round_the_clock_a_day_closes_at_midnight():
    (at,) = due_moments(
        hours("24/7 Europe/Berlin"), np.array([moment("2026-03-03 10:00")]), np.array([Due(By.end_of_day).code])
    )
    assert at == moment("2026-03-04 00:00")


AMOUNTS = {
    By.minutes: st.integers(1, 20_000), By.business_minutes: st.integers(1, 5_000),
    By.business_days: st.integers(1, 40),
    By.days: st.integers(0, 90), By.weekday: st.sampled_from([*range(1, 8), *range(9, 16)]),
    By.week: st.integers(0, 1), By.month: st.integers(0, 1), By.end_of_day: st.just(0),
    By.day_of_year: st.tuples(st.integers(1, 12), st.integers(1, 28)).map(lambda md: 32 * md[0] + md[1]),
}  # fmt: skip
DUES = st.sampled_from(list(AMOUNTS)).flatmap(
    lambda by: st.builds(Due, st.just(by), AMOUNTS[by], st.none() | st.integers(0, 1440))
)


@given(DUES)
def test_a_due_is_kept_as_one_number(due):
    assert due.code > 0
    assert Due.of(due.code) == due
    assert (due.code & 15, due.code >> 16) == (due.by, due.amount)
    assert (due.code >> 4 & 0xFFF) == (0 if due.minute is None else due.minute + 1)


@given(DUES, st.integers(moment("2025-06-01"), moment("2026-06-30")), st.sampled_from(["09:00-17:00", "00:00-24:00"]))
def test_what_is_promised_falls_due_later(due, made, open_):
    (at,) = due_moments(hours(f"Mon-Fri {open_} Europe/Berlin"), np.array([made]), np.array([due.code]))
    assert at > made
