"""Request Tracker's own due dates by its own rules, from its service agreements.

https://docs.bestpractical.com/rt/5.0/RT_Config.html#SLA and, for opening hours, Perl's Business::Hours

Beside its own they stand so that both can be compared; nothing is measured with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from auditlib.caselog.words import ActorClass, Kind
from auditlib.span import NEVER
from auditlib.timelines.agreed_time import AgreedTime, Dues
from auditlib.timelines.agreements import Within
from auditlib.timelines.events import NOWHERE
from auditlib.timelines.holders import Holders

AGREES = "agrees"
SECONDS_OF_HOLIDAYS = 60
"""Each holiday lasts a second longer for Request Tracker: whoever works at midnight begins so much later."""


@dataclass(frozen=True)
class DueDates:
    """One row for each second in which the rules set a ticket's due date, in (ticket, time) order.

    `due_at` is what they give (NEVER: no due date), `is_known` whether that can be known, `is_too_far` whether
    they gave up looking for opening hours; `told_at` is what the tracker then said (NEVER: no due date).
    """

    ticket: np.ndarray
    at: np.ndarray
    due_at: np.ndarray
    is_known: np.ndarray
    is_too_far: np.ndarray
    told_at: np.ndarray

    @property
    def agrees(self) -> np.ndarray:
        """Whether both say the same."""
        return self.is_known & (self.due_at == self.told_at)


class AsRequestTracker(Holders, AgreedTime):
    """By when Request Tracker wants something done, after each event that makes it think anew."""

    @cached_property
    def agreed(self) -> np.ndarray:
        """Per event the agreement that holds just after it; 0 for none."""
        return self._told_last(Kind.sla_applied)

    @cached_property
    def due_dates(self) -> DueDates:
        """What its rules make of each creation, message, change of status and new agreement.

        The deadline for an answer runs from the oldest message of the customer that nobody has answered; the
        one for keeping them in the loop from the last answer; the one for the solve from the creation. The
        earlier one is the due date. Whoever owns a ticket is never its customer.
        """
        at = self._rules_run
        of, agreed = self.events["ticket"][at], self.agreed[at]
        act, is_asked = self._last_act(at)
        within = np.where(is_asked, Within.response, Within.keep_in_loop)
        answer = self.agreed_due(at, agreed, within, self.at(act))
        solve = self.agreed_due(at, agreed, np.full(len(at), Within.resolve), self.tickets["created_at"][of])
        due, known, far = _earlier(answer, solve)
        second_ends = self._end_of_second(at) - 1
        told = self._told_last(Kind.due)[second_ends]
        return DueDates(
            of, self.at(at), due, known & self.agreements.is_described(agreed), far, np.where(told, told, NEVER)
        )

    @cached_property
    def agreed_now(self) -> np.ndarray:
        """Surrogate of each ticket's agreement at the watermark; 0 for none. Length n."""
        return self._at_position(self.agreed, self._ends)

    @cached_property
    def due_told(self) -> np.ndarray:
        """By when the tracker wants each ticket done at the watermark, whoever said so; NEVER for no due date."""
        told = self._at_position(self._told_last(Kind.due), self._ends)
        return np.where(told, told, NEVER)

    @cached_property
    def due_by_rules(self) -> np.ndarray:
        """What its rules give for each ticket that has an agreement; NEVER for no due date, or where none is known."""
        found = np.full(self.n, NEVER)
        found[self._latest_dates.ticket] = self._latest_dates.due_at
        return np.where(self.agreed_now != 0, found, NEVER)

    @cached_property
    def due_verdict(self) -> np.ndarray:
        """Whether both agree, or why they may not; None for a ticket without an agreement. Length n."""
        latest, found = self._latest_dates, self.due_circumstance.copy()
        agrees = latest.is_known & (latest.due_at == self.due_told[latest.ticket])
        found[latest.ticket[agrees & (self.agreed_now[latest.ticket] != 0)]] = AGREES
        return found

    @cached_property
    def due_circumstance(self) -> np.ndarray:
        """What makes a due date another than its rules give; None for a ticket without an agreement. Length n."""
        latest = self._latest_dates
        known, far = np.zeros(self.n, bool), np.zeros(self.n, bool)
        known[latest.ticket], far[latest.ticket] = latest.is_known, latest.is_too_far
        seconds = np.abs(self.due_by_rules - self.due_told)
        reasons = {
            "not_described": ~self.agreements.is_described(self.agreed_now),
            "set_by_hand": self._at_position(self.events["actor"], self.last(self.kind(Kind.due))) != 0,
            "merged": self._is_merged,
            "beyond_thirty_days": far,
            "after_a_holiday": (seconds > 0) & (seconds < SECONDS_OF_HOLIDAYS),
            "moved": self.count(self.kind(Kind.group)) > 1,
            "others_wrote": self.any(self._by_others),
            "not_measurable": ~known,
        }
        why = np.select(list(reasons.values()), list(reasons), "unknown").astype(object)
        why[self.agreed_now == 0] = None
        return why

    @cached_property
    def _latest_dates(self) -> DueDates:
        """The last row of each ticket."""
        dates = self.due_dates
        last = np.append(dates.ticket[1:] != dates.ticket[:-1], True)[: len(dates.ticket)]
        columns = (getattr(dates, name)[last] for name in dates.__dataclass_fields__)
        return DueDates(*columns)

    @cached_property
    def _ends(self) -> np.ndarray:
        """Position of each ticket's last event."""
        return np.where(self.starts[1:] > self.starts[:-1], self.starts[1:] - 1, NOWHERE)

    @cached_property
    def _acts(self) -> np.ndarray:
        """The creation, and every message that its customers can see."""
        return self.kind(Kind.created) | (self.kind(Kind.message) & self.is_public)

    @cached_property
    def _is_merged(self) -> np.ndarray:
        """Whether a ticket went into another, or another into it."""
        moves = self.kind(Kind.merged_into)
        into = np.append(self.tickets["merged_into"], self.events["new"][moves])
        gone = (self.tickets["merged_into"] != 0) | self.any(moves)
        return gone | np.isin(self.tickets["key"], into)

    @cached_property
    def _by_others(self) -> np.ndarray:
        """Messages by somebody on the customer's side: only the tracker knows whom it takes for a requestor."""
        return self._acts & (self.events["actor_class"] == ActorClass.customer_side)

    @cached_property
    def _rules_run(self) -> np.ndarray:
        """Positions of what makes the rules run while there is an agreement; the last one of each second."""
        status = self.kind(Kind.status) | self.kind(Kind.deleted) | self.kind(Kind.restored)
        asked = np.flatnonzero((self._acts | status | self.kind(Kind.sla_applied)) & (self.agreed != 0))
        second = self._end_of_second(asked)
        return asked[np.append(second[1:] != second[:-1], True)[: len(asked)]]

    def _last_act(self, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The message from which the deadline runs at each position, and whether a customer waits since then."""
        acts = np.flatnonzero(self._acts)
        of, is_outside = self.events["ticket"][acts], self.events["actor_class"][acts] == ActorClass.customer
        goes_on = is_outside[:-1] & (of[1:] == of[:-1])
        began = np.maximum.accumulate(np.append(0, np.where(goes_on, 0, np.arange(1, len(goes_on) + 1))))
        last = np.searchsorted(acts, at, side="right") - 1
        owner = self.assignee_at(at, self.events["ticket"][at])
        is_owners = (owner != 0) & (owner == self.events["actor"][acts][last])
        is_asked = is_outside[last] & ~is_owners
        return acts[np.where(is_asked, began[last], last)], is_asked

    def _told_last(self, kind: Kind) -> np.ndarray:
        """Per event what the latest event of a kind told of its ticket; 0 before the first."""
        last = self._latest(self.kind(kind))
        return np.where(last >= self.starts[:-1][self.events["ticket"]], self.events["new"][last], 0)


def _earlier(answer: Dues, solve: Dues) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The earlier of two deadlines; where the tracker gave up looking for one, it forgets both."""
    far = answer.is_too_far | solve.is_too_far
    due = np.where(far, NEVER, np.minimum(answer.at, solve.at))
    return due, answer.is_known & solve.is_known, far
