"""Which service level each ticket had at which priority, from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from auditlib.caselog.words import Kind
from auditlib.span import NEVER
from auditlib.timelines.events import Events


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
        of, at = self.events["ticket"][rows], self.events["occurred_at"][rows]
        new = self.events["new"][rows]
        begins = np.append(True, (of[1:] != of[:-1]) | (at[1:] != at[:-1]))[: len(rows)]
        head = np.flatnonzero(begins)
        tail = np.append(head[1:], len(rows))[: len(head)] - 1
        owner, since = of[head], at[head]
        start = np.searchsorted(owner, owner)
        # A target taken away and others given in the same second: the policy that gave the last one holds.
        gives = np.where(applied[rows] & (new != 0), np.arange(len(rows)), -1)
        last = np.maximum.reduceat(gives, head) if len(head) else head
        given = np.where(last >= 0, new[last] if len(head) else 0, 0)
        has = np.logical_or.reduceat(applied[rows], head) if len(head) else head
        latest = np.maximum.accumulate(np.where(has, np.arange(len(head)), -1))
        fitting = np.where(self.any(applied), 0, self.tickets["policy"])[owner]
        policy = np.where(latest >= start, given[latest] if len(head) else 0, fitting)
        ranks = np.maximum.accumulate(np.where(ranked[rows], np.arange(len(rows)), -1))[tail] if len(head) else head
        first = self.first(ranked)
        initial = np.where(first < self.m, self._at_position(self.events["old"], first), self.tickets["priority"])
        priority = np.where(ranks >= head[start], new[ranks] if len(head) else 0, initial[owner])
        version = self.policies.in_force(policy, since)
        told_again = (owner[1:] == owner[:-1]) & (priority[1:] == priority[:-1])
        told_again &= (policy[1:] == policy[:-1]) & (version[1:] == version[:-1])
        kept = ~np.append(False, told_again)[: len(head)]
        owner, since = owner[kept], since[kept]
        goes_on = np.append(owner[1:] == owner[:-1], False)[: len(owner)]
        ended = np.where(goes_on, np.append(since[1:], NEVER)[: len(owner)], NEVER)
        return PolicySpells(owner, policy[kept], version[kept], priority[kept], since, ended)
