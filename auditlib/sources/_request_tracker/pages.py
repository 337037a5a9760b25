"""The pages of one chunk, put in order: tickets, their transactions, the words in them and the people."""

from __future__ import annotations

import collections
import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from auditlib.caselog.rows import BadRecord, Notice, Person, Row
from auditlib.sources import Page, Settings, SourceChanged, unknown_fields
from auditlib.sources._shared.identities import identities

STATUSES = {
    "new": "new",
    "open": "open",
    "stalled": "pending_customer",
    "resolved": "solved",
    "rejected": "closed",
    "deleted": "deleted",
}
NOT_A_PERSON = ("RT_System", "Nobody")
ASKED_FOR = {
    "tickets": "Subject Status Priority Queue Owner Requestor Creator Created LastUpdated EffectiveId CustomFields SLA "
    "Due",
    "history": "Type Field OldValue NewValue Created Creator ObjectId",
    "texts": "TransactionId ContentType Filename Headers Content",
    "queues": "Name",
    "deleted": "Created ObjectId",
}


class Answers:
    """What one chunk holds, by what it is about."""

    def __init__(self, pages: Sequence[Page], settings: Settings) -> None:
        self.settings = settings
        self.statuses = STATUSES | {word.casefold(): ours for word, ours in settings.statuses.items()}
        self._pages = pages
        self.tickets = {str(one["id"]): one for one in (*self.records("ticket"), *self.records("tickets"))}
        self.people = {_number(one): one for one in self.records("people")}
        self._by_login = {one["Name"]: number for number, one in self.people.items()}
        self.transactions = collections.defaultdict(list)
        # By number, since a page repeats what an act during the paging pushed down from the one before.
        items = {int(item["id"]): item for item in self.records("history")}
        for number in sorted(items):
            self.transactions[items[number]["ObjectId"]].append(items[number])
        self.texts = collections.defaultdict(list)
        for text in sorted(self.records("texts"), key=lambda text: int(text["id"])):
            self.texts[text["TransactionId"]].append(text)

    def records(self, stream: str) -> Iterator[dict[str, Any]]:
        for page in self._pages:
            if page.stream == stream:
                body = page.json()
                yield from body.get("items", [body])

    @functools.cached_property
    def with_history(self) -> set[str]:
        """Tickets whose history was asked for; the list shows a day more than that."""
        paths = [re.search(r"/ticket/(\d+)/history", page.url) for page in self._pages]
        asked = {path[1] for path in paths if path}
        return asked | {number for number in self.tickets if self.lives_in(number) in asked}

    def lives_in(self, number: str) -> str:
        return reference(self.tickets[number]["EffectiveId"])

    def person(self, who: Any) -> str | None:
        """A person's number, whether given by number or by login; None: nobody, or the tracker itself."""
        number = str(who) if str(who) in self.people else self._by_login.get(str(who))
        if number is None:
            raise BadRecord(f"a person is named whom the tracker did not tell about: {who!r}")
        return None if self.people[number]["Name"] in NOT_A_PERSON else number

    def status(self, word: str) -> str:
        if word.casefold() not in self.statuses:
            raise SourceChanged(
                f"{self.settings.name}: Request Tracker has a status {word!r} that nobody mapped. Add to the "
                f'[[source]] named "{self.settings.name}" in audit.toml: statuses = {{ "{word}" = "open" }}, '
                "with new, open, pending_customer, on_hold, solved or closed for open."
            )
        return self.statuses[word.casefold()]

    def people_rows(self) -> Iterator[Row]:
        for person in self.people.values():
            yield from _person(person, self.settings)

    def notices(self) -> Iterator[Notice]:
        """What the tracker tells without having been asked, each once."""
        told = {
            (stream, notice.field)
            for stream, asked in ASKED_FOR.items()
            for record in self.records(stream)
            for notice in unknown_fields(stream, record, {"id", "type", "_url", *asked.split()})
        }
        for stream, field in sorted(told):
            yield Notice(stream=stream, field=field)


def _person(record: Mapping[str, Any], settings: Settings) -> Iterator[Row]:
    name, email = record["Name"], record.get("EmailAddress") or None
    if name in NOT_A_PERSON:
        return
    is_bot = not {name, email}.isdisjoint(settings.bots)
    yield Person(
        person=_number(record),
        role="bot" if is_bot else "agent" if record.get("Privileged") else "customer",
        name=record.get("RealName") or name,
        email=email,
        language=record.get("Lang") or None,
        organization=record.get("Organization") or None,
        is_active=str(record.get("Disabled") or 0) == "0",
    )
    # Verified by use: the tracker knows people by the address that they write from, and answers to it.
    yield from identities(_number(record), "email", email, is_verified=True)


def _number(person: Mapping[str, Any]) -> str:
    return str(person["id"] if "id" in person else person["_hyperlinks"][0]["id"])


def reference(value: Any) -> str:
    return str(value["id"] if isinstance(value, Mapping) else value)


def set_date(text: str | None) -> str | None:
    """A date as a moment; None for one that was never set, which is in 1970. Transactions write them in UTC."""
    if not text or text.startswith("1970-01-01"):
        return None
    return text if text.endswith("Z") else f"{text.replace(' ', 'T')}Z"
