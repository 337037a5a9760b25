"""Answers to surveys: kept as the customer gave them, and what they come to by a versioned mapping.

A source writes an answer as `scale:answer`, such as `1-5:4`; a mere good, neutral or bad is its
own scale, and ` with comment` at the end says that the customer also wrote something (never what).
The case log keeps one whole number for all of it, so that another mapping needs no new reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

import numpy as np

from auditlib.caselog.words import Rating

MAPPING_VERSION = "1"
"""Raise it with every change of `MEANS`: what an answer comes to is a definition."""
WITH_COMMENT = " with comment"
ANSWERS = 100


class Scale(IntEnum):
    """How a survey may be answered. Stored: add new ones at the end, never renumber."""

    words = 1
    one_to_five = 2
    one_to_three = 3
    zero_to_ten = 4
    one_to_seven = 5


NAMES = {
    "good/bad": Scale.words,
    "1-5": Scale.one_to_five,
    "1-3": Scale.one_to_three,
    "0-10": Scale.zero_to_ten,
    "1-7": Scale.one_to_seven,
}
CALLED = {scale: name for name, scale in NAMES.items()}


def _by_number(bad: range, neutral: range, good: range) -> dict[str, Rating]:
    means = {str(answer): Rating.bad for answer in bad}
    means |= {str(answer): Rating.neutral for answer in neutral}
    return means | {str(answer): Rating.good for answer in good}


MEANS: Mapping[Scale, Mapping[str, Rating]] = {
    Scale.words: {rating.name: rating for rating in Rating},
    # The middle is no praise: helpdesks count 3 of 5 and 2 of 3 as bad, and so does this mapping.
    Scale.one_to_five: _by_number(range(1, 4), range(0), range(4, 6)),
    Scale.one_to_three: _by_number(range(1, 3), range(0), range(3, 4)),
    Scale.zero_to_ten: _by_number(range(7), range(7, 9), range(9, 11)),
    Scale.one_to_seven: _by_number(range(1, 4), range(4, 5), range(5, 8)),
}


class UnknownRating(ValueError):
    """An answer that is on none of the scales; the message says which there are."""


def code(text: str) -> int:
    """The number under which an answer is kept: 1-5:4 or good, perhaps followed by ` with comment`."""
    said = text.removesuffix(WITH_COMMENT)
    name, colon, answer = said.rpartition(":")
    scale = NAMES.get(name if colon else "good/bad")
    if scale is None or answer not in MEANS[scale]:
        # The answer itself may be a customer's words: it is not repeated.
        raise UnknownRating(
            f"a rating on the scale {name!r}" + " cannot be read; an answer is good, neutral or bad, "
            f"or a scale and a number, such as 1-5:4; the scales are {', '.join(NAMES)}"
        )
    place = list(MEANS[scale]).index(answer)
    return (scale * ANSWERS + place) * 2 + text.endswith(WITH_COMMENT)


def ratings(codes: np.ndarray) -> np.ndarray:
    """What answers come to, as numbers of `Rating`; 0 where the number is no answer."""
    return _looked_up(codes, {key: int(rating) for key, (_, _, rating) in _KNOWN.items()}, 0).astype(np.int64)


def words(codes: np.ndarray) -> np.ndarray:
    """good, neutral or bad; None where the number is no answer."""
    return _looked_up(codes, {key: rating.name for key, (_, _, rating) in _KNOWN.items()}, None)


def scales(codes: np.ndarray) -> np.ndarray:
    """The scales' names, such as 1-5; None where the number is no answer."""
    return _looked_up(codes, {key: CALLED[scale] for key, (scale, _, _) in _KNOWN.items()}, None)


def answers(codes: np.ndarray) -> np.ndarray:
    """The answers in the surveys' own words; None where the number is no answer."""
    return _looked_up(codes, {key: answer for key, (_, answer, _) in _KNOWN.items()}, None)


def has_comment(codes: np.ndarray) -> np.ndarray:
    """Whether the customer wrote something beside the answer."""
    return np.isin(codes // 2, list(_KNOWN)) & (codes % 2 == 1)


_KNOWN = {
    scale * ANSWERS + place: (scale, answer, rating)
    for scale, of_scale in MEANS.items()
    for place, (answer, rating) in enumerate(of_scale.items())
}


def _looked_up(codes: np.ndarray, table: Mapping[int, object], otherwise: object) -> np.ndarray:
    distinct, where = np.unique(codes, return_inverse=True)
    found = np.array([table.get(int(one) // 2, otherwise) for one in distinct], object)
    return found[where] if len(distinct) else np.zeros(0, object)
