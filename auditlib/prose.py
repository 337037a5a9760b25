"""A metric's docstring as prose: its title, its first sentence, its paragraphs."""

from __future__ import annotations


def title(page: str) -> str:
    """The heading of a page."""
    return next((line[2:].strip() for line in page.splitlines() if line.startswith("# ")), "")


def first_sentence(page: str) -> str:
    """What the page says first, in one line."""
    return " ".join(paragraphs(page)[0].split()) if paragraphs(page) else ""


def paragraphs(page: str) -> list[str]:
    """The paragraphs between the title and the first example."""
    prose = page.strip().split("\n## ")[0]
    return [p.strip() for p in prose.split("\n\n") if p.strip() and not p.strip().startswith("# ")]
