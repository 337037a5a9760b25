"""Text of an Atlassian document, in which Jira keeps descriptions and comments: its words, a line for each block."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

BLOCKS = frozenset(
    {"paragraph", "heading", "codeBlock", "blockquote", "listItem", "taskItem", "decisionItem", "tableRow", "panel"}
)
SAID = {"mention": "text", "emoji": "text", "status": "text", "date": "timestamp", "inlineCard": "url"}
"""Nodes that hold their words in an attribute."""


def plain(document: Any) -> str | None:
    """The words of a document; of a mere text itself, as older servers send it."""
    if document is None or isinstance(document, str):
        return document
    return "".join(_words(document)).strip("\n")


def _words(node: Any) -> Iterator[str]:
    if not isinstance(node, dict):
        return
    kind, attributes, inside = (node.get(name) for name in ("type", "attrs", "content"))
    kind = kind if isinstance(kind, str) else None
    if kind == "text":
        yield str(node.get("text", ""))
    elif kind == "hardBreak":
        yield "\n"
    elif kind in SAID:
        attributes = attributes if isinstance(attributes, dict) else {}
        yield str(attributes.get(SAID[kind]) or attributes.get("shortName") or "")
    inner = "".join(word for child in (inside if isinstance(inside, list) else ()) for word in _words(child))
    yield inner
    if kind in BLOCKS and not inner.endswith("\n"):
        yield "\n"
