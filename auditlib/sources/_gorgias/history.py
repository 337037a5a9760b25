"""One ticket's messages and events as events of the case log, in the order in which they happened."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from auditlib.caselog import rows
from auditlib.sources._gorgias.shapes import Event, Message, Survey, Ticket
from auditlib.sources._gorgias.words import (
    BY_RULE,
    CLOSED,
    CREATED,
    GONE,
    HOLDERS,
    MOVES,
    OPEN,
    RULE,
    SNOOZED,
    at,
    person,
    user,
)
from auditlib.sources._shared.statuses import Statuses
from auditlib.sources._shared.text import plain

BEGIN, SURVEY = -100, -10
"""Places of what it begins with, and of the survey; what follows is numbered as it happened, to the microsecond."""
REACH = 60
"""Seconds after a customer's message in which a reopening that names nobody is that customer's."""
Who = tuple[str | None, str | None]
AUTOMATION: Who = (None, "automation")


class Told:
    """The events of one ticket. `bots` are keys of people, `status` is Gorgias's word of today."""

    def __init__(
        self,
        ticket: Ticket,
        status: str,
        messages: Iterable[Message],
        events: Iterable[Event],
        survey: Survey | None,
        statuses: Statuses,
        bots: frozenset[str],
        fields: Mapping[str, str],
    ) -> None:
        self._ticket, self._statuses, self._bots = ticket, statuses, bots
        self._begun = at(ticket.created_datetime)
        self._messages = sorted(messages, key=lambda m: (at(m.created_datetime), m.id))
        self._log = sorted(events, key=lambda e: (_exactly(e.created_datetime), e.id))
        self._rules, self._moves = _rules(self._log), _moves(self._log)
        self.events: list[rows.Event] = []
        self._now = {"status": self._first_status(status), "assignee": "", "group": ""}
        self._begins(fields)
        happened: list[Message | Event] = [*self._messages, *self._log]
        for place, told in enumerate(sorted(happened, key=_placed)):
            self._written(told, place) if isinstance(told, Message) else self._read(told, place)
        self._rated(survey)

    @property
    def is_whole(self) -> bool:
        """Whether it is told from its beginning: Gorgias keeps events for a year."""
        return any(event.type == CREATED for event in self._log)

    def _first_status(self, today: str) -> str:
        """It begins open, unless the first thing that ever happened is that it was opened; or it never moved."""
        word = next(iter(self._moves.values()), None)
        return self._statuses.of(today if word is None else CLOSED if word == OPEN else OPEN)

    def _begins(self, fields: Mapping[str, str]) -> None:
        by = self._opener()
        self._add(BEGIN, self._begun, "created", by)
        self._add(BEGIN + 1, self._begun, "status", by, new=self._now["status"])
        for place, (kind, held) in enumerate((("assignee", self._holder()), ("group", self._team()))):
            # Who or what has held it since no event tells of, has held it from the beginning.
            if held and not any(HOLDERS.get(event.type, ("",))[0] == kind for event in self._log):
                self._now[kind] = held
                self._add(BEGIN + 2 + place, self._begun, kind, by, new=held)
        for place, (ours, value) in enumerate(fields.items()):
            kind, new = ("topic", value) if ours == "topic" else ("field", f"{ours}={value}")
            self._add(BEGIN + 4 + place, self._begun, kind, by, new=new)

    def _holder(self) -> str | None:
        return person(self._ticket.assignee_user, is_user=True)

    def _team(self) -> str | None:
        return str(self._ticket.assignee_team.id) if self._ticket.assignee_team else None

    def _opener(self) -> Who:
        """The user whom its creation names; whoever sent the first message; or its customer."""
        made = next((event for event in self._log if event.type == CREATED), None)
        if made is not None and made.user_id is not None:
            return self._who(user(made.user_id))
        if self._ticket.from_agent and self._messages:
            return self._author(self._messages[0])
        return self._who(person(self._ticket.customer, is_user=False))

    def _read(self, event: Event, place: int) -> None:
        moment = at(event.created_datetime)
        if event.type in HOLDERS:
            kind, name = HOLDERS[event.type]
            told = event.data.get(name) if isinstance(event.data, dict) else None
            held = told if isinstance(told, int) else None
            self._moved(place, moment, kind, self._actor(event), (user(held) if kind == "assignee" else held) or "")
        elif event.id in self._moves:
            self._moved(place, moment, "status", self._actor(event), self._statuses.of(self._moves[event.id]))
        elif event.type in GONE:
            self._add(place, moment, GONE[event.type], self._actor(event))

    def _actor(self, event: Event) -> Who:
        """A rule, where one ran before it in the same context: Gorgias itself tells it so; or the user it names."""
        if event.context is not None and self._rules.get(event.context, _NEVER) < _exactly(event.created_datetime):
            return AUTOMATION
        if event.user_id is not None:
            return self._who(user(event.user_id))
        return self._answering(event) if MOVES.get(event.type) == OPEN else AUTOMATION

    def _answering(self, event: Event) -> Who:
        """The customer whose message opened it again; Gorgias itself, where there is none."""
        moment = at(event.created_datetime)
        wrote = [m for m in self._messages if not m.from_agent and 0 <= moment - at(m.created_datetime) <= REACH]
        return self._author(wrote[-1]) if wrote else AUTOMATION

    def _written(self, message: Message, place: int) -> None:
        is_answer = message.from_agent and message.is_public
        if is_answer and message.sent_datetime is None and (message.failed_datetime or message.deleted_datetime):
            return  # It never reached anybody.
        body = message.body_text if message.body_text is not None else plain(message.body_html, "text/html")
        # Nothing is written before the ticket is there: what was brought in with it began it.
        when = max(self._begun, at(_placed(message)[0]))
        self._add(place, when, "message", self._author(message), is_public=message.is_public, body=body)

    def _author(self, message: Message) -> Who:
        if message.via == BY_RULE or message.rule_id is not None:
            return AUTOMATION
        who = person(message.sender, is_user=message.from_agent)
        return (None, "agent" if message.from_agent else "unknown") if who is None else self._who(who)

    def _rated(self, survey: Survey | None) -> None:
        """When the survey was sent, and the latest answer: what it was before a change, Gorgias does not tell."""
        if survey is None:
            return
        if survey.sent_datetime is not None:
            self._add(SURVEY, at(survey.sent_datetime), "rating_offered", AUTOMATION)
        if survey.score is not None and survey.scored_datetime is not None:
            who = f"C-{survey.customer_id}" if survey.customer_id else None
            new = f"1-5:{survey.score}" + (" with comment" if survey.body_text else "")
            self._add(SURVEY + 1, at(survey.scored_datetime), "rating", (who, None), new=new)

    def _moved(self, seq: int, moment: int, kind: str, by: Who, new: str | int) -> None:
        old, self._now[kind] = self._now[kind], str(new)
        if old != str(new):
            self._add(seq, moment, kind, by, old=old or None, new=str(new) or None)

    def _who(self, key: str | None) -> Who:
        return (None, "unknown") if key is None else (key, "bot" if key.lower() in self._bots else None)

    def _add(self, seq: int, moment: int, kind: str, by: Who, **more: Any) -> None:
        ticket = str(self._ticket.id)
        self.events.append(
            rows.Event(ticket=ticket, seq=seq, occurred_at=moment, kind=kind, actor=by[0], actor_class=by[1], **more)
        )


