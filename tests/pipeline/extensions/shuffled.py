"""Zendesk, delivered in another order: the rows of each page, and the pages of each chunk, are shuffled."""

from __future__ import annotations

import dataclasses
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from auditlib.caselog.rows import Row
from auditlib.sources import Chunk, Get, Page, Settings, Window, zendesk

CAPABILITIES = zendesk.CAPABILITIES
introduce = zendesk.introduce
ORDERED = ("audits", "role_changes")
"""Histories: within them the order is what is told."""


def fetch(get: Get, cursors: Mapping[str, Mapping[str, Any]], window: Window, settings: Settings) -> Iterator[Chunk]:
    chance = random.Random(window.name)
    for chunk in zendesk.fetch(get, cursors, window, settings):
        pages = [_shuffled(page, chance) for page in chunk.pages]
        chance.shuffle(pages)
        yield dataclasses.replace(chunk, pages=pages)


def read(pages: Sequence[Page], settings: Settings) -> Iterator[Row]:
    rows = list(zendesk.read(pages, settings))
    random.Random(len(rows)).shuffle(rows)
    return iter(rows)


def _shuffled(page: Page, chance: random.Random) -> Page:
    if page.stream in ORDERED:
        return page
    body = json.loads(page.body)
    for value in body.values():
        if isinstance(value, list):
            chance.shuffle(value)
    return msgspec.structs.replace(page, body=json.dumps(body).encode())
