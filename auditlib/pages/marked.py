"""Which text rules a metric rests on: found by watching its formula work out the examples of its page."""

from __future__ import annotations

import dataclasses
from types import ModuleType
from typing import Any

from auditlib.caselog.words import Marker
from auditlib.metric import facts
from auditlib.timelines import Timelines
from auditlib.worked_examples import examples, timelines


class Watched(Timelines):
    """Timelines that note which markers are asked for; links rest on what customers say of coming back."""

    def marked(self, marker: Marker) -> Any:
        self.__dict__.setdefault("asked_for", set()).add(marker)
        return super().marked(marker)

    def __getattribute__(self, name: str) -> Any:
        if name == "links":
            self.__dict__.setdefault("asked_for", set()).add(Marker.returning)
        return super().__getattribute__(name)


def markers(module: ModuleType) -> list[Marker]:
    """The markers that decide a metric's values, in the order of the case log."""
    found: set[Marker] = set()
    for example in examples(module.__doc__ or ""):
        given = timelines(example)
        told = {field.name: given.__dict__[field.name] for field in dataclasses.fields(Timelines)}
        watched = Watched(**told)
        for how in facts(module).columns.values():
            module.value(watched, **how)
        found |= watched.__dict__.get("asked_for", set())
    return [marker for marker in Marker if marker in found]
