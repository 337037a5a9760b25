"""A text without its markup: several helpdesks keep what was written as HTML."""

from __future__ import annotations

import html.parser

BREAKS = frozenset({"br", "p", "div", "li", "tr", "blockquote", "h1", "h2", "h3", "pre"})
HIDDEN = frozenset({"style", "script", "head"})


def plain(body: str | None, content_type: str | None) -> str | None:
    """The words of a text; a line for each of its blocks."""
    if body is None or content_type != "text/html":
        return body
    words = _Words()
    words.feed(body)
    words.close()
    return "".join(words.parts).strip("\n")


class _Words(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._hidden += tag in HIDDEN
        if tag == "br" or (tag in BREAKS and self.parts and not self.parts[-1].endswith("\n")):
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in HIDDEN and self._hidden > 0
        if tag in BREAKS and tag != "br" and self.parts and not self.parts[-1].endswith("\n"):
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)
