"""Answers to surveys: kept as the customer gave them, and what they come to by a versioned mapping.

A source writes an answer as `scale:answer`, such as `1-5:4`; a mere good, neutral or bad is its
own scale, and ` with comment` at the end says that the customer also wrote something (never what).
The case log keeps one whole number for all of it, so that another mapping needs no new reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from auditlib.caselog.words import Rating

MAPPING_VERSION = "1"
"""Raise it with every change of `MEANS`: what an answer comes to is a definition."""
WITH_COMMENT = " with comment"


class UnknownRating(ValueError):
    """An answer that is on none of the scales; the message says which there are."""


class Scale(IntEnum):
    """How a survey may be answered. Stored: add new ones at the end, never renumber."""

    good_bad = 1
    one_to_five = 2
    one_to_three = 3
    zero_to_ten = 4
    one_to_seven = 5


SCALES = {
    "good/bad": Scale.good_bad,
    "1-5": Scale.one_to_five,
    "1-3": Scale.one_to_three,
    "0-10": Scale.zero_to_ten,
    "1-7": Scale.one_to_seven,
}


@dataclass(frozen=True)
class Answer:
    """An answer to a survey: the scale's name, the survey's own word, and what it comes to."""

    scale: str
    answer: str
    rating: Rating
    has_comment: bool


def _by_number(**ranges: range) -> dict[str, Rating]:
    return {str(answer): Rating[name] for name, answers in ranges.items() for answer in answers}


# An answer's place in its scale is stored: a scale's answers keep their order.
MEANS: Mapping[Scale, Mapping[str, Rating]] = {
    Scale.good_bad: {rating.name: rating for rating in Rating},
    # The middle is no praise: helpdesks count 3 of 5 and 2 of 3 as bad, and so does this mapping.
    Scale.one_to_five: _by_number(bad=range(1, 4), good=range(4, 6)),
    Scale.one_to_three: _by_number(bad=range(1, 3), good=range(3, 4)),
    Scale.zero_to_ten: _by_number(bad=range(7), neutral=range(7, 9), good=range(9, 11)),
    Scale.one_to_seven: _by_number(bad=range(1, 4), neutral=range(4, 5), good=range(5, 8)),
}


def _numbered() -> dict[int, Answer]:
    found = {}
    for name, scale in SCALES.items():
        for place, (answer, rating) in enumerate(MEANS[scale].items()):
            for has_comment in (False, True):
                found[200 * scale + 2 * place + has_comment] = Answer(name, answer, rating, has_comment)
    return found


ANSWERS = _numbered()
"""The number under which the case log keeps it → an answer."""
_CODES = {(a.scale, a.answer, a.has_comment): code for code, a in ANSWERS.items()}


def code(text: str) -> int:
    """The number under which an answer is kept: of 1-5:4 or good, perhaps followed by ` with comment`."""
    said = text.removesuffix(WITH_COMMENT)
    scale, colon, answer = said.rpartition(":")
    found = _CODES.get((scale if colon else "good/bad", answer, said != text))
    if found is None:
        # The answer itself may be a customer's words: it is not repeated.
        raise UnknownRating(
            "a rating is good, neutral or bad, or a scale and a number on it, such as 1-5:4; "
            f"the scales are {', '.join(SCALES)}"
        )
    return found
