"""Which service level each ticket had at which priority, from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from auditlib.caselog.words import Kind
from auditlib.span import NEVER
from auditlib.timelines.events import NOWHERE, Events


@dataclass(frozen=True)
class PolicySpells:
    """Which policy and priority each ticket had from when to when, in (ticket, time) order."""

    ticket: np.ndarray
    policy: np.ndarray
    version: np.ndarray
    priority: np.ndarray
    began: np.ndarray
    ended: np.ndarray


class ServiceLevels(Events):
    """Policies as they were applied."""

    @cached_property
    def policy_spells(self) -> PolicySpells:
        """Policies as applied, or where the helpdesk records that nowhere, as their conditions fit the ticket."""
        applied, ranked = self.kind(Kind.sla_applied), self.kind(Kind.priority)
        told = (
            self.tickets["tells_policies"][self.events["ticket"]] & self.tickets["has_history"][self.events["ticket"]]
        )
        rows = np.flatnonzero((self.kind(Kind.created) | applied | ranked) & told)
        if not len(rows):
            return PolicySpells(*[np.zeros(0, np.int64)] * 6)
        of, at, new = (self.events[name][rows] for name in ("ticket", "occurred_at", "new"))
        head = np.append(0, np.flatnonzero((of[1:] != of[:-1]) | (at[1:] != at[:-1])) + 1)
        tail = np.append(head[1:], len(rows)) - 1
        owner, since = of[head], at[head]
        start = np.searchsorted(owner, owner)
        # A target taken away and others given in the same second: the policy that gave the last one holds.
        last = np.maximum.reduceat(np.where(applied[rows] & (new != 0), np.arange(len(rows)), -1), head)
        given = np.where(last >= 0, new[last], 0)
        has = np.logical_or.reduceat(applied[rows], head)
        latest = np.maximum.accumulate(np.where(has, np.arange(len(head)), -1))
        fitting = np.where(self.any(applied), 0, self.tickets["policy"])[owner]
        policy = np.where(latest >= start, given[latest], fitting)
        ranks = np.maximum.accumulate(np.where(ranked[rows], np.arange(len(rows)), -1))[tail]
        first = self.first(ranked)
        initial = np.where(first == NOWHERE, self.tickets["priority"], self._at_position(self.events["old"], first))
        version = self.policies.in_force(policy, since)
        priority = self.policies.at_priority(version, np.where(ranks >= head[start], new[ranks], initial[owner]))
        told_again = (owner[1:] == owner[:-1]) & (priority[1:] == priority[:-1])
        told_again &= (policy[1:] == policy[:-1]) & (version[1:] == version[:-1])
        kept = np.append(True, ~told_again)
        owner, since = owner[kept], since[kept]
        ended = np.full(len(owner), NEVER)
        goes_on = owner[1:] == owner[:-1]
        ended[:-1][goes_on] = since[1:][goes_on]
        return PolicySpells(owner, policy[kept], version[kept], priority[kept], since, ended)
