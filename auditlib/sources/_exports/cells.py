"""What a cell says, or in one sentence why it cannot be read, without repeating anybody's words."""

from __future__ import annotations

import datetime
import json
import re
import zoneinfo
from collections.abc import Mapping
from typing import Any

from auditlib.caselog.rows import BadRecord, moment
from auditlib.sources import SourceError
from auditlib.sources._exports.lines import Cells

YES, NO = {"true", "1", "yes", "public", "t", "y"}, {"false", "0", "no", "private", "internal", "f", "n"}
AS_TEXT = re.compile(r'="(.*)"', re.DOTALL)
"""How exports keep a spreadsheet from changing an id: ="00123"."""
MANGLED = re.compile(r"\d+(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
LONGEST_ID = 255


class BadCell(Exception):
    """A cell that cannot be read: a short code, and what was found and would be right."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code, self.detail = code, detail


def text(cells: Cells, name: str) -> str | None:
    """A cell's text without spaces around it; None if it is empty or there is no such column."""
    value = cells.get(name)
    if type(value) is str:
        return value.strip() or None
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # a column of whole numbers with gaps becomes one of fractions
    if isinstance(value, dict | list):
        raise BadCell("wrong_type", f"column {name!r} holds {type(value).__name__}; text would be right")
    return str(value).strip() or None


def needed(cells: Cells, name: str) -> str:
    """A cell's text; one that is empty is an error."""
    found = text(cells, name)
    if found is None:
        raise BadCell("missing_field", f"column {name!r} is empty; it is needed in each row")
    return found


def identity(cells: Cells, name: str) -> str | None:
    """An id, as it was before a spreadsheet touched it, where that can be told."""
    found = text(cells, name)
    if found is None or (found.isdecimal() and len(found) <= LONGEST_ID):
        return found
    if wrapped := AS_TEXT.fullmatch(found):
        found = wrapped[1].strip()
    if MANGLED.fullmatch(found):
        raise BadCell(
            "mangled_id",
            f"column {name!r} holds {shape(found)}: a spreadsheet rounded the id; export it as text",
        )
    if found.startswith("=") or len(found) > LONGEST_ID:
        raise BadCell("wrong_type", f"column {name!r} holds {shape(found)}; an id would be right")
    return found or None


def flag(cells: Cells, name: str, default: bool) -> bool:
    """Yes or no in any of the usual words; `default` if the cell is empty."""
    found = text(cells, name)
    if found is None:
        return default
    if found.lower() in YES | NO:
        return found.lower() in YES
    raise BadCell("wrong_type", f"column {name!r} holds {shape(found)}; true or false would be right")


def number(cells: Cells, name: str) -> int | None:
    """A whole number; None if the cell is empty."""
    found = text(cells, name)
    if found is None:
        return None
    try:
        return int(found)
    except ValueError:
        raise BadCell("wrong_type", f"column {name!r} holds {shape(found)}; a whole number would be right") from None


def words(cells: Cells, name: str) -> tuple[str, ...]:
    """A list: a real one, one in JSON, or words joined by semicolons, commas or bars."""
    value = cells.get(name)
    if isinstance(value, str) and value.startswith("["):
        try:
            value = json.loads(value)
        except ValueError:
            raise BadCell("wrong_type", f"column {name!r} holds a broken list; write a;b;c") from None
    if isinstance(value, list):
        return tuple(str(word) for word in value if word is not None)
    found = text(cells, name) or ""
    return tuple(word.strip() for word in re.split(r"[;,|]", found) if word.strip())


class Moments:
    """Reads moments: in ISO 8601 or in `time_format`, and in `time_zone` where they name no zone."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        self.format = options.get("time_format")
        self.zone = None
        if name := options.get("time_zone"):
            try:
                self.zone = zoneinfo.ZoneInfo(name)
            except (zoneinfo.ZoneInfoNotFoundError, ValueError):
                raise SourceError(f"time_zone = {name!r} in audit.toml is unknown; Europe/Berlin is one") from None

    def of(self, cells: Cells, name: str) -> int:
        """Seconds since 1970 of a cell."""
        written = needed(cells, name)
        at = self._parsed(written, name)
        if at.tzinfo is None:
            if self.zone is None:
                raise BadCell(
                    "no_time_zone",
                    f"column {name!r} holds {shape(written)} without a zone; write 2026-03-02T09:00:00Z, "
                    'or name the export\'s zone: options = { time_zone = "Europe/Berlin" }',
                )
            at = at.replace(tzinfo=self.zone)
        try:
            return moment(at)
        except (BadRecord, OverflowError, ValueError):
            raise BadCell("wrong_type", f"column {name!r} holds {shape(written)}, which is no moment") from None

    def _parsed(self, written: str, name: str) -> datetime.datetime:
        try:
            if self.format:
                return datetime.datetime.strptime(written, self.format)
            return datetime.datetime.fromisoformat(written.removesuffix(" UTC") + "Z" * written.endswith(" UTC"))
        except ValueError:
            right = self.format or "2026-03-02T09:00:00Z"
            raise BadCell(
                "wrong_type",
                f"column {name!r} holds {shape(written)}; {right} would be right. If a spreadsheet "
                f"changed it, "
                'export again without opening it there, or write options = { time_format = "%d/%m/%Y '
                '%H:%M" }',
            ) from None


def shape(found: str) -> str:
    """What a value looks like, without its words: 99/99/9999 99:99."""
    plain = re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "9", found[:24]))
    return f"‹{plain}{'…' if len(found) > 24 else ''}›"
