"""How Zammad is asked: lists by page, and what changed in the order in which it changed.

Zammad pages by number and tells no totals: a page of a list that is not full is the last one. What changed is
asked for anew behind the last record seen, until nothing new comes, so that nothing is lost while the list moves;
only where more than a page changed within one second does the next page follow.
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
"""The most that every list of Zammad gives at once; it cuts larger wishes down without a word."""
PATIENCE = 3
"""So often a page may repeat, as when a cache answers with the page before."""
SEARCHABLE = 10_000
"""Zammad's search shows no more than so many of what it found."""


@dataclasses.dataclass(frozen=True)
class Step:
    """A page of changed records, the cursor behind it, and whether it is the last one."""

    page: Page
    cursor: dict[str, Any]
    is_last: bool


class Desk:
    """One Zammad, asked as its settings say."""

    def __init__(self, get: Get, settings: Settings) -> None:
        self._get = get
        self._source = settings.name
        self.size = min(int(settings.options.get("page_size", PAGE_SIZE)), PAGE_SIZE)

    def ask(self, path: str, params: Mapping[str, Any], stream: str) -> Page:
        """One request."""
        return self._get(f"/api/v1/{path}", params, stream=stream)

    def pages(self, path: str, stream: str) -> Iterator[Page]:
        """All pages of a list, which Zammad gives by number."""
        for number in range(1, SEARCHABLE):
            page = self.ask(path, {"expand": "true", "page": number, "per_page": self.size}, stream)
            yield page
            if len(listed(page)) < self.size:
                return
        raise SourceError(f"{self._source}: {path} shows full pages without end; ask Zammad's support")

    def found(self, what: str, query: str, stream: str, page: int = 1, size: int | None = None) -> Page:
        """One page of what a search finds, oldest change first."""
        params = {"query": query, "sort_by": "updated_at", "order_by": "asc", "expand": "true", "page": page}
        return self.ask(f"{what}/search", {**params, "per_page": size or self.size}, stream)

    def changed(self, what: str, cursor: Mapping[str, Any], until: int | None) -> Iterator[Step]:
        """Tickets, users or organizations that changed since the cursor."""
        since, number, before, still = int(cursor["since"]), int(cursor.get("page", 1)), None, 0
        while True:
            page = self._since(what, since, number)
            rows = listed(page)
            moved = windows.moved(rows)
            # The page before, once more: behind the last second seen none of its earlier rows can be.
            if page.body == before and moved and min(moved) < since and still < PATIENCE:
                still += 1
                continue
            before, still = page.body, 0
            latest = max(moved, default=since)
            # A page may be short in the middle: what the search finds and is destroyed is left out without a word.
            is_last = len(rows) < self.size and latest <= since
            is_last = is_last or (until is not None and latest >= until)
            since, number = (latest, 1) if latest > since else (since, number + 1)
            yield Step(page, {"since": since, **({"page": number} if number > 1 else {})}, is_last)
            if is_last:
                return

    def _since(self, what: str, since: int, number: int) -> Page:
        if number * self.size > SEARCHABLE:
            raise SourceError(
                f"{self._source}: more than {SEARCHABLE:,} {what} changed in one second ({stamp(since)}), and Zammad's "
                "search shows no more of them; change some of them again, so that they are spread over several seconds"
            )
        return self.found(what, f"updated_at:[{stamp(since)} TO *]", what, number)

    def check_search(self) -> None:
        """Nothing was found: proven only if the search finds the first ticket that the list has."""
        page = self.ask("tickets", {"expand": "true", "page": 1, "per_page": 1}, "first")
        for row in (row for row in listed(page) if isinstance(row, dict) and "id" in row):
            if not listed(self.found("tickets", f"id:{row['id']}", "first", size=1)):
                raise SourceError(
                    f"{self._source}: Zammad's search does not find ticket {row['id']}, which its list shows. Is "
                    "Elasticsearch connected, and is its index built? Without it there is no list of changed tickets."
                )

    def whole(self, ticket: int) -> list[Page]:
        """A ticket's history and articles; nothing if it was deleted meanwhile.

        A merge takes a ticket's articles along into the other one, where they are fetched too.
        """
        try:
            pages = [self._history(ticket), self._articles(ticket)]
            wanted = _written(pages[0]) - _listed_ids(pages[1])
            seen, other = {ticket}, _merged_into(pages[0])
            while wanted and other is not None and other not in seen:
                seen.add(other)
                pages.append(self._articles(other))
                wanted -= _listed_ids(pages[-1])
                other = _merged_into(self._history(other)) if wanted else None
        except SourceError as error:
            if error.status != 404 or self._is_there(ticket):
                raise
            return []
        return pages

    def _is_there(self, ticket: int) -> bool:
        """Whether the ticket itself is shown: then it was not deleted, and this Zammad does not tell what is asked."""
        try:
            self.ask(f"tickets/{ticket}", {}, "first")
        except SourceError as error:
            if error.status == 404:
                return False
            raise
        return True

    def _history(self, ticket: int) -> Page:
        return self.ask(f"ticket_history/{ticket}", {}, "history")

    def _articles(self, ticket: int) -> Page:
        return self.ask(f"ticket_articles/by_ticket/{ticket}", {"expand": "true"}, "articles")


def _written(history: Page) -> set[int]:
    """The articles that were written into a ticket, wherever they are now."""
    rows = [row for row in listed(history, "history") if isinstance(row, dict)]
    wrote = [row for row in rows if row.get("object") == "Ticket::Article" and row.get("type") == "created"]
    return {row["o_id"] for row in wrote if isinstance(row.get("o_id"), int)}


def _listed_ids(page: Page) -> set[int]:
    return {row["id"] for row in listed(page) if isinstance(row, dict) and isinstance(row.get("id"), int)}


def _merged_into(history: Page) -> int | None:
    rows = [row for row in listed(history, "history") if isinstance(row, dict)]
    return next((row.get("id_to") for row in reversed(rows) if row.get("type") == "merged_into"), None)
