"""Who came back about what: pairs of an earlier ticket and a later one about the same issue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from auditlib.caselog.words import Marker
from auditlib.episodes.candidates import LONGEST_WINDOW, Candidates, anchors, candidates
from auditlib.episodes.similar import similarities
from auditlib.timelines import NOWHERE, Timelines

RULE_VERSION = "3"
"""Grows with every change to the rules and numbers below: a changed link changes figures."""


@dataclass(frozen=True)
class Rules:
    """What decides in doubt. The numbers were chosen on the sandbox (docs/decisions.md): they are simulated."""

    similar: float = 0.6
    """Texts filed under different topics are about one issue from this similarity on."""
    unlike: float = 0.15
    """Texts filed under one topic that are no more similar than this are two issues, unless the customer says
    that they come back."""
    unlike_late: float = 0.3
    """The same of what comes later than a week after the solve: by then a topic says less."""
    enough_words: int = 5
    """Shorter texts are not compared: they share a word by chance, or none by accident."""
    hand_over: int = 15 * 60
    """A second call within so many seconds of the first is the first one, put through."""


@dataclass(frozen=True)
class Simulated:
    """How right the links of a week were on the sandbox's customers (benchmarks/link_quality.py, second half)."""

    right: float
    found: float


SIMULATED = Simulated(right=0.960, found=0.994)
SCORES = {"explicit": 1.0, "topic": 0.8, "said": 0.6}
"""How sure the layers are: an order, no probability. That of similar words is their similarity."""
LIKENESS = 0.15
"""What similar words add to the score of one topic, so that among several the most similar is chosen."""
A_WEEK = 7 * 24 * 60 * 60
RULES = Rules()
NOTHING = np.full((), None, object)
Sketches = Callable[[np.ndarray], Sequence[bytes]]
"""Rows of tickets → the sketches of their words, empty where there are none."""


def same_issue(
    t: Timelines,
    in_scope: np.ndarray,
    sketches: Sketches | None = None,
    longest: int = LONGEST_WINDOW,
    rules: Rules = RULES,
) -> pd.DataFrame:
    """Links, at most one a later ticket: earlier and later (rows of tickets), kind, layer, score … by (earlier, later).

    A ticket continues one issue: of several that it may be about, the surest, then the one that moved last.
    kind: repeat (after a solve that held), parallel (while the earlier one was open) or forwarded (a
    second call within 15 minutes). layer: explicit (follow-up, the same order, its number quoted), topic,
    words or said. `t.tickets` has customer, topic, follow_up_of, and perhaps order, quoted and incident_of.
    """
    pairs = candidates(t, in_scope, longest)
    layer, score = _judged(t, pairs, sketches, rules)
    best = _best(t, pairs, layer, score)
    pairs, layer, score = pairs.at(best), layer[best], score[best]
    return pd.DataFrame(
        {
            "earlier": pairs.earlier,
            "later": pairs.later,
            "kind": _kinds(t, pairs, rules.hand_over),
            "layer": layer,
            "score": score,
            "is_competing_cause": _of_an_incident(t)[pairs.later],
            "solved_at": pd.arrays.IntegerArray(t.at(pairs.solve), pairs.solve == NOWHERE),
            "came_back_at": t.tickets["created_at"][pairs.later],
        }
    )


def _judged(t: Timelines, pairs: Candidates, sketches: Sketches | None, rules: Rules) -> tuple[np.ndarray, np.ndarray]:
    """Each pair's layer, None if nothing ties it, and its score; the surest evidence counts."""
    topic = pd.factorize(t.tickets["topic"], use_na_sentinel=True)[0]
    one, other = topic[pairs.earlier], topic[pairs.later]
    explicit, another_order = _explicit(t, pairs)
    likeness, fewest = _likeness(t, pairs, ~explicit & ~another_order, sketches)
    comparable = fewest >= rules.enough_words
    says = _says_so(t)[pairs.later]
    by_topic = (one == other) & (one >= 0) & ~another_order
    needed = np.where(_came_late(t, pairs), rules.unlike_late, rules.unlike)
    by_topic &= ~(comparable & (likeness <= needed) & ~says)
    by_words = comparable & (likeness >= rules.similar) & ~another_order
    layer, score = np.full(len(says), None, object), np.zeros(len(says))
    for name, holds in (("words", by_words), ("topic", by_topic), ("explicit", explicit)):
        layer[holds] = name
        more = LIKENESS * likeness if name == "topic" else 0.0
        score[holds] = (likeness if name == "words" else SCORES[name] + more * np.ones(len(says)))[holds]
    told = says & ~another_order & (layer == NOTHING)
    layer[told], score[told] = "said", SCORES["said"]
    return layer, score


