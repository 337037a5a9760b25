"""How Intercom is asked: searches by cursor, conversations one by one, and the few lists that come whole.

Nothing is said of the order in which a search tells, and what changes while it is paged may leave its place. So
what changed since is searched in passes: each looks for what changed after the one before it began, until one fits
on a single page.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from auditlib.sources import Get, Page, Settings, SourceError, Window
from auditlib.sources._shared.records import listed, told

PAGE_SIZE = 150
"""The most that a search of Intercom gives at once."""
COMPANIES = 60
"""The most companies that their list gives at once."""
SHOWN = 10_000
"""So many companies does their list show, and no more."""
PATIENCE = 3
"""So often a cursor may stand still, as when a cache answers with the page before."""
PASSES = 6
"""So many passes are made; if the last one still does not fit on a page, nothing is proven."""
OVERLAP = 10 * 60
"""Seconds that the next night reads again: the search's index lags behind the conversations."""
Filter = Mapping[str, Any]
OF_CUSTOMERS: Filter = {"field": "category", "operator": "=", "value": "request"}
"""Tickets of customers, as Intercom calls them in searches: none of the back office, and no trackers."""


def since(field: str, moment: int) -> Filter:
    """From that second on: one before it, for Intercom's `>` may or may not mean the second itself."""
    return {"field": field, "operator": ">", "value": max(0, moment - 1)}


def before(field: str, moment: int) -> Filter:
    """Before that second, and perhaps in it."""
    return {"field": field, "operator": "<", "value": moment}


@dataclasses.dataclass(frozen=True)
class Step:
    """A page of what changed, the cursor behind it, and whether it ends the window."""

    page: Page
    cursor: dict[str, Any]
    is_last: bool = False
    is_proven: bool = False


class Desk:
    """One workspace, asked as its settings say."""

    def __init__(self, get: Get, settings: Settings) -> None:
        self._get = get
        self._source = settings.name
        self.size = min(int(settings.options.get("page_size", PAGE_SIZE)), PAGE_SIZE)

    def ask(self, path: str, stream: str, params: Mapping[str, Any] | None = None) -> Page:
        """One request."""
        return self._get(f"/{path}", params or None, stream=stream)

    def found(
        self, what: str, filters: Sequence[Filter], stream: str, after: str | None = None, size: int | None = None
    ) -> Page:
        """One page of what a search finds."""
        pagination = {"per_page": size or self.size, **({"starting_after": after} if after else {})}
        query = {"operator": "AND", "value": [dict(one) for one in filters]}
        return self._get(f"/{what}/search", None, stream=stream, body={"query": query, "pagination": pagination})

    def searched(
        self, what: str, under: str, filters: Sequence[Filter], after: str | None
    ) -> Iterator[tuple[Page, str | None]]:
        """The pages of a search from a cursor on, each with the cursor behind it; none behind the last."""
        still = 0
        while True:
            page = self.found(what, filters, what, after)
            total = told(page).get("total_count")
            if not listed(page, under) and after is None and total:
                raise SourceError(f"{self._source}: {page.url} counts {total} {what} and shows none; run again later")
            following = _behind(page)
            still = still + 1 if following is not None and following == after else 0
            if still > PATIENCE:
                raise SourceError(f"{self._source}: {page.url} goes on without going forward; ask Intercom's support")
            yield page, following
            if following is None:
                return
            after = following

    def changed(
        self, what: str, cursor: Mapping[str, Any], window: Window, besides: Sequence[Filter] = ()
    ) -> Iterator[Step]:
        """Conversations or tickets that changed in the window, and those that changed while they were searched."""
        begin, after, began = int(cursor.get("since", window.since)), cursor.get("after"), cursor.get("began")
        for passes in range(1, PASSES + 1):
            ends = [before("updated_at", window.until)] if window.until else []
            filters = [since("updated_at", begin), *ends, *besides]
            pages = 0 if after is None else 1
            for page, following in self.searched(what, what, filters, after):
                began, pages = page.served_at if began is None else began, pages + 1
                if following is not None:
                    yield Step(page, {"since": begin, "after": following, "began": began})
            if began is None or window.until is not None or pages == 1 or passes == PASSES:
                again = begin if began is None else max(window.since, began - OVERLAP)
                behind = {"since": again, "done_until": window.until}
                yield Step(page, behind, is_last=True, is_proven=window.until is not None or pages == 1)
                return
            yield Step(page, {"since": began})
            begin, after, began = began, None, None

    def conversation(self, number: str) -> Page | None:
        """A conversation with its parts, as plain text; none if it was deleted meanwhile."""
        try:
            return self.ask(f"conversations/{number}", "conversation", {"display_as": "plaintext"})
        except SourceError as error:
            if error.status == 404:
                return None
            raise

    def ticket(self, number: str) -> Page | None:
        """A ticket with its parts, unless it is a conversation as well, which is read as such; none if it has gone."""
        if self.conversation(number) is not None:
            return None
        try:
            return self.ask(f"tickets/{number}", "ticket")
        except SourceError as error:
            if error.status == 404:
                return None
            raise

    def companies(self) -> Iterator[Page]:
        """All companies that somebody belongs to, by page."""
        size, number = min(self.size, COMPANIES), 1
        while True:
            page = self.companies_page(number, size)
            yield page
            if len(listed(page, "data")) < size or number * size >= SHOWN:
                return
            number += 1

    def companies_page(self, number: int, size: int) -> Page:
        """One page of companies. Their list is asked for by POST, with what is wanted in the address."""
        params = {"page": number, "per_page": size, "order": "asc"}
        return self._get("/companies/list", params, stream="companies", body={})


def _behind(page: Page) -> str | None:
    """The cursor behind a page, as its answer says."""
    pages = told(page).get("pages")
    following = pages.get("next") if isinstance(pages, dict) else None
    found = following.get("starting_after") if isinstance(following, dict) else None
    return str(found) if found else None
