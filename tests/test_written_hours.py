"""Opening hours and holidays as people write them."""

from __future__ import annotations

import pytest

from auditlib.clocks import read_holidays, read_hours
from tests.test_clocks import WEEKDAYS, minutes


def test_hours_are_read_as_they_are_written():
    assert read_hours("Sat 10:00-14:00 UTC") == (((7800, 8040),), "UTC")
    assert read_hours("24/7 UTC") == (((0, 10080),), "UTC")
    assert read_hours("Sun 22:00-06:00 Asia/Kathmandu") == (((9960, 10440),), "Asia/Kathmandu")
    assert len(read_hours("Mon-Fri 09:00-12:00 13:00-17:00, Sat 10:00-14:00 Europe/Berlin")[0]) == 11
    assert [opens // 1440 for opens, _ in read_hours("Sat-Mon 08:00-09:00 UTC")[0]] == [0, 5, 6]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mon-Fri 09:00-17:00", "time zone"),
        ("24/7", "time zone"),
        ("Mon-Fri 09:00-17:00 Europe/Berln", "Europe/Berlin"),
        ("Mon-Fri 09:00-17:00 ../../etc/passwd", "not a time zone"),
        ("Mo-Fr 09:00-17:00 UTC", "Mon, Tue"),
        ("Mon-Fri 9-17 UTC", "09:00-17:00"),
        ("Mon-Fri 09:00-17:60 UTC", "24:00"),
        ("Mon-Fri 09:00-09:00 UTC", "00:00-24:00"),
        ("Mon, Wed 09:00-17:00 UTC", "'Mon' is not days and times"),
        ("Mon 09:00-17:00, UTC", "'' is not days and times"),
        ("", "time zone"),
    ],
)
def test_mistakes_in_hours_say_what_would_be_right(text: str, words: str):
    with pytest.raises(ValueError, match=words):
        read_hours(text)


def test_holidays_come_from_a_calendar():
    berlin = read_holidays("DE-BE", [2026])
    assert ("2026-03-08", "2026-03-08") in berlin
    assert ("2026-03-08", "2026-03-08") not in read_holidays("DE", [2026])


@pytest.mark.parametrize(("calendar", "words"), [("XX", "country"), ("DE-XX", "BE"), ("none.csv", "no file")])
def test_an_unknown_calendar_is_refused(calendar: str, words: str):
    with pytest.raises(ValueError, match=words):
        read_holidays(calendar, [2026])


def test_holidays_come_from_a_file(tmp_path):
    file = tmp_path / "closed.csv"
    file.write_text("date,until,name\n2026-12-24T12:00,,Eve\n2026-12-25,2026-12-26,Christmas\n")
    found = read_holidays("closed.csv", [], tmp_path)
    assert found == (("2026-12-24T12:00", "2026-12-24"), ("2026-12-25", "2026-12-26"))
    assert minutes(WEEKDAYS, "2026-12-24", "2026-12-27", found) == 180


@pytest.mark.parametrize(("lines", "words"), [("day\n2026-12-24\n", "column date"), ("date\n24.12.\n", "line 2")])
def test_mistakes_in_a_file_of_holidays_name_the_line(tmp_path, lines: str, words: str):
    (tmp_path / "closed.csv").write_text(lines)
    with pytest.raises(ValueError, match=words):
        read_holidays("closed.csv", [], tmp_path)
