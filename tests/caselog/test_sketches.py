"""Sketches: the same matter in other words is alike, and nothing can be read out of them."""

import pytest

from auditlib.caselog.text import fingerprint, similarity, sketch

KEY = b"a key of thirty-two random bytes"
OTHER_KEY = b"another key of as many bytes, too"


def test_a_sketch_finds_the_same_matter_in_other_words_of_politeness():
    asked = sketch("Re: Lamp loses its connection every night", KEY)
    again = sketch("AW: The lamp LOSES its connection again every night!", KEY)
    assert similarity(asked, again) == pytest.approx(1.0)
    assert similarity(asked, sketch("Invoice shows the wrong company", KEY)) == 0


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Café broken", "cafe BROKEN"),
        ("Fwd: RE: lamp", "lamp"),
        ("lamp 123456 a@b.de", "lamp 987654 c@d.de"),
        ("lamp lamp lamp", "lamp"),
        ("is the lamp", "lamp"),
    ],
)
def test_a_sketch_leaves_out_what_says_nothing_about_the_matter(left, right):
    assert sketch(left, KEY) == sketch(right, KEY) != b""


def test_a_sketch_of_nothing_is_empty_and_like_nothing():
    assert sketch("", KEY) == sketch("the 123456", KEY) == b""
    assert similarity(b"", b"") == 0


def test_short_texts_are_compared_exactly_and_long_ones_closely():
    words = [f"word{chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(300)]
    assert similarity(sketch(" ".join(words[:30]), KEY), sketch(" ".join(words[20:50]), KEY)) == pytest.approx(0.2)
    assert similarity(sketch(" ".join(words[:200]), KEY), sketch(" ".join(words[100:]), KEY)) == pytest.approx(
        1 / 3, abs=0.18
    )
    assert len(sketch(" ".join(words), KEY)) == 256


def test_nothing_is_the_same_under_another_key():
    assert similarity(sketch("lamp broken", KEY), sketch("lamp broken", OTHER_KEY[:32])) == 0
    assert fingerprint("a@b.de", KEY) != fingerprint("a@b.de", OTHER_KEY[:32])


@pytest.mark.parametrize("key", [b"", b"short", b"x" * 65])
def test_a_key_that_can_be_guessed_or_does_not_fit_is_refused(key):
    with pytest.raises(ValueError, match="16 to 64"):
        fingerprint("a@b.de", key)
    with pytest.raises(ValueError, match="16 to 64"):
        sketch("lamp", key)
