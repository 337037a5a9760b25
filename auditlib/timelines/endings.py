"""What speaks for how a case ended: when it settled, who had the last word, and what they said."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from auditlib.caselog.words import Marker
from auditlib.span import NEVER
from auditlib.timelines.coming_back import ComingBack
from auditlib.timelines.events import NOWHERE
from auditlib.timelines.ratings import Surveys


class Endings(Surveys, ComingBack):
    """What the end of a case looks like, before anybody says what it comes to."""

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

        A customer who closes an unanswered case has withdrawn it too, whatever an agent still writes to them.
        """
        said = self.last(self.is_said & self.marked(Marker.withdrawal))
        is_last_word = self.first(self._wants, after=said) == NOWHERE
        closed = np.where(self._at_position(self.by_customer, self.settled) & self._is_given_up, self.settled, NOWHERE)
        return np.where((said != NOWHERE) & is_last_word, said, closed)

    @cached_property
    def _is_given_up(self) -> np.ndarray:
        """Whether nobody had answered the customer's last message when the case was settled."""
        asked = self.last(self.asks)
        nothing_asked = asked == NOWHERE
        answered = self.first(self.replies, after=np.where(nothing_asked, self.starts[:-1] - 1, asked))
        waited = np.where(nothing_asked, ~self.is_opened_by_agent, asked < self.settled)
        return waited & (answered > self.settled)

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

    @cached_property
    def _wants(self) -> np.ndarray:
        """Messages of the customer's side that want something: neither mere thanks nor a withdrawal."""
        return self.asks & ~self.marked(Marker.withdrawal)

    def _in_last_replies(self, marker: Marker) -> np.ndarray:
        """Position of a marker in the human replies behind the customer's last message; NOWHERE without one."""
        last_ask, found = self.last(self.asks), self.last(self.replies & self.marked(marker))
        return np.where((last_ask == NOWHERE) | (found > last_ask), found, NOWHERE)
