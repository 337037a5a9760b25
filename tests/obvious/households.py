"""Who asked again across all tickets of one household: follow-ups, merges, the same topic written twice.

Written from what the pages of chasers say, without a line of the audit: one loop over one household's tickets
and what happened in them. Which tickets are about one issue is told by the obvious rules of links.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.obvious import links
from tests.obvious.chasing import Event, open_seconds, told


@dataclass(frozen=True)
class Ticket:
    """A ticket of a household; what it follows up on and went into are keys, 0 for none."""

    key: int
    customer: int
    events: tuple[Event, ...]
    """Its creation is the first of them."""
    topic: str | None = None
    order: int = 0
    follow_up_of: int = 0
    merged_into: int = 0
    is_voice: bool = False

    @property
    def created_at(self) -> int:
        return self.events[0].at

    def is_open_at(self, moment: int) -> bool:
        shown = [event.what for event in self.events if event.at <= moment and event.what.startswith("status: ")]
        is_done = bool(shown) and shown[-1] in ("status: solved", "status: closed")
        return not is_done and not self.is_deleted_at(moment)

    def is_deleted_at(self, moment: int) -> bool:
        seen = [event.what for event in self.events if event.at <= moment]
        turns = [what for what in seen if what in ("deletes", "restores") or what.startswith("status: ")]
        return bool(turns) and turns[-1] == "deletes"

    @property
    def is_deleted(self) -> bool:
        return self.is_deleted_at(self.events[-1].at)


@dataclass(frozen=True)
class Asked:
    """What the measures of chasers should be of one ticket, and when its customer first asked again."""

    chasers: int
    structural: int
    lexical: int
    first_chase: tuple[float | None, float | None, str]
    first_at: int | None


def asked_again(household: list[Ticket]) -> dict[int, Asked]:
    """By key of ticket."""
    return {ticket.key: _asked(ticket, household) for ticket in household}


def life(ticket: Ticket, household: list[Ticket]) -> list[Event]:
    """What happened in a ticket, and what was said in those that were merged into it; of one second behind it."""
    found = list(ticket.events)
    for other in household:
        if _end(other, household) == ticket.key:
            found += [event for event in other.events if event.what.startswith(("writes", "notes", "thanks"))]
    return sorted(found, key=lambda event: event.at)


def is_by(ticket: Ticket, household: list[Ticket], *classes: str) -> bool:
    """Whether such people opened it in their own words; what they wrote down for a customer is the customer's."""
    at_once = [event for event in life(ticket, household) if event.at == ticket.created_at]
    own = "agent" in classes and any(e.who == "agent" and e.what.startswith(("writes", "notes")) for e in at_once)
    return ticket.events[0].who in classes and (own or not any(event.is_said for event in at_once))


def _end(ticket: Ticket, household: list[Ticket]) -> int:
    """The ticket that one was merged into in the end, however many merges later."""
    by_key, into = {one.key: one for one in household}, ticket.merged_into
    while into and by_key[into].merged_into:
        into = by_key[into].merged_into
    return into


def _asked(ticket: Ticket, household: list[Ticket]) -> Asked:
    chases, waits = told(life(ticket, household))
    here = [chase.at for chase in chases]
    elsewhere = [one.created_at for one in _parallel(ticket, household)]
    elsewhere += [one.created_at for one in _merged(ticket, household) if one.created_at not in here]
    again = [(chase.at, chase.since) for chase in chases]
    for at in elsewhere:
        again += [(at, wait.since) for wait in waits if wait.since < at and (wait.until is None or at <= wait.until)]
    first: tuple[float | None, float | None, str] = (None, None, "not_applicable")
    if again:
        at, since = min(again)
        first = (at - since) / 60, open_seconds(since, at) / 60, "observed"
    elif waits and waits[-1].until is None:
        first = (None, None, "waiting")
    return Asked(
        len(chases) + len(elsewhere),
        sum(chase.is_structural for chase in chases),
        sum(chase.is_lexical for chase in chases),
        first,
        min([*here, *elsewhere], default=None),
    )


def _parallel(ticket: Ticket, household: list[Ticket]) -> list[Ticket]:
    """Other tickets about the same issue that were opened while this one was open, by the rules of links."""
    found = links.links([_as_linked(one, household) for one in household])
    later = {other for earlier, other, kind, _ in found if earlier == ticket.key and kind == "parallel"}
    return [one for one in household if one.key in later and not _begins_with_thanks(one, household)]


def _merged(ticket: Ticket, household: list[Ticket]) -> list[Ticket]:
    """Tickets that were merged into this one, and which a customer opened while it was open."""
    return [
        one
        for one in household
        if _end(one, household) == ticket.key
        and (one.created_at, one.key) > (ticket.created_at, ticket.key)
        and (one.is_voice or not is_by(one, household, "agent"))
        and not _begins_with_thanks(one, household)
        and ticket.is_open_at(one.created_at)
    ]


def _said(ticket: Ticket, household: list[Ticket]) -> list[Event]:
    return [event for event in life(ticket, household) if event.is_said]


def _begins_with_thanks(ticket: Ticket, household: list[Ticket]) -> bool:
    return any(event.what == "thanks" for event in _said(ticket, household)[:1])


def _as_linked(ticket: Ticket, household: list[Ticket]) -> links.Ticket:
    said = _said(ticket, household)
    nobody_asked = not said and not ticket.is_voice and is_by(ticket, household, "agent", "bot", "automation")
    states = [(e.at, e.what.removeprefix("status: ")) for e in ticket.events if e.what.startswith("status: ")]
    return links.Ticket(
        key=ticket.key,
        created_at=ticket.created_at,
        customer=ticket.customer,
        moves=tuple((at, "solved" if state in ("solved", "closed") else "open") for at, state in states),
        topic=ticket.topic,
        order=ticket.order,
        follow_up_of=ticket.follow_up_of,
        says_so=bool(said) and "returning" in said[0].what,
        is_voice=ticket.is_voice,
        in_scope=not (ticket.merged_into or ticket.is_deleted or nobody_asked),
        by_agent=is_by(ticket, household, "agent"),
    )
