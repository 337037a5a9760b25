"""One ticket's audits as events of the case log, in the order in which they happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from auditlib.caselog.rows import BadRecord, Event
from auditlib.sources._shared.values import key, second, word
from auditlib.sources._zendesk import chats, merges
from auditlib.sources._zendesk.privacy import seen_as
from auditlib.sources._zendesk.shapes import Ticket
from auditlib.sources._zendesk.updates import (
    STRICT,
    Audit,
    Change,
    ChatStartedEvent,
    Comment,
    Create,
    FacebookComment,
    SatisfactionRating,
    ScheduleAssignment,
    SurveyOffered,
    SurveyResponseSubmitted,
    TpeVoiceComment,
    Via,
    VoiceComment,
)
from auditlib.sources._zendesk.words import RATINGS, Statuses, classify, number

SAME = 60
"""Seconds within which a survey's answer and Zendesk's own score of it are one."""
_UNREAD: tuple[None, str] = (None, "")


class History:
    """The events of one ticket, and the ticket into which it was merged."""

    def __init__(
        self,
        ticket: Ticket,
        audits: Sequence[Audit],
        statuses: Statuses,
        bots: frozenset[str],
        kinds: Mapping[str, tuple[str, str]],
        answers: Sequence[tuple[int, str]] = (),
        conversation: Sequence[chats.Said] = (),
    ) -> None:
        if not audits:
            raise BadRecord("the ticket has no audit, although each ticket has one of its creation")
        self._created_at = second(ticket.created_at)
        self._ticket, self._statuses, self._bots, self._kinds = str(ticket.id), statuses, bots, kinds
        self._requester, self._conversation = key(ticket.requester_id), conversation
        self._status: tuple[str | None, int | None] = (None, None)
        self._shown: str | None = None
        self._answers = answers
        self._surveyed: dict[str, int] = {}
        self._spoken: list[Event] = []
        self.events: list[Event] = []
        self.merged_into: str | None = None
        self._seen_as = seen_as(audits)
        # Repeated and shifted pages come in any order; numbers grow with time, but not those of imported tickets.
        for noted_at, _, audit in sorted((second(audit.created_at), audit.id, audit) for audit in audits):
            self._read(audit, noted_at)
        if self._spoken:
            self.events = sorted([*self.events, *self._spoken], key=lambda e: (e.occurred_at, e.seq))
        if len({event.seq for event in self.events}) < len(self.events):
            raise BadRecord("two events of the ticket have the same number; Zendesk numbers each once")

    def _read(self, audit: Audit, noted_at: int) -> None:
        self._audit = audit
        # The first audit is the creation, even if Zendesk noted it down a second later.
        self._at = noted_at if self.events else self._created_at
        self._actor, self._class = classify(audit.author_id, audit.via, self._bots)
        self._moved: Create | None = None
        if not self.events:
            began = next((event for event in audit.events if isinstance(event, ChatStartedEvent)), None)
            # The first line of a chat stands in the second of the creation, and behind it.
            self._add(chats.place(began, -1) if began else audit.id, "created")
        for event in audit.events:
            reader = _READERS.get(type(event))
            if reader:
                reader(self, event)
        if self._moved is not None:
            self._show_status(self._moved)
            if self._shown == "closed" and merges.is_merge(audit):
                self._merge(audit)

    def _move(self, event: Create) -> None:
        # Told twice, as category and as custom status: the first one gives the sequence.
        self._moved = self._moved or event
        status, custom = self._status
        if event.field_name == "status":
            self._status = (word(event.value), custom)
        else:
            self._status = (status, number(event.value))

    def _show_status(self, event: Create) -> None:
        old, new = self._shown, self._statuses.of(*self._status)
        if old != new:
            self._add(event.id, "status", event, old, new)
            if "deleted" in (old, new):
                self._mark("deleted" if new == "deleted" else "restored")
            self._shown = new

    def _write(self, event: Comment) -> None:
        actor, whose, audit = self._actor, self._class, self._audit
        if event.via is not None or event.author_id not in (None, audit.author_id):
            author = audit.author_id if event.author_id is None else event.author_id
            actor, whose = classify(author, event.via or audit.via, self._bots)
        body = event.body if event.plain_body is None else event.plain_body
        self.events.append(
            Event(
                ticket=self._ticket,
                seq=event.id,
                occurred_at=self._at,
                kind="message",
                actor=actor,
                actor_class=whose,
                is_public=self._seen_as.get(str(event.id), event.public),
                body=body,
            )
        )

    def _set(self, event: Create) -> None:
        kind, ours = self._kinds.get(event.field_name or "", _UNREAD)
        if kind is None:
            if event.via is not None:
                self._promise(event, event.via)
            return
        if kind == "status":
            self._move(event)
            return
        old, new = word(event.previous_value), word(event.value)
        if kind == "rating":
            self._rate(event, RATINGS.get(old or ""), new or "")
        elif ours == "requester" and old is None:
            pass  # The requester at creation is the ticket's own.
        elif ours:
            self._add(event.id, kind, event, f"{ours}={old or ''}", f"{ours}={new or ''}")
        elif old is not None or new is not None:
            self._add(event.id, kind, event, old, new)

    def _schedule(self, event: ScheduleAssignment) -> None:
        self._add(event.id, "schedule", event, key(event.previous_schedule_id), key(event.new_schedule_id))

    def _talk(self, event: ChatStartedEvent) -> None:
        """A chat's lines, each at its own moment: those of a conversation stand in its own log."""
        said = chats.told(event)
        if not said:  # One log tells all conversations of a ticket.
            said, self._conversation = list(self._conversation), ()
        self._spoken += chats.events(said, event, self._ticket, self._requester, self._bots, self._created_at)

    def _score(self, event: SatisfactionRating) -> None:
        """An answer that no change of the ticket's score tells, as in old updates."""
        if "satisfaction_score" not in {e.field_name for e in self._audit.events if isinstance(e, Create)}:
            self._rate(event, None, word(event.score) or "")

    def _rate(self, event: Any, old: str | None, new: str) -> None:
        if new == "offered":
            self._offer(event)
        elif new in RATINGS and not self._is_told("rating"):
            self._add(event.id, "rating", event, old, RATINGS[new])

    def _offer(self, event: Any) -> None:
        """A survey was offered; Zendesk may say so twice, as a survey and as a score."""
        if not self._is_told("rating_offered"):
            self._add(event.id, "rating_offered", event, None, "offered")
            self._surveyed["rating_offered"] = self._at

    def _answer(self, event: Any) -> None:
        """What was answered by now, in the survey's own scale; Zendesk's good or bad of that second is the same."""
        given = [said for at, said in self._answers if at <= self._at + SAME]
        if given:
            self.events = [e for e in self.events if e.kind != "rating" or e.occurred_at < self._at - SAME]
            self._add(event.id, "rating", event, None, given[-1])
            self._surveyed["rating"] = self._at

    def _is_told(self, kind: str) -> bool:
        return self._at - self._surveyed.get(kind, -SAME - 1) <= SAME

    def _promise(self, event: Create, via: Via) -> None:
        """A service level that came or went; its targets are those of the policy at the ticket's priority."""
        source = via.source
        if source and source.rel == "sla_target_change" and source.origin:
            policy = word(source.origin.id)
            old, new = (policy if value else None for value in (event.previous_value, event.value))
            self._add(event.id, "sla_applied", event, old, new)

    def _merge(self, audit: Audit) -> None:
        self.merged_into = merges.target(audit)
        self._mark("merged_into", self.merged_into)

    def _mark(self, kind: str, new: str | None = None) -> None:
        """What the whole update means; its own number serves as the sequence, unless `created` has it."""
        number = self._audit.id
        self._add(number if number != self.events[0].seq else -number, kind, new=new)

    def _add(self, seq: int, kind: str, event: Any = None, old: str | None = None, new: str | None = None) -> None:
        actor, whose = self._actor, self._class
        if event is not None and event.via is not None:
            actor, whose = classify(self._audit.author_id, event.via, self._bots)
        self.events.append(
            Event(
                ticket=self._ticket,
                seq=seq,
                occurred_at=self._at,
                kind=kind,
                actor=actor,
                actor_class=whose,
                old=old,
                new=new,
            )
        )


_READERS: dict[type, Callable[[History, Any], None]] = {
    kind: reader
    for shape, reader in (
        (Create, History._set),
        (Change, History._set),
        (Comment, History._write),
        (VoiceComment, History._write),
        (TpeVoiceComment, History._write),
        (FacebookComment, History._write),
        (SatisfactionRating, History._score),
        (ChatStartedEvent, History._talk),
        (ScheduleAssignment, History._schedule),
    )
    for kind in (shape, STRICT[shape])
} | {SurveyOffered: History._offer, SurveyResponseSubmitted: History._answer}
