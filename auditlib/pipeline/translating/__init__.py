"""Landed pages into the case log, source by source; whatever was rejected is in quarantine, with the reason."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence

from auditlib.pipeline import abilities, clearing, collecting
from auditlib.pipeline.setting import Setting
from auditlib.pipeline.translating.translation import Translation
from auditlib.store import collecting as parts
from auditlib.store import engine, runs
from auditlib.store.runs import Run

__all__ = ["Translation", "translate"]

log = logging.getLogger(__name__)


def translate(setting: Setting, run: Run, source: str, waiting: Sequence[parts.Part], last_looked: int) -> int:
    """Reads a source's waiting parts into the case log; gives how many tickets changed."""
    translation = Translation(setting.store, run.run, setting.sources[source], last_looked)
    with engine.reading(setting.store.engine) as c:
        translation.notices = runs.notices(c, run.run, source)
    changed = 0
    for part in waiting:
        changed += _take_in(setting, run, translation, part)
        log.info("%s: part %d translated, %d tickets changed so far", source, part.part, changed)
    with engine.writing(setting.store.engine) as c:
        translation.settle_roles(c)
        abilities.settle(setting, c, run, source)
    _note_translated(setting, run, source)
    return changed


def _take_in(setting: Setting, run: Run, translation: Translation, part: parts.Part) -> int:
    source = translation.settings.name
    pages = setting.landing.get(part.landed)
    with engine.writing(setting.store.engine) as c:
        rows = setting.module(source).read(pages, translation.settings)
        counts = translation.part(c, part.part, rows, part.is_backfill)
        runs.count(c, run.run, source, **counts)
        runs.note_source(c, run.run, source, notices=json.dumps(sorted(translation.notices)))
        parts.translated(c, part, run.run)
    if translation.erased.met:  # it names somebody who was erased
        clearing.remove(setting, part.part, part.landed.path)
    return counts["tickets_changed"]


def _note_translated(setting: Setting, run: Run, source: str) -> None:
    with engine.writing(setting.store.engine) as c:
        state = runs.sources(c, run.run)[source]
        if state.state == "collected":
            since = collecting.loaded_since(parts.windows(c, source))
            runs.note_source(c, run.run, source, state="translated", loaded_since=since)
