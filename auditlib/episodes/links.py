"""Who came back about what: pairs of an earlier, solved ticket and a later one, and their chains."""

from __future__ import annotations

import numpy as np
import pandas as pd

from auditlib.episodes.components import _labels
from auditlib.timelines import Timelines

RULE_VERSION = "1"
LONGEST_WINDOW = 30 * 24 * 60 * 60
COLUMNS = ["earlier", "later", "layer", "score", "solved_at", "came_back_at"]


def same_issue(t: Timelines, in_scope: np.ndarray) -> pd.DataFrame:
    """Links as rows of earlier and later (rows of tickets), layer, score, solved_at, came_back_at.

    The later ticket is the customer's own and in scope, and was created after a solve of the
    earlier one, while that was not open again, at most 30 days later; it names the earlier one
    (explicit), or the same customer asks about the same topic. `t.tickets` has customer, topic
    and follow_up_of.
    """
    is_contact = in_scope & (~t.is_opened_by_agent | t.is_voice)
    solves = np.flatnonzero(t.solves)
    solves = solves[in_scope[t.events["ticket"][solves]]]
    pairs = pd.concat([_explicit(t, is_contact, solves), _by_topic(t, is_contact, solves)])
    best = pairs.sort_values(["earlier", "later", "score", "solved_at"], ascending=[True, True, False, True])
    return best.drop_duplicates(["earlier", "later"])[COLUMNS].reset_index(drop=True)


def chains(n: int, earlier: np.ndarray, later: np.ndarray, created_at: np.ndarray) -> np.ndarray:
    """For each of n tickets the row of its issue's first ticket: links joined end to end."""
    linked = np.unique(np.concatenate([earlier, later]))
    label = _labels(len(linked), np.searchsorted(linked, np.column_stack([earlier, later])))
    order = np.lexsort((linked, created_at[linked]))[::-1]
    first = np.zeros(label.max(initial=-1) + 1, np.int64)
    first[label[order]] = linked[order]
    found = np.arange(n)
    found[linked] = first[label]
    return found


def _explicit(t: Timelines, is_contact: np.ndarray, solves: np.ndarray) -> pd.DataFrame:
    key, follows = t.tickets["key"], t.tickets["follow_up_of"]
    order = np.argsort(key)
    later = np.flatnonzero(is_contact & (follows != 0) & np.isin(follows, key))
    earlier = order[np.searchsorted(key, follows[later], sorter=order)]
    of = t.events["ticket"][solves]
    begin, end = np.searchsorted(of, earlier), np.searchsorted(of, earlier, side="right")
    return _pairs(t, later, begin, end, solves, "explicit", 1.0)


def _by_topic(t: Timelines, is_contact: np.ndarray, solves: np.ndarray) -> pd.DataFrame:
    customer = t.tickets["customer"]
    topic = pd.factorize(t.tickets["topic"], use_na_sentinel=True)[0]
    issue = pd.factorize(customer)[0] * (topic.max(initial=0) + 2) + topic
    known = (customer != 0) & (topic >= 0)
    # Whoever asked once only about a topic came back about it with no other ticket.
    known[known] &= np.bincount(issue[known])[issue[known]] > 1
    solves = solves[known[t.events["ticket"][solves]]]
    # One sorted key of (issue, moment), so that a range of it is one customer's topic in one window.
    line = issue[t.events["ticket"][solves]] * (1 << 34) + t.events["occurred_at"][solves]
    order = np.argsort(line, kind="stable")
    solves, line = solves[order], line[order]
    later = np.flatnonzero(is_contact & known)
    asked = issue[later] * (1 << 34) + t.tickets["created_at"][later]
    order = np.argsort(asked)  # looking up what is in order is several times as fast
    later, asked = later[order], asked[order]
    begin, end = np.searchsorted(line, asked - LONGEST_WINDOW), np.searchsorted(line, asked, side="right")
    return _pairs(t, later, begin, end, solves, "topic", 0.8)


def _pairs(
    t: Timelines,
    later: np.ndarray,
    begin: np.ndarray,
    end: np.ndarray,
    solves: np.ndarray,
    layer: str,
    score: float,
) -> pd.DataFrame:
    """All pairs of a later ticket and a solve in its range after which the earlier one stayed solved."""
    count = end - begin
    nth = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    solve = solves[np.repeat(begin, count) + nth] if len(solves) else np.zeros(0, np.int64)
    later = np.repeat(later, count)
    earlier = t.events["ticket"][solve]
    solved_at = t.events["occurred_at"][solve]
    created = t.tickets["created_at"][later]
    reopened_at = t.at(t.first_behind(t.reopens, solve))
    gap = created - solved_at
    holds = (earlier != later) & (gap >= 0) & (gap <= LONGEST_WINDOW) & (reopened_at > created)
    return pd.DataFrame(
        {
            "earlier": earlier[holds],
            "later": later[holds],
            "layer": np.full(holds.sum(), layer, object),
            "score": np.full(holds.sum(), score),
            "solved_at": solved_at[holds],
            "came_back_at": created[holds],
        }
    )
