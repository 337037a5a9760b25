"""Zendesk's own figures by its documented rules: whole minutes, and only once both events have happened.

https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_metrics/ and
https://support.zendesk.com/hc/en-us/articles/4408834848154

Beside ours they stand so that both can be compared; nothing is measured with them.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from auditlib.caselog.words import Kind, Status
from auditlib.span import NEVER
from auditlib.timelines.stays import Staying


class AsZendesk(Staying):
    """What Zendesk would say of each ticket, from its creation on; NaN where it says nothing."""

    def whole_minutes(self, began: np.ndarray, ended: np.ndarray, clock: str) -> np.ndarray:
        """Whole minutes between two moments per ticket, on the calendar or on the schedule that it has now."""
        there = np.flatnonzero((began <= ended) & (ended != NEVER) & self.tickets["has_history"])
        return self._rounded(there, self._passed_now(there, began[there], ended[there], clock))

    def whole_minutes_in(self, statuses: tuple[Status, ...], clock: str) -> np.ndarray:
        """Whole minutes in these statuses, each stay added when it has ended."""
        where = np.flatnonzero(self._changes_after(self.status_after))
        of, began = self.events["ticket"][where], self.at(where)
        ended = np.where(np.append(of[1:] == of[:-1], False)[: len(of)], np.append(began[1:], NEVER)[: len(of)], NEVER)
        counts = np.isin(self.status_after[where], statuses) & (ended != NEVER)
        seconds, _ = self._passed_now(of[counts], began[counts], ended[counts], clock)
        there = np.flatnonzero(self.tickets["has_history"] & (self._has_hours if clock != "calendar" else True))
        return self._rounded(there, (np.bincount(of[counts], seconds, self.n)[there], np.ones(len(there), bool)))

    @cached_property
    def zendesk_reply(self) -> np.ndarray:
        """Position of the first public comment by an agent; of the second where the first one opened the ticket."""
        first = self.first(self.replies)
        opens = self.is_opened_by_agent & (self.at(first) == self.tickets["created_at"])
        return np.where(opens, self.first(self.replies, after=first), first)

    @cached_property
    def zendesk_solves(self) -> np.ndarray:
        """Changes into solved, and into closed for a ticket that never was solved."""
        changed = self.kind(Kind.status) & (self._status_before != self.events["new"])
        solved, closed = (changed & (self.events["new"] == status) for status in (Status.solved, Status.closed))
        was_solved = self.first(solved)[self.events["ticket"]] < np.arange(self.m)
        return solved | (closed & ~was_solved)

    def zendesk_stations(self, kind: Kind) -> np.ndarray:
        """How often the ticket was given to somebody; length n."""
        return self.count(self.kind(kind) & (self.events["new"] != 0))

    @cached_property
    def circumstance(self) -> np.ndarray:
        """Per ticket what makes Zendesk's figure another than its rules would give; None if nothing does."""
        into = np.isin(self.tickets["key"], self.tickets["merged_into"])
        deleted = self.any(self.kind(Kind.deleted) | self.kind(Kind.restored)) | (self.status == Status.deleted)
        found = np.full(self.n, None, object)
        found[(self.tickets["merged_into"] != 0) | into] = "merged"
        found[deleted] = "deleted"
        found[self.tickets["moved_on"]] = "later_event"
        return found

    @cached_property
    def circumstance_of_hours(self) -> np.ndarray:
        """The same for business minutes, which Zendesk counts on hours that it may not tell any more."""
        return np.where(self.tickets["hours_changed"], "schedule_changed", self.circumstance)

    @cached_property
    def circumstance_of_targets(self) -> np.ndarray:
        """The same for targets: Zendesk's clocks run from creation, ours once the customer has written."""
        return np.where(self.is_opened_by_agent, "opened_by_agent", self.circumstance_of_hours)

    @cached_property
    def circumstance_of_authors(self) -> np.ndarray:
        """The same for replies: who wrote them may be an agent for one and not for the other."""
        robots = self.any(self.is_message & self.is_public & ~self.by_customer & ~self.by_agent)
        nothing = self.circumstance == np.full(self.n, None)
        return np.where(nothing & robots, "role_changed", self.circumstance)

    @cached_property
    def _has_hours(self) -> np.ndarray:
        everybody = np.arange(self.n)
        if "business" not in self.rosters:
            return np.zeros(self.n, bool)
        return self.rosters["business"].seconds(everybody, self.cut, self.cut, "last")[1]

    def _passed_now(
        self, ticket: np.ndarray, began: np.ndarray, ended: np.ndarray, clock: str
    ) -> tuple[np.ndarray, np.ndarray]:
        if clock == "calendar":
            return ended - began, np.ones(len(ticket), bool)
        if clock not in self.rosters:
            return np.zeros(len(ticket), np.int64), np.zeros(len(ticket), bool)
        return self.rosters[clock].seconds(ticket, began, ended, "last", held_at=self.cut[ticket])

    def _rounded(self, ticket: np.ndarray, passed: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
        """Seconds of some tickets as whole minutes of all, half a minute up."""
        seconds, known = passed
        found = np.full(self.n, np.nan)
        found[ticket] = np.where(known, (seconds + 30) // 60, np.nan)
        return found
