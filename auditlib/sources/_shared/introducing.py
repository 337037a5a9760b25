"""How a source introduces its helpdesk: each stream asked once, and what is missing said with the right to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from auditlib.sources import Page, SourceError
from auditlib.sources._shared.records import Shapes


class Introducing:
    """The streams of a helpdesk as they answered: `streams` says how, `pages` holds the answers."""

    def __init__(self, shapes: Shapes) -> None:
        self._shapes = shapes
        self.pages: dict[str, Page] = {}
        self.streams: dict[str, str] = {}

    def ask(self, stream: str, question: Callable[[], Page], right: str) -> None:
        """One call; `right` is what the account needs for it, such as "the scope of all tickets"."""
        try:
            page = question()
            page.json()
        except SourceError as error:
            needs = f"; it needs {right}" if error.status in (401, 403, 404) else ""
            self.streams[stream] = f"{error}{needs}"
        else:
            self.pages[stream], self.streams[stream] = page, "ok"

    def body(self, stream: str) -> Any:
        """What a stream answered; an empty object where it did not."""
        return self.pages[stream].json() if stream in self.pages else {}

    def fact(self, stream: str, name: str) -> Any:
        """What a stream's answer says under a name; nothing where it says nothing."""
        body = self.body(stream)
        return body.get(name) if isinstance(body, dict) else None

    def records(self, stream: str, shape: type[Any], under: str = "") -> list[Any]:
        """The records of a stream that can be read; none where it did not answer."""
        return self._shapes.read([self.pages[stream]], shape, under).good if stream in self.pages else []