def _explicit(t: Timelines, pairs: Candidates) -> tuple[np.ndarray, np.ndarray]:
    """Pairs that the helpdesk, an order or a quoted number ties; and pairs of two different orders."""
    nothing = np.zeros(t.n, np.int64)
    order, follows = t.tickets.get("order", nothing), t.tickets["follow_up_of"]
    one, other = order[pairs.earlier], order[pairs.later]
    both = (one != 0) & (other != 0)
    found = (both & (one == other)) | (follows[pairs.later] == t.tickets["key"][pairs.earlier])
    found |= _quotes(t, pairs)
    return found, both & (one != other)


def _quotes(t: Timelines, pairs: Candidates) -> np.ndarray:
    """Whether the later ticket quotes the number of the earlier one."""
    quoted = t.tickets.get("quoted")
    found = np.zeros(len(pairs.later), bool)
    if quoted is None:
        return found
    key = t.tickets["key"]
    for place in np.flatnonzero(quoted[pairs.later] != NOTHING):
        found[place] = str(key[pairs.earlier[place]]) in quoted[pairs.later[place]].split(",")
    return found


def _likeness(
    t: Timelines, pairs: Candidates, wanted: np.ndarray, sketches: Sketches | None
) -> tuple[np.ndarray, np.ndarray]:
    """The similarity of each pair's words, and how many the shorter text has: 0 where they are not compared."""
    # What agents write down of a call is one summary like another, in none of the customer's words.
    wanted = wanted & ~t.is_opened_by_agent[pairs.earlier] & ~t.is_opened_by_agent[pairs.later]
    likeness, fewest = np.zeros(len(wanted)), np.zeros(len(wanted), np.int64)
    if sketches is not None and wanted.any():
        rows, place = np.unique(np.concatenate([pairs.earlier[wanted], pairs.later[wanted]]), return_inverse=True)
        left, right = np.split(place, 2)
        likeness[wanted], fewest[wanted] = similarities(sketches(rows), left, right)
    return likeness, fewest


def _says_so(t: Timelines) -> np.ndarray:
    """Whether the customer's first message says that they asked before."""
    first = t.first_ask
    said = np.append(t.marked(Marker.returning), False)
    return said[np.minimum(first, t.m)]


def _came_late(t: Timelines, pairs: Candidates) -> np.ndarray:
    """Whether the later ticket came more than a week after the solve (or the creation, if that was still open)."""
    return t.tickets["created_at"][pairs.later] - anchors(t, pairs) > A_WEEK


def _best(t: Timelines, pairs: Candidates, layer: np.ndarray, score: np.ndarray) -> np.ndarray:
    """Of each later ticket's pairs that anything ties, the surest: its place, by (earlier, later)."""
    places = np.flatnonzero(layer != NOTHING)
    tied = pairs.at(places)
    order = np.lexsort((t.tickets["key"][tied.earlier], anchors(t, tied), score[places], tied.later))
    is_last = np.append(tied.later[order][1:] != tied.later[order][:-1], True)[: len(order)]
    return np.sort(places[order[is_last]])


def _kinds(t: Timelines, pairs: Candidates, hand_over: int) -> np.ndarray:
    is_parallel = pairs.solve == NOWHERE
    gap = t.tickets["created_at"][pairs.later] - anchors(t, pairs)
    both_called = t.is_voice[pairs.earlier] & t.is_voice[pairs.later]
    kind = np.where(is_parallel, "parallel", "repeat").astype(object)
    kind[both_called & (gap <= hand_over)] = "forwarded"
    return kind


def _of_an_incident(t: Timelines) -> np.ndarray:
    """Whether a ticket reports a problem that many share: then the problem, not an answer, brought the customer."""
    return t.tickets.get("incident_of", np.zeros(t.n, np.int64)) != 0
