"""What people say: phrases by language and occasion, filled in and chosen by number."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def _phrases() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_name("phrases.toml").read_text("utf-8"))


def said(language: str, occasion: str, number: int, **details: object) -> str:
    """One of the phrases for an occasion; where a language has none, people write English."""
    phrases = _phrases().get(language, {}).get(occasion) or _phrases()["en"][occasion]
    return phrases[number % len(phrases)].format_map(details)
