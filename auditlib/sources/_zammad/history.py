"""One ticket's history and articles as events of the case log, in the order in which they happened.

Zammad's history tells changes and no beginnings: what a ticket began with is what its first change
replaced, or, where it was never changed, what it has today.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from auditlib.caselog.rows import Event
from auditlib.sources._shared.text import plain
from auditlib.sources._shared.values import key, second, word
from auditlib.sources._zammad.shapes import Article, Entry, Ticket
from auditlib.sources._zammad.words import NOBODY, NOTE, PHONE, States, person, priority

ARTICLE = "Ticket::Article"
MERGED = "merged_into"
BEGIN = -100
"""Places of what a ticket begins with, before all numbers of its history."""
ROOM = 4
"""Places for each line of the history: a message before the changes of its update, a mark behind them."""


class History:
    """The events of one ticket, its tags, and the ticket into which it was merged."""

    def __init__(
        self,
        ticket: Ticket,
        entries: Sequence[Entry],
        articles: Mapping[int, Article],
        states: States,
        bots: frozenset[str],
        fields: Mapping[str, str],
        values: Mapping[str, Any],
    ) -> None:
        self._ticket, self._states, self._bots, self._fields = ticket, states, bots, fields
        self._articles, self._values = articles, values
        self._entries = sorted(entries, key=lambda entry: entry.id)
        self._tags: list[str] = []
        self._status = self._owner = ""
        self.events: list[Event] = []
        self.merged_into: str | None = None
        self._merged_at: int | None = None
        self._begins()
        for entry in self._entries:
            self._read(entry)
        self._unlogged()

    @property
    def tags(self) -> tuple[str, ...]:
        return tuple(self._tags)

    @property
    def owner(self) -> str | None:
        """Who had the ticket last: a merge takes it from nobody, although it empties the field."""
        return self._owner or None

    def _begins(self) -> None:
        ticket, at = self._ticket, second(self._ticket.created_at)
        actor, whose = self._who(ticket.created_by_id)
        self._owner = self._began_with("owner", ticket.owner_id)
        self._status = self._states.of(*self._first("state", ticket.state_id, ticket.state))
        _, urgency = self._first("priority", None, ticket.priority)
        told = [
            ("created", None),
            ("status", self._status),
            ("group", self._began_with("group", ticket.group_id)),
            ("assignee", self._owner),
            ("priority", priority(urgency)),
        ]
        for name, ours in self._fields.items():
            value = self._first(name, None, word(self._values.get(name)))[1]
            told += [("topic", value)] if ours == "topic" else [("field", f"{ours}={value}" if value else None)]
        for place, (kind, new) in enumerate(told):
            if new or kind == "created":
                # Behind the first message, which stands next to the creation.
                seq = BEGIN + (place + 1 if place else 0)
                self._add(Event(ticket="", seq=seq, occurred_at=at, kind=kind, actor=actor, actor_class=whose, new=new))

    def _first(self, attribute: str, number: int | None, name: str | None) -> tuple[int | None, str | None]:
        """Number and name of what an attribute began with."""
        for entry in self._entries:
            if entry.type == "updated" and entry.object == "Ticket" and entry.attribute == attribute:
                return entry.id_from, entry.value_from
        return number, name

    def _began_with(self, attribute: str, number: int | None) -> str:
        return self._known(self._first(attribute, number, None)[0])

    @staticmethod
    def _known(number: int | None) -> str:
        """An id as a key; Zammad's own user stands for nobody."""
        return "" if number in (None, 0, NOBODY) else str(number)

    def _read(self, entry: Entry) -> None:
        if entry.object == ARTICLE:
            article = self._articles.get(entry.o_id or 0) if entry.type == "created" else None
            if article is not None and not self._is_of_merge(article):
                self._write(article, self._place(entry))
        elif entry.object != "Ticket":
            pass
        elif entry.type == MERGED:
            self.merged_into, self._merged_at = key(entry.id_to), second(entry.created_at)
            self._change(entry, MERGED, None, self.merged_into)
        elif entry.attribute == "tag" and entry.type in ("added", "removed"):
            self._tag(entry)
        elif entry.type == "updated":
            self._update(entry)

    def _update(self, entry: Entry) -> None:
        name = entry.attribute or ""
        if name == "state":
            self._move(entry)
        elif name == "group":
            self._change(entry, "group", key(entry.id_from), key(entry.id_to))
        elif name == "owner":
            self._hand(entry)
        elif name == "priority":
            self._change(entry, "priority", priority(entry.value_from), priority(entry.value_to))
        elif name == "customer":
            self._change(entry, "field", f"requester={key(entry.id_from)}", f"requester={key(entry.id_to)}")
        elif name in self._fields:
            ours, old, new = self._fields[name], entry.value_from or "", entry.value_to or ""
            if ours == "topic":
                self._change(entry, "topic", old or None, new or None)
            else:
                self._change(entry, "field", f"{ours}={old}", f"{ours}={new}")

    def _move(self, entry: Entry) -> None:
        old, new = self._status, self._states.of(entry.id_to, entry.value_to)
        if old != new:
            self._change(entry, "status", old, new)
            if "deleted" in (old, new):
                self._change(entry, "deleted" if new == "deleted" else "restored", None, None, ROOM * entry.id + 1)
        self._status = new

    def _hand(self, entry: Entry) -> None:
        if self._merged_at is not None and second(entry.created_at) == self._merged_at:
            return
        old, self._owner = self._owner, self._known(entry.id_to)
        if old != self._owner:
            self._change(entry, "assignee", old or None, self._owner or None)

    def _tag(self, entry: Entry) -> None:
        before = list(self._tags)
        tag = entry.value_to or entry.value_from or ""
        self._tags = [t for t in self._tags if t != tag] + ([tag] if entry.type == "added" else [])
        self._change(entry, "tag", " ".join(before) or None, " ".join(self._tags) or None)

    def _is_of_merge(self, article: Article) -> bool:
        """Zammad writes a note of its own, which says merged, into the ticket that it merges."""
        return self._merged_at == second(article.created_at) and article.type == NOTE and article.body == "merged"

    def _unlogged(self) -> None:
        """Articles that no line of the history tells: those of an import. A merge's have lines, elsewhere."""
        if any(entry.object == ARTICLE or entry.type == "received_merge" for entry in self._entries):
            return
        for article in self._articles.values():
            self._write(article, BEGIN - article.id)

    def _place(self, entry: Entry) -> int:
        """In front of what the same person changed in the same second: Zammad saves the ticket first."""
        first = entry
        for other in reversed(self._entries[: self._entries.index(entry)]):
            if (other.created_by_id, second(other.created_at)) != (entry.created_by_id, second(entry.created_at)):
                break
            if other.object == ARTICLE:
                break
            first = other
        if first.type == "created" and first.object == "Ticket":
            return BEGIN + 1
        return ROOM * first.id - 1

    def _write(self, article: Article, seq: int) -> None:
        # Who writes down a call is its author; a mail that was sent in for somebody is that person's.
        author = article.created_by_id if article.type == PHONE else article.origin_by_id or article.created_by_id
        actor, whose = self._who(author)
        if article.sender == "System":
            actor, whose = None, "automation"
        self._add(
            Event(
                ticket="",
                seq=seq,
                occurred_at=second(article.created_at),
                kind="message",
                actor=actor,
                actor_class=whose,
                is_public=not article.internal,
                body=plain(article.body, article.content_type),
            )
        )

    def _change(self, entry: Entry, kind: str, old: str | None, new: str | None, seq: int | None = None) -> None:
        actor, whose = self._who(entry.created_by_id)
        if entry.sourceable_type in ("Trigger", "Job", "PostmasterFilter"):
            actor, whose = None, "automation"
        self._add(
            Event(
                ticket="",
                seq=ROOM * entry.id if seq is None else seq,
                occurred_at=second(entry.created_at),
                kind=kind,
                actor=actor,
                actor_class=whose,
                old=old,
                new=new,
            )
        )

    def _who(self, number: int | None) -> tuple[str | None, str | None]:
        """Actor and class, as far as the event itself tells: what Zammad does itself, its rules do."""
        if number is None:
            return None, "unknown"
        if number == NOBODY:
            return None, "automation"
        return person(number), "bot" if str(number) in self._bots else None

    def _add(self, event: Event) -> None:
        event.ticket = str(self._ticket.id)
        self.events.append(event)
