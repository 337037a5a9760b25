"""How Help Scout is asked: conversations by page, the newest change first, and each one's threads.

Pages have numbers and no cursor. With the oldest change first, a conversation that changes while the list is read
would leave its place, and the one behind it would slip onto a page that was read already. With the newest first,
whatever changes only pushes others back: they come twice, and what was pushed to the front a short second pass finds.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from auditlib.sources import Get, Page, Settings, SourceError, Window
from auditlib.sources._shared.closed import unless_closed
from auditlib.sources._shared.records import listed, told
from auditlib.sources._shared.values import stamp

PAGE = 25
"""Conversations that a page of the list has, whatever is wished for."""
PASSES = 6
"""So many passes are made; if the last one still has several pages, nothing is proven."""
OVERLAP = 10 * 60
"""Seconds that the next night reads again: the list is a search, whose index follows the conversations."""
PATIENCE = 3
MACHINES = "/v3/system-users"
"""AI agents. The second version calls them users: only here are they told from people.

https://developer.helpscout.com/mailbox-api/endpoints/system-users/list/
"""


@dataclasses.dataclass(frozen=True)
class Step:
    """A page of conversations, the cursor behind it, and whether it ends the window."""

    page: Page
    cursor: dict[str, Any]
    is_last: bool = False
    is_proven: bool = False


class Desk:
    """One account, asked as its settings say."""

    def __init__(self, get: Get, settings: Settings) -> None:
        self._get, self._source = get, settings.name
        self.without_ratings = settings.options.get("ratings") == "none"

    def ask(self, path: str, stream: str, params: Mapping[str, Any] | None = None) -> Page:
        """One request: of the second version, unless the path begins with another one."""
        return self._get(path if path.startswith("/") else f"/v2/{path}", params or None, stream=stream)

    def beside(self) -> list[Page]:
        """What is needed to read any conversation: who works here, also what is no human, mailboxes and teams."""
        lists = (("users", "users"), ("mailboxes", "mailboxes"), ("teams", "teams"))
        found = [page for path, stream in lists for page in self.pages(path, stream)]
        return [*found, *unless_closed(self.pages(MACHINES, "system_users"), "system_users")]

    def pages(self, path: str, stream: str, params: Mapping[str, Any] | None = None) -> Iterator[Page]:
        """All pages of a list, as each of them counts."""
        number = 1
        while True:
            page = self.ask(path, stream, {**(params or {}), "page": number})
            yield page
            if number >= pages_of(page):
                return
            number += 1

    def found(self, since: int, until: int | None, number: int = 1) -> Page:
        """One page of the conversations that changed in the window, the newest change first."""
        params = {"status": "all", "sortField": "modifiedAt", "sortOrder": "desc", "page": number}
        if until is None:
            return self.ask("conversations", "conversations", {**params, "modifiedSince": stamp(since)})
        query = f"(modifiedAt:[{stamp(since)} TO {stamp(until)}])"
        return self.ask("conversations", "conversations", {**params, "query": query})

    def changed(self, cursor: Mapping[str, Any], window: Window) -> Iterator[Step]:
        """Conversations that changed in the window, and those that changed while they were read."""
        return self._since(cursor, window) if window.until is None else self._between(cursor, window, window.until)

    def _since(self, cursor: Mapping[str, Any], window: Window) -> Iterator[Step]:
        """Passes: each looks for what changed after the one before it began, until one fits on a single page."""
        begin, number = int(cursor.get("since", window.since)), int(cursor.get("page", 1))
        began, first = cursor.get("began"), cursor.get("first")
        for passes in range(1, PASSES + 1):
            while True:
                page = self.found(begin, None, number)
                began = page.served_at if began is None else began
                first = began if first is None else first
                is_short = number == 1 and pages_of(page) <= 1
                if number >= pages_of(page):
                    break
                number += 1
                yield Step(page, {"since": begin, "page": number, "began": began, "first": first})
            if is_short or began is None or passes == PASSES:
                again = begin if first is None else max(window.since, first - OVERLAP)
                yield Step(page, {"since": again}, is_last=True, is_proven=is_short)
                return
            yield Step(page, {"since": began, "first": first})
            begin, number, began = int(began), 1, None

    def _between(self, cursor: Mapping[str, Any], window: Window, until: int) -> Iterator[Step]:
        """What changes meanwhile leaves such a window, and pulls others forward: then all is read once more."""
        number, count = int(cursor.get("page", 1)), cursor.get("count")
        for passes in range(1, PASSES + 1):
            while True:
                page = self.found(window.since, until, number)
                count = _elements(page) if count is None else count
                if number >= pages_of(page):
                    break
                number += 1
                yield Step(page, {"page": number, "count": count})
            if _elements(page) == count or passes == PASSES:
                yield Step(page, {"done_until": until}, is_last=True, is_proven=_elements(page) == count)
                return
            yield Step(page, {"page": 1})
            number, count = 1, None

    def conversation(self, number: int) -> Page | None:
        """One conversation; nothing if it was deleted meanwhile, or merged into another one."""
        path = f"conversations/{number}"
        try:
            page = self.ask(path, "conversation")
        except SourceError as error:
            if error.status == 404:
                return None
            raise
        return page if told(page).get("id") == number else None

    def threads(self, conversation: int) -> list[Page]:
        """What a conversation holds; nothing if it was deleted meanwhile, or merged into another one."""
        path = f"conversations/{conversation}/threads"
        try:
            pages = list(self.pages(path, "threads"))
        except SourceError as error:
            if error.status == 404:
                return []
            raise
        # A merged conversation points to the other one, whose threads are told with it.
        return pages if all(urlsplit(page.url).path == f"/v2/{path}" for page in pages) else []


def pages_of(page: Page) -> int:
    """How many pages a list has, as one of them says."""
    size = told(page).get("page")
    total = size.get("totalPages") if isinstance(size, dict) else None
    if not isinstance(total, int):
        raise SourceError(f"{page.url} does not say how many pages there are; Help Scout's own lists always do")
    return total


def _elements(page: Page) -> int:
    size = told(page).get("page")
    total = size.get("totalElements") if isinstance(size, dict) else None
    return total if isinstance(total, int) else -1


def rows(page: Page, under: str) -> list[Any]:
    """The records of a page; an empty list is left out by Help Scout."""
    body = page.json()
    embedded = body.get("_embedded") if isinstance(body, dict) else None
    if isinstance(embedded, dict) and isinstance(embedded.get(under), list):
        return list(embedded[under])
    return [] if isinstance(body, dict) and _elements(page) == 0 else list(listed(page, under))
