"""Surveys: what was offered, what was answered, and which answer counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from auditlib.caselog.ratings import ANSWERS, Answer
from auditlib.caselog.words import Kind, Rating
from auditlib.span import NEVER
from auditlib.timelines.events import NOWHERE
from auditlib.timelines.talk import Talk

SETTLES_DAYS = 14
"""A survey may be answered, and an answer be changed, for so long; what comes later is kept and does not count."""
SETTLES = SETTLES_DAYS * 24 * 60 * 60


@dataclass(frozen=True)
class Ratings:
    """Answers to surveys, and offers that nobody answered, in (ticket, time) order."""

    ticket: np.ndarray
    number: np.ndarray
    offered: np.ndarray
    """Position of the offer; NOWHERE for an answer that nobody asked for."""
    rated: np.ndarray
    """Position of the answer; NOWHERE for an offer without one."""
    code: np.ndarray
    """The answer as the case log keeps it (`caselog/ratings.py`); 0 without one."""
    is_first: np.ndarray
    """The offer's first answer, or an offer without one: by these offers are counted once."""
    counts: np.ndarray
    """The answer that counts: the last that was given in time."""

    def __len__(self) -> int:
        return len(self.ticket)

    @property
    def rating(self) -> np.ndarray:
        """What each answer comes to, as a number of `Rating`; 0 without one."""
        return told(self.code, lambda answer: int(answer.rating), 0).astype(np.int64)


class Surveys(Talk):
    """Offers and answers of a ticket's surveys."""

    @cached_property
    def ratings(self) -> Ratings:
        """Every answer and every offer that was not answered."""
        code = np.where(self.kind(Kind.rating), self.events["new"], 0)
        offers, answers = self.kind(Kind.rating_offered), np.isin(code, list(ANSWERS))
        here = np.flatnonzero(offers | answers)
        of, is_offer = self.events["ticket"][here], offers[here]
        goes_on = np.append(of[1:] == of[:-1], False)[: len(here)]
        is_answered = goes_on & np.append(~is_offer[1:], False)[: len(here)]
        rows = here[~is_offer | ~is_answered]
        of = self.events["ticket"][rows]
        offered = self._previous(offers, rows + 1)
        offered = np.where(offered >= self.starts[:-1][of], offered, NOWHERE)
        rated = np.where(offers[rows], NOWHERE, rows)
        begins = np.ones(len(rows), bool)
        begins[1:] = (of[1:] != of[:-1]) | (offered[1:] != offered[:-1])
        number = np.arange(len(rows)) - np.searchsorted(of, of) + 1
        return Ratings(of, number, offered, rated, code[rows], begins, self._counting(rated, offered, begins))

    def _counting(self, rated: np.ndarray, offered: np.ndarray, begins: np.ndarray) -> np.ndarray:
        """Which answers count: the last of each survey that came in time."""
        asked_at = np.where(offered == NOWHERE, self.at(rated), self.at(offered))
        first = np.flatnonzero(begins)
        survey = np.cumsum(begins) - 1
        is_answer = rated != NOWHERE
        since = asked_at[first][survey] if len(first) else asked_at
        in_time = is_answer & (np.where(is_answer, self.at(rated), since) - since <= SETTLES)
        last = np.full(len(first), -1)
        np.maximum.at(last, survey[in_time], np.flatnonzero(in_time))
        counts = np.zeros(len(rated), bool)
        counts[last[last >= 0]] = True
        return counts

    @cached_property
    def last_rating(self) -> np.ndarray:
        """Position of each ticket's last answer that counts; length n."""
        found = np.full(self.n, -1)
        r = self.ratings
        np.maximum.at(found, r.ticket[r.counts], r.rated[r.counts])
        return np.where(found < 0, NOWHERE, found)

    @cached_property
    def rating_word(self) -> np.ndarray:
        """What that answer comes to: good, neutral or bad; None without one."""
        return told(self._at_position(self.events["new"], self.last_rating), lambda answer: answer.rating.name, None)

    @cached_property
    def survey_answer(self) -> np.ndarray:
        """Per row of `ratings` what its survey's answer that counts comes to, as a number of `Rating`; 0 if none."""
        r, survey = self.ratings, np.cumsum(self.ratings.is_first)
        found = np.zeros(len(r) + 1, np.int64)
        found[survey[r.counts]] = r.rating[r.counts]
        return found[survey]

    @cached_property
    def is_survey_over(self) -> np.ndarray:
        """Per row of `ratings` whether it stands for an offered survey that can no longer be answered in time."""
        r = self.ratings
        return r.is_first & (self.at(r.offered) <= self.mature_until - SETTLES)

    @cached_property
    def survey_ends_at(self) -> np.ndarray:
        """Per row of `ratings` when that comes to be so; NEVER if it is, or cannot."""
        r = self.ratings
        ends_at = np.minimum(self.at(r.offered), NEVER - SETTLES) + SETTLES
        return np.where(r.is_first & (ends_at > self.mature_until), ends_at, NEVER)

    @cached_property
    def _is_good(self) -> np.ndarray:
        good = np.zeros(self.m, bool)
        r = self.ratings
        good[r.rated[r.counts & (r.rating == Rating.good)]] = True
        return good

    @cached_property
    def asked_for_rating(self) -> np.ndarray:
        """Per row of `ratings` the position as of which it is charged: the offer, or else the answer."""
        r = self.ratings
        return np.where(r.offered == NOWHERE, r.rated, r.offered)

    @cached_property
    def rated_reply(self) -> np.ndarray:
        """Per row of `ratings` the last public human reply before it was asked for; NOWHERE if there was none."""
        before = self._previous(self.replies, self.asked_for_rating)
        return np.where(before >= self.starts[:-1][self.ratings.ticket], before, NOWHERE)


def told(code: np.ndarray, of: Callable[[Answer], Any], otherwise: Any) -> np.ndarray:
    """Something of each answer, by its number; `otherwise` where there is none."""
    distinct, where = np.unique(code, return_inverse=True)
    words = [of(ANSWERS[one]) if one in ANSWERS else otherwise for one in distinct.tolist()]
    return np.array(words, object)[where] if len(distinct) else np.zeros(0, object)
