"""Moments turned into durations on a clock."""

from __future__ import annotations

import numpy as np

from auditlib.span import NEVER, Reason, Span, State
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

    def running_minutes(self, span: Span, clock: str, ticket: np.ndarray | None = None) -> np.ndarray:
        """How long what has not ended runs at the watermark; NaN for everything else."""
        of = np.arange(self.n) if ticket is None else ticket
        runs = (span.state == State.waiting) | (span.state == State.closed_unanswered)
        runs &= span.began != NEVER
        seconds, known = self._elapsed(
            of[runs], span.began[runs], np.maximum(self.cut[of[runs]], span.began[runs]), clock
        )
        minutes = np.full(len(of), np.nan)
        minutes[runs] = np.where(known, seconds / 60.0, np.nan)
        return minutes

    def _elapsed(
        self, ticket: np.ndarray, began: np.ndarray, until: np.ndarray, clock: str
    ) -> tuple[np.ndarray, np.ndarray]:
        if clock == "calendar":
            return until - began, np.ones(len(began), bool)
        if clock not in self.rosters:
            return np.zeros(len(began), np.int64), np.zeros(len(began), bool)
        return self.rosters[clock].seconds(ticket, began, until, self.schedule_mode)
