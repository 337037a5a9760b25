"""The text rules against messages that were labelled by what they mean."""

import pytest

from auditlib.caselog import labelled
from auditlib.caselog.words import Marker
from auditlib.pages.text_rules import LOOKS_FOR

SEEN = [message for message in labelled.messages() if not message.is_held_out]
HELD_OUT = [message for message in labelled.messages() if message.is_held_out]
FLOOR = 0.9
"""Of precision and of recall together, over what the rules were tuned on."""
HELD_OUT_PRECISION, HELD_OUT_RECALL = 0.9, 0.35
"""Over all markers of the messages that no rule was changed for: single markers are too few there. They say what they
mean in words of their own, which closed rules find in about four of ten; what they find is right."""


def test_there_are_messages_for_every_marker_and_many_for_none():
    assert len(labelled.messages()) >= 150
    assert set(LOOKS_FOR) == set(Marker)
    for marker in Marker:
        assert sum(marker in message.means for message in labelled.messages()) >= 5, marker.name
    for by_customer in (True, False):
        assert sum(not m.means for m in labelled.messages() if m.by_customer is by_customer) >= 25
    assert len(HELD_OUT) >= 100
    assert not {message.says for message in HELD_OUT} & {message.says for message in SEEN}
    for marker in set(Marker) - {Marker.vague_promise}:
        assert sum(marker in message.means for message in HELD_OUT) >= 6, marker.name


@pytest.mark.parametrize("marker", list(Marker), ids=lambda marker: marker.name)
def test_each_rule_finds_what_it_is_for_and_little_else(marker):
    score = labelled.scores(SEEN)[marker]
    assert 2 * score.right / (2 * score.right + score.wrong + score.missed) >= (
        FLOOR if marker is not Marker.confirmation else 0.6  # it says nothing rather than something wrong
    )
    assert score.precision >= 0.9


def test_on_messages_that_no_rule_was_made_for_most_is_right():
    of = labelled.scores(HELD_OUT).values()
    right, wrong, missed = (sum(getattr(score, name) for score in of) for name in ("right", "wrong", "missed"))
    assert right / (right + wrong) >= HELD_OUT_PRECISION
    assert right / (right + missed) >= HELD_OUT_RECALL


def test_dues_are_read_as_they_are_meant():
    right, read = labelled.dues(SEEN)
    assert right == read >= 20
    right, read = labelled.dues(HELD_OUT)
    assert right == read >= 2
