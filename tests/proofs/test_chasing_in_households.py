"""Chasers across the tickets of one household: second tickets, follow-ups, merges, everything in one second."""

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import strategies as st

from auditlib.metrics.chasers import chasers, first_chase, lexical
from auditlib.span import State
from auditlib.timelines import NOWHERE, Timelines
from auditlib.worked_examples import Example, timelines
from tests.obvious.chasing import Event
from tests.obvious.households import Asked, Ticket, asked_again, life
from tests.proofs.batches import cases, drawn

ZONE = ZoneInfo("Europe/Berlin")
# The clocks are put forward six days later.
MONDAY = int(datetime.datetime(2026, 3, 23, 9, tzinfo=ZONE).timestamp())
AS_OF = MONDAY + 14 * 86_400
TITLE = f"Example: as of {datetime.datetime.fromtimestamp(AS_OF, ZONE):%Y-%m-%d %H:%M}"
HALF, FOUR, DAY = 1800, 4 * 3600, 86_400
SOON = (0, 0, 1, 60, HALF - 60, HALF - 1, HALF, HALF + 1, 2700, 7200)
GAPS = st.sampled_from([*SOON, FOUR - 1, FOUR, FOUR + 60, 8 * 3600, 60_000, DAY, DAY, 2 * DAY, 6 * DAY])
CUSTOMERS = [("customer", "writes")] * 5 + [("customer", "writes: update_request")] * 3
OPENINGS = st.sampled_from(
    [(("customer", "writes"),)] * 8
    + [((who, "writes"),) for who in ("agent", "customer_side", "bot")]
    + [(("customer", what),) for what in ("writes: update_request", "writes: returning", "thanks")]
    # Written down by an agent, in the customer's words.
    + [(("agent", "status: open"), ("customer", "writes"))]
)
ACTS = st.sampled_from(
    [*CUSTOMERS, ("customer", "thanks"), ("customer", "notes"), ("customer_side", "writes")]
    + [("agent", "writes")] * 3
    + [("agent", "writes: acknowledgement"), ("agent", "notes"), ("agent", "deletes"), ("agent", "restores")]
    + [(who, "writes") for who in ("bot", "automation", "unknown")]
    + [("agent", f"status: {status}") for status in ("solved", "solved", "closed", "open", "pending_customer")]
    + [("automation", "status: solved"), ("customer", "status: open")]
)


@dataclass(frozen=True)
class Told:
    """How a ticket is drawn: after which other one it begins (its first event or its last) and how long, and so on."""

    after: tuple[int, bool, int]
    opening: tuple[tuple[str, str], ...]
    acts: list[tuple[int, tuple[str, str]]]
    customer: int
    topic: str
    order: int
    is_voice: bool
    follows: bool
    into: int | None


TICKETS = st.builds(
    Told,
    st.tuples(st.integers(0, 2), st.booleans(), GAPS),
    OPENINGS,
    st.lists(st.tuples(GAPS, ACTS), max_size=9),
    st.sampled_from([1, 1, 1, 2]),
    st.sampled_from(["billing", "billing", "login", ""]),
    st.sampled_from([0, 0, 0, 7]),
    st.sampled_from([False] * 7 + [True]),
    st.sampled_from([False] * 5 + [True]),
    st.sampled_from([None] * 6 + [0, 1, 2]),
)
HOUSEHOLDS = st.lists(TICKETS, min_size=1, max_size=4)


def household(some: list[Told], first_key: int) -> list[Ticket]:
    """The tickets with what happened in each, in order; those created before the watermark."""
    lives: list[list[Event]] = []
    for one in some:
        of, is_last, gap = one.after
        since = lives[of % len(lives)][-1 if is_last else 0].at if lives else MONDAY
        at = since + gap
        happened = [Event(at, *what) for what in one.opening]
        for wait, what in one.acts:
            at += wait
            happened.append(Event(at, *what))
        lives.append(happened)
    there = [number for number, happened in enumerate(lives) if happened[0].at < AS_OF]
    key = {number: first_key + place for place, number in enumerate(there)}
    into: dict[int, int] = {}
    for number in there:
        target = some[number].into
        if target in key and number not in _path(into, target):
            into[number] = target
    return [
        Ticket(
            key[number], some[number].customer, tuple(lives[number]), some[number].topic or None, some[number].order,
            key.get(number - 1, 0) if some[number].follows else 0, key.get(into.get(number, -1), 0),
            some[number].is_voice,
        )
        for number in there
    ]  # fmt: skip


