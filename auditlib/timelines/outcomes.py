"""How a case ended: exactly one outcome a ticket, and what decided it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from auditlib.caselog.words import Marker
from auditlib.span import NEVER
from auditlib.timelines.coming_back import ComingBack
from auditlib.timelines.events import NOWHERE
from auditlib.timelines.ratings import Surveys

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


class Outcomes(Surveys, ComingBack):
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

    @cached_property
    def settled(self) -> np.ndarray:
        """Position of the solve with which a done ticket ended; NOWHERE while it is not done."""
        last = np.where(self.last_solve == NOWHERE, self.last_status_change, self.last_solve)
        return np.where(self.is_done, last, NOWHERE)

    @cached_property
    def has_settled(self) -> np.ndarray:
        """Whether it is known that nobody took the last solve back for as long as the window."""
        return self.at(self.settled) <= self.mature_until - self.repeat_window

    @cached_property
    def settles_at(self) -> np.ndarray:
        """When that will be known; NEVER while the ticket is not done, or if it is known."""
        due = np.minimum(self.at(self.settled), NEVER - self.repeat_window) + self.repeat_window
        return np.where(due > self.mature_until, due, NEVER)

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

    # what speaks for an outcome

    @cached_property
    def is_unanswered(self) -> np.ndarray:
        """Whether the customer's last message that says more than thanks has no human reply, or nothing has one."""
        last_ask = self.last(self.asks)
        ignored = self.first(self.replies, after=last_ask) == NOWHERE
        nobody_wrote = ~self.any(self.replies) & ~self.is_opened_by_agent
        return np.where(last_ask == NOWHERE, nobody_wrote, ignored)

    @cached_property
    def bot_answer(self) -> np.ndarray:
        """Position of the bot's last answer where no human replied and the customer asked nothing after it."""
        said = self.is_message & self.by_bot & self.is_public & ~self.marked(Marker.acknowledgement)
        last, last_ask = self.last(said), self.last(self.asks)
        is_last_word = (last_ask == NOWHERE) | (last > last_ask)
        return np.where(~self.any(self.replies) & is_last_word, last, NOWHERE)

    @cached_property
    def confirmation(self) -> np.ndarray:
        """Position of the customer's last word that all is well; NOWHERE if there was none.

        Thanks or a confirmation after somebody helped, a good rating after the first solve that still
        counts, or a solve by the customer's own hand.
        """
        position, of = np.arange(self.m), self.events["ticket"]
        pleased = self.is_said & (self.marked(Marker.gratitude) | self.marked(Marker.confirmation))
        helped = self.first(self.replies | self.solves | (self.is_message & self.by_bot & self.is_public))
        well = pleased & (position > helped[of])
        well |= self._is_good & (position == self.last_rating[of]) & (position > self.first_solve[of])
        well |= self.solves & self.by_customer
        return self.last(well)

    @cached_property
    def withdrawal(self) -> np.ndarray:
        """Position at which the customer said that nothing is needed any more, and asked nothing after; or NOWHERE.

        A customer who closes an unanswered case has withdrawn it too.
        """
        said = self.last(self.is_said & self.marked(Marker.withdrawal))
        is_last_word = self.first(self._wants, after=said) == NOWHERE
        closed = np.where(self.is_unanswered & self._at_position(self.by_customer, self.settled), self.settled, NOWHERE)
        return np.where((said != NOWHERE) & is_last_word, said, closed)

    @cached_property
    def refusal(self) -> np.ndarray:
        """Position of a human reply to the customer's last message that declines; NOWHERE without one."""
        return self._in_last_replies(Marker.refusal)

    @cached_property
    def reopened(self) -> np.ndarray:
        """Position of the last reopening for which the customer wanted something; NOWHERE if there was none."""
        return self.last(self.reopens_after(self._wants))

    @cached_property
    def came_back_at(self) -> np.ndarray:
        """When the customer last came back about it within the window after a solve; NEVER if they did not."""
        links = self.comings_back
        links = links.at(links.came_back_at - links.solved_at <= self.repeat_window[links.ticket])
        found = np.full(self.n, -1)
        np.maximum.at(found, links.ticket, links.came_back_at)
        return np.where(found < 0, NEVER, found)

    def is_followed_up(self, window: int) -> np.ndarray:
        """Whether the customer opened a ticket that names this one within the window after a solve; length n."""
        key, follows = self.tickets["key"], self.tickets["follow_up_of"]
        by_customer = ~self.is_opened_by_agent | self.is_voice
        later = np.flatnonzero(by_customer & np.isin(follows, key))
        order = np.argsort(key)
        earlier = order[np.searchsorted(key, follows[later], sorter=order)]
        solves = np.flatnonzero(self.solves)
        # One sorted key of (ticket, moment), so that the solve before a moment is found in one look.
        line = (self.events["ticket"][solves] << 34) + self.events["occurred_at"][solves]
        asked = (earlier << 34) + self.tickets["created_at"][later]
        since = np.append(line, -1)[np.searchsorted(line, asked, "right") - 1]
        found = np.zeros(self.n, bool)
        found[earlier[(since >> 34 == earlier) & (asked - since <= window)]] = True
        return found

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
        unanswered_at = np.where(self.last(self.asks) == NOWHERE, self.settled, self.last(self.asks))
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

    @cached_property
    def _wants(self) -> np.ndarray:
        """Messages of the customer's side that want something: neither mere thanks nor a withdrawal."""
        return self.asks & ~self.marked(Marker.withdrawal)

    def _in_last_replies(self, marker: Marker) -> np.ndarray:
        """Position of a marker in the human replies behind the customer's last message; NOWHERE without one."""
        last_ask, found = self.last(self.asks), self.last(self.replies & self.marked(marker))
        return np.where((last_ask == NOWHERE) | (found > last_ask), found, NOWHERE)


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
