"""How Freshdesk is asked: lists that follow their Link, and tickets in the order in which they changed.

Freshdesk pages by number, so a list that moves while it is read loses rows, and it refuses page 301 of
tickets. Tickets are therefore asked for anew behind the last one seen, which is always on the first page;
only where more than a page of them changed within one second does the next page follow.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from auditlib.sources import Get, Page, Settings, SourceError
from auditlib.sources._shared import windows
from auditlib.sources._shared.records import listed
from auditlib.sources._shared.values import stamp

PAGE_SIZE = 100
PATIENCE = 3
"""So often a page may repeat, as when a cache answers with the page before."""
LAST_PAGE = 300
"""Freshdesk refuses to show tickets beyond it."""


@dataclasses.dataclass(frozen=True)
class Step:
    """A page of tickets, the cursor behind it, and whether it is the last one."""

    page: Page
    cursor: dict[str, Any]
    is_last: bool


class Desk:
    """One account, asked as its settings say."""

    def __init__(self, get: Get, settings: Settings) -> None:
        self._get = get
        self._source = settings.name
        self.size = min(int(settings.options.get("page_size", PAGE_SIZE)), PAGE_SIZE)
        self.without_ratings = settings.options.get("ratings") == "none"

    def ask(self, path: str, params: Mapping[str, Any], stream: str) -> Page:
        """One request."""
        return self._get(f"/api/v2/{path}", params, stream=stream)

    def pages(self, path: str, stream: str, params: Mapping[str, Any] | None = None) -> Iterator[Page]:
        """All pages of a list: as its Link says, or where it says nothing while the pages are full."""
        query = {**(params or {}), "per_page": self.size, "page": 1}
        before, still = None, 0
        while True:
            page = self.ask(path, query, stream)
            still = still + 1 if page.body == before and listed(page) else 0
            if still >= PATIENCE:
                raise SourceError(
                    f"{self._source}: {path} shows the same page again and again; ask Freshdesk's support"
                )
            yield page
            # More than a page is a list that has none: everything is there.
            if page.following is None and len(listed(page)) != self.size:
                return
            before = page.body
            query["page"] = _number_of(page.following) or query["page"] + 1

    def changed(self, chosen: str | None, cursor: Mapping[str, Any], until: int | None) -> Iterator[Step]:
        """Tickets that changed since the cursor, oldest change first; `chosen`: deleted, spam, or None for the rest."""
        since, number = int(cursor["since"]), int(cursor.get("page", 1))
        while True:
            page = self._tickets(chosen, since, number)
            latest = max(windows.moved(listed(page)), default=since)
            is_last = len(listed(page)) < self.size and page.following is None
            is_last = is_last or (until is not None and latest >= until)
            # Asked for again is the last second seen, so that whatever else changed in it is not lost.
            since, number = (latest, 1) if latest > since else (since, number + 1)
            yield Step(page, {"since": since, **({"page": number} if number > 1 else {})}, is_last)
            if is_last:
                return

    def _tickets(self, chosen: str | None, since: int, number: int) -> Page:
        if number > LAST_PAGE:
            raise SourceError(
                f"{self._source}: more than {LAST_PAGE * self.size:,} tickets changed in one second ({stamp(since)}), "
                "and Freshdesk shows no more of them; ask its support to touch them again in smaller parts"
            )
        params: dict[str, Any] = {"filter": chosen} if chosen else {"include": "stats,description"}
        params |= {"updated_since": stamp(since), "order_by": "updated_at", "order_type": "asc"}
        return self.ask("tickets", {**params, "per_page": self.size, "page": number}, chosen or "tickets")

    def ticket(self, number: int) -> Page | None:
        """One ticket by its number; none if it was deleted for good."""
        try:
            return self.ask(f"tickets/{number}", {"include": "stats"}, "ticket")
        except SourceError as error:
            if error.status == 404:
                return None
            raise

    def whole(self, ticket: int) -> list[Page]:
        """What was written in a ticket and how it was rated; nothing if it was deleted meanwhile."""
        try:
            pages = list(self.pages(f"tickets/{ticket}/conversations", "conversations"))
        except SourceError as error:
            # Deleted since the list showed it: the list of the deleted ones will say so.
            if error.status == 404:
                return []
            raise
        if not self.without_ratings:
            pages += self.pages(f"tickets/{ticket}/satisfaction_ratings", "ratings")
        return pages


def _number_of(link: str | None) -> int | None:
    """The page that a Link names; the rest of the request stays ours."""
    name, _, number = (link or "").rpartition("page=")
    return int(number) if name.endswith(("?", "&")) and number.isdigit() else None