_NEVER = datetime.datetime.max.replace(tzinfo=datetime.UTC)


def _exactly(moment: datetime.datetime) -> datetime.datetime:
    """To the microsecond, by which what happened within a second is told apart."""
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)


def _placed(told: Message | Event) -> tuple[datetime.datetime, bool, int]:
    """When something happened, and what was written before what that changed.

    An answer counts from when it was sent; when a customer's mail was sent, only their own clock says.
    """
    if isinstance(told, Event):
        return _exactly(told.created_datetime), True, told.id
    is_answer = told.from_agent and told.is_public
    return _exactly((told.sent_datetime if is_answer else None) or told.created_datetime), False, told.id


def _rules(log: Sequence[Event]) -> dict[str, datetime.datetime]:
    """When a rule first ran, by the context that it shares with what it did."""
    found: dict[str, datetime.datetime] = {}
    for event in log:
        if event.type == RULE and event.context is not None:
            found.setdefault(event.context, _exactly(event.created_datetime))
    return found


def _moves(log: Sequence[Event]) -> dict[int, str]:
    """The status from each event on that tells one. What is closed in the act of snoozing it is only snoozed."""
    snoozed = [event for event in log if MOVES.get(event.type) == SNOOZED]
    seconds, contexts = {at(e.created_datetime) for e in snoozed}, {e.context for e in snoozed} - {None}
    return {
        event.id: MOVES[event.type]
        for event in log
        if event.type in MOVES
        and not (MOVES[event.type] == CLOSED and (at(event.created_datetime) in seconds or event.context in contexts))
    }
