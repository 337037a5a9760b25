"""XES event logs as records: a trace is a ticket, its events are what happened to it."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from auditlib.sources import Get, SourceError
from auditlib.sources._exports.folder import opened
from auditlib.sources._exports.lines import Cells, Line

NAMES = {
    "concept:name": "activity",
    "time:timestamp": "occurred_at",
    "org:resource": "actor",
    "org:group": "group",
    "concept:instance": "seq",
}
TRANSITION = "lifecycle:transition"


def traces(get: Get, name: str, size: int) -> Iterator[tuple[str, Line]]:
    """Lines of tickets and of events, trace by trace; only one trace is in memory at a time."""
    with opened(get, name, size) as file:
        try:
            yield from _traces(iterparse(file, events=("start", "end"), forbid_dtd=True))
        except ParseError as error:
            raise SourceError(f"{name} is no whole XES file ({error}); export it again") from None
        except DefusedXmlException:
            raise SourceError(f"{name} declares entities or a document type; an event log needs none") from None


def _traces(parsed: Iterator[tuple[str, Element]]) -> Iterator[tuple[str, Line]]:
    _, root = next(parsed)
    number = row = 0
    for when, element in parsed:
        if when == "end" and _tag(element) == "trace":
            number += 1
            cells = _attributes(element)
            ticket = cells.pop("concept:name", None)
            yield "tickets", Line(number, {"ticket": ticket, **cells})
            for event in element:
                if _tag(event) == "event":
                    row += 1
                    told = _event(_attributes(event))
                    if told is not None:
                        yield "events", Line(row, {"ticket": ticket, **told})
            root.clear()


def _event(attributes: Cells) -> Cells | None:
    """An activity that was completed; its start or schedule would tell it twice."""
    if str(attributes.pop(TRANSITION, "complete")).lower() != "complete":
        return None
    return {NAMES.get(key, key): value for key, value in attributes.items()}


def _attributes(element: Element) -> Cells:
    return {child.get("key", ""): child.get("value") for child in element if child.get("key")}


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]
