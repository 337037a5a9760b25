"""Who asked again while they waited, told slowly: one ticket at a time, from a list of what happened in order.

Written from what the pages of chasers say, without a line of the audit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from tests.obvious.clock import day_by_day

OFFICE = tuple((day * 1440 + 540, day * 1440 + 1020) for day in range(5))
FOUR_HOURS, PARTS = 4 * 3600, 30 * 60


class Event(NamedTuple):
    """What happened in a ticket, in the words of the pages."""

    at: int
    who: str
    what: str

    @property
    def is_said(self) -> bool:
        """Whether it is a message of the customer's side."""
        return self.who in ("customer", "customer_side") and self.what.startswith(("writes", "notes", "thanks"))

    @property
    def ends_waiting(self) -> bool:
        return self.what == "deletes" or (self.who.startswith("agent") and self.what.startswith("writes"))


@dataclass
class Chase:
    """A message that may ask again, with what its parts say: when, and since when the customer waited."""

    at: int
    since: int
    is_structural: bool
    is_lexical: bool


@dataclass
class Wait:
    """From the message that began it to what ended it; None while it lasts."""

    since: int
    until: int | None = None


def open_seconds(since: int, until: int) -> int:
    return day_by_day(OFFICE, "Europe/Berlin", set(), since, until)


def told(life: Iterable[Event]) -> tuple[list[Chase], list[Wait]]:
    """The chases and the waits of one ticket, each in order."""
    found: list[Chase] = []
    waits: list[Wait] = []
    status, asked_at, message = "new", None, None
    """message: the one that later ones may be parts of; None where it began the wait."""
    for event in life:
        new = event.what.removeprefix("status: ") if event.what.startswith("status: ") else status
        is_over = new in ("solved", "closed") and new != status
        status = new
        if (is_over or event.ends_waiting) and asked_at is not None:
            waits[-1].until, asked_at = event.at, None
        if not event.is_said or event.what == "thanks":
            continue
        in_words = "update_request" in event.what
        if asked_at is None:
            waits.append(Wait(event.at))
            message = None
        elif event.at - asked_at >= PARTS:
            waited = open_seconds(asked_at, event.at) >= FOUR_HOURS
            message = Chase(event.at, waits[-1].since, waited, in_words)
            found.append(message)
        elif message is not None:
            message.is_lexical |= in_words
        asked_at = event.at
    return [one for one in found if one.is_structural or one.is_lexical], waits
