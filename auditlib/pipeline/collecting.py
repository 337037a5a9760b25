"""Fetching: the live window first, then older months from new to old, each part landed with its cursor."""

from __future__ import annotations

import dataclasses
import datetime
import logging
import os
import time
from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

from auditlib.landing import Landed, Landing
from auditlib.opening import opened
from auditlib.pipeline.setting import Setting, seconds
from auditlib.sources import Get, Page, Settings, SourceError, Window
from auditlib.store import collecting, engine, runs
from auditlib.store.runs import Run

log = logging.getLogger(__name__)

FIRST_DAYS = 35
"""The newest five weeks load first, so that there is a page after the first night."""
HISTORY_HOURS = 3
"""How long a night may load older months."""


def session(setting: Setting, source: str, connection: Mapping[str, Any] | None) -> Get:
    """How to ask a source with the patience of a night."""
    settings = setting.sources[source]
    return opened(setting.module(source), settings, connection, home=setting.config.folder)


@dataclasses.dataclass(frozen=True)
class Means:
    """How a night asks, and by which clock it spends how much of itself on older months."""

    opened: Callable[[Setting, str, Mapping[str, Any] | None], Get] = session
    now: Callable[[], float] = time.monotonic
    seconds_of_history: float = HISTORY_HOURS * 3600


def collect(
    setting: Setting, run: Run, source: str, connection: Mapping[str, Any] | None, means: Means | None = None
) -> int:
    """Lands everything that a source has changed since the last night; gives the number of parts.

    A source that was collected in this run already is left alone, so that the same run rests on
    the same pages however often it is repeated.
    """
    with engine.reading(setting.store.engine) as c:
        state = runs.sources(c, run.run)[source]
    if state.state not in ("waiting", "missing"):
        return 0
    settings, means = setting.sources[source], means or Means()
    get, module = means.opened(setting, source, connection), setting.module(source)
    live, history = _windows(setting, settings, run)
    landed = _collect_window(setting, run, source, module, get, live)
    with engine.reading(setting.store.engine) as c:
        complete_until = collecting.complete_until(c, run.run, source)
    if complete_until is None:
        raise SourceError(
            f"{source} answered, but nothing in its answers proves that there was nothing new; "
            f"`auditlib check` asks each stream once and says what is missing"
        )
    landed += _collect_history(setting, run, source, module, get, history, means)
    with engine.writing(setting.store.engine) as c:
        runs.note_source(c, run.run, source, state="collected", error=None, complete_until=complete_until, parts=landed)
    return landed


def _collect_window(setting: Setting, run: Run, source: str, module: ModuleType, get: Get, window: Window) -> int:
    with engine.reading(setting.store.engine) as c:
        cursors = collecting.cursors(c, source, window)
    landed = 0
    for chunk in module.fetch(get, cursors, window, setting.sources[source]):
        with engine.reading(setting.store.engine) as c:
            part = collecting.next_part(c)
        kept = setting.landing.put(_path(source, run, part), chunk.pages)
        with engine.writing(setting.store.engine) as c:
            # Two sources may land at once: the number is taken for good only inside the transaction.
            part = collecting.next_part(c)
            kept = _renamed(setting.landing, kept, _path(source, run, part), chunk.pages)
            collecting.record_part(
                c, part, run.run, source, window, chunk.stream, kept, chunk.cursor, chunk.complete_until
            )
        landed += 1
        log.info("%s: part %d of %s landed, %d answers", source, landed, window.name, kept.pages)
    return landed


def _collect_history(
    setting: Setting, run: Run, source: str, module: ModuleType, get: Get, history: list[Window], means: Means
) -> int:
    """Older months, from new to old, until the night's share is spent."""
    started, landed = means.now(), 0
    months = int(os.environ.get("AUDITLIB_HISTORY_MONTHS", "1000"))
    for window in history[:months]:
        if means.now() - started > means.seconds_of_history:
            break
        landed += _collect_window(setting, run, source, module, get, window)
        with engine.writing(setting.store.engine) as c:
            collecting.window_done(c, source, window, run.run)
    return landed


def _windows(setting: Setting, settings: Settings, run: Run) -> tuple[Window, list[Window]]:
    """The live window, and the months that this night may load: none in the very first night."""
    with engine.writing(setting.store.engine) as c:
        planned = collecting.windows(c, settings.name)
        if not planned:
            collecting.plan(c, settings.name, plan(settings.since, seconds(run.as_of), setting.zone))
            planned = collecting.windows(c, settings.name)
        is_first = settings.name not in runs.watermarks(c)
    live = next(window for window, _ in planned if window.is_live)
    rest = [window for window, done in planned if not window.is_live and done is None]
    return live, [] if is_first else rest


def plan(since: int, as_of: int, zone: ZoneInfo) -> list[Window]:
    """The live window of the newest weeks, and the months before it back to `since`."""
    begin = max(since, as_of - FIRST_DAYS * 86400)
    return [Window("live", begin), *months(since, begin, zone)]


def months(since: int, until: int, zone: ZoneInfo, again: str = "") -> list[Window]:
    """The months of a span, from new to old. `again`: what is added to their names where they are read once more."""
    windows = []
    while until > since:
        last = datetime.datetime.fromtimestamp(until - 1, zone)
        month = last.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        start = max(since, int(month.timestamp()))
        windows.append(Window(f"{month:%Y-%m}{again}", start, until))
        until = start
    return windows


def loaded_since(planned: list[tuple[Window, int | None]]) -> int:
    """Since when a source is loaded without a gap, counted back from now."""
    reached = next(window.since for window, _ in planned if window.is_live)
    for window, done in planned:
        if not window.is_live and done is not None and window.until == reached:
            reached = window.since
    return reached


def _path(source: str, run: Run, part: int) -> str:
    return f"{source}/{run.as_of[:10]}/{part:08d}.zip"


def _renamed(landing: Landing, kept: Landed, path: str, pages: Sequence[Page]) -> Landed:
    if kept.path == path:
        return kept
    landing.remove(kept.path)
    return landing.put(path, pages)
