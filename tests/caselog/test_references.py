"""Which tickets a text quotes, and which orders are one."""

import pytest

from auditlib.caselog.references import MOST, order, quoted


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("I wrote to you about this already (#4711).", ["4711"]),
        ("Re: [#12] Lamp", ["12"]),
        ("See ticket 88, and case number: 9.", ["88", "9"]),
        ("My request no. SUP-12 was closed.", ["SUP-12"]),
        ("Vorgang 17 ist noch offen", ["17"]),
        ("#4711 and again #4711", ["4711"]),
        ("Order 4711 came on 3.4.2026 for 49.90", []),
        ("You are #1! colour #fff and C# and &#39;", ["1"]),
        ("two requests in 2026", []),
        (" ".join(f"#{n}" for n in range(1, 500)), [str(n) for n in range(1, MOST + 1)]),
    ],
)
def test_a_ticket_is_quoted_with_a_sign_or_with_the_word_for_it(text, numbers):
    assert quoted(text) == numbers


@pytest.mark.parametrize(("one", "other"), [("NH-100 200", "nh100200"), ("#55 12", "5512"), ("Ä-1", "ä 1")])
def test_an_order_is_the_same_however_it_is_written(one, other):
    assert order(one) == order(other) is not None


@pytest.mark.parametrize("nothing", [None, "", " - ", "0000", "n", "---"])
def test_what_people_write_to_fill_a_field_is_no_order(nothing):
    assert order(nothing) is None
