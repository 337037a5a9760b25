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

PAGE_SIZE = 100
"""The most that its lists give at once."""
REFUSED = (400, 422)
"""How a server answers that does not know a parameter."""
PATIENCE = 3
"""So often a cursor may stand still, as when a cache answers with the page before."""


class Export(msgspec.Struct):
    """How an incremental export goes on."""

    end_of_stream: bool
    after_cursor: str | None = None


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
    ever there) the start is kept. `params` are wishes that Zendesk documents beside its formal description:
    a server that refuses them is asked without.
    """
    begin = cursor.get("start_time", start)
    at, still = cursor.get("cursor"), 0
    while True:
        position = {"cursor": at} if at else {"start_time": begin}
        try:
            page = get(path, {**params, **position}, stream=stream)
        except SourceError as error:
            if not params or getattr(error, "status", None) not in REFUSED:
                raise
            log.warning("%s; it is asked again without %s", error, ", ".join(params))
            params = {}
            continue
        export = told(page, Export)
        still = still + 1 if export.after_cursor in (None, at) else 0
        at = export.after_cursor or at
        yield page, {"cursor": at} if at else {"start_time": begin}
        if export.end_of_stream:
            return
        if still >= PATIENCE:
            raise SourceError(f"{page.url} goes on and on without going forward; ask Zendesk's support")


def listed(
    get: Get, path: str, stream: str, params: Mapping[str, Any] | None = None, *, size: int | None = PAGE_SIZE
) -> Iterator[Page]:
    """The pages of a list until Zendesk says that there are no more; without a size, of one that it gives whole."""
    at, still = None, 0
    query: dict[str, Any] | None = {**({"page[size]": size} if size else {}), **(params or {})}
    while True:
        page = get(path, query, stream=stream)
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
