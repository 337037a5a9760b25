"""Streams that an account may not read: said with the chunk that they are missing from, never read as empty."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Iterator, Sequence

from auditlib.caselog.rows import Notice
from auditlib.sources import CredentialsRefused, Page, SourceError

STREAM = "closed"


def unless_closed(pages: Iterable[Page], stream: str, absent: str = "") -> Iterator[Page]:
    """The pages of a stream that an audit can do without; if it is closed to us, a page that says so.

    `absent`: the word by which a helpdesk says in a 400 that it has no such thing.
    """
    try:
        yield from pages
    except SourceError as error:
        status = error.status
        is_absent = bool(absent) and status == 400 and absent in str(error)
        if not (status in (403, 404) or is_absent):
            raise
        yield said(int(status or 0), stream)


class Doors:
    """Which streams were closed to us in this run: each is asked once, and then only said to be closed."""

    def __init__(self, absent: str = "") -> None:
        self._absent = absent
        self._closed: dict[str, Page] = {}

    def pages(self, pages: Iterable[Page], stream: str) -> Iterator[Page]:
        """The pages of a stream, which is not asked again once it was closed; if it is, a page that says so."""
        if stream in self._closed:
            yield self._closed[stream]
            return
        for page in unless_closed(pages, stream, self._absent):
            if page.stream == STREAM:
                self._closed[stream] = page
            yield page


@contextlib.contextmanager
def needing(advice: str) -> Iterator[None]:
    """What is closed to us must not look empty: a 403 is raised with what to do about it."""
    try:
        yield
    except CredentialsRefused as error:
        if error.status != 403:
            raise
        raise CredentialsRefused(f"{error}. {advice}") from error


def said(status: int, stream: str) -> Page:
    """The page that says that a stream is closed to us, with the status that the helpdesk answered."""
    return Page(stream=STREAM, url="", body=json.dumps({"stream": stream, "status": status}).encode())


def notices(pages: Sequence[Page]) -> Iterator[Notice]:
    """What a chunk has to say about streams that were closed."""
    for page in pages:
        if page.stream == STREAM:
            told = json.loads(page.body)
            yield Notice(stream=told["stream"], field=f"not readable: the helpdesk answered {told['status']}")
