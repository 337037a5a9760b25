"""What Request Tracker is asked, and how its answers are paged."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from auditlib.sources import Get, Page, Settings, SourceError
from auditlib.sources._request_tracker.pages import NOT_A_PERSON
from auditlib.sources._shared.records import told

API = "/REST/2.0"
TICKET_FIELDS = (
    "Subject,Status,Priority,Queue,Owner,Requestor,Creator,Created,LastUpdated,EffectiveId,CustomFields,SLA,Due"
)
HISTORY_FIELDS = "Type,Field,OldValue,NewValue,Created,Creator,ObjectId"
TEXT_FIELDS = "TransactionId,ContentType,Filename,Headers,Content"
NUMBERS = {f"fields[{role}]": "id" for role in ("Queue", "Owner", "Requestor", "Creator")}
OPTIONS = {"page_size", "channel", "rating", "rating_scale"}
DELETIONS = "ObjectType = 'RT::Ticket' AND Type = 'Status' AND NewValue = 'deleted'"
MESSAGES_AT_ONCE = 50  # web servers refuse addresses of more than 8 kB
EVERY_TEXT = [
    {"field": "ContentType", "operator": "STARTSWITH", "value": "text/"},
    {"field": "ContentType", "operator": "STARTSWITH", "value": "multipart/", "entry_aggregator": "OR"},
]


class Desk:
    """The questions that we put to the tracker."""

    def __init__(self, get: Get, settings: Settings) -> None:
        self._get = get
        self._agents: dict[str, Page] = {}
        if unknown := sorted(set(settings.options) - OPTIONS):
            known = ", ".join(sorted(OPTIONS))
            raise SourceError(f"{settings.name}: no option is called {unknown[0]!r}; there are {known}.")
        self.size = min(int(settings.options.get("page_size", 100)), 100)

    def ask(self, stream: str, path: str, **params: Any) -> Page:
        return self._get(f"{API}{path}", {"per_page": self.size, **params}, stream=stream)

    def one(self, stream: str, path: str) -> Page:
        """A single record, which has no pages."""
        return self._get(f"{API}{path}", stream=stream)

    def tickets(self, query: str) -> Page:
        return self.ask("tickets", "/tickets", query=query, orderby="id", fields=TICKET_FIELDS, **NUMBERS)

    def agreed(self) -> Page:
        """The newest tickets with a service agreement: its name is all that can be asked for."""
        return self.ask(
            "agreements", "/tickets", query="SLA IS NOT NULL", orderby="id", order="DESC", fields="SLA,Due", **NUMBERS
        )

    def values(self, field: str) -> Page:
        """What can be chosen in a custom field."""
        return self.ask("values", f"/customfield/{field}/values")

    def deletions(self, query: str) -> Page:
        """The transactions that deleted tickets: nothing else names a ticket that is gone."""
        query = f"{DELETIONS} AND {query}"
        return self.ask("deleted", "/transactions", query=query, orderby="id", fields="Created,ObjectId")

    def notes(self) -> Page:
        """Some internal notes: they are what an account without the right to see them misses unawares."""
        query = "ObjectType = 'RT::Ticket' AND Type = 'Comment'"
        return self.ask("notes", "/transactions", query=query, orderby="id", order="DESC")

    def ticket(self, number: str) -> Page:
        return self.one("ticket", f"/ticket/{number}")

    @functools.cached_property
    def queues(self) -> list[Page]:
        return list(self._until_empty("queues", "/queues/all", orderby="id", fields="Name"))

    def merged(self, others: set[str], into: Sequence[str]) -> Iterator[Page]:
        """Tickets that live on in these ones: no search shows them unless it names where they went."""
        if others:
            query = " OR ".join(f"EffectiveId = {number}" for number in into)
            yield from self._until_empty(
                "tickets", "/tickets", query=query, orderby="id", fields=TICKET_FIELDS, **NUMBERS
            )

    def history(self, number: str) -> Iterator[Page]:
        """A ticket's transactions, newest first: it is whole once every ticket in it was created in it.

        Nothing can be missing then: a ticket is merged after the one that it is merged into was created, so
        its merging comes up before that creation does.
        """
        seen, created = {number}, set()
        asked = self._until_empty(
            "history",
            f"/ticket/{number}/history",
            orderby="id",
            order="DESC",
            fields=HISTORY_FIELDS,
            **{"fields[Creator]": "id"},
        )
        for page in asked:
            yield page
            items = items_of(page)
            seen |= {item["ObjectId"] for item in items}
            created |= {item["ObjectId"] for item in items if item["Type"] == "Create"}
            if seen <= created:
                return

    def texts(self, transactions: Sequence[str]) -> Iterator[Page]:
        """The words of messages, by transaction: most attachments of a ticket are copies of outgoing mail."""
        for start in range(0, len(transactions), MESSAGES_AT_ONCE):
            some = transactions[start : start + MESSAGES_AT_ONCE]
            wanted = [*({"field": "TransactionId", "value": one} for one in some), *EVERY_TEXT]
            query = json.dumps(wanted, separators=(",", ":"))
            yield from self._until_empty("texts", "/attachments", query=query, fields=TEXT_FIELDS)

    def person(self, who: str) -> Page:
        """A person by number or login: only so does it say who is privileged. Agents are asked for once."""
        page = self._agents.get(who) or self.one("people", f"/user/{quote(who, safe='')}")
        record = told(page)
        if "Name" not in record:
            raise SourceError(f"{page.url} tells no Name; add it to $UserSummaryExtraInfo of the tracker.")
        if record["Privileged"] or record["Name"] in NOT_A_PERSON:
            self._agents[who] = page
        return page

    def _until_empty(self, stream: str, path: str, **params: Any) -> Iterator[Page]:
        number = 1
        while True:
            page = self.ask(stream, path, page=number, **params)
            yield page
            if not items_of(page):
                return
            number += 1


def items_of(page: Page) -> list[dict[str, Any]]:
    """The records of a list; an answer without one is no empty list."""
    body = page.json()
    found = body.get("items") if isinstance(body, dict) else None
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise SourceError(f"{page.url} holds no list of items; Request Tracker's own answers always have one there")
    return found
