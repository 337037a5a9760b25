"""Files in a folder: CSV, JSON Lines or Parquet with tickets and events, or event logs (XES, CSV).

For every helpdesk without a connector of its own, and for a first look with an export of tickets
alone. `docs/files.md` shows the shape, how columns are renamed, and what tickets alone cannot tell.

Everything lands in the live window: a folder is quick to read, and an export may be of last year.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from auditlib.caselog.rows import Row
from auditlib.sources import Capabilities, Chunk, Get, Introduction, Page, Settings, Window
from auditlib.sources._exports.fetching import STREAM, Fetching
from auditlib.sources._exports.folder import open_folder
from auditlib.sources._exports.introduction import introduced
from auditlib.sources._exports.reading import rows

__all__ = ["CAPABILITIES", "capabilities_of", "fetch", "introduce", "open_folder", "read"]

CAPABILITIES = Capabilities(ratings=True, survey_offers=True, deletions=True, merges=True)
"""What tickets and events together can tell; `capabilities_of` says what is really there."""


def fetch(get: Get, cursors: Mapping[str, Mapping[str, Any]], window: Window, settings: Settings) -> Iterator[Chunk]:
    """Chunks of whole tickets from the files that have not landed yet, in the order of their names."""
    if window.is_live:
        yield from Fetching(get, settings).chunks(cursors.get(STREAM, {}))
    else:
        yield Chunk(stream=STREAM, pages=[], cursor={}, complete_until=window.until)


def read(pages: Sequence[Page], settings: Settings) -> Iterator[Row]:
    """The case-log rows of one chunk."""
    return rows(pages, settings)


def introduce(get: Get, settings: Settings) -> Introduction:
    """What lies in the folder: its columns, what they may be in our words, and what is missing."""
    return introduced(get, settings)


def capabilities_of(get: Get, settings: Settings) -> Capabilities:
    """What the files of this folder can tell: tickets alone have no history."""
    if all(delivery.events for delivery in Fetching(get, settings).deliveries):
        return CAPABILITIES
    return dataclasses.replace(
        CAPABILITIES,
        status_history=False,
        assignment_history=False,
        ratings=False,
        survey_offers=False,
        message_text=False,
    )
