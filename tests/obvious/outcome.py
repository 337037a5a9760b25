"""How a case ended, told slowly: one ticket at a time, in plain Python, from a list of what happened.

It shares no code with the timelines; their outcomes are compared with these on random lives.
"""

from __future__ import annotations

from dataclasses import dataclass, field

DAY = 86400
DONE = ("solved", "closed")


@dataclass
class Happening:
    """One event: at (seconds), who (customer, agent, bot, automation), what (message, status, rating), more."""

    at: int
    who: str
    what: str
    new: str = ""
    markers: frozenset[str] = frozenset()
    is_public: bool = True


@dataclass
class Life:
    """A ticket: how it was opened, what happened in order, and when its customer came back after which solve."""

    opened_by: str
    channel: str
    happened: list[Happening]
    came_back: list[tuple[int, int]] = field(default_factory=list)
    """(solved at, came back at)"""


def outcome(life: Life, known_until: int, window: int = 7 * DAY) -> str:
    """The code of the one outcome, and for a declined case whether another way was offered."""
    events = life.happened
    is_customer = [e.who in ("customer", "customer_side") for e in events]
    says = [i for i, e in enumerate(events) if e.what == "message" and is_customer[i]]
    asks = [i for i in says if "gratitude" not in events[i].markers]
    replies = [i for i, e in enumerate(events) if e.what == "message" and e.who == "agent" and e.is_public]
    if life.opened_by == "agent" and life.channel not in ("phone", "voice", "counter") and not says:
        return "X5"
    status, solves, reopens = "new", [], []
    for i, e in enumerate(events):
        if e.what == "status":
            if e.new in DONE and status not in DONE:
                solves.append(i)
            if e.new not in DONE and status in DONE:
                reopens.append((i, solves[-1]))
            status = e.new
    if status not in DONE:
        return "O0"

    well = _all_is_well(events, is_customer, says, replies, solves)
    last_well = events[well].at if well is not None else -1
    if _failed_at(life, asks, reopens, window) > last_well:
        return "O5"

    solve = solves[-1]
    ask = asks[-1] if asks else None
    if ask is None:
        unanswered = not replies and life.opened_by != "agent"
    else:
        unanswered = not any(i > ask for i in replies)
    gone = [i for i in says if "withdrawal" in events[i].markers]
    wants = [i for i in asks if "withdrawal" not in events[i].markers]
    if ask is None:
        given_up = life.opened_by != "agent" and not any(i < solve for i in replies)
    else:
        given_up = ask < solve and not any(ask < i < solve for i in replies)
    if (gone and not any(i > gone[-1] for i in wants)) or (given_up and is_customer[solve]):
        return "O7"

    has_held = events[solve].at + window <= known_until
    bots = [
        i
        for i, e in enumerate(events)
        if e.what == "message" and e.who == "bot" and e.is_public and "acknowledgement" not in e.markers
    ]
    if not replies and bots and (ask is None or bots[-1] > ask):
        return "O9" if has_held else "O3"
    if unanswered:
        return "O6"

    last_words = [events[i] for i in replies if ask is None or i > ask]
    if any("refusal" in e.markers for e in last_words):
        return "O8 with" if any("alternative" in e.markers for e in last_words) else "O8 without"
    if events[solve].who != "agent" and not is_customer[solve]:
        return "O4"
    if well is not None and not any(i > well for i in asks):
        return "O1"
    return "O2" if has_held else "O3"


def _all_is_well(
    events: list[Happening], is_customer: list[bool], says: list[int], replies: list[int], solves: list[int]
) -> int | None:
    """The place of the customer's last word that all is well."""
    bots = [i for i, e in enumerate(events) if e.what == "message" and e.who == "bot" and e.is_public]
    helped = min([*replies, *solves, *bots], default=len(events))
    found = [i for i in says if i > helped and events[i].markers & {"gratitude", "confirmation"}]
    found += [i for i in solves if is_customer[i]]
    ratings = [i for i, e in enumerate(events) if e.what == "rating"]
    counting = _last_in_time(events)
    if counting is not None and counting in ratings and events[counting].new == "good" and counting > solves[0]:
        found.append(counting)
    return max(found, default=None)


def _last_in_time(events: list[Happening]) -> int | None:
    """The ticket's last answer that came within 14 days of its survey, or of the first answer to none."""
    since, last = None, None
    for i, e in enumerate(events):
        if e.what == "offer":
            since = e.at
        elif e.what == "rating":
            since = e.at if since is None else since
            if e.at - since <= 14 * DAY:
                last = i
    return last


def _failed_at(life: Life, asks: list[int], reopens: list[tuple[int, int]], window: int) -> int:
    """When the customer last took a solve back; -2 if never."""
    events, found = life.happened, [-2]
    for reopened, solve in reopens:
        same_second = [i for i, e in enumerate(events) if e.at == events[reopened].at]
        until = max(reopened, *same_second)
        wants = [i for i in asks if solve < i <= until and "withdrawal" not in events[i].markers]
        # A message in the very second of the reopening speaks for it on whichever side of the solve it stands.
        if wants:
            found.append(events[reopened].at)
    found += [back for solved, back in life.came_back if back - solved <= window]
    return max(found)
