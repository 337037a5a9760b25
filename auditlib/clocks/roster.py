"""Which hours each ticket kept when, and the open seconds of its intervals on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from auditlib.clocks.hours import NEVER, Moments, OpenHours, chunks, moments

Mode = Literal["cumulative", "last"]
UNKNOWN = -1  # the hours of a spell whose schedule nobody knows


class Roster:
    """The spells of each ticket on its schedules; a ticket's last spell never ends.

    All schedules are laid end to end on one line of time, and each spell knows how much open
    time its ticket had accrued before. So an interval costs two lookups, however many
    schedules there are and however often its ticket changed them.
    """

    def __init__(self, ticket: ArrayLike, since: ArrayLike, hours: ArrayLike, schedules: Sequence[OpenHours]):
        """A roster of spells, one a row: from `since` on, `ticket` kept `schedules[hours]`.

        Rows come in any order; of two spells of a ticket with the same `since` the later row
        counts. Hours of -1 say that the schedule is unknown from then on. Tickets are indices
        from 0. Schedules of different horizons, or none at all, are a ValueError: where nobody knows
        any hours, give one of no intervals and no spells.
        """
        tickets, begins, kept = (np.asarray(column, np.int64) for column in (ticket, since, hours))
        _check_spells(tickets, kept, schedules)
        self.schedules = tuple(schedules)
        self._horizon = schedules[0]
        self._stride = self._horizon.until - self._horizon.since + 1
        self._line = _end_to_end(schedules, self._stride)
        begins = begins.clip(self._horizon.since, self._horizon.until)
        order = _in_force(tickets * self._stride + begins)
        # A spell of no ticket comes first, so that every moment follows a spell.
        self._ticket = np.append(-1, tickets[order])
        self._hours = np.append(UNKNOWN, kept[order])
        begins = np.append(self._horizon.since, begins[order])
        self._key = self._ticket * self._stride + begins
        self._place = self._hours.clip(0) * self._stride
        self._accrued = self._accrued_before(begins)
        self._begins_with = self._accrued + self._before(np.arange(len(begins)), begins)
        self._unknown_until = np.cumsum(self._hours == UNKNOWN)

    def seconds(
        self,
        ticket: ArrayLike,
        start: ArrayLike,
        end: ArrayLike,
        mode: Mode = "cumulative",
        held_at: ArrayLike | None = None,
    ) -> tuple[Moments, NDArray[np.bool_]]:
        """Open seconds of each ticket's [start, end), int64, and whether they are measurable.

        `cumulative` counts each part of the interval on the schedule then held; `last` counts
        all of it on the last schedule held before `end` (or before `held_at`). Not measurable (and then -1, never 0)
        is an interval that begins before the ticket's first spell (for `last`: ends before it),
        or that needs an unknown schedule. Raises like OpenHours.seconds.
        """
        if mode not in ("cumulative", "last"):
            raise ValueError(f"{mode!r} is no schedule mode; write cumulative or last")
        tickets = np.asarray(ticket, np.int64)
        starts, ends = moments(start, end)
        self._horizon.check(starts, ends)
        held = ends if held_at is None else np.broadcast_to(np.asarray(held_at, np.int64), len(tickets))
        open_seconds = np.empty(len(tickets), np.int64)
        for part in chunks(len(tickets)):
            open_seconds[part] = self._measured(tickets[part], starts[part], ends[part], held[part], mode)
        return open_seconds, open_seconds >= 0

    def due(
        self,
        ticket: ArrayLike,
        start: ArrayLike,
        seconds: ArrayLike,
        mode: Mode = "cumulative",
        until: ArrayLike = NEVER,
    ) -> Moments:
        """The first moment at which so many open seconds have passed for each ticket since start.

        The inverse of `seconds`, and like OpenHours.add: what falls on a closing is the closing. For
        `last`, `until` is the end of the interval whose last schedule counts. NEVER where that much
        open time does not pass within the horizon, or only on hours that nobody knows.
        """
        tickets, (starts, wanted) = np.asarray(ticket, np.int64), moments(start, seconds)
        self._horizon.check(starts, starts)
        if np.any(wanted < 0):
            raise ValueError(f"{wanted.min()} open seconds cannot pass: they are negative")
        ends = np.maximum(np.minimum(until, self._horizon.until) - 1, starts)
        begun = self._spell(tickets, ends if mode == "last" else starts)
        target = self._accrued[begun] + self._before(begun, starts) + wanted
        at = np.searchsorted(self._begins_with, target, side="left") - 1
        spell = (
            begun
            if mode == "last"
            else np.clip(at, begun, self._spell(tickets, np.full(len(tickets), self._horizon.until)))
        )
        found = self._reaching(spell, target - self._accrued[spell])
        is_known = (self._ticket[begun] == tickets) & (self._hours[begun] != UNKNOWN)
        is_known &= self._unknown_until[spell] == self._unknown_until[begun]
        return np.where(is_known, np.where(wanted == 0, starts, found), NEVER)

    def _reaching(self, spell: Moments, target: Moments) -> Moments:
        """When the line's open time reaches the target on the spell's schedule; NEVER past the horizon."""
        closing = np.searchsorted(self._line.total, target, side="left").clip(max=len(self._line.total) - 1)
        found = target + self._line.lead[closing] - self._place[spell]
        is_there = (target <= self._line.total[-1]) & (found <= self._horizon.until)
        return np.where(is_there, found, NEVER)

    def kept(self, ticket: ArrayLike, at: ArrayLike) -> NDArray[np.int64]:
        """Which of `schedules` each ticket kept at a moment; -1 where that is not known."""
        tickets, at = moments(ticket, at)
        self._horizon.check(at, at)
        spell = self._spell(tickets, at)
        return np.where(self._ticket[spell] == tickets, self._hours[spell], UNKNOWN)

    def _measured(self, ticket: Moments, start: Moments, end: Moments, held: Moments, mode: Mode) -> Moments:
        """Open seconds, -1 where not measurable."""
        last = self._spell(ticket, np.maximum((held if mode == "last" else end) - 1, start))
        first = last if mode == "last" else self._spell(ticket, start)
        is_known = (self._ticket[first] == ticket) & (self._hours[first] != UNKNOWN)
        is_known &= self._unknown_until[last] == self._unknown_until[first]
        open_seconds = self._accrued[last] + self._before(last, end)
        open_seconds -= self._accrued[first] + self._before(first, start)
        return np.where(is_known, open_seconds, -1)

    def _spell(self, ticket: Moments, moment: Moments) -> Moments:
        """The latest spell at or before the moment: perhaps an earlier ticket's."""
        return np.searchsorted(self._key, ticket * self._stride + moment, side="right") - 1

    def _before(self, spell: Moments, moment: Moments) -> Moments:
        """Open seconds on the line before the moment, on the spell's schedule."""
        return self._line.before(self._place[spell] + moment)

    def _accrued_before(self, begins: Moments) -> Moments:
        """What to add to a moment's open time on the line to get the open time that all spells accrued."""
        spells = np.arange(len(begins))
        is_followed = np.append(self._ticket[1:] == self._ticket[:-1], False)
        ends = np.where(is_followed, np.append(begins[1:], 0), begins)
        at_begin = self._before(spells, begins)
        length = self._before(spells, ends) - at_begin
        return np.cumsum(length) - length - at_begin


def _in_force(key: Moments) -> Moments:
    """The spells in the order of their keys, without those that a later row replaces at once."""
    order = np.argsort(key, kind="stable")
    is_replaced = key[order][1:] == key[order][:-1]
    return order[np.append(~is_replaced, True)[: len(order)]]


def _end_to_end(schedules: Sequence[OpenHours], stride: int) -> OpenHours:
    """One line of time on which each schedule follows the one before."""
    spans = np.concatenate([hours.spans() + place * stride for place, hours in enumerate(schedules)])
    return OpenHours.of(spans, schedules[0].since, schedules[0].since + len(schedules) * stride)


def _check_spells(ticket: Moments, hours: Moments, schedules: Sequence[OpenHours]) -> None:
    horizons = {(one.since, one.until) for one in schedules}
    if len(horizons) != 1:
        raise ValueError(f"a roster needs schedules compiled for one horizon, not {sorted(horizons)}")
    if len(ticket) and ticket.min() < 0:
        raise ValueError(f"ticket {ticket.min()} is no index: they count from 0")
    if len(hours) and not UNKNOWN <= hours.min() <= hours.max() < len(schedules):
        raise ValueError(f"hours {hours.min()} to {hours.max()} are not among {len(schedules)} schedules")