def _path(into: dict[int, int], start: int) -> list[int]:
    """A ticket and all that it went into."""
    found = [start]
    while found[-1] in into:
        found.append(into[found[-1]])
    return found


def seen(houses: list[list[Ticket]]) -> Timelines:
    """The same tickets as the audit sees them, linked by its own rules."""
    rows = []
    for number, house in enumerate(houses):
        for one in house:
            about = {
                "ticket": f"T{one.key}",
                "customer": f"{number}.{one.customer}",
                "topic": one.topic or "",
                "channel": "phone" if one.is_voice else "email",
                "order": f"{number}x" if one.order else "",
                "follow_up_of": f"T{one.follow_up_of}" if one.follow_up_of else "",
                "merged_into": f"T{one.merged_into}" if one.merged_into else "",
            }
            for event in one.events:
                when = datetime.datetime.fromtimestamp(event.at, ZONE)
                rows.append(about | {"when": f"{when:%Y-%m-%d %H:%M:%S}", "who": event.who, "what": event.what})
    return timelines(Example(TITLE, tuple(rows), ()))


def until(house: list[Ticket]) -> list[Ticket]:
    """The household as it is known at the watermark."""
    return [
        Ticket(**{**vars(one), "events": tuple(event for event in one.events if event.at < AS_OF)}) for one in house
    ]


def found(t: Timelines) -> list[Asked]:
    """What the audit's formulas say of each ticket."""
    counts = [chasers.value(t, "any"), chasers.value(t, "structural"), lexical.value(t)]
    waited, in_hours = (first_chase.value(t, clock) for clock in ("calendar", "business"))
    assert (waited.state == in_hours.state).all()
    return [
        Asked(
            *(int(count[row]) for count in counts),
            (_minutes(waited.minutes[row]), _minutes(in_hours.minutes[row]), State(int(waited.state[row])).name),
            None if t.chased_from[row] == NOWHERE else int(t.at(t.chased_from[[row]])[0]),
        )
        for row in range(t.n)
    ]


def _minutes(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 6)


def wanted(house: list[Ticket]) -> list[Asked]:
    """What the pages say; who asked first is told as of what had happened last in the ticket."""
    told = []
    for one, asked in zip(house, asked_again(house).values(), strict=True):
        *minutes, state = asked.first_chase
        last = None if asked.first_at is None else max(e.at for e in life(one, house) if e.at <= asked.first_at)
        first = (*(None if m is None else round(m, 6) for m in minutes), state)
        told.append(Asked(asked.chasers, asked.structural, asked.lexical, first, last))
    return told


@cases(HOUSEHOLDS, most=20)
def test_who_asks_again_is_whom_the_pages_say(some):
    houses: list[list[Ticket]] = []
    for one in some:
        houses.append(household(one, 1 + sum(map(len, houses))))
    houses = [house for house in houses if house]
    if not houses:
        return  # all of them began after the watermark
    ours = iter(found(seen(houses)))
    for house in map(until, houses):
        for one, asked in zip(house, wanted(house), strict=True):
            assert next(ours) == asked, one


def test_households_are_as_rich_as_what_the_pages_speak_of():
    """Second tickets, merges in which the message chases and in which it does not, merges of merges, all states."""
    houses = [until(household(one, 1)) for one in drawn(HOUSEHOLDS, 400)]
    asked = [ours for house in houses for ours in asked_again(house).values()]
    assert {ours.first_chase[2] for ours in asked} == {"observed", "waiting", "not_applicable"}
    assert {ours.chasers - ours.structural for ours in asked} >= {0, 1, 2, 3}
    merged = [(one, house) for house in houses for one in house if one.merged_into]
    assert any(other.merged_into == one.key for one, house in merged for other in house)
    assert len(merged) > 40
