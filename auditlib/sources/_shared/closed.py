"""Streams that an account may not read: said with the chunk that they are missing from, never read as empty."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from auditlib.caselog.rows import Notice
from auditlib.sources import Page, SourceError

STREAM = "closed"


def unless_closed(pages: Iterable[Page], stream: str) -> Iterator[Page]:
    """The pages of a stream that an audit can do without; if it is closed to us, a page that says so."""
    try:
        yield from pages
    except SourceError as error:
        status = getattr(error, "status", None)
        if status not in (403, 404):
            raise
        yield said(status, stream)


def said(status: int, stream: str) -> Page:
    """The page that says that a stream is closed to us, with the status that the helpdesk answered."""
    return Page(stream=STREAM, url="", body=json.dumps({"stream": stream, "status": status}).encode())


def notices(pages: Sequence[Page]) -> Iterator[Notice]:
    """What a chunk has to say about streams that were closed."""
    for page in pages:
        if page.stream == STREAM:
            told = json.loads(page.body)
            yield Notice(stream=told["stream"], field=f"not readable: the helpdesk answered {told['status']}")
