"""How Gorgias is asked: tickets from the newest change on, and each one's messages and events.

The list of tickets can be put in order by the last change and cannot be asked for those since a moment. So it is
read from its newer end, until what it shows lies before the window. Whatever changes meanwhile goes to that end, where
a second, short pass finds it. Its cursors are no moments and nobody says how long they hold: what is kept for the next
time is how far down the list was read, and the pages above are passed over.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from auditlib.sources import Get, Page, Settings, SourceError, Window
from auditlib.sources._gorgias.words import at
from auditlib.sources._shared.records import listed

PAGE = 100
"""Records of a page, at most."""
PASSES = 6
"""So many passes are made; if the last one still has several pages, nothing is proven."""
OVERLAP = 10 * 60
"""Seconds that the next night reads again, and by which a place in the list may disagree with what stands there."""
ANSWERED = 45 * 86_400
"""Seconds after which nobody answers a survey any more, or only where the ticket changes too."""
ORDER = "updated_datetime:desc"


@dataclasses.dataclass(frozen=True)
class Step:
    """A page of tickets, from when on they are wanted, the cursor behind it, and whether it ends the window."""

    page: Page
    begin: int
    cursor: dict[str, Any]
    origin: int = 0
    """Since when this night looks, whichever pass it is."""
    is_last: bool = False
    is_proven: bool = False


class Desk:
    """One account, asked as its settings say."""

    def __init__(self, get: Get, settings: Settings) -> None:
        self._get, self._source = get, settings.name
        self._size = min(PAGE, int(settings.options.get("page_size", PAGE)))

    def ask(self, path: str, stream: str, params: Mapping[str, Any] | None = None) -> Page:
        """One request."""
        return self._get(f"/api/{path}", params or None, stream=stream)

    def pages(self, path: str, stream: str, params: Mapping[str, Any] | None = None) -> Iterator[Page]:
        """All pages of a list."""
        asked = {"limit": PAGE, **(params or {})}
        following: str | None = None
        while True:
            page = self.ask(path, stream, {**asked, "cursor": following} if following else asked)
            yield page
            following = next_cursor(page)
            if following is None:
                return

    def beside(self) -> list[Page]:
        """What is needed to read any ticket: who works here, and teams."""
        return [page for stream in ("users", "teams") for page in self.pages(stream, stream)]

    def newest(self, following: str | None = None) -> Page:
        """A page of tickets, those in the trash among them, the newest change first."""
        params = {"order_by": ORDER, "limit": self._size, "trashed": "true"}
        return self.ask("tickets", "tickets", {**params, "cursor": following} if following else params)

    def whole(self, ticket: int) -> list[Page]:
        """What was written in a ticket and what happened to it; nothing if it is deleted, or merged into another."""
        try:
            page = self.ask(f"tickets/{ticket}", "ticket")
        except SourceError as error:
            if error.status == 404:
                return []
            raise
        return [page, *self.events(ticket)]

    def events(self, ticket: int) -> Iterator[Page]:
        """The events of one ticket, the oldest first."""
        params = {"object_type": "Ticket", "object_id": ticket, "order_by": "created_datetime:asc"}
        return self.pages("events", "events", params)

    def surveys(self, begin: int) -> Iterator[Page]:
        """Surveys, the newest first, as far back as one may still be answered after the beginning."""
        for page in self.pages("satisfaction-surveys", "surveys", {"order_by": "created_datetime:desc"}):
            yield page
            made = [when for row in rows(page) if (when := _read(row, "created_datetime"))]
            if min(made, default=begin) < begin - ANSWERED:
                return

    def changed(self, cursor: Mapping[str, Any], window: Window) -> Iterator[Step]:
        """Tickets that changed in the window, and in the live one those that changed while they were read."""
        return self._since(cursor, window) if window.until is None else self._between(cursor, window, window.until)

    def _since(self, cursor: Mapping[str, Any], window: Window) -> Iterator[Step]:
        """Passes: each looks for what changed after the one before it began, until one fits on a single page."""
        begin, reached = int(cursor.get("since", window.since)), cursor.get("reached")
        began, first, origin = cursor.get("began"), cursor.get("first"), int(cursor.get("origin", begin))
        for passes in range(1, PASSES + 1):
            is_short = False
            for number, (page, oldest, is_end) in enumerate(self._down(begin, reached)):
                began = page.served_at if began is None else began
                first = began if first is None else first
                is_short = number == 0 and is_end and reached is None
                if not is_end:
                    told = {"since": begin, "reached": oldest, "began": began, "first": first, "origin": origin}
                    yield Step(page, begin, told)
            if is_short or began is None or passes == PASSES:
                again = begin if first is None else max(window.since, first - OVERLAP)
                yield Step(page, begin, {"since": again}, origin, is_last=True, is_proven=is_short)
                return
            yield Step(page, begin, {"since": began, "first": first, "origin": origin})
            begin, reached, began = int(began), None, None

    def _between(self, cursor: Mapping[str, Any], window: Window, until: int) -> Iterator[Step]:
        """What changes meanwhile leaves such a window upwards, and its place in the list moves nobody else's."""
        for page, oldest, is_end in self._down(window.since, cursor.get("reached", until)):
            told = {"done_until": until} if is_end else {"reached": oldest}
            yield Step(page, window.since, told, is_last=is_end, is_proven=is_end)

    def _down(self, begin: int, below: int | None) -> Iterator[tuple[Page, int, bool]]:
        """Pages with their oldest change, until one lies before the beginning; those above `below` are passed over."""
        following: str | None = None
        while True:
            page = self.newest(following)
            told, following = self._moments(page), next_cursor(page)
            oldest = min(told, default=begin)
            is_end = following is None or oldest < begin - OVERLAP
            if is_end or below is None or oldest <= below:
                yield page, oldest, is_end
            if is_end:
                return

    def _moments(self, page: Page) -> list[int]:
        """When the tickets of a page changed. An account that minds no order would end the list at its first page."""
        found = [moment for row in rows(page) if (moment := _moved(row))]
        if found and found[0] < found[-1] - OVERLAP:
            raise SourceError(
                f"{self._source}: the list of tickets is not in the order that was asked for ({ORDER}), so that "
                "nothing would prove that all changes are read"
            )
        return found


def rows(page: Page) -> list[Any]:
    """The records of a page: under `data`, or for some lists the body itself."""
    return list(listed(page) if isinstance(page.json(), list) else listed(page, "data"))


def next_cursor(page: Page) -> str | None:
    """Where the next page begins; none behind the last one."""
    body = page.json()
    meta = body.get("meta") if isinstance(body, dict) else None
    told = meta.get("next_cursor") if isinstance(meta, dict) else None
    return str(told) if told else None


def rated_since(pages: Sequence[Page], begin: int) -> set[int]:
    """The tickets whose survey was sent or answered since then."""
    found = set()
    for row in (row for page in pages for row in rows(page) if isinstance(row, dict)):
        last = max(_read(row, name) or 0 for name in ("sent_datetime", "scored_datetime"))
        if isinstance(row.get("ticket_id"), int) and last >= begin:
            found.add(row["ticket_id"])
    return found


def _moved(row: Any) -> int | None:
    """When a ticket changed; nothing for a record that the reading rejects."""
    return _read(row, "updated_datetime") or _read(row, "created_datetime")


def _read(row: Any, name: str) -> int | None:
    try:
        return at(datetime.datetime.fromisoformat(str(row.get(name)))) if isinstance(row, dict) else None
    except ValueError:
        return None
