"""Moments turned into durations on a clock."""

from __future__ import annotations

import numpy as np

from auditlib.span import NEVER, Parts, Reason, Span, State
from auditlib.timelines.events import Events


class Spans(Events):
    """Durations between moments, on the calendar or on hours in force."""

    def span(self, began: np.ndarray, ended: np.ndarray, clock: str, ticket: np.ndarray | None = None) -> Span:
        """Durations between two moments per ticket (or per unit, with each unit's ticket) on a clock.

        calendar, business or promised. A duration that never began is not applicable; one that
        has not ended is waiting; one without a known schedule is unmeasurable on business clocks.
        """
        of = np.arange(self.n) if ticket is None else ticket
        began, ended = np.asarray(began, np.int64), np.asarray(ended, np.int64)
        has_begun, has_ended = began != NEVER, (began != NEVER) & (ended != NEVER)
        state = np.where(has_ended, State.observed, np.where(has_begun, State.waiting, State.not_applicable))
        seconds, known = self._elapsed(of[has_ended], began[has_ended], ended[has_ended], clock)
        minutes = np.full(len(began), np.nan)
        minutes[has_ended] = np.where(known, seconds / 60.0, np.nan)
        span = Span(minutes, state.astype(np.int8), np.zeros(len(began), np.int8), began, ended)
        if clock != "calendar":
            unscheduled = np.zeros(len(began), bool)
            # What ended with its schedules known began with one; only the last schedule alone does not tell.
            asked = has_begun if self.schedule_mode == "last" else has_begun & ~has_ended
            unscheduled[asked] = ~self._elapsed(of[asked], began[asked], began[asked], clock)[1]
            unscheduled[has_ended] |= ~known
            span = span.unmeasurable(unscheduled, Reason.no_schedule)
        return span.unmeasurable(~self.tickets["has_history"][of], Reason.no_history)

    def total(
        self, parts: Parts, clock: str, state: np.ndarray, since: np.ndarray, until: np.ndarray | None = None
    ) -> Span:
        """The sum of each ticket's parts on a clock, in a state that is known already; length n.

        Minutes are given where it is observed or closed unanswered. Business time is unmeasurable unless
        the schedule is known from `since` until it ended (until the watermark, if it did not). `until`: when the sum
        was settled, for those who go by the last schedule alone; the end of its last part, if nothing is said.
        """
        ended = parts.ended_ones()
        accrued = np.bincount(ended.ticket, self._accrued(ended, clock, until), self.n) / 60.0
        return self._of_parts(parts, clock, state, since, accrued, accrued)

    def longest(self, parts: Parts, clock: str, state: np.ndarray, since: np.ndarray) -> Span:
        """The longest of each ticket's parts on a clock, like `total`; each on the schedule that it ended with."""
        ended, longest, current = parts.ended_ones(), np.zeros(self.n), np.zeros(self.n)
        seconds, known = self._elapsed(ended.ticket, ended.began, ended.ended, clock)
        np.maximum.at(longest, ended.ticket, np.where(known, seconds, 0) / 60.0)
        began = self._running_since(parts)
        runs = np.flatnonzero(began != NEVER)
        current[runs] = self._accrued(Parts(runs, began[runs], self.cut[runs]), clock) / 60.0
        # With what runs at the watermark this comes to the longer of the two.
        return self._of_parts(parts, clock, state, since, longest, np.maximum(longest - current, 0.0))

    def running_minutes(self, span: Span, clock: str, ticket: np.ndarray | None = None) -> np.ndarray:
        """How long what has not ended runs at the watermark; NaN for everything else."""
        of = np.arange(self.n) if ticket is None else ticket
        runs = (span.state == State.waiting) | (span.state == State.closed_unanswered)
        minutes = np.full(len(of), np.nan)
        if span.accrued is not None:
            minutes[runs] = span.accrued[runs]
        runs &= span.began != NEVER
        until = self.cut[of] if span.seen_until is None else span.seen_until
        seconds, known = self._elapsed(of[runs], span.began[runs], np.maximum(until[runs], span.began[runs]), clock)
        before = 0.0 if span.accrued is None else span.accrued[runs]
        minutes[runs] = np.where(known, before + seconds / 60.0, np.nan)
        return minutes

    def passes_at(self, began: np.ndarray, minutes: float, clock: str, ticket: np.ndarray) -> np.ndarray:
        """The first moment at which more than so many minutes have passed on business or promised hours.

        NEVER where that lies beyond the compiled hours, or nobody knows the hours.
        """
        if clock not in self.rosters:
            return np.full(len(began), NEVER)
        return self.rosters[clock].due(ticket, began, np.full(len(began), int(minutes * 60) + 1), self.schedule_mode)

    def _of_parts(
        self, parts: Parts, clock: str, state: np.ndarray, since: np.ndarray, minutes: np.ndarray, accrued: np.ndarray
    ) -> Span:
        """A span per ticket of what its parts came to; unmeasurable without a history or without known hours."""
        told = (state == State.observed) | (state == State.closed_unanswered)
        ended, last = parts.ended_ones(), np.full(self.n, NEVER)
        last[ended.ticket] = ended.ended
        # Where nobody answered, the wait goes on from where it was closed.
        began = np.where(state == State.closed_unanswered, last, self._running_since(parts))
        reason, until = np.zeros(self.n, np.int8), np.where(told, last, NEVER)
        span = Span(np.where(told, minutes, np.nan), state.astype(np.int8), reason, began, until, accrued)
        if clock != "calendar":
            applies = np.flatnonzero(state != State.not_applicable)
            end = np.where(until == NEVER, self.cut, until)[applies]
            unscheduled = np.zeros(self.n, bool)
            unscheduled[applies] = ~self._elapsed(applies, np.minimum(since[applies], end), end, clock)[1]
            span = span.unmeasurable(unscheduled, Reason.no_schedule)
        return span.unmeasurable(~self.tickets["has_history"], Reason.no_history)

    def _running_since(self, parts: Parts) -> np.ndarray:
        """When the part that runs at the watermark began; NEVER if none does. Length n."""
        runs = parts.ended == NEVER
        began = np.full(self.n, NEVER)
        began[parts.ticket[runs]] = parts.began[runs]
        return began

    def _accrued(self, parts: Parts, clock: str, until: np.ndarray | None = None) -> np.ndarray:
        """Seconds of each ended part; 0 where the hours are unknown."""
        if clock == "calendar" or self.schedule_mode == "cumulative" or not len(parts):
            seconds, known = self._elapsed(parts.ticket, parts.began, parts.ended, clock)
            return np.where(known, seconds, 0)
        # All parts of a sum on the schedule held when it was settled.
        last = np.zeros(self.n, np.int64) if until is None else until.copy()
        np.maximum.at(last, parts.ticket, parts.ended)
        end = last[parts.ticket]
        before, known = self._elapsed(parts.ticket, parts.began, end, clock)
        after, _ = self._elapsed(parts.ticket, parts.ended, end, clock)
        return np.where(known, before - after, 0)

    def _elapsed(
        self, ticket: np.ndarray, began: np.ndarray, until: np.ndarray, clock: str
    ) -> tuple[np.ndarray, np.ndarray]:
        if clock == "calendar":
            return until - began, np.ones(len(began), bool)
        if clock not in self.rosters:
            return np.zeros(len(began), np.int64), np.zeros(len(began), bool)
        return self.rosters[clock].seconds(ticket, began, until, self.schedule_mode)
