"""How a case ended: exactly one outcome a ticket, and what decided it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from auditlib.caselog.words import Marker
from auditlib.span import NEVER
from auditlib.timelines.endings import Endings
from auditlib.timelines.events import NOWHERE

HORIZON = 14 * 24 * 60 * 60
"""So long a case has to be solved before it counts for or against us."""

OUTCOMES = {
    "X1": "out of scope: excluded in audit.toml",
    "X2": "out of scope: spam",
    "X3": "out of scope: deleted",
    "X4": "out of scope: merged into another ticket",
    "X5": "out of scope: outbound",
    "X6": "out of scope: written by a machine",
    "X7": "out of scope: of other groups",
    "Q": "quarantined",
    "U": "unknown: the helpdesk tells no history",
    "O0": "open",
    "O1": "resolved, confirmed",
    "O2": "resolved, silent",
    "O3": "solved, too young to say",
    "O4": "closed by automation, waiting on the customer",
    "O5": "failed",
    "O6": "closed without a human answer",
    "O7": "withdrawn by the customer",
    "O8": "declined",
    "O9": "resolved by a bot only",
}
"""Code → in words. O8 says beside it whether another way was offered."""


@dataclass(frozen=True)
class Outcome:
    """One outcome a ticket; arrays of length n."""

    which: np.ndarray
    names: tuple[tuple[str, str, str], ...]
    """Of each `which` its code, the same in words, and what decided it in a few words."""
    decided: np.ndarray
    """Position of the event that decided it; NOWHERE where another ticket did, or scope."""
    decided_at: np.ndarray
    """The moment of that event or of the other ticket; NEVER where scope decided."""

    @property
    def code(self) -> np.ndarray:
        return self._named(0)

    @property
    def words(self) -> np.ndarray:
        return self._named(1)

    @property
    def evidence(self) -> np.ndarray:
        return self._named(2)

    def ended(self, *codes: str) -> np.ndarray:
        """Whether each outcome is one of these."""
        return np.array([code in codes for code, _, _ in self.names])[self.which]

    def _named(self, place: int) -> np.ndarray:
        return np.array([name[place] for name in self.names], object)[self.which]


class Outcomes(Endings):
    """Whether customers got what they came for."""

    @cached_property
    def outcome(self) -> Outcome:
        """The first rule that fits holds: scope, open, failed, withdrawn, bot only, unanswered, declined …"""
        names = [("", "", "")]
        which, free = np.zeros(self.n, np.int8), self.is_in_scope.copy()
        decided, decided_at = np.full(self.n, NOWHERE), np.full(self.n, NEVER)
        for rule in self._rules():
            here = free & rule.holds
            which[here] = len(names)
            names.append((rule.code, OUTCOMES[rule.code] + rule.more, rule.evidence))
            decided[here], decided_at[here] = rule.position[here], rule.moment(self)[here]
            free &= ~here
        if not self.is_in_scope.all():
            exclusion = self.tickets["exclusion"]
            for code in sorted(set(exclusion[~self.is_in_scope].tolist())):
                which[exclusion == code] = len(names)
                names.append((code, OUTCOMES[code], "scope"))
        return Outcome(which, tuple(names), decided, decided_at)

    # which tickets say how well cases are resolved

    @cached_property
    def is_judged(self) -> np.ndarray:
        """In scope, with a history, and old enough: there was time to solve the case, and to take the solve back."""
        return self.is_in_scope & self.tickets["has_history"].astype(bool) & (self._judged_at <= self.mature_until)

    @cached_property
    def judgement_changes_at(self) -> np.ndarray:
        """When the ticket comes to be judged, or its solve to count, without any new event; NEVER if neither."""
        due = np.where(self._judged_at > self.mature_until, self._judged_at, self.settles_at)
        return np.where(self.is_in_scope, due, NEVER)

    @cached_property
    def _judged_at(self) -> np.ndarray:
        needed = HORIZON + self.repeat_window
        return np.minimum(self.began_at, NEVER - needed) + needed

    def _rules(self) -> Iterator[_Rule]:
        """The outcomes in the order in which they are tried."""
        nowhere = np.full(self.n, NOWHERE)
        yield _Rule("O0", ~self.is_done, "not solved", self.last_status_change)
        yield _Rule("U", ~self.tickets["has_history"].astype(bool), "no history", nowhere)
        since = np.where(self.confirmation == NOWHERE, -1, self.at(self.confirmation))
        came_back = (self.came_back_at != NEVER) & (self.came_back_at > since)
        reopened = (self.reopened != NOWHERE) & (self.at(self.reopened) > since)
        yield _Rule("O5", came_back, "the customer came back with another ticket", nowhere, self.came_back_at)
        yield _Rule("O5", reopened, "the customer reopened it", self.reopened)
        yield _Rule("O7", self.withdrawal != NOWHERE, "the customer needs nothing any more", self.withdrawal)
        by_bot = self.bot_answer != NOWHERE
        yield _Rule("O9", by_bot & self.has_settled, "only a bot answered", self.bot_answer)
        yield _Rule("O3", by_bot, "only a bot answered, and the window is open", self.bot_answer)
        asked = self.last(self.asks)
        unanswered_at = np.where(asked == NOWHERE, self.settled, asked)
        yield _Rule("O6", self.is_unanswered, "nobody answered the customer's last message", unanswered_at)
        declined = self.refusal != NOWHERE
        with_another = self._in_last_replies(Marker.alternative) != NOWHERE
        yield _Rule("O8", declined & with_another, "an agent declined", self.refusal, more=", with an alternative")
        yield _Rule("O8", declined, "an agent declined", self.refusal, more=", without an alternative")
        by_nobody = ~self._at_position(self.by_agent | self.by_customer, self.settled)
        yield _Rule("O4", by_nobody, "no person solved it", self.settled)
        confirmed = (self.confirmation != NOWHERE) & (self.first(self.asks, after=self.confirmation) == NOWHERE)
        yield _Rule("O1", confirmed, "the customer said so", self.confirmation)
        yield _Rule("O3", ~self.has_settled, "solved, and the window is open", self.settled)
        yield _Rule("O2", np.ones(self.n, bool), "solved, and nobody took it back", self.settled)


@dataclass(frozen=True)
class _Rule:
    """An outcome, the tickets that it fits, and what decides it there."""

    code: str
    holds: np.ndarray
    evidence: str
    position: np.ndarray
    at: np.ndarray | None = None
    more: str = ""

    def moment(self, t: Outcomes) -> np.ndarray:
        return t.at(self.position) if self.at is None else self.at
