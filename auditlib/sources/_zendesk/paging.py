"""Zendesk's pagers: the cursor of an export, the cursor of a list, and the older links to a next page."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import msgspec

from auditlib.sources import Get, Page, SourceError
from auditlib.sources._shared.closed import unless_closed
from auditlib.sources._zendesk.records import told

log = logging.getLogger(__name__)

SIZE = "page[size]"
PAGE_SIZE = 100
"""The most that its lists give at once."""
REFUSED = (400, 422)
"""How a server answers that does not know a parameter."""
PATIENCE = 3
"""So often a cursor may stand still, as when a cache answers with the page before."""


class Export(msgspec.Struct):
    """How an incremental export goes on; its formal description calls neither field required."""

    end_of_stream: bool | None = None
    after_cursor: str | None = None

    @property
    def is_last(self) -> bool:
        """Whether it says so, or has nowhere to go on to."""
        return self.after_cursor is None if self.end_of_stream is None else self.end_of_stream


class Meta(msgspec.Struct):
    has_more: bool = False
    after_cursor: str | None = None


class Listing(msgspec.Struct):
    """How a list goes on, in Zendesk's newer way or in its older one."""

    meta: Meta | None = None
    next_page: str | None = None


def exported(
    get: Get, path: str, stream: str, cursor: Mapping[str, Any], start: int, params: Mapping[str, Any]
) -> Iterator[tuple[Page, dict[str, Any]]]:
    """The pages of an incremental export from the cursor on, each with the cursor behind it.

    The last page's cursor counts too: the next night continues there. Without one (nothing was
    ever there) the start is kept. `params` are wishes that Zendesk documents beside its formal description.
    """
    begin = cursor.get("start_time", start)
    at, still, asking = cursor.get("cursor"), 0, _Asking(get, path, stream, params, begin)
    while True:
        page = asking.page(at)
        export = told(page, Export)
        still = still + 1 if export.after_cursor in (None, at) else 0
        at = export.after_cursor or at
        yield page, {"cursor": at} if at else {"start_time": begin}
        if export.is_last:
            return
        if still >= PATIENCE:
            raise SourceError(f"{page.url} goes on and on without going forward; ask Zendesk's support")


class _Asking:
    """Asks an export as Zendesk's guide says, and a server that refuses this as its formal description says.

    The description knows no wishes, and in its older versions wants the start with every cursor as well. What a
    server once refused it is not asked again.
    """

    def __init__(self, get: Get, path: str, stream: str, params: Mapping[str, Any], begin: int) -> None:
        self._get, self._path, self._stream, self._begin = get, path, stream, begin
        self._ways = [(params, False), (params, True), ({}, False), ({}, True)]

    def page(self, at: str | None) -> Page:
        """The page behind a cursor; without one, the first."""
        while True:
            query = self._query(at, *self._ways[0])
            try:
                return self._get(self._path, query, stream=self._stream)
            except SourceError as error:
                others = [way for way in self._ways if self._query(at, *way) != query]
                if not others or error.status not in REFUSED:
                    raise
                log.warning("%s; it is asked again in another way", error)
                self._ways = others

    def _query(self, at: str | None, params: Mapping[str, Any], with_start: bool) -> dict[str, Any]:
        start = {"start_time": self._begin} if at is None or with_start else {}
        return {**params, **start, **({} if at is None else {"cursor": at})}


def listed(
    get: Get, path: str, stream: str, params: Mapping[str, Any] | None = None, *, size: int | None = PAGE_SIZE
) -> Iterator[Page]:
    """The pages of a list until Zendesk says that there are no more; without a size, of one that it gives whole.

    A server that refuses a size, which not every version of the formal description knows, is asked without.
    """
    at, still = None, 0
    query: dict[str, Any] | None = {**({SIZE: size} if size else {}), **(params or {})}
    while True:
        try:
            page = get(path, query, stream=stream)
        except SourceError as error:
            if at is not None or not query or SIZE not in query or error.status not in REFUSED:
                raise
            query = {name: value for name, value in query.items() if name != SIZE}
            continue
        yield page
        listing = told(page, Listing)
        following = listing.meta.after_cursor if listing.meta and listing.meta.has_more else None
        if following is None:
            if listing.meta or not listing.next_page:
                return
            # An endpoint that only knows the older pages: its link is followed, always at the connection's host.
            following = path = _at_home(listing.next_page)
            query = None
        else:
            query = {**(query or {}), "page[after]": following}
        still = still + 1 if following == at else 0
        at = following
        if still >= PATIENCE:
            raise SourceError(f"{page.url} goes on and on without going forward; ask Zendesk's support")


def optional(
    get: Get, path: str, stream: str, params: Mapping[str, Any] | None = None, *, size: int | None = PAGE_SIZE
) -> Iterator[Page]:
    """The pages of a list that not every plan has; where it has not, a page that says so."""
    return unless_closed(listed(get, path, stream, params, size=size), stream)


def _at_home(link: str) -> str:
    """A link's path and parameters: Zendesk names its own host there, also where it is asked by another name."""
    parts = urlsplit(link)
    path = parts.path[max(0, parts.path.find("/api/")) :]
    return f"{path}?{parts.query}" if parts.query else path
