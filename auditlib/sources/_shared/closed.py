"""Streams that an account may not read: said with the chunk that they are missing from, never read as empty."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from auditlib.caselog.rows import Ability, Notice
from auditlib.sources import CredentialsRefused, Page, Settings, SourceError

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


def access(pages: Sequence[Page], needs: Mapping[str, AbstractSet[str]] | None = None) -> Iterator[Notice | Ability]:
    """What a chunk has to say of streams that were closed, and of the capabilities that rest on them.

    `needs`: capability → the streams that tell it. It is there if all of them answered, and is not if one of them was
    closed; where a chunk did not ask for all, nothing is known.
    """
    told = [json.loads(page.body) for page in pages if page.stream == STREAM]
    shut = {one["stream"]: one["status"] for one in told}
    for stream, status in shut.items():
        yield Notice(stream=stream, field=f"not readable: the helpdesk answered {status}")
    open_to_us = {page.stream for page in pages}
    for capability, streams in (needs or {}).items():
        if closed := ", ".join(f"{stream} ({shut[stream]})" for stream in sorted(streams & set(shut))):
            yield Ability(capability=capability, because=f"the account may not read {closed}")
        elif streams <= open_to_us:
            yield Ability(capability=capability)


def if_rated(settings: Settings) -> Iterator[Ability]:
    """Whether there are ratings, where an account that may not read them stops the source unless audit.toml says so."""
    because = "audit.toml says that it has none" if settings.options.get("ratings") == "none" else None
    yield Ability(capability="ratings", because=because)
