"""How Front is asked: the events of the company, the oldest first, and each conversation's own events and messages.

Conversations do not say when they changed; events do. Their list is read onwards from a moment, so that whatever
happens meanwhile stands at its end and moves nothing. A page says where the next one is by an address on another host:
only the token in it is taken. What is kept for the next time is a moment, for nobody says how long tokens hold.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from auditlib.sources import Get, Page, Settings, SourceError, Window
from auditlib.sources._front.words import second
from auditlib.sources._shared.records import listed, told

PAGE, EVENTS = 100, 15
"""Records of a page, at most; and events, in the list of all of them."""
OVERLAP = 10 * 60
"""Seconds that the next night reads again, and by which neighbours in the list may stand in another order."""
PATIENCE = 3
"""So often a list may lead back to a page that was read, as when a cache answers."""
GONE = (301, 302, 307, 308, 404, 410)
"""Of a conversation that was merged, Front says where it went, at a host to which no credentials follow."""


@dataclasses.dataclass(frozen=True)
class Step:
    """A page of events, since when they are wanted, the cursor behind it, and whether it ends the window."""

    page: Page
    begin: int
    cursor: dict[str, Any]
    is_last: bool = False
    began: int | None = None
    """When the list was first asked for, by Front's own clock: what happened before is told."""


class Desk:
    """One company, asked as its settings say."""

    def __init__(self, get: Get, settings: Settings) -> None:
        self._get, self._source = get, settings.name
        self._size = min(EVENTS, int(settings.options.get("page_size", EVENTS)))

    def ask(self, path: str, stream: str, params: Mapping[str, Any] | None = None) -> Page:
        """One request."""
        return self._get(f"/{path}", params or None, stream=stream)

    def pages(self, path: str, stream: str, params: Mapping[str, Any] | None = None) -> Iterator[Page]:
        """All pages of a list: it goes on as long as it says so, also behind an empty page."""
        asked, following, led = dict(params or {}), None, Counter[str]()
        while True:
            page = self.ask(path, stream, {**asked, "page_token": following} if following else asked)
            yield page
            following = next_token(page)
            if following is None:
                return
            led[following] += 1
            if led[following] > 1 + PATIENCE:
                raise SourceError(f"{self._source}: {page.url} goes on without going forward; ask Front's support")

    def beside(self) -> list[Page]:
        """What is needed to read any conversation: who works here, and inboxes."""
        return [page for stream in ("teammates", "inboxes") for page in self.pages(stream, stream)]

    def events(self, conversation: str) -> list[Page]:
        """What happened to a conversation; nothing if it was deleted for good, or merged into another."""
        return self._of(conversation, "events", "history", {"limit": PAGE})

    def messages(self, conversation: str) -> list[Page]:
        """What was written in a conversation; nothing if it has gone meanwhile."""
        ordered = {"limit": PAGE, "sort_by": "created_at", "sort_order": "asc"}
        return self._of(conversation, "messages", "messages", ordered)

    def newest(self) -> Page:
        """The latest events of the company."""
        return self.ask("events", "events", {"limit": EVENTS})

    def found(self, query: str) -> Page:
        """A page of the conversations that a search finds; it counts them all."""
        return self.ask(f"conversations/search/{query}", "search", {"limit": 1})

    def changed(self, cursor: Mapping[str, Any], window: Window) -> Iterator[Step]:
        """The events of the window, the oldest first."""
        begin, began = int(cursor.get("since", window.since)), cursor.get("began")
        reached, before = float(begin), None
        for page in self.pages("events", "events", self._between(begin, window.until)):
            began = page.served_at if began is None else began
            before = self._in_order(page, before)
            reached = max([reached, *_moments(page)])
            if next_token(page) is not None:
                # Neighbours in another order may still be to come.
                yield Step(page, begin, {"since": max(begin, second(reached) - OVERLAP), "began": began})
                continue
            again = max(window.since, (second(reached) if began is None else began) - OVERLAP)
            done = {"since": again} if window.until is None else {"done_until": window.until}
            yield Step(page, begin, done, is_last=True, began=began)

    def _between(self, begin: int, until: int | None) -> dict[str, Any]:
        """Parameters for the events of a span; a second more on either side, for nobody says whether it is closed."""
        asked = {"q[after]": max(0, begin - 1)} | ({} if until is None else {"q[before]": until + 1})
        return {**asked, "limit": self._size, "sort_by": "created_at", "sort_order": "asc"}

    def _in_order(self, page: Page, before: float | None) -> float | None:
        """The page's earliest moment. A list that does not come as asked would end the window at its wrong end."""
        found = _moments(page)
        if not found:
            return before
        if found[0] > found[-1] + OVERLAP or (before is not None and max(found) < before - OVERLAP):
            raise SourceError(
                f"{self._source}: the list of events is not in the order that was asked for (the oldest first), so "
                "that nothing would prove that all of them are read"
            )
        return min(found)

    def _of(self, conversation: str, what: str, stream: str, params: Mapping[str, Any]) -> list[Page]:
        path = f"conversations/{conversation}/{what}"
        try:
            pages = list(self.pages(path, stream, params))
        except SourceError as error:
            if error.status in GONE:
                return []
            raise
        # Whoever is led on to the conversation that it was merged into reads that one for its own events.
        return pages if f"/{path}" in pages[0].url else []


def rows(page: Page) -> list[Any]:
    """The records of a page."""
    return list(listed(page, "_results"))


def next_token(page: Page) -> str | None:
    """By what the next page is asked for; none behind the last one."""
    pagination = told(page).get("_pagination")
    link = pagination.get("next") if isinstance(pagination, dict) else None
    if link is None:
        return None
    try:
        found = parse_qs(urlsplit(link).query).get("page_token") if isinstance(link, str) else None
    except ValueError:
        found = None
    if not found:
        raise SourceError(f"{page.url} says that it goes on, and not where; Front's own answers give a page_token")
    return found[0]


def conversation_id(row: Any) -> str | None:
    """The id of the conversation that an event is about, if it has one by which it can be asked for."""
    about = row.get("conversation") if isinstance(row, dict) else None
    number = about.get("id") if isinstance(about, dict) else None
    return number if isinstance(number, str) and re.fullmatch(r"\w+", number, re.ASCII) else None


def is_private(row: Any) -> bool:
    """Whether the conversation that an event is about is somebody's own."""
    about = row.get("conversation") if isinstance(row, dict) else None
    return isinstance(about, dict) and about.get("is_private") is True


def event_id(row: Any) -> str | None:
    """The id of an event, if it has one."""
    number = row.get("id") if isinstance(row, dict) else None
    return number if isinstance(number, str) else None


def moment_of(row: Any) -> float | None:
    """When an event happened; nothing for one that does not say so readably."""
    at = row.get("emitted_at") if isinstance(row, dict) else None
    return float(at) if isinstance(at, int | float) and not isinstance(at, bool) else None


def _moments(page: Page) -> Sequence[float]:
    return [at for row in rows(page) if (at := moment_of(row)) is not None]
