"""What bots say to customers, and the moment from which a human has to go on."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from auditlib.timelines.events import NOWHERE
from auditlib.timelines.talk import Talk


class Bots(Talk):
    """Answers by bots, before a human answers."""

    @cached_property
    def bot_replies(self) -> np.ndarray:
        """Public messages by bots between the customer's first message and the first reply by a human."""
        position, of = np.arange(self.m), self.events["ticket"]
        said = self.is_message & self.by_bot & self.is_public
        return said & (position > self.first_ask[of]) & (position < self.first_reply[of])

    @cached_property
    def handover(self) -> np.ndarray:
        """Position from which a human had to go on where a bot had answered; NOWHERE where the bot was enough.

        The customer's first message that the bot no longer answered, or else the bot's last message.
        A case on which no human has replied is handed over if the customer wrote again after a bot's
        answer, unless it was solved or closed with the bot's word as the last.
        """
        first, last = self.first(self.bot_replies), self.last(self.bot_replies)
        ignored = self.first(self.asks, after=last)
        ignored = np.where(ignored < self.first_reply, ignored, NOWHERE)
        wrote_again = self.first(self.asks, after=first) != NOWHERE
        by_human = (self.first_reply != NOWHERE) | (ignored != NOWHERE) | (wrote_again & ~self.is_done)
        return np.where(by_human, np.where(ignored == NOWHERE, last, ignored), NOWHERE)
