"""The case-log rows in Request Tracker's pages: tickets, what happened to them, and the people in it.

A transaction's number, times ten, is the sequence of the events in it: one that opens a ticket tells
first that it exists, then what it was at the start, then what was written. A ticket that merged into
another keeps its own history, and its messages are told again for the one that they moved to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from auditlib.caselog.rows import BadRecord, Event, Notice, Rejected, Row, Ticket, moment
from auditlib.sources._request_tracker.pages import Answers, reference, set_date
from auditlib.sources._request_tracker.texts import body

MESSAGES = ("Create", "Correspond", "Comment")
CHANNELS = ("email", "web", "chat", "messaging", "phone", "voice", "counter", "api", "social", "unknown")
CHANNEL_OF_INTERFACE = {"email": "email", "web": "web", "mobile": "web", "rest": "api", "api": "api"}
EVENTS_PER_TRANSACTION = 10

# What tells nothing that is audited. EmailRecord is what RT_System sent, so never a reply; SetWatcher repeats
# a change of owner; a Set other than those read below may be Started, which moves without any agent.
LEFT_OUT = {
    *("EmailRecord", "CommentEmailRecord", "Forward Ticket", "Forward Transaction", "SystemError"),
    *("Set", "SetWatcher", "AddWatcher", "DelWatcher"),
    *("AddLink", "DeleteLink", "AddMember", "DeleteMember"),
    *("AddReminder", "OpenReminder", "ResolveReminder"),
}


def is_owner_change(transaction: Mapping[str, Any]) -> bool:
    """Whether a ticket changed hands. SetWatcher says the same once more and is none."""
    taking = ("Set", "Take", "Untake", "Steal", "Give", "Force")  # all but Set are older trackers' words
    return transaction["Field"] == "Owner" and transaction["Type"] in taking


def unknown_transactions(chunk: Answers) -> Iterator[Notice]:
    """A notice for each kind of transaction that is neither read nor left out on purpose."""
    items = [item for some in chunk.transactions.values() for item in some]
    for kind in sorted({item["Type"] for item in items if not _reader(item)} - LEFT_OUT):
        yield Notice(stream="history", field=f"Type={kind}")


def ticket_or_rejected(chunk: Answers, number: str) -> Iterator[Row]:
    """A ticket with all that happened to it; or why it cannot be understood."""
    try:
        yield from list(_Story(chunk, number).rows())
    except BadRecord as error:
        yield Rejected(ticket=number, reason="unreadable", detail=str(error))
    except KeyError as error:
        yield Rejected(ticket=number, reason="missing_field", detail=f"{error} is missing in the answer")


class _Story:
    """One ticket: what it is now, and what happened to it in order."""

    def __init__(self, chunk: Answers, number: str) -> None:
        self.chunk, self.number, self.now = chunk, number, chunk.tickets[number]
        self.own = chunk.transactions[number]
        self.moved_here = [
            item
            for other in chunk.tickets
            if other != number and chunk.lives_in(other) == number
            for item in chunk.transactions[other]
        ]
        fields = sorted(self.now.get("CustomFields") or [], key=lambda field: field["name"])
        self.names = {str(field["id"]): f"custom_field:{field['name']}" for field in fields}
        values = {self.names[str(field["id"])]: ", ".join(map(str, field["values"])) for field in fields}
        self.fields = {name: value for name, value in values.items() if value}
        self.topic = chunk.settings.fields.get("topic")
        self.rating = chunk.settings.options.get("rating")
        self.rating_scale = chunk.settings.options.get("rating_scale", "1-5")

    def rows(self) -> Iterator[Row]:
        """The ticket and its events. One that others merged into begins with the oldest of them."""
        if not any(item["Type"] == "Create" for item in self.own):
            raise BadRecord("the history has no transaction that created the ticket")
        creations = [item for item in (*self.own, *self.moved_here) if item["Type"] == "Create"]
        creation = min(creations, key=lambda item: int(item["id"]))
        yield self._ticket(moment(creation["Created"]))
        yield from _beginning(self, creation)
        for item in self.own:
            if reader := _reader(item):
                yield from reader(self, item)
        for item in self.moved_here:
            if item["Type"] in MESSAGES:
                yield from _message(self, item)

    def _ticket(self, created_at: int) -> Ticket:
        requesters = self._requesters()
        opened_by = self.chunk.person(self.now["Creator"]["id"])
        lives_in = self.chunk.lives_in(self.number)
        return Ticket(
            ticket=self.number,
            created_at=created_at,
            status=self.chunk.status(self.now["Status"]),
            requester=requesters[0] if requesters else None,
            opened_by=None if opened_by in requesters else opened_by,
            channel=self._channel(written_down=opened_by not in requesters),
            subject=self.now["Subject"],
            priority=str(self.now["Priority"]),
            group=reference(self.now["Queue"]),
            assignee=self.chunk.person(self.now["Owner"]["id"]),
            organization=self._mapped("organization"),
            topic=self._mapped("topic"),
            language=self._mapped("language"),
            tier=self._mapped("tier"),
            region=self._mapped("region"),
            url=self._address(),
            merged_into=lives_in if lives_in != self.number else None,
            fields=self.fields,
        )

    def _requesters(self) -> list[str | None]:
        return [self.chunk.person(one["id"]) for one in self.now["Requestor"] if one["type"] == "user"]

    def _address(self) -> str:
        link = self.now.get("_url") or self.now["_hyperlinks"][0]["_url"]
        return re.sub(r"/REST/2\.0/ticket/(\d+)$", r"/Ticket/Display.html?id=\1", link)

    def _mapped(self, column: str) -> str | None:
        return self.fields.get(self.chunk.settings.fields.get(column, ""))

    def _channel(self, written_down: bool) -> str:
        told = self.fields.get(self.chunk.settings.options.get("channel", ""), "").casefold()
        if told or written_down:
            return told if told in CHANNELS else "unknown"
        creation = next(item for item in self.own if item["Type"] == "Create")
        headers = "\n".join(text["Headers"] for text in self.chunk.texts[creation["id"]])
        interface = re.search(r"^X-RT-Interface: *(\w+)", headers, re.MULTILINE)
        return CHANNEL_OF_INTERFACE.get(interface[1].casefold(), "unknown") if interface else "unknown"

    def event(self, item: Mapping[str, Any], kind: str, place: int = 0, **told: Any) -> Event:
        """An event of this ticket; `place` orders those of one transaction."""
        actor = self.chunk.person(item["Creator"]["id"])
        return Event(
            ticket=self.number,
            seq=int(item["id"]) * EVENTS_PER_TRANSACTION + place,
            occurred_at=moment(item["Created"]),
            kind=kind,
            actor=actor,
            # What RT_System does, its rules do: opening a ticket that was answered, reopening one by mail.
            actor_class=None if actor else "automation",
            **told,
        )

    def at_first(self, now: Any, is_change: Callable[[Mapping[str, Any]], bool]) -> Any:
        """What something was when the ticket was opened: before its first change, or as it still is."""
        return next((item["OldValue"] for item in self.own if is_change(item)), now)


def _beginning(story: _Story, creation: Mapping[str, Any]) -> Iterator[Event]:
    now = story.now
    status = story.at_first(now["Status"], lambda item: item["Type"] == "Status")
    queue = story.at_first(reference(now["Queue"]), lambda item: _what(item) == ("Set", "Queue"))
    owner = story.chunk.person(story.at_first(now["Owner"]["id"], is_owner_change))
    agreement = story.at_first(now.get("SLA"), lambda item: _what(item) == ("Set", "SLA"))
    due = story.at_first(now.get("Due"), lambda item: _what(item) == ("Set", "Due"))
    yield story.event(creation, "created")
    yield story.event(creation, "status", 1, new=story.chunk.status(status))
    yield story.event(creation, "group", 2, new=queue)
    if owner:
        yield story.event(creation, "assignee", 3, new=owner)
    if agreement:
        yield story.event(creation, "sla_applied", 4, new=agreement)
    if set_date(due):
        yield story.event(creation, "due", 5, new=set_date(due))


def _message(story: _Story, item: Mapping[str, Any]) -> Iterator[Event]:
    texts = story.chunk.texts[item["id"]]
    is_empty_form = item["Type"] == "Create" and not texts  # an agent opened it without writing anything
    if not is_empty_form:
        yield story.event(item, "message", 9, is_public=item["Type"] != "Comment", body=body(texts))


def _status(story: _Story, item: Mapping[str, Any]) -> Iterator[Event]:
    old, new = story.chunk.status(item["OldValue"]), story.chunk.status(item["NewValue"])
    if new == "deleted":
        yield story.event(item, "deleted", old=old, new=new)
        return
    if old == "deleted":
        yield story.event(item, "restored", old=old, new=new)
    yield story.event(item, "status", 1, old=old, new=new)


def _owner(story: _Story, item: Mapping[str, Any]) -> Iterator[Event]:
    person = story.chunk.person
    yield story.event(item, "assignee", old=person(item["OldValue"]), new=person(item["NewValue"]))


def _queue(story: _Story, item: Mapping[str, Any]) -> Iterator[Event]:
    yield story.event(item, "group", old=item["OldValue"], new=item["NewValue"])


def _priority(story: _Story, item: Mapping[str, Any]) -> Iterator[Event]:
    yield story.event(item, "priority", old=item["OldValue"], new=item["NewValue"])


def _agreement(story: _Story, item: Mapping[str, Any]) -> Iterator[Event]:
    yield story.event(item, "sla_applied", old=item["OldValue"] or None, new=item["NewValue"] or None)


def _due(story: _Story, item: Mapping[str, Any]) -> Iterator[Event]:
    yield story.event(item, "due", old=set_date(item["OldValue"]), new=set_date(item["NewValue"]))


def _custom_field(story: _Story, item: Mapping[str, Any]) -> Iterator[Event]:
    # The change names only a number; a field that no longer belongs to the queue has no name left.
    name = story.names.get(item["Field"], f"custom_field:#{item['Field']}")
    old, new = item["OldValue"] or None, item["NewValue"] or None
    if name == story.topic:
        yield story.event(item, "topic", old=old, new=new)
    elif name == story.rating and new:
        yield story.event(item, "rating", new=f"{story.rating_scale}:{new}")
    else:
        yield story.event(item, "field", old=old and f"{name}={old}", new=f"{name}={new or ''}")


def _merge(story: _Story, item: Mapping[str, Any]) -> Iterator[Event]:
    into = item["NewValue"].rpartition("/")[2]
    if into != story.number:  # the one that others merge into is told that it merged into itself
        yield story.event(item, "merged_into", new=into)


_READERS: dict[tuple[str, str], Callable[[_Story, Mapping[str, Any]], Iterator[Event]]] = {
    ("Create", ""): _message,
    ("Correspond", ""): _message,
    ("Comment", ""): _message,
    ("Status", "Status"): _status,
    ("Set", "Queue"): _queue,
    ("Set", "Priority"): _priority,
    ("Set", "SLA"): _agreement,
    ("Set", "Due"): _due,
    ("AddLink", "MergedInto"): _merge,
}


def _reader(item: Mapping[str, Any]) -> Callable[[_Story, Mapping[str, Any]], Iterator[Event]] | None:
    if item["Type"] == "CustomField":
        return _custom_field
    return _owner if is_owner_change(item) else _READERS.get(_what(item))


def _what(item: Mapping[str, Any]) -> tuple[str, str]:
    return item["Type"], item["Field"]
