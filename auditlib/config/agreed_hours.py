"""What must be right of the hours that service agreements name: only the clocks can read them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from auditlib.config import times
from auditlib.config.agreements import Agreement
from auditlib.config.mistakes import Place
from auditlib.config.reading import File, Section
from auditlib.config.values import Wrong, key_of, shown

Mistake = tuple[Place, str, str]


def agreements(file: File) -> Iterator[Mistake]:
    """Hours that nobody can read, and agreements of which some name their hours and some do not."""
    for source in file.sections["source"]:
        agreed = source.get("agreements") or {}
        yield from _unreadable(file, source, agreed)
        yield from _unequal(source, agreed)


def calendar(file: File) -> Callable[[str], None]:
    """A check for calendars of holidays, relative to the file."""
    return lambda value: times.calendar(value, str(file.folder))


def _unreadable(file: File, source: Section, agreed: Mapping[str, Agreement]) -> Iterator[Mistake]:
    checks = {"hours": times.hours, "holidays": calendar(file)}
    for name, one in agreed.items():
        for key in (key for key in checks if getattr(one, key)):
            try:
                checks[key](getattr(one, key))
            except Wrong as wrong:
                found = f"[[source]] agreements.{key_of(name)}.{key} = {shown(getattr(one, key))} {wrong.what}"
                yield (*source.place, "agreements", name, key), found, wrong.right


def _unequal(source: Section, agreed: Mapping[str, Agreement]) -> Iterator[Mistake]:
    counting = [name for name, one in agreed.items() if any(d.counts_hours for d in one.deadlines.values())]
    silent = [name for name in counting if not agreed[name].hours]
    if silent and len(silent) < len(counting):
        found = f"[[source]] agreements.{key_of(silent[0])} counts opening hours and names none, as others do"
        yield (*source.place, "agreements", silent[0]), found, "write hours for each of them, or for none"
