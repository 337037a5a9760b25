"""Which answer to a survey counts, and whom it is charged to, by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from auditlib.caselog import ratings
from auditlib.caselog.words import ActorClass, Kind, Rating
from auditlib.span import NEVER
from auditlib.timelines import NOWHERE
from auditlib.timelines.ratings import SETTLES, told
from tests.verbs.made import ANN, CUSTOMER, created, made

DAY = 86_400
GOOD, BAD = (ratings.code(word) for word in ("good", "bad"))


def offered(at, ticket=0):
    return ticket, at, Kind.rating_offered, {}


def rated(at, new, ticket=0):
    return ticket, at, Kind.rating, {"actor": CUSTOMER, "actor_class": ActorClass.customer, "new": new}


def replied(at, ticket=0):
    return ticket, at, Kind.message, {}


def test_each_survey_has_its_own_time():
    rows = created(0, 0), offered(0), rated(13 * DAY, GOOD)
    rows += created(1, 0), offered(20 * DAY, 1), rated(21 * DAY, BAD, 1), rated(34 * DAY + 1, GOOD, 1)
    r = made(*rows, n=2).ratings
    assert r.counts.tolist() == [True, True, False]
    assert r.is_first.tolist() == [True, True, False]


def test_an_offer_without_an_answer_comes_to_nothing():
    t = made(created(0, 0), offered(100), offered(200), rated(300, BAD))
    assert t.ratings.code.tolist() == [0, BAD]
    assert t.ratings.rating.tolist() == [0, Rating.bad]
    assert t.survey_answer.tolist() == [0, Rating.bad]
    assert told(np.zeros(0, np.int64), str, None).tolist() == []


def test_a_good_answer_that_came_too_late_is_none():
    late = made(created(0, 0), offered(100), rated(101 + SETTLES, GOOD))
    in_time = made(created(0, 0), offered(100), rated(100 + SETTLES, GOOD))
    assert (late._is_good.any(), in_time._is_good.any()) == (False, True)
    assert (late.rating_word.tolist(), in_time.rating_word.tolist()) == ([None], ["good"])


def test_an_offered_survey_ends_after_its_time_and_what_nobody_offered_never():
    rows = created(0, 0), rated(50, BAD), offered(100), rated(200, GOOD), rated(300, BAD)
    for more, is_over in ((-1, False), (0, True)):
        t = replace(made(*rows), mature_until=100 + SETTLES + more)
        assert t.is_survey_over.tolist() == [False, is_over, False]
        assert t.survey_ends_at.tolist() == [NEVER, NEVER if is_over else 100 + SETTLES, NEVER]


def test_a_rating_is_charged_to_the_reply_before_it_was_asked_for():
    rows = created(0, 0), replied(100), offered(200), replied(300), rated(400, GOOD)
    rows += created(1, 0), rated(400, BAD, 1), replied(500, 1), rated(600, BAD, 1), created(2, 0), offered(100, 2)
    t = made(*rows, n=3)
    assert t.asked_for_rating.tolist() == [2, 6, 8, 10]
    assert t.rated_reply.tolist() == [1, NOWHERE, 7, NOWHERE]
    opened = made(created(0, 0, actor=ANN, actor_class=ActorClass.agent), offered(100))
    assert opened.rated_reply.tolist() == [0], "what an agent opened is charged to the opening"


def test_in_a_chat_the_last_line_before_the_survey_is_charged():
    t = made(created(0, 0), replied(100), replied(150), offered(200), channel=np.array(["chat"], object))
    assert t.rated_reply.tolist() == [2]
