"""What the definitions say of a story: plain loops over what happened, and not a line of auditlib.

Moments are seconds, durations minutes. A duration is (minutes, state): minutes are None unless it is over.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Iterable, Sequence

from tests.edge_cases import hours
from tests.edge_cases.company import role
from tests.edge_cases.stories import SAYS, Story

UNSOLVED, DONE = ("new", "open", "pending", "hold"), ("solved", "closed")
CUSTOMERS = ("customer", "customer_side")
VOICE = ("phone_call_inbound",)
LIVE = ("chat",)
NOBODY = "nobody"
DAY = 86_400
Duration = tuple[float | None, str]
Piece = tuple[int, int | None]
_NONE: Duration = (None, "not_applicable")


@dataclasses.dataclass
class Event:
    """One thing that happened. `whose` is a class of actors, as of then."""

    at: int
    what: str
    word: str
    who: str
    whose: str
    is_first: bool

    @property
    def is_said(self) -> bool:
        return self.what in SAYS and self.whose in CUSTOMERS

    @property
    def asks(self) -> bool:
        return self.is_said and self.what != "thanks"

    @property
    def is_reply(self) -> bool:
        return self.what in ("writes", "thanks", "acknowledges") and self.whose == "agent"

    @property
    def is_note(self) -> bool:
        return self.what in ("notes", "mutters") and self.whose == "agent"


class Case:
    """One ticket as of a moment."""

    def __init__(self, story: Story, cut: int, members: Sequence[Story] = (), last_only: bool = False) -> None:
        """`members` were merged into it; `last_only`: business time on the schedule held at the end alone."""
        self.story, self.cut, self.last_only = story, cut, last_only
        own = _events(story)
        seconds = {(e.at, e.who) for e in own if e.what in SAYS}
        moved = [e for member in members for e in _events(member) if e.what in SAYS and (e.at, e.who) not in seconds]
        told = sorted([*own, *[dataclasses.replace(e, is_first=False) for e in moved]], key=lambda e: e.at)
        self.events = [event for event in told if event.at < cut]
        self.created_at = story.created_at
        self._follow_status()
        said = [i for i, e in enumerate(self.events) if e.is_said]
        self.first_ask = said[0] if said else None
        opener = next(e for e in self.events if e.what == "created")
        # What an agent passes on without a word of their own is the customer's from the first second.
        at_once = [e for e in self.events if e.at == self.created_at and e.what in SAYS]
        passed_on = any(e.is_said for e in at_once) and not any(e.whose == "agent" for e in at_once)
        self.opened_by_agent = opener.whose == "agent" and not passed_on
        by_machine = opener.whose in ("bot", "automation") and not any(e.is_said for e in at_once)
        self.opened_by_us = self.opened_by_agent or by_machine
        self.is_voice = story.channel in VOICE
        asked_at = self.events[said[0]].at if said else None
        # A merged ticket begins with its oldest member.
        began_at = min(self.created_at, asked_at if asked_at is not None else self.created_at)
        self.began_at = asked_at if self.opened_by_us and asked_at is not None else began_at
        self._follow_turns()

    @property
    def is_outbound(self) -> bool:
        return self.opened_by_agent and not self.is_voice and self.first_ask is None

    @property
    def is_by_machine(self) -> bool:
        opener = next(e for e in self.events if e.what == "created")
        return opener.whose in ("bot", "automation") and not self.is_voice and self.first_ask is None

    # statuses

    def _follow_status(self) -> None:
        told = [i for i, e in enumerate(self.events) if e.what == "status" and e.is_first]
        status = self.events[told[0]].word if told else "new"
        self.stays: list[tuple[str, int, int]] = []
        # A call that is written down as solved was solved as it was created.
        self.solves = told[:1] if status in DONE else []
        self.reopens: list[tuple[int, int]] = []
        """(its place, that of the solve before)"""
        since = self.events[0].at
        for i, e in enumerate(self.events):
            if e.what != "status" or i in told[:1]:
                continue
            if e.word in DONE and status not in DONE:
                self.solves.append(i)
            if e.word in UNSOLVED and status in DONE:
                self.reopens.append((i, self.solves[-1] if self.solves else -1))
            if e.word != status:
                self.stays.append((status, since, e.at))
                status, since = e.word, e.at
        self.stays.append((status, since, self.cut))
        self.status = status
        self.is_done = status in DONE

    def status_at(self, place: int) -> str:
        """Just after an event."""
        status = self.stays[0][0]
        for e in self.events[: place + 1]:
            status = e.word if e.what == "status" else status
        return status

    # turns

    def _follow_turns(self) -> None:
        """(place of the message, place of what ended it, whether a human answered)"""
        self.turns: list[tuple[int, int | None, bool]] = []
        opened, status = None, self.stays[0][0]
        for i, e in enumerate(self.events):
            ends = e.is_reply or (e.what == "status" and e.word in DONE and e.word != status)
            if ends and opened is not None:
                self.turns.append((opened, i, e.is_reply))
                opened = None
            if e.asks and opened is None:
                opened = i
            status = e.word if e.what == "status" else status
        if opened is not None:
            self.turns.append((opened, None, False))

    # clocks

    def passed(self, began: int, ended: int, clock: str, settled: int | None = None) -> float:
        """Minutes between two moments. `settled`: when the sum was settled that this is a part of."""
        if clock == "calendar":
            return (ended - began) / 60
        if clock == "promised":
            return (hours.until("told", ended) - hours.until("told", began)) / 60
        kept = self.schedules()
        if self.last_only:
            name = _held(kept, max(began, (ended if settled is None else settled) - 1))
            return (hours.until(name, ended) - hours.until(name, began)) / 60
        cuts = sorted({began, ended, *(s for s, _ in kept if began < s < ended)})
        held = [(_held(kept, a), a, z) for a, z in itertools.pairwise(cuts)]
        return sum(hours.until(name, z) - hours.until(name, a) for name, a, z in held) / 60

    def schedules(self) -> list[tuple[int, str]]:
        """The schedules that it kept: the first one given within a minute of its creation from the beginning."""
        given = [(e.at, e.word) for e in self.events if e.what == "schedule"]
        if given and given[0][0] - self.created_at <= 60:
            given[0] = (0, given[0][1])
        return [(0, "Office"), *given]

    def lasted(self, began: int | None, ended: int | None, clock: str, or_else: str = "waiting") -> Duration:
        if began is None:
            return None, "not_applicable"
        return (None, or_else) if ended is None else (self.passed(began, ended, clock), "observed")

    def summed(self, pieces: Iterable[Piece], clock: str, state: str, settled: int | None = None) -> Duration:
        if state not in ("observed", "closed_unanswered"):
            return None, state
        ended = [(a, z) for a, z in pieces if z is not None]
        until = settled if settled is not None else max((z for _, z in ended), default=None)
        return sum(self.passed(a, z, clock, until) for a, z in ended), state

    # replies

    def first(self, chosen: Callable[[Event], bool], after: int | None = -1) -> int | None:
        if after is None:
            return None
        return next((i for i, e in enumerate(self.events) if i > after and chosen(e)), None)

    def moment(self, place: int | None) -> int | None:
        return None if place is None else self.events[place].at

    def first_reply(self, clock: str, chosen: Callable[[Event], bool] = lambda e: e.is_reply) -> Duration:
        reply = self.first(chosen, self.first_ask)
        unanswered = "closed_unanswered" if self.is_done else "waiting"
        return self.lasted(self.moment(self.first_ask), self.moment(reply), clock, unanswered)

    def substantive(self) -> Duration:
        return self.first_reply("calendar", lambda e: e.is_reply and e.what != "acknowledges")

    def second_reply(self) -> Duration:
        """From the customer's first message after the first reply to the reply that ends that wait."""
        after = self.first(lambda e: e.is_reply, self.first_ask)
        turn = next((t for t in self.turns if after is not None and t[0] > after), None)
        if turn is None:
            return None, "not_applicable"
        ended = self.moment(turn[1]) if turn[2] else None
        unanswered = "waiting" if turn[1] is None else "closed_unanswered"
        return self.lasted(self.events[turn[0]].at, ended, "calendar", unanswered)

    def bots(self) -> list[int]:
        """Answers by bots between the customer's first message and the first reply of a human."""
        reply = self.first(lambda e: e.is_reply, self.first_ask)
        until = len(self.events) if reply is None else reply
        said = [i for i, e in enumerate(self.events) if e.whose == "bot" and e.what == "writes"]
        return [i for i in said if self.first_ask is not None and self.first_ask < i < until]

    def first_bot_reply(self) -> Duration:
        bots = self.bots()
        return self.lasted(self.moment(self.first_ask), self.events[bots[0]].at, "calendar") if bots else _NONE

    def handoff(self) -> Duration:
        """From the customer's first message that the bot no longer answered, or else the bot's last word."""
        bots, reply = self.bots(), self.first(lambda e: e.is_reply, self.first_ask)
        if not bots:
            return _NONE
        ignored = self.first(lambda e: e.asks, bots[-1])
        if ignored is not None and reply is not None and ignored > reply:
            ignored = None
        again = self.first(lambda e: e.asks, bots[0])
        if reply is None and ignored is None and (again is None or self.is_done):
            return _NONE
        unanswered = "closed_unanswered" if self.is_done else "waiting"
        began = self.moment(bots[-1] if ignored is None else ignored)
        return self.lasted(began, self.moment(reply), "calendar", unanswered)

    def answers(self) -> int:
        """Human public messages after a customer's; in a chat several in a row are one."""
        count, asked, last = 0, False, ""
        for e in self.events:
            if e.is_said:
                asked, last = True, "customer"
            elif e.is_reply and asked:
                count += not (self.story.channel in LIVE and last == "agent")
                last = "agent"
        return count

    # waits

    def wait_state(self) -> str:
        if not self.turns:
            return "not_applicable"
        _, closed, answered = self.turns[-1]
        return "waiting" if closed is None else "observed" if answered else "closed_unanswered"

    def turn_pieces(self) -> list[Piece]:
        return [(self.events[a].at, self.moment(z)) for a, z, _ in self.turns]

    def customer_wait(self) -> Duration:
        return self.summed(self.turn_pieces(), "calendar", self.wait_state())

    def in_status(self, statuses: tuple[str, ...], clock: str) -> Duration:
        pieces = [(max(a, self.began_at), z) for status, a, z in self.stays if status in statuses]
        state = "observed" if self.is_done else "waiting"
        settled = self.events[self.solves[-1]].at if self.solves else self.cut
        return self.summed([(a, z) for a, z in pieces if a < z], clock, state, settled)

    def paused(self) -> Duration:
        """Both of a turn and of a stay on pending or on hold."""
        pieces = [
            (max(a, b, self.began_at), min(z, y if y is not None else self.cut))
            for a, z in [(a, z) for s, a, z in self.stays if s in ("pending", "hold")]
            for b, y in self.turn_pieces()
        ]
        state = "not_applicable" if not self.turns else "observed" if self.is_done else "waiting"
        return self.summed([(a, z) for a, z in pieces if a < z], "calendar", state)

    def unattended(self, clock: str) -> Duration:
        state = "observed" if self.wait_state() == "closed_unanswered" else self.wait_state()
        gaps = self.gaps()
        if state != "observed":
            return None, state
        return max((self.passed(a, z, clock) for a, z in gaps if z is not None), default=0.0), state

    def gaps(self) -> list[Piece]:
        """Times between two acts of humans while the customer waited."""
        found: list[Piece] = []
        for opened, closed, _ in self.turns:
            marks = [self.events[opened].at]
            for e in self.events[opened + 1 : closed]:
                handed_on = e.what in ("group", "assignee") and e.word != NOBODY
                if e.whose == "agent" and (e.is_reply or e.what == "notes" or handed_on):
                    marks.append(e.at)
            ends: list[int | None] = [*marks[1:], self.moment(closed)]
            found += list(zip(marks, ends, strict=True))
        return found

    def is_lost(self) -> bool | None:
        if not self.turns:
            return None
        is_lost = any(self.passed(a, self.cut if z is None else z, "business") > 1440 for a, z in self.gaps())
        return None if self.wait_state() == "waiting" and not is_lost else is_lost

    def unassigned(self) -> Duration:
        given = [e.at for e in self.events if e.what == "assignee" and e.word != NOBODY]
        if not given and self.is_done:
            return None, "not_applicable"
        return self.lasted(self.created_at, given[0] if given else None, "calendar")

    # resolution

    def case_solves(self) -> list[int]:
        """Solves of the case: what was solved before the customer wrote was another matter."""
        begins = self.first_ask if self.opened_by_us and self.first_ask is not None else -1
        return [i for i in self.solves if i > begins]

    def resolution(self, which: str, clock: str) -> Duration:
        solves = self.case_solves()
        if self.is_done and not solves:
            return None, "not_applicable"
        if which == "first":
            return self.lasted(self.began_at, self.moment(solves[0]) if solves else None, clock)
        return self.lasted(self.began_at, self.moment(solves[-1]) if self.is_done else None, clock)

    def net(self, clock: str) -> Duration:
        solves = self.case_solves()
        if self.is_done and not solves:
            return None, "not_applicable"
        if not self.is_done:
            return None, "waiting"
        last = self.events[solves[-1]].at
        pieces = [(max(a, self.began_at), min(z, last)) for s, a, z in self.stays if s != "pending"]
        return self.summed([(a, z) for a, z in pieces if a < z], clock, "observed", last)

    def durable(self) -> Duration:
        """The first solve that no reopening undid within a week; thanks and slips of agents undo nothing."""
        solves = self.case_solves()
        if self.is_done and not solves:
            return None, "not_applicable"
        undoing = [i for i, solve in self.reopens if self.breaks(i, solve)]
        for solve in solves:
            at = self.events[solve].at
            if any(self.events[i].at <= at + 7 * DAY for i in undoing if i > solve):
                continue
            sure = at < self.cut - 7 * DAY
            return (self.passed(self.began_at, at, "calendar"), "observed") if sure else (None, "waiting")
        return None, "closed_unanswered" if self.is_done else "waiting"

    def said_since(self, reopening: int, solve: int, chosen: Callable[[Event], bool]) -> bool:
        """Whether something was said between a solve and the end of the second of a reopening."""
        at = self.events[reopening].at
        return any(i > solve and e.at <= at and chosen(e) for i, e in enumerate(self.events))

    def reopening(self, i: int, solve: int) -> str:
        """customer, thanks, flip, agent or automation."""
        if self.said_since(i, solve, lambda e: e.asks):
            return "customer"
        if self.said_since(i, solve, lambda e: e.is_said):
            return "thanks"
        again = [s for s in self.solves if s > i]
        quick = again and self.events[again[0]].at - self.events[i].at <= 300
        if self.events[i].whose != "agent":
            return "automation"
        return "flip" if quick else "agent"

    def breaks(self, i: int, solve: int) -> bool:
        return self.reopening(i, solve) not in ("thanks", "flip")

    def reopened(self, whose: str | None = None) -> int | None:
        if not self.solves:
            return None
        return sum(whose in (None, self.reopening(*one)) for one in self.reopens)

    def one_touch(self) -> bool | None:
        if not self.is_done or not self.solves or self.is_outbound:
            return None
        by_human = self.events[self.solves[-1]].whose == "agent"
        return by_human and self.answers() == 1 and not any(self.breaks(*one) for one in self.reopens)

    # handling

    def moves(self, what: str) -> list[tuple[int, str, str]]:
        """Each change to another holder: (place, from whom, to whom); a spell with nobody is a pause."""
        found, holder = [], NOBODY
        for i, e in enumerate(self.events):
            if e.what == what and e.word not in (NOBODY, holder):
                found.append((i, holder, e.word))
                holder = e.word
        return found

    def transfers(self) -> list[tuple[int, str, str]]:
        acts = [i for i, e in enumerate(self.events) if self.is_act(e)]
        return [m for m in self.moves("group") if m[1] != NOBODY and acts and m[0] >= acts[0]]

    def is_act(self, e: Event) -> bool:
        return e.whose == "agent" and (e.what in SAYS or e.what in ("assignee", "group", "status"))

    def bounces(self) -> int:
        moves = self.transfers()
        return sum(a[1] == b[2] for a, b in itertools.pairwise(moves))

    def lost_in_transfers(self) -> Duration:
        waits: dict[int | None, int] = {}
        for i, _, _ in self.transfers():
            if self.status_at(i) in DONE:
                continue
            at = self.events[i].at
            end = self.first(lambda e, at=at: e.at > at and self.is_act(e), i)
            solved = next((s for s in self.solves if self.events[s].at > at), None)
            ends = [x for x in (end, solved) if x is not None]
            waits.setdefault(min(ends) if ends else None, at)
        if not waits:
            return None, "not_applicable"
        if None in waits:
            return None, "waiting"
        return sum((self.events[z].at - a) / 60 for z, a in waits.items()), "observed"


def _held(kept: list[tuple[int, str]], moment: int) -> str:
    return [name for since, name in kept if since <= moment][-1]


def _events(story: Story) -> list[Event]:
    """Everything that happened, in order."""
    found = []
    for n, update in enumerate(story.updates):
        for act in update.acts:
            who = "Rule" if act.by_rule else act.word if act.what in SAYS and act.word else update.who
            whose = _class(story, who, update.at)
            found.append(Event(update.at, act.what, act.word, who, whose, n == 0))
    opener = story.updates[0].who
    opened = Event(story.created_at, "created", "", opener, _class(story, opener, story.created_at), True)
    return [opened, *found]


def _class(story: Story, who: str, moment: int) -> str:
    """The requester is the customer, whatever they are elsewhere; others what they were at that moment."""
    if who == "Rule":
        return "automation"
    if who == story.requester:
        return "customer"
    return {"customer": "customer_side"}.get(found := role(who, moment), found)
