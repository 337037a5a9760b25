"""Any text can be read, hostile ones too, and a marker says what was seen and where."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditlib.caselog.text import fingerprint, markers, mask, sketch, strip

KEY = b"a key of thirty-two random bytes"

HOSTILE = [
    "a", "a@", "1 ", "1-", "(", "DE12", "www.", "a.", ":", "\u202e", "ﷺ", "\n", "> ", "On a wrote\n",
    "From: a\n", "thanks ",
    "I will ", "I will check ", "within 5 ", "können ", "😀", "Re:", "received the ", "-", "--\n", "é",
    "?", "by 1.1.",
]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE, ids=repr)
def test_no_ten_megabytes_make_any_rule_slow(unit):
    text = unit * (10_000_000 // len(unit))
    begun = time.perf_counter()
    mask(text, ["Anna Smith"])
    body = strip(text)
    markers(body, by_customer=True)
    markers(body, by_customer=False)
    sketch(text, KEY)
    fingerprint(text, KEY)
    assert time.perf_counter() - begun < 1.0


def test_a_marker_says_where_it_begins_and_which_rules_saw_it():
    (found,) = markers("Hello. It’s me. Any update on this?", True)
    assert (found.offset, found.rule_version) == (16, "en.5")
    (in_german,) = markers("İ. Gibt es schon etwas Neues?", True)
    assert (in_german.offset, in_german.rule_version) == (3, "de.4")


@given(st.text(max_size=200), st.booleans())
def test_any_text_can_be_read_for_markers(body, by_customer):
    for found in markers(body, by_customer):
        assert 0 <= found.offset <= len(body)
