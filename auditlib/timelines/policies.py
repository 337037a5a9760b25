"""What service-level policies promise, as arrays: targets by policy version, measure and priority."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

UNKNOWN_POLICY = -1
"""A ticket's policy where the helpdesk has some, but does not let us know which one applies."""


ANY_PRIORITY = 0
"""The priority of a target that holds whatever the priority is: then all targets of its policy do."""


class Promised(IntEnum):
    """What a target is about: whose clock it limits."""

    first_reply = 1
    """From the customer's first message to the first public human reply."""
    next_reply = 2
    """The same for every later time that the customer waits."""
    requester_wait = 3
    """New, open and on hold, until solved."""
    agent_work = 4
    """New and open, until solved."""
    resolution = 5
    """Whatever the status, until solved."""
    pausable_update = 6
    """From one public human message to the next; it pauses while pending on the customer."""
    periodic_update = 7
    """The same without any pause."""


@dataclass(frozen=True)
class Policies:
    """The versions of every policy, and what each promises.

    policy, valid_from: one row a version, in this order, each holding until the next of its policy;
    version (row of a version), promised, priority (surrogate), seconds, is_business: one row a
    target, in (version, priority) order.
    """

    policy: np.ndarray
    valid_from: np.ndarray
    version: np.ndarray
    promised: np.ndarray
    priority: np.ndarray
    seconds: np.ndarray
    is_business: np.ndarray

    @classmethod
    def of(cls, rows: Iterable[tuple[int, int, int, int, int, bool]], also: Iterable[tuple[int, int]] = ()) -> Policies:
        """Policies of targets (policy, valid_from, promised, priority, seconds, is_business).

        `also` are versions (policy, valid_from) that may promise nothing.
        """
        targets = sorted(rows, key=lambda row: (row[0], row[1], row[3], row[2]))
        versions = sorted({row[:2] for row in targets} | set(also))
        place = {version: row for row, version in enumerate(versions)}
        columns = zip(*[(place[row[:2]], *row[2:]) for row in targets], strict=True) if targets else [[]] * 5
        version, promised, priority, seconds, business = (np.array(list(column), np.int64) for column in columns)
        policy, valid_from = np.array(versions, np.int64).reshape(-1, 2).T
        return cls(policy, valid_from, version, promised, priority, seconds, business.astype(bool))

    @classmethod
    def none(cls) -> Policies:
        return cls.of([])

    def in_force(self, policy: np.ndarray, at: np.ndarray) -> np.ndarray:
        """Row of the version of each policy that held at a moment; -1 for a policy that nobody told of."""
        before = np.lexsort((np.append(self.valid_from, at), np.append(self.policy, policy)))
        is_version = before < len(self.policy)
        latest = np.maximum.accumulate(np.where(is_version, before, -1))
        found = np.empty(len(policy), np.int64)
        found[before[~is_version] - len(self.policy)] = latest[~is_version]
        known = np.append(self.policy, 0)[found] == policy
        return np.where((found >= 0) & known, found, -1)

    def at_priority(self, version: np.ndarray, priority: np.ndarray) -> np.ndarray:
        """The priority that matters to each version; ANY_PRIORITY to one whose targets are the same at all of them."""
        same = np.isin(np.arange(len(self.policy) + 1), self.version[self.priority == ANY_PRIORITY])
        return np.where(same[version], ANY_PRIORITY, priority)

    def targets(self, version: np.ndarray, priority: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """What versions promise at a priority, as (row of the question, row of the target) of every match."""
        words = np.unique(np.append(self.priority, priority))
        width = len(words) + 1
        held = self.version * width + np.searchsorted(words, self.priority)
        asked = version * width + np.searchsorted(words, priority)
        first, last = (np.searchsorted(held, asked, side=side) for side in ("left", "right"))
        return spread(np.where(version < 0, 0, first), np.where(version < 0, 0, last))


def spread(first: np.ndarray, last: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Every (row, place) with a place in [first, last) of its row, in order."""
    count = last - first
    row = np.repeat(np.arange(len(count)), count)
    return row, np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count) + first[row]
